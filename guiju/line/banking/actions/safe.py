"""Bags go into the safe and out of it by two, and what is done when something is wrong with one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Sum

from guiju.books.money.rules import MoneyKind, Movement
from guiju.kernel import coins
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.banking import events, queries
from guiju.line.banking.actions import alarms
from guiju.line.banking.actions.bags import lock, move, step
from guiju.line.banking.models import SafeBag
from guiju.line.banking.rules import Alarm, BagState
from guiju.readiness.custody import actions as custody
from guiju.readiness.custody.models import AccessSession, ControlledStore
from guiju.readiness.custody.rules import Direction, StoreKind
from guiju.standing.policy import queries as policy


class NoSafe(Refusal):
    """Takings are kept in a safe of the own outlet."""

    sentence = N_("This is no safe of this outlet.")
    field = "safe"


class NotByTwo(Refusal):
    """One person alone has opened it, in an emergency."""

    sentence = N_("Only two who have signed in put takings into the safe or take them out.")


class CameraDown(Refusal):
    """Whatever happens at the safe is seen (S6-33)."""

    sentence = N_("The camera does not run. Nothing goes into the safe or out of it until it does.")


class NobodyOnDuty(Refusal):
    """A safe with cash is watched over (S6-34)."""

    sentence = N_("Nobody is named to be on duty tonight. The manager names somebody first.")


class OnDutyTonight(Refusal):
    """Three people: two custodians, and whoever is on duty (5.4)."""

    sentence = N_("Whoever is on duty tonight is not a custodian of the safe in the same night.")


class FoundOutByAThird(Refusal):
    """Whoever signed for a bag does not find out what happened to it."""

    sentence = N_("You have signed for this bag or reported it. Somebody else has to look into it.")
    status = 403


def lock_up(bag: SafeBag, *, safe: ControlledStore, by: Actor, at: datetime) -> SafeBag:
    """Put a sealed bag into the safe that two have open, in the night of whoever is on duty.

    raises   NoSafe, StoreShut, NotByTwo, CameraDown, NobodyOnDuty, OnDutyTonight, WrongState
    source   3.10, S6-32, S6-33, S6-34, FIN-7, 5.4
    """
    with doing("banking.lock_up", on=bag, by=by, at=at, safe=safe.code) as deed:
        bag = lock(bag)
        if safe.kind != StoreKind.SAFE or safe.unit_id != bag.unit_id:
            raise NoSafe
        session = _open_by_two(safe, deed)
        duty = queries.on_duty(bag.unit, at)
        if duty is None:
            raise NobodyOnDuty
        with refusing(who_puts_a_bag_in_the_safe_is_not_on_duty=OnDutyTonight):
            step(bag, BagState.IN_SAFE, deed, safe_id=safe.pk, put_in_id=session.pk, put_in_at=at, duty_id=duty.pk)
        _through_the_door(bag, safe, Direction.IN, deed)
        move(bag, Movement.LOCK_UP, (MoneyKind.BAG, bag.reference), (MoneyKind.SAFE, bag.reference), deed)
        _say_if_full(bag, deed)
        deed.tell(events.BagLockedUp(bag.pk, bag.number, safe.pk))
    return bag


def retrieve(bag: SafeBag, *, seal_ok: bool, note: str = "", by: Actor, at: datetime) -> SafeBag:
    """Take a bag out of the safe that two have open, to bring it to the bank; or say that its seal is broken.

    seal_ok  whether the seal is whole and its number the one that was written down; if not, the bag stays where it is
    note     what is wrong with it
    raises   StoreShut, NotByTwo, CameraDown, NotProtected, WrongState, Invalid
    source   3.10, S6-35, FIN-7
    """
    with doing("banking.retrieve", on=bag, by=by, at=at, seal_ok=seal_ok) as deed:
        bag = lock(bag)
        if bag.safe is None:
            raise NoSafe
        session = _open_by_two(bag.safe, deed)
        if not seal_ok:
            _freeze(bag, note, deed)
            return bag
        step(
            bag, BagState.RETRIEVED, deed, taken_out_id=session.pk, taken_out_at=at, carried_by_id=by.natural_person_id
        )
        _through_the_door(bag, bag.safe, Direction.OUT, deed)
        carrier = f"PERSON-{by.natural_person_id}"
        move(bag, Movement.CARRY, (MoneyKind.SAFE, bag.reference), (MoneyKind.CARRIER, carrier), deed)
        deed.tell(events.BagRetrieved(bag.pk, bag.number, by.natural_person_id or 0))
    return bag


def report_incident(bag: SafeBag, *, note: str, by: Actor, at: datetime) -> SafeBag:
    """A bag is missing, or its seal is broken: it is frozen until a third person has found out what happened.

    raises   Invalid, WrongState
    source   3.10 "any: seal broken / camera fail / missing"
    """
    with doing("banking.report_incident", on=bag, by=by, at=at) as deed:
        bag = lock(bag)
        _freeze(bag, note, deed)
    return bag


def settle_incident(bag: SafeBag, *, pieces: Mapping[int, int], note: str, by: Actor, at: datetime) -> SafeBag:
    """A third person has counted what is in the bag and says what happened; what is missing is booked, the rest is in their hands.

    pieces   what was found: {denomination in minor units: how many}
    raises   FoundOutByAThird, Invalid, WrongState
    source   3.10, FIN-6
    """
    with doing("banking.settle_incident", on=bag, by=by, at=at) as deed:
        bag = lock(bag)
        found = coins.worth(pieces, bag.currency)
        if not note.strip():
            raise Invalid(Sentence(N_("Say what happened.")), field="note")
        place = MoneyKind.SAFE if queries.lies_in_the_safe(bag) else MoneyKind.BAG
        with refusing(what_happened_to_a_bag_is_found_out_by_a_third=FoundOutByAThird):
            step(
                bag, BagState.RETRIEVED if found else BagState.EMPTIED, deed, found_minor=found, found_pieces=coins.kept_pieces(pieces),
                settled_by_id=by.natural_person_id, settled_note=note.strip(), carried_by_id=by.natural_person_id,
            )  # fmt: skip
        here, carrier = (place, bag.reference), (MoneyKind.CARRIER, f"PERSON-{by.natural_person_id}")
        differs = found - bag.amount_minor
        if differs > 0:
            move(bag, Movement.OVER, (MoneyKind.OVER_SHORT, ""), here, deed, amount=differs)
        elif differs < 0:
            move(bag, Movement.SHORT, here, (MoneyKind.OVER_SHORT, ""), deed, amount=-differs)
        if found:
            move(bag, Movement.CARRY, here, carrier, deed)
        deed.note(difference_minor=differs)
    return bag


def _open_by_two(safe: ControlledStore, deed: Deed) -> AccessSession:
    """The opening in which this person stands in the safe with another one, seen by a camera."""
    session = custody.require_open(safe, by=deed.by)
    if session.is_emergency or session.second_by_id is None:
        raise NotByTwo
    if not session.camera_ok:
        raise CameraDown
    return session


def _through_the_door(bag: SafeBag, safe: ControlledStore, direction: Direction, deed: Deed) -> None:
    custody.carry_through(
        safe, item=f"BAG {bag.seal_number}", direction=direction, quantity=1, before=int(direction == Direction.OUT),
        authority=bag.number, by=deed.consequence(), at=deed.at,
    )  # fmt: skip


def _freeze(bag: SafeBag, note: str, deed: Deed) -> None:
    if not note.strip():
        raise Invalid(Sentence(N_("Say what is wrong with the bag.")), field="note")
    who = {"incident_by_id": deed.by.natural_person_id, "incident_at": deed.at}
    step(bag, BagState.INCIDENT, deed, incident_note=note.strip(), **who)
    alarms.tell(bag.unit, Alarm.INCIDENT, on=bag.business_on, subject=bag.number, deed=deed)


def _say_if_full(bag: SafeBag, deed: Deed) -> None:
    """A bag in a full safe is safer than one outside it: so it is said, and not refused."""
    limit = policy.figure("cash.safe_limit", unit=bag.unit, on=bag.unit.day(deed.at)).value
    lies = queries.in_the_safe(bag.unit).aggregate(sum=Sum("amount_minor"))["sum"] or 0
    if limit is not None and lies > limit:
        alarms.tell(bag.unit, Alarm.SAFE_FULL, on=bag.business_on, subject=bag.number, deed=deed)
