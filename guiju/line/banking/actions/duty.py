"""Who watches over the safe at night, and what that person finds when the night is taken over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.banking import queries, rules
from guiju.line.banking.actions import alarms
from guiju.line.banking.models import DutyCheck, DutyRoster
from guiju.line.banking.rules import Alarm
from guiju.standing.people.models import Person, Unit
from guiju.standing.people.rules import Status


class HoldsALockOfTheSafe(Refusal):
    """Three people: two custodians, and whoever is on duty (5.4)."""

    sentence = N_("This person holds a lock of the safe that night, and cannot be on duty too.")
    field = "officer"


class DutyTaken(Refusal):
    """Whoever was on duty when the bag was put in stays who was on duty."""

    sentence = N_("The night has begun with somebody else on duty, and stays theirs.")
    field = "officer"


def name_officer(unit: Unit, *, night: date, officer: Person, by: Actor, at: datetime) -> DutyRoster:
    """Name who watches over the safe in a night; another one as long as nothing was done in it.

    night    the day on which it begins, tonight or later
    raises   HoldsALockOfTheSafe, DutyTaken, Invalid
    source   S6-34, 5.4
    """
    with doing("banking.name_officer", unit_id=unit.pk, by=by, at=at, night=night, officer=officer.number) as deed:
        if night < rules.night_of(at, unit.time_zone):
            raise Invalid(Sentence(N_("That night is over.")), field="night")
        if officer.status != Status.ACTIVE:
            raise Invalid(Sentence(N_("This person does not work here now.")), field="officer")
        said = {"officer": officer, "named_by_id": by.natural_person_id, "named_at": at}
        with refusing(
            a_duty_officer_holds_no_lock_of_the_safe=HoldsALockOfTheSafe,
            who_was_on_duty_stays_who_was_on_duty=DutyTaken,
        ):
            roster, _is_new = DutyRoster.objects.update_or_create(unit=unit, night=night, defaults=said)
        deed.about(roster)
    return roster


def check_seals(
    roster: DutyRoster, *, seen: Sequence[str], camera_ok: bool, note: str = "", by: Actor, at: datetime
) -> DutyCheck:
    """Take the night over: read the numbers off the bags in the safe, and look whether the camera runs.

    seen     the seal numbers that were read; what lies there by the record is compared with them, and not shown before
    raises   Invalid
    source   S6-34, 3.10 "duty takeover check"
    """
    with doing("banking.check_seals", on=roster, by=by, at=at, camera_ok=camera_ok) as deed:
        unit = roster.unit
        read = sorted({each.strip().upper() for each in seen if each.strip()})
        expected = sorted(queries.in_the_safe(unit).values_list("seal_number", flat=True))
        is_whole = read == expected
        missing = Invalid(
            Sentence(N_("What you read is not what should lie there, or the camera does not run. Say what you found."))
        )
        missing.field = "note"
        with refusing(what_the_duty_officer_missed_is_said=missing):
            check = DutyCheck.objects.create(
                roster=roster,
                at=at,
                expected=expected,
                seen=read,
                seals_ok=is_whole,
                camera_ok=camera_ok,
                note=note.strip(),
            )
        for kind, is_wrong in ((Alarm.SEALS, not is_whole), (Alarm.CAMERA, not camera_ok)):
            if is_wrong:
                alarms.tell(unit, kind, on=roster.night, subject=f"{roster.night:%Y-%m-%d}", deed=deed)
        deed.about(check)
    return check
