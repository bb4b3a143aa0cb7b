"""Which value a figure has, where and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Q, QuerySet

from guiju.kernel.actor import Actor
from guiju.kernel.remembered import Remembered
from guiju.kernel.verification import invariant
from guiju.standing.people.models import Unit
from guiju.standing.policy.models import ClosedDay, ParameterValue
from guiju.standing.policy.rules import CATALOGUE, Figure, Parameter, State, StateCalendar, calendar_of, version_of

BRAND = "brand"
# Whether a unit is closed on the public holidays of its state.
HOLIDAYS = "promise.public_holidays"
CLOSED = "closed"


def figure(key: str, *, unit: Unit | None, on: date) -> Figure:
    """The value of a figure in a unit on a day: the unit's own, else that of the nearest unit above, the brand's, the default.

    unit     None asks for the brand
    raises   KeyError for a figure that is not in the catalogue
    source   PLT-3, 4.12
    """
    return figures([key], unit=unit, on=on)[key]


def figure_by_unit(key: str, *, units: Iterable[Unit], on: date) -> Mapping[int, Figure]:
    """One figure of several units on one day, by their keys, asked for at once."""
    lineages = {unit.pk: unit.lineage for unit in units}
    rows = _VALUES(keys=[key], lineage=sorted({code for lineage in lineages.values() for code in lineage}), on=on)
    wanted = {key: CATALOGUE[key]}
    return {
        pk: _nearest(wanted, [row for row in rows if not row.unit or row.unit.code in lineage], lineage)[key]
        for pk, lineage in lineages.items()
    }


def figures(keys: Iterable[str], *, unit: Unit | None, on: date) -> Mapping[str, Figure]:
    """Several figures of one unit on one day, asked for at once.

    raises   KeyError for a figure that is not in the catalogue
    """
    wanted = {key: CATALOGUE[key] for key in keys}
    lineage = unit.lineage if unit is not None else ()
    return _nearest(wanted, _VALUES(keys=list(wanted), lineage=list(lineage), on=on), lineage)


def _nearest(
    wanted: Mapping[str, Parameter], rows: Iterable[ParameterValue], lineage: Sequence[str]
) -> Mapping[str, Figure]:
    """Each figure by the value of the nearest unit."""
    nearest: dict[str, ParameterValue] = {}
    # The brand's first, then from the root down: what is nearest is written last.
    for row in sorted(rows, key=lambda each: -lineage.index(each.unit.code) if each.unit else -len(lineage)):
        nearest[row.key] = row
    return {
        key: _as_set(wanted[key], nearest[key]) if key in nearest else _as_by_default(wanted[key]) for key in wanted
    }


def _in_force(*, keys: Any, lineage: Any, on: Any) -> QuerySet[ParameterValue]:
    open_or_later = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    rows = ParameterValue.objects.filter(
        open_or_later, _here(lineage), state=State.SET.value, starts_on__lte=on, key__in=keys
    )
    return rows.select_related("unit").only("key", "value", "starts_on", "reason", "unit__code").order_by()


def _here(lineage: Any) -> Q:
    return Q(unit__isnull=True) | Q(unit__code__in=lineage)


_VALUES: Remembered[ParameterValue] = Remembered(_in_force)
_CLOSED: Remembered[tuple[date]] = Remembered(
    lambda *, lineage, since: ClosedDay.objects.standing().filter(_here(lineage), on__gte=since).values_list("on")
)


def _as_set(parameter: Parameter, row: ParameterValue) -> Figure:
    scope = row.unit.code if row.unit else BRAND
    version = version_of(row.key, scope=scope, starts_on=row.starts_on, row=row.pk)
    return Figure(row.key, parameter.read(row.value), parameter.unit, version, row.reason)


def _as_by_default(parameter: Parameter) -> Figure:
    version = version_of(parameter.key, scope="default", default=parameter.default)
    return Figure(parameter.key, parameter.read(parameter.default), parameter.unit, version, parameter.source)


def values_of(key: str, *, unit: Unit | None) -> list[ParameterValue]:
    """Everything that was ever written for a figure in one scope, drafts too, the earliest first."""
    return list(ParameterValue.objects.filter(key=key, unit=unit).select_related("set_by"))


def drafts() -> list[ParameterValue]:
    """Drafts that wait for somebody who may set them."""
    return list(ParameterValue.objects.filter(state=State.DRAFT.value).select_related("unit", "set_by"))


def closed_days(unit: Unit, *, since: date) -> frozenset[date]:
    """The days from then on at which the unit is closed: its own, those of the units above it, and the brand's."""
    return frozenset(on for (on,) in _CLOSED(lineage=list(unit.lineage), since=since))


def closed_from(unit: Unit, *, since: date, holidays: str) -> frozenset[date]:
    """The days from then on at which the unit is closed: those of `closed_days`, and the public holidays where it keeps them.

    holidays   the figure `promise.public_holidays`, read together with others
    """
    own, state = closed_days(unit, since=since), calendar_of(unit.jurisdiction)
    return own | state.off if state is not None and holidays == CLOSED else own


def days_off(unit: Unit, *, since: date) -> frozenset[date]:
    """The same, for whoever has not read the figure."""
    return closed_from(unit, since=since, holidays=figure(HOLIDAYS, unit=unit, on=since).value)


@dataclass(frozen=True)
class Followed:
    """The calendar that units follow by their jurisdiction; none where we have none for it."""

    jurisdiction: str
    calendar: StateCalendar | None
    units: tuple[Unit, ...]

    def ends_within(self, days: int, *, on: date) -> bool:
        """Whether it knows nothing of a day that soon, or nothing at all."""
        return self.calendar is None or not self.calendar.knows(on + timedelta(days=days))


def followed(units: Iterable[Unit]) -> list[Followed]:
    """Which calendars these units follow."""
    theirs: dict[str, list[Unit]] = {}
    for unit in units:
        state = calendar_of(unit.jurisdiction)
        theirs.setdefault(state.code if state else unit.jurisdiction, []).append(unit)
    return [Followed(code, calendar_of(code), tuple(rows)) for code, rows in sorted(theirs.items())]


def calendar(by: Actor, *, since: date) -> list[ClosedDay]:
    """The closed days that this person may see, withdrawn ones too, the next one first."""
    days = ClosedDay.objects.visible_to(by).filter(on__gte=since)
    return list(days.select_related("unit", "set_by", "withdrawn_by"))


@invariant("PLT-3")
def one_value_a_day() -> Iterator[str]:
    """In each scope a figure has at most one value on any day, and it is a figure that we know."""
    rows = list(ParameterValue.objects.filter(state=State.SET.value).order_by("key", "unit_id", "starts_on"))
    for row in rows:
        if row.key not in CATALOGUE:
            yield f"{row.key} is not in the catalogue"
    for earlier, later in pairwise(rows):
        same = (earlier.key, earlier.unit_id) == (later.key, later.unit_id)
        if same and (earlier.ends_on is None or later.starts_on < earlier.ends_on):
            yield f"{later.key} has two values on {later.starts_on}"
