"""What will be asked for in the next period, of thousands of parts at once.

A history is a matrix: a row for each part in a store, a column for each period, the last one newest. NaN says that nothing is known
of a period: the part was not kept yet, or there was none to give. Such a period is passed over; it is never read as nothing asked for.

Demand for parts is mostly nothing, so the models are those of intermittent demand. All of them are one exponential smoothing of
something: of the demand, of its sizes, of the gaps between, or of its means over blocks of periods.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Row = NDArray[np.float64]

# The usual smoothing of parts' demand: about the last twenty periods count. Faster ones chase single demands.
SMOOTHING = 0.1
# Of what is going, half as many periods count.
FALLING = 0.2
# Where the smoothing is fitted, it is fitted within these bounds: outside them a short history fits its own noise.
FITTED = (0.1, 0.15, 0.2, 0.25, 0.3)
# Syntetos and Boylan: half the smoothing of the gaps is what Croston's method forecasts too much.
SBA_CORRECTION = 1 - SMOOTHING / 2


def mean(demand: Matrix) -> Row:
    """The mean of all that is known."""
    known = ~np.isnan(demand)
    return _ratio(np.where(known, demand, 0).sum(axis=1), known.sum(axis=1).astype(float))


def moving_average(demand: Matrix, periods: int) -> Row:
    """The mean of the last periods."""
    return mean(demand[:, -periods:])


def naive(demand: Matrix) -> Row:
    """As in the last known period."""
    last = np.full(len(demand), np.nan)
    for column in _columns(demand):
        last = np.where(np.isnan(column), last, column)
    return filled(last)


def ses(demand: Matrix, smoothing: float = SMOOTHING) -> Row:
    """Simple exponential smoothing."""
    return filled(_smoothed(demand, smoothing))


def croston(demand: Matrix, smoothing: float = SMOOTHING) -> Row:
    """Croston: the smoothed size of a demand over the smoothed gap between two. Forecasts too much, and never sees an end."""
    return _ratio(ses(sizes(demand), smoothing), ses(gaps(demand), smoothing))


def croston_fitted(demand: Matrix) -> Row:
    """Croston, each smoothing fitted to the part's own history."""
    return _ratio(filled(_smoothed_best(sizes(demand))), filled(_smoothed_best(gaps(demand))))


def sba(demand: Matrix) -> Row:
    """Croston as Syntetos and Boylan correct it."""
    return croston(demand) * SBA_CORRECTION


def tsb(demand: Matrix, smoothing: float = SMOOTHING) -> Row:
    """Teunter, Syntetos and Babai: the smoothed chance of a demand times its smoothed size. Falls where a part dies out."""
    asked = np.where(np.isnan(demand), np.nan, demand > 0)
    return ses(asked, smoothing) * ses(sizes(demand), smoothing)


def adida(demand: Matrix) -> Row:
    """Smooth blocks as long as the mean gap, in which few are empty."""
    blocks = _block_lengths(demand)
    forecast = np.zeros(len(demand))
    for length in np.unique(blocks[blocks > 0]):
        rows = blocks == length
        forecast[rows] = _forecast_in_blocks(demand[rows], int(length))
    return forecast


def imapa(demand: Matrix) -> Row:
    """The mean of the forecasts in blocks of one period, two, and so on to the mean gap. The best single one that was measured."""
    longest = _block_lengths(demand)
    total = np.zeros(len(demand))
    for length in range(1, int(longest.max(initial=0)) + 1):
        rows = longest >= length
        total[rows] += _forecast_in_blocks(demand[rows], length)
    return total / np.maximum(longest, 1)


def sizes(demand: Matrix) -> Matrix:
    """The sizes of the demands alone, nothing between them."""
    return np.where(demand > 0, demand, np.nan)


def gaps(demand: Matrix) -> Matrix:
    """At each demand the periods since the one before; only periods of which something is known count."""
    since = np.zeros(len(demand))
    found = np.full(demand.shape, np.nan)
    for index, column in enumerate(_columns(demand)):
        since = since + ~np.isnan(column)
        asked = column > 0
        found[asked, index] = since[asked]
        since = np.where(asked, 0, since)
    return found


def in_blocks(demand: Matrix, length: int) -> Matrix:
    """Means over blocks of periods that end with the newest; what is left over at the old end is dropped."""
    if length == 1:
        return demand
    left = demand.shape[1] % length
    blocks = demand[:, left:].reshape(len(demand), -1, length)
    known = ~np.isnan(blocks)
    counted = known.sum(axis=2)
    # A block of which less than half is known would weigh a single month as much as a whole block.
    means = np.where(known, blocks, 0).sum(axis=2) / np.maximum(counted, 1)
    return np.where(counted * 2 > length, means, np.nan)


def _block_lengths(demand: Matrix) -> NDArray[np.int64]:
    """The mean gap between demands of each part, in whole periods; nothing for a part that was never asked for."""
    apart = mean(gaps(demand))
    known = (~np.isnan(demand)).sum(axis=1)
    longest: NDArray[np.int64] = np.minimum(np.rint(apart), np.maximum(known // 2, 1)).astype(np.int64)
    return longest


def _forecast_in_blocks(demand: Matrix, length: int) -> Row:
    return filled(_smoothed_best(in_blocks(demand, length)))


def _smoothed(demand: Matrix, smoothing: float) -> Row:
    level = np.full(len(demand), np.nan)
    for column in _columns(demand):
        step = column - level
        step *= smoothing
        step += level
        # What is known for the first time is where the level starts; what is not known leaves it as it is.
        np.copyto(step, column, where=np.isnan(level))
        np.copyto(level, step, where=~np.isnan(column))
    return level


def _smoothed_best(demand: Matrix) -> Row:
    """Smooth with each of the smoothings, and take for each part the one that would have erred least so far."""
    fitted = np.array(FITTED)[:, None]
    level = np.full((len(FITTED), len(demand)), np.nan)
    wrong = np.zeros_like(level)
    for column in _columns(demand):
        known = ~np.isnan(column)
        if not known.any():
            continue
        error = column - level
        np.copyto(error, 0, where=np.isnan(error))
        wrong += error * error
        level += fitted * error
        np.copyto(level, column, where=np.isnan(level) & known)
    best = wrong.argmin(axis=0)
    chosen: Row = np.take_along_axis(level, best[None, :], axis=0)[0]
    return chosen


def filled(figures: NDArray[np.float64]) -> NDArray[np.float64]:
    """Nothing where nothing is known."""
    return np.where(np.isnan(figures), 0.0, figures)


def _columns(demand: Matrix) -> Iterator[Row]:
    yield from np.ascontiguousarray(demand.T)


def _ratio(of: Row, to: Row) -> Row:
    found: Row = np.divide(of, to, out=np.zeros_like(of, dtype=float), where=to > 0)
    return found
