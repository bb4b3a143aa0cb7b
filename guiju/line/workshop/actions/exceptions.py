"""A price outside the list: asked with its reason, granted by the network manager, signed by the customer on its line (S1-41)."""

from __future__ import annotations

from datetime import datetime

from guiju.kernel import approval
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.models import Approval, Evidence
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.workorder import actions as workorder
from guiju.line.workorder import queries as orders
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.line.workshop import queries
from guiju.line.workshop.events import ExceptionAsked, ExceptionDecided
from guiju.line.workshop.models import LineSignature, PriceException, Quote, QuoteLine
from guiju.line.workshop.queries import EXCEPTION_APPROVAL
from guiju.line.workshop.rules import REASON_LENGTH_MIN, ExceptionReason, QuoteState
from guiju.standing.catalogue.models import Part, ServiceItem
from guiju.standing.pricing import queries as pricing

_PRICED_IN = (State.DIAGNOSING, State.QUOTED, State.APPROVED, State.REPAIRING)


class WithinTheList(Refusal):
    """Nobody needs a leave for what the list allows."""

    sentence = N_("The published list allows this price. Put it on the quote.")
    field = "unit_minor"


class NothingToSign(Refusal):
    """Only a line outside the list is signed by itself, and only while the quote waits."""

    sentence = N_("This line is not waiting for a signature of its own.")


class SignedAlready(Refusal):
    """One signature is enough."""

    sentence = N_("The customer has signed this line already.")


class LineUnsigned(Refusal):
    """Whoever approves the quote has not yet agreed to a price outside the list."""

    sentence = N_(
        "%(code)s costs %(price)s, outside the published list. The customer has to sign this line by itself first, or leave it out."
    )
    field = "lines"
    status = 422


def ask_exception(
    order: WorkOrder,
    *,
    item: ServiceItem | None = None,
    part: Part | None = None,
    unit_minor: int,
    reason: ExceptionReason,
    note: str,
    by: Actor,
    at: datetime,
) -> PriceException:
    """Ask the network manager for a price that the list does not allow, for one thing on this job alone.

    unit_minor  of one, in minor units of the order's currency
    note        what a stranger must read to understand why
    raises      WrongState, WithinTheList, Invalid
    source      S1-41, PRC-1, EX-10
    """
    with doing("workshop.ask_exception", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        workorder.require(order, *_PRICED_IN)
        if (item is None) == (part is None):
            raise Invalid(Sentence(N_("Name one service or one part.")), field="item")
        if unit_minor < 1:
            raise Invalid(Sentence(N_("A price is more than nothing.")), field="unit_minor")
        if len(note.strip()) < REASON_LENGTH_MIN:
            raise Invalid(Sentence(N_("Give a reason of at least five letters.")), field="note")
        line = pricing.line_for(
            item=item, part=part, unit=order.unit, on=order.unit.day(at), place=orders.place_of(order)
        )
        is_level_fit = item is None or queries.labour_fits(order, item)
        if line is not None and line.min_minor <= unit_minor <= line.max_minor and is_level_fit:
            raise WithinTheList
        asked = PriceException.objects.create(
            order=order,
            item=item,
            part=part,
            unit_minor=unit_minor,
            list_min_minor=line.min_minor if line else 0,
            list_max_minor=line.max_minor if line else 0,
            reason=reason,
            note=note.strip()[:300],
            asked_by_id=by.natural_person_id,
            asked_at=at,
        )
        approval.ask(EXCEPTION_APPROVAL, asked, asked.content(), by=by, at=at, deed=deed)
        deed.note(code=asked.code, unit_minor=unit_minor, reason=str(reason))
        deed.tell(ExceptionAsked(order.pk, order.number, asked.pk, asked.code, unit_minor, order.currency))
    return asked


def approve_exception(asked: PriceException, *, by: Actor, at: datetime) -> Approval:
    """Let exactly this price be offered to the customer, who still has to sign it.

    raises  NothingAsked, approval's SamePerson
    source  5.2 "Quote": NM approves an exception; G-2
    """
    with doing("workshop.approve_exception", on=asked.order, by=by, at=at, code=asked.code) as deed:
        workorder.lock(asked.order)
        waiting = approval.waiting(EXCEPTION_APPROVAL, asked)
        approval.grant(waiting, content=asked.content(), by=by, at=at)
        deed.tell(ExceptionDecided(asked.order_id, asked.order.number, asked.pk, granted=True))
    return waiting


def reject_exception(asked: PriceException, *, reason: str, by: Actor, at: datetime) -> Approval:
    """Hold the job to the published list, and say why.

    raises  NothingAsked, Invalid, approval's SamePerson
    """
    with doing("workshop.reject_exception", on=asked.order, by=by, at=at, code=asked.code) as deed:
        workorder.lock(asked.order)
        waiting = approval.waiting(EXCEPTION_APPROVAL, asked)
        if len(reason.strip()) < REASON_LENGTH_MIN:
            raise Invalid(Sentence(N_("Give a reason of at least five letters.")), field="reason")
        approval.reject(waiting, reason=reason.strip(), by=by, at=at)
        deed.tell(ExceptionDecided(asked.order_id, asked.order.number, asked.pk, granted=False))
    return waiting


def sign_line(line: QuoteLine, *, signature: Evidence, by: Actor, at: datetime) -> LineSignature:
    """The customer agrees, by their own hand, to this one price outside the list.

    raises  NothingToSign, SignedAlready
    source  S1-41 "the customer's explicit written consent"; EX-10
    """
    with doing("workshop.sign_line", on=line.quote.order, by=by, at=at, code=line.code, unit_minor=line.unit_minor):
        workorder.lock(line.quote.order)
        quote = Quote.objects.select_for_update().get(pk=line.quote_id)
        if quote.state != QuoteState.ISSUED or line.exception_id is None:
            raise NothingToSign
        with refusing(workshop_linesignature_line_id=SignedAlready):
            return LineSignature.objects.create(line=line, signature=signature, signed_at=at)


def refuse_unsigned(quote: Quote, kept: list[QuoteLine]) -> None:
    """Refuse an approval with a line outside the list that the customer did not sign by itself.

    raises  LineUnsigned
    """
    outside = {line.pk: line for line in kept if line.exception_id is not None}
    if not outside:
        return
    signed = set(LineSignature.objects.filter(line__in=outside).values_list("line_id", flat=True))
    for key, line in outside.items():
        if key not in signed:
            raise LineUnsigned(code=line.code, price=workorder.money(quote.order, line.unit_minor))
