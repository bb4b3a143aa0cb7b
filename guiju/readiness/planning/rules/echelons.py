"""Two echelons: how much to keep at the centre, and how much in the outlets that it serves (METRIC).

A piece at the centre shortens the wait of all outlets a little; a piece in an outlet serves that outlet at once. For a price of
shortage and a number at the centre, each outlet keeps what is cheapest for it; the best number at the centre is then the one at which
all of it together is cheapest. What is cheap is asked in pieces that find nothing on the shelf, so a lot of ten is served by ten.
What is expected of it is too hopeful: `backtest.needed` says by how much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from guiju.readiness.planning.rules import compound, spread
from guiju.readiness.planning.rules.forecasts import Matrix, Row

# The numbers at the centre that are tried, beside none: these quantiles of what is asked for while its own order is under way.
CENTRE_LEVELS = (0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999)
# Eighteen halvings tell two prices of shortage apart to a thousandth part.
HALVINGS = 18
# A price of shortage is found on so many parts; the others are planned at it, so many at a time that their tables are no burden.
PARTS_TRIED, PARTS_AT_ONCE = 400, 100


@dataclass(frozen=True)
class Network:
    """Parts by outlets.

    rate        demand of each part at each outlet, in pieces a day
    at_centre   what is asked for at the centre itself, in pieces a day; nothing when not said
    sizes       of each part, how many were asked for at a time
    price       of each part
    centre_days, outlet_days   how long an order of the centre, and a delivery from the centre, takes
    """

    rate: Matrix
    sizes: Sequence[Row]
    price: Row
    centre_days: float
    outlet_days: float
    at_centre: Row | None = None

    @property
    def total(self) -> Row:
        """What is asked for of each part anywhere, in pieces a day."""
        asked: Row = self.rate.sum(axis=1)
        return asked if self.at_centre is None else asked + self.at_centre

    def of(self, parts: Sequence[int]) -> Network:
        """The same network for some of the parts."""
        rows = list(parts)
        own = None if self.at_centre is None else self.at_centre[rows]
        sizes = [self.sizes[row] for row in rows]
        return replace(self, rate=self.rate[rows], sizes=sizes, price=self.price[rows], at_centre=own)


@dataclass(frozen=True)
class NetworkPlan:
    """What to keep at the centre and in each outlet, in pieces.

    served  pieces a day that are expected to find one on the shelf of their outlet
    waits   days that the centre keeps an outlet waiting for a piece, on the mean
    """

    centre: Row
    outlets: Matrix
    served: Matrix
    waits: Row


class Tables:
    """What does not depend on the price of shortage: by number kept in an outlet, by number at the centre, by part, by outlet."""

    def __init__(self, network: Network) -> None:
        self.network = network
        total = network.total
        likely, size, lumpiness = _sizes(network)
        waiting = total * network.centre_days
        spread_of = waiting * lumpiness
        self.centres = np.vstack([np.zeros_like(waiting), spread.quantiles(waiting, spread_of, CENTRE_LEVELS)])
        owed = np.vstack([spread.expected_short(waiting, spread_of, kept) for kept in self.centres])
        self.at_centre = self.centres - waiting + owed
        self.delay = delay = np.divide(owed, total, out=np.zeros_like(owed), where=total > 0)
        # What each outlet has under way: its own days, and the days that the centre keeps it waiting.
        under_way = network.rate[None] * (network.outlet_days + delay[:, :, None])
        most = (under_way[0] + 4 * np.sqrt(under_way[0] * lumpiness[:, None])).max(axis=1, initial=0)
        reach = most + np.array([np.quantile(each, 0.98) for each in likely])
        self.step = np.maximum(np.ceil(reach / (compound.STEPS - 2)), 1.0)
        # Small lots first: a batch is walked as far as its largest.
        chances = compound.in_steps(likely, self.step)
        shape = (compound.STEPS, *under_way.shape)
        self.on_shelf, self.missing = np.zeros(shape), np.zeros(shape)
        outlets = network.rate.shape[1]
        order = np.argsort([np.flatnonzero(row).max(initial=0) for row in chances], kind="stable")
        for begin in range(0, len(order), PARTS_AT_ONCE):
            rows = order[begin : begin + PARTS_AT_ONCE]
            flat = (len(self.centres), len(rows) * outlets)
            sizes = np.repeat(chances[rows], outlets, axis=0)
            within = compound.walk((under_way[:, rows] / size[rows, None]).reshape(flat), sizes)
            missing = compound.unserved(within, sizes)
            back = (compound.STEPS, len(self.centres), len(rows), outlets)
            # On the shelf lie, of s kept, the sum of the chances that 0, 1, … s - 1 are owed at most.
            on_shelf = np.vstack([np.zeros((1, *flat)), np.cumsum(within, axis=0)[:-1]])
            self.on_shelf[:, :, rows] = on_shelf.reshape(back) * self.step[rows, None]
            requests = network.rate[rows] / size[rows, None]
            self.missing[:, :, rows] = missing.reshape(back) * (self.step[rows, None] * requests)

    def plan(self, worth: float) -> NetworkPlan:
        """The cheapest plan when a piece a day that is served at once is worth so much money on the shelves."""
        price = self.network.price
        cost = price[:, None] * self.on_shelf + worth * self.missing
        best = cost.argmin(axis=0)
        least = np.take_along_axis(cost, best[None], axis=0)[0].sum(axis=2)
        centre = (price * self.at_centre + least).argmin(axis=0)
        rows = np.arange(len(price))
        missing = np.take_along_axis(self.missing, best[None], axis=0)[0][centre, rows]
        kept = best[centre, rows] * self.step[:, None]
        served = self.network.rate - missing
        return NetworkPlan(self.centres[centre, rows], kept, served, self.delay[centre, rows])


def least(network: Network, share: float) -> Row:
    """What all places together must keep of each part to last in such a share of the times of an order of the centre."""
    waiting = network.total * network.centre_days
    _, _, lumpiness = _sizes(network)
    kept: Row = spread.quantiles(waiting, waiting * lumpiness, [share])[0]
    return kept


def _sizes(network: Network) -> tuple[list[Row], Row, Row]:
    """The sizes that are likely of each part, their mean, and the variance of the demand as a multiple of its mean."""
    likely = [compound.likely_sizes(each) for each in network.sizes]
    size = np.array([each.mean() for each in likely])
    return likely, size, np.array([(each**2).mean() for each in likely]) / size


def plan(network: Network, aims: Sequence[float]) -> list[NetworkPlan]:
    """The cheapest plan at which each of these shares of all pieces is expected to be served at once."""
    count = len(network.price)
    tried = list(range(0, count, max(1, -(-count // PARTS_TRIED))))
    tables = Tables(network.of(tried))
    worths = [_worth(tables, aim) for aim in aims]
    if len(tried) == count:
        return [tables.plan(worth) for worth in worths]
    found: list[list[NetworkPlan]] = [[] for _ in aims]
    for begin in range(0, count, PARTS_AT_ONCE):
        tables = Tables(network.of(range(begin, min(begin + PARTS_AT_ONCE, count))))
        for so_far, worth in zip(found, worths, strict=True):
            so_far.append(tables.plan(worth))
    return [_joined(each) for each in found]


def _worth(tables: Tables, aim: float) -> float:
    """The price of shortage at which the aim is expected to be reached."""
    asked = max(float(tables.network.rate.sum()), 1e-12)
    low, high = np.log(tables.network.price.min()), np.log(tables.network.price.max() * 1e6)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        reached = float(tables.plan(float(np.exp(middle))).served.sum()) / asked
        low, high = (low, middle) if reached >= aim else (middle, high)
    return float(np.exp(high))


def _joined(plans: Sequence[NetworkPlan]) -> NetworkPlan:
    return NetworkPlan(
        np.concatenate([each.centre for each in plans]),
        np.concatenate([each.outlets for each in plans]),
        np.concatenate([each.served for each in plans]),
        np.concatenate([each.waits for each in plans]),
    )


def each_alone(network: Network, service: float, lumpiness: Row) -> NetworkPlan:
    """The same service for every part at every place, each looking only at its own days; to compare with.

    lumpiness   variance of the demand as a multiple of its mean, a figure for each part
    """
    waiting = network.rate.sum(axis=1) * network.centre_days
    centre = spread.quantiles(waiting, waiting * lumpiness, [service])[0]
    own = network.rate * network.outlet_days
    outlets = spread.quantiles(own.reshape(-1), (own * lumpiness[:, None]).reshape(-1), [service])[0]
    return NetworkPlan(centre, outlets.reshape(own.shape), network.rate * service, np.zeros_like(centre))


def play(
    plans: Sequence[NetworkPlan], days: Sequence[Matrix], *, centre_days: int, outlet_days: int, price: Row
) -> list[tuple[float, float]]:
    """Play plans day by day: of each the share of pieces served at once, and the mean value of all that lies somewhere.

    days   what was asked for, by part and outlet. Each piece asked for is ordered again at once; the centre serves in turn.
    """
    centre = np.array([each.centre for each in plans])
    shelf = np.array([each.outlets for each in plans])
    owed = np.zeros_like(shelf)
    under_way = [np.zeros_like(shelf) for _ in range(outlet_days)]
    ordered = [np.zeros(centre.shape[1]) for _ in range(centre_days)]
    served, value, asked = np.zeros(len(plans)), np.zeros(len(plans)), 0.0
    for index, wanted in enumerate(days):
        ordered.append(wanted.sum(axis=1))
        centre = centre + ordered.pop(0)
        owed = owed + wanted
        turn = index % shelf.shape[2]
        in_turn = np.roll(owed, -turn, axis=2)
        given = np.clip(centre[:, :, None] - (np.cumsum(in_turn, axis=2) - in_turn), 0, in_turn)
        sent = np.roll(given, turn, axis=2)
        centre = centre - sent.sum(axis=2)
        owed = owed - sent
        under_way.append(sent)
        shelf = shelf + under_way.pop(0)
        served += np.minimum(np.maximum(shelf, 0), wanted).sum(axis=(1, 2))
        asked += float(wanted.sum())
        shelf = shelf - wanted
        value += ((np.maximum(shelf, 0).sum(axis=2) + centre) * price).sum(axis=1)
    length = max(len(days), 1)
    return [(float(each / max(asked, 1.0)), float(worth / length)) for each, worth in zip(served, value, strict=True)]
