"""Cash from hand to hand: whoever gives it offers, whoever takes it signs with the own password, and only then the book moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import F

from guiju.books.money import actions as money
from guiju.books.money.actions import Part
from guiju.books.money.rules import MoneyKind, Movement
from guiju.kernel import coins, locking
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance, begin
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, WrongState, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.banking import events
from guiju.line.banking.models import BankDeposit, CashHandOver, HandedReceipt, SafeBag
from guiju.line.banking.queries import pouches
from guiju.line.banking.rules import DepositState
from guiju.line.banking.rules.handing import (
    HAND_ARROWS,
    HAND_STATE_LABELS,
    UNDER_WAY,
    Cause,
    Hand,
    HandState,
    Stage,
)
from guiju.line.cashier.actions.bills import TillClosed, open_session
from guiju.line.cashier.actions.pouches import pouch_reference, refuse_full_pouch
from guiju.line.cashier.actions.tills import lock_session
from guiju.line.cashier.models import Payment
from guiju.line.cashier.rules import SessionState
from guiju.standing.people import actions as people
from guiju.standing.people.models import Person, Unit


class NothingHeld(Refusal):
    """Nobody gives what they have not."""

    sentence = N_("There is no cash of this outlet in your pouch.")


class SomethingUnderWay(Refusal):
    """One thing after another, or nobody knows who has what (FIN-2)."""

    sentence = N_("Something is on the way to or from one of you two. Sign it or take it back first.")


class NotYours(Refusal):
    """Whoever has it gives it, whoever gets it takes it."""

    sentence = N_("Only the two between whom it goes sign here.")
    status = 403


class Escorts(Refusal):
    """Two walk to the bank: the second stays the second."""

    sentence = N_("This person goes along as the escort. Somebody else takes it over.")
    field = "to"


class NotHeldAnyMore(Refusal):
    """It is with somebody else by now."""

    sentence = N_("This cash is not in the hands of whoever offered it any more.")


def offer_pouch(unit: Unit, *, to: Person | None = None, by: Actor, at: datetime) -> CashHandOver:
    """Offer all that lies in the own pouch: to a colleague, or at the till, where it is counted.

    to       a technician; nobody for the till
    raises   NothingHeld, SomethingUnderWay, Invalid
    source   FIN-2, 3.10
    """
    with doing("banking.offer_pouch", unit_id=unit.pk, by=by, at=at) as deed:
        giver = by.natural_person_id
        _lock_people(giver, to)
        held = list(pouches.held_by(giver, unit=unit))
        if not held:
            raise NothingHeld
        hand = Hand.TILL if to is None else Hand.POUCH
        amount = sum(each.amount_minor for each in held)
        row = _write(unit, hand, deed, receiver=to, amount_minor=amount, currency=held[0].bill.currency)
        _attach(row, held)
    return row


def offer_deposit(deposit: BankDeposit, *, to: Person, by: Actor, at: datetime) -> CashHandOver:
    """Offer the deposit that one carries to another carrier.

    raises   NotYours, Escorts, SomethingUnderWay, WrongState, Invalid
    source   FIN-2, 3.10
    """
    with doing("banking.offer_deposit", on=deposit, by=by, at=at) as deed:
        _lock_people(by.natural_person_id, to)
        deposit = _lock_deposit(deposit)
        if deposit.state != DepositState.PREPARED:
            raise WrongState
        if deposit.carried_by_id != by.person_id:
            raise NotYours
        if deposit.escort_id == to.pk:
            raise Escorts
        return _write(
            deposit.unit, Hand.DEPOSIT, deed, receiver=to, deposit=deposit, amount_minor=deposit.amount_minor,
            currency=deposit.currency,
        )  # fmt: skip


def accept_cash(row: CashHandOver, *, password: str, by: Actor, at: datetime) -> CashHandOver:
    """Whoever was offered it takes it and signs with the own password: now it is in these hands.

    raises   NotYours, WrongPassword, PouchFull, NotHeldAnyMore, WrongState
    source   FIN-2, FIN-7
    """
    is_right = people.knows_password(by, password)
    with doing("banking.accept_cash", on=row, by=by, at=at) as deed:
        deposit = _lock_deposit(row.deposit) if row.deposit is not None else None
        row = lock(row)
        _must_be(row, HandState.OFFERED)
        if row.hand == Hand.TILL or by.person_id != row.receiver_id:
            raise NotYours
        people.refuse_wrong_password(is_right=is_right, count=partial(count_wrong_signature, row, by=by, at=at))
        kind = MoneyKind.POUCH
        if deposit is not None:
            kind = MoneyKind.CARRIER
            _pass_on(deposit, row)
        else:
            _pass_receipts(row)
        source, target = (kind, pouch_reference(row.giver_id)), (kind, pouch_reference(row.receiver_id))
        _post(row, [Part(Movement.HAND_ON, row.amount_minor, source, target)], deed)
        if deposit is None:
            refuse_full_pouch(by.natural_person_id or 0, row.unit, at)
        _step(row, HandState.ACCEPTED, deed, answered_at=at)
        deed.tell(_done(row))
    return row


def count_pouch(
    row: CashHandOver, *, pieces: Mapping[int, int], password: str, by: Actor, at: datetime
) -> CashHandOver:
    """Count what a technician brings, without knowing what the receipts say, and sign for it; it goes into the own drawer.

    What differs waits until the technician has explained it: until then it is all still in the pouch.

    pieces   how many of each note and coin: {denomination in minor units: how many}
    raises   TillClosed, WrongPassword, Invalid, WrongState, NotYours
    source   FIN-1, FIN-2, 3.10
    """
    is_right = people.knows_password(by, password)
    with doing("banking.count_pouch", on=row, by=by, at=at) as deed:
        session = open_session(by, at)
        row = lock(row)
        _must_be(row, HandState.OFFERED)
        if row.hand != Hand.TILL or by.person_id == row.giver_id:
            raise NotYours
        if session is None or session.till.unit_id != row.unit_id:
            raise TillClosed
        people.refuse_wrong_password(is_right=is_right, count=partial(count_wrong_signature, row, by=by, at=at))
        counted = coins.worth(pieces, row.currency)
        told: dict[str, Any] = {
            "receiver_id": by.natural_person_id, "session_id": session.pk, "counted_minor": counted, "pieces": coins.kept_pieces(pieces),
        }  # fmt: skip
        if counted != row.amount_minor:
            _step(row, HandState.COUNTED, deed, **told)
            return row
        _into_the_drawer(row, session.till.reference, deed, answered_at=at, **told)
    return row


def explain_difference(
    row: CashHandOver, *, cause: Cause, note: str, password: str, by: Actor, at: datetime
) -> CashHandOver:
    """The technician says why the count differs, and signs: what was counted goes into the drawer, the rest to over and short.

    raises   NotYours, TillClosed, WrongPassword, Invalid, WrongState
    source   FIN-1, 3.10
    """
    is_right = people.knows_password(by, password)
    with doing("banking.explain_difference", on=row, by=by, at=at, cause=str(cause)) as deed:
        # The drawer first: nobody counts it while something still goes in.
        session = lock_session(row.session) if row.session is not None else None
        row = lock(row)
        _must_be(row, HandState.COUNTED)
        if by.person_id != row.giver_id:
            raise NotYours
        if session is None or session.state != SessionState.OPEN:
            raise TillClosed
        people.refuse_wrong_password(is_right=is_right, count=partial(count_wrong_signature, row, by=by, at=at))
        _into_the_drawer(row, session.till.reference, deed, answered_at=at, cause=cause, note=note.strip())
    return row


def refuse_cash(row: CashHandOver, *, note: str, by: Actor, at: datetime) -> CashHandOver:
    """It is not taken, and why: it stays with whoever offered it.

    raises   NotYours, Invalid, WrongState
    """
    with doing("banking.refuse_cash", on=row, by=by, at=at) as deed:
        row = lock(row)
        _must_be(row, *UNDER_WAY)
        if by.person_id == row.giver_id or (row.receiver_id is not None and by.person_id != row.receiver_id):
            raise NotYours
        with refusing(why_cash_was_not_taken_is_said=Invalid(Sentence(N_("Say why.")), field="note")):
            _step(row, HandState.REFUSED, deed, note=note.strip(), answered_at=at)
        _drop(row)
    return row


def withdraw_cash(row: CashHandOver, *, by: Actor, at: datetime) -> CashHandOver:
    """Whoever offered it keeps it after all.

    raises   NotYours, WrongState
    """
    with doing("banking.withdraw_cash", on=row, by=by, at=at) as deed:
        row = lock(row)
        _must_be(row, *UNDER_WAY)
        if by.person_id != row.giver_id:
            raise NotYours
        _step(row, HandState.WITHDRAWN, deed, answered_at=at)
        _drop(row)
    return row


def count_wrong_signature(row: CashHandOver, *, by: Actor, at: datetime) -> CashHandOver:
    """Count a wrong password: a deed of its own, for the signing is undone; after the third it has to be offered anew."""
    with doing("banking.count_wrong_signature", on=row, by=by, at=at) as deed:
        CashHandOver.objects.filter(pk=row.pk).update(wrong_passwords=F("wrong_passwords") + 1)
        row = lock(row)
        deed.note(wrong_passwords=row.wrong_passwords)
        if row.state in UNDER_WAY and row.wrong_passwords >= people.WRONG_PASSWORDS_MAX:
            _step(row, HandState.WITHDRAWN, deed, answered_at=at)
            _drop(row)
    return row


def lock(row: CashHandOver) -> CashHandOver:
    """The hand-over, ours until the deed is done."""
    return locking.lock(CashHandOver.objects.select_related("unit", "session__till"), row.pk)


def _lock_people(giver: int | None, receiver: Person | None) -> None:
    """Both hands, in the order of their keys: what one offers and what another offers to them never cross."""
    keys = [giver] if receiver is None else [giver, receiver.pk]
    list(Person.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))


def _lock_deposit(deposit: BankDeposit) -> BankDeposit:
    return locking.lock(BankDeposit.objects.select_related("unit"), deposit.pk)


def _must_be(row: CashHandOver, *states: HandState) -> None:
    if row.state not in states:
        now = HandState(row.state)
        raise WrongState(
            Sentence(N_("It is now: %(state)s."), {"state": Sentence(HAND_STATE_LABELS[now])}), allowed=HAND_ARROWS[now]
        )


def _write(unit: Unit, hand: Hand, deed: Deed, **facts: Any) -> CashHandOver:
    with refusing(
        nobody_gives_cash_while_something_is_on_the_way=SomethingUnderWay,
        nobody_takes_cash_while_something_is_on_the_way=SomethingUnderWay,
        cash_does_not_cross_between_two=SomethingUnderWay,
        nobody_hands_cash_to_themselves=Invalid(Sentence(N_("Choose somebody else.")), field="to"),
    ):
        row = CashHandOver.objects.create(
            number=next_number("HO", unit.code, unit.day(deed.at)), unit=unit, hand=hand, giver_id=deed.by.natural_person_id,
            offered_at=deed.at, **facts,
        )  # fmt: skip
    begin(row, by=deed.by, at=deed.at, deed=deed)
    deed.about(row)
    deed.tell(events.CashOffered(row.pk, row.number, str(hand), row.giver_id, row.receiver_id))
    return row


def _attach(row: CashHandOver, held: Sequence[Payment]) -> None:
    with refusing(
        cash_is_given_by_whoever_has_it=NotHeldAnyMore, cash_of_a_receipt_goes_one_way_at_a_time=SomethingUnderWay
    ):
        HandedReceipt.objects.bulk_create([HandedReceipt(hand_over=row, payment=each) for each in held])


def _pass_receipts(row: CashHandOver) -> None:
    """The receipts are with whoever takes them; who had them last has them no more."""
    going = HandedReceipt.objects.filter(hand_over=row, stage=Stage.OFFERED)
    HandedReceipt.objects.filter(payment__in=going.values("payment"), stage=Stage.HELD).update(stage=Stage.PASSED)
    with refusing(cash_of_a_receipt_has_one_holder=NotHeldAnyMore):
        going.update(stage=Stage.HELD)


def _pass_on(deposit: BankDeposit, row: CashHandOver) -> None:
    if deposit.carried_by_id != row.giver_id:
        raise NotHeldAnyMore
    BankDeposit.objects.filter(pk=deposit.pk).update(carried_by=row.receiver_id)
    SafeBag.objects.filter(deposit=deposit).update(carried_by=row.receiver_id)


def _drop(row: CashHandOver) -> None:
    HandedReceipt.objects.filter(hand_over=row, stage=Stage.OFFERED).update(stage=Stage.DROPPED)


def _into_the_drawer(row: CashHandOver, till: str, deed: Deed, **told: Any) -> None:
    """Out of the pouch into the drawer, to what was counted; what differs goes to over and short with its explanation."""
    with refusing(
        cash_goes_into_an_open_drawer=TillClosed,
        a_pouch_that_differs_is_explained=Invalid(Sentence(N_("Say why it differs.")), field="note"),
    ):
        _step(row, HandState.ACCEPTED, deed, **told)
    _pass_receipts(row)
    pouch, drawer, differs = (
        (MoneyKind.POUCH, pouch_reference(row.giver_id)),
        (MoneyKind.TILL, till),
        (MoneyKind.OVER_SHORT, ""),
    )
    counted, said = row.counted_minor or 0, row.amount_minor
    parts = [Part(Movement.HAND_IN, min(counted, said), pouch, drawer)] if counted else []
    if counted < said:
        parts.append(Part(Movement.SHORT, said - counted, pouch, differs))
    elif counted > said:
        parts.append(Part(Movement.OVER, counted - said, differs, drawer))
    _post(row, parts, deed)
    deed.tell(_done(row))


def _step(row: CashHandOver, to: HandState, deed: Deed, **also: Any) -> None:
    advance(row, to=to, arrows=HAND_ARROWS, by=deed.by, at=deed.at, deed=deed, labels=HAND_STATE_LABELS, **also)


def _post(row: CashHandOver, parts: Sequence[Part], deed: Deed) -> None:
    money.post(parts, unit=row.unit, currency=row.currency, document=row.number, by=deed.consequence(), at=deed.at)


def _done(row: CashHandOver) -> events.CashHandedOver:
    return events.CashHandedOver(row.pk, row.number, row.giver_id, row.receiver_id or 0, row.amount_minor, row.currency)
