"""The quote: drawn up from the published list, asked, and answered by the customer alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from guiju.kernel import secrets, turn
from guiju.kernel.actor import Actor
from guiju.kernel.approval import digest_of
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance
from guiju.kernel.models import Evidence
from guiju.kernel.refusing import Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom.models import PartRequest
from guiju.line.storeroom.rules import MISSING
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import ContactAttempt, WorkOrder
from guiju.line.workorder.rules import Agreed, PromiseCause, State
from guiju.line.workshop import queries
from guiju.line.workshop.actions.discounts import refuse_unapproved
from guiju.line.workshop.actions.drafting import Offer, draw_up, supersede
from guiju.line.workshop.actions.exceptions import refuse_unsigned
from guiju.line.workshop.events import CodeAsked, QuoteApproved, QuoteDeclined, QuoteIssued
from guiju.line.workshop.models import Diagnosis, Quote, QuoteLine
from guiju.line.workshop.rules import (
    CODE_TRIES_MAX,
    CONTACTS_BEFORE_EXPIRY,
    QUOTE_ARROWS,
    Consent,
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


class QuoteChanged(Refusal):
    """What is approved is not what was sent."""

    sentence = N_("The quote is not the one that was sent to the customer. Send it again.")


class QuoteLapsed(Refusal):
    """The quote is no longer valid."""

    sentence = N_("This quote was valid until %(until)s. Ask for a new one.")


class ConsentMissing(Refusal):
    """Nobody approves for the customer without proof."""

    sentence = N_("Add the customer's signature, the one-time code, or where the recorded consent is kept.")
    status = 422


class NotOptional(Refusal):
    """Only what the repair is possible without can be left out."""

    sentence = N_("The repair needs %(code)s. Decline the whole quote, or ask us for another.")
    field = "kept"
    status = 422


class NothingLeft(Refusal):
    """To decline everything is another answer."""

    sentence = N_("Nothing would be left of the quote. Decline it as a whole instead.")
    field = "kept"
    status = 422


class TooManyTries(Refusal):
    """The code was wrong too often."""

    sentence = N_("The code was wrong too often. Sign instead, or ask us for a new quote.")
    field = "code"


class NothingToAnswer(Refusal):
    """The quote is not waiting for the customer."""

    sentence = N_("This quote is not waiting for an answer.")


class StillValid(Refusal):
    """The customer still has time."""

    sentence = N_("This quote is not waiting for an answer, or its validity is not over.")


class TooFewContacts(Refusal):
    """The customer was not tried often enough."""

    sentence = N_("A quote expires only after %(needed)s attempts to reach the customer; %(made)s are noted.")


def draft_quote(order: WorkOrder, *, offers: Sequence[Offer], service_hours: int, by: Actor, at: datetime) -> Quote:
    """Draw up the quote; a draft that is there already is replaced.

    service_hours  working hours from approval to ready
    raises         WrongState, NotDiagnosed, AlreadyCovered, NothingQuoted, NotListed, OutsideTheList, Invalid
    source         S1-41, PRC-1, EX-10, 3.4
    """
    with doing("workshop.draft_quote", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        workorder.require(order, State.DIAGNOSING)
        if not Diagnosis.objects.filter(order=order, is_no_fault=False).exists():
            raise NotDiagnosed
        if order.coverage in FREE:
            raise AlreadyCovered
        last = supersede(order, {QuoteState.DRAFT}, deed, at)
        quote = draw_up(order, offers, service_hours, deed, at, after=last)
        deed.note(quote=quote.number, total_minor=quote.total_minor)
    return quote


def issue_quote(quote: Quote, *, by: Actor, at: datetime) -> Quote:
    """Send the quote to the customer: from now on it cannot change, only be answered or replaced.

    raises  WrongState, DiscountNotApproved
    source  3.4, `quote.valid_days`, `quote.discount_limit`
    """
    with doing("workshop.issue_quote", on=quote.order, by=by, at=at, quote=quote.number) as deed:
        quote = _lock(quote)
        refuse_unapproved(quote, at)
        _issue(quote, deed, at)
        # A version with a discount is sent while the job still waits for the answer to the one before.
        if quote.order.state != State.QUOTED:
            workorder.advance(quote.order, to=State.QUOTED, by=by, at=at, deed=deed)
    return quote


def revise_quote(order: WorkOrder, *, offers: Sequence[Offer], service_hours: int, by: Actor, at: datetime) -> Quote:
    """Ask the customer again, because more was found; the extra work stops until the answer is there.

    raises  WrongState, NothingQuoted, NotListed, OutsideTheList
    source  WO-3, C09; 3.2 "revise quote"
    """
    with doing("workshop.revise_quote", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        deed.still(order)
        workorder.require(order, State.QUOTED, State.APPROVED, State.REPAIRING)
        if order.coverage in FREE:
            raise AlreadyCovered
        last = supersede(order, {QuoteState.DRAFT, QuoteState.ISSUED, QuoteState.APPROVED}, deed, at)
        quote = draw_up(order, offers, service_hours, deed, at, after=last)
        _issue(quote, deed, at)
        if order.state != State.QUOTED:
            workorder.advance(order, to=State.QUOTED, by=by, at=at, deed=deed)
        deed.note(quote=quote.number, total_minor=quote.total_minor)
    return quote


def ask_code(quote: Quote, *, by: Actor, at: datetime) -> None:
    """Have a one-time code sent to the customer's phone, with which to approve.

    raises  NothingToAnswer, TooManyTries
    """
    with doing("workshop.ask_code", on=quote.order, by=by, at=at) as deed:
        quote = _lock(quote)
        if quote.state != QuoteState.ISSUED:
            raise NothingToAnswer
        if quote.code_tries >= CODE_TRIES_MAX:
            raise TooManyTries
        deed.tell(CodeAsked(quote.order_id, quote.order.number, quote.pk))


def enter_code(quote: Quote, *, code: str, by: Actor, at: datetime) -> bool:
    """Try a one-time code; a wrong one is counted, which is why it is a deed of its own and is not refused.

    raises  NothingToAnswer, TooManyTries
    source  T34
    """
    with doing("workshop.enter_code", on=quote.order, by=by, at=at) as deed:
        quote = _lock(quote)
        if quote.state != QuoteState.ISSUED:
            raise NothingToAnswer
        if quote.code_tries >= CODE_TRIES_MAX:
            raise TooManyTries
        right = secrets.matches(code.strip(), secrets.one_time_code("quote", quote.pk, quote.code_salt))
        if right:
            Quote.objects.filter(pk=quote.pk).update(code_confirmed_at=at)
            quote.code_confirmed_at = at
        else:
            Quote.objects.filter(pk=quote.pk).update(code_tries=quote.code_tries + 1)
            quote.code_tries += 1
        deed.note(right=right)
    return right


def approve_quote(
    quote: Quote,
    *,
    how: Consent,
    declined: Collection[int] = (),
    signature: Evidence | None = None,
    note: str = "",
    by: Actor,
    at: datetime,
) -> Quote:
    """The customer agrees to this very version, or to what was chosen of it, by signature, code, or a recorded consent.

    declined  the keys of the optional lines that the customer does not want: they are neither fitted nor billed
    note      for a recorded consent: where the record is kept
    raises    WrongState, ConsentMissing, QuoteLapsed, QuoteChanged, NotOptional, NothingLeft
    source    WO-2, WO-3, T32; a receptionist records the customer's answer, nobody gives it
    """
    with doing("workshop.approve_quote", on=quote.order, by=by, at=at, how=str(how)) as deed:
        quote = _lock(quote)
        if quote.state == QuoteState.ISSUED and quote.valid_until is not None and quote.valid_until < at:
            raise QuoteLapsed(until=quote.valid_until)
        _proof(quote, how, signature, note)
        agreed = _agreed(quote, declined, deed)
        with refusing(
            a_signed_quote_has_its_signature=ConsentMissing, a_quote_approved_by_code_had_its_code=ConsentMissing
        ):
            advance(
                quote,
                to=QuoteState.APPROVED,
                arrows=QUOTE_ARROWS,
                by=by,
                at=at,
                deed=deed,
                decided_at=at,
                decided_how=how,
                decided_note=note.strip(),
                signature=signature,
                **agreed,
            )
        workorder.advance(quote.order, to=State.APPROVED, by=by, at=at, deed=deed)
        _promise_again(quote, deed, at)
        deed.tell(QuoteApproved(quote.order_id, quote.order.number, quote.pk, str(how)))
    return quote


def decline_quote(quote: Quote, *, reason: str = "", by: Actor, at: datetime) -> Quote:
    """The customer does not want the repair: the appliance is put together again and goes back.

    raises  WrongState
    """
    with doing("workshop.decline_quote", on=quote.order, by=by, at=at, reason=reason) as deed:
        quote = _lock(quote)
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
        quote = _lock(quote)
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


def _lock(quote: Quote) -> Quote:
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


def _issue(quote: Quote, deed: Deed, at: datetime) -> None:
    days = int(policy.figure("quote.valid_days", unit=quote.order.unit, on=quote.order.unit.day(at)).value)
    valid_until = at + timedelta(days=days)
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


def _agreed(quote: Quote, declined: Collection[int], deed: Deed) -> dict[str, Any]:
    """Write down which lines were declined, and return what the version comes to without them, sealed."""
    if quote.state != QuoteState.ISSUED:
        return {"approved_digest": quote.digest}
    if digest_of(quote.content()) != quote.digest:
        raise QuoteChanged
    left_out = set(declined)
    lines = {line.pk: line for line in quote.lines.all()}
    refuse_unsigned(quote, [line for key, line in lines.items() if key not in left_out])
    for key in left_out:
        if key not in lines or not lines[key].is_optional:
            raise NotOptional(code=lines[key].code if key in lines else key)
    if left_out == set(lines):
        raise NothingLeft
    chosen = quote.choice(left_out)
    sealed = digest_of(quote.agreed(left_out))
    if left_out:
        QuoteLine.objects.filter(pk__in=left_out).update(is_declined=True)
        for key in left_out:
            lines[key].is_declined = True
        deed.note(declined=sorted(lines[key].code for key in left_out))
        _let_go(quote, {line.part_id for key, line in lines.items() if key not in left_out}, deed)
    deed.note(digest=sealed, total_minor=chosen.total_minor)
    return {
        "approved_digest": sealed,
        "total_minor": chosen.total_minor,
        "discount_minor": chosen.discount_minor,
        "declined_minor": chosen.declined_minor,
        "forgone_minor": quote.discount_minor - chosen.discount_minor,
    }


def _let_go(quote: Quote, kept: set[int | None], deed: Deed) -> None:
    """What was asked of the store for a declined line is needed no more."""
    declined = QuoteLine.objects.filter(quote=quote, is_declined=True, part__isnull=False).exclude(
        part__in=kept - {None}
    )
    asked = PartRequest.objects.filter(order=quote.order, part__in=declined.values("part"), state__in=MISSING)
    for request in asked.order_by("pk"):
        storeroom.cancel_request(request, by=deed.consequence(), at=deed.at)


def _proof(quote: Quote, how: Consent, signature: Evidence | None, note: str) -> None:
    """Nobody approves without the proof that goes with the way of approving."""
    if quote.state != QuoteState.ISSUED:
        return
    has_proof = {
        Consent.SIGNATURE: signature is not None,
        Consent.CODE: quote.code_confirmed_at is not None,
        Consent.RECORDED: bool(note.strip()),
    }
    if not has_proof[how]:
        raise ConsentMissing


def _promise_again(quote: Quote, deed: Deed, at: datetime) -> None:
    """The customer approves the quote with its service time, so the promise is counted anew and accepted (3.2)."""
    ready = workorder.promise_from(quote.order, hours=quote.service_hours, start=at)
    if quote.order.promised_at is None or ready.at > quote.order.promised_at:
        said = Sentence(N_("The customer approved the quote with this service time."))
        workorder.revise_promise(
            quote.order, to=ready.at, cause=PromiseCause.QUOTE, reason=said, basis=quote.number, steps=ready.steps,
            agreed=Agreed(quote.decided_how), signature=quote.signature, agreed_note=quote.decided_note or quote.number,
            by=deed.consequence(), at=at,
        )  # fmt: skip
