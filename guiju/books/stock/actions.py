"""The verbs of the store's book. Each is one document; the same document again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from guiju.books.stock import queries, rules
from guiju.books.stock.events import Adjusted, Received
from guiju.books.stock.models import Bin, Standstill, StockAccount, StockClosedPeriod, StockMove, Store
from guiju.books.stock.rules import Direction, Movement, Place
from guiju.kernel import ledger
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.ledger import AlreadyUndone, DocumentReused, Line, PeriodClosed, Shortage
from guiju.kernel.places import places
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Unit

__all__ = [
    "AlreadyUndone",
    "BinStandsStill",
    "CodeTaken",
    "CountedSince",
    "DocumentReused",
    "NotEnough",
    "NotIssued",
    "NotReserved",
    "PeriodClosed",
    "Refusal",
    "add_bin",
    "adjust",
    "close_period",
    "go_on",
    "issue",
    "open_store",
    "receive",
    "release",
    "reserve",
    "settle",
    "stand_still",
    "take_back",
    "undo",
]


class NotEnough(Refusal):
    """There are fewer on the shelf than are asked for."""

    sentence = N_("%(wanted)s of %(part)s are wanted, and %(there)s are free.")


class NotReserved(Refusal):
    """Fewer are reserved for this job than are asked for."""

    sentence = N_("%(wanted)s of %(part)s are wanted, and %(there)s are reserved for %(reference)s.")


class NotIssued(Refusal):
    """Fewer were issued to this job than are brought back."""

    sentence = N_("%(wanted)s of %(part)s are brought back, and %(there)s were issued to %(reference)s.")


class CodeTaken(Refusal):
    """Another one has this code."""

    sentence = N_("This code is already taken.")
    field = "code"


class BinStandsStill(Refusal):
    """Nothing goes into or out of a bin while it is counted."""

    sentence = N_("This bin is being counted at this moment. Nothing goes in or out until its count is finished.")
    field = "bin"


class CountedSince(Refusal):
    """A count has said what lay there then; the time before it is closed (G-5)."""

    sentence = N_("This bin has been counted since. Nothing is booked into the time before its count.")


_COUNTS = {
    "stockmove_waits_for_the_count_of_its_bin": BinStandsStill,
    "stockmove_is_later_than_the_count_of_its_bin": CountedSince,
}


def open_store(unit: Unit, *, code: str, names: Mapping[str, str], kind: str, by: Actor, at: datetime) -> Store:
    """Set up a store in a unit.

    raises   CodeTaken, Invalid
    """
    with doing("stock.open_store", unit_id=unit.pk, by=by, at=at) as deed:
        with refusing(
            store_code_is_free=CodeTaken,
            store_has_a_code=Invalid(Sentence(N_("Give the store a code.")), field="code"),
            store_is_of_a_known_kind=Invalid(Sentence(N_("Choose what the store is for.")), field="kind"),
        ):
            store = Store.objects.create(unit=unit, code=code.strip(), names=dict(names), kind=kind)
        deed.about(store)
    return store


def add_bin(store: Store, *, code: str, by: Actor, at: datetime) -> Bin:
    """Put up a bin in a store.

    raises   CodeTaken, Invalid
    """
    with doing("stock.add_bin", on=store, by=by, at=at) as deed:
        with refusing(
            bin_code_is_free=CodeTaken,
            bin_has_a_code=Invalid(Sentence(N_("Give the bin a code.")), field="code"),
        ):
            bin = Bin.objects.create(store=store, code=code.strip())
        deed.about(bin)
    return bin


def receive(part: Part, bin: Bin, quantity: int, *, document: str, by: Actor, at: datetime) -> list[StockMove]:
    """Put into the bin what a supplier has sent.

    quantity   in the part's base unit, above nothing
    document   the delivery note; booked once
    source     S6-28, INV-3
    """
    with doing("stock.receive", on=part, unit_id=bin.unit_id, by=by, at=at, quantity=quantity) as deed:
        moves = _move(part, bin, quantity, Movement.RECEIPT, document=document, deed=deed)
        deed.tell(Received(part.pk, part.code, bin.store_id, bin.pk, quantity, document))
    return moves


def reserve(
    part: Part, bin: Bin, quantity: int, *, reference: str, document: str, by: Actor, at: datetime
) -> list[StockMove]:
    """Promise parts on the shelf to one job; nobody else gets them.

    raises   NotEnough
    source   INV-2, S6-18
    """
    facts = {"quantity": quantity, "reference": reference}
    with doing("stock.reserve", on=part, unit_id=bin.unit_id, by=by, at=at, **facts) as deed:
        return _move(part, bin, quantity, Movement.RESERVE, document=document, deed=deed, reference=reference)


def release(
    part: Part, bin: Bin, quantity: int, *, reference: str, document: str, by: Actor, at: datetime
) -> list[StockMove]:
    """Give a promise back: the parts are free again.

    raises   NotReserved
    """
    facts = {"quantity": quantity, "reference": reference}
    with doing("stock.release", on=part, unit_id=bin.unit_id, by=by, at=at, **facts) as deed:
        return _move(part, bin, quantity, Movement.RELEASE, document=document, deed=deed, reference=reference)


def issue(
    part: Part, bin: Bin, quantity: int, *, reference: str, document: str, by: Actor, at: datetime
) -> list[StockMove]:
    """Hand out to the job what was reserved for it.

    raises   NotReserved
    source   S6-19, INV-1
    """
    facts = {"quantity": quantity, "reference": reference}
    with doing("stock.issue", on=part, unit_id=bin.unit_id, by=by, at=at, **facts) as deed:
        return _move(part, bin, quantity, Movement.ISSUE, document=document, deed=deed, reference=reference)


def take_back(
    part: Part, bin: Bin, quantity: int, *, reference: str, document: str, by: Actor, at: datetime
) -> list[StockMove]:
    """Put back on the shelf what the job did not need.

    raises   NotIssued
    """
    facts = {"quantity": quantity, "reference": reference}
    with doing("stock.take_back", on=part, unit_id=bin.unit_id, by=by, at=at, **facts) as deed:
        return _move(part, bin, quantity, Movement.TAKE_BACK, document=document, deed=deed, reference=reference)


def adjust(
    part: Part, bin: Bin, quantity: int, *, direction: str, reason: str, document: str, by: Actor, at: datetime
) -> list[StockMove]:
    """Bring the book level with what was counted: the difference moves to *lost*, or comes from *found*.

    quantity    the difference, above nothing
    direction   LOSS or FOUND
    reason      why it differs, in words
    raises      NotEnough, Invalid
    source      INV-3, INV-7, 3.9
    """
    _ask_reason(reason)
    is_loss = Direction(direction) is Direction.LOSS
    kind = Movement.LOSS if is_loss else Movement.FOUND
    facts = {"quantity": quantity, "direction": direction, "reason": reason}
    with doing("stock.adjust", on=part, unit_id=bin.unit_id, by=by, at=at, **facts) as deed:
        moves = _move(part, bin, quantity, kind, document=document, deed=deed, reason=reason)
        found = -quantity if is_loss else quantity
        deed.tell(Adjusted(part.pk, part.code, bin.store_id, bin.pk, found, reason, document))
    return moves


def undo(moves: Sequence[StockMove], *, reason: str, document: str, by: Actor, at: datetime) -> list[StockMove]:
    """Take back a receipt or a count that was entered by mistake; once.

    raises   AlreadyUndone, NotEnough when the parts have gone on, Invalid
    source   F26
    """
    _ask_reason(reason)
    if not moves or any(move.kind not in rules.CAN_BE_UNDONE for move in moves):
        raise Invalid(Sentence(N_("Only a receipt or a count can be undone here.")), field="document")
    inside = moves[0].source if moves[0].source.bin_id else moves[0].target
    with doing("stock.undo", on=inside, by=by, at=at, reason=reason, undoes=moves[0].document) as deed:
        try:
            with refusing(**_COUNTS):
                return ledger.undo(
                    moves, document=document, deed=deed, kind=Movement.UNDO, extra={"reason": reason.strip()}
                )
        except Shortage as short:
            raise _refusal(short, moves[0].amount, inside.part, "") from short


def close_period(unit: Unit, *, starts_at: datetime, ends_at: datetime, by: Actor, at: datetime) -> StockClosedPeriod:
    """Close a unit's stock book for a time that is over.

    starts_at, ends_at   half-open
    raises               Invalid, PeriodClosed when part of it is closed already
    source               G-5
    """
    with doing("stock.close_period", unit_id=unit.pk, by=by, at=at) as deed:
        places = StockAccount.objects.filter(unit=unit)
        period: StockClosedPeriod = ledger.close(
            StockClosedPeriod, places, unit=unit, starts_at=starts_at, ends_at=ends_at, deed=deed
        )
    return period


def stand_still(bin: Bin, *, document: str, by: Actor, at: datetime) -> Standstill:
    """Let nothing into or out of a bin, so that it can be counted; what was being booked there is booked first.

    document   the count
    raises     BinStandsStill where it stands still already
    source     3.9, F10
    """
    with doing("stock.stand_still", on=bin, by=by, at=at, document=document):
        settle([bin])
        with refusing(a_bin_stands_still_once=BinStandsStill):
            return Standstill.objects.create(bin=bin, document=document, starts_at=at)


def go_on(standstill: Standstill, *, by: Actor, at: datetime) -> Standstill:
    """The bin has been counted: moves go on, and none is dated before this moment. Twice is once."""
    with doing("stock.go_on", on=standstill, by=by, at=at):
        locked = Standstill.objects.select_for_update(of=("self",)).select_related("bin__store").get(pk=standstill.pk)
        if locked.ends_at is None:
            locked.ends_at, locked.last_move_id = max(at, locked.starts_at), queries.last_move_of(locked.bin)
            locked.save(update_fields=["ends_at", "last_move_id"])
        return locked


def settle(bins: Sequence[Bin]) -> None:
    """Wait until all that is being booked in these bins is booked; nothing more is until the deed is done.

    First the places, as whoever books does; then the bins, under which nobody makes a new place meanwhile; then what was made
    while we waited for them.
    """
    places = StockAccount.objects.filter(bin__in=[bin.pk for bin in bins]).order_by("pk")
    ledger.lock(places)
    list(Bin.objects.select_for_update().filter(pk__in=[bin.pk for bin in bins]).order_by("pk"))
    ledger.lock(places.all())


def _ask_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid(Sentence(N_("Say why.")), field="reason")


def _move(
    part: Part,
    bin: Bin,
    quantity: int,
    kind: Movement,
    *,
    document: str,
    deed: Deed,
    reference: str = "",
    reason: str = "",
) -> list[StockMove]:
    """Book one line between the two places of its kind."""
    if type(quantity) is not int or not 0 < quantity <= ledger.AMOUNT_MAX:
        raise Invalid(Sentence(N_("Give a whole number above nothing.")), field="quantity")
    source, target = _places(part, bin, reference, rules.WAYS[kind])
    line = Line(source, target, quantity, kind, {"reason": reason.strip()} if reason else {})
    try:
        with refusing(**_COUNTS):
            return ledger.post(StockMove, [line], document=document, deed=deed)
    except Shortage as short:
        raise _refusal(short, quantity, part, reference) from short


def _refusal(short: Shortage, wanted: int, part: Part, reference: str) -> Refusal:
    place: StockAccount = short.account
    said: dict[str, Any] = {"part": part.code, "wanted": wanted, "there": place.balance}
    if place.kind == Place.HELD:
        return NotReserved(reference=reference, **said)
    if place.kind == Place.FITTED:
        return NotIssued(reference=reference, **said)
    return NotEnough(**said)


def _places(part: Part, bin: Bin, reference: str, kinds: Sequence[Place]) -> list[StockAccount]:
    """Find the two places in one question; a place that nothing was ever in is made."""
    unit_id = bin.unit_id
    keys: list[dict[str, Any]] = [
        {
            "part_id": part.pk,
            "unit_id": unit_id,
            "kind": kind,
            "bin_id": bin.pk if kind in rules.IN_A_BIN else None,
            "reference": reference if kind in rules.FOR_A_REFERENCE else "",
        }
        for kind in kinds
    ]
    made = [{"may_go_negative": kind in rules.WITHOUT_BOTTOM} for kind in kinds]
    return places(StockAccount, list(zip(keys, made, strict=True)))
