"""The store itself: looked at every week, its climate read, its fire equipment within its dates, its goods apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from guiju.books.stock import actions as stock
from guiju.books.stock import queries as lying
from guiju.books.stock.models import Bin, Store
from guiju.jobs.clock import tick
from guiju.kernel.models import News
from guiju.kernel.refusing import Invalid, NotAllowed, Refusal, WrongState, broken_constraints
from guiju.readiness.upkeep import actions as upkeep
from guiju.readiness.upkeep import queries
from guiju.readiness.upkeep.models import BinUse, ClimateReading, FireEquipment, Inspection, Ventilation
from guiju.readiness.upkeep.rules import Item
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import Part
from tests.cast import NOON, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
GOOD: dict[str, bool] = dict.fromkeys(Item, True)
# NOON is a Monday in Foshan.
SUNDAY = datetime(2026, 11, 8, 15, 59, 59, tzinfo=NOON.tzinfo)


class Room:
    """A store of FS01 with two bins, and who keeps it."""

    def __init__(self, cast: Cast) -> None:
        self.cast, ma = cast, cast.actors["ma"]
        self.store: Store = stock.open_store(
            cast.units["FS01"], code="S1", names={"en": "Parts"}, kind="OUTLET", by=ma, at=NOON
        )
        self.bins: list[Bin] = [stock.add_bin(self.store, code=f"A-{each}", by=ma, at=NOON) for each in (1, 2)]
        nie = cast.actors["nie"]
        self.battery: Part = catalogue.add_part(code="BAT", names={"en": "Battery"}, by=nie, at=NOON)

    def who(self, name: str = "shen", at: datetime = NOON) -> dict[str, Any]:
        return {"by": self.cast.actors[name], "at": at}

    def due(self) -> Inspection:
        tick(NOON)
        return Inspection.objects.get(store=self.store)

    def extinguisher(self, **others: Any) -> FireEquipment:
        today = self.store.unit.day(NOON)
        given: dict[str, Any] = {
            "kind": "EXTINGUISHER", "number": "X1", "place": "At the door", "expires_on": today + timedelta(days=400),
            "next_check_on": today + timedelta(days=30),
        }  # fmt: skip
        return upkeep.add_fire_equipment(self.store, **{**given, **self.who(), **others})


@pytest.fixture
def room(cast: Cast) -> Room:
    return Room(cast)


def told() -> list[str]:
    return [each.kind for each in News.objects.filter(kind__startswith="upkeep.").order_by("pk")]


@pytest.mark.shows("S2-85", "S2-87", "GRC-5")
def test_a_store_is_due_every_week_missed_after_its_sunday_and_scored(room: Room) -> None:
    due = room.due()
    assert due.due_at == SUNDAY + timedelta(seconds=1)
    assert tick(SUNDAY).done == 0
    tick(SUNDAY + timedelta(seconds=1))
    standing = queries.standing(room.store, at=SUNDAY + timedelta(hours=1))
    assert [each.pk for each in standing.missed] == [due.pk]
    assert standing.inspection is not None, "the next week is due"
    assert told() == ["upkeep.InspectionMissed"]
    with pytest.raises(Invalid):
        upkeep.inspect(due, results={**GOOD, Item.LEAKS: False}, **room.who())
    # Late is better than never.
    done = upkeep.inspect(due, results={**GOOD, Item.LEAKS: False}, note="A drip at the window; mended", **room.who())
    assert done.score == 90
    assert upkeep.inspect(standing.inspection, results=GOOD, **room.who()).score == 100
    assert not queries.standing(room.store, at=SUNDAY + timedelta(hours=1)).missed


@pytest.mark.shows("S2-88")
def test_a_climate_outside_its_limits_is_told_until_something_is_done_and_a_day_without_a_reading_shows(
    room: Room,
) -> None:
    room.due()
    for celsius, humidity, outside in (
        (50, 400, False),
        (300, 650, False),
        (301, 500, True),
        (49, 500, True),
        (200, 651, True),
    ):
        reading = upkeep.read_climate(room.store, celsius_tenths=celsius, humidity_tenths=humidity, **room.who())
        assert reading.is_outside is outside, (celsius, humidity)
    assert told() == ["upkeep.ClimateOutside"] * 3
    standing = queries.standing(room.store, at=NOON + timedelta(days=3))
    assert len(standing.outside) == 3
    assert [day.day for day in standing.days_unread] == [4, 3]
    acted = upkeep.act_on_climate(standing.outside[0], action="Dehumidifier on", **room.who())
    assert acted.acted_by == room.cast.people["shen"]
    with pytest.raises(WrongState):
        upkeep.act_on_climate(acted, action="Again", **room.who())
    assert len(queries.standing(room.store, at=NOON).outside) == 2


@pytest.mark.shows("S6-28", "F17")
def test_fire_equipment_past_its_date_and_air(room: Room) -> None:
    equipment = room.extinguisher()
    assert not queries.standing(room.store, at=NOON + timedelta(days=29)).due_fire
    late = NOON + timedelta(days=30)
    assert queries.standing(room.store, at=late).due_fire == [equipment]
    again: dict[str, Any] = {
        "next_check_on": room.store.unit.day(late) + timedelta(days=30),
        "expires_on": equipment.expires_on,
    }
    equipment = upkeep.check_fire_equipment(equipment, **again, **room.who(at=late))
    assert not queries.standing(room.store, at=late).due_fire
    assert queries.standing(room.store, at=NOON + timedelta(days=401)).due_fire == [equipment]
    upkeep.retire_fire_equipment(equipment, reason="Used up", **room.who("ma"))
    assert not queries.standing(room.store, at=NOON + timedelta(days=401)).due_fire
    upkeep.start_airing(room.store, **room.who())
    with pytest.raises(upkeep.AiredAlready):
        upkeep.start_airing(room.store, **room.who(at=NOON + timedelta(minutes=1)))
    aired = upkeep.end_airing(room.store, **room.who(at=NOON + timedelta(minutes=30)))
    assert aired.ended_at == NOON + timedelta(minutes=30)


@pytest.mark.shows("INV-10", "S2-86")
def test_incompatible_goods_never_share_a_group_and_small_items_lie_in_boxes(room: Room) -> None:
    first, second = room.bins
    upkeep.use_bin(first, segregation="G1", hazard="BATTERY", **room.who())
    with pytest.raises(upkeep.GroupTaken):
        upkeep.use_bin(second, segregation="G1", hazard="SOLVENT", **room.who())
    upkeep.use_bin(second, segregation="G2", is_container=True, **room.who())
    upkeep.refuse_place(room.battery, second)
    upkeep.mark_part(room.battery, hazard="BATTERY", **room.who("nie"))
    upkeep.refuse_place(room.battery, first)
    with pytest.raises(upkeep.WrongPlace):
        upkeep.refuse_place(room.battery, second)
    upkeep.mark_part(room.battery, is_small=True, **room.who("nie"))
    upkeep.refuse_place(room.battery, second)
    for wrong in room.bins[:1]:
        with pytest.raises(upkeep.WrongPlace, match="box"):
            upkeep.refuse_place(room.battery, wrong)


REFUSED: list[tuple[str, Callable[[Room], Any], type[Refusal]]] = [
    ("half seen", lambda room: upkeep.inspect(room.due(), results={Item.ORDER: True}, **room.who()), Invalid),
    ("by a technician", lambda room: upkeep.inspect(room.due(), results=GOOD, **room.who("chen")), NotAllowed),
    ("twice", lambda room: [upkeep.inspect(each, results=GOOD, **room.who()) for each in [room.due()] * 2], WrongState),
    ("twice a week", lambda room: (room.due(), upkeep.make_due(room.store, **_clock())), upkeep.DueAlready),
    ("missed too early", lambda room: upkeep.miss_inspection(room.due(), **_clock()), WrongState),
    ("no thermometer", lambda room: upkeep.read_climate(
        room.store, celsius_tenths=200, humidity_tenths=1001, **room.who()), Invalid),
    ("nothing to do about it", lambda room: upkeep.act_on_climate(upkeep.read_climate(
        room.store, celsius_tenths=200, humidity_tenths=500, **room.who()), action="Heated", **room.who()), WrongState),
    ("no window open", lambda room: upkeep.end_airing(room.store, **room.who()), WrongState),
    ("same number", lambda room: (room.extinguisher(), room.extinguisher()), upkeep.FireNumberTaken),
    ("no number", lambda room: room.extinguisher(number=" "), Invalid),
    ("unknown kind", lambda room: room.extinguisher(kind="BUCKET"), Invalid),
    ("checked again today", lambda room: room.extinguisher(next_check_on=room.store.unit.day(NOON)), Invalid),
    ("no group", lambda room: upkeep.use_bin(room.bins[0], segregation=" ", **room.who()), Invalid),
    ("unknown hazard", lambda room: upkeep.use_bin(room.bins[0], segregation="G", hazard="FUN", **room.who()), Invalid),
    ("unknown nature", lambda room: upkeep.mark_part(room.battery, hazard="FUN", **room.who("nie")), Invalid),
    ("a keeper marks no part", lambda room: upkeep.mark_part(room.battery, **room.who("shen")), NotAllowed),
]  # fmt: skip


def _clock() -> dict[str, Any]:
    from guiju.kernel.actor import Actor

    return {"by": Actor.system("clock"), "at": NOON}


def test_what_is_refused(room: Room) -> None:
    """Their permitted twins are the stories above."""
    for what, ask, refusal in REFUSED:
        with transaction.atomic():
            try:
                ask(room)
            except refusal:
                pass
            else:
                pytest.fail(what)
            transaction.set_rollback(True)


@pytest.mark.no_books
def test_the_database_itself_holds_what_was_seen_and_what_lies_apart(room: Room) -> None:
    def broken(change: Callable[[], object], name: str) -> None:
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            change()
        assert name in broken_constraints(refused.value)

    due = room.due()
    shen = room.cast.people["shen"]
    broken(
        lambda: Inspection.objects.create(store=room.store, week_on=due.week_on, due_at=NOON),
        "a_store_is_inspected_once_a_week",
    )
    broken(lambda: Inspection.objects.update(state="DONE"), "a_done_inspection_says_who_and_how")
    done = {"state": "DONE", "done_by": shen, "done_at": NOON}
    broken(lambda: Inspection.objects.update(**done, score=90), "what_is_not_in_order_says_what_is_done")
    Inspection.objects.update(**done, score=100)
    broken(lambda: Inspection.objects.update(score=99, note="x"), "an_inspection_once_done_is_never_edited")
    upkeep.read_climate(room.store, celsius_tenths=200, humidity_tenths=500, **room.who())
    broken(lambda: ClimateReading.objects.update(celsius_tenths=1), "a_reading_is_never_changed")
    broken(lambda: ClimateReading.objects.update(action="x"), "what_is_done_about_the_climate_names_who")
    upkeep.use_bin(room.bins[0], segregation="G1", hazard="GAS", **room.who())
    gas = {"store": room.store, "segregation": "G1"}
    broken(
        lambda: BinUse.objects.create(bin=room.bins[1], hazard="BATTERY", **gas),
        "incompatible_goods_never_share_a_group",
    )
    Ventilation.objects.create(store=room.store, started_at=NOON, started_by=shen)
    broken(
        lambda: Ventilation.objects.create(store=room.store, started_at=NOON + timedelta(hours=1), started_by=shen),
        "a_store_is_aired_once_at_a_time",
    )


@pytest.mark.shows("S2-86", "INV-10", "S6-28")
def test_no_goods_are_put_where_they_must_not_lie(room: Room) -> None:
    """Whatever verb puts them there: a receipt and a move are refused, and booked in the group that is for them."""
    theirs, other = room.bins
    upkeep.use_bin(theirs, segregation="G1", hazard="BATTERY", **room.who())
    upkeep.mark_part(room.battery, hazard="BATTERY", **room.who("nie"))
    with pytest.raises(upkeep.WrongPlace):
        stock.receive(room.battery, other, 2, document="DN-1", **room.who("shen"))
    assert lying.on_hand(room.battery, room.store) == 0, "nothing of it stands in the book"
    stock.receive(room.battery, theirs, 2, document="DN-1", **room.who("shen"))
    with pytest.raises(upkeep.WrongPlace):
        stock.move(room.battery, theirs, 1, to_bin=other, document="M-1", **room.who())
    # What has lain there since before the rule is found, promised and carried away; a count says what it finds.
    upkeep.use_bin(other, segregation="G2", hazard="SOLVENT", **room.who())
    found: dict[str, Any] = {"direction": "FOUND", "reason": "Behind the rack"}
    with pytest.raises(upkeep.WrongPlace):
        stock.adjust(room.battery, other, 1, document="C-1", **found, **room.who("ma"))
    by = room.cast.actors["ma"].consequence_of(uuid4())
    stock.adjust(room.battery, other, 1, document="C-1", **found, by=by, at=NOON)
    stock.move(room.battery, other, 1, to_bin=theirs, document="M-2", **room.who())
    assert lying.lying_in(room.bins)[theirs.pk, room.battery.pk] == 3
