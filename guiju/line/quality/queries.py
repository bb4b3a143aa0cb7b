"""The inspector's queue, the last test of a job, and whether nobody tested their own work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery

from guiju.kernel.actor import Actor
from guiju.kernel.verification import invariant
from guiju.line.exchange.models import ExchangeCase
from guiju.line.exchange.rules import GIVEN
from guiju.line.quality.models import Inspection, InspectionPhoto, SelfCheckLeave
from guiju.line.quality.rules import Result
from guiju.line.workorder.models import WorkOrder, WorkOrders
from guiju.line.workorder.rules import State
from guiju.line.workshop.models import LabourEntry, PartUsage, ReturnCheck


def queue(*, by: Actor) -> QuerySet[WorkOrder]:
    """The jobs that wait for the final test, the oldest promise first; one's own repairs are marked `is_own`."""
    own = LabourEntry.objects.filter(order=OuterRef("pk"), technician_id=by.person_id)
    return (
        WorkOrder.objects.visible_to(by)
        .filter(state=State.QC_PENDING)
        .select_related("appliance__line", "appliance__brand", "technician", "unit")
        .annotate(is_own=Exists(own))
        .order_by("promised_at", "pk")
    )


def waiting(*, by: Actor) -> WorkOrders:
    """The jobs that wait for a test that this person may make."""
    own = LabourEntry.objects.filter(technician_id=by.person_id).values("order_id")
    return WorkOrder.objects.visible_to(by).filter(state=State.QC_PENDING).exclude(pk__in=own)


def is_own(order: WorkOrder, *, by: Actor) -> bool:
    """Whether this person worked on the job, and so cannot test it (WO-6)."""
    return LabourEntry.objects.filter(order=order, technician_id=by.person_id).exists()


def is_allowed(order: WorkOrder, technician_id: int | None) -> bool:
    """Whether the manager lets this technician test their own repair of the job."""
    return SelfCheckLeave.objects.filter(order=order, technician_id=technician_id).exists()


def self_checks() -> QuerySet[Inspection]:
    """Every test of somebody's own repair, with who had allowed it: what the owner looks through each month (5.4)."""
    leave = SelfCheckLeave.objects.filter(order=OuterRef("order"), technician=OuterRef("inspector"))
    photos = InspectionPhoto.objects.filter(inspection=OuterRef("pk")).order_by().values("inspection")
    return (
        Inspection.objects.filter(is_self_check=True)
        .select_related("order", "inspector")
        .annotate(
            allowed_by_name=Subquery(leave.values("allowed_by__name")[:1]),
            photo_count=Subquery(photos.annotate(many=Count("pk")).values("many")),
        )
    )


def inspections_of(order: WorkOrder) -> list[Inspection]:
    """All final tests of a job, newest first."""
    return list(
        Inspection.objects.filter(order=order)
        .select_related("inspector")
        .prefetch_related("values__item", "photos__photo")
        .order_by("-pk")
    )


def failed_tests(order: WorkOrder) -> list[Inspection]:
    """The tests that sent a job back, newest first; without what was measured."""
    return list(Inspection.objects.filter(order=order, result=Result.FAIL).select_related("inspector").order_by("-pk"))


def last_pass(order: WorkOrder) -> Inspection | None:
    """The test that let the appliance go."""
    return next((each for each in inspections_of(order) if each.result == Result.PASS), None)


@invariant("WO-6")
def nobody_tested_their_own_work() -> Iterator[str]:
    """The inspector has no labour on the job, unless the shop is too small and said so."""
    own = LabourEntry.objects.filter(order=OuterRef("order"), technician=OuterRef("inspector"))
    for inspection in Inspection.objects.filter(is_self_check=False).filter(Exists(own)).select_related("order"):
        yield f"{inspection.order.number}: the inspector worked on it"


@invariant("WO-7")
def what_is_ready_was_tested_last() -> Iterator[str]:
    """A repaired job that is ready or handed over passed a test after its last labour and its last part.

    Of a unit that is given in exchange, or whose price went back, the old one is repaired no more.
    """
    gone = [State.READY, State.UNCOLLECTED, State.DELIVERED, State.CLOSED]
    returned = ReturnCheck.objects.values("order_id")
    given = ExchangeCase.objects.filter(state__in=GIVEN).values("order_id")
    orders = WorkOrder.objects.filter(state__in=gone).exclude(pk__in=returned).exclude(pk__in=given)
    passed = dict(
        Inspection.objects.filter(result=Result.PASS)
        .values("order_id")
        .annotate(at=Max("at"))
        .values_list("order_id", "at")
    )
    worked: dict[int, datetime] = {}
    for model in (LabourEntry, PartUsage):
        for order_id, at in model.objects.values("order_id").annotate(last=Max("at")).values_list("order_id", "last"):
            worked[order_id] = max(at, worked.get(order_id, at))
    for pk, number in orders.values_list("pk", "number"):
        if pk not in passed or (pk in worked and worked[pk] > passed[pk]):
            yield f"{number} is ready without a passed test after its last work"
