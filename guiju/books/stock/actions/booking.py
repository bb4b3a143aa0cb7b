"""How a line is booked: between which two places, drawn from which heaps, and with which serials."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from guiju.books.stock import rules
from guiju.books.stock.actions.gates import pass_through
from guiju.books.stock.actions.refusals import (
    COUNTS,
    LotExpired,
    NotEnough,
    NotIssued,
    NotOnTheWay,
    NotReserved,
    NotSetApart,
)
from guiju.books.stock.actions.serials import carry
from guiju.books.stock.models import Bin, Lot, StockAccount, StockMove
from guiju.books.stock.rules import ANY, Heap, Movement, Owner, Place, Which
from guiju.kernel import ledger
from guiju.kernel.deed import Deed
from guiju.kernel.ledger import DocumentReused, Line, Shortage
from guiju.kernel.places import places
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.standing.catalogue.models import Part


@dataclass(frozen=True, slots=True)
class End:
    """One end of a move, before it is known whose the pieces are and of which lot.

    bin         for what lies in a store; its unit is then the unit
    reference   for what is there because of a job or a transfer
    """

    kind: Place
    unit_id: int
    bin: Bin | None = None
    reference: str = ""

    def key(self, part: Part, owner: str, lot: str) -> dict[str, Any]:
        """The columns that name the place."""
        return {
            "part_id": part.pk,
            "unit_id": self.unit_id,
            "kind": self.kind,
            "bin_id": self.bin.pk if self.bin is not None else None,
            "reference": self.reference,
            "owner": Owner(owner),
            "lot": lot,
        }


def inside(bin: Bin, kind: Place, reference: str = "") -> End:
    """A place of that kind at this bin: in it, or beside it where the kind is in no bin."""
    return End(
        kind,
        bin.unit_id,
        bin if kind in rules.IN_A_BIN else None,
        reference if kind in rules.FOR_A_REFERENCE else "",
    )


def ask_reason(reason: str) -> None:
    """Refuse a move that a person judges and gives no reason for."""
    if not reason.strip():
        raise Invalid(Sentence(N_("Say why.")), field="reason")


def book(
    part: Part,
    quantity: int,
    kind: Movement,
    source: End,
    target: End,
    *,
    document: str,
    deed: Deed,
    which: Which = ANY,
    reason: str = "",
    cost_minor: int | None = None,
) -> list[StockMove]:
    """Book so many of a part from the one end to the other; one line, or one a heap where they are drawn from several.

    raises   Invalid, NotEnough and its kin, LotExpired, SerialsMissing, SerialsMiscounted, SerialElsewhere, DocumentReused,
             and what a gate says of the bins (`gates`)
    """
    if type(quantity) is not int or not 0 < quantity <= ledger.AMOUNT_MAX:
        raise Invalid(Sentence(N_("Give a whole number above nothing.")), field="quantity")
    asked = _Asked(part, quantity, kind, source, target, which, document, reason, cost_minor)
    if which.lot and kind in rules.NOT_WHEN_EXPIRED:
        _refuse_expired(asked, deed.at.date())
    heap = Heap(Owner(which.owner), which.lot, quantity)
    try:
        moves = _post(asked, [heap], deed)
    except (Shortage, DocumentReused) as refused:
        # Nobody said which ones, and the first heap has too few, or this very document was drawn from several before.
        if kind not in rules.DRAWN or which.lot or which.owner != Owner.OWN:
            raise _said(refused, asked) from refused
        moves = _drawn(asked, deed, refused)
    carry(moves, part, which.serials)
    pass_through(moves, part, ends=(source.bin, target.bin), quantity=quantity, deed=deed)
    return moves


@dataclass(frozen=True, slots=True)
class _Asked:
    part: Part
    quantity: int
    kind: Movement
    source: End
    target: End
    which: Which
    document: str
    reason: str
    cost_minor: int | None


def _post(asked: _Asked, heaps: Sequence[Heap], deed: Deed) -> list[StockMove]:
    """Find or make the places of these heaps, all in one question, and book a line for each."""
    keys, made = [], []
    for heap in heaps:
        for end in (asked.source, asked.target):
            keys.append(end.key(asked.part, heap.owner, heap.lot))
            made.append({"may_go_negative": end.kind in rules.WITHOUT_BOTTOM})
    found = places(StockAccount, list(zip(keys, made, strict=True)))
    extra: dict[str, Any] = {"part_id": asked.part.pk}
    if asked.reason:
        extra["reason"] = asked.reason.strip()
    if asked.cost_minor is not None:
        extra["cost_minor"] = asked.cost_minor
    lines = [
        Line(found[2 * number], found[2 * number + 1], heap.amount, asked.kind, extra)
        for number, heap in enumerate(heaps)
    ]
    with refusing(**COUNTS):
        moves: list[StockMove] = ledger.post(StockMove, lines, document=asked.document, deed=deed)
    return moves


def _drawn(asked: _Asked, deed: Deed, refused: Refusal) -> list[StockMove]:
    """Draw from whatever heaps there are; a document that was drawn before returns its moves."""
    earlier = list(StockMove.objects.filter(document=asked.document).select_related("source").order_by("line"))
    if earlier:
        if {(move.kind, move.source.part_id) for move in earlier} != {
            (asked.kind, asked.part.pk)
        } or asked.quantity != sum(move.amount for move in earlier):
            raise DocumentReused
        return earlier
    heaps = _heaps(asked)
    good = heaps
    if asked.kind in rules.NOT_WHEN_EXPIRED:
        good = [heap for heap in heaps if not heap.is_expired(deed.at.date())]
    taken = rules.draw(good, asked.quantity)
    there = sum(heap.amount for heap in taken)
    if there < asked.quantity:
        if sum(heap.amount for heap in heaps) >= asked.quantity:
            raise LotExpired(part=asked.part.code, wanted=asked.quantity, there=there)
        raise _said(refused, asked, there=there)
    try:
        return _post(asked, taken, deed)
    except Shortage as short:
        # Somebody else took from the same heaps between the look and the lock.
        raise _said(short, asked) from short


def _heaps(asked: _Asked) -> list[Heap]:
    key = asked.source.key(asked.part, Owner.OWN, "")
    del key["owner"], key["lot"]
    rows = StockAccount.objects.filter(**key, balance__gt=0, owner__in=rules.PROMISED).order_by()
    found = list(rows.values_list("owner", "lot", "balance"))
    lots = {lot for _, lot, _ in found if lot}
    days: dict[str, date | None] = {}
    if lots:
        days = dict(Lot.objects.filter(part=asked.part, code__in=lots).values_list("code", "expires_on"))
    return [Heap(Owner(owner), lot, balance, days.get(lot)) for owner, lot, balance in found]


def _refuse_expired(asked: _Asked, on: date) -> None:
    known = Lot.objects.filter(part=asked.part, code=asked.which.lot).first()
    if known is not None and known.expires_on is not None and known.expires_on < on:
        raise LotExpired(part=asked.part.code, wanted=asked.quantity, there=0)


def _said(refused: Refusal, asked: _Asked, *, there: int | None = None) -> Refusal:
    """The shortage in the words of the place that is short."""
    if not isinstance(refused, Shortage):
        return refused
    place: StockAccount = refused.account
    free = max(place.balance, 0) if there is None else there
    said: dict[str, Any] = {"part": asked.part.code, "wanted": asked.quantity, "there": free}
    match Place(place.kind):
        case Place.HELD:
            return NotReserved(reference=asked.source.reference, **said)
        case Place.FITTED:
            return NotIssued(reference=asked.source.reference, **said)
        case Place.TRANSIT:
            return NotOnTheWay(reference=asked.source.reference, **said)
        case kind if kind in rules.SET_APART:
            return NotSetApart(**said)
    return NotEnough(**said)


def short_at_undo(short: Shortage, quantity: int, part: Part) -> Refusal:
    """What was received has gone on: the sentence for an entry that can no longer be undone."""
    return NotEnough(part=part.code, wanted=quantity, there=max(short.account.balance, 0))
