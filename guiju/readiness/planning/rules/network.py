"""From the histories of a centre and of the stores that it fills to a level for each part in each of them.

What is asked for anywhere speaks for the part; each store's share of it is drawn to the store's share of everything, the more so the
less was asked for. So a part that was wanted once in one of twenty stores is expected a little in all of them, and kept at the centre.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guiju.readiness.planning.rules import backtest, echelons, outlook
from guiju.readiness.planning.rules.forecasts import Matrix, Row

DAYS_OF_MONTH = 30
# The last year is played by the day, on so many parts; of fewer demands than these a fill says little.
PLAYED, PARTS_PLAYED, DEMANDS_TO_LEARN = 12, 150, 100
AIMS = (0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)


@dataclass(frozen=True)
class Asked:
    """What was asked for of each part in each place of a network, month by month.

    demand    by part, place and month; the first place is the centre, NaN where nothing is known or the part is not kept
    keeps     whether a place has the part at all
    price     of each part
    groups    of each part, whose rate it borrows when it was hardly ever asked for
    going     parts whose machines are going
    """

    demand: NDArray[np.float64]
    keeps: NDArray[np.bool_]
    price: Row
    groups: NDArray[np.str_]
    going: NDArray[np.bool_]

    def some(self, parts: Sequence[int], months: int) -> Asked:
        """Some of the parts, and the first months."""
        rows = list(parts)
        return Asked(
            self.demand[rows, :, :months], self.keeps[rows], self.price[rows], self.groups[rows], self.going[rows]
        )


@dataclass(frozen=True)
class Levels:
    """What to keep, by part and place, the centre first.

    raised  parts of which the centre keeps more than pays, because none is kept for less than the floor
    rate    expected a month; at the centre what all ask for together
    served  the share of pieces that will find one there; of the centre, of the days of its order that nobody waits
    waits   days that a piece asked of the centre is waited for, on the mean
    aim     what the target takes
    """

    level: Matrix
    raised: NDArray[np.bool_]
    rate: Matrix
    served: Matrix
    waits: Row
    aim: float
    is_learnt: bool


def together(demand: NDArray[np.float64]) -> Matrix:
    """What all places asked for in each month. Places of which nothing is known in a month are taken to have asked as they usually do."""
    known = ~np.isnan(demand)
    asked = np.where(known, demand, 0)
    usual = asked.sum(axis=2) / np.maximum(known.sum(axis=2), 1)
    told = np.where(known, usual[:, :, None], 0).sum(axis=1)
    whole = usual.sum(axis=1)[:, None]
    scale = np.divide(whole, told, out=np.ones_like(told), where=told > 0)
    found: Matrix = np.where(known.any(axis=1), asked.sum(axis=1) * scale, np.nan)
    return found


def levels(asked: Asked, *, centre_days: int, outlet_days: int, target: float, floor: float) -> Levels:
    """What to keep at the centre and in each store that it fills."""
    learnt = _learnt(asked, centre_days=centre_days, outlet_days=outlet_days, target=target)
    net = network(asked, centre_days=centre_days, outlet_days=outlet_days)
    [plan] = echelons.plan(net, [learnt or target])
    total = net.total
    # Where nobody asks for anything, nothing is kept.
    outlets = np.where(net.rate > 0, plan.outlets, 0)
    centre = np.where(total > 0, np.ceil(plan.centre - 1e-9), 0)
    # However dear, all places together have enough for such a share of the times of an order.
    least = np.where(total > 0, echelons.least(net, floor) - outlets.sum(axis=1), 0)
    raised = least > centre
    served = np.divide(plan.served, net.rate, out=np.zeros_like(net.rate), where=net.rate > 0)
    return Levels(
        np.hstack([np.maximum(centre, least)[:, None], outlets]),
        raised,
        np.hstack([total[:, None], net.rate]) * DAYS_OF_MONTH,
        np.hstack([1 - np.minimum(plan.waits / centre_days, 1)[:, None], served]),
        plan.waits,
        learnt or target,
        learnt is not None,
    )


def network(asked: Asked, *, centre_days: int, outlet_days: int) -> echelons.Network:
    """The network as it is now: what each place will ask for in a day, and how many at a time."""
    pooled = together(asked.demand)
    expected = outlook.outlook(pooled, 1, groups=asked.groups, phasing_out=asked.going).steady / DAYS_OF_MONTH
    often = (np.nan_to_num(asked.demand) > 0).sum(axis=2).astype(float)
    # A place is wholly unlikely to ask for what it never had; nobody is but whoever has it.
    everywhere = often.sum(axis=0) / max(float(often.sum()), 1)
    weight = np.where(asked.keeps, often + everywhere[None], 0)
    # The centre's own door is asked for what it was asked for there, and for no share of the rest.
    weight[:, 0] = often[:, 0]
    total = weight.sum(axis=1, keepdims=True)
    rate = expected[:, None] * np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
    sizes = [each[each > 0] for each in np.nan_to_num(asked.demand).reshape(len(pooled), -1)]
    return echelons.Network(rate[:, 1:], sizes, asked.price, centre_days, outlet_days, rate[:, 0])


def _learnt(asked: Asked, *, centre_days: int, outlet_days: int, target: float) -> float | None:
    """The aim at which the last year, played again by the day, would have come to the target; nothing where too little is known."""
    months = asked.demand.shape[2]
    watched = (~np.isnan(asked.demand)).any(axis=1).sum(axis=1)
    lately = np.nan_to_num(asked.demand[:, 1:, -PLAYED:]).sum(axis=(1, 2))
    rows = np.flatnonzero((watched >= 2 * PLAYED) & (lately > 0))
    rows = rows[:: max(1, -(-len(rows) // PARTS_PLAYED))]
    came = np.nan_to_num(asked.demand[rows, 1:, -PLAYED:])
    if (came > 0).sum() < DEMANDS_TO_LEARN:
        return None
    before = asked.some(rows.tolist(), months - PLAYED)
    plans = echelons.plan(network(before, centre_days=centre_days, outlet_days=outlet_days), AIMS)
    days = _by_the_day(came)
    played = echelons.play(plans, days, centre_days=centre_days, outlet_days=outlet_days, price=before.price)
    return backtest.needed(AIMS, [fill for fill, _ in played], target)


def _by_the_day(came: NDArray[np.float64]) -> list[Matrix]:
    """Each month's demand of a place on a day of its own; the same days whenever it is reckoned."""
    random = np.random.default_rng(len(came))
    days = [np.zeros(came.shape[:2]) for _ in range(came.shape[2] * DAYS_OF_MONTH)]
    for part, place, month in np.argwhere(came > 0).tolist():
        days[month * DAYS_OF_MONTH + int(random.integers(DAYS_OF_MONTH))][part, place] += came[part, place, month]
    return days


def pooled_history(histories: Sequence[Sequence[float | None]]) -> list[float | None]:
    """What was asked for of a part in all places together; None where nothing is known of any. To be shown, and not reckoned with."""
    found: list[float | None] = []
    for month in zip(*histories, strict=True):
        known = [each for each in month if each is not None]
        found.append(sum(known) if known else None)
    return found
