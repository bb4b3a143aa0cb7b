"""Goods: counted blind, inspected, and the accepted ones put on their shelf; what is rejected never enters the stock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from guiju.books.stock import actions as stock
from guiju.books.stock.models import Bin
from guiju.books.stock.rules import Which
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance, begin
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.readiness.supply.actions.few import refuse_too_few
from guiju.readiness.supply.actions.orders import lock, step
from guiju.readiness.supply.events import PutAway
from guiju.readiness.supply.models import GoodsReceipt, OrderLine, PurchaseOrder, ReceiptLine
from guiju.readiness.supply.rules import (
    RECEIPT_ARROWS,
    RECEIPT_LABELS,
    UNDER_WAY,
    OrderState,
    ReceiptState,
)
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy


class NothingExpected(Refusal):
    """Nothing of that order is on its way to this unit."""

    sentence = N_("Nothing of this order is on its way to you.")


class NotOrdered(Refusal):
    """A part came that nobody ordered here."""

    sentence = N_("%(name)s is not on this order. Send it back, or say for which part it came instead.")
    field = "lines"


class TooMany(Refusal):
    """More came than was ordered, and than may be kept (PUR-3)."""

    sentence = N_("More of %(name)s came than may be taken in. Give the rest back to the carrier.")
    field = "lines"


class ReceivedAlready(Refusal):
    """The same delivery note twice."""

    sentence = N_("This delivery note was received already.")
    field = "note"


class HadAHandBefore(Refusal):
    """Whoever asked, approved or bought does not receive (5.4)."""

    sentence = N_("You asked for this, approved it or bought it. Somebody else has to receive it.")


class AnotherMustLook(Refusal):
    """A dear delivery is seen by two (3.8)."""

    sentence = N_("You counted this delivery, and it is dear. Somebody else has to inspect it.")


class DoesNotAddUp(Refusal):
    """Accepted and rejected are what came (PUR-3)."""

    sentence = N_("%(name)s: %(delivered)s came; the accepted and the rejected ones have to be as many.")
    field = "lines"


class SayWhatIsWrong(Refusal):
    """A rejection, and another part than was ordered, say why."""

    sentence = N_("%(name)s: say what is wrong with it, or why another part will do.")
    field = "lines"


class NoBin(Refusal):
    """What is accepted lies somewhere."""

    sentence = N_("Say in which bin of your store %(name)s lies.")
    field = "bins"


@dataclass(frozen=True)
class Counted:
    """So many of one thing, as they were counted at the door.

    part         what came; None for what was bought in words, which `words` names
    instead_of   the ordered part, where another one came for it
    """

    delivered: int
    part: Part | None = None
    words: str = ""
    instead_of: Part | None = None

    @property
    def name(self) -> str:
        """What it is."""
        return self.part.code if self.part is not None else self.words


@dataclass(frozen=True)
class Inspected:
    """What was found of one counted line."""

    line: int
    accepted: int
    rejected: int
    why: str = ""


def receive(
    order: PurchaseOrder, *, unit: Unit, note: str, lines: Sequence[Counted], by: Actor, at: datetime
) -> GoodsReceipt:
    """Count what came to one unit, without being told how many were ordered.

    note     the supplier's delivery note; the same note is received once
    raises   NothingExpected, NotOrdered, TooMany, ReceivedAlready, HadAHandBefore, Invalid
    source   3.8 "qty counted blind", PUR-3, F-rows of receipts
    """
    with doing("supply.receive", unit_id=unit.pk, by=by, at=at, order=order.number, note=note) as deed:
        order = lock(order)
        refuse_too_few(order.sourcing.requests.all(), by, left=1, order=order)
        open_lines = _expected(order, unit)
        counted = _allotted(lines, open_lines)
        with refusing(
            a_delivery_note_is_received_once=ReceivedAlready,
            a_delivery_has_its_note=Invalid(Sentence(N_("Which delivery note does it come with?")), field="note"),
        ):
            receipt = GoodsReceipt.objects.create(
                number=next_number("GR", unit.code, unit.day(at)), order=order, unit=unit, note=note.strip(),
                signatures=_signatures(counted, unit, at), received_by_id=by.natural_person_id, received_at=at,
            )  # fmt: skip
        begin(receipt, by=by, at=at, deed=deed)
        for line, (count, part) in counted.items():
            _count_in(receipt, line, count, part)
        deed.about(receipt)
        _bring_level(order, deed)
    return receipt


def inspect(receipt: GoodsReceipt, *, lines: Sequence[Inspected], by: Actor, at: datetime) -> GoodsReceipt:
    """Say of every counted line how many are good; a dear delivery is inspected by somebody else than who counted it.

    raises   WrongState, DoesNotAddUp, SayWhatIsWrong, AnotherMustLook, Invalid
    source   3.8, PUR-3
    """
    with doing("supply.inspect", on=receipt, by=by, at=at) as deed:
        order, receipt = _locked(receipt)
        found = {each.line: each for each in lines}
        counted = list(receipt.lines.select_related("line__part", "part").order_by("pk"))
        if set(found) != {each.pk for each in counted}:
            raise Invalid(Sentence(N_("Inspect every line of the delivery, each once.")), field="lines")
        rejected = 0
        for each in counted:
            _judge(each, found[each.pk])
            rejected += found[each.pk].rejected
        with refusing(a_dear_delivery_is_seen_by_two=AnotherMustLook):
            _advance(
                receipt, ReceiptState.PART_REJECTED if rejected else ReceiptState.ACCEPTED, deed,
                inspected_by_id=by.natural_person_id, inspected_at=at,
            )  # fmt: skip
        _bring_level(order, deed)
        deed.note(rejected=rejected)
    return receipt


def put_away(
    receipt: GoodsReceipt,
    *,
    bins: Mapping[int, Bin],
    serials: Mapping[int, Sequence[str]] | None = None,
    lots: Mapping[int, tuple[str, date | None]] | None = None,
    by: Actor,
    at: datetime,
) -> GoodsReceipt:
    """Put the accepted pieces on their shelf: only now are they stock; whoever waits for one is told.

    bins      by the key of the counted line
    serials   the same, one a piece, of parts that are tracked by theirs
    lots      the same, of parts that are tracked by lots: which one, and the last day on which it may be used
    raises    WrongState, NoBin, Invalid, stock.SerialsMissing, stock.SerialsMiscounted
    source    S6-21, INV-3
    """
    with doing("supply.put_away", on=receipt, by=by, at=at) as deed:
        _order, receipt = _locked(receipt)
        _advance(receipt, ReceiptState.PUT_AWAY, deed, put_away_at=at)
        for each in receipt.lines.select_related("line__line", "line__order", "line__part", "part").order_by("pk"):
            if each.accepted:
                lot, expires_on = (lots or {}).get(each.pk, ("", None))
                which = Which(lot=lot, expires_on=expires_on, serials=tuple((serials or {}).get(each.pk, ())))
                _shelve(receipt, each, bins.get(each.pk), which, deed)
    return receipt


def _expected(order: PurchaseOrder, unit: Unit) -> list[OrderLine]:
    """The lines of the order that go to this unit, locked in the order of their keys."""
    # What came whole may still be brought again where some of it was found bad: the lines say so.
    if order.state not in UNDER_WAY:
        raise NothingExpected
    rows = order.lines.select_for_update(of=("self",)).select_related("part", "line")
    lines = list(rows.filter(unit=unit, ended_at__isnull=True).order_by("pk"))
    if not lines:
        raise NothingExpected
    return lines


def _allotted(counted: Sequence[Counted], lines: Sequence[OrderLine]) -> dict[OrderLine, tuple[int, Part | None]]:
    """Share out what was counted over the lines that ordered it, whoever ordered first gets first; the last one takes what is over."""
    if not counted:
        raise Invalid(Sentence(N_("Count at least one thing.")), field="lines")
    shares: dict[OrderLine, tuple[int, Part | None]] = {}
    for each in counted:
        if each.delivered < 1:
            raise Invalid(Sentence(N_("Receive at least one.")), field="lines")
        ordered = each.instead_of or each.part
        mine = [
            line
            for line in lines
            if (line.part == ordered if ordered else line.part is None and line.words == each.words)
        ]
        mine = [line for line in mine if line not in shares]
        if not mine:
            raise NotOrdered(name=each.name)
        other, left = (each.part if each.instead_of else None), each.delivered
        for line in mine:
            take = left if line is mine[-1] else min(left, line.outstanding)
            if take:
                shares[line] = (take, other)
            left -= take
    return shares


def _signatures(counted: Mapping[OrderLine, tuple[int, Part | None]], unit: Unit, at: datetime) -> int:
    """How many people must have looked at so much worth of goods."""
    worth = sum(line.price_minor * count for line, (count, _part) in counted.items())
    return 2 if worth >= policy.figure("pur.two_signatures_from", unit=unit, on=unit.day(at)).value else 1


def _count_in(receipt: GoodsReceipt, line: OrderLine, count: int, part: Part | None) -> None:
    with refusing(no_more_comes_than_was_ordered=TooMany(name=line.name)):
        OrderLine.objects.filter(pk=line.pk).update(delivered=line.delivered + count)
    with refusing(the_receiver_had_no_hand_in_the_order=HadAHandBefore):
        ReceiptLine.objects.create(receipt=receipt, line=line, part=part, delivered=count)


def _locked(receipt: GoodsReceipt) -> tuple[PurchaseOrder, GoodsReceipt]:
    """Lock the order first, then its receipt."""
    order = lock(receipt.order)
    rows = GoodsReceipt.objects.select_for_update(of=("self",)).select_related("unit")
    return order, rows.get(pk=receipt.pk)


def _judge(each: ReceiptLine, found: Inspected) -> None:
    if found.accepted < 0 or found.rejected < 0 or found.accepted + found.rejected != each.delivered:
        raise DoesNotAddUp(name=each.line.name, delivered=each.delivered)
    if (found.rejected or (each.part_id is not None and found.accepted)) and not found.why.strip():
        raise SayWhatIsWrong(name=each.line.name)
    ReceiptLine.objects.filter(pk=each.pk).update(
        accepted=found.accepted, rejected=found.rejected, why=found.why.strip()
    )
    line = OrderLine.objects.select_for_update().get(pk=each.line_id)
    OrderLine.objects.filter(pk=line.pk).update(
        accepted=line.accepted + found.accepted, rejected=line.rejected + found.rejected
    )


def _shelve(receipt: GoodsReceipt, each: ReceiptLine, bin: Bin | None, which: Which, deed: Deed) -> None:
    part = each.come
    if part is None:
        return
    if bin is None or bin.unit_id != receipt.unit_id:
        raise NoBin(name=part.code)
    accepted = each.accepted or 0
    ReceiptLine.objects.filter(pk=each.pk).update(bin=bin)
    order = each.line.order
    stock.receive(
        part, bin, accepted, document=f"{receipt.number}/{each.pk}", which=which,
        # A book is kept in its unit's own money; what was bought in another says nothing here.
        cost_minor=accepted * each.line.price_minor if order.currency == receipt.unit.currency else None,
        by=deed.consequence(), at=deed.at,
    )  # fmt: skip
    deed.tell(
        PutAway(
            receipt.pk, receipt.number, each.line.line_id, each.line.line.origin, part.pk, part.code, bin.pk, accepted
        )
    )


def _advance(receipt: GoodsReceipt, to: ReceiptState, deed: Deed, **also: Any) -> None:
    advance(receipt, to=to, arrows=RECEIPT_ARROWS, labels=RECEIPT_LABELS, by=deed.by, at=deed.at, deed=deed, **also)


def _bring_level(order: PurchaseOrder, deed: Deed) -> None:
    """Bring the state of the order level with its lines: all here, or some of it still to come."""
    is_whole = not any(line.outstanding for line in order.lines.all())
    to = OrderState.RECEIVED_FULL if is_whole else OrderState.PART_RECEIVED
    if order.state not in {to, OrderState.SHORT_CLOSED}:
        step(order, to, deed)
