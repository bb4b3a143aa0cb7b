"""The inspector's queue and the final test of one job."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from guiju.desks.common import orders
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.desks.inspection.forms import TestForm
from guiju.kernel import evidence
from guiju.kernel.actor import Actor
from guiju.kernel.models import Evidence
from guiju.kernel.refusing import NotAllowed
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
    may_self_check = is_own and people.is_small_shop(order.unit)
    items, earlier = quality.checklist(order), queries.inspections_of(order)
    asked: dict[str, Any] = {"items": items, "self_check": may_self_check, "before": _before(earlier)}
    if request.method != "POST":
        form = TestForm(**asked, initial={"shelf": order.shelf})
        return _page(request, order, form, earlier, is_own=is_own)
    if not actor.may("quality.pass_order", on=order):
        raise NotAllowed
    verdict = Result.FAIL if request.POST.get("verdict") == Result.FAIL else Result.PASS
    form = TestForm(request.POST, request.FILES, **asked, verdict=verdict)
    if perform(request, form, lambda data: _decide(order, verdict, data, actor)):
        messages.success(request, _said(verdict) % {"number": order.number})
        return redirect("inspection:home")
    return _page(request, order, form, earlier, is_own=is_own, status=422)


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
        "earlier": earlier,
        "work": workshop.summary_of(order),
        "diagnoses": workshop.diagnoses_of(order),
        "usages": workshop.usages_of(order),
        "results": Result,
    }
    return render(request, "inspection/test.html", context, status=status)
