"""The appliances that nobody collects, the calls to make, and whether their states agree."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from guiju.kernel.actor import Actor
from guiju.kernel.verification import invariant
from guiju.line.followup.models import FollowUpCall, UnclaimedCase
from guiju.line.followup.rules import WAITING, CaseState
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State


def cases(*, by: Actor) -> QuerySet[UnclaimedCase]:
    """The open cases of uncollected appliances that `by` may see, oldest first."""
    seen = WorkOrder.objects.visible_to(by).values("pk")
    return (
        UnclaimedCase.objects.filter(state__in=WAITING, order__in=seen)
        .select_related("order__appliance__line", "order__customer", "order__unit")
        .order_by("ready_at")
    )


def case_of(order: WorkOrder) -> UnclaimedCase | None:
    """The case of a job, if there is one."""
    return UnclaimedCase.objects.filter(order=order).first()


def to_call(*, by: Actor) -> QuerySet[WorkOrder]:
    """The jobs handed over whose owner was not called yet, oldest first."""
    called = FollowUpCall.objects.values("order_id")
    return (
        WorkOrder.objects.visible_to(by)
        .filter(state=State.DELIVERED)
        .exclude(pk__in=called)
        .select_related("appliance__line", "customer", "unit")
        .order_by("delivered_at")
    )


@invariant("I27")
def uncollected_jobs_have_their_case() -> Iterator[str]:
    """A job is uncollected exactly while its case is past the second reminder and still open."""
    late = [CaseState.REMINDED_2, CaseState.DEMAND_SENT, CaseState.DISPOSAL_REVIEW]
    open_cases = UnclaimedCase.objects.filter(state__in=late).values("order_id")
    for number in (
        WorkOrder.objects.filter(state=State.UNCOLLECTED).exclude(pk__in=open_cases).values_list("number", flat=True)
    ):
        yield f"{number} is uncollected and has no case"
    for case in UnclaimedCase.objects.filter(state__in=late).exclude(order__state=State.UNCOLLECTED):
        yield f"{case.order.number} has an open case and is {case.order.state}"
