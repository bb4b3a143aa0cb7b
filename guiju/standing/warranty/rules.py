"""What the warranty says: dates and reasons. Plain values in and out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from guiju.kernel.words import N_, Sentence

# Days. Fewer than these are void: the national rules (TG-11) and the provinces that name a figure (4.2) all say 30 or more.
# A province that demands more raises the dated figure `warranty.repair_warranty_days`, never this floor.
LEAST_REPAIR_WARRANTY_DAYS = 30


# Causes that no warranty covers unless the brand's terms say otherwise: misuse and force majeure (TG-14), by the catalogue's codes.
EXCLUDED_UNLESS_TERMS_SAY = frozenset({"MISUSE", "ENVIRONMENT"})


class Coverage(StrEnum):
    """Who pays for the repair, and under what promise."""

    UNDETERMINED = "UNDETERMINED"
    IN_WARRANTY = "IN_WARRANTY"
    OUT_OF_WARRANTY = "OUT_OF_WARRANTY"
    REPAIR_WARRANTY = "REPAIR_WARRANTY"
    CONTRACT = "CONTRACT"
    GOODWILL = "GOODWILL"
    DISPUTED = "DISPUTED"


# Paid by somebody else than the customer: turning one of these into a charge is to the customer's disadvantage (WTY-7).
FREE = frozenset({Coverage.IN_WARRANTY, Coverage.REPAIR_WARRANTY, Coverage.CONTRACT, Coverage.GOODWILL})


class StartsBy(StrEnum):
    """The day from which the warranty runs."""

    INVOICE = "INVOICE"
    INSTALLATION = "INSTALLATION"


class PauseCause(StrEnum):
    """Why the owner could not use the appliance."""

    IN_REPAIR = "IN_REPAIR"
    WAITING_PARTS = "WAITING_PARTS"


class Scope(StrEnum):
    """What a repair is warranted for."""

    LABOUR = "LABOUR"
    PART = "PART"


LABELS: Mapping[StrEnum, str] = {
    Coverage.UNDETERMINED: N_("Not decided yet"),
    Coverage.IN_WARRANTY: N_("In warranty"),
    Coverage.OUT_OF_WARRANTY: N_("Out of warranty"),
    Coverage.REPAIR_WARRANTY: N_("Repair warranty"),
    Coverage.CONTRACT: N_("Service contract"),
    Coverage.GOODWILL: N_("Goodwill"),
    Coverage.DISPUTED: N_("Disputed"),
    StartsBy.INVOICE: N_("Date of the invoice"),
    StartsBy.INSTALLATION: N_("Date of installation"),
    PauseCause.IN_REPAIR: N_("In repair"),
    PauseCause.WAITING_PARTS: N_("Waiting for parts"),
    Scope.LABOUR: N_("Labour"),
    Scope.PART: N_("Part"),
}


def choices(words: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Code and label of each word, as a form's select reads them."""
    return [(word.value, LABELS[word]) for word in words]


@dataclass(frozen=True)
class Break:
    """Days [starts_on, ends_on) on which the owner was without the appliance; an open one lasts until the day that is asked about."""

    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Earlier:
    """An earlier repair that is still promised: what it covers, [starts_on, ends_on)."""

    order_number: str
    fault_family: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Facts:
    """All that the verdict is made of; kept with it, so that it can be made again (WTY-6).

    cause    code of the cause, empty while nobody has looked inside
    version  of the terms and figures that the months and excluded causes come from
    """

    on: date
    purchased_on: date | None
    installed_on: date | None
    starts_by: StartsBy
    whole_unit_months: int
    excluded_causes: frozenset[str]
    cause: str
    fault_family: str
    breaks: Sequence[Break]
    earlier: Sequence[Earlier]
    version: str

    def plain(self) -> dict[str, Any]:
        """The facts as they are stored beside the decision."""
        return {
            "on": self.on.isoformat(),
            "purchased_on": self.purchased_on.isoformat() if self.purchased_on else None,
            "installed_on": self.installed_on.isoformat() if self.installed_on else None,
            "starts_by": str(self.starts_by),
            "whole_unit_months": self.whole_unit_months,
            "excluded_causes": sorted(self.excluded_causes),
            "cause": self.cause,
            "fault_family": self.fault_family,
            "breaks": [
                [each.starts_on.isoformat(), each.ends_on.isoformat() if each.ends_on else None] for each in self.breaks
            ],
            "earlier": [
                [each.order_number, each.fault_family, each.starts_on.isoformat(), each.ends_on.isoformat()]
                for each in self.earlier
            ],
        }


@dataclass(frozen=True)
class Verdict:
    """What covers the repair, why, until when (exclusive), and by which version of the terms."""

    outcome: Coverage
    because: tuple[Sentence, ...]
    ends_on: date | None
    version: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_free(self) -> bool:
        """The customer pays nothing."""
        return self.outcome in (Coverage.IN_WARRANTY, Coverage.REPAIR_WARRANTY)


def decide(facts: Facts) -> Verdict:
    """Judge who pays: an earlier repair's promise first, then the whole unit's, and misuse undoes both.

    source   TG-3, TG-4, TG-7, TG-11, TG-14; WTY-1, WTY-6; EX-1, EX-7; capability B06
    """
    ends_on = _whole_unit_end(facts)
    if facts.cause and facts.cause in facts.excluded_causes:
        return _verdict(
            facts, Coverage.OUT_OF_WARRANTY, ends_on, Sentence(N_("The cause is one that the warranty excludes."))
        )
    earlier = _promised(facts)
    if earlier is not None:
        said = {"order": earlier.order_number, "last": _last_day(earlier.ends_on)}
        again = Sentence(
            N_("The same kind of fault was repaired under %(order)s, which is warranted to %(last)s."), said
        )
        return _verdict(facts, Coverage.REPAIR_WARRANTY, earlier.ends_on, again)
    starts_on = _starts_on(facts)
    if starts_on is None or ends_on is None:
        unknown = Sentence(N_("The date of purchase is not known: ask for the invoice."))
        return _verdict(facts, Coverage.UNDETERMINED, None, unknown)
    if facts.on < starts_on:
        future = Sentence(N_("The date of purchase lies in the future: look at the invoice again."))
        return _verdict(facts, Coverage.UNDETERMINED, ends_on, future)
    return _by_date(facts, ends_on)


def _by_date(facts: Facts, ends_on: date) -> Verdict:
    said = {"last": _last_day(ends_on)}
    if facts.on >= ends_on:
        return _verdict(
            facts,
            Coverage.OUT_OF_WARRANTY,
            ends_on,
            Sentence(N_("The warranty ended: its last day was %(last)s."), said),
        )
    lasts = Sentence(N_("The warranty lasts to %(last)s."), said)
    unless = Sentence(N_("It holds unless the diagnosis finds a cause that is excluded, such as misuse."))
    return _verdict(facts, Coverage.IN_WARRANTY, ends_on, lasts, *(() if facts.cause else (unless,)))


def whole_unit_ends_on(starts_on: date, *, months: int, breaks: Iterable[Break], on: date) -> date:
    """The first day that is no longer covered: start + months + all days without the appliance, each counted once.

    on       an open break lasts until this day
    source   WTY-1, TG-7; EX-1: 2024-03-01, 12 months, 10 + 24 days gives 2025-04-04
    """
    ends_on = add_months(starts_on, months)
    counted_to = starts_on
    for each in sorted(breaks, key=lambda one: (one.starts_on, one.ends_on or on)):
        # Two breaks may share days (in repair, and meanwhile waiting for a part); a break after the end extends nothing.
        first = max(each.starts_on, counted_to)
        last = each.ends_on if each.ends_on is not None else max(on, each.starts_on)
        if first < last and first < ends_on:
            ends_on += last - first
            counted_to = last
    return ends_on


def add_months(day: date, months: int) -> date:
    """The same day of a later month; a day that the month lacks becomes the first of the next, in the customer's favour."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)


def repair_warranty_ends_on(handed_over_on: date, *, days: int) -> date:
    """The first day that is no longer covered. EX-7: 2025-02-10 and 90 days give 2025-05-11."""
    return handed_over_on + timedelta(days=days)


def _starts_on(facts: Facts) -> date | None:
    if facts.starts_by is StartsBy.INSTALLATION:
        return facts.installed_on or facts.purchased_on
    return facts.purchased_on or facts.installed_on


def _whole_unit_end(facts: Facts) -> date | None:
    starts_on = _starts_on(facts)
    if starts_on is None:
        return None
    return whole_unit_ends_on(starts_on, months=facts.whole_unit_months, breaks=facts.breaks, on=facts.on)


def _promised(facts: Facts) -> Earlier | None:
    """The earlier repair of the same kind of fault that is promised longest; none while the fault is not known."""
    if not facts.fault_family:
        return None
    standing = [
        each
        for each in facts.earlier
        if each.fault_family == facts.fault_family and each.starts_on <= facts.on < each.ends_on
    ]
    return max(standing, key=lambda each: (each.ends_on, each.order_number), default=None)


def _verdict(facts: Facts, outcome: Coverage, ends_on: date | None, *because: Sentence) -> Verdict:
    return Verdict(outcome, because, ends_on, facts.version, facts.plain())


def _last_day(ends_on: date) -> date:
    return ends_on - timedelta(days=1)
