"""Value added tax inside the prices, as arithmetic: each charge at the rate of its kind, and the parts always sum to the whole.

Prices include tax, as they do in China. What is charged at one rate is taxed as one sum, rounded once, and shared out to its lines;
a discount is taken off every line alike, before the tax.

    461.00 at 13 % is 407.96 and 53.04 tax; of 80.00 and 381.00 the lines bear 9.20 and 43.84.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from guiju.kernel.amounts import allocate, round_half_up
from guiju.line.workshop.rules import LineKind

# A rate is kept in hundredths of a percent: 1300 is 13 %.
WHOLE_BP = 10_000
# The figure that says the rate of each kind of charge.
FIGURES: Mapping[LineKind, str] = {kind: f"tax.vat.{kind.value.lower()}" for kind in LineKind}


@dataclass(frozen=True, slots=True)
class Share:
    """What of a line is discount, and what is tax, in minor units; the rest is net."""

    rate_bp: int
    off_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True)
class Taxed:
    """All that was charged at one rate, in minor units."""

    rate_bp: int
    net_minor: int
    tax_minor: int

    @property
    def gross_minor(self) -> int:
        """With the tax."""
        return self.net_minor + self.tax_minor

    @property
    def rate(self) -> str:
        """As people say it: 13%."""
        return f"{(Decimal(self.rate_bp) / 100).normalize():f}%"


def basis_points(percent: Decimal) -> int:
    """13 percent is 1300."""
    return round_half_up(percent * 100)


def tax_within(gross_minor: int, rate_bp: int) -> int:
    """The tax inside a sum, rounded once, half up."""
    return round_half_up(Decimal(gross_minor * rate_bp) / (WHOLE_BP + rate_bp))


def split(amounts: Sequence[int], rates_bp: Sequence[int], *, discount_minor: int) -> list[Share]:
    """Each line's share of the discount and of the tax of its rate.

    amounts   of the lines, in minor units, as they are charged before the discount
    """
    offs = allocate(discount_minor, amounts) if discount_minor else [0] * len(amounts)
    left = [amount - off for amount, off in zip(amounts, offs, strict=True)]
    taxes = [0] * len(amounts)
    for rate in set(rates_bp):
        ours = [place for place, each in enumerate(rates_bp) if each == rate and left[place]]
        if not ours:
            continue
        weights = [left[place] for place in ours]
        for place, part in zip(ours, allocate(tax_within(sum(weights), rate), weights), strict=True):
            taxes[place] = part
    return [Share(rate, off, tax) for rate, off, tax in zip(rates_bp, offs, taxes, strict=True)]


def by_rate(lines: Iterable[tuple[int, int, int]]) -> tuple[Taxed, ...]:
    """Lines of a rate, their gross and their tax as sums, the highest rate first."""
    sums: dict[int, tuple[int, int]] = {}
    for rate, gross, tax in lines:
        before = sums.get(rate, (0, 0))
        sums[rate] = (before[0] + gross, before[1] + tax)
    return tuple(Taxed(rate, gross - tax, tax) for rate, (gross, tax) in sorted(sums.items(), reverse=True))
