"""What the front desk does with a request: triage it, solve it, refuse it, link it, and what whoever asked may do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from guiju.kernel import lifecycle
from guiju.kernel.actor import Actor, Kind
from guiju.kernel.deed import Deed, doing
from guiju.kernel.refusing import Invalid, Refusal
from guiju.kernel.words import N_, Sentence
from guiju.line.intake.actions.ordering import cancel
from guiju.line.intake.actions.reading import locked, must_stand, text_of, word_of
from guiju.line.intake.events import (
    RequestCancelled,
    RequestClosed,
    RequestLinked,
    RequestPrioritised,
    RequestRejected,
    RequestReopened,
    RequestSolved,
    RequestTriaged,
)
from guiju.line.intake.models import RequestSymptom, ServiceRequest
from guiju.line.intake.rules import APPLIANCE_UNKNOWN, OPEN, REQUEST_ARROWS, REQUEST_LABELS, RejectReason, RequestState
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import ContactAttempt, WorkOrder
from guiju.line.workorder.rules import ENDED, Mode, Priority, State
from guiju.standing.catalogue.models import Appliance, FaultCode, ProductLine
from guiju.standing.customers import rules as telephone
from guiju.standing.customers.models import Customer
from guiju.standing.policy import queries as policy
from guiju.standing.warranty import queries as warranty
from guiju.standing.warranty.rules import Coverage

REASON = N_("Give a reason of at least five letters.")


class NotConfirmed(Refusal):
    """3.1 "solve by advice": the customer confirms."""

    sentence = N_("Advice has solved it only when the customer says so.")
    field = "confirmed"
    status = 422


class TooLate(Refusal):
    """Afterwards it is another request."""

    sentence = N_("This ended more than %(days)s days ago. Make a new request.")


class BegunAlready(Refusal):
    """We have the appliance."""

    sentence = N_("The repair has begun. Cancel the order %(number)s itself.")


class NotTheSame(Refusal):
    """A duplicate repeats one request or one order that somebody works on."""

    sentence = N_("Choose the one request or order, still open and of this outlet, that this one repeats.")
    field = "original"
    status = 422


def triage(
    request: ServiceRequest,
    *,
    product_line: ProductLine,
    mode: str = Mode.CARRY_IN,
    symptoms: Iterable[FaultCode] = (),
    customer: Customer | None = None,
    appliance: Appliance | None = None,
    by: Actor,
    at: datetime,
) -> ServiceRequest:
    """Say what it is about and how it comes, and look at the warranty.

    symptoms               instead of those that were ticked, where the clerk names any
    customer, appliance    the cards that it is about, where we have them
    raises                 WrongState, Invalid
    source                 3.1 "triage"; the first answer of a person ends the clock of sla.first_response
    """
    with doing("intake.triage", on=request, by=by, at=at) as deed:
        request = locked(request)
        named = {code.pk: code for code in symptoms}
        if named:
            request.symptoms.all().delete()
            RequestSymptom.objects.bulk_create([RequestSymptom(request=request, code=code) for code in named.values()])
        appliance = appliance or request.appliance
        customer = customer or request.customer
        if any(card is not None and card.unit_id != request.unit_id for card in (appliance, customer)):
            raise Invalid(Sentence(N_("This card belongs to another outlet.")), field="appliance")
        _go(
            request, RequestState.TRIAGED, deed, line=product_line, mode=word_of(Mode, mode, "mode"), customer=customer,
            appliance=appliance, **_precheck(request, appliance, at),
        )  # fmt: skip
        deed.note(line=product_line.code, mode=str(mode), coverage=request.coverage)
        deed.tell(RequestTriaged(request.pk, request.number))
    return request


def prioritise_request(
    request: ServiceRequest, *, priority: str, reason: str, by: Actor, at: datetime
) -> ServiceRequest:
    """Say how pressing a request is, and why; the order that comes of it is as pressing. The same again changes nothing.

    raises   WrongState, Invalid
    source   2.5 ServiceRequest "priority"
    """
    with doing("intake.prioritise_request", on=request, by=by, at=at) as deed:
        request = locked(request)
        must_stand(request, *OPEN)
        said, to = text_of(reason, "reason", REASON, least=5), word_of(Priority, priority, "priority")
        if request.priority != to:
            deed.note(priority=[request.priority, to], reason=said)
            deed.tell(RequestPrioritised(request.pk, request.number, request.priority, to))
            ServiceRequest.objects.filter(pk=request.pk).update(priority=to)
            request.priority = to
    return request


def solve_by_advice(
    request: ServiceRequest, *, advice: str, confirmed: bool, by: Actor, at: datetime
) -> ServiceRequest:
    """The customer can help himself: what we advised, and that it works now.

    raises   WrongState, NotConfirmed, Invalid
    source   3.1 "solve by advice"; reopened free within `request.reopen_days`
    """
    with doing("intake.solve_by_advice", on=request, by=by, at=at) as deed:
        request = locked(request)
        if not confirmed:
            raise NotConfirmed
        said = text_of(advice, "advice", N_("Write down what you advised."), least=5)
        _go(request, RequestState.RESOLVED_BY_ADVICE, deed, advice=said, ended_at=at)
        deed.tell(RequestSolved(request.pk, request.number))
    return request


def link_duplicate(
    request: ServiceRequest,
    *,
    original: ServiceRequest | None = None,
    order: WorkOrder | None = None,
    by: Actor,
    at: datetime,
) -> ServiceRequest:
    """Put a request to the one that it repeats; on an order, what was said is noted as a contact.

    original, order   exactly one of them
    raises            WrongState, NotTheSame
    source            3.1 "link duplicate"; CRM-2
    """
    with doing("intake.link_duplicate", on=request, by=by, at=at) as deed:
        request = locked(request)
        first = _the_first(request, original, order)
        _go(request, RequestState.DUPLICATE, deed, duplicate_of=original, duplicate_of_order=order, ended_at=at)
        if order is not None:
            workorder.log_contact(
                order, channel=request.channel, outcome=ContactAttempt.Result.REACHED, note=request.description[:300],
                by=deed.consequence(), at=at,
            )  # fmt: skip
        deed.note(original=first)
        deed.tell(RequestLinked(request.pk, request.number, first))
    return request


def reject(request: ServiceRequest, *, reason: str, referral: str = "", by: Actor, at: datetime) -> ServiceRequest:
    """Say that it is not ours to do, and who may.

    referral   where else to go, in words for whoever asked; not needed for what is no real request
    raises     WrongState, Invalid
    source     3.1 "reject"
    """
    with doing("intake.reject", on=request, by=by, at=at) as deed:
        request = locked(request)
        code = word_of(RejectReason, reason, "reason")
        said = referral.strip()
        if code is not RejectReason.NOT_GENUINE:
            said = text_of(referral, "referral", N_("Write whom the customer may ask instead."), least=5)
        _go(request, RequestState.REJECTED, deed, reason_code=code, reason=said, ended_at=at)
        deed.note(reason=str(code))
        deed.tell(RequestRejected(request.pk, request.number, str(code)))
    return request


def cancel_request(request: ServiceRequest, *, reason: str, by: Actor, at: datetime) -> ServiceRequest:
    """Withdraw a request; the order that was made of it is cancelled with it while nothing has begun.

    raises   WrongState, BegunAlready, Invalid
    source   3.1 "cancel"
    """
    with doing("intake.cancel_request", on=request, by=by, at=at) as deed:
        request = locked(request)
        said = text_of(reason, "reason", REASON, least=5)
        order = request.order
        if request.state == RequestState.CONVERTED and order is not None:
            if order.state != State.REGISTERED:
                raise BegunAlready(number=order.number)
            # The order takes its request with it.
            cancel(order, reason=said, by=deed.consequence(), at=at)
            request.refresh_from_db()
        else:
            # It is no answer of ours: the clock of the first response stops because nobody waits any more.
            _go(
                request,
                RequestState.CANCELLED,
                deed,
                is_answer=by.kind is not Kind.STRANGER,
                reason=said[:400],
                ended_at=at,
            )
        deed.tell(RequestCancelled(request.pk, request.number))
    return request


def close_request(order: WorkOrder, *, by: Actor, at: datetime) -> None:
    """Close the request of an order that is closed; an order without one has nothing to close.

    source   3.1 "all WOs closed"
    """
    request = ServiceRequest.objects.filter(order=order, state=RequestState.CONVERTED).select_related("unit").first()
    if request is None:
        return
    with doing("intake.close_request", on=request, by=by, at=at) as deed:
        _go(request, RequestState.CLOSED, deed, is_answer=False, ended_at=at)
        deed.tell(RequestClosed(request.pk, request.number))


def reopen(request: ServiceRequest, *, reason: str, by: Actor, at: datetime) -> ServiceRequest:
    """It was not solved after all: within the days of grace the same request goes on, and counts as a repeat contact.

    raises   WrongState, TooLate, Invalid
    source   3.1 "reopen"
    """
    with doing("intake.reopen", on=request, by=by, at=at) as deed:
        request = locked(request)
        must_stand(request, RequestState.RESOLVED_BY_ADVICE, RequestState.CLOSED)
        days = int(policy.figure("request.reopen_days", unit=request.unit, on=request.unit.day(at)).value)
        if request.ended_at is not None and at > request.ended_at + timedelta(days=days):
            raise TooLate(days=days)
        if request.line_id is None and request.order is not None:
            request.line, request.mode = request.order.appliance.line, request.order.mode
        said = text_of(reason, "reason", REASON, least=5)
        _go(
            request, RequestState.TRIAGED, deed, is_answer=False, line=request.line, mode=request.mode, reason=said[:400],
            earlier_order=request.order or request.earlier_order, order=None, ended_at=None,
            reopened_times=request.reopened_times + 1,
        )  # fmt: skip
        deed.note(times=request.reopened_times, reason=said)
        deed.tell(RequestReopened(request.pk, request.number, request.reopened_times))
    return request


def read_contact(request: ServiceRequest, *, by: Actor, at: datetime) -> list[str]:
    """Show the whole number and address of whoever asks; who looked, and when, is written down.

    source   G-6
    """
    with doing("intake.read_contact", on=request, by=by, at=at) as deed:
        deed.note(phone=telephone.mask(request.phone) if request.phone else "", email=bool(request.email))
    return [*([telephone.spell(request.phone)] if request.phone else []), *([request.email] if request.email else [])]


def _go(request: ServiceRequest, to: RequestState, deed: Deed, *, is_answer: bool = True, **columns: Any) -> None:
    """One step; the first that a person of the house takes is the first response (4.10)."""
    if is_answer and request.answered_at is None:
        columns["answered_at"] = deed.at
    lifecycle.advance(
        request, to=to, arrows=REQUEST_ARROWS, by=deed.by, at=deed.at, deed=deed, labels=REQUEST_LABELS, **columns
    )


def _precheck(request: ServiceRequest, appliance: Appliance | None, at: datetime) -> dict[str, Any]:
    """What the warranty probably says; it binds nobody before the fault is known."""
    if appliance is None:
        unknown = Sentence(APPLIANCE_UNKNOWN)
        return {"coverage": Coverage.UNDETERMINED, "coverage_because": [unknown.to_json()]}
    verdict = warranty.judge(appliance, on=request.unit.day(at))
    return {"coverage": verdict.outcome, "coverage_because": [each.to_json() for each in verdict.because]}


def _the_first(request: ServiceRequest, original: ServiceRequest | None, order: WorkOrder | None) -> str:
    """The number of what this one repeats."""
    if (original is None) == (order is None):
        raise NotTheSame
    if original is not None:
        if original.pk == request.pk or original.unit_id != request.unit_id or original.state not in OPEN:
            raise NotTheSame
        return original.number
    if order is None or order.unit_id != request.unit_id or order.state in ENDED:
        raise NotTheSame
    return order.number
