"""The reports of stores and tills."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from ninja import Router

from guiju.api import finding
from guiju.api.fields import Day, Input, Key, Line, Short
from guiju.api.lists import Filter, Listing, show
from guiju.api.verbs import Mirror, Target, Verb, speak
from guiju.oversight.reports import actions, queries
from guiju.oversight.reports.queries import cash
from guiju.oversight.reports.rules import ReportKind


class ConfirmReport(Input):
    """What the keeper says of it."""

    remark: Line = ""


class ReportSeen(Mirror):
    """A store's report of a day, a week or a month."""

    paths: ClassVar[Mapping[str, str]] = {
        "id": "pk", "unit": "unit.code", "store": "store.code", "confirmed_by": "confirmed_by.number",
    }  # fmt: skip

    id: int
    unit: str
    store: str
    kind: str
    starts_on: date
    ends_on: date
    figures: dict[str, Any]
    made_at: datetime
    confirmed_by: str | None
    confirmed_at: datetime | None
    remark: str


class CloseCashDay(Input):
    """What has to be explained."""

    remark: Line = ""


class CashDaySeen(Mirror):
    """What an outlet took, gave back and has on one day."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "unit": "unit.code", "closed_by": "closed_by.number"}

    id: int
    unit: str
    business_on: date
    figures: dict[str, Any]
    made_at: datetime
    closed_by: str | None
    closed_at: datetime | None
    remark: str


CASH_DAY = Target("key", Key, lambda key, by: finding.one(cash.cash_days(by), pk=key))
REPORT = Target("key", Key, lambda key, by: finding.one(queries.reports(by), pk=key))
router = Router(tags=["reports"])
speak(router, [Verb("/store-reports/{key}/confirm", actions.confirm_report, ConfirmReport, ReportSeen, REPORT)])
speak(router, [Verb("/cash-days/{key}/close", actions.close_cash_day, CloseCashDay, CashDaySeen, CASH_DAY)])
show(
    router,
    [
        Listing(
            "/cash-days", "cash_days", "cashdays.see", CashDaySeen, cash.cash_days,
            filters={
                "unit": Filter(Short, "unit__code"), "business_on": Filter(Day, "business_on"),
                "is_open": Filter(bool, "closed_at__isnull"),
            },
            sorts={"id": "pk"},
        ),
        Listing(
            "/store-reports", "store_reports", "reports.see", ReportSeen, queries.reports,
            filters={
                "unit": Filter(Short, "unit__code"), "store": Filter(Short, "store__code"), "kind": Filter(list[ReportKind], "kind"),
                "starts_from": Filter(Day, "starts_on__gte"), "is_unconfirmed": Filter(bool, "confirmed_at__isnull"),
            },
            sorts={"id": "pk"},
        ),
    ],
)  # fmt: skip
