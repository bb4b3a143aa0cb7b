"""What the customer may have beside a repair: returned, exchanged, refunded, or lent another one meanwhile (4.1, 4.2, 3.5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Self

from guiju.kernel.amounts import round_half_up
from guiju.kernel.words import N_, Sentence
from guiju.standing.warranty.rules.clock import Break, days_lost
from guiju.standing.warranty.rules.law import Told
from guiju.standing.warranty.rules.verdict import Proof
from guiju.standing.warranty.rules.words import Ground, Remedy


@dataclass(frozen=True)
class Done:
    """An earlier repair of the same unit that was finished: of which kind of fault, and whether it counts (WTY-3)."""

    order_number: str
    fault_family: str
    handed_over_on: date
    counts: bool


# Causes that lie in the appliance: only their repairs count towards an exchange (WTY-3).
COUNTED = frozenset({"PRODUCT_DEFECT", "WEAR"})


def counts(cause: str) -> bool:
    """Whether a repair for this cause counts towards an exchange."""
    return cause in COUNTED


@dataclass(frozen=True)
class History:
    """What happened to a unit until a day, and to the repair that is under way.

    starts_on          the day from which the guarantee runs; `None` where it is not known
    is_covered         whether the guarantee holds on that day, as far as is known
    received_on        the day on which the unit came in for the repair under way; `None` where none is
    waits_for_part     whether that repair waits for a part that the producer does not supply
    fault_families     the kinds of fault that are complained of now, or found; empty while nobody knows
    """

    on: date
    starts_on: date | None
    is_covered: bool
    done: Sequence[Done] = ()
    breaks: Sequence[Break] = ()
    received_on: date | None = None
    waits_for_part: bool = False
    fault_families: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Right:
    """One right: on which ground, to what, and why. `proof.holds` is `None` where it hangs on the diagnosis."""

    ground: Ground
    remedies: tuple[Remedy, ...]
    proof: Proof

    def to_json(self) -> dict[str, Any]:
        """As it is kept beside a case."""
        return {
            "ground": str(self.ground),
            "remedies": [str(each) for each in self.remedies],
            "proof": self.proof.to_json(),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The right that `to_json` kept."""
        remedies = tuple(Remedy(each) for each in kept["remedies"])
        return cls(Ground(kept["ground"]), remedies, Proof.from_json(kept["proof"]))


@dataclass(frozen=True)
class Figures:
    """The figures that rights are made of, each with who says so."""

    told: Mapping[str, Told] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Told:
        return self.told.get(name, Told(None))


def rights(history: History, figures: Figures) -> tuple[Right, ...]:
    """Every right that the law or the brand's better promise gives on this day, the strongest first.

    source   TG-1, TG-2, TG-6, TG-9, TG-10; 4.2; WTY-3; EX-2, EX-5, EX-6; capability B08
    """
    if history.starts_on is None or not history.is_covered:
        return ()
    return tuple(
        right for rule in (_new, _often, _late, _unsupplied, _long_together) for right in rule(history, figures)
    )


def _new(history: History, figures: Figures) -> Iterator[Right]:
    """A fault in the first days: the customer chooses."""
    if history.starts_on is None:
        return
    days = (history.on - history.starts_on).days
    said = Sentence(N_("This is day %(day)s after the start of the guarantee."), {"day": days})
    unless = (Sentence(N_("It holds unless the diagnosis finds no fault, or a cause that is excluded.")),)
    for ground, name, remedies in (
        (Ground.RETURN_7D, "return_days", (Remedy.REFUND, Remedy.EXCHANGE, Remedy.REPAIR)),
        (Ground.EXCHANGE_15D, "exchange_days", (Remedy.EXCHANGE, Remedy.REPAIR)),
    ):
        told = figures[name]
        if told.value is not None and 0 <= days <= told.value:
            yield Right(ground, remedies, Proof(said, None, told.source, unless=unless))
            return


def _often(history: History, figures: Figures) -> Iterator[Right]:
    """Repaired as often as the law allows for one kind of fault, and it is back."""
    told = figures["repairs_before_exchange"]
    counted: dict[str, list[Done]] = {}
    for each in history.done:
        if each.counts and each.fault_family:
            counted.setdefault(each.fault_family, []).append(each)
    for family, repairs in sorted(counted.items()):
        if told.value is None or len(repairs) < told.value:
            continue
        if history.fault_families and family not in history.fault_families:
            continue
        because = tuple(
            Proof(
                Sentence(
                    N_("%(order)s was handed over on %(day)s."),
                    {"order": each.order_number, "day": each.handed_over_on},
                ),
                True,
                "WTY-3",
            )
            for each in repairs
        )
        said = Sentence(N_("The same kind of fault was repaired %(times)s times."), {"times": len(repairs)})
        holds = True if family in history.fault_families else None
        unless = () if holds else (Sentence(N_("It holds if the same kind of fault is found again.")),)
        yield Right(
            Ground.TWO_REPAIRS, (Remedy.EXCHANGE, Remedy.REFUND), Proof(said, holds, told.source, because, unless)
        )


def _late(history: History, figures: Figures) -> Iterator[Right]:
    """The repair takes longer than it may."""
    told, remedies = figures["max_repair_days"], figures["late_remedies"]
    if history.received_on is None or told.value is None or history.waits_for_part:
        return
    days = (history.on - history.received_on).days
    said = Sentence(
        N_("The unit has been here for %(days)s days; %(most)s are allowed."), {"days": days, "most": told.value}
    )
    for remedy in sorted(remedies.value or ()):
        # A loaner is due as soon as the days are over; an exchange when they are exceeded (EX-6, TG-9).
        if remedy == Remedy.LOANER and days >= told.value:
            yield Right(Ground.LOANER, (Remedy.LOANER,), Proof(said, True, remedies.source))
        elif remedy != Remedy.LOANER and days > told.value:
            yield Right(Ground.REPAIRER_30D, (Remedy(remedy),), Proof(said, True, remedies.source))


def _unsupplied(history: History, figures: Figures) -> Iterator[Right]:
    """The producer does not supply the part; from the day after the last that is allowed (EX-5)."""
    told = figures["max_parts_days"]
    if history.received_on is None or not history.waits_for_part or told.value is None:
        return
    days = (history.on - history.received_on).days
    if days > told.value:
        since = history.received_on + timedelta(days=told.value + 1)
        said = Sentence(
            N_("The unit has waited for a part for %(days)s days; since %(day)s an exchange is due."),
            {"days": days, "day": since},
        )
        yield Right(Ground.PARTS_90D, (Remedy.EXCHANGE,), Proof(said, True, told.source))


def _long_together(history: History, figures: Figures) -> Iterator[Right]:
    """All days in repair taken together are more than a province bears."""
    told = figures["cumulative_repair_days"]
    if told.value is None or history.starts_on is None:
        return
    days = days_lost(history.breaks, since=history.starts_on, on=history.on)
    if days > told.value:
        said = Sentence(
            N_("Taken together the unit was away for %(days)s days; %(most)s are allowed."),
            {"days": days, "most": told.value},
        )
        yield Right(Ground.CUMULATIVE_DAYS, (Remedy.EXCHANGE, Remedy.REFUND), Proof(said, True, told.source))


@dataclass(frozen=True)
class Refund:
    """What is paid back: the price less what the law lets the use of it cost. Minor units."""

    price_minor: int
    deduction_minor: int
    days_used: int
    source: str

    @property
    def refund_minor(self) -> int:
        """What the customer gets."""
        return self.price_minor - self.deduction_minor


def refund(price_minor: int, *, bought_on: date, on: date, breaks: Sequence[Break], percent_day: Told) -> Refund:
    """The price paid, less depreciation for the days on which the owner could use the unit; never less than nothing.

    percent_day   per day of use; zero where the law allows none
    source        TG-15, 4.2; EX-4: 3,000 yuan, 200 days of which 20 in repair, 0.05 % a day leaves 2,730 yuan
    """
    used = max(0, (on - bought_on).days - days_lost(breaks, since=bought_on, on=on))
    rate = Decimal(percent_day.value or 0) / 100
    deduction = min(price_minor, round_half_up(price_minor * rate * used))
    return Refund(price_minor, deduction, used, percent_day.source)
