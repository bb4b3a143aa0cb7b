"""What comes into the bins, goes between them and leaves them without a job."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from guiju.books.stock import rules
from guiju.books.stock.actions.booking import ask_reason, book, inside, short_at_undo
from guiju.books.stock.actions.gates import pass_back
from guiju.books.stock.actions.refusals import COUNTS, BinOfAnotherUnit
from guiju.books.stock.actions.serials import carry_back
from guiju.books.stock.events import Adjusted, Received, SetApart
from guiju.books.stock.models import LOT_LONGEST, Bin, Lot, StockMove
from guiju.books.stock.rules import ANY, Condition, Direction, Movement, Place, Which
from guiju.kernel import ledger
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.ledger import Shortage
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, refusing
from guiju.kernel.words import N_, Sentence
from guiju.standing.catalogue.models import Part

# What is done at a shelf without a paper of its own.
SERIES = "SM"


def receive(
    part: Part,
    bin: Bin,
    quantity: int,
    *,
    document: str,
    which: Which = ANY,
    cost_minor: int | None = None,
    by: Actor,
    at: datetime,
) -> list[StockMove]:
    """Put into the bin what a supplier has sent.

    quantity     in the part's base unit, above nothing
    document     the delivery note; booked once
    which        how good it is, whose, of which lot, with which serials
    cost_minor   what the whole line cost, in minor units of the unit's currency; None where nobody knows
    raises       Invalid, SerialsMissing, SerialsMiscounted, SerialElsewhere
    source       S6-28, INV-3
    """
    with doing("stock.receive", on=part, unit_id=bin.unit_id, by=by, at=at, quantity=quantity) as deed:
        _know_lot(part, which)
        moves = book(
            part,
            quantity,
            Movement.RECEIPT,
            inside(bin, Place.SUPPLIER),
            inside(bin, which.place),
            document=document,
            deed=deed,
            which=which,
            cost_minor=cost_minor,
        )
        deed.tell(Received(part.pk, part.code, bin.store_id, bin.pk, quantity, document))
    return moves


def move(
    part: Part, bin: Bin, quantity: int, *, to_bin: Bin, document: str = "", which: Which = ANY, by: Actor, at: datetime
) -> list[StockMove]:
    """Put pieces into another bin of the same unit; what they are does not change.

    document its paper; without one the book numbers it itself
    raises   BinOfAnotherUnit, NotEnough, NotSetApart, Invalid
    source   S6-21
    """
    if bin.pk == to_bin.pk:
        raise Invalid(Sentence(N_("They lie in this bin already.")), field="to_bin")
    if bin.unit_id != to_bin.unit_id:
        raise BinOfAnotherUnit
    facts = {"quantity": quantity, "to_bin": str(to_bin)}
    with doing("stock.move", on=part, unit_id=bin.unit_id, by=by, at=at, **facts) as deed:
        ends = inside(bin, which.place), inside(to_bin, which.place)
        return book(
            part, quantity, Movement.MOVE, *ends, document=document or _numbered(bin, at), deed=deed, which=which
        )


def set_apart(
    part: Part,
    bin: Bin,
    quantity: int,
    *,
    condition: str,
    reason: str,
    document: str = "",
    which: Which = ANY,
    by: Actor,
    at: datetime,
) -> list[StockMove]:
    """Set pieces apart in their bin: from now on nobody reserves them.

    condition   DEFECTIVE, TO_RETURN or QUARANTINED
    which       what they are until now
    raises      NotEnough, NotSetApart, Invalid
    source      F02
    """
    ask_reason(reason)
    becomes = Condition(condition)
    if becomes in {Condition.GOOD, which.condition}:
        raise Invalid(Sentence(N_("Say in what condition they are.")), field="condition")
    facts = {"quantity": quantity, "condition": str(becomes), "reason": reason}
    with doing("stock.set_apart", on=part, unit_id=bin.unit_id, by=by, at=at, **facts) as deed:
        ends = inside(bin, which.place), inside(bin, rules.PLACE_OF[becomes])
        document = document or _numbered(bin, at)
        moves = book(
            part, quantity, Movement.SET_APART, *ends, document=document, deed=deed, which=which, reason=reason
        )
        deed.tell(SetApart(part.pk, part.code, bin.store_id, bin.pk, quantity, str(becomes), reason, document))
    return moves


def clear(
    part: Part, bin: Bin, quantity: int, *, reason: str, document: str = "", which: Which, by: Actor, at: datetime
) -> list[StockMove]:
    """Put what was set apart back among the good ones: somebody has looked at it.

    which    with the condition in which they are until now
    raises   NotSetApart, Invalid
    source   F02
    """
    ask_reason(reason)
    _ask_apart(which)
    facts = {"quantity": quantity, "condition": str(which.condition), "reason": reason}
    with doing("stock.clear", on=part, unit_id=bin.unit_id, by=by, at=at, **facts) as deed:
        ends = inside(bin, which.place), inside(bin, Place.BIN)
        return book(
            part,
            quantity,
            Movement.CLEAR,
            *ends,
            document=document or _numbered(bin, at),
            deed=deed,
            which=which,
            reason=reason,
        )


def scrap(
    part: Part, bin: Bin, quantity: int, *, reason: str, document: str = "", which: Which, by: Actor, at: datetime
) -> list[StockMove]:
    """Throw away what was set apart; a good part is never scrapped from its shelf.

    raises   NotSetApart, Invalid
    source   S6-21
    """
    ask_reason(reason)
    _ask_apart(which)
    facts = {"quantity": quantity, "condition": str(which.condition), "reason": reason}
    with doing("stock.scrap", on=part, unit_id=bin.unit_id, by=by, at=at, **facts) as deed:
        ends = inside(bin, which.place), inside(bin, Place.SCRAP)
        return book(
            part,
            quantity,
            Movement.SCRAP,
            *ends,
            document=document or _numbered(bin, at),
            deed=deed,
            which=which,
            reason=reason,
        )


def send_back(
    part: Part, bin: Bin, quantity: int, *, document: str, which: Which, by: Actor, at: datetime
) -> list[StockMove]:
    """Give back to whoever sent it what was set apart for that.

    document   the note that goes with it
    which      to be returned; another condition is set apart for it first
    raises     NotSetApart, Invalid
    """
    if which.condition != Condition.TO_RETURN:
        raise Invalid(Sentence(N_("Only what is set apart to be returned is sent back.")), field="condition")
    with doing("stock.send_back", on=part, unit_id=bin.unit_id, by=by, at=at, quantity=quantity) as deed:
        ends = inside(bin, which.place), inside(bin, Place.SUPPLIER)
        return book(part, quantity, Movement.SEND_BACK, *ends, document=document, deed=deed, which=which)


def adjust(
    part: Part,
    bin: Bin,
    quantity: int,
    *,
    direction: str,
    reason: str,
    document: str,
    which: Which = ANY,
    by: Actor,
    at: datetime,
) -> list[StockMove]:
    """Bring the book level with what was counted: the difference moves to *lost*, or comes from *found*.

    quantity    the difference, above nothing
    direction   LOSS or FOUND
    reason      why it differs, in words
    raises      NotEnough, NotSetApart, Invalid
    source      INV-3, INV-7, 3.9
    """
    ask_reason(reason)
    is_loss = Direction(direction) is Direction.LOSS
    facts = {"quantity": quantity, "direction": direction, "reason": reason}
    with doing("stock.adjust", on=part, unit_id=bin.unit_id, by=by, at=at, **facts) as deed:
        here, outside = inside(bin, which.place), inside(bin, Place.LOSS if is_loss else Place.FOUND)
        if not is_loss:
            _know_lot(part, which)
        moves = book(
            part,
            quantity,
            Movement.LOSS if is_loss else Movement.FOUND,
            *((here, outside) if is_loss else (outside, here)),
            document=document,
            deed=deed,
            which=which,
            reason=reason,
        )
        found = -quantity if is_loss else quantity
        deed.tell(Adjusted(part.pk, part.code, bin.store_id, bin.pk, found, reason, document))
    return moves


def undo(moves: Sequence[StockMove], *, reason: str, document: str, by: Actor, at: datetime) -> list[StockMove]:
    """Take back a receipt or a count that was entered by mistake; once.

    raises   AlreadyUndone, NotEnough when the parts have gone on, Invalid
    source   F26
    """
    ask_reason(reason)
    if not moves or any(move.kind not in rules.CAN_BE_UNDONE for move in moves):
        raise Invalid(Sentence(N_("Only a receipt or a count can be undone here.")), field="document")
    place = moves[0].source if moves[0].source.bin_id else moves[0].target
    with doing("stock.undo", on=place, by=by, at=at, reason=reason, undoes=moves[0].document) as deed:
        try:
            with refusing(**COUNTS):
                undone: list[StockMove] = ledger.undo(
                    moves,
                    document=document,
                    deed=deed,
                    kind=Movement.UNDO,
                    extra={"reason": reason.strip(), "part_id": place.part_id},
                )
        except Shortage as short:
            raise short_at_undo(short, moves[0].amount, place.part) from short
        if place.part.is_serialised:
            carry_back(undone)
        pass_back(undone, deed)
    return undone


def _numbered(bin: Bin, at: datetime) -> str:
    """No stock moves without a document: what has no paper of its own gets a number (S6-21)."""
    unit = bin.store.unit
    return next_number(SERIES, unit.code, unit.day(at))


def _ask_apart(which: Which) -> None:
    if which.condition == Condition.GOOD:
        raise Invalid(Sentence(N_("Set it apart first, and say why.")), field="condition")


def _know_lot(part: Part, which: Which) -> None:
    """Enter the lot the first time that it comes; its last day is said once and never changed."""
    lot = which.lot.strip()
    if not lot:
        if part.tracks_lots:
            raise Invalid(Sentence(N_("This part is tracked by lots: name the lot.")), field="lot")
        return
    if len(lot) > LOT_LONGEST:
        raise Invalid(Sentence(N_("A lot has at most 40 letters.")), field="lot")
    known, _ = Lot.objects.get_or_create(part=part, code=lot, defaults={"expires_on": which.expires_on})
    if which.expires_on is not None and known.expires_on != which.expires_on:
        raise Invalid(Sentence(N_("This lot is known with another last day.")), field="expires_on")
