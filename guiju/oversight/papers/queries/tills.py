"""The daily cash report as a paper (6.11)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from guiju.books.money.rules import KIND_LABELS, MOVEMENT_LABELS, MoneyKind, Movement
from guiju.kernel.amounts import Money
from guiju.line.cashier.models import TillSession
from guiju.line.cashier.queries import Taxed
from guiju.line.cashier.rules import METHOD_LABELS, Method
from guiju.oversight.papers import rules
from guiju.oversight.papers.queries.shared import Print, letterhead_of
from guiju.oversight.reports.models import CashDay
from guiju.oversight.reports.queries import cash


def cash_day(day: CashDay, how: Print) -> rules.CashDayPaper:
    """The day as it was told, with the second signatures that there are now."""
    figures, unit = day.figures, day.unit
    keys = [each["key"] for each in figures["sessions"]]
    signed = dict(TillSession.objects.filter(pk__in=keys).values_list("pk", "countersigned_by__name"))
    names = cash.holder_names(each["reference"] for each in figures["holders"])
    tenders = tuple(
        rules.TakenBy(
            method=gettext(METHOD_LABELS[Method(each["method"])]), receipts=each["receipts"], refunds=each["refunds"],
            received_minor=each["received_minor"], paid_back_minor=each["paid_back_minor"],
        ) for each in figures["tenders"]
    )  # fmt: skip
    number = f"{unit.code}-{day.business_on:%Y%m%d}"
    return rules.CashDayPaper(
        letterhead=letterhead_of(unit, number, how, leads_to=f"{how.base_url}till/days/{day.pk}/", currency=unit.currency),
        business_on=day.business_on, made_at=day.made_at, takings_minor=day.takings_minor, variance_minor=day.variance_minor,
        tenders=tenders, net_minor=tuple(each.net_minor for each in tenders),
        closings=tuple(_closing(each, unit.currency, signed.get(each["key"])) for each in figures["sessions"]),
        moved=tuple(
            rules.CashNote(
                what=gettext(MOVEMENT_LABELS[Movement(each["kind"])]), document=each["document"], amount_minor=each["amount_minor"]
            ) for each in figures["moved"]
        ) + _rounded(figures),
        holders=tuple(
            rules.CashNote(
                what=gettext(KIND_LABELS[MoneyKind(each["kind"])]), document=names.get(each["reference"], each["reference"]),
                amount_minor=each["held_minor"],
            ) for each in figures["holders"]
        ),
        listed=_listed(figures),
        closed_by=day.closed_by.name if day.closed_by else None, closed_at=day.closed_at, remark=day.remark or None,
    )  # fmt: skip


def _rounded(figures: Mapping[str, Any]) -> tuple[rules.CashNote, ...]:
    """By how much the cash differs because of the smallest coin, where it does."""
    off = figures.get("rounded_minor", 0)
    return (rules.CashNote(what=gettext("Rounding of cash"), document="", amount_minor=off),) if off else ()


def _listed(figures: Mapping[str, Any]) -> tuple[rules.CashNote, ...]:
    """The tax of the bills of the day; what is void and what was printed again, each with who and why."""
    voids = [(gettext("Void"), each) for told in figures["sessions"] for each in told["voids"]]
    again = [
        (gettext("Duplicate no. %(count)s") % {"count": each["duplicate"]}, each)
        for each in figures.get("reprints", ())
    ]
    taxes = tuple(
        rules.CashNote(
            what=gettext("Tax %(rate)s") % {"rate": Taxed(**each).rate}, document="", amount_minor=each["tax_minor"]
        )
        for each in figures.get("taxes", ())
    )
    return taxes + tuple(
        rules.CashNote(
            what=f"{kind}: {each['reason']} ({each['by']})", document=each["receipt"], amount_minor=each["amount_minor"]
        )
        for kind, each in (*voids, *again)
    )


def _closing(told: Mapping[str, Any], currency: str, signed: str | None) -> rules.Closing:
    cash = [each for each in told["counts"] if each["method"] == Method.CASH]
    pieces = cash[-1]["pieces"] if cash else {}
    return rules.Closing(
        till=told["till"], z_number=told["z_number"], cashier=told["cashier"], float_minor=told["float_minor"] + told["float_added_minor"],
        expected_minor=told["expected_minor"], counted_minor=told["counted_minor"],
        variance_minor=told["counted_minor"] - told["expected_minor"],
        pieces=", ".join(f"{Money(int(worth), currency).decimal:f} × {count}" for worth, count in pieces.items()) or "—",
        because="; ".join(each for each in (told["reason"], told["forced_because"]) if each) or None,
        countersigned_by=signed,
    )  # fmt: skip
