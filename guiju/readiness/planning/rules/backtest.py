"""What a plan would have done: the store of the last years, played again with what was known at the time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from guiju.readiness.planning.rules.forecasts import Matrix, Row, filled
from guiju.readiness.planning.rules.levels import Plan
from guiju.readiness.planning.rules.outlook import Outlook, outlook

# The aims that a calibration tries; between two of them one interpolates.
AIMS = (0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995, 0.998)


@dataclass(frozen=True)
class Outcome:
    """What came of it.

    line_fill  the share of demands that were served whole and at once
    unit_fill  the share of pieces that were served at once
    value      the mean value of what lay on the shelf
    owed       the mean number of pieces that were waited for
    """

    line_fill: float
    unit_fill: float
    value: float
    owed: float


def look_back(demand: Matrix, periods: int, origins: Sequence[int]) -> list[Outlook]:
    """The outlook at the beginning of each of these periods, from what was known by then."""
    return [outlook(demand[:, :origin], periods) for origin in origins]


def play(kept: Sequence[Row], demand: Matrix, *, lead: int, price: Row) -> Outcome:
    """Review at the beginning of every period, order up to the level, wait `lead` periods; what is short is owed.

    kept     the level in force in each period
    demand   what was asked for in each period, as many columns; what is not known is nothing
    """
    asked_for = filled(demand)
    net = kept[0].copy()
    coming = [np.zeros_like(net) for _ in range(lead)]
    lines = served_lines = units = served_units = value = owed = 0.0
    for column, level in zip(asked_for.T, kept, strict=True):
        coming.append(np.maximum(level - net - sum(coming), 0))
        net = net + coming.pop(0)
        there = np.maximum(net, 0)
        wanted = column > 0
        lines += float(wanted.sum())
        served_lines += float((wanted & (there >= column)).sum())
        units += float(column.sum())
        served_units += float(np.minimum(there, column).sum())
        net = net - column
        value += float((np.maximum(net, 0) * price).sum())
        owed += float(np.maximum(-net, 0).sum())
    played = max(len(kept), 1)
    return Outcome(served_lines / max(lines, 1.0), served_units / max(units, 1.0), value / played, owed / played)


def frontier(
    outlooks: Sequence[Outlook],
    demand: Matrix,
    policy: Callable[[Outlook, float], Plan],
    knobs: Sequence[float],
    *,
    lead: int,
    price: Row,
) -> list[Outcome]:
    """What each setting of a policy's one knob would have done."""
    return [
        play([policy(each, knob).order_up_to for each in outlooks], demand, lead=lead, price=price) for knob in knobs
    ]


def needed(knobs: Sequence[float], fills: Sequence[float], target: float) -> float:
    """The knob at which the fill comes to the target; the last one where none does. Fills are taken as never falling."""
    rising = np.maximum.accumulate(np.asarray(fills))
    return float(np.interp(target, rising, np.asarray(knobs)))


def at_fill(outcomes: Sequence[Outcome], target: float) -> float | None:
    """The stock value at which the line fill comes to the target; nothing where no setting reaches it."""
    fills = np.asarray([each.line_fill for each in outcomes])
    values = np.asarray([each.value for each in outcomes])
    order = np.argsort(fills)
    if not fills[order[0]] <= target <= fills[order[-1]]:
        return None
    return float(np.interp(target, fills[order], values[order]))
