"""Prices outside the list: who asked, what the network manager said, and what the customer signed by itself."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from guiju.kernel.models import Approval
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop import rules
from guiju.line.workshop.models import Diagnosis, LineSignature, PriceException, Quote, QuoteLine
from guiju.standing.catalogue.models import ServiceItem
from guiju.standing.catalogue.rules import ItemKind

EXCEPTION_APPROVAL = "workshop.approve_exception"
EXCEPTION = PriceException._meta.label_lower  # noqa: SLF001  # Django documents _meta


def granted_exceptions(order: WorkOrder) -> list[PriceException]:
    """The prices outside the list that the network manager allowed on this job, the newest first."""
    granted = Approval.objects.filter(
        purpose=EXCEPTION_APPROVAL, subject_type=EXCEPTION, state=Approval.State.GRANTED
    ).values("subject_id")
    found = PriceException.objects.filter(order=order, pk__in=granted).select_related("item", "part")
    return list(found.order_by("-pk"))


def exceptions_of(order: WorkOrder) -> list[tuple[PriceException, Approval]]:
    """All that was asked on this job outside the list, each with what the network manager said, the newest first."""
    asked = (
        PriceException.objects.filter(order=order).select_related("item", "part", "order", "asked_by").order_by("-pk")
    )
    rows = list(asked)
    said = Approval.objects.filter(
        purpose=EXCEPTION_APPROVAL, subject_type=EXCEPTION, subject_id__in=[each.pk for each in rows]
    )
    by_key = {each.subject_id: each for each in said.order_by("pk")}
    return [(each, by_key[each.pk]) for each in rows]


def exceptions_to_decide(orders: QuerySet[WorkOrder]) -> list[PriceException]:
    """The prices outside the list, on these jobs, that wait for the network manager's word."""
    waiting = Approval.objects.filter(
        purpose=EXCEPTION_APPROVAL, subject_type=EXCEPTION, state=Approval.State.ASKED
    ).values("subject_id")
    found = PriceException.objects.filter(pk__in=waiting, order__in=orders.values("pk"))
    return list(found.select_related("order__customer", "item", "part", "asked_by").order_by("pk"))


def unsigned_lines(quote: Quote, place: int | None = None) -> list[QuoteLine]:
    """The lines of an option whose price is outside the list and which the customer has not signed by itself."""
    if not any(line.exception_id for line in quote.lines_of(place)):
        return []
    outside = QuoteLine.objects.filter(quote=quote, place=place or quote.place, exception__isnull=False)
    signed = LineSignature.objects.filter(line__quote=quote).values("line_id")
    return list(
        outside.exclude(pk__in=signed).select_related("quote__order", "item", "part", "exception").order_by("pk")
    )


def signed_at(line: QuoteLine) -> datetime | None:
    """When the customer signed this line by itself."""
    return LineSignature.objects.filter(line=line).values_list("signed_at", flat=True).first()


def labour_fits(order: WorkOrder, item: ServiceItem) -> bool:
    """Whether labour of this level may be charged for the faults that were found on the job (S1-38)."""
    return item.kind != ItemKind.LABOUR or rules.labour_fits(item.fault_level, fault_levels(order))


def fault_levels(order: WorkOrder) -> list[int | None]:
    """The heaviest labour that each fault found on the job allows; None where nobody has said."""
    faults = Diagnosis.objects.filter(order=order, is_no_fault=False, fault__isnull=False)
    return list(faults.values_list("fault__labour_level", flat=True))
