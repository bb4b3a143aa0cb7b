"""Who promised what: the law first, then what the house and the brand's terms add; of two the kinder counts (WTY-5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from guiju.kernel.words import N_, Sentence
from guiju.standing.warranty.rules.law import Law, Told
from guiju.standing.warranty.rules.verdict import Promise
from guiju.standing.warranty.rules.words import LABELS, Cost, StartsBy

# Of two values of a figure, the one that is kinder to the customer. The others are the law's alone.
KINDER: Mapping[str, Callable[..., Any]] = {
    "return_days": max,
    "exchange_days": max,
    "repair_warranty_days": max,
    "fallback_months": max,
    "main_parts_months": max,
    "repairs_before_exchange": min,
    "max_repair_days": min,
    "max_parts_days": min,
    "cumulative_repair_days": min,
    "depreciation_percent_day": min,
}


@dataclass(frozen=True)
class TermsSaid:
    """What the brand's terms say of one appliance; `None` where they say nothing."""

    version: str
    whole_unit_months: int | None = None
    months: Mapping[str, int] = field(default_factory=dict)
    parts: Mapping[str, int] = field(default_factory=dict)
    starts_by: StartsBy | None = None
    excluded_causes: frozenset[str] | None = None
    repair_warranty_days: int | None = None

    def of(self, cost: Cost) -> int | None:
        """The months of one kind of cost: its own, else the whole unit's."""
        return self.months.get(cost, self.whole_unit_months)


def kinder(name: str, law: Told, house: Told) -> Told:
    """Of what the law and the house say of a figure, what is better for the customer."""
    if house.value is None or (law.value is not None and KINDER[name](law.value, house.value) == law.value):
        return law
    return house


def promised(
    law: Law, line: str, *, main_parts: Told, whole_unit: Told, terms: TermsSaid | None
) -> tuple[Promise, ...]:
    """Every promise about an appliance of this kind, in an order that is always the same.

    main_parts   the months of main parts for which the line's rule names none
    whole_unit   what the house promises of every appliance that has no months in its terms
    source       TG-4, TG-5; B03, B04; 4.2 "fallback"
    """
    found = [*_by_law(law, line, main_parts), *_by_house(law, whole_unit, terms), *_by_terms(law, terms)]
    if not any(not each.part_class for each in found):
        fallback = law.figure("fallback_months")
        found = [*_whole(fallback), *found]
    return tuple(found)


def _by_law(law: Law, line: str, main_parts: Told) -> Iterator[Promise]:
    rule = law.line(line)
    if rule is None:
        return
    yield from _whole(Told(rule.whole_unit_months, rule.source))
    for part_class, months in sorted(rule.parts.items()):
        told = Told(months, rule.source) if months is not None else main_parts
        yield from _main_part(law, part_class, told)


def _by_house(law: Law, whole_unit: Told, terms: TermsSaid | None) -> Iterator[Promise]:
    if terms is None or terms.whole_unit_months is None:
        yield from _whole(whole_unit)


def _by_terms(law: Law, terms: TermsSaid | None) -> Iterator[Promise]:
    if terms is None:
        return
    for cost in Cost:
        months = terms.of(cost)
        if months is not None:
            yield Promise(cost, "", months, terms.version)
    for part_class, months in sorted(terms.parts.items()):
        yield from _main_part(law, part_class, Told(months, terms.version))


def _whole(told: Told) -> Iterator[Promise]:
    if told.value is not None:
        yield from (Promise(cost, "", told.value, told.source) for cost in Cost)


def _main_part(law: Law, part_class: str, told: Told) -> Iterator[Promise]:
    covered = law.figure("main_parts_cover").value
    if told.value is not None:
        yield from (Promise(cost, part_class, told.value, told.source) for cost in Cost if cost in covered)


def kinder_start(law: Told, terms: TermsSaid | None, days: Mapping[StartsBy, date | None]) -> Told:
    """By which date the guarantee starts: of what law and terms say, the later day."""
    if terms is None or terms.starts_by is None or terms.starts_by == law.value:
        return law
    agreed = Told(terms.starts_by, terms.version)
    by_law, by_terms = days.get(law.value), days.get(terms.starts_by)
    if by_terms is None or (by_law is not None and by_law > by_terms):
        return law
    return agreed


def kinder_causes(law: Told, terms: TermsSaid | None) -> Told:
    """The causes that are excluded: those of the law, less what the terms cover all the same."""
    if terms is None or terms.excluded_causes is None:
        return law
    return Told(law.value & terms.excluded_causes, terms.version)


def less_than_the_law(law: Law, line: str, terms: TermsSaid) -> tuple[Sentence, ...]:
    """A sentence for each thing in which terms give less than the law of a place; they would be void there (WTY-5)."""
    wrong: list[Sentence] = []
    least = N_("The law gives %(months)s months for %(what)s (%(source)s).")
    rule = law.line(line)
    if rule is not None:
        for cost in Cost:
            months = terms.of(cost)
            if months is not None and months < rule.whole_unit_months:
                what = Sentence(LABELS[cost])
                wrong.append(Sentence(least, {"months": rule.whole_unit_months, "what": what, "source": rule.source}))
        main = law.figure("main_parts_months").value
        for part_class, months in sorted(rule.parts.items()):
            by_law = months if months is not None else main
            if by_law is not None and terms.parts.get(part_class, by_law) < by_law:
                wrong.append(Sentence(least, {"months": by_law, "what": part_class, "source": rule.source}))
    causes = law.figure("excluded_causes")
    if terms.excluded_causes is not None and (more := terms.excluded_causes - causes.value):
        said = {"causes": ", ".join(sorted(more)), "source": causes.source}
        wrong.append(Sentence(N_("The law does not let these causes be excluded: %(causes)s (%(source)s)."), said))
    days = law.figure("repair_warranty_days")
    if terms.repair_warranty_days is not None and terms.repair_warranty_days < days.value:
        wrong.append(Sentence(N_("A repair is warranted for at least %(least)s days."), {"least": days.value}))
    return tuple(wrong)
