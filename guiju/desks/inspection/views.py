"""The inspector's queue and the final test of one job."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.desks.common import orders
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.desks.inspection.forms import TestForm
from guiju.kernel import evidence
from guiju.kernel.actor import Actor
from guiju.kernel.models import Evidence
from guiju.kernel.refusing import NotAllowed, WrongState
from guiju.line.quality import actions as quality
from guiju.line.quality import queries
from guiju.line.quality.models import Inspection
from guiju.line.quality.rules import Result
from guiju.line.workorder.models import WorkOrder, WorkOrders
from guiju.line.workorder.rules import State
from guiju.line.workshop import queries as workshop
from guiju.standing.people import queries as people


def waiting(actor: Actor) -> WorkOrders:
    """The jobs that wait for a test that this person may make."""
    return queries.waiting(by=actor) if actor.may("quality.pass_order") else WorkOrder.objects.none()


def at_the_test(actor: Actor, order: WorkOrder) -> str:
    """The final test of a job that waits for it."""
    waits = order.state == State.QC_PENDING and actor.may("quality.pass_order", on=order)
    return reverse("inspection:test", args=[order.number]) if waits else ""


@require_safe
def home(request: Request) -> HttpResponse:
    """The jobs that wait for the final test."""
    actor: Actor = request.actor
    if not actor.may("quality.see"):
        raise NotAllowed
    waiting = list(queries.queue(by=actor))
    return render(request, "inspection/home.html", {"waiting": waiting, "now": now()})


@require_http_methods(["GET", "HEAD", "POST"])
def test(request: Request, number: str) -> HttpResponse:
    """The final test of one job: measure, look, decide."""
    order = orders.open_order(request, number)
    actor: Actor = request.actor
    if not actor.may("quality.see", on=order):
        raise NotAllowed
    is_own = queries.is_own(order, by=actor)
    # Asked for those alone who would test or allow it: an inspector's page need not count the people of the shop.
    concerns = order.state == State.QC_PENDING and (is_own or actor.may("quality.allow_self_check", on=order))
    is_small = concerns and people.is_small_shop(order.unit)
    may_self_check = is_own and is_small and _is_let(order, actor)
    items, earlier = quality.checklist(order), queries.inspections_of(order)
    asked: dict[str, Any] = {"items": items, "self_check": may_self_check, "before": _before(earlier)}
    if request.method != "POST":
        form = TestForm(**asked, initial={"shelf": order.shelf})
        return _page(request, order, form, earlier, is_own=is_own, is_small=is_small)
    if not actor.may("quality.pass_order", on=order):
        raise NotAllowed
    verdict = Result.FAIL if request.POST.get("verdict") == Result.FAIL else Result.PASS
    form = TestForm(request.POST, request.FILES, **asked, verdict=verdict)
    if perform(request, form, lambda data: _decide(order, verdict, data, actor)):
        messages.success(request, _said(verdict) % {"number": order.number})
        return redirect("inspection:home")
    return _page(request, order, form, earlier, is_own=is_own, is_small=is_small, status=422)


@require_POST
def allow(request: Request, number: str) -> HttpResponse:
    """Let the technician of a job test their own repair, in a shop too small for an inspector."""
    order = orders.open_order(request, number)
    actor: Actor = request.actor
    if not actor.may("quality.allow_self_check", on=order):
        raise NotAllowed
    if order.technician is None:
        raise WrongState
    technician = order.technician
    if perform(
        request, None, lambda _data: quality.allow_self_check(order, technician=technician, by=actor, at=now()).pk
    ):
        messages.success(request, gettext("%(name)s may test this repair now.") % {"name": technician.name})
    return redirect("inspection:test", number)


def _is_let(order: WorkOrder, actor: Actor) -> bool:
    """Whether this person may test their own repair: by leave, or because the shop is theirs."""
    return actor.may("quality.allow_self_check", on=order) or queries.is_allowed(order, actor.person_id)


def _may_allow(order: WorkOrder, actor: Actor) -> bool:
    """Whether this person can still let the technician test it."""
    return (
        order.technician is not None
        and actor.may("quality.allow_self_check", on=order)
        and not queries.is_allowed(order, order.technician_id)
    )


def _before(earlier: Sequence[Inspection]) -> dict[int, str]:
    """What the last test of this job found, by the checklist item's key."""
    return {value.item_id: value.text for value in earlier[0].values.all()} if earlier else {}


def _decide(order: WorkOrder, verdict: Result, data: Mapping[str, Any], actor: Actor) -> Inspection:
    """Keep the photos, and pass or fail the job with them."""
    given = {name: data[name] for name in ("values", "note", "shelf", "defects", "is_self_check") if name in data}
    at = now()
    photos: list[Evidence] = [
        evidence.keep_photo(photo, unit_id=order.unit_id, kind="TEST", by=actor, at=at, on=order)
        for photo in data["photos"]
    ]
    decide = quality.pass_order if verdict == Result.PASS else quality.fail_order
    return decide(order, **given, photos=photos, by=actor, at=at)


def _said(verdict: Result) -> str:
    if verdict == Result.PASS:
        return gettext("%(number)s passed. The customer hears that it is ready.")
    return gettext("%(number)s goes back to the bench.")


def _page(
    request: Request,
    order: WorkOrder,
    form: TestForm,
    earlier: Sequence[Inspection],
    *,
    is_own: bool,
    is_small: bool,
    status: int = 200,
) -> HttpResponse:
    waits = order.state == State.QC_PENDING
    context = orders.summary(order) | {
        "form": form,
        "is_own": is_own,
        "may_test": waits
        and request.actor.may("quality.pass_order", on=order)
        and (not is_own or "is_self_check" in form.fields),
        "waits": waits,
        "needs_leave": is_own and is_small and "is_self_check" not in form.fields,
        "may_allow": is_small and not is_own and _may_allow(order, request.actor),
        "earlier": earlier,
        "work": workshop.summary_of(order),
        "diagnoses": workshop.diagnoses_of(order),
        "usages": workshop.usages_of(order),
        "results": Result,
    }
    return render(request, "inspection/test.html", context, status=status)
