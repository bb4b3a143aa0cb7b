"""The old part, from the bag it is put into until it is given, credited, destroyed, or missing and charged (WO-9, 2.9, 4.x)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.storeroom.models import OldPart, PartRequest
from guiju.line.storeroom.rules import (
    DECIDED_AT_REMOVAL,
    OLD_PART_ARROWS,
    OLD_PART_LABELS,
    TO_RETURN,
    TO_SCRAP,
    OldPartOutcome,
    OldPartState,
)
from guiju.line.workorder.models import WorkOrder
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy


class NotToDestroy(Refusal):
    """It is the customer's, or head office waits for it."""

    sentence = N_("This old part is not ours to destroy: %(outcome)s.")


class SecondPersonNeeded(Refusal):
    """Destroyed by two: one who asks, another who sees it done."""

    sentence = N_("You asked for it yourself. A second person has to confirm that it is destroyed.")


class NobodyAsked(Refusal):
    """There is no request to confirm."""

    sentence = N_("Nobody has asked to destroy this old part.")


class NotOverdue(Refusal):
    """There is nothing to charge."""

    sentence = N_("This old part is not overdue, or was charged already.")


def record_old_part(
    request: PartRequest,
    *,
    quantity: int,
    condition: str,
    outcome: OldPartOutcome,
    serial: str = "",
    by: Actor,
    at: datetime,
) -> OldPart:
    """Tag the part that came out, and say what becomes of it.

    raises  Invalid
    source  WO-9; what goes back to head office is due there after `oldpart.return_days`
    """
    with doing("storeroom.record_old_part", on=request.order, by=by, at=at, outcome=str(outcome)) as deed:
        if not condition.strip():
            raise Invalid(Sentence(N_("Say in what condition the old part is.")), field="old_condition")
        if outcome not in DECIDED_AT_REMOVAL:
            raise Invalid(
                Sentence(N_("Whether the customer leaves it here is said at the hand-over.")), field="old_outcome"
            )
        day, returns = request.order.unit.day(at), outcome in TO_RETURN
        old = OldPart.objects.create(
            tag=next_number("OP", request.order.unit.code, day),
            order_id=request.order_id,
            request=request,
            part=request.part,
            quantity=quantity,
            serial=serial.strip(),
            condition=condition.strip(),
            outcome=outcome,
            removed_at=at,
            removed_by_id=by.natural_person_id,
            due_on=day + _return_days(request.order.unit, day) if returns else None,
        )
        deed.note(tag=old.tag)
    return old


def keep_old_parts(order: WorkOrder, *, by: Actor, at: datetime) -> int:
    """The customer signed to leave the own old parts here: they are the house's now; how many.

    source  WO-9, C10
    """
    with doing("storeroom.keep_old_parts", on=order, by=by, at=at) as deed:
        left = OldPart.objects.filter(order=order, outcome=OldPartOutcome.RETURN_TO_CUSTOMER)
        kept = left.update(outcome=OldPartOutcome.WAIVED)
        deed.note(kept=kept)
    return kept


def ask_scrap(old: OldPart, *, reason: str, by: Actor, at: datetime) -> OldPart:
    """Ask that an old part is destroyed; a second person sees it done.

    raises    NotToDestroy, WrongState, Invalid
    source    "Adjustment / scrap": SK proposes, another approves
    """
    with doing("storeroom.ask_scrap", on=old.order, by=by, at=at) as deed:
        (old,) = lock_bags([old.pk])
        _require_ours(old)
        if len(reason.strip()) < 5:
            raise Invalid(Sentence(N_("Give a reason of at least five letters.")), field="reason")
        write(old, scrap_asked_by_id=by.natural_person_id, scrap_asked_at=at, scrap_reason=reason.strip()[:300])
        deed.note(tag=old.tag, reason=old.scrap_reason)
    return old


def scrap_old_part(old: OldPart, *, by: Actor, at: datetime) -> OldPart:
    """Confirm, as the second person, that an old part is destroyed.

    raises    NobodyAsked, SecondPersonNeeded, WrongState
    source    5.4
    """
    with doing("storeroom.scrap_old_part", on=old.order, by=by, at=at) as deed:
        (old,) = lock_bags([old.pk])
        _require_ours(old)
        if old.scrap_asked_at is None:
            raise NobodyAsked
        with refusing(an_old_part_is_destroyed_by_two=SecondPersonNeeded):
            step(old, OldPartState.SCRAPPED, deed, scrapped_by_id=by.natural_person_id, scrapped_at=at)
        deed.note(tag=old.tag, reason=old.scrap_reason)
    return old


def miss_old_part(old: OldPart, *, note: str, by: Actor, at: datetime) -> OldPart:
    """An old part that should lie here is not found; it is charged.

    raises    WrongState, Invalid
    """
    with doing("storeroom.miss_old_part", on=old.order, by=by, at=at) as deed:
        (old,) = lock_bags([old.pk])
        if len(note.strip()) < 5:
            raise Invalid(Sentence(N_("Say where it was looked for, in at least five letters.")), field="note")
        step(
            old, OldPartState.MISSING, deed, missing_at=at, missing_note=note.strip()[:300], is_chargeable=True, charge_minor=worth(old)
        )  # fmt: skip
        deed.note(tag=old.tag, note=old.missing_note)
    return old


def find_old_part(old: OldPart, *, by: Actor, at: datetime) -> OldPart:
    """An old part that was missing lies here after all; nothing is charged for it.

    raises    WrongState
    """
    with doing("storeroom.find_old_part", on=old.order, by=by, at=at) as deed:
        (old,) = lock_bags([old.pk])
        step(
            old,
            OldPartState.KEPT,
            deed,
            batch=None,
            missing_at=None,
            missing_note="",
            is_chargeable=False,
            charge_minor=None,
        )
        deed.note(tag=old.tag)
    return old


def charge_overdue(old: OldPart, *, by: Actor, at: datetime) -> OldPart:
    """Mark an old part that was not sent in time as charged; once it comes to head office it is not any more.

    raises    WrongState
    source    settlement "old part not returned", after `oldpart.return_days`
    """
    with doing("storeroom.charge_overdue", on=old.order, by=by, at=at) as deed:
        (old,) = lock_bags([old.pk])
        is_late = old.due_on is not None and old.due_on < old.order.unit.day(at)
        if old.state != OldPartState.KEPT or not is_late or old.is_chargeable:
            raise NotOverdue
        write(old, is_chargeable=True, charge_minor=worth(old))
        deed.note(tag=old.tag, due_on=str(old.due_on))
    return old


def lock_bags(keys: Iterable[int]) -> list[OldPart]:
    """Lock old parts, always in the order of their keys."""
    rows = OldPart.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    return list(rows.select_related("order__unit", "part", "batch").order_by("pk"))


def step(old: OldPart, to: OldPartState, deed: Deed, **also: Any) -> None:
    """One step in the life of an old part."""
    advance(old, to=to, arrows=OLD_PART_ARROWS, by=deed.by, at=deed.at, deed=deed, labels=OLD_PART_LABELS, **also)


def write(old: OldPart, **columns: Any) -> None:
    """Write a few columns of an old part that the deed holds locked."""
    OldPart.objects.filter(pk=old.pk).update(**columns)
    for name, value in columns.items():
        setattr(old, name, value)


def _require_ours(old: OldPart) -> None:
    is_here = old.state == OldPartState.KEPT and old.outcome in TO_SCRAP
    if not is_here and old.state != OldPartState.RECEIVED:
        raise NotToDestroy(outcome=Sentence(OLD_PART_LABELS[OldPartState(old.state)]))


def worth(old: OldPart) -> int | None:
    """What an outlet is charged for a missing one, in minor units: the cost of the part; None where the catalogue knows none."""
    return old.part.cost_minor * old.quantity if old.part.cost_minor is not None else None


def _return_days(unit: Unit, day: date) -> timedelta:
    return timedelta(days=int(policy.figure("oldpart.return_days", unit=unit, on=day).value))
