"""What is expected of each part over the lead time and the review: mean, spread, and the quantiles that levels are read from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guiju.readiness.planning.rules import classes, forecasts, spread
from guiju.readiness.planning.rules.forecasts import Matrix, Row

# The shares of a period's demand at which quantiles are reckoned; between two of them one interpolates.
LEVELS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999, 0.9999)


@dataclass(frozen=True)
class Outlook:
    """The outlook of many parts, a figure for each row of the history.

    rate      the mean demand of a period, by the model that is best alone
    steady    the same, the mean of all models: for a plan that must hold for long
    over      the mean demand of the lead time and the review together
    variance  of the latter
    lot       how many are asked for at a time
    table     a row of quantiles for each of LEVELS, not rounded
    kinds     the kind of demand
    """

    rate: Row
    steady: Row
    over: Row
    variance: Row
    lot: Row
    table: Matrix
    kinds: NDArray[np.str_]

    def at(self, level: Row) -> Row:
        """The quantile of each row at a level of its own, interpolated by how much the tail shrinks."""
        tails = -np.log(1 - np.asarray(LEVELS))
        place = np.interp(-np.log(np.maximum(1 - level, 1e-9)), tails, np.arange(len(LEVELS), dtype=float))
        low = np.minimum(place.astype(np.int64), len(LEVELS) - 2)
        rows = np.arange(len(self.rate))
        below, above = self.table[low, rows], self.table[low + 1, rows]
        found: Row = below + (above - below) * (place - low)
        return found


def part_of(ahead: Outlook, rows: NDArray[np.bool_]) -> Outlook:
    """The outlook of some of its rows."""
    return Outlook(
        ahead.rate[rows],
        ahead.steady[rows],
        ahead.over[rows],
        ahead.variance[rows],
        ahead.lot[rows],
        ahead.table[:, rows],
        ahead.kinds[rows],
    )


def outlook(
    demand: Matrix,
    periods: int,
    *,
    groups: NDArray[np.str_] | None = None,
    phasing_out: NDArray[np.bool_] | None = None,
    levels: tuple[float, ...] = LEVELS,
) -> Outlook:
    """Look ahead over so many periods.

    groups       whose rate a part borrows that was hardly ever asked for: its line, its model; all are one group when not said
    phasing_out  parts whose machines are going: only the models that follow a decline speak for them
    """
    kinds = classes.kinds(demand)
    borrowed = spread.borrowed_rate(demand, np.full(len(demand), "") if groups is None else groups)
    going = np.zeros(len(demand), dtype=bool) if phasing_out is None else phasing_out
    followed = (forecasts.ses(demand, forecasts.FALLING) + forecasts.tsb(demand, forecasts.FALLING)) / 2
    by_model = [
        forecasts.imapa(demand),
        forecasts.ses(demand),
        forecasts.mean(demand),
        forecasts.croston_fitted(demand),
    ]
    by_model = [np.where(going, followed, each) for each in by_model]
    by_model = [np.where(np.isnan(borrowed), each, borrowed) for each in by_model]
    over_all = spread.sums(demand, periods)
    variance = spread.shrunk_variance(over_all, forecasts.mean(demand) * periods, kinds)
    # The history's own sums know nothing of a decline.
    counted = (~np.isnan(over_all)).sum(axis=1)
    trust = np.where(going, 0, np.minimum(counted / spread.SUMS_WHOLE, 1))
    ordered = np.sort(over_all, axis=1)
    table = np.vstack([trust * spread.empirical(ordered, counted, level) for level in levels])
    for each in by_model:
        table += spread.quantiles(each * periods, variance, levels)
    table /= len(by_model) + trust
    sizes = forecasts.mean(forecasts.sizes(demand))
    rate, steady = by_model[0], np.mean(by_model, axis=0)
    return Outlook(rate, steady, rate * periods, variance, np.where(sizes > 0, sizes, 1.0), table, kinds)
