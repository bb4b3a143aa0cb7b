"""Our own people are warned of a promise before it breaks, and of a proof before it is due: each step once."""

from __future__ import annotations

from datetime import datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Refusal, refusing
from guiju.kernel.words import N_
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.oversight.notices import queries
from guiju.oversight.notices.models import PromiseWarning, WallWarning
from guiju.standing.people.models import Unit
from guiju.standing.pricing.queries import displays


class NobodyToWarn(Refusal):
    """It is not time yet, or all have been told."""

    sentence = N_("Everybody whom it concerns has been warned already, or it is too early.")


def warn(order: WorkOrder, *, by: Actor, at: datetime) -> list[PromiseWarning]:
    """Tell everybody whom it concerns that a promise of this job will break or is broken; nobody hears the same twice.

    raises   NobodyToWarn
    source   S6-10, S6-44, 3.3
    """
    with doing("notices.warn", on=order, by=by, at=at) as deed:
        # Two workers find the same job: the second one waits here, and then sees what the first one wrote.
        order = workorder.lock(order)
        told = queries.told_of(order)
        rows = [
            PromiseWarning(
                unit=order.unit,
                order=order,
                promise=danger.promise,
                part=danger.part,
                step=danger.step,
                stage=danger.stage,
                person=person,
                due_at=danger.due_at,
                at=at,
            )
            for danger in queries.dangers([order], at=at)
            for person in queries.still_to_tell(danger, told)
        ]
        if not rows:
            raise NobodyToWarn
        with refusing(
            a_person_is_warned_of_a_promise_once=NobodyToWarn, a_person_is_warned_of_a_part_once=NobodyToWarn
        ):
            PromiseWarning.objects.bulk_create(rows)
        deed.note(warned=[[row.person.number, str(row.step)] for row in rows])
    return rows


def warn_wall(unit: Unit, *, by: Actor, at: datetime) -> list[WallWarning]:
    """Tell an outlet that the proof of its price board falls due or is missing; nobody there hears the same twice.

    raises   NobodyToWarn
    source   PRC-5
    """
    with doing("notices.warn_wall", on=unit, by=by, at=at) as deed:
        # Two workers find the same wall: the second one waits here, and then sees what the first one wrote.
        unit = Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
        wall = displays.wall_of(unit, at=at)
        people = queries.whom_to_tell(wall, at=at)
        if not people or wall.listed is None:
            raise NobodyToWarn
        rows = [
            WallWarning(
                unit=unit, state=wall.state, price_list=wall.listed, proof=wall.proof, due_on=wall.due_on, days=wall.days,
                person=person, at=at,
            )
            for person in people
        ]  # fmt: skip
        with refusing(
            a_person_is_warned_of_a_wall_once=NobodyToWarn, a_person_is_warned_of_a_bare_wall_once=NobodyToWarn
        ):
            WallWarning.objects.bulk_create(rows)
        deed.note(state=str(wall.state), warned=[person.number for person in people])
    return rows


def acknowledge_warning(warning: PromiseWarning, *, by: Actor, at: datetime) -> PromiseWarning:
    """Whoever was warned has seen it, and with it all that was said to the same person of that job before; again changes nothing."""
    with doing("notices.acknowledge_warning", on=warning, by=by, at=at, order=warning.order.number):
        said = PromiseWarning.objects.filter(
            order=warning.order_id, person=warning.person_id, pk__lte=warning.pk, seen_at__isnull=True
        )
        said.update(seen_at=at)
        warning.refresh_from_db(fields=["seen_at"])
    return warning
