"""The verbs of a store's upkeep: look at it, read its climate, air it, keep its fire equipment, and keep goods apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from guiju.books.stock import queries as lying
from guiju.books.stock.actions.gates import Passing
from guiju.books.stock.models import Bin, Store
from guiju.kernel import locking
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.lifecycle import advance, begin
from guiju.kernel.models import Evidence
from guiju.kernel.refusing import Invalid, Refusal, WrongState, refusing
from guiju.kernel.words import N_, Sentence
from guiju.readiness.custody import actions as custody
from guiju.readiness.custody import queries as guarded
from guiju.readiness.custody.models import ControlledStore
from guiju.readiness.custody.rules import Direction
from guiju.readiness.upkeep import events, queries, rules
from guiju.readiness.upkeep.models import BinUse, ClimateReading, FireEquipment, Inspection, PartNature, Ventilation
from guiju.readiness.upkeep.rules import ARROWS, STATE_LABELS, State
from guiju.standing.catalogue.models import Part


class DueAlready(Refusal):
    """The week has its inspection."""

    sentence = N_("This week's inspection stands already.")


class AiredAlready(Refusal):
    """One airing at a time."""

    sentence = N_("The store is being aired at that time.")


class FireNumberTaken(Refusal):
    """Each extinguisher has a number of its own."""

    sentence = N_("The store has fire equipment of this number.")
    field = "number"


class GroupTaken(Refusal):
    """Other hazardous goods lie in this group (INV-10)."""

    sentence = N_("Other hazardous goods lie in this group. Goods that must not lie together need groups of their own.")
    field = "segregation"


class WrongPlace(Refusal):
    """The part must not lie in this bin."""

    sentence = N_("This part must not lie in this bin.")
    field = "bin"


def make_due(store: Store, *, by: Actor, at: datetime) -> Inspection:
    """Let the inspection of this week be due, once.

    raises   DueAlready
    source   S2-87
    """
    with doing("upkeep.make_due", on=store, by=by, at=at) as deed:
        week_on = rules.monday(store.unit.day(at))
        with refusing(a_store_is_inspected_once_a_week=DueAlready):
            due = Inspection.objects.create(
                store=store, week_on=week_on, due_at=rules.week_ends(week_on, store.unit.time_zone)
            )
        begin(due, by=by, at=at, deed=deed)
        deed.about(due)
    return due


def miss_inspection(inspection: Inspection, *, by: Actor, at: datetime) -> Inspection:
    """Nobody looked at the store by the end of its Sunday; not before.

    raises   WrongState
    """
    with doing("upkeep.miss_inspection", on=inspection, by=by, at=at) as deed:
        inspection = _locked(inspection)
        if at < inspection.due_at:
            raise WrongState
        advance(inspection, to=State.OVERDUE, arrows=ARROWS, by=by, at=at, deed=deed, labels=STATE_LABELS)
        deed.tell(events.InspectionMissed(inspection.store_id, inspection.pk))
    return inspection


def inspect(
    inspection: Inspection, *, results: Mapping[str, bool], note: str = "", photo: Evidence | None = None, by: Actor, at: datetime
) -> Inspection:  # fmt: skip
    """Look at the store, item by item; what is not in order says what is done about it.

    results  whether each item of 6.26 is in order, all of them
    raises   Invalid, WrongState
    source   S2-85, S2-87
    """
    with doing("upkeep.inspect", on=inspection, by=by, at=at) as deed:
        inspection = _locked(inspection)
        if set(results) != set(rules.Item):
            raise Invalid(Sentence(N_("Say of each item whether it is in order.")), field="results")
        kept = {str(item): bool(is_ok) for item, is_ok in results.items()}
        points = rules.score(kept)
        if points < 100 and not note.strip():
            raise Invalid(Sentence(N_("Say what is not in order, and what is done about it.")), field="note")
        advance(
            inspection, to=State.DONE, arrows=ARROWS, by=by, at=at, deed=deed, labels=STATE_LABELS, results=kept, score=points,
            note=note.strip()[:400], photo=photo, done_by_id=by.natural_person_id, done_at=at,
        )  # fmt: skip
        deed.tell(events.InspectionDone(inspection.store_id, inspection.pk, points))
    return inspection


def read_climate(store: Store, *, celsius_tenths: int, humidity_tenths: int, by: Actor, at: datetime) -> ClimateReading:
    """Write down how warm and damp it is, by hand or as a sensor's program; outside the limits it is told.

    celsius_tenths, humidity_tenths   tenths of a degree, tenths of a percent
    raises   Invalid
    source   S2-88
    """
    with doing("upkeep.read_climate", on=store, by=by, at=at) as deed:
        outside = rules.is_outside(celsius_tenths, humidity_tenths, queries.limits(store, on=store.unit.day(at)))
        impossible = Invalid(Sentence(N_("No thermometer shows this.")), field="celsius_tenths")
        with refusing(a_reading_is_one_of_this_world=impossible):
            reading = ClimateReading.objects.create(
                store=store, read_at=at, read_on=store.unit.day(at), celsius_tenths=celsius_tenths,
                humidity_tenths=humidity_tenths, is_outside=outside, read_by_id=by.natural_person_id,
            )  # fmt: skip
        deed.about(reading)
        if outside:
            deed.tell(events.ClimateOutside(store.pk, reading.pk))
    return reading


def act_on_climate(reading: ClimateReading, *, action: str, by: Actor, at: datetime) -> ClimateReading:
    """Say what was done about a climate outside its limits, once.

    raises   Invalid, WrongState
    """
    with doing("upkeep.act_on_climate", on=reading, by=by, at=at, action=action):
        if not action.strip():
            raise Invalid(Sentence(N_("Say what was done.")), field="action")
        done = ClimateReading.objects.filter(pk=reading.pk, is_outside=True, action="").update(
            action=action.strip()[:400], acted_by_id=by.natural_person_id, acted_at=at
        )
        if not done:
            raise WrongState
        reading.refresh_from_db()
    return reading


def start_airing(store: Store, *, by: Actor, at: datetime) -> Ventilation:
    """Open the windows, or start the fan.

    raises   AiredAlready
    """
    with doing("upkeep.start_airing", on=store, by=by, at=at) as deed:
        with refusing(a_store_is_aired_once_at_a_time=AiredAlready):
            airing = Ventilation.objects.create(store=store, started_at=at, started_by_id=by.natural_person_id)
        deed.about(airing)
    return airing


def end_airing(store: Store, *, by: Actor, at: datetime) -> Ventilation:
    """Close the windows.

    raises   WrongState
    """
    with doing("upkeep.end_airing", on=store, by=by, at=at):
        airing = Ventilation.objects.select_for_update(of=("self",)).filter(store=store, ended_at=None).first()
        if airing is None:
            raise WrongState
        airing.ended_at = at
        airing.save(update_fields=["ended_at"])
    return airing


def add_fire_equipment(
    store: Store, *, kind: str, number: str, place: str, expires_on: date, next_check_on: date, by: Actor, at: datetime
) -> FireEquipment:
    """Put up what fights fire.

    raises   FireNumberTaken, Invalid
    source   S6-28
    """
    with doing("upkeep.add_fire_equipment", on=store, by=by, at=at, number=number) as deed:
        with refusing(
            fire_equipment_number_is_free=FireNumberTaken,
            fire_equipment_has_number_and_place=Invalid(
                Sentence(N_("Say its number and where it is.")), field="number"
            ),
            fire_equipment_is_of_a_known_kind=Invalid(Sentence(N_("Choose what it is.")), field="kind"),
            fire_equipment_is_checked_again_later=_too_soon(),
        ):
            made = FireEquipment.objects.create(
                store=store, kind=kind, number=number.strip(), place=place.strip(), expires_on=expires_on,
                checked_on=store.unit.day(at), next_check_on=next_check_on,
            )  # fmt: skip
        deed.about(made)
    return made


def check_fire_equipment(
    equipment: FireEquipment, *, next_check_on: date, expires_on: date, by: Actor, at: datetime
) -> FireEquipment:
    """It was looked at and is in order, until when, and when it is looked at again.

    raises   Invalid, WrongState
    """
    with doing("upkeep.check_fire_equipment", on=equipment, by=by, at=at, next_check_on=next_check_on):
        if equipment.retired_on is not None:
            raise WrongState
        equipment.checked_on = equipment.store.unit.day(at)
        equipment.next_check_on, equipment.expires_on = next_check_on, expires_on
        with refusing(fire_equipment_is_checked_again_later=_too_soon()):
            equipment.save(update_fields=["checked_on", "next_check_on", "expires_on"])
    return equipment


def retire_fire_equipment(equipment: FireEquipment, *, reason: str, by: Actor, at: datetime) -> FireEquipment:
    """Take it away. Doing it again changes nothing.

    raises   Invalid
    """
    with doing("upkeep.retire_fire_equipment", on=equipment, by=by, at=at, reason=reason):
        if not reason.strip():
            raise Invalid(Sentence(N_("Say why it is taken away.")), field="reason")
        equipment.retired_on = equipment.retired_on or equipment.store.unit.day(at)
        equipment.save(update_fields=["retired_on"])
    return equipment


def use_bin(
    bin: Bin, *, segregation: str, hazard: str = "", is_container: bool = False, by: Actor, at: datetime
) -> BinUse:
    """Say what a bin is for: its group, the hazardous goods that alone lie there, and whether it is a box for small items.

    raises   GroupTaken, Invalid
    source   INV-10, S2-86, S6-28
    """
    with doing("upkeep.use_bin", on=bin, by=by, at=at, segregation=segregation, hazard=hazard) as deed:
        # One after another in a store: the sentence about a group does not see what somebody beside us writes.
        Store.objects.select_for_update().get(pk=bin.store_id)
        with refusing(
            incompatible_goods_never_share_a_group=GroupTaken,
            a_bin_is_in_a_segregation_group=Invalid(Sentence(N_("Name the group.")), field="segregation"),
            a_bin_is_for_a_known_hazard=Invalid(Sentence(N_("Choose a kind of hazardous goods.")), field="hazard"),
        ):
            use, _new = BinUse.objects.update_or_create(
                bin=bin,
                defaults={
                    "store_id": bin.store_id, "segregation": segregation.strip(), "hazard": hazard, "is_container": is_container,
                },
            )  # fmt: skip
        deed.about(use)
    return use


def mark_part(part: Part, *, is_small: bool = False, hazard: str = "", by: Actor, at: datetime) -> PartNature:
    """Say whether a part is small, and which hazard it is.

    raises   Invalid
    """
    with doing("upkeep.mark_part", by=by, at=at, part=part.code, hazard=hazard) as deed:
        with refusing(
            a_part_is_of_a_known_hazard=Invalid(Sentence(N_("Choose a kind of hazardous goods.")), field="hazard")
        ):
            nature, _new = PartNature.objects.update_or_create(
                part=part, defaults={"is_small": is_small, "hazard": hazard}
            )
        deed.about(nature)
    return nature


def refuse_place(part: Part, bin: Bin) -> None:
    """Refuse where a part must not lie: small items outside a container, hazardous goods outside their own group.

    raises   WrongPlace
    source   S2-86, INV-10
    """
    because = queries.why_not_there(part, bin)
    if because:
        raise WrongPlace(because)


def watch(passing: Passing) -> None:
    """The stock book asks at each bin that pieces enter or leave: a guarded door is open for who moves them, and they may lie there.

    raises   custody.StoreShut, custody.NotProtected, WrongPlace
    source   CTL-4, S2-82, S2-86, INV-10
    """
    if passing.target is not None:
        refuse_place(passing.part, passing.target)
    out_of, into = _around(passing.source), _around(passing.target)
    doors = guarded.guards_of([*out_of, *into]) if out_of or into else []
    for door in doors:
        leaves, enters = (any(_is_behind(door, row) for row in rows) for rows in (out_of, into))
        if leaves != enters:
            _through(
                door, passing, passing.source if leaves else passing.target, Direction.OUT if leaves else Direction.IN
            )


def _around(bin: Bin | None) -> list[Bin | Store]:
    return [bin, bin.store] if bin is not None else []


def _is_behind(door: ControlledStore, row: Bin | Store) -> bool:
    return (door.guards_type, door.guards_id) == (row._meta.label_lower, row.pk)  # noqa: SLF001  (Django documents it)


def _through(door: ControlledStore, passing: Passing, bin: Bin | None, direction: Direction) -> None:
    """The opening's list says the same as the book: how many lay behind the door before, and how many do now."""
    if bin is None:
        return
    is_room = door.guards_type == Store._meta.label_lower  # noqa: SLF001  (Django documents it)
    part = passing.part
    now = lying.on_hand(part, bin.store) if is_room else lying.lying_in([bin]).get((bin.pk, part.pk), 0)
    moved = passing.quantity if direction is Direction.IN else -passing.quantity
    custody.carry_through(
        door, item=part.code, direction=direction, quantity=passing.quantity, before=now - moved,
        authority=passing.document, by=passing.deed.consequence(), at=passing.deed.at,
    )  # fmt: skip


def _locked(inspection: Inspection) -> Inspection:
    return locking.lock(Inspection.objects.select_related("store__unit"), inspection.pk)


def _too_soon() -> Invalid:
    return Invalid(Sentence(N_("It is looked at again tomorrow at the earliest.")), field="next_check_on")
