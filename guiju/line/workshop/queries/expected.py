"""When a missing part is expected, and when the job will be ready then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from guiju.line.storeroom import queries as storeroom
from guiju.line.storeroom.rules import ProcurementState
from guiju.line.workorder import queries as orders
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import Promise
from guiju.line.workshop.models import Quote
from guiju.line.workshop.rules import QuoteState
from guiju.standing.catalogue.models import ServiceItem
from guiju.standing.catalogue.rules import ItemKind
from guiju.standing.policy import queries as policy


@dataclass(frozen=True)
class Expected:
    """What suppliers say of the parts that a job waits for.

    part_on    the last of their days; a date that is promised to the customer is not before it
    basis      their words
    ready      when the job is ready then, and why
    is_whole   False where one of the parts has no day yet: then it may be later still
    """

    part_on: date
    basis: str
    ready: Promise
    is_whole: bool


def expected(order: WorkOrder, *, at: datetime) -> Expected | None:
    """When the missing parts are here and the job is ready then; nothing where no supplier has named a day.

    source   S6-19 "ETA flows back to WO promise", S6-44
    """
    missing = storeroom.missing_parts(order)
    dated = [
        (each.procurement.expected_on, each.procurement.basis)
        for each in missing
        if hasattr(each, "procurement")
        and each.procurement.state == ProcurementState.OPEN
        and each.procurement.expected_on is not None
    ]
    if not dated:
        return None
    part_on, basis = max(dated)
    ready = orders.promise_from(order, hours=_hours(order, at), start=at, parts_on=part_on)
    return Expected(part_on, basis, ready, is_whole=len(dated) == len(missing))


def _hours(order: WorkOrder, at: datetime) -> int:
    """The service time: what the customer agreed to, else the longest repair of the line, else the house's standard."""
    agreed = Quote.objects.filter(order=order, state=QuoteState.APPROVED).values_list("service_hours", flat=True)
    hours = agreed.order_by("-version").first()
    if hours:
        return hours
    repairs = ServiceItem.objects.filter(kind=ItemKind.LABOUR, line=order.appliance.line_id, is_active=True)
    longest = repairs.aggregate(longest=Max("service_hours"))["longest"]
    return int(longest or policy.figure("promise.standard_hours", unit=order.unit, on=order.unit.day(at)).value)
