"""Two people, two locks: what nobody opens alone, told from the door to the lock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.jobs.clock import tick
from guiju.kernel.models import News
from guiju.kernel.refusing import Invalid, NotAllowed, Refusal, WrongState, broken_constraints
from guiju.readiness.academy import actions as academy
from guiju.readiness.academy.models import Certificate
from guiju.readiness.custody import actions as custody
from guiju.readiness.custody import queries
from guiju.readiness.custody.actions import doors, emergencies, inside, stores
from guiju.readiness.custody.models import AccessSession, ControlledMovement, ControlledStore, CustodianGrant
from guiju.readiness.custody.rules import State
from guiju.standing.people.actions import WrongPassword
from tests.cast import NOON, password_of
from tests.readiness.custody.conftest import Door

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def told() -> list[str]:
    """What custody has told, in order."""
    return [each.kind.partition(".")[2] for each in News.objects.filter(kind__startswith="custody.").order_by("pk")]


def broken(change: Callable[[], object], name: str) -> None:
    """The database itself refuses."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        change()
    assert name in broken_constraints(refused.value)


@pytest.mark.shows("CTL-1", "CTL-3", "CTL-4", "K06")
def test_a_cage_is_opened_by_two_counted_and_locked_by_two(door: Door) -> None:
    """The walk through 3.19: asked for, signed in twice, one taken out, counted, signed out twice."""
    session = door.ask()
    with pytest.raises(doors.StoreShut):
        custody.require_open(door.cage, by=door.by("shen"))
    session = door.second(door.first(session))
    assert (session.state, session.first_group, session.second_group) == (State.OPEN, "1", "2")
    assert session.until == door.at(32)
    assert custody.require_open(door.cage, by=door.by("ma")) == session
    with pytest.raises(doors.StoreShut):
        custody.require_open(door.cage, by=door.by("fang"))
    taken = door.take(session)
    assert (taken.after, taken.authority) == (4, "PT-FS01-1")
    door.take(session, item="Seal box", direction="IN", quantity=2, before=0, serial="S-1")
    with pytest.raises(inside.BeforeDiffers):
        door.take(session)
    with pytest.raises(Invalid):
        door.count(session, {1: 4})
    session = door.count(session, {1: 4, 2: 2})
    session = door.leave(session, "shen")
    assert session.state == State.RECOUNTED
    with pytest.raises(inside.SignedOutAlready):
        door.leave(session, "shen")
    session = door.leave(session, "ma")
    assert session.state == State.CLOSED
    assert told() == ["Opened", "Closed"]
    assert queries.last_known(door.cage, "Compressor COMP-1") == 4
    # The next ones find what these left.
    again = door.opened(minutes=10)
    with pytest.raises(inside.BeforeDiffers, match="4 lay there"):
        door.take(again, before=5)
    door.take(again, before=4)


@pytest.mark.shows("EX-13", "CTL-1")
def test_the_same_person_on_both_lines_is_denied_and_told(door: Door) -> None:
    """EX-13: it is no refusal that leaves nothing behind, it is written and told."""
    session = door.second(door.first(door.ask()), "shen")
    assert session.state == State.DENIED
    assert session.denied_person == door.cast.people["shen"]
    assert "same person" in session.denied_because[0]["msgid"]
    assert told() == ["Denied"]
    assert [each.number for each in queries.alerts(by=door.by("an"), at=NOON)] == [session.number]
    with pytest.raises(WrongState):
        door.second(session, "ma")
    # The same two lines by two people open.
    assert door.opened(minutes=5).state == State.OPEN


def _ended(door: Door) -> None:
    custody.end_grant(door.grants["ma"], reason="Moved to GZ02", by=door.by("lu"), at=NOON)


def _suspended(door: Door) -> None:
    academy.suspend(Certificate.objects.get(person__name="ma"), reason="Under inquiry", by=door.by("tao"), at=NOON)


def _same_group(door: Door) -> None:
    given = door.grants["ma"]
    custody.end_grant(given, reason="Other group", by=door.by("lu"), at=NOON)
    custody.grant(
        door.cage, person=given.person, lock_group="1", starts_on=given.starts_on, by=door.by("lu"), at=NOON
    )  # fmt: skip


@pytest.mark.shows("CTL-1", "CTL-2")
@pytest.mark.parametrize(
    ("change", "why"),
    [(_ended, "no lock"), (_suspended, "no certificate"), (_same_group, "same group")],
    ids=["grant ended", "certificate suspended", "same group"],
)
def test_a_second_who_may_not_is_denied(door: Door, change: Callable[[Door], None], why: str) -> None:
    waiting = door.first(door.ask())
    change(door)
    session = door.second(waiting)
    assert (session.state, told()) == (State.DENIED, ["Denied"])
    assert why in session.denied_because[0]["msgid"]
    assert door.second(door.first(door.ask()), "fang").state == State.OPEN


@pytest.mark.shows("CTL-1")
def test_the_second_comes_within_five_minutes(door: Door, clock: Any) -> None:
    waiting = door.first(door.ask())
    with pytest.raises(WrongState):
        custody.expire(waiting, by=clock, at=door.at(6))
    assert door.second(waiting, minutes=6.1).state == State.EXPIRED
    waiting = door.first(door.ask())
    assert tick(door.at(7)).done == 1
    waiting.refresh_from_db()
    assert waiting.state == State.EXPIRED
    assert told() == ["Lapsed", "Lapsed"]
    assert door.second(door.first(door.ask()), minutes=6).state == State.OPEN


@pytest.mark.shows("CTL-3")
def test_a_count_that_does_not_agree_freezes_the_store_until_an_auditor_settles_it(door: Door) -> None:
    session = door.opened()
    door.take(session)
    session = door.count(session, {1: 3})
    door.cage.refresh_from_db()
    assert (session.state, door.cage.state) == (State.DISCREPANCY, "FROZEN")
    with pytest.raises(doors.StoreFrozen):
        door.ask()
    with pytest.raises(NotAllowed):
        custody.settle(session, note="Lost", by=door.by("lu"), at=door.at(60))
    settled = custody.settle(session, note="Booked twice; adjusted", by=door.by("an"), at=door.at(60))
    assert settled.state == State.CLOSED
    assert told()[-2:] == ["Discrepant", "Settled"]
    # What was found counts from now on.
    door.take(door.opened(minutes=70), before=3)


@pytest.mark.shows("CTL-6")
def test_a_store_open_for_too_long_raises_an_alarm_and_a_third_person_closes_it(door: Door, clock: Any) -> None:
    session = door.opened()
    door.take(session)
    with pytest.raises(WrongState):
        custody.raise_alarm(session, by=clock, at=door.at(32))
    assert tick(door.at(33)).done == 1
    session.refresh_from_db()
    assert (session.state, told()[-1]) == (State.ALARM, "Overlong")
    with pytest.raises(inside.NotCounted):
        custody.close_alarm(session, note="They talked", by=door.by("lu"), at=door.at(40))
    session = door.count(session, {1: 4}, minutes=41)
    with pytest.raises(inside.OneOfThem):
        custody.close_alarm(session, note="We talked", by=door.by("ma"), at=door.at(42))
    assert custody.close_alarm(session, note="They talked", by=door.by("lu"), at=door.at(42)).state == State.CLOSED


@pytest.mark.shows("CTL-5")
def test_nothing_is_taken_out_while_the_protection_fails_and_things_come_back(door: Door) -> None:
    later = door.cage.unit.day(NOON) + timedelta(days=9)
    with pytest.raises(Invalid):
        custody.check_protection(door.cage, item="ALARM", is_ok=False, next_on=later, by=door.by("ma"), at=NOON)
    custody.check_protection(
        door.cage, item="ALARM", is_ok=False, next_on=later, note="Silent", by=door.by("ma"), at=NOON
    )
    session = door.opened()
    with pytest.raises(inside.NotProtected):
        door.take(session)
    door.take(session, direction="IN")
    door.leave(door.count(session, {1: 6}))
    custody.check_protection(door.cage, item="ALARM", is_ok=True, next_on=later, by=door.by("ma"), at=NOON)
    session = door.opened(minutes=10)
    door.take(session, before=6)
    door.leave(door.count(session, {1: 5}, minutes=14), minutes=15)
    # And without the camera.
    session = door.first(door.ask(), minutes=21)
    session = door.second(session, minutes=22, camera_ok=False)
    with pytest.raises(inside.NotProtected):
        door.take(session, before=5)


@pytest.mark.shows("K06")
def test_an_emergency_is_opened_alone_recorded_and_reviewed_by_another(door: Door, clock: Any) -> None:
    given = {**door.signing("shen", 0), "reason": "Water comes through the ceiling"}
    for wrong, refusal in (({"password": "guess"}, WrongPassword), ({"reason": "Water"}, Invalid)):
        with pytest.raises(refusal):
            custody.open_in_emergency(door.cage, **{**given, **wrong})
    session = custody.open_in_emergency(door.cage, **given)
    door.take(session)
    session = door.leave(door.count(session, {1: 4}, "shen"), "shen")
    assert session.state == State.CLOSED
    with pytest.raises(WrongState):
        custody.miss_review(session, by=clock, at=door.at(60 * 24))
    assert tick(door.at(60 * 24 + 1)).done == 1
    with pytest.raises(WrongState):
        custody.miss_review(session, by=clock, at=door.at(60 * 24 + 2))
    with pytest.raises(NotAllowed):
        custody.review(session, note="All well", by=door.by("shen"), at=door.at(60 * 25))
    session = custody.review(session, note="A pipe had burst", by=door.by("ma"), at=door.at(60 * 25))
    assert told() == ["OpenedInEmergency", "Closed", "ReviewMissed", "Reviewed"]
    with pytest.raises(emergencies.NoEmergency):
        custody.review(session, note="Again", by=door.by("ma"), at=door.at(60 * 26))
    own = custody.open_in_emergency(door.cage, **{**given, **door.signing("ma", 60 * 27)})
    with pytest.raises(inside.OneOfThem):
        custody.review(own, note="I was right", by=door.by("ma"), at=door.at(60 * 27))


def test_three_wrong_passwords_deny_and_are_told(door: Door) -> None:
    session = door.first(door.ask())
    for _each in range(3):
        with pytest.raises(WrongPassword):
            door.second(session, password="guess")
    session.refresh_from_db()
    assert (session.state, session.wrong_passwords, told()) == (State.DENIED, 3, ["Denied"])
    # At the way out there is an alarm.
    session = door.count(door.opened(minutes=5), {})
    for _each in range(3):
        with pytest.raises(WrongPassword):
            custody.sign_out(session, **{**door.signing("ma", 9), "password": "guess"})
    session.refresh_from_db()
    assert session.state == State.ALARM


REFUSED: list[tuple[str, Callable[[Door], Any], type[Refusal]]] = [
    ("no document", lambda door: door.ask(authority=" "), Invalid),
    ("no purpose", lambda door: door.ask(purpose=" "), Invalid),
    ("unknown document", lambda door: door.ask(authority_kind="WHIM"), Invalid),
    ("not for a technician", lambda door: door.ask(by=door.by("chen")), NotAllowed),
    ("no lock of this store", lambda door: door.first(door.ask(), "cai"), doors.NotACustodian),
    ("second before the first", lambda door: door.second(door.ask()), WrongState),
    ("first twice", lambda door: door.first(door.first(door.ask())), WrongState),
    ("withdrawn too late", lambda door: custody.withdraw(door.first(door.ask()), by=door.by("shen"), at=NOON), WrongState),
    ("another is inside", lambda door: (door.opened(), door.first(door.ask()))[1], doors.StoreBusy),
    ("not inside", lambda door: door.take(door.opened(), "fang"), inside.NotInside),
    ("nothing", lambda door: door.take(door.opened(), item=" "), Invalid),
    ("neither way", lambda door: door.take(door.opened(), direction="UP"), Invalid),
    ("none", lambda door: door.take(door.opened(), quantity=0), Invalid),
    ("more than lie there", lambda door: door.take(door.opened(), quantity=6), Invalid),
    ("locked uncounted", lambda door: door.leave(door.opened(), "ma"), WrongState),
    ("counted by another", lambda door: door.count(door.opened(), {}, "fang"), inside.NotInside),
    ("both groups", lambda door: _grant(door, "shen", "2"), stores.HoldsALock),
    ("twice the same", lambda door: _grant(door, "shen", "1"), stores.HoldsALock),
    ("oneself", lambda door: _grant(door, "lu", "1"), stores.CustodianOfOneself),
    ("from yesterday", lambda door: _grant(door, "cai", "1", days=-1), stores.GrantDatesRefused),
    ("third group", lambda door: _grant(door, "cai", "3"), Invalid),
    ("by the manager", lambda door: _grant(door, "cai", "1", by="ma"), NotAllowed),
    ("lock twice", lambda door: _lock(door, number="L1"), stores.LockKnown),
    ("lock without a number", lambda door: _lock(door, number=" "), Invalid),
    ("code taken", lambda door: _store(door, code="CAGE"), stores.StoreCodeTaken),
    ("unknown kind", lambda door: _store(door, kind="WARDROBE"), Invalid),
    ("no locks yet", lambda door: custody.open_session(
        _store(door), authority_kind="COUNT", authority="SC-1", purpose="Count", by=door.by("shen"), at=NOON
    ), doors.LocksMissing),
]  # fmt: skip


def _grant(door: Door, name: str, group: str, *, days: int = 0, by: str = "lu") -> CustodianGrant:
    return custody.grant(
        door.cage, person=door.cast.people[name], lock_group=group, by=door.by(by), at=NOON,
        starts_on=door.cage.unit.day(NOON) + timedelta(days=days),
    )  # fmt: skip


def _lock(door: Door, **said: Any) -> Any:
    given = {"number": "L3", "kind": "CARD", "lock_group": "1", "by": door.by("lu"), "at": NOON}
    return custody.add_lock(door.cage, **{**given, **said})


def _store(door: Door, **said: Any) -> ControlledStore:
    given = {"code": "SAFE", "names": {"en": "Safe"}, "kind": "SAFE", "by": door.by("lu"), "at": NOON}
    return custody.set_up_store(door.cage.unit, **{**given, **said})


def test_what_is_refused_at_the_door(door: Door) -> None:
    """One store for all of them: each is tried and taken back."""
    for what, ask, refusal in REFUSED:
        with transaction.atomic():
            try:
                ask(door)
            except refusal:
                pass
            else:
                pytest.fail(what)
            transaction.set_rollback(True)


def test_and_their_permitted_twins(door: Door) -> None:
    _lock(door)
    _grant(door, "cai", "1")
    custody.withdraw(door.ask(), by=door.by("shen"), at=NOON)
    safe = _store(door, guards=door.cast.units["FS01"])
    assert queries.guard_of(door.cast.units["FS01"]) == safe
    with pytest.raises(stores.GuardedAlready):
        _store(door, code="OTHER", guards=door.cast.units["FS01"])
    session = door.opened()
    door.take(session, quantity=5)
    assert door.leave(door.count(session, {1: 0})).state == State.CLOSED
    cage, empty = queries.doors(by=door.by("an"), at=NOON)
    assert cage.may_be_opened
    assert len(empty.lacks) == 2
    assert queries.doors(by=door.by("he"), at=NOON) == []


@pytest.mark.no_books
@pytest.mark.shows("CTL-1", "CTL-2", "CTL-3", "CTL-4", "CTL-5")
def test_the_database_itself_holds_the_two_locks(door: Door) -> None:
    """Whoever writes past the verbs is refused by the constraint's name."""
    waiting, people = door.first(door.ask()), door.cast.people
    rows = AccessSession.objects.filter(pk=waiting.pk)
    alone = {"state": "OPEN", "opened_at": NOON}
    second = {"second_by": people["ma"], "second_group": "2", "second_on": waiting.first_on, "second_at": door.at(2)}
    two = "a_store_is_opened_by_two_of_two_groups_in_time"
    broken(lambda: rows.update(**alone), two)
    broken(lambda: rows.update(**alone, **second | {"second_at": door.at(7)}), two)
    broken(lambda: rows.update(**alone, **second | {"second_by": people["shen"], "second_group": "1"}), two)
    broken(lambda: rows.update(**second | {"second_by": people["cai"]}), "a_custodian_holds_a_lock_of_the_store")
    broken(lambda: rows.update(authority="Another"), "who_signed_in_stays_who_signed_in")
    broken(lambda: _moved(waiting), "nothing_moves_behind_a_locked_door")
    rows.update(**alone, **second, camera_ok=False, protections_ok=True)
    broken(lambda: rows.update(first_by=people["fang"], first_group="2"), "who_signed_in_stays_who_signed_in")
    broken(lambda: _moved(waiting), "nothing_leaves_a_store_that_is_not_protected")
    rows.update(camera_ok=True)
    broken(lambda: _moved(waiting, authority=""), "controlled_movement_has_its_authority")
    broken(lambda: _moved(waiting, after=5), "controlled_movement_adds_up")
    moved = _moved(waiting)
    broken(lambda: rows.update(state="RECOUNTED"), "a_store_is_counted_before_it_is_locked")
    broken(lambda: ControlledMovement.objects.update(quantity=9), "controlled_movement_is_never_changed")
    ControlledMovement.objects.filter(pk=moved.pk).update(counted=4)
    broken(lambda: ControlledMovement.objects.update(counted=5), "what_was_counted_stays_counted")
    rows.update(state="RECOUNTED")
    broken(lambda: rows.update(state="CLOSED"), "a_store_is_locked_by_those_who_opened_it")
    third = {"settled_by": people["ma"], "settled_note": "So", "settled_at": NOON}
    broken(lambda: rows.update(state="CLOSED", **third), "what_went_wrong_is_settled_by_a_third_person")
    broken(lambda: _another(door, authority=""), "access_names_its_authority")
    broken(lambda: _another(door, state="FIRST_AUTH"), "a_store_is_opened_once_at_a_time")
    rows.update(state="CLOSED", **third | {"settled_by": people["lu"]})
    ControlledStore.objects.update(state="FROZEN")
    broken(lambda: _another(door, state="FIRST_AUTH"), "nobody_opens_a_frozen_store")
    emergency = {"is_emergency": True, "first_by": people["shen"], "reviewed_by": people["shen"], "review_note": "Well"}
    broken(lambda: _another(door, **emergency, review_by=NOON), "nobody_reviews_their_own_emergency")
    broken(lambda: _another(door, **emergency | {"reviewed_by": None}), "an_emergency_is_due_for_review")
    held = {"store": door.cage, "person": people["shen"], "granted_by": people["lu"], "starts_on": waiting.first_on}
    broken(lambda: CustodianGrant.objects.create(lock_group="2", **held), "nobody_holds_both_groups_of_a_store")
    broken(
        lambda: CustodianGrant.objects.create(lock_group="2", **held | {"person": people["lu"]}),
        "nobody_makes_themself_a_custodian",
    )
    broken(lambda: CustodianGrant.objects.update(lock_group="2"), "custodian_grant_is_never_rewritten")


def _moved(session: AccessSession, **others: Any) -> ControlledMovement:
    given = {
        "session": session, "line": 1, "item": "Compressor", "direction": "OUT", "quantity": 1, "before": 5, "after": 4,
        "authority": "PT-1", "moved_by": session.first_by, "moved_at": NOON,
    }  # fmt: skip
    return ControlledMovement.objects.create(**{**given, **others})


def _another(door: Door, **others: Any) -> AccessSession:
    given = {
        "number": "ACC-X", "store": door.cage, "authority_kind": "COUNT", "authority": "SC-1", "purpose": "Count",
        "requested_by": door.cast.people["shen"], "requested_at": NOON,
    }  # fmt: skip
    return AccessSession.objects.create(**{**given, **others})


def test_nobody_signs_by_the_password_of_another(door: Door) -> None:
    session = door.ask()
    with pytest.raises(WrongPassword):
        door.first(session, password=password_of("ma"))
    assert door.first(session).state == State.FIRST_AUTH
