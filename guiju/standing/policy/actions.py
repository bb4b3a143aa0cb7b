"""Setting a figure: from a day on, for a reason, by whoever answers for it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from guiju.kernel import lifecycle
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.refusing import Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.standing.people.models import Unit
from guiju.standing.policy import events, rules
from guiju.standing.policy.models import ClosedDay, ParameterValue
from guiju.standing.policy.rules import State


class FigureUnknown(Refusal):
    """The catalogue has no such figure."""

    sentence = N_("There is no figure of this name.")
    field = "key"
    status = 422


class ValueRefused(Refusal):
    """Not a value for this figure, or past its bounds."""

    sentence = N_("This cannot be the value of the figure.")
    field = "value"
    status = 422


class ReasonMissing(Refusal):
    """Next year somebody will ask why."""

    sentence = N_("Say why the figure changes.")
    field = "reason"
    status = 422


class StartsInThePast(Refusal):
    """What was judged by the old figure stays judged by it."""

    sentence = N_("A figure changes from today or a later day on, never backwards.")
    field = "starts_on"
    status = 422


class InUseAlready(Refusal):
    """A value began on that very day; editing it would change what was judged by it."""

    sentence = N_("Another value began on that day and is in use. Choose a later day.")
    field = "starts_on"


class SetMeanwhile(Refusal):
    """Somebody else has just set the same figure."""

    sentence = N_("Somebody else has just set this figure. Look at it again.")


class ClosedInThePast(Refusal):
    """What was promised by the calendar stays promised by it."""

    sentence = N_("The calendar changes from today on, never backwards.")
    field = "on"
    status = 422


class ClosedAlready(Refusal):
    """It says so already."""

    sentence = N_("That day is closed already.")
    field = "on"


class WithdrawnAlready(Refusal):
    """Somebody else was quicker."""

    sentence = N_("This closed day was withdrawn already.")


def set_value(
    key: str, *, unit: Unit | None, value: Any, starts_on: date, reason: str, by: Actor, at: datetime
) -> ParameterValue:
    """Give a figure another value from a day on; until that day the old one holds. Setting the same twice is once.

    unit        None, or the head office, sets it for the whole brand
    value       money in minor units; percent as Decimal; time; None where the figure shall have none
    starts_on   today or later on the unit's clock
    raises      FigureUnknown, ValueRefused, ReasonMissing, StartsInThePast, InUseAlready, SetMeanwhile, NotAllowed
    source      G-4, PLT-3; 5.2 "Parameters"
    """
    parameter, unit = _parameter(key), _scope(unit)
    verb = rules.VERBS[parameter.family]
    with doing(verb, unit_id=_id(unit), by=by, at=at, key=key, value=value, starts_on=starts_on, reason=reason) as deed:
        return _fit_in(_written(parameter, unit, value, starts_on=starts_on, reason=reason, deed=deed), deed)


def draft_value(
    key: str, *, unit: Unit | None, value: Any, starts_on: date, reason: str, by: Actor, at: datetime
) -> ParameterValue:
    """Propose a value, for somebody who may set it to adopt.

    raises   FigureUnknown, ValueRefused, ReasonMissing, StartsInThePast
    """
    parameter, unit = _parameter(key), _scope(unit)
    with doing("policy.draft_value", unit_id=_id(unit), by=by, at=at, key=key, value=value, reason=reason) as deed:
        draft = _written(parameter, unit, value, starts_on=starts_on, reason=reason, deed=deed)
        draft.save()
        lifecycle.begin(draft, by=by, at=at, deed=deed)
        deed.about(draft)
    return draft


def adopt(draft: ParameterValue, *, by: Actor, at: datetime) -> ParameterValue:
    """Set a figure to what somebody has drafted.

    raises   WrongState, StartsInThePast, InUseAlready, SetMeanwhile, NotAllowed
    """
    with doing(rules.VERBS[_parameter(draft.key).family], on=draft, by=by, at=at) as deed:
        draft = ParameterValue.objects.select_for_update(of=("self",)).select_related("unit").get(pk=draft.pk)
        if draft.state == State.DRAFT and draft.starts_on < _today(draft.unit, at):
            raise StartsInThePast
        kept = _fit_in(draft, deed)
        if kept.pk != draft.pk:
            lifecycle.advance(draft, to=State.DROPPED, arrows=rules.ARROWS, by=by, at=at, deed=deed)
    return kept


def drop_draft(draft: ParameterValue, *, by: Actor, at: datetime) -> ParameterValue:
    """Put a draft aside.

    raises   WrongState
    """
    with doing("policy.drop_draft", on=draft, by=by, at=at) as deed:
        lifecycle.advance(
            draft, to=State.DROPPED, arrows=rules.ARROWS, labels=rules.STATE_LABELS, by=by, at=at, deed=deed
        )
    return draft


def close_day(unit: Unit | None, *, on: date, reason: str, by: Actor, at: datetime) -> ClosedDay:
    """Say that a unit, and all under it, is closed on a day: promises reckon with it from now on.

    unit     None, or the head office, closes the whole brand
    reason   the holiday's name, or why else
    raises   ClosedInThePast, ClosedAlready, ReasonMissing, NotAllowed
    source   PLT "Calendar: working days, holidays"; S6-10
    """
    unit = _scope(unit)
    with doing("policy.close_day", unit_id=_id(unit), by=by, at=at, day=on, reason=reason) as deed:
        if not reason.strip():
            raise ReasonMissing
        if on < _today(unit, at):
            raise ClosedInThePast
        with refusing(a_unit_closes_once_a_day=ClosedAlready, the_brand_closes_once_a_day=ClosedAlready):
            day = ClosedDay.objects.create(unit=unit, on=on, reason=reason.strip(), set_by_id=by.person_id, set_at=at)
        deed.about(day)
        deed.tell(events.DayClosed(day.pk, day.unit_id, on))
    return day


def reopen_day(day: ClosedDay, *, by: Actor, at: datetime) -> ClosedDay:
    """Withdraw a closed day that has not come yet; it stays to be read.

    raises   WithdrawnAlready, ClosedInThePast
    """
    with doing("policy.reopen_day", on=day, by=by, at=at) as deed:
        day = ClosedDay.objects.select_for_update(of=("self",)).select_related("unit").get(pk=day.pk)
        if day.withdrawn_at is not None:
            raise WithdrawnAlready
        if day.on < _today(day.unit, at):
            raise ClosedInThePast
        ClosedDay.objects.filter(pk=day.pk).update(withdrawn_by_id=by.person_id, withdrawn_at=at)
        day.withdrawn_by_id, day.withdrawn_at = by.person_id, at
        deed.tell(events.DayReopened(day.pk, day.unit_id, day.on))
    return day


def _parameter(key: str) -> rules.Parameter:
    if key not in rules.CATALOGUE:
        raise FigureUnknown
    return rules.CATALOGUE[key]


def _scope(unit: Unit | None) -> Unit | None:
    """The head office's figure is the brand's: two scopes for one thing could disagree."""
    return None if unit is None or unit.parent_id is None else unit


def _id(unit: Unit | None) -> int | None:
    return None if unit is None else unit.pk


def _today(unit: Unit | None, at: datetime) -> date:
    # The brand has no clock of its own; its head office has.
    return (unit or Unit.objects.get(parent__isnull=True)).day(at)


def _written(
    parameter: rules.Parameter, unit: Unit | None, value: Any, *, starts_on: date, reason: str, deed: Deed
) -> ParameterValue:
    """Judge a value; the row is not saved yet."""
    if parameter.waits:
        raise ValueRefused(Sentence(N_("Nothing in the house goes by this figure yet, so it cannot be set.")))
    # Only a figure that has none by default may be set to none; for the others, nothing is not a value.
    may_be_none = value is None and parameter.default is None
    reading = rules.Reading(None) if may_be_none else rules.write(parameter, "" if value is None else value)
    if reading.refused:
        raise ValueRefused(*reading.because)
    if not reason.strip():
        raise ReasonMissing
    if starts_on < _today(unit, deed.at):
        raise StartsInThePast
    return ParameterValue(
        key=parameter.key, unit=unit, value=reading.written, starts_on=starts_on, reason=reason.strip(),
        state=State.DRAFT.value, set_by_id=deed.by.person_id, set_at=deed.at,
    )  # fmt: skip


def _fit_in(row: ParameterValue, deed: Deed) -> ParameterValue:
    """Fit a value in between those that are there: the one before ends, the one after stays."""
    scope = ParameterValue.objects.filter(key=row.key, unit=row.unit, state=State.SET.value)
    there = list(scope.select_for_update().order_by("starts_on"))
    before = next((each for each in reversed(there) if each.starts_on < row.starts_on), None)
    same = next((each for each in there if each.starts_on == row.starts_on and each.pk != row.pk), None)
    after = next((each for each in there if each.starts_on > row.starts_on), None)
    if same is not None and same.value == row.value:
        deed.about(same)
        return same
    if same is not None:
        if same.starts_on <= _today(row.unit, deed.at):
            raise InUseAlready
        lifecycle.advance(same, to=State.REPLACED, arrows=rules.ARROWS, by=deed.by, at=deed.at, deed=deed)
    if before is not None and (before.ends_on is None or before.ends_on > row.starts_on):
        before.ends_on = row.starts_on
        before.save(update_fields=["ends_on"])
    _set(row, after.starts_on if after is not None else None, deed)
    deed.note(before=before.value if before is not None else None)
    deed.tell(events.ValueSet(row.pk, row.key, row.unit_id, row.starts_on))
    return row


def _set(row: ParameterValue, ends_on: date | None, deed: Deed) -> None:
    """Make a new row, or a draft, count from its day on."""
    with refusing(a_figure_has_one_value_a_day=SetMeanwhile):
        if row._state.adding:  # noqa: SLF001  (Django documents _state)
            row.state, row.ends_on = State.SET.value, ends_on
            row.save()
            lifecycle.begin(row, by=deed.by, at=deed.at, deed=deed)
        else:
            lifecycle.advance(
                row,
                to=State.SET,
                ends_on=ends_on,
                arrows=rules.ARROWS,
                labels=rules.STATE_LABELS,
                by=deed.by,
                at=deed.at,
                deed=deed,
            )
    deed.about(row)
