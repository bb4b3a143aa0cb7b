"""The verbs of a transfer: ask, send, receive, declare lost; refuse, cancel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from guiju.books.stock import actions as stock
from guiju.books.stock.actions.picking import Pick, Wish
from guiju.books.stock.models import Bin, Store
from guiju.books.stock.rules import Condition, Which
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance, begin
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, WrongState, refusing
from guiju.kernel.words import N_, Sentence
from guiju.readiness.transfers.events import Arrived, Closed, LossDeclared, NotSent, Requested, Sent
from guiju.readiness.transfers.models import Arrival, Loss, Transfer, TransferLine
from guiju.readiness.transfers.rules import ARROWS, LABELS, UNDER_WAY, Cause, State, state_after
from guiju.standing.catalogue.models import Part

# A transfer is carried by one driver and read on one sheet.
LINES_MAX = 200


class SameStore(Refusal):
    """Within one store nothing is transferred."""

    sentence = N_("Within one store a part is moved to another bin; a transfer goes to another store.")
    field = "target"


class NotOnThisTransfer(Refusal):
    """The part is on no line of this transfer."""

    sentence = N_("%(part)s is not on this transfer.")
    field = "part"


class MoreThanAsked(Refusal):
    """More is sent than was asked for."""

    sentence = N_("Only %(wanted)s of %(part)s were asked for.")
    field = "quantity"


class MoreThanSent(Refusal):
    """More came than is on the way: what is over has another paper, or was miscounted."""

    sentence = N_("Only %(there)s of %(part)s are on the way. Count again; what is over is received by its own paper.")
    field = "quantity"


class BinElsewhere(Refusal):
    """The bin is not in the store of this transfer."""

    sentence = N_("This bin is not in the store of this transfer.")
    field = "bin"


class SecondPersonNeeded(Refusal):
    """Who sent or received does not declare a loss of it (INV-5)."""

    sentence = N_("A loss is declared by somebody who neither sent nor received this transfer.")


def request(
    *,
    source: Store,
    target: Store,
    wishes: Sequence[Wish],
    reason: str,
    need_by: date | None = None,
    by: Actor,
    at: datetime,
) -> Transfer:
    """Ask another store for parts, or announce that we send them some: one of the two stores is one's own.

    source     from where; `target` is where to
    wishes     one a part
    raises     SameStore, Invalid
    source     F04, S6-21
    """
    own = target.unit if by.may("transfers.request", unit_id=target.unit_id) else source.unit
    with doing("transfers.request", unit_id=own.pk, by=by, at=at, source=str(source), target=str(target)) as deed:
        if source.pk == target.pk:
            raise SameStore
        _ask_wishes(wishes)
        if not reason.strip():
            raise Invalid(Sentence(N_("Say what it is for.")), field="reason")
        if need_by is not None and need_by < own.day(at):
            raise Invalid(Sentence(N_("It cannot be needed in the past.")), field="need_by")
        transfer = Transfer.objects.create(
            number=next_number("TR", own.code, own.day(at)),
            unit_id=source.unit_id,
            to_unit_id=target.unit_id,
            source=source,
            target=target,
            from_code=source.code,
            to_code=target.code,
            reason=reason.strip(),
            need_by=need_by,
            requested_by_id=by.natural_person_id,
            requested_at=at,
        )
        TransferLine.objects.bulk_create(
            [TransferLine(transfer=transfer, part=wish.part, wanted=wish.quantity) for wish in wishes]
        )
        begin(transfer, by=by, at=at, deed=deed)
        deed.about(transfer)
        deed.tell(Requested(transfer.pk, transfer.number, source.unit.code, target.unit.code))
    return transfer


def send(transfer: Transfer, *, picks: Sequence[Pick], carrier: str = "", by: Actor, at: datetime) -> Transfer:
    """Hand the parts to whoever carries them: out of their bins, on the way.

    picks    what is sent out of which bin; less than was asked for is what there is, more is refused
    carrier  who takes it, in words
    raises   WrongState, NotOnThisTransfer, MoreThanAsked, BinElsewhere, Invalid, stock.NotEnough
    source   F04, INV-5
    """
    with doing("transfers.send", on=transfer, by=by, at=at) as deed:
        transfer = _lock(transfer)
        if not picks:
            raise Invalid(Sentence(N_("Nothing is picked yet.")), field="quantity")
        also: dict[str, Any] = {"sent_by_id": by.natural_person_id, "sent_at": at, "carrier": carrier.strip()}
        advance(transfer, to=State.SENT, arrows=ARROWS, labels=LABELS, by=by, at=at, deed=deed, **also)
        for number, pick in enumerate(picks, start=1):
            line = _line(transfer, pick.part)
            if pick.bin.store_id != transfer.source_id:
                raise BinElsewhere
            if line.sent + pick.quantity > line.wanted:
                raise MoreThanAsked(wanted=line.wanted, part=pick.part.code)
            stock.send(
                pick.part,
                pick.bin,
                pick.quantity,
                reference=transfer.number,
                document=f"{transfer.number}/SEND-{number}",
                which=pick.which,
                by=deed.consequence(),
                at=at,
            )
            _count(line, sent=line.sent + pick.quantity)
        total = sum(pick.quantity for pick in picks)
        deed.note(quantity=total, carrier=carrier.strip())
        deed.tell(Sent(transfer.pk, transfer.number, transfer.unit.code, transfer.to_unit.code, total))
    return transfer


def receive(
    transfer: Transfer,
    *,
    part: Part,
    bin: Bin,
    quantity: int,
    condition: str = Condition.GOOD,
    serials: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> Transfer:
    """Put what has come into a bin; the transfer closes with its last piece.

    condition   what came damaged is set apart in the bin at once
    raises      WrongState, NotOnThisTransfer, MoreThanSent, BinElsewhere, Invalid
    source      F04, INV-5, EX-15
    """
    facts = {"part": part.code, "quantity": quantity, "condition": str(condition)}
    with doing("transfers.receive", on=transfer, unit_id=transfer.to_unit_id, by=by, at=at, **facts) as deed:
        transfer = _lock(transfer)
        line = _under_way(transfer, part, quantity)
        if bin.store_id != transfer.target_id:
            raise BinElsewhere
        arrivals = Arrival.objects.filter(line__transfer=transfer).count()
        Arrival.objects.create(
            line=line,
            bin=bin,
            quantity=quantity,
            condition=Condition(condition),
            received_by_id=by.natural_person_id,
            received_at=at,
        )
        stock.arrive(
            part,
            bin,
            quantity,
            sender=transfer.unit,
            reference=transfer.number,
            document=f"{transfer.number}/RECEIVE-{arrivals + 1}",
            which=Which(condition=Condition(condition), serials=tuple(serials)),
            by=deed.consequence(),
            at=at,
        )
        _count(line, received=line.received + quantity)
        is_complete = _go_on(transfer, deed=deed)
        deed.tell(Arrived(transfer.pk, transfer.number, part.code, bin.pk, quantity, str(condition), is_complete))
    return transfer


def declare_loss(
    transfer: Transfer, *, part: Part, quantity: int, cause: str, reason: str, by: Actor, at: datetime
) -> Transfer:
    """Declare that pieces on the way will not come, or came good for nothing; a second person does (INV-5).

    cause    SHORT or DAMAGED
    reason   what was found out, in words
    raises   WrongState, NotOnThisTransfer, MoreThanSent, SecondPersonNeeded, Invalid
    source   INV-5, EX-15
    """
    side = transfer.unit_id if by.may("transfers.declare_loss", unit_id=transfer.unit_id) else transfer.to_unit_id
    facts = {"part": part.code, "quantity": quantity, "cause": cause, "reason": reason}
    with doing("transfers.declare_loss", on=transfer, unit_id=side, by=by, at=at, **facts) as deed:
        transfer = _lock(transfer)
        if not reason.strip():
            raise Invalid(Sentence(N_("Say why.")), field="reason")
        line = _under_way(transfer, part, quantity)
        losses = Loss.objects.filter(line__transfer=transfer).count()
        with refusing(loss_is_declared_by_a_second_person=SecondPersonNeeded):
            Loss.objects.create(
                line=line,
                quantity=quantity,
                cause=Cause(cause),
                reason=reason.strip(),
                declared_by_id=by.natural_person_id,
                declared_at=at,
            )
        stock.lose_on_the_way(
            part,
            quantity,
            sender=transfer.unit,
            reference=transfer.number,
            reason=reason,
            document=f"{transfer.number}/LOSS-{losses + 1}",
            is_scrap=Cause(cause) is Cause.DAMAGED,
            by=deed.consequence(),
            at=at,
        )
        _count(line, lost=line.lost + quantity)
        deed.tell(LossDeclared(transfer.pk, transfer.number, part.code, quantity, cause, reason.strip()))
        _go_on(transfer, deed=deed)
    return transfer


def refuse(transfer: Transfer, *, reason: str, by: Actor, at: datetime) -> Transfer:
    """The store that was asked cannot send it, and says why.

    raises   WrongState, Invalid
    """
    with doing("transfers.refuse", on=transfer, by=by, at=at, reason=reason) as deed:
        _end(transfer, State.REFUSED, reason, deed)
    return transfer


def cancel(transfer: Transfer, *, reason: str, by: Actor, at: datetime) -> Transfer:
    """It is not needed any more, and has not been sent yet.

    raises   WrongState, Invalid
    """
    with doing("transfers.cancel", on=transfer, unit_id=transfer.to_unit_id, by=by, at=at, reason=reason) as deed:
        _end(transfer, State.CANCELLED, reason, deed)
    return transfer


def _end(transfer: Transfer, to: State, reason: str, deed: Deed) -> None:
    if not reason.strip():
        raise Invalid(Sentence(N_("Say why.")), field="reason")
    also: dict[str, Any] = {"ended_at": deed.at, "end_reason": reason.strip()}
    advance(transfer, to=to, arrows=ARROWS, labels=LABELS, by=deed.by, at=deed.at, deed=deed, **also)
    deed.tell(NotSent(transfer.pk, transfer.number, reason.strip(), is_refused=to is State.REFUSED))


def _ask_wishes(wishes: Sequence[Wish]) -> None:
    if not wishes:
        raise Invalid(Sentence(N_("Name at least one part.")), field="part")
    if len(wishes) > LINES_MAX:
        raise Invalid(Sentence(N_("A transfer has at most 200 lines.")), field="part")
    if len({wish.part.pk for wish in wishes}) < len(wishes):
        raise Invalid(Sentence(N_("Name each part once.")), field="part")
    if any(type(wish.quantity) is not int or not 0 < wish.quantity < 2**31 for wish in wishes):
        raise Invalid(Sentence(N_("Ask for at least one.")), field="quantity")


def _lock(transfer: Transfer) -> Transfer:
    """Lock the transfer: its lines are written by whoever holds it. Both units are read beyond one's own reach."""
    locked = Transfer.objects.select_for_update(of=("self",)).select_related("unit", "to_unit")
    return locked.get(pk=transfer.pk)


def _line(transfer: Transfer, part: Part) -> TransferLine:
    line = TransferLine.objects.filter(transfer=transfer, part=part).first()
    if line is None:
        raise NotOnThisTransfer(part=part.code)
    return line


def _under_way(transfer: Transfer, part: Part, quantity: int) -> TransferLine:
    """The line of the part, if so many of it are on the way."""
    if transfer.state not in UNDER_WAY:
        raise WrongState(Sentence(N_("It is now: %(state)s."), {"state": Sentence(LABELS[State(transfer.state)])}))
    line = _line(transfer, part)
    if type(quantity) is not int or quantity < 1:
        raise Invalid(Sentence(N_("Give a whole number above nothing.")), field="quantity")
    if quantity > line.on_the_way:
        raise MoreThanSent(there=line.on_the_way, part=part.code)
    return line


def _count(line: TransferLine, **counted: int) -> None:
    TransferLine.objects.filter(pk=line.pk).update(**counted)


def _go_on(transfer: Transfer, *, deed: Deed) -> bool:
    """Where it stands now that something came or was declared lost; it closes with the last piece."""
    left = sum(line.on_the_way for line in TransferLine.objects.filter(transfer=transfer))
    to = state_after(on_the_way=left)
    also: dict[str, Any] = {"ended_at": deed.at} if to is State.CLOSED else {}
    if transfer.state != to:
        advance(transfer, to=to, arrows=ARROWS, labels=LABELS, by=deed.by, at=deed.at, deed=deed, **also)
    if to is State.CLOSED:
        deed.tell(Closed(transfer.pk, transfer.number))
    return to is State.CLOSED
