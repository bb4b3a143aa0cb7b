"""The pages of the bench."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from guiju.desks.bench.job import Work, find_parts, my_piles
from guiju.desks.bench.rows import JobForm, RowsForm, with_more_rows
from guiju.desks.bench.steps import STEPS, WORKED_IN, Step
from guiju.desks.common import orders
from guiju.desks.common.perform import perform
from guiju.desks.common.steps import step_at
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop.queries import running_timer


@dataclass(frozen=True)
class Shown:
    """A step with its form, as the page draws it."""

    step: Step
    form: JobForm | None
    is_next: bool
    # Refused just now, with more lines asked for, or called by its address: the technician is in the middle of it.
    is_open: bool = False

    @property
    def is_asked_for_later(self) -> bool:
        """Whether its form is drawn when somebody opens it: the quote's alone reads the whole price list."""
        return self.form is None and self.step.form is not None


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The technician's jobs, in the order of their promise."""
    technician = _technician(request)
    return render(
        request,
        "bench/home.html",
        {"piles": my_piles(technician, at=now()), "timer": running_timer(technician.person_id)},
    )


@require_safe
def job(request: HttpRequest, number: str) -> HttpResponse:
    """One job with exactly the steps that are possible now."""
    _technician(request)
    return _page(request, orders.open_order(request, number))


@require_safe
def parts(request: HttpRequest, number: str) -> HttpResponse:
    """Parts that fit the appliance, found by number or name, and whether they lie in the store."""
    work = Work(orders.open_order(request, number), _technician(request), now())
    text = request.GET.get("part", "")
    context: dict[str, Any] = {"order": work.order, "text": text, "fitting": [], "others": []}
    for each in find_parts(work, text):
        context["fitting" if each.fits else "others"].append(each)
    page = "bench/parts.html#found" if request.htmx else "bench/parts.html"  # type: ignore[attr-defined]
    return render(request, page, context)


@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, number: str, slug: str) -> HttpResponse:
    """Take one step; what was refused comes back with all that was typed."""
    actor = _technician(request)
    order = orders.open_order(request, number)
    step = step_at(STEPS, slug, by=actor, on=order)
    if request.method != "POST":
        return _unfold(request, order, step)
    if "more" in request.POST and step.form is not None and issubclass(step.form, RowsForm):
        typed = with_more_rows(request.POST.dict(), step.form.least)
        return _page(request, order, Shown(step, step.blank(order, typed), is_next=False, is_open=True))
    form = step.filled(order, request.POST, request.FILES)
    done = perform(request, form, lambda _data: step.act(order, form, actor, now()), what=f"bench.{slug}:{number}")
    if done:
        messages.success(request, str(step.done))
        return redirect("bench:home") if slug == "refuse" else redirect("bench:job", number)
    return _page(
        request, orders.open_order(request, number), Shown(step, form, is_next=False, is_open=True), status=422
    )


def _unfold(request: Any, order: WorkOrder, step: Step) -> HttpResponse:
    """One step's form, in its place on the job's page; without a script, the page with the step open."""
    shown = Shown(step, step.blank(order), is_next=False, is_open=True)
    if request.htmx:
        return render(request, "bench/unfolded.html", {"order": order, "each": shown})
    return _page(request, order, shown)


def _page(request: Any, order: WorkOrder, current: Shown | None = None, status: int = 200) -> HttpResponse:
    work = Work(order, request.actor, now())
    offered = [step for step in STEPS.values() if step.is_offered(work)]
    # What is done with one press stands above what has to be opened first.
    shown = sorted(_shown(offered, work, current), key=lambda each: each.step.form is not None)
    stray = current if current is not None and current.step not in offered else None
    context = orders.summary(order) | {
        "work": work,
        "stray": stray,
        "worked_in": WORKED_IN,
        "next_steps": [each for each in shown if each.is_next],
        "clock_steps": [each for each in shown if each.step.slug in AT_THE_HEAD],
        "other_steps": [
            each for each in shown if not each.is_next and each.step.slug not in BESIDE_THE_PARTS | AT_THE_HEAD
        ],
        "may_cancel_parts": any(step.slug == "cancel-part" for step in offered),
    }
    return render(request, "bench/job.html", context, status=status)


# The clock is started before anything is written, so that it stands at the head of the page.
AT_THE_HEAD = frozenset({"start-timer", "switch-timer"})
# Drawn as a small button beside each request, not as a step of its own.
BESIDE_THE_PARTS = frozenset({"cancel-part"})


def _shown(offered: Iterable[Step], work: Work, current: Shown | None) -> Iterable[Shown]:
    for step in offered:
        is_next = step.is_next(work)
        if current is not None and step is current.step:
            yield Shown(step, current.form, is_next, is_open=True)
        else:
            yield Shown(step, step.blank(work.order) if is_next else None, is_next)


def _technician(request: Any) -> Actor:
    """Whoever asks, if they repair here."""
    actor: Actor = request.actor
    if not actor.may("dispatch.accept"):
        raise NotAllowed
    return actor
