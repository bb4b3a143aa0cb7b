"""What the law says, and what the house promises beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from guiju.kernel.remembered import Remembered
from guiju.standing.catalogue.models import ProductLine
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy
from guiju.standing.warranty import rules
from guiju.standing.warranty.models import GuaranteeProfile
from guiju.standing.warranty.rules import Law, Profile, Told

# The house's own promises, beside the law: which dated figure of the policy is which figure of a profile.
HOUSE: Mapping[str, str] = {
    "return_days": "warranty.return_days",
    "exchange_days": "warranty.exchange_days",
    "repairs_before_exchange": "warranty.repairs_before_exchange",
    "max_repair_days": "warranty.max_repair_days_repairer",
    "max_parts_days": "warranty.max_parts_days_producer",
    "cumulative_repair_days": "warranty.cumulative_repair_days",
    "repair_warranty_days": "warranty.repair_warranty_days",
    "fallback_months": "warranty.fallback_months",
    "depreciation_percent_day": "warranty.depreciation_rate_day",
    "main_parts_months": "warranty.main_parts_months",
}
WHOLE_UNIT = "warranty.whole_unit_months"


@cache
def shipped() -> tuple[Profile, ...]:
    """The profiles that come with the house, each a file."""
    folder = Path(__file__).parent.parent / "data"
    return tuple(rules.read(tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.toml")))


def profiles() -> tuple[Profile, ...]:
    """Those, and the ones that somebody adopted."""
    return (*shipped(), *(rules.profile_of(row.content, ends_on=row.ends_on) for row in _ADOPTED()))


_ADOPTED: Remembered[GuaranteeProfile] = Remembered(GuaranteeProfile.objects.order_by)


def laws_in(version: str) -> list[Mapping[str, str]]:
    """What the laws of a verdict's version are called; one that is no longer kept has no name."""
    names = {each.version: each.names for each in profiles()}
    return [names[part] for part in version.split("+") if part in names]


class Book:
    """What law and house promise in one unit on one day, read once and asked often."""

    def __init__(self, unit: Unit, on: date) -> None:
        self.law: Law = rules.law_of(unit.jurisdiction, profiles(), on=on)
        self._house = policy.figures([*HOUSE.values(), WHOLE_UNIT], unit=unit, on=on)

    def figure(self, name: str) -> Told:
        """The figure that is kinder to the customer: the law's, or the house's own."""
        law = self.law.figure(name)
        return rules.kinder(name, law, self._own(HOUSE[name])) if name in HOUSE else law

    @property
    def whole_unit(self) -> Told:
        """What the house promises of every appliance."""
        return self._own(WHOLE_UNIT)

    def _own(self, key: str) -> Told:
        figure = self._house[key]
        return Told(figure.value, figure.version)


def figure(name: str, *, unit: Unit, on: date) -> Told:
    """One figure of the guarantee in a unit on a day, and who says so.

    raises   KeyError for a figure that no profile has
    """
    return Book(unit, on).figure(name)


@dataclass(frozen=True)
class Statutory:
    """What the law of a place promises for one kind of appliance, whatever the brand does; each with its clause and mark.

    names     of the laws, the most local one first
    figures   by their names in the profile; only what the law says
    line      months of the whole unit and of its main parts; nothing where no law names this kind
    """

    names: tuple[Mapping[str, str], ...]
    figures: Mapping[str, Told]
    line: rules.LineRule | None


# What an owner can ask for, in the order in which it comes up.
ASKED_FOR = (
    "return_days", "exchange_days", "main_parts_months", "repairs_before_exchange", "max_repair_days", "max_parts_days",
    "repair_warranty_days",
)  # fmt: skip


def statutory(line: ProductLine, *, jurisdiction: str, on: date) -> Statutory:
    """What the law itself promises there on that day (4.1, 4.2)."""
    law = rules.law_of(jurisdiction, profiles(), on=on)
    told = {name: law.figure(name) for name in ASKED_FOR}
    said = {name: each for name, each in told.items() if each.value is not None}
    return Statutory(tuple(each.names for each in law.profiles), said, law.line(line.code))


def laws_on(key: str) -> list[tuple[str, Told]]:
    """What the law of each place says of one of the house's own figures, by place; empty for a figure that no law has."""
    name = next((name for name, ours in HOUSE.items() if ours == key), "")
    said = [(each.jurisdiction, each.figures[name]) for each in profiles() if name in each.figures]
    return sorted(said, key=lambda pair: pair[0])
