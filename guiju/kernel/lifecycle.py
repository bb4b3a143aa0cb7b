"""A life is a table of arrows, walked one step at a time; of two people who push at once, one is told no."""

# ruff: noqa: SLF001  (Django documents _meta and _base_manager)

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import models

from .actor import Actor
from .deed import Deed
from .models import Transition
from .refusing import WrongState
from .words import N_, Sentence

# From where, to where, by which verb.
Arrows = Mapping[Any, Mapping[Any, str]]
Labels = Mapping[Any, str]


def advance(
    row: models.Model,
    *,
    to: StrEnum,
    arrows: Arrows,
    by: Actor,
    at: datetime,
    deed: Deed,
    field: str = "state",
    labels: Labels | None = None,
    **also: Any,
) -> Transition:
    """Take one step in the life of a row, and remember it.

    The state that the caller saw is compared and swapped in one UPDATE, so a step that someone else has taken
    meanwhile is never taken twice; the row needs no lock for it.

    also     other columns that change with the state, in the same UPDATE
    labels   the states in the trade's words, for the refusal
    raises   WrongState, which names the steps that are possible instead
    source   G-1, I27
    """
    origin = getattr(row, field)
    verb = arrows.get(origin, {}).get(to)
    if verb is None:
        raise _wrong(origin, arrows, labels)
    same = type(row)._base_manager.filter(**{"pk": row.pk, field: origin})
    if not same.update(**{field: to, **also}):
        now = type(row)._base_manager.values_list(field, flat=True).get(pk=row.pk)
        raise _wrong(now, arrows, labels)
    for name, value in {field: to, **also}.items():
        setattr(row, name, value)
    return Transition.objects.create(
        subject_type=row._meta.label_lower,
        subject_id=row.pk,
        from_state=str(origin),
        to_state=str(to),
        verb=verb,
        at=at,
        person_id=by.person_id,
        actor_name=by.name,
        entry_key=deed.key,
    )


def begin(row: models.Model, *, by: Actor, at: datetime, deed: Deed, field: str = "state") -> Transition:
    """Remember in which state a life began."""
    return Transition.objects.create(
        subject_type=row._meta.label_lower,
        subject_id=row.pk,
        from_state="",
        to_state=str(getattr(row, field)),
        verb=deed.verb,
        at=at,
        person_id=by.person_id,
        actor_name=by.name,
        entry_key=deed.key,
    )


def allowed(row: models.Model, arrows: Arrows, *, field: str = "state") -> Mapping[Any, str]:
    """Return where the row may go from here, each with the verb that takes it there."""
    return arrows.get(getattr(row, field), {})


def history(row: models.Model) -> models.QuerySet[Transition]:
    """Return the steps that the row has taken, the first one first."""
    steps = Transition.objects.filter(subject_type=row._meta.label_lower, subject_id=row.pk)
    return steps.order_by("pk")


def _wrong(state: Any, arrows: Arrows, labels: Labels | None) -> WrongState:
    names = labels or {}
    onward = arrows.get(state, {})
    because = [Sentence(N_("It is now: %(state)s."), {"state": Sentence(names.get(state, str(state)))})]
    because += [
        Sentence(N_("It can become: %(state)s."), {"state": Sentence(names.get(each, str(each)))}) for each in onward
    ]
    return WrongState(*because, allowed=[str(each) for each in onward])
