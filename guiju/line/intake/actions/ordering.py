"""Register and cancel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from guiju.kernel import lifecycle
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.refusing import Invalid, Refusal
from guiju.kernel.words import N_, Sentence
from guiju.line.intake import queries
from guiju.line.intake.actions.reading import locked, must_stand, text_of, word_of
from guiju.line.intake.events import Cancelled, Registered, RequestConverted
from guiju.line.intake.models import ServiceRequest
from guiju.line.intake.rules import REQUEST_ARROWS, REQUEST_LABELS, RequestState
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import OURS, Channel, FeeCollection, Mode, Outcome, Priority, Promise, State
from guiju.standing.catalogue.models import Appliance, FaultCode
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Unit
from guiju.standing.warranty.rules import Coverage

# As long as a customer stands at the counter; later the queue is another one.
TERMS_STAND = timedelta(hours=1)


class OpenAlready(Refusal):
    """CRM-2: a second order for the same fault would be a duplicate."""

    sentence = N_("This appliance is on order %(number)s already, which is not finished.")
    field = "appliance"


class TermsNotAccepted(Refusal):
    """PRC-4: nothing is charged that the customer has not seen."""

    sentence = N_("The customer has to accept the test fee, the date and how to pay before the order is made.")
    field = "terms_accepted"
    status = 422


class TermsTooOld(Refusal):
    """A date that was told long ago is none any more."""

    sentence = N_("The customer was told the date too long ago. Tell it again, and have it signed again.")
    field = "signature"
    status = 422


def register(
    *,
    unit: Unit,
    customer: Customer,
    appliance: Appliance,
    problem: str,
    symptoms: Iterable[FaultCode] = (),
    channel: str = Channel.COUNTER,
    mode: str = Mode.CARRY_IN,
    fee_collection: str = FeeCollection.ON_COLLECTION,
    terms_accepted: bool,
    language: str | None = None,
    contact: str = "",
    parent: WorkOrder | None = None,
    fault_family: str = "",
    told_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> WorkOrder:
    """Order a repair: a number, a promised date, the test fee of the list, and what the warranty probably says.

    language      in which the customer is written to; the customer's own unless told otherwise
    parent        the repair that this one makes good; then the job is urgent and free until the diagnosis says otherwise
    fault_family  what was repaired then
    told_at       when the customer was told the date, where that was some minutes ago: the date counts from then
    raises        TermsNotAccepted, OpenAlready, Invalid, ModeNotOffered, TermsTooOld
    source        S6-01, S6-09, S6-10, S6-11; 3.2 "register". At most 20 statements.
    """
    with doing("intake.register", on=None, unit_id=unit.pk, by=by, at=at) as deed:
        order = _ordered(
            deed, unit=unit, customer=customer, appliance=appliance, problem=problem, symptoms=symptoms, channel=channel,
            mode=mode, fee_collection=fee_collection, terms_accepted=terms_accepted, language=language, parent=parent, told_at=told_at,
            fault_family=fault_family,
        )  # fmt: skip
        _write_request(order, contact, at)
    return order


def convert(
    request: ServiceRequest,
    *,
    customer: Customer,
    appliance: Appliance,
    terms_accepted: bool,
    problem: str = "",
    symptoms: Iterable[FaultCode] | None = None,
    mode: str = "",
    fee_collection: str = FeeCollection.ON_COLLECTION,
    language: str | None = None,
    by: Actor,
    at: datetime,
) -> WorkOrder:
    """Make the order that a request asks for, with what was typed and ticked; its pictures are seen with the order.

    problem, symptoms, mode   as the request has them unless told otherwise
    raises                    WrongState unless it is triaged, and what `register` raises
    source                    3.1 "convert". Two counters that convert at once make one order.
    """
    with doing("intake.convert", on=request, by=by, at=at) as deed:
        request = locked(request)
        must_stand(request, RequestState.TRIAGED)
        ticked = symptoms if symptoms is not None else [each.code for each in request.symptoms.select_related("code")]
        with doing("intake.register", on=None, unit_id=request.unit_id, by=deed.consequence(), at=at) as inner:
            order = _ordered(
                inner, unit=request.unit, customer=customer, appliance=appliance, problem=problem or request.description,
                symptoms=ticked, channel=request.channel, mode=mode or request.mode, fee_collection=fee_collection,
                terms_accepted=terms_accepted, language=language, parent=None, priority=request.priority,
            )  # fmt: skip
        made: dict[str, Any] = {"order": order, "customer": customer, "appliance": appliance}
        lifecycle.advance(
            request, to=RequestState.CONVERTED, arrows=REQUEST_ARROWS, by=by, at=at, deed=deed, labels=REQUEST_LABELS, **made
        )  # fmt: skip
        deed.note(order=order.number)
        deed.tell(RequestConverted(request.pk, request.number, order.pk))
    return order


def _ordered(
    deed: Deed,
    *,
    unit: Unit,
    customer: Customer,
    appliance: Appliance,
    problem: str,
    symptoms: Iterable[FaultCode],
    channel: str,
    mode: str,
    fee_collection: str,
    terms_accepted: bool,
    language: str | None,
    parent: WorkOrder | None,
    told_at: datetime | None = None,
    priority: str = Priority.NORMAL,
    fault_family: str = "",
) -> WorkOrder:
    """The order itself, inside the deed of the counter."""
    by, at = deed.by, deed.at
    _refuse_unfit(unit, customer, appliance, mode, terms_accepted=terms_accepted)
    if told_at is not None and not at - TERMS_STAND <= told_at <= at:
        raise TermsTooOld
    symptoms = list(symptoms)
    families = [each.family for each in symptoms]
    told: dict[str, Any] = {"fault_family": fault_family, "fault_families": families}
    terms = queries.terms_for(unit=unit, appliance=appliance, at=told_at or at, **told)
    if terms.standing:
        raise OpenAlready(number=terms.standing)
    order = workorder.open_order(
        unit=unit,
        customer=customer,
        appliance=appliance,
        problem=text_of(problem, "problem", N_("Write down what the customer says is wrong.")),
        symptoms=symptoms,
        parent=parent,
        channel=word_of(Channel, channel, "channel"),
        fee_collection=word_of(FeeCollection, fee_collection, "fee_collection"),
        language=language or customer.language,
        **({"priority": priority} | (_rework() if parent else _charged(terms))),
        at=at,
        deed=deed,
    )
    workorder.precheck_coverage(order, terms.verdict, terms.rights, by=by, at=at)
    _promise(order, terms.promise, deed)
    return order


def cancel(order: WorkOrder, *, reason: str, by: Actor, at: datetime) -> WorkOrder:
    """Let the customer stop at any time before the repair is done; an appliance that we hold goes home through DECLINED.

    raises   WrongState once the repair is done; Invalid without a reason
    source   3.2 "cancel by customer"; Civil Code 787
    """
    with doing("intake.cancel", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        was, is_held = order.state, order.held in OURS
        reason = text_of(reason, "reason", N_("Give a reason of at least five letters."), least=5)
        if order.hold:
            workorder.release_hold(order, by=deed.consequence(), at=at)
            order = workorder.lock(order)
        if is_held:
            workorder.advance(order, to=State.DECLINED, by=by, at=at, deed=deed)
        else:
            workorder.advance(order, to=State.CANCELLED, by=by, at=at, deed=deed, outcome=Outcome.CANCELLED)
        _cancel_request(order, reason, deed)
        deed.note(was=was, reason=reason)
        deed.tell(Cancelled(order.pk, order.number, was, is_held, reason))
    return order


def _refuse_unfit(unit: Unit, customer: Customer, appliance: Appliance, mode: str, *, terms_accepted: bool) -> None:
    """What no order is made of: unread terms, a mode that we do not offer, another outlet's cards (G-3)."""
    if not terms_accepted:
        raise TermsNotAccepted
    if word_of(Mode, mode, "mode") is not Mode.CARRY_IN:
        raise workorder.ModeNotOffered
    if customer.unit_id != unit.pk:
        raise Invalid(Sentence(N_("This customer's card belongs to another outlet.")), field="customer")
    if appliance.unit_id != unit.pk:
        raise Invalid(Sentence(N_("This appliance's card belongs to another outlet.")), field="appliance")


def _promise(order: WorkOrder, promise: Promise, deed: Deed) -> None:
    """Give the customer a date, and begin the order's life with it."""
    dates = {"registered_at": deed.at, "promised_at": promise.at, "first_promised_at": promise.at}
    workorder.promise_first(order, promise, deed=deed)
    workorder.advance(order, to=State.REGISTERED, by=deed.by, at=deed.at, deed=deed, **dates)
    deed.note(promised_at=promise.at, because=promise.because, test_fee_minor=order.test_fee_minor)
    deed.tell(Registered(order.pk, order.number, promise.at))


def _charged(terms: queries.Terms) -> dict[str, Any]:
    fee = terms.test_fee
    return {"test_fee_minor": terms.test_fee_minor, "price_list": fee.price_list if fee else None}


def _rework() -> dict[str, Any]:
    # WO-11: free of charge, and before others.
    return {"priority": Priority.HIGH, "coverage": Coverage.REPAIR_WARRANTY}


def _write_request(order: WorkOrder, contact: str, at: datetime) -> None:
    """A walk-in's request has the digits of its order: whoever holds either paper finds both."""
    ServiceRequest.objects.create(
        number=order.number.replace(workorder.SERIES, "SR", 1),
        unit=order.unit,
        customer=order.customer,
        channel=order.channel,
        priority=order.priority,
        state=RequestState.CONVERTED,
        contact=contact.strip(),
        order=order,
        at=at,
    )


def _cancel_request(order: WorkOrder, reason: str, deed: Deed) -> None:
    request = ServiceRequest.objects.filter(order=order, state=RequestState.CONVERTED).first()
    if request is not None:
        said: dict[str, Any] = {"reason": reason[:400], "ended_at": deed.at}
        lifecycle.advance(
            request, to=RequestState.CANCELLED, arrows=REQUEST_ARROWS, by=deed.by, at=deed.at, deed=deed, **said
        )
