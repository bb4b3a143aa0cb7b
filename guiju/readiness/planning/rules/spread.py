"""How far demand over the lead time and the review may exceed its mean: the quantiles that stock levels are read from.

No single model is best everywhere. The mean of the quantiles of five cheap ones was never more than a few per cent from the best of
twelve: the history's own sums, and negative binomials around four forecasts. (A Gaussian is 40 % off at 0.99, a Poisson
wherever demand is lumpy.)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincc, gammaincinv, pdtrc

from guiju.readiness.planning.rules import forecasts
from guiju.readiness.planning.rules.forecasts import Matrix, Row

# A negative binomial has more variance than mean; one that has hardly any more is a Poisson.
LEAST_SPREAD = 1.0001
# So many pieces are counted one by one; beyond them one piece more or less is noise.
STEPS_MAX = 300
TINY = 1e-300
# Overlapping sums lean on one another: fewer than these, and their variance is drawn to that of the class.
SUMS_TRUSTED = 20.0
# The history's own sums have no tail beyond their largest: of fewer than these they count as less than one model of five.
SUMS_WHOLE = 30.0
# A part that was asked for once or never borrows the rate of its group, as if the group had been watched for so many periods.
BORROWED_PERIODS = 12.0
DEMANDS_ENOUGH = 2


def sums(demand: Matrix, periods: int) -> Matrix:
    """The demand of every run of so many periods; NaN where one of them is not known."""
    if demand.shape[1] < periods:
        return np.full((len(demand), 0), np.nan)
    total = demand[:, : demand.shape[1] - periods + 1].copy()
    for shift in range(1, periods):
        total += demand[:, shift : demand.shape[1] - periods + 1 + shift]
    return total


def variance(over: Matrix) -> tuple[Row, Row]:
    """The variance of each row's sums, and how many sums there are."""
    known = ~np.isnan(over)
    count = known.sum(axis=1).astype(float)
    filled = np.where(known, over, 0)
    centre = filled.sum(axis=1) / np.maximum(count, 1)
    squares = np.where(known, (filled - centre[:, None]) ** 2, 0).sum(axis=1)
    return squares / np.maximum(count - 1, 1), count


def shrunk_variance(over: Matrix, mean_over: Row, groups: NDArray[np.str_]) -> Row:
    """The variance of the sums, drawn to that of the class as far as the history is short.

    The class says how the variance grows with the mean: a median of variance / mean².
    """
    own, count = variance(over)
    squared = mean_over**2
    ratio = np.divide(own, squared, out=np.zeros_like(own), where=squared > 0)
    borrowed = own.copy()
    for group in np.unique(groups):
        rows = groups == group
        usable = rows & (squared > 0) & (count > 1)
        if usable.any():
            borrowed[rows] = float(np.median(ratio[usable])) * squared[rows]
    trust = np.minimum(count / SUMS_TRUSTED, 1)
    drawn: Row = np.where(count > 1, trust * own + (1 - trust) * borrowed, borrowed)
    return drawn


def borrowed_rate(demand: Matrix, groups: NDArray[np.str_]) -> Row:
    """The rate of a part that was hardly ever asked for, drawn to its group's; NaN for the parts that speak for themselves.

    The group's rate is its middle: half of its parts are asked for less often.
    """
    own = forecasts.mean(demand)
    watched = (~np.isnan(demand)).sum(axis=1)
    few = (demand > 0).sum(axis=1) < DEMANDS_ENOUGH
    lent = np.full(len(demand), np.nan)
    for group in np.unique(groups[few]):
        rows = groups == group
        middle = float(np.median(own[rows]))
        drawn = (own * watched + middle * BORROWED_PERIODS) / (watched + BORROWED_PERIODS)
        lent = np.where(few & rows, drawn, lent)
    return lent


def quantiles(mean: Row, variance: Row, levels: Sequence[float]) -> Matrix:
    """The quantiles of negative binomials of these means and variances, a row for each level; levels rise.

    A variance that is no larger than its mean makes a Poisson. Both are one family (Panjer's): each chance is the one before it times
    (a + b k) / (k + 1). So all rows and all levels are walked together from nothing upwards, until the last row is far enough.
    """
    found = np.zeros((len(levels), len(mean)))
    rows = np.flatnonzero(mean > 0)
    a, b = _family(mean[rows], variance[rows])
    chance = np.exp(a * _decline(b))
    # A sum of chances that begins with less than a number can hold stays nothing: those are large, and walked no further than that.
    reached, counted = chance.copy(), np.zeros((len(levels), len(rows)))
    wanted = np.asarray(levels)[:, None]
    for k in range(STEPS_MAX):
        below = reached < wanted
        counted += below
        going = below[-1] & (chance > TINY)
        if going.sum() * 4 < len(rows) * 3:
            found[:, rows[~going]] = counted[:, ~going]
            rows, counted = rows[going], counted[:, going]
            a, b, chance, reached = a[going], b[going], chance[going], reached[going]
        if not len(rows):
            break
        chance = chance * (a + b * k) / (k + 1)
        reached = reached + chance
    found[:, rows] = counted
    return _far(found, mean, variance, wanted)


def _far(found: Matrix, mean: Row, variance: Row, levels: Matrix) -> Matrix:
    """What was not walked to is so many that a gamma of the same mean and variance is as good."""
    some = mean > 0
    a, b = _family(mean[some], variance[some])
    far = found >= STEPS_MAX
    far[:, some] |= a * _decline(b) < np.log(TINY)
    if far.any():
        level, row = np.nonzero(far)
        shape = mean[row] ** 2 / np.maximum(variance[row], mean[row])
        found[level, row] = np.ceil(gammaincinv(shape, levels[level, 0]) * mean[row] / shape)
    return found


def _family(mean: Row, variance: Row) -> tuple[Row, Row]:
    wide = np.maximum(variance, mean)
    a = np.divide(mean**2, wide, out=np.zeros_like(mean), where=wide > 0)
    b = 1 - np.divide(mean, wide, out=np.ones_like(mean), where=wide > 0)
    return a, b


def _decline(b: Row) -> Row:
    """log(1 - b) / b, which is -1 where b is nothing."""
    return np.divide(np.log1p(-b), b, out=np.full_like(b, -1.0), where=b > 1 - 1 / LEAST_SPREAD)


def expected_short(mean: Row, spread: Row, kept: Row) -> Row:
    """How many of a demand of this mean and variance are expected beyond what is kept, in whole pieces: E[(X - kept)+]."""
    lumpy, size, chance = _shape(mean, spread)
    few = np.maximum(mean, 1e-12)
    # Of either family, the mean of what lies above k is the mean times a tail: of one size more, or of the same Poisson one below.
    tail = np.where(lumpy, betaincc(size, kept + 1, chance), pdtrc(kept, few))
    above = np.where(lumpy, betaincc(size + 1, np.maximum(kept, 1e-12), chance), pdtrc(kept - 1, few))
    above = np.where(kept >= 1, above, 1.0)
    short: Row = np.where(mean > 0, mean * above - kept * tail, 0.0)
    return np.maximum(short, 0.0)


def _shape(mean: Row, spread: Row) -> tuple[NDArray[np.bool_], Row, Row]:
    """Whether it is lumpy, and the two figures of its negative binomial: size, and chance of a success."""
    lumpy = (spread > mean * LEAST_SPREAD) & (mean > 0)
    safe = np.where(lumpy, spread, mean * 2 + 1)
    size = np.where(mean > 0, mean**2 / (safe - mean), 1.0)
    chance = np.where(mean > 0, mean / safe, 1.0)
    return lumpy, np.maximum(size, 1e-9), np.clip(chance, 1e-12, 1.0)


def empirical(ordered: Matrix, counted: NDArray[np.int64], level: float) -> Row:
    """The quantile of the sums themselves, each row in order and NaN last: the smallest that so large a share does not exceed."""
    if not ordered.shape[1]:
        return np.zeros(len(ordered))
    position = np.clip(np.ceil(level * counted) - 1, 0, np.maximum(counted - 1, 0)).astype(np.int64)
    found: Row = np.take_along_axis(ordered, position[:, None], axis=1)[:, 0]
    return forecasts.filled(found)
