"""A figure of the house as people read it and type it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext

from guiju.desks.common.words import money, plain_money
from guiju.kernel.actor import Actor
from guiju.kernel.search import fold
from guiju.kernel.words import N_
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries
from guiju.standing.policy.rules import CATALOGUE, FAMILY_LABELS, VERBS, Kind, Parameter

# As parameters.toml says what a figure counts.
MEASURES: Mapping[str, str] = {
    "%RH": N_("% relative humidity"),
    "calls": N_("calls"),
    "days": N_("days"),
    "days after the invoice": N_("days after the invoice"),
    "days, same serial and fault": N_("days, same serial and fault"),
    "hours": N_("hours"),
    "ingredients a week": N_("ingredients a week"),
    "jobs": N_("jobs"),
    "keys": N_("keys"),
    "km one way": N_("km one way"),
    "languages": N_("languages"),
    "local time": N_("local time"),
    "minor units": "",
    "minor units per km": N_("per km"),
    "minutes": N_("minutes"),
    "months": N_("months"),
    "per 1,000 jobs in 30 days": N_("per 1,000 jobs in 30 days"),
    # The sign says it.
    "percent": "",
    "percent a day": N_("percent a day"),
    "persons": N_("persons"),
    "photos": N_("photos"),
    "pieces": N_("pieces"),
    "points": N_("points"),
    "rows": N_("rows"),
    "seconds": N_("seconds"),
    "skills": N_("skills"),
    "times": N_("times"),
    "times a year": N_("times a year"),
    "tries": N_("tries"),
    "weekdays": N_("weekdays"),
    "working days": N_("working days"),
    "working minutes": N_("working minutes"),
    "years": N_("years"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One figure as the list shows it."""

    key: str
    name: str
    family: str
    value: str
    measure: str
    source: str
    version: str


def name_of(parameter: Parameter) -> str:
    """The figure's name in the reader's language."""
    return parameter.names.get((get_language() or "en").lower()) or parameter.names["en"]


def measure_of(parameter: Parameter) -> str:
    """What the figure counts; money says so by its currency."""
    word = MEASURES.get(parameter.unit, parameter.unit)
    return gettext(word) if word else ""


def value_of(parameter: Parameter, value: Any, currency: str = "") -> str:
    """A value as people read it."""
    if value is None or value == "":
        return "—"
    if parameter.kind == Kind.MONEY:
        return money(int(value), currency)
    if parameter.kind == Kind.PERCENT:
        return f"{value} %"
    if parameter.kind == Kind.TIME:
        return f"{value:%H:%M}"
    return str(value)


def typed_of(parameter: Parameter, value: Any) -> str:
    """The same as somebody would type it."""
    if value is None:
        return ""
    if parameter.kind == Kind.MONEY:
        return plain_money(int(value))
    return f"{value:%H:%M}" if parameter.kind == Kind.TIME else str(value)


def rows(unit: Unit | None, on: date, *, text: str = "", family: str = "") -> list[Row]:
    """The figures whose name or key holds this text, each with what is in force in that unit on that day."""
    wanted = fold(text)
    chosen = [
        parameter
        for parameter in CATALOGUE.values()
        if (not family or parameter.family == family)
        and wanted in fold(" ".join([parameter.key, *parameter.names.values()]))
    ]
    return list(_rows(chosen, unit, on))


def _rows(chosen: Iterable[Parameter], unit: Unit | None, on: date) -> Iterable[Row]:
    chosen = sorted(chosen, key=lambda each: each.key)
    there = queries.figures([each.key for each in chosen], unit=unit, on=on)
    for parameter in chosen:
        figure = there[parameter.key]
        yield Row(
            parameter.key,
            name_of(parameter),
            gettext(FAMILY_LABELS[parameter.family]),
            value_of(parameter, figure.value, unit.currency if unit else ""),
            measure_of(parameter),
            figure.source,
            figure.version,
        )


def may_set(actor: Actor, parameter: Parameter) -> bool:
    """Whether this person answers for the figure somewhere."""
    return actor.may(VERBS[parameter.family])
