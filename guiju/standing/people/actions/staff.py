"""People come, are suspended, come back, and leave."""

from __future__ import annotations

from datetime import datetime

from guiju.kernel import lifecycle
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.standing.people import events
from guiju.standing.people.models import ApiKey, Login, Person, RoleGrant, Unit
from guiju.standing.people.rules import ARROWS, Status


class NumberTaken(Refusal):
    """The number is on somebody's badge."""

    sentence = N_("Another person has this number.")
    field = "number"


class NameMissing(Refusal):
    """A person without a name can't answer for anything."""

    sentence = N_("Give the person's name.")
    field = "name"
    status = 422


class UnitClosed(Refusal):
    """Nobody starts in a unit that is closed."""

    sentence = N_("This unit is closed.")
    field = "unit"


class Oneself(Refusal):
    """Nobody decides about their own place in the house."""

    sentence = N_("Somebody else must do this for you.")


def hire(*, unit: Unit, number: str, name: str, phone: str = "", by: Actor, at: datetime) -> Person:
    """Take somebody on; who may not admit people asks by this, and the person waits until somebody admits them.

    number   as on the badge
    raises   NumberTaken, NameMissing, UnitClosed
    source   5.2 "Users, roles, limits": the manager asks, the administrator admits
    """
    with doing("people.hire", on=unit, by=by, at=at) as deed:
        if not name.strip():
            raise NameMissing
        if not number.strip():
            raise Invalid(Sentence(N_("Give the number on the badge.")), field="number")
        if not unit.is_active:
            raise UnitClosed
        status = Status.ACTIVE if by.may("people.admit", unit_id=unit.pk) else Status.PENDING
        with refusing(people_person_number=NumberTaken):
            person = Person.objects.create(
                unit=unit, number=number.strip(), name=name.strip(), phone=phone, status=status.value
            )
        deed.about(person)
        deed.tell(events.Hired(person.pk, person.number, person.status))
    return person


def admit(person: Person, *, by: Actor, at: datetime) -> Person:
    """Let a person who waits begin to work.

    raises   WrongState, Oneself
    """
    with doing("people.admit", on=person, by=by, at=at) as deed:
        return _move(person, Status.ACTIVE, deed)


def suspend(person: Person, *, reason: str, by: Actor, at: datetime) -> Person:
    """Take away everything a person may do, at once and on every device and key, without forgetting what they held.

    raises   WrongState, Oneself
    source   T39
    """
    with doing("people.suspend", on=person, by=by, at=at, reason=reason) as deed:
        return _move(person, Status.SUSPENDED, deed)


def reinstate(person: Person, *, reason: str, by: Actor, at: datetime) -> Person:
    """Give a suspended person back what they held.

    raises   WrongState, Oneself
    """
    with doing("people.reinstate", on=person, by=by, at=at, reason=reason) as deed:
        return _move(person, Status.ACTIVE, deed)


def part_with(person: Person, *, reason: str, by: Actor, at: datetime) -> Person:
    """Let a person go: their roles end today, their login and keys open nothing any more.

    raises   WrongState, Oneself
    source   PPL-7: whoever calls this has seen the hand-overs done; people knows neither cash nor stock nor jobs
    """
    with doing("people.part_with", on=person, by=by, at=at, reason=reason) as deed:
        person = _move(person, Status.LEFT, deed)
        today = person.unit.day(at)
        open_grants = RoleGrant.objects.filter(person=person).exclude(ends_on__lte=today)
        # A grant that has not begun ends where it begins: an empty span, which grants nothing.
        for grant in open_grants:
            grant.ends_on = max(today, grant.starts_on)
            grant.save(update_fields=["ends_on"])
        Login.objects.filter(person=person).update(is_active=False)
        ApiKey.objects.filter(person=person, revoked_at__isnull=True).update(revoked_at=at)
    return person


def _move(person: Person, to: Status, deed: Deed) -> Person:
    if deed.by.person_id == person.pk:
        raise Oneself
    lifecycle.advance(person, to=to, arrows=ARROWS, by=deed.by, at=deed.at, deed=deed, field="status")
    deed.tell(events.StatusChanged(person.pk, person.number, person.status))
    return person
