"""What the law of a place guarantees to whoever buys an appliance: a profile, a file of figures with their sources.

A province's profile says only what differs from the one that it stands under; of two that say the same thing the more local one
counts. Nothing here knows a province: another one is another file (4.1, 4.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from guiju.kernel.words import N_, Sentence
from guiju.standing.warranty.rules.words import (
    EXCLUDED_UNLESS_TERMS_SAY,
    LEAST_REPAIR_WARRANTY_DAYS,
    Cost,
    Remedy,
    StartsBy,
)


@dataclass(frozen=True)
class Told:
    """A value, and who says so: the rule, its evidence mark, and the version that it stands in."""

    value: Any
    source: str = ""


@dataclass(frozen=True)
class LineRule:
    """What a profile says of one kind of appliance.

    parts   months by class of main part; `None` where the profile's own figure for all main parts counts
    """

    line: str
    whole_unit_months: int
    parts: Mapping[str, int | None]
    source: str


@dataclass(frozen=True)
class Profile:
    """The guarantee of one jurisdiction from a day on, [starts_on, ends_on).

    figures   by the names of FIGURES; one that is not there is the business of the profile above
    """

    jurisdiction: str
    version: str
    under: str
    names: Mapping[str, str]
    starts_on: date
    ends_on: date | None
    source: str
    figures: Mapping[str, Told]
    lines: Mapping[str, LineRule]


def _days(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= 4000:
        raise ValueError(value)
    return int(value)


def _percent(value: Any) -> Decimal:
    number = Decimal(str(value))
    if isinstance(value, float) or not 0 <= number <= 100:
        raise ValueError(value)
    return number


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _words(value: Any) -> frozenset[str]:
    if isinstance(value, str):
        raise TypeError(value)
    return frozenset(str(each) for each in value)


def _remedies(value: Any) -> frozenset[Remedy]:
    return frozenset(Remedy(each) for each in _words(value))


def _covered(value: Any) -> frozenset[Cost]:
    return frozenset(Cost(each) for each in _words(value))


# How each figure is read; a profile with a figure that is not here is refused, so that no word of a law is overlooked.
FIGURES: Mapping[str, Any] = {
    "return_days": _days,
    "exchange_days": _days,
    "repairs_before_exchange": _days,
    "max_repair_days": _days,
    # What is due when the repair takes longer: an exchange (TG-9), or a loaner (CN-33).
    "late_remedies": _remedies,
    "max_parts_days": _days,
    "cumulative_repair_days": _days,
    "repair_warranty_days": _days,
    "fallback_months": _days,
    "main_parts_months": _days,
    # What is free when a main part fails after the whole unit's months are over.
    "main_parts_cover": _covered,
    "depreciation_percent_day": _percent,
    "starts_by": StartsBy,
    # Days after production from which the guarantee runs where the day of the sale is not known.
    "production_grace_days": _days,
    "proof_required": _flag,
    "exchange_restarts": _flag,
    "excluded_causes": _words,
}
# What is so where no profile says anything: nothing is promised, and nothing is taken away.
SILENT: Mapping[str, Any] = {
    "repair_warranty_days": LEAST_REPAIR_WARRANTY_DAYS,
    "late_remedies": frozenset[Remedy](),
    "main_parts_cover": frozenset({Cost.PARTS}),
    "depreciation_percent_day": Decimal(0),
    "starts_by": StartsBy.INVOICE,
    "proof_required": False,
    "exchange_restarts": True,
    "excluded_causes": EXCLUDED_UNLESS_TERMS_SAY,
}


@dataclass(frozen=True)
class Law:
    """The profiles that hold in one place on one day, the most local one first."""

    profiles: Sequence[Profile] = field(default_factory=tuple)

    def figure(self, name: str) -> Told:
        """What is said of this, and who says so; `None` where nobody does.

        raises   KeyError for a figure that no profile may have
        """
        if name not in FIGURES:
            raise KeyError(name)
        for profile in self.profiles:
            if name in profile.figures:
                return profile.figures[name]
        return Told(SILENT.get(name))

    def line(self, code: str) -> LineRule | None:
        """What is said of this kind of appliance; `None` where no law names it."""
        return next((profile.lines[code] for profile in self.profiles if code in profile.lines), None)

    @property
    def lines(self) -> frozenset[str]:
        """The kinds of appliances that some profile names."""
        return frozenset(code for profile in self.profiles for code in profile.lines)

    @property
    def version(self) -> str:
        """The profiles by their versions, the most local one first."""
        return "+".join(profile.version for profile in self.profiles)


def law_of(jurisdiction: str, profiles: Iterable[Profile], *, on: date) -> Law:
    """The profiles of a place on a day, from the most local one up; of one place the newest first, which may say little.

    A place that no profile names has the law of the place that its code begins with: CN-44 that of CN.
    """
    holding = [each for each in profiles if each.starts_on <= on and (each.ends_on is None or on < each.ends_on)]
    holding.sort(key=lambda each: (each.starts_on, each.version), reverse=True)
    found: list[Profile] = []
    place, seen = jurisdiction, set[str]()
    while place and place not in seen:
        seen.add(place)
        here = [each for each in holding if each.jurisdiction == place]
        found += here
        place = next((each.under for each in here if each.under), place.rpartition("-")[0])
    return Law(tuple(found))


class Unreadable(ValueError):
    """A file that is no profile; `because` says what is wrong in it."""

    def __init__(self, *because: Sentence) -> None:
        super().__init__("; ".join(each.msgid for each in because))
        self.because = because


def read(told: Mapping[str, Any]) -> Profile:
    """A profile from what its file says.

    raises   Unreadable, with a sentence for each thing that is wrong
    """
    wrong = [Sentence(N_("%(name)s is missing."), {"name": name}) for name in _NEEDED if not told.get(name)]
    if wrong:
        raise Unreadable(*wrong)
    version = str(told["version"])
    figures = _figures(told.get("figures", {}), version, wrong)
    rules = [rule for entry in told.get("line", ()) for rule in _line_rules(entry, version, wrong)]
    days = [name for name in ("starts_on", "ends_on") if told.get(name) is not None and type(told[name]) is not date]
    wrong += [_not_like_this(name) for name in days]
    if wrong:
        raise Unreadable(*wrong)
    return Profile(
        jurisdiction=str(told["jurisdiction"]),
        version=version,
        under=str(told.get("under", "")),
        names=dict(told["names"]),
        starts_on=told["starts_on"],
        ends_on=told.get("ends_on"),
        source=str(told["source"]),
        figures=figures,
        lines={rule.line: rule for rule in rules},
    )


def _figures(entries: Mapping[str, Any], version: str, wrong: list[Sentence]) -> dict[str, Told]:
    figures: dict[str, Told] = {}
    for name, entry in entries.items():
        try:
            figures[name] = Told(FIGURES[name](entry["value"]), _cited(entry, version))
        except KeyError:
            wrong.append(Sentence(N_("%(name)s is no figure of a guarantee, or has no value."), {"name": name}))
        except (ValueError, TypeError, InvalidOperation):
            wrong.append(_not_like_this(name))
    least = LEAST_REPAIR_WARRANTY_DAYS
    if "repair_warranty_days" in figures and figures["repair_warranty_days"].value < least:
        wrong.append(Sentence(N_("A repair is warranted for at least %(least)s days."), {"least": least}))
    return figures


def _not_like_this(name: str) -> Sentence:
    return Sentence(N_("%(name)s is not written like this."), {"name": name})


def profile_of(content: Mapping[str, Any], *, ends_on: date | None = None) -> Profile:
    """A profile that was adopted, from its row: its days are kept as text there.

    ends_on   set later than the file was read, when the next one took its place
    raises    Unreadable
    """
    days = {name: date.fromisoformat(content[name]) for name in ("starts_on", "ends_on") if content.get(name)}
    profile = read({**content, **days})
    return profile if ends_on is None else replace(profile, ends_on=ends_on)


def content_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """What a file told, as a row keeps it."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}


_NEEDED = ("jurisdiction", "version", "names", "starts_on", "source")


def _cited(entry: Mapping[str, Any], version: str) -> str:
    return " ".join(str(each) for each in (entry.get("clause"), entry.get("mark"), version) if each)


def _line_rules(entry: Mapping[str, Any], version: str, wrong: list[Sentence]) -> list[LineRule]:
    try:
        parts = {str(code): None if months == 0 else _days(months) for code, months in entry.get("parts", {}).items()}
        months = _days(entry["whole_unit_months"])
        return [LineRule(str(code), months, parts, _cited(entry, version)) for code in entry["lines"]]
    except (KeyError, ValueError, TypeError, AttributeError):
        wrong.append(_not_like_this(f"line {entry.get('lines', '')}"))
        return []
