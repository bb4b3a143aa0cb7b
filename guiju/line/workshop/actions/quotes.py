"""The quote: drawn up from the published list, asked, and answered by the customer alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from guiju.kernel import turn
from guiju.kernel.actor import Actor
from guiju.kernel.approval import digest_of
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance
from guiju.kernel.refusing import Refusal, WrongState
from guiju.kernel.words import N_, Sentence
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import ContactAttempt, WorkOrder
from guiju.line.workorder.rules import State
from guiju.line.workshop import queries
from guiju.line.workshop.actions.discounts import refuse_unapproved
from guiju.line.workshop.actions.drafting import Offer
from guiju.line.workshop.actions.options import Alternative, draw_up, supersede
from guiju.line.workshop.events import QuoteDeclined, QuoteIssued
from guiju.line.workshop.models import Quote
from guiju.line.workshop.rules import (
    CONTACTS_BEFORE_EXPIRY,
    QUOTE_ARROWS,
    QUOTE_LABELS,
    OptionKind,
    QuoteState,
)
from guiju.standing.policy import queries as policy
from guiju.standing.warranty.rules import FREE


class AlreadyCovered(Refusal):
    """The repair is free for the customer."""

    sentence = N_("This repair is covered: the customer pays nothing, so there is nothing to quote.")


class NotDiagnosed(Refusal):
    """First the fault, then the price."""

    sentence = N_("Write down the diagnosis before the quote.")


class Answered(WrongState):
    """An answer is given once."""

    sentence = N_("This quote was answered before, and nothing has changed by this. It is now: %(state)s.")


class Replaced(WrongState):
    """What was read is not what we offer now."""

    sentence = N_("There is a newer version of this quote. Read that one, and answer it.")


class StillValid(Refusal):
    """The customer still has time."""

    sentence = N_("This quote is not waiting for an answer, or its validity is not over.")


class TooFewContacts(Refusal):
    """The customer was not tried often enough."""

    sentence = N_("A quote expires only after %(needed)s attempts to reach the customer; %(made)s are noted.")


def draft_quote(
    order: WorkOrder,
    *,
    offers: Sequence[Offer],
    service_hours: int,
    kind: OptionKind = OptionKind.REPAIR,
    repair_warranty_days: int | None = None,
    note: str = "",
    others: Sequence[Alternative] = (),
    by: Actor,
    at: datetime,
) -> Quote:
    """Draw up the quote; a draft that is there already is replaced.

    service_hours          working hours from approval to ready
    repair_warranty_days   None takes what the terms of this appliance promise
    others                 other ways to help, of which the customer chooses one
    raises                 WrongState, NotDiagnosed, AlreadyCovered, NothingQuoted, NotListed, OutsideTheList, TooManyOptions,
                           WarrantyTooShort, Invalid
    source                 S1-41, PRC-1, EX-10, 3.4, C05
    """
    first = Alternative(offers, service_hours, kind, repair_warranty_days, note)
    with doing("workshop.draft_quote", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        workorder.require(order, State.DIAGNOSING)
        # Each fault that was found says how heavy its labour may be; where there is none, nothing was found yet.
        levels = queries.fault_levels(order)
        if not levels:
            raise NotDiagnosed
        if order.coverage in FREE:
            raise AlreadyCovered
        last = supersede(order, {QuoteState.DRAFT}, deed, at)
        quote = draw_up(order, [first, *others], deed, at, after=last, levels=levels)
        deed.note(quote=quote.number, total_minor=quote.total_minor, options=1 + len(others))
    return quote


def issue_quote(quote: Quote, *, by: Actor, at: datetime) -> Quote:
    """Send the quote to the customer: from now on it cannot change, only be answered or replaced.

    raises  WrongState, DiscountNotApproved
    source  3.4, `quote.valid_days`, `quote.discount_limit`
    """
    with doing("workshop.issue_quote", on=quote.order, by=by, at=at, quote=quote.number) as deed:
        quote = lock(quote)
        refuse_unapproved(quote, at)
        _issue(quote, deed, at)
        # A version with a discount is sent while the job still waits for the answer to the one before.
        if quote.order.state != State.QUOTED:
            workorder.advance(quote.order, to=State.QUOTED, by=by, at=at, deed=deed)
    return quote


def revise_quote(
    order: WorkOrder,
    *,
    offers: Sequence[Offer],
    service_hours: int,
    kind: OptionKind = OptionKind.REPAIR,
    repair_warranty_days: int | None = None,
    note: str = "",
    others: Sequence[Alternative] = (),
    by: Actor,
    at: datetime,
) -> Quote:
    """Ask the customer again, because more was found; what was agreed to falls, and the work stops until the answer is there.

    raises  WrongState, NothingQuoted, NotListed, OutsideTheList, TooManyOptions, WarrantyTooShort
    source  WO-3, C09; 3.2 "revise quote"
    """
    first = Alternative(offers, service_hours, kind, repair_warranty_days, note)
    with doing("workshop.revise_quote", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        deed.still(order)
        workorder.require(order, State.QUOTED, State.APPROVED, State.REPAIRING)
        if order.coverage in FREE:
            raise AlreadyCovered
        last = supersede(order, {QuoteState.DRAFT, QuoteState.ISSUED, QuoteState.APPROVED}, deed, at)
        quote = draw_up(order, [first, *others], deed, at, after=last)
        _issue(quote, deed, at)
        if order.state != State.QUOTED:
            workorder.advance(order, to=State.QUOTED, by=by, at=at, deed=deed)
        deed.note(quote=quote.number, total_minor=quote.total_minor)
    return quote


def decline_quote(quote: Quote, *, reason: str = "", by: Actor, at: datetime) -> Quote:
    """The customer does not want the repair: the appliance is put together again and goes back.

    raises  WrongState, Answered, Replaced
    """
    with doing("workshop.decline_quote", on=quote.order, by=by, at=at, reason=reason) as deed:
        quote = lock(quote)
        refuse_answered(quote)
        noted: dict[str, Any] = {"decided_at": at, "decided_note": reason.strip()}
        advance(quote, to=QuoteState.DECLINED, arrows=QUOTE_ARROWS, by=by, at=at, deed=deed, **noted)
        workorder.advance(quote.order, to=State.DECLINED, by=by, at=at, deed=deed)
        deed.tell(QuoteDeclined(quote.order_id, quote.order.number, quote.pk, expired=False))
    return quote


def expire_quote(quote: Quote, *, by: Actor, at: datetime) -> Quote:
    """The validity is over and the customer could not be reached.

    raises  StillValid, TooFewContacts
    source  3.2: three contact attempts noted, validity over
    """
    with doing("workshop.expire_quote", on=quote.order, by=by, at=at) as deed:
        quote = lock(quote)
        if quote.state != QuoteState.ISSUED or quote.valid_until is None or quote.valid_until >= at:
            raise StillValid
        made = ContactAttempt.objects.filter(order_id=quote.order_id, at__gte=quote.issued_at).count()
        if made < CONTACTS_BEFORE_EXPIRY:
            raise TooFewContacts(needed=CONTACTS_BEFORE_EXPIRY, made=made)
        advance(quote, to=QuoteState.EXPIRED, arrows=QUOTE_ARROWS, by=by, at=at, deed=deed, decided_at=at)
        workorder.advance(quote.order, to=State.DECLINED, by=by, at=at, deed=deed)
        deed.tell(QuoteDeclined(quote.order_id, quote.order.number, quote.pk, expired=True))
    return quote


def void_quotes(order: WorkOrder, *, by: Actor, at: datetime) -> int:
    """Take back what still waits for an answer on a job that was cancelled; repeatable."""
    with doing("workshop.revise_quote", on=order, by=by, at=at) as deed:
        waiting = Quote.objects.select_for_update().filter(order=order, state__in=[QuoteState.DRAFT, QuoteState.ISSUED])
        quotes = list(waiting)
        for quote in quotes:
            advance(quote, to=QuoteState.SUPERSEDED, arrows=QUOTE_ARROWS, by=by, at=at, deed=deed)
    return len(quotes)


def lock(quote: Quote) -> Quote:
    """Lock the job, then the quote."""
    order = workorder.lock(quote.order)
    locked = turn.kept(quote) or turn.keep(queries.LOCKED(pk=quote.pk)[0])
    locked.order = order
    return locked


def lock_numbered(number: str, *, of: WorkOrder) -> Quote:
    """A quote of a job that is locked already."""
    quote = queries.LOCKED(number=number)[0]
    quote.order = of
    return turn.kept(quote) or turn.keep(quote)


def refuse_answered(quote: Quote) -> None:
    """Say plainly that the answer comes too late, and to what.

    raises   Answered, Replaced
    """
    if quote.state == QuoteState.SUPERSEDED:
        raise Replaced
    if quote.state not in {QuoteState.DRAFT, QuoteState.ISSUED}:
        raise Answered(state=Sentence(QUOTE_LABELS[QuoteState(quote.state)]))


def _issue(quote: Quote, deed: Deed, at: datetime) -> None:
    days = int(policy.figure("quote.valid_days", unit=quote.order.unit, on=quote.order.unit.day(at)).value)
    valid_until = quote.valid_until = at + timedelta(days=days)
    advance(
        quote,
        to=QuoteState.ISSUED,
        arrows=QUOTE_ARROWS,
        by=deed.by,
        at=at,
        deed=deed,
        issued_at=at,
        valid_until=valid_until,
        digest=digest_of(quote.content()),
    )
    deed.tell(
        QuoteIssued(
            quote.order_id, quote.order.number, quote.pk, quote.version, quote.total_minor, quote.currency, valid_until
        )
    )
