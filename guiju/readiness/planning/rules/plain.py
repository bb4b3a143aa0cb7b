"""The arithmetic in Python alone, one part at a time: what plans where the extra `guiju[planning]` is not installed.

Slower and simpler: one smoothing, one negative binomial around it, the same service for every part. Each suggestion says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from guiju.readiness.planning.rules.words import CV2_EVEN, GAP_OFTEN, HISTORY_SHORT, Kind

SMOOTHING = 0.1
FALLING = 0.2
# Fewer periods than these say little of the variance: it is taken for twice the mean at least.
PERIODS_FEW = 12
STEPS_MAX = 100_000

History = Sequence[float | None]
Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class Line:
    """So many were asked for in a period; `quantity` below nothing is a correction."""

    period: int
    quantity: int


def months(lines: Iterable[Line], periods: int, *, unknown: Iterable[int] = (), starts: int = 0) -> list[float | None]:
    """Sum the lines of a part by period.

    unknown   periods in which there was none to give: what was not served is not known, and is not nothing
    starts    the first period in which the part was kept; before it nothing is known

    What was cancelled or corrected, with a quantity of nothing or less, is no demand and takes none away.
    """
    history: list[float | None] = [0.0 if period >= starts else None for period in range(periods)]
    for line in lines:
        if line.quantity > 0 and 0 <= line.period < periods:
            history[line.period] = (history[line.period] or 0.0) + line.quantity
    for period in unknown:
        history[period] = None
    return history


def joined(histories: Mapping[Name, History], successor: Mapping[Name, Name]) -> dict[Name, list[float | None]]:
    """Add the demand of what was superseded to what came after it, to the end of the chain.

    A period is known when any of the chain knows it; a chain that bites its tail is followed once around.
    """
    together: dict[Name, list[float | None]] = {}
    for part, history in histories.items():
        heir, seen = part, {part}
        while (after := successor.get(heir)) is not None and after not in seen:
            heir = after
            seen.add(heir)
        so_far = together.get(heir)
        together[heir] = (
            list(history) if so_far is None else [_sum(*pair) for pair in zip(so_far, history, strict=True)]
        )
    return together


def _sum(one: float | None, other: float | None) -> float | None:
    if one is None or other is None:
        return other if one is None else one
    return one + other


def kind(history: History) -> Kind:
    """The kind of demand; see `classes.kinds`."""
    known = [each for each in history if each is not None]
    sizes = [each for each in known if each > 0]
    if not sizes:
        return Kind.NONE
    if len(known) < HISTORY_SHORT:
        return Kind.NEW
    centre = sum(sizes) / len(sizes)
    uneven = (sum((size - centre) ** 2 for size in sizes) / len(sizes)) / centre**2
    often, even = len(known) / len(sizes) < GAP_OFTEN, uneven < CV2_EVEN
    if often:
        return Kind.SMOOTH if even else Kind.ERRATIC
    return Kind.INTERMITTENT if even else Kind.LUMPY


def ses(history: History, smoothing: float = SMOOTHING) -> float:
    """The forecast of the next period by simple exponential smoothing."""
    level: float | None = None
    for each in history:
        if each is not None:
            level = each if level is None else level + smoothing * (each - level)
    return level or 0.0


def tsb(history: History, smoothing: float = SMOOTHING) -> float:
    """The forecast of the next period by Teunter, Syntetos and Babai."""
    chance = ses([None if each is None else float(each > 0) for each in history], smoothing)
    return chance * ses([each or None for each in history], smoothing)


def variance_over(history: History, periods: int) -> tuple[float, int]:
    """The variance of the sums of every run of so many known periods, and how many such sums there are."""
    sums: list[float] = []
    for start in range(len(history) - periods + 1):
        run = [each for each in history[start : start + periods] if each is not None]
        if len(run) == periods:
            sums.append(sum(run))
    if len(sums) < 2:
        return 0.0, len(sums)
    centre = sum(sums) / len(sums)
    return sum((each - centre) ** 2 for each in sums) / (len(sums) - 1), len(sums)


def quantile(mean: float, variance: float, level: float) -> int:
    """The quantile of a negative binomial of this mean and variance; of a Poisson where the variance is no larger."""
    if mean <= 0:
        return 0
    wide = max(variance, mean)
    a, b = mean * mean / wide, 1 - mean / wide
    begin = a * (math.log1p(-b) / b if b > 1e-9 else -1.0)
    if begin < -700:
        # So large that a bell is near enough.
        return math.ceil(mean + _normal(level) * math.sqrt(wide))
    chance = reached = math.exp(begin)
    pieces = 0
    while reached < level and pieces < STEPS_MAX:
        chance *= (a + b * pieces) / (pieces + 1)
        pieces += 1
        reached += chance
    return pieces


def _normal(level: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf(level)


def keep(history: History, periods: int, service: float, *, phasing_out: bool = False) -> tuple[float, int]:
    """The forecast of a period, and how many to keep over so many periods at this service."""
    forecast = (ses(history, FALLING) + tsb(history, FALLING)) / 2 if phasing_out else ses(history)
    variance, counted = variance_over(history, periods)
    if counted < PERIODS_FEW:
        variance = max(variance, 2 * forecast * periods)
    return forecast, quantile(forecast * periods, variance, service)


def last_time_buy(
    rate: float,
    *,
    periods: int,
    yearly_decline: float,
    lumpiness: float,
    there: int,
    service: float,
    periods_a_year: int = 12,
) -> int:
    """How many to buy when it is the last time: what will be asked for until the support ends, less what is there.

    rate             the demand of a period now
    yearly_decline   the share of the demand that goes with each year, 0 to below 1
    lumpiness        variance of the demand as a multiple of its mean, 1 at least
    there            on the shelf and on order, promised ones taken off
    """
    kept = (1 - yearly_decline) ** (1 / periods_a_year)
    total = rate * periods if kept >= 1 else rate * kept * (1 - kept**periods) / (1 - kept)
    # How fast machines go is itself a guess: a tenth of it more or less is added to the spread.
    variance = total * max(lumpiness, 1.0) + (0.1 * total) ** 2
    return max(quantile(total, variance, service) - there, 0)
