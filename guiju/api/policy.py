"""The figures of the house: what they are, since when and why; and from when on they shall be something else."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Router, Schema

from guiju.api import finding
from guiju.api.fields import Day, Input, Key, Line, Name, Nothing, Short
from guiju.api.lists import Filter, Listing, show
from guiju.api.problems import PROBLEMS
from guiju.api.verbs import Output, Target, Verb, speak
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.standing.people.models import Unit
from guiju.standing.policy import actions, queries
from guiju.standing.policy.models import ClosedDay, ParameterValue
from guiju.standing.policy.rules import CATALOGUE, State


def _key(key: str, by: Actor) -> str:
    # The catalogue of figures is no secret; a name that is not in it is refused by the action.
    return key


FIGURE = Target("key", Short, _key)
DRAFT = Target("draft", Key, finding.draft)


class SetValue(Input):
    """Another value from a day on; without a unit it is the whole brand's.

    value   a whole number, in minor units where it is money; a text for a time (09:00), a percentage (12.5) or words
    """

    unit: finding.UnitCode | None = None
    value: int | Line | None
    starts_on: Day
    reason: Line


class CloseDay(Input):
    """A day on which a unit, or without one the whole brand, is closed."""

    unit: finding.UnitCode | None = None
    on: Day
    reason: Line


class ClosedDayOut(Output):
    """A closed day."""

    id: int
    unit: str | None
    on: date
    reason: str
    is_withdrawn: bool

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> ClosedDayOut:
        """The day as it stands now."""
        return cls(**closed_day_shown(ClosedDay.objects.select_related("unit").get(pk=result.pk)))


def closed_day_shown(row: ClosedDay) -> dict[str, Any]:
    """A closed day as a list shows it."""
    kept = {"id": row.pk, "on": row.on, "reason": row.reason, "is_withdrawn": row.withdrawn_at is not None}
    return kept | {"unit": row.unit.code if row.unit else None}


def visible_closed_days(by: Actor) -> QuerySet[ClosedDay]:
    """The brand's closed days, and those of the asker's units."""
    return ClosedDay.objects.visible_to(by).select_related("unit")


def _closed_day(key: int, by: Actor) -> ClosedDay:
    return finding.one(visible_closed_days(by), pk=key)


CLOSED_DAY = Target("key", Key, _closed_day)


class FigureOut(Schema):
    """A figure as it holds in one place on one day."""

    key: str
    value: int | str | None
    unit_of_measure: str
    version: str
    source: str


class ValueOut(Output):
    """Something that was written for a figure."""

    id: int
    key: str
    unit: str | None
    value: int | str | None
    state: str
    starts_on: date
    ends_on: date | None
    reason: str

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> ValueOut:
        """The value as it was written."""
        row = ParameterValue.objects.select_related("unit").get(pk=result.pk)
        return cls(**value_shown(row))


def value_shown(row: ParameterValue) -> dict[str, Any]:
    """A value as a list shows it."""
    kept = ("key", "value", "state", "starts_on", "ends_on", "reason")
    return {name: getattr(row, name) for name in kept} | {"id": row.pk, "unit": row.unit.code if row.unit else None}


router = Router(tags=["policy"])
speak(
    router,
    [
        Verb("/figures/{key}/set", actions.set_value, SetValue, ValueOut, FIGURE, right=None),
        Verb("/figures/{key}/draft", actions.draft_value, SetValue, ValueOut, FIGURE),
        Verb("/figure-drafts/{draft}/adopt", actions.adopt, Nothing, ValueOut, DRAFT, right=None),
        Verb("/figure-drafts/{draft}/drop", actions.drop_draft, Nothing, ValueOut, DRAFT),
        Verb("/closed-days", actions.close_day, CloseDay, ClosedDayOut),
        Verb("/closed-days/{key}/reopen", actions.reopen_day, Nothing, ClosedDayOut, CLOSED_DAY),
    ],
)


def visible_values(by: Actor) -> QuerySet[ParameterValue]:
    """What was written for the figures: what holds, what will, and what was drafted."""
    return ParameterValue.objects.visible_to(by).select_related("unit")


show(
    router,
    [
        Listing(
            "/figure-values", "values", "policy.see", ValueOut, visible_values, lambda rows: [value_shown(row) for row in rows],
            filters={
                "key": Filter(Name, "key"), "unit": Filter(Short, "unit__code"), "state": Filter(list[State], "state"),
                "starts_from": Filter(Day, "starts_on__gte"),
            },
            sorts={"id": "pk", "key": "key", "starts_on": "starts_on"},
        ),
        Listing(
            "/closed-days", "closed_days", "policy.see", ClosedDayOut, visible_closed_days,
            lambda rows: [closed_day_shown(row) for row in rows],
            filters={"unit": Filter(Short, "unit__code"), "on_from": Filter(Day, "on__gte"), "on_before": Filter(Day, "on__lt")},
            sorts={"id": "pk", "on": "on"},
        ),
    ],
)  # fmt: skip


@router.get("/figures", response={200: list[FigureOut], **PROBLEMS}, operation_id="policy.figures")
def figures(request: HttpRequest, unit: Short = "", on: Day | None = None) -> Any:
    """Every figure as it holds in a unit on a day: the asker's own and today, unless told otherwise."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.may("policy.see"):
        raise NotAllowed
    place: Unit | None = finding.unit(unit, actor) if unit else request.unit  # type: ignore[attr-defined]
    day = on or (place.day(now()) if place else now().date())
    return [
        {
            "key": each.key, "value": _written(each.value), "unit_of_measure": each.unit_of_measure,
            "version": each.version, "source": each.source,
        }
        for each in queries.figures(CATALOGUE, unit=place, on=day).values()
    ]  # fmt: skip


def _written(value: Any) -> int | str | None:
    if value is None or isinstance(value, int):
        return value
    return value.isoformat("minutes") if isinstance(value, time) else str(value)
