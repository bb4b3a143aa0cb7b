"""Two echelons: how much to keep at the centre, and how much in the outlets that it serves (METRIC).

A piece at the centre shortens the wait of all outlets a little; a piece in an outlet serves that outlet at once. For a price of
shortage and a number at the centre, each outlet's best is where its tail is as small as its price asks; the best number at the centre
is then the one at which stock and waiting together cost least. What METRIC expects is too hopeful: `backtest.needed` says by how much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guiju.readiness.planning.rules import spread
from guiju.readiness.planning.rules.forecasts import Matrix, Row
from guiju.readiness.planning.rules.levels import TAIL_MAX, TAIL_MIN

# The numbers at the centre that are tried: these quantiles of what is asked for while its own order is under way.
CENTRE_LEVELS = (0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999)
# Sixteen halvings tell two prices of shortage apart to a thousandth part.
STEPS = 16
OUTLET_LEVELS = tuple(1 - TAIL_MAX * (TAIL_MIN / TAIL_MAX) ** (step / 24) for step in range(25))


@dataclass(frozen=True)
class Network:
    """Parts by outlets.

    rate        demand of each part at each outlet, in pieces a day
    lumpiness   variance of the demand as a multiple of its mean, a figure for each part
    price       of each part
    centre_days, outlet_days   how long an order of the centre, and a delivery from the centre, takes
    """

    rate: Matrix
    lumpiness: Row
    price: Row
    centre_days: float
    outlet_days: float


@dataclass(frozen=True)
class NetworkPlan:
    """What to keep at the centre and in each outlet, in pieces; and the share of pieces expected to be served at once."""

    centre: Row
    outlets: Matrix
    unit_fill: float


class Tables:
    """What does not depend on the price of shortage, reckoned once: by part, by number at the centre, by outlet."""

    def __init__(self, network: Network) -> None:
        self.network = network
        total = network.rate.sum(axis=1)
        waiting = total * network.centre_days
        self.centres = np.vstack(
            [np.zeros_like(waiting), spread.quantiles(waiting, waiting * network.lumpiness, CENTRE_LEVELS)]
        )
        owed = np.vstack([spread.expected_short(waiting, waiting * network.lumpiness, kept) for kept in self.centres])
        delay = np.divide(owed, total, out=np.zeros_like(owed), where=total > 0)
        # What each outlet has under way: its own days, and the days that the centre keeps it waiting.
        self.pipeline = network.rate[None] * (network.outlet_days + delay[:, :, None])
        flat = self.pipeline.reshape(-1)
        self.spread = (self.pipeline * network.lumpiness[None, :, None]).reshape(-1)
        self.outlets = spread.quantiles(flat, self.spread, OUTLET_LEVELS)

    def plan(self, multiplier: float) -> NetworkPlan:
        """The cheapest plan when a piece that is waited for costs `1 / multiplier`."""
        price = self.network.price
        tail = np.clip(multiplier * price, TAIL_MIN, TAIL_MAX)
        place = np.rint(np.log(TAIL_MAX / tail) / np.log(TAIL_MAX / TAIL_MIN) * (len(OUTLET_LEVELS) - 1))
        shape = self.pipeline.shape
        places = np.broadcast_to(place.astype(np.int64)[None, :, None], shape).reshape(-1)
        kept = np.take_along_axis(self.outlets, places[None], axis=0)[0]
        short = spread.expected_short(self.pipeline.reshape(-1), self.spread, kept).reshape(shape)
        kept = kept.reshape(shape)
        cost = price * (self.centres + kept.sum(axis=2)) + short.sum(axis=2) / multiplier
        best = cost.argmin(axis=0)
        rows = np.arange(len(price))
        return NetworkPlan(self.centres[best, rows], kept[best, rows], self._fill(best, kept))

    def for_fill(self, aim: float) -> NetworkPlan:
        """The plan whose expected share of pieces served at once is the aim."""
        low, high = np.log(TAIL_MIN / self.network.price.max()), np.log(TAIL_MAX / self.network.price.min())
        found = self.plan(float(np.exp(low)))
        for _ in range(STEPS):
            middle = (low + high) / 2
            tried = self.plan(float(np.exp(middle)))
            if tried.unit_fill >= aim:
                low, found = middle, tried
            else:
                high = middle
        return found

    def _fill(self, best: NDArray[np.int64], kept: Matrix) -> float:
        """A piece is served at once when what is under way leaves at least one on the shelf."""
        rows = np.arange(len(best))
        at_hand, mean = kept[best, rows], self.pipeline[best, rows]
        variance = mean * self.network.lumpiness[:, None]
        # E[(X - s + 1)+] - E[(X - s)+] is the chance that nothing is left.
        short = spread.expected_short(mean.reshape(-1), variance.reshape(-1), at_hand.reshape(-1))
        more = spread.expected_short(mean.reshape(-1), variance.reshape(-1), np.maximum(at_hand.reshape(-1) - 1, 0))
        out = np.where(at_hand.reshape(-1) > 0, more - short, 1.0)
        weight = self.network.rate.reshape(-1)
        return float(1 - (weight * out).sum() / max(float(weight.sum()), 1e-12))


def each_alone(network: Network, service: float) -> NetworkPlan:
    """The same service for every part at every place, each looking only at its own days; to compare with."""
    waiting = network.rate.sum(axis=1) * network.centre_days
    centre = spread.quantiles(waiting, waiting * network.lumpiness, [service])[0]
    own = network.rate * network.outlet_days
    outlets = spread.quantiles(own.reshape(-1), (own * network.lumpiness[:, None]).reshape(-1), [service])[0]
    return NetworkPlan(centre, outlets.reshape(own.shape), service)


def play(plan: NetworkPlan, days: Sequence[Matrix], network: Network) -> tuple[float, float]:
    """Play a plan day by day: the share of pieces served at once, and the mean value of all that lies somewhere.

    days   what was asked for, by part and outlet. Each piece asked for is ordered again at once; the centre serves in turn.
    """
    centre = plan.centre.copy()
    shelf = plan.outlets.copy()
    owed = np.zeros_like(shelf)
    under_way = [np.zeros_like(shelf) for _ in range(int(network.outlet_days))]
    ordered = [np.zeros_like(centre) for _ in range(int(network.centre_days))]
    served = asked = value = 0.0
    for index, wanted in enumerate(days):
        ordered.append(wanted.sum(axis=1))
        centre = centre + ordered.pop(0)
        owed = owed + wanted
        turn = index % shelf.shape[1]
        in_turn = np.roll(owed, -turn, axis=1)
        given = np.clip(centre[:, None] - (np.cumsum(in_turn, axis=1) - in_turn), 0, in_turn)
        sent = np.roll(given, turn, axis=1)
        centre = centre - sent.sum(axis=1)
        owed = owed - sent
        under_way.append(sent)
        shelf = shelf + under_way.pop(0)
        there = np.maximum(shelf, 0)
        served += float(np.minimum(there, wanted).sum())
        asked += float(wanted.sum())
        shelf = shelf - wanted
        value += float(((np.maximum(shelf, 0).sum(axis=1) + centre) * network.price).sum())
    return served / max(asked, 1.0), value / max(len(days), 1)
