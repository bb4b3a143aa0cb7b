"""A job as the reception sees it: what it waits for, and all that the counter can do with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guiju.desks.common import orders
from guiju.desks.common.choosing import ChoosingForm
from guiju.desks.common.expecting import begin_with_expected
from guiju.desks.common.forms import Form
from guiju.desks.common.options import place_asked, shown_options
from guiju.desks.common.perform import perform
from guiju.desks.common.steps import step_at
from guiju.desks.reception import link, signed, signed_papers
from guiju.desks.reception.exchanging import EXCHANGING
from guiju.desks.reception.forms.steps import DiscountForm, LineSignatureForm, ProposalForm, RenegotiationForm
from guiju.desks.reception.guard import needs
from guiju.desks.reception.lending import LENDING, OfOrder
from guiju.desks.reception.steps import SIGNED, STEPS, Here, Step, step_of_order
from guiju.line.followup import queries as followup
from guiju.line.workorder import queries as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.line.workshop import queries as workshop
from guiju.line.workshop.models import PartsCommitment
from guiju.line.workshop.rules import CommitmentState
from guiju.standing.customers import queries as customers

ALL_STEPS = (*EXCHANGING, *STEPS, *LENDING)
# What is ours alone, or is asked of the customer by signing.
NOT_READ = ("signature", "how", "note", "agreed", "agreed_note")
BY_SLUG = {step.slug: step for step in ALL_STEPS}


@require_safe
@needs("intake.register", "followup.see")
def show(request: HttpRequest, number: str) -> HttpResponse:
    """The job, what it waits for, and what can be done."""
    return _page(request, _here(request, number))


@require_POST
@needs("intake.register", "followup.see")
def act(request: HttpRequest, number: str, slug: str) -> HttpResponse:
    """Do one step of the job; what was typed stands there again when it is refused."""
    here = _here(request, number)
    step = step_at(BY_SLUG, slug, by=here.by, on=here.order)
    form = _form(step, here, request.POST, request.FILES)
    if "ask" in request.POST and slug in SIGNED:
        return _ask(request, here, slug, form)
    done = perform(request, form, lambda data: step.act(here, data))
    if done:
        messages.success(request, str(step.said))
        # A rework is another order, whose appliance is on the counter now.
        name = "reception:order" if done.answer == here.order.number else "reception:receive"
        return redirect(name, done.answer)
    return _page(request, _here(request, number), refused=(slug, form))


def _ask(request: HttpRequest, here: Here, slug: str, form: Form) -> HttpResponse:
    """Show the QR code behind which the customer reads what this step is about, and signs."""
    for name in NOT_READ:
        form.fields.pop(name, None)
    asked, refused = None, []
    if form.is_valid():
        asked = signed_papers.ask(SIGNED[slug](here, form.cleaned_data), **here.who)
    else:
        refused = [f"{form[name].label}: {errors[0]}" for name, errors in form.errors.items() if name in form.fields]
    context = signed.panel(request, asked) | step_of_order(slug, here.order.number) | {"refused": refused}
    page = "reception/signing.html" if request.htmx else "reception/sign.html"  # type: ignore[attr-defined]
    return render(request, page, context, status=422 if refused else 200)


def _here(request: HttpRequest, number: str) -> Here:
    order: Any = orders.open_order(request, number)
    commitment = workshop.living_commitment(order) if order.has_commitment else None
    return Here(
        order=order,
        quote=workshop.current_quote(order) if order.has_quote else None,
        commitment=commitment,
        case=followup.case_of(order) if order.has_case else None,
        by=request.actor,  # type: ignore[attr-defined]
        at=timezone.now(),
        promise=None if _is_signed(order, commitment) else workorder.unagreed(order),
        broken=_broken(order, commitment),
    )


def _is_signed(order: Any, living: PartsCommitment | None) -> bool:
    """Whether the date that stands is the one under the customer's signature; then nobody need ask the ledger."""
    if living is None or living.state != CommitmentState.SIGNED:
        return False
    return bool(living.promised_ready_at == order.promised_at)


def _broken(order: Any, living: PartsCommitment | None) -> PartsCommitment | None:
    """The date for a part that was missed or refused; one that is missed still counts, and is known already."""
    if living is not None:
        return living if living.state == CommitmentState.BREACHED else None
    return workshop.broken_commitment(order) if order.hold else None


def _form(step: Step, here: Here, *sent: Any) -> Form:
    # Each form's ids begin with its step: a page holds many of them.
    form = step.form(*sent, auto_id=f"{step.slug}_%s")
    if hasattr(form, "people_of"):
        form.people_of(here.order.unit)
    if isinstance(form, ChoosingForm):
        form.choose_of(here.quote, place=place_asked(sent[0].get("option") if sent else None, here.quote))
    if isinstance(form, OfOrder):
        form.of_order(here.order)
    if isinstance(form, DiscountForm):
        form.offer(here.quote)
    if isinstance(form, ProposalForm | RenegotiationForm):
        begin_with_expected(form, here.order, at=timezone.now())
    if isinstance(form, LineSignatureForm) and not sent:
        form.fields["line"].initial = here.unsigned_line.pk
    if "signature" in form.fields:
        form.fields["signature"].initial = here.order.customer.name
    return form


def _page(request: HttpRequest, here: Here, *, refused: tuple[str, Form] | None = None) -> HttpResponse:
    slug, form = refused or ("", None)
    # A step that was refused is shown even when it is no longer offered: its sentence says why.
    offered = [step for step in ALL_STEPS if step.slug == slug or step.fits(here)]
    shown: list[dict[str, Any]] = [
        {"step": step, "form": form if step.slug == slug else _form(step, here), "is_open": step.slug == slug}
        | _signing(request, here, step, is_refused=step.slug == slug)
        for step in offered
    ]
    context = (
        orders.summary(here.order)
        | {
            "next_steps": [each for each in shown if each["step"].is_next(here)],
            "other_steps": [each for each in shown if not each["step"].is_next(here)],
            "discount": workshop.discount_approval(here.quote) if here.quote and here.quote.discount_minor else None,
            "quote_options": shown_options(here.quote) if here.quote else [],
            "phones": customers.card(here.order.customer).phones_masked,
            "quote": here.quote,
            "commitment": here.commitment,
            "case": here.case,
        }
        | _counter(request, here.order)
    )
    return render(request, "reception/order.html", context, status=422 if refused else 200)


def _signing(request: HttpRequest, here: Here, step: Step, *, is_refused: bool) -> dict[str, Any]:
    """The telephone beside the pad, where a step is signed; what was asked for before it was refused is not lost."""
    if step.slug not in SIGNED:
        return {}
    asked = signed.asked_before(request.POST, here.by) if is_refused else None
    return {"signing": signed.panel(request, asked) | step_of_order(step.slug, here.order.number)}


def _counter(request: HttpRequest, order: WorkOrder) -> dict[str, Any]:
    """What only the order's own counter is offered: to receive it, to hand it over, and the customer's link."""
    actor = request.actor  # type: ignore[attr-defined]
    may_receive = order.state == State.REGISTERED and actor.may("intake.receive", on=order)
    may_hand_over = order.state == State.READY and actor.may("cashier.hand_over", on=order)
    # Whoever has the link can answer for the customer, so it is shown to the counter alone.
    shown = link.of(request, order) if actor.may("intake.register", on=order) else {}
    may = {"may_receive": may_receive, "may_hand_over": may_hand_over}
    return may | {"may_read_card": actor.may("customers.see", on=order)} | shown
