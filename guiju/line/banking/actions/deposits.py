"""Takings are carried to the bank, by the cut-off or on the next morning, and the bank's slip is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from guiju.books.money import actions as money
from guiju.books.money.rules import MoneyKind, Movement
from guiju.kernel import coins, locking
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance, begin
from guiju.kernel.models import Evidence
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, WrongState, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.banking import events, queries, rules
from guiju.line.banking.actions import alarms
from guiju.line.banking.actions import bags as packing
from guiju.line.banking.models import BankDeposit, CashHandOver, SafeBag
from guiju.line.banking.rules import DEPOSIT_ARROWS, DEPOSIT_LABELS, Alarm, BagState, Batch, DepositState
from guiju.line.cashier.models import TillSession
from guiju.standing.people.models import Person, Unit
from guiju.standing.policy import queries as policy


class BankShut(Refusal):
    """On a holiday all cash is sealed and kept (3.10)."""

    sentence = N_("The bank is closed today. Seal the takings into a bag and put it into the safe.")


class NeedsEscort(Refusal):
    """Nobody walks to the bank alone with that much."""

    sentence = N_("So much is not carried alone. Name who goes along.")
    field = "escort"


class NotTheCarrier(Refusal):
    """Whoever has the money in hand brings it."""

    sentence = N_("Only whoever carries it does this.")
    status = 403


class SlipTaken(Refusal):
    """A slip is of one deposit."""

    sentence = N_("This slip is of another deposit.")
    field = "slip_number"


class ChangesHands(Refusal):
    """What is offered to another carrier waits for the second signature (FIN-2)."""

    sentence = N_("This deposit is being handed over to another carrier. Take the offer back first.")


class TakingsThere(Refusal):
    """Nothing to bring is only said where nothing is."""

    sentence = N_("There are takings in this drawer. Prepare the deposit.")


def prepare(
    session: TillSession, *, pieces: Mapping[int, int], escort: Person | None = None, by: Actor, at: datetime
) -> BankDeposit:
    """Take the takings out of the drawer to carry them to the bank; the float stays.

    pieces   how many of each note and coin: {denomination in minor units: how many}
    escort   who goes along, needed above `cash.escort_limit`
    raises   SessionOver, BankShut, MoreThanTakings, NeedsEscort, Invalid
    source   3.10, S6-31
    """
    with doing("banking.prepare", on=session, by=by, at=at) as deed:
        session = packing.lock_session(session)
        unit, today = session.till.unit, session.till.unit.day(at)
        _refuse_shut_bank(unit, at)
        amount = coins.worth(pieces, session.currency)
        packing.refuse_more_than_takings(session, amount)
        is_day = today == session.business_on
        due = queries.day_deadline(unit, today) if is_day else queries.morning_deadline(unit, session.business_on)
        deposit = _write(
            unit, deed, session=session, batch=Batch.DAY if is_day else Batch.MORNING, first_on=session.business_on,
            last_on=session.business_on, amount_minor=amount, currency=session.currency, pieces=coins.kept_pieces(pieces), due=due,
            escort=escort,
        )  # fmt: skip
        _book(deposit, Movement.CARRY, (MoneyKind.TILL, session.till.reference), _carrier(deposit), deed)
        deed.tell(events.DepositPrepared(deposit.pk, deposit.number, amount, deposit.currency))
    return deposit


def prepare_bags(bags: Sequence[SafeBag], *, escort: Person | None = None, by: Actor, at: datetime) -> BankDeposit:
    """Bring sealed bags to the bank together: those that this person took out of the safe, or that never lay in one.

    raises   BankShut, NotTheCarrier, NeedsEscort, Invalid, WrongState
    source   3.10, S6-35
    """
    if not bags:
        raise Invalid(Sentence(N_("Choose at least one bag.")), field="bags")
    unit = bags[0].unit
    with doing("banking.prepare_bags", unit_id=unit.pk, by=by, at=at, bags=[bag.number for bag in bags]) as deed:
        _refuse_shut_bank(unit, at)
        locked = [packing.lock(bag) for bag in sorted(bags, key=lambda each: each.pk)]
        for bag in locked:
            _take_along(bag, unit, deed)
        first, last = min(each.business_on for each in locked), max(each.business_on for each in locked)
        pieces: Counter[str] = Counter()
        for bag in locked:
            pieces.update(bag.pieces if bag.found_minor is None else bag.found_pieces)
        due = min(each.due_at for each in locked)
        deposit = _write(
            unit, deed, session=None, batch=Batch.MORNING, first_on=first, last_on=last, currency=locked[0].currency,
            amount_minor=sum(each.worth_minor for each in locked), pieces=dict(pieces), due=rules.Deadline(due, due),
            escort=escort,
        )  # fmt: skip
        SafeBag.objects.filter(pk__in=[each.pk for each in locked]).update(deposit=deposit)
        deed.tell(events.DepositPrepared(deposit.pk, deposit.number, deposit.amount_minor, deposit.currency))
    return deposit


def bank_it(
    deposit: BankDeposit, *, slip_number: str, photo: Evidence, account_tail: str = "", by: Actor, at: datetime
) -> BankDeposit:
    """The bank has taken it: the number of its slip and a picture of it are kept; what comes after the grace is late.

    account_tail  the last four digits of the account
    raises        NotTheCarrier, ChangesHands, SlipTaken, Invalid, WrongState
    source        3.10, S6-31, EX-12
    """
    with doing("banking.bank_it", on=deposit, by=by, at=at, slip_number=slip_number) as deed:
        deposit = lock(deposit)
        _refuse_others(deposit, by)
        slip = Invalid(Sentence(N_("Type the number of the bank's slip.")), field="slip_number")
        with refusing(
            a_deposit_at_the_bank_has_its_slip=slip,
            a_slip_is_of_one_deposit=SlipTaken,
            a_picture_of_a_slip_is_of_one_deposit=SlipTaken,
        ):
            _step(
                deposit, DepositState.DEPOSITED, deed, slip_number=slip_number.strip().upper(), photo_id=photo.pk, banked_at=at,
                account_tail=account_tail.strip()[-4:],
            )  # fmt: skip
        for bag in SafeBag.objects.filter(deposit=deposit).order_by("pk"):
            packing.step(bag, BagState.DEPOSITED, deed)
        _book(deposit, Movement.BANKING, _carrier(deposit), (MoneyKind.BANK, ""), deed)
        if deposit.is_late:
            alarms.tell(deposit.unit, Alarm.LATE, on=deposit.last_on, subject=deposit.number, deed=deed)
        deed.tell(
            events.Deposited(
                deposit.pk, deposit.number, deposit.amount_minor, deposit.currency, bool(deposit.is_late)
            )
        )  # fmt: skip
    return deposit


def take_back(deposit: BankDeposit, *, note: str, by: Actor, at: datetime) -> BankDeposit:
    """It was not brought to the bank: takings go back into their drawer, bags stay sealed.

    raises   NotTheCarrier, ChangesHands, SessionOver, Invalid, WrongState
    """
    with doing("banking.take_back", on=deposit, by=by, at=at) as deed:
        session = packing.lock_session(deposit.session) if deposit.session is not None else None
        deposit = lock(deposit)
        _refuse_others(deposit, by)
        why = Invalid(Sentence(N_("Say why it was not brought to the bank.")), field="note")
        with refusing(why_a_deposit_came_back_is_said=why):
            _step(deposit, DepositState.TAKEN_BACK, deed, note=note.strip())
        if session is not None:
            _book(deposit, Movement.PUT_BACK, _carrier(deposit), (MoneyKind.TILL, session.till.reference), deed)
        for bag in SafeBag.objects.select_related("unit").filter(deposit=deposit).order_by("pk"):
            packing.step(bag, BagState.SEALED, deed, deposit_id=None, carried_by_id=None)
            packing.move(bag, Movement.PUT_BACK, _carrier(deposit), (MoneyKind.BAG, bag.reference), deed)
        deed.tell(events.DepositTakenBack(deposit.pk, deposit.number))
    return deposit


def record_nil(session: TillSession, *, by: Actor, at: datetime) -> BankDeposit:
    """There is nothing to bring to the bank today, and somebody says so.

    raises   SessionOver, TakingsThere
    source   3.10 "takings = 0: NIL record instead"
    """
    with doing("banking.record_nil", on=session, by=by, at=at) as deed:
        session = packing.lock_session(session)
        if queries.takings_of(session):
            raise TakingsThere
        unit = session.till.unit
        return _write(
            unit, deed, session=session, batch=Batch.DAY, first_on=session.business_on, last_on=session.business_on,
            amount_minor=0, currency=session.currency, pieces={}, due=queries.day_deadline(unit, session.business_on),
            escort=None, state=DepositState.NIL,
        )  # fmt: skip


def lock(deposit: BankDeposit) -> BankDeposit:
    """The deposit, ours until the deed is done."""
    return locking.lock(BankDeposit.objects.select_related("unit"), deposit.pk)


def _write(unit: Unit, deed: Deed, *, due: rules.Deadline, escort: Person | None, **facts: Any) -> BankDeposit:
    limit = policy.figure("cash.escort_limit", unit=unit, on=unit.day(deed.at)).value
    with refusing(
        nobody_carries_much_alone=NeedsEscort,
        nobody_is_their_own_escort=NeedsEscort,
        a_deposit_is_something_or_said_to_be_nil=Invalid(
            Sentence(N_("Count what is brought to the bank.")), field="pieces"
        ),
    ):
        deposit = BankDeposit.objects.create(
            number=next_number("BD", unit.code, unit.day(deed.at)), unit=unit, due_at=due.due_at, late_after=due.late_after,
            carried_by_id=deed.by.natural_person_id, prepared_at=deed.at, escort=escort, escort_limit_minor=limit, **facts,
        )  # fmt: skip
    begin(deposit, by=deed.by, at=deed.at, deed=deed)
    deed.about(deposit)
    return deposit


def _take_along(bag: SafeBag, unit: Unit, deed: Deed) -> None:
    """A bag out of the safe must be in this person's hands; one that never lay in it is taken now."""
    who = deed.by.natural_person_id
    if bag.unit_id != unit.pk or bag.deposit_id is not None:
        raise WrongState
    if bag.state == BagState.SEALED:
        packing.step(bag, BagState.RETRIEVED, deed, carried_by_id=who)
        packing.move(bag, Movement.CARRY, (MoneyKind.BAG, bag.reference), (MoneyKind.CARRIER, f"PERSON-{who}"), deed)
    elif bag.state != BagState.RETRIEVED:
        raise WrongState(
            Sentence(N_("It is now: %(state)s."), {"state": Sentence(rules.BAG_LABELS[BagState(bag.state)])})
        )
    elif bag.carried_by_id != who:
        raise NotTheCarrier


def _refuse_shut_bank(unit: Unit, at: datetime) -> None:
    if not queries.is_bank_day(unit, unit.day(at)):
        raise BankShut


def _refuse_others(deposit: BankDeposit, by: Actor) -> None:
    if by.person_id != deposit.carried_by_id:
        raise NotTheCarrier
    if CashHandOver.objects.under_way().filter(deposit=deposit).exists():
        raise ChangesHands


def _carrier(deposit: BankDeposit) -> tuple[str, str]:
    return MoneyKind.CARRIER, f"PERSON-{deposit.carried_by_id}"


def _step(deposit: BankDeposit, to: DepositState, deed: Deed, **also: Any) -> None:
    advance(deposit, to=to, arrows=DEPOSIT_ARROWS, by=deed.by, at=deed.at, deed=deed, labels=DEPOSIT_LABELS, **also)


def _book(deposit: BankDeposit, kind: Movement, source: tuple[str, str], target: tuple[str, str], deed: Deed) -> None:
    money.post(
        [money.Part(kind, deposit.amount_minor, source, target)], unit=deposit.unit, currency=deposit.currency,
        document=f"{deposit.number}/{kind}", by=deed.consequence(), at=deed.at,
    )  # fmt: skip
