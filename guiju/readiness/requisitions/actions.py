"""The verbs of a requisition: ask, sign, refuse, withdraw, hand out, take back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from guiju.books.stock import actions as stock
from guiju.books.stock.actions.picking import Pick, Wish
from guiju.books.stock.models import Bin, Store
from guiju.books.stock.rules import Which
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.lifecycle import advance, begin
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal
from guiju.kernel.words import N_, Sentence
from guiju.readiness.requisitions.events import Asked, HandedOut, NotSigned, Signed
from guiju.readiness.requisitions.models import Requisition, RequisitionLine
from guiju.readiness.requisitions.rules import ARROWS, LABELS, State
from guiju.standing.catalogue.models import Part

# It is signed on one sheet.
LINES_MAX = 200


class NotOnThisRequisition(Refusal):
    """The part is on no line of it."""

    sentence = N_("%(part)s is not on this requisition.")
    field = "part"


class MoreThanSigned(Refusal):
    """More is handed out than was signed for."""

    sentence = N_("Only %(wanted)s of %(part)s were signed for.")
    field = "quantity"


class MoreThanInUse(Refusal):
    """More is brought back than was handed out."""

    sentence = N_("Only %(there)s of %(part)s were handed out and not brought back.")
    field = "quantity"


class BinElsewhere(Refusal):
    """The bin is in another store."""

    sentence = N_("This bin is not in the store of this requisition.")
    field = "bin"


class AnotherSigns(Refusal):
    """Who needs the parts does not sign for them."""

    sentence = N_("You asked for these parts: somebody else signs for them.")


class AThirdHandsOut(Refusal):
    """Who asked or signed does not hand them out."""

    sentence = N_("You asked or signed for these parts: somebody else hands them out.")


def ask(*, store: Store, wishes: Sequence[Wish], purpose: str, by: Actor, at: datetime) -> Requisition:
    """Ask a store for parts that no job needs.

    wishes    one a part
    raises    Invalid
    source    F05; domain 1.6.3: nothing leaves a store without a job or a signed requisition
    """
    with doing("requisitions.ask", unit_id=store.unit_id, by=by, at=at, store=str(store)) as deed:
        if not wishes:
            raise Invalid(Sentence(N_("Say which parts.")), field="part")
        if len({wish.part.pk for wish in wishes}) < len(wishes):
            raise Invalid(Sentence(N_("Each part stands on one line.")), field="part")
        if len(wishes) > LINES_MAX:
            raise Invalid(Sentence(N_("At most %(most)s lines."), {"most": LINES_MAX}), field="part")
        if any(wish.quantity < 1 for wish in wishes):
            raise Invalid(Sentence(N_("Ask for at least one.")), field="quantity")
        if not purpose.strip():
            raise Invalid(Sentence(N_("Say what it is for.")), field="purpose")
        asked = Requisition.objects.create(
            number=next_number("RQ", store.unit.code, store.unit.day(at)), unit_id=store.unit_id, store=store,
            purpose=purpose.strip(), asked_by_id=by.natural_person_id, asked_at=at,
        )  # fmt: skip
        RequisitionLine.objects.bulk_create(
            [RequisitionLine(requisition=asked, part=wish.part, wanted=wish.quantity) for wish in wishes]
        )
        begin(asked, by=by, at=at, deed=deed)
        deed.about(asked)
        deed.tell(Asked(asked.pk, asked.number, store.unit.code))
    return asked


def sign(requisition: Requisition, *, by: Actor, at: datetime) -> Requisition:
    """Answer for it that the parts are needed; another than who asked.

    raises   WrongState, AnotherSigns
    source   F05, G-5
    """
    with doing("requisitions.sign", on=requisition, by=by, at=at) as deed:
        requisition = _lock(requisition)
        if by.natural_person_id == requisition.asked_by_id:
            raise AnotherSigns
        also: dict[str, Any] = {"signed_by_id": by.natural_person_id, "signed_at": at}
        advance(requisition, to=State.SIGNED, arrows=ARROWS, labels=LABELS, by=by, at=at, deed=deed, **also)
        deed.tell(Signed(requisition.pk, requisition.number, requisition.unit.code))
    return requisition


def refuse(requisition: Requisition, *, reason: str, by: Actor, at: datetime) -> Requisition:
    """Do not sign it; whoever asked sees why.

    raises   WrongState, Invalid
    """
    with doing("requisitions.refuse", on=requisition, by=by, at=at, reason=reason) as deed:
        return _end(_lock(requisition), State.REFUSED, reason, by=by, at=at, deed=deed)


def withdraw(requisition: Requisition, *, reason: str, by: Actor, at: datetime) -> Requisition:
    """It is not needed any more, and nothing of it was handed out.

    raises   WrongState, Invalid
    """
    with doing("requisitions.withdraw", on=requisition, by=by, at=at, reason=reason) as deed:
        return _end(_lock(requisition), State.WITHDRAWN, reason, by=by, at=at, deed=deed)


def issue(requisition: Requisition, *, picks: Sequence[Pick], by: Actor, at: datetime) -> Requisition:
    """Hand out what was signed for, or as much of it as there is; what is still needed then is asked for anew.

    picks    what is handed out of which bin
    raises   WrongState, AThirdHandsOut, NotOnThisRequisition, MoreThanSigned, BinElsewhere, Invalid, stock.NotEnough
    source   F05, INV-1
    """
    with doing("requisitions.issue", on=requisition, by=by, at=at) as deed:
        requisition = _lock(requisition)
        if not picks:
            raise Invalid(Sentence(N_("Nothing is picked yet.")), field="quantity")
        if by.natural_person_id in (requisition.asked_by_id, requisition.signed_by_id):
            raise AThirdHandsOut
        also: dict[str, Any] = {"issued_by_id": by.natural_person_id, "issued_at": at, "ended_at": at}
        advance(requisition, to=State.ISSUED, arrows=ARROWS, labels=LABELS, by=by, at=at, deed=deed, **also)
        lines = {line.part_id: line for line in requisition.lines.select_for_update()}
        for number, pick in enumerate(picks, start=1):
            line = _of(lines, pick.part)
            if pick.bin.store_id != requisition.store_id:
                raise BinElsewhere
            if line.issued + pick.quantity > line.wanted:
                raise MoreThanSigned(wanted=line.wanted, part=pick.part.code)
            pieces: dict[str, Any] = {
                "reference": requisition.number, "which": pick.which, "by": deed.consequence(), "at": at,
            }  # fmt: skip
            # Promised and handed out in one go: nobody else can take it between.
            stock.reserve(
                pick.part, pick.bin, pick.quantity, document=f"{requisition.number}/RESERVE-{number}", **pieces
            )
            stock.issue(pick.part, pick.bin, pick.quantity, document=f"{requisition.number}/ISSUE-{number}", **pieces)
            _count(line, issued=line.issued + pick.quantity)
        total = sum(pick.quantity for pick in picks)
        deed.note(quantity=total)
        deed.tell(HandedOut(requisition.pk, requisition.number, total))
    return requisition


def take_back(
    requisition: Requisition,
    *,
    part: Part,
    bin: Bin,
    quantity: int,
    serials: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> Requisition:
    """Put back on the shelf what was not used.

    serials  which ones, for a part that is tracked by them
    raises   NotOnThisRequisition, MoreThanInUse, BinElsewhere, stock.NotIssued
    source   S6-21
    """
    with doing("requisitions.take_back", on=requisition, by=by, at=at, part=part.code, quantity=quantity) as deed:
        requisition = _lock(requisition)
        line = _of({line.part_id: line for line in requisition.lines.select_for_update()}, part)
        if not 0 < quantity <= line.in_use:
            raise MoreThanInUse(there=line.in_use, part=part.code)
        if bin.store_id != requisition.store_id:
            raise BinElsewhere
        stock.take_back(
            part, bin, quantity, reference=requisition.number, document=f"{requisition.number}/BACK-{line.pk}-{line.returned + quantity}",
            which=Which(serials=tuple(serials)), by=deed.consequence(), at=at,
        )  # fmt: skip
        _count(line, returned=line.returned + quantity)
    return requisition


def _end(requisition: Requisition, to: State, reason: str, **who: Any) -> Requisition:
    if not reason.strip():
        raise Invalid(Sentence(N_("Say why.")), field="reason")
    also = {"ended_at": who["at"], "end_reason": reason.strip()}
    advance(requisition, to=to, arrows=ARROWS, labels=LABELS, **who, **also)
    who["deed"].tell(NotSigned(requisition.pk, requisition.number, to.value, reason.strip()))
    return requisition


def _lock(requisition: Requisition) -> Requisition:
    return Requisition.objects.select_for_update(of=("self",)).select_related("unit", "store").get(pk=requisition.pk)


def _of(lines: dict[int, RequisitionLine], part: Part) -> RequisitionLine:
    if part.pk not in lines:
        raise NotOnThisRequisition(part=part.code)
    return lines[part.pk]


def _count(line: RequisitionLine, **counted: int) -> None:
    RequisitionLine.objects.filter(pk=line.pk).update(**counted)
    for name, value in counted.items():
        setattr(line, name, value)
