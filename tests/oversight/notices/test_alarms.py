"""Whoever answers for a store hears what is wrong there, once: at the door with two locks, and in the room itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.books.stock import actions as stock
from guiju.books.stock.models import Store
from guiju.jobs import nightly
from guiju.jobs.clock import tick
from guiju.kernel import news
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed, broken_constraints
from guiju.oversight.notices import actions, queries
from guiju.oversight.notices.models import StoreAlarm
from guiju.oversight.notices.rules import Alarm
from guiju.readiness.custody import actions as custody
from guiju.readiness.custody.models import AccessSession
from guiju.readiness.upkeep import actions as upkeep
from tests.cast import NOON, Cast, password_of
from tests.desks.common.page import assert_strict
from tests.readiness.custody.conftest import Door, a_door

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
CLOCK = Actor.system("clock")


@pytest.fixture
def door(cast: Cast) -> Door:
    return a_door(cast)


def told(kind: Alarm) -> list[str]:
    """Who was told of it, after the news has been brought."""
    news.deliver_due(NOON + timedelta(days=30))
    return sorted(StoreAlarm.objects.filter(kind=kind).values_list("person__name", flat=True))


@pytest.mark.shows("EX-13", "CTL-6", "K06")
def test_what_goes_wrong_at_the_door_is_told_to_whom_it_concerns(door: Door, signed_in: Any) -> None:
    door.opened()
    assert told(Alarm.REFUSED) == [], "two of two groups: nothing is wrong"
    tick(door.at(40))
    assert told(Alarm.OVERLONG) == ["lu", "ma"]
    session = AccessSession.objects.get()
    door.take(session)
    door.count(session, {1: 3}, minutes=41)
    assert told(Alarm.DIFFERENCE) == ["an", "ma", "nie"]
    custody.settle(AccessSession.objects.get(), note="One was lent", by=door.by("an"), at=door.at(60))
    # EX-13: the same person for both lines.
    door.second(door.first(door.ask(at=door.at(61)), minutes=62), "shen", minutes=63)
    assert told(Alarm.REFUSED) == ["an", "ma"]
    # One signs in, and nobody comes.
    door.first(door.ask(at=door.at(64)), minutes=65)
    tick(door.at(80))
    assert told(Alarm.ALONE) == ["ma"]
    # Ma opens alone: somebody else looks into it, and head office hears when nobody does.
    custody.open_in_emergency(
        door.cage, reason="Water runs down the wall", password=password_of("ma"), by=door.by("ma"), at=door.at(90)
    )
    assert told(Alarm.EMERGENCY) == ["an", "nie"]
    tick(door.at(90) + timedelta(days=4))
    assert told(Alarm.UNREVIEWED) == ["an", "nie"]
    _seen_at_the_list(door, signed_in)


def _seen_at_the_list(door: Door, signed_in: Any) -> None:
    """Each sees the own, whoever answers for the unit everybody's; only whoever was told has seen it."""
    an, ma, jia = door.by("an"), door.by("ma"), door.by("jia")
    rows = queries.store_alarms(ma)
    assert {row.person.name for row in rows} == {"an", "lu", "ma", "nie"}
    assert not queries.store_alarms(jia).exists()
    html = signed_in("ma").get("/alarms/").content.decode()
    assert_strict(html)
    assert "Open for too long" in html
    assert signed_in("lin").get("/alarms/").status_code == 403
    mine = StoreAlarm.objects.filter(person__name="an").order_by("pk")[0]
    with pytest.raises(NotAllowed):
        actions.acknowledge_alarm(mine, by=ma, at=door.at(99))
    session, before = mine.session, StoreAlarm.objects.waiting_for(an).count()
    assert session is not None
    seen = actions.acknowledge_alarm(mine, by=an, at=door.at(99))
    assert actions.acknowledge_alarm(seen, by=an, at=door.at(100)).seen_at == door.at(99)
    assert StoreAlarm.objects.waiting_for(an).count() == before - 1
    with pytest.raises(actions.NobodyToWarn):
        actions.warn_of_opening(session, kind=Alarm(mine.kind), by=CLOCK, at=NOON)
    with pytest.raises(NotAllowed):
        actions.warn_of_opening(session, kind=Alarm.ALONE, by=ma, at=NOON)


@pytest.mark.shows("S2-87", "S2-88", "S6-28")
def test_what_the_upkeep_of_a_store_lacks_is_told_to_its_keeper(cast: Cast) -> None:
    by: dict[str, Any] = {"by": cast.actors["shen"]}
    store: Store = stock.open_store(
        cast.units["FS01"], code="S1", names={"en": "Parts"}, kind="OUTLET", by=cast.actors["ma"], at=NOON
    )
    today, day = store.unit.day(NOON), timedelta(days=1)
    upkeep.add_fire_equipment(
        store, kind="EXTINGUISHER", number="X1", place="Door", expires_on=today + 400 * day, next_check_on=today + 3 * day,
        at=NOON, **by,
    )  # fmt: skip
    # NOON is a Monday: the week begins, and is over after its Sunday.
    tick(NOON)
    upkeep.read_climate(store, celsius_tenths=200, humidity_tenths=500, at=NOON, **by)
    assert nightly.rooms_neglected(NOON + day) == 0
    for _twice in range(2):
        upkeep.read_climate(store, celsius_tenths=400, humidity_tenths=500, at=NOON + day, **by)
    assert told(Alarm.CLIMATE) == ["shen"]
    assert [nightly.rooms_neglected(NOON + 3 * day) for _twice in range(2)] == [2, 0]
    assert (told(Alarm.UNREAD), told(Alarm.FIRE)) == (["shen"], ["shen"])
    # Told once a week, however many days nobody reads it.
    assert nightly.rooms_neglected(NOON + 5 * day) == 0
    tick(NOON + 7 * day)
    assert told(Alarm.INSPECTION) == ["ma", "shen"]
    assert {row.about for row in queries.store_alarms(cast.actors["shen"])} == {"S1", "S1 X1"}
    with pytest.raises(NotAllowed):
        actions.warn_of_room(store, kind=Alarm.FIRE, on=today, by=cast.actors["shen"], at=NOON)


def test_the_database_tells_nobody_twice_and_rewrites_nothing(door: Door) -> None:
    door.second(door.first(door.ask()), "shen")
    told(Alarm.REFUSED)
    row = StoreAlarm.objects.filter(person__name="ma").get()
    given = {"unit": row.unit, "person": row.person, "on": row.on, "at": row.at, "session": row.session}
    StoreAlarm.objects.create(**given, kind="ALONE")
    for broken, name in (
        ({"kind": "REFUSED"}, "a_person_is_told_of_an_opening_once"),
        ({"kind": "FIRE"}, "an_alarm_is_of_a_door_of_a_room_or_of_cash"),
        ({"kind": "NOISE"}, "an_alarm_is_of_a_door_of_a_room_or_of_cash"),
    ):
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            StoreAlarm.objects.create(**given, **broken)
        assert name in broken_constraints(refused.value)
    for change, name in (
        ({"detail": "L1"}, "an_alarm_is_never_rewritten"),
        ({"seen_at": NOON}, ""),
        ({"seen_at": None}, "an_alarm_is_seen_once"),
    ):
        if not name:
            StoreAlarm.objects.filter(pk=row.pk).update(**change)
            continue
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            StoreAlarm.objects.filter(pk=row.pk).update(**change)
        assert name in broken_constraints(refused.value)
