"""How much to keep: one price for shortage, a floor for each part, and the aim that a back-test says is needed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guiju.readiness.planning.rules.forecasts import Row
from guiju.readiness.planning.rules.outlook import LEVELS, Outlook

# However dear, a part that is kept at all is kept for two demands in five.
TAIL_MAX = 0.6
TAIL_MIN = 1 - LEVELS[-1]


@dataclass(frozen=True)
class Plan:
    """What to keep of each part.

    order_up_to   on the shelf, on order and promised together: what a review brings it back to, in whole pieces
    service       the share of lead times in which the part is expected to last
    multiplier    what one line served is worth, as the share of a unit of money that may lie on the shelf for it
    """

    order_up_to: Row
    service: Row
    multiplier: float


def tails(multiplier: float, price: Row, lot: Row, floor: Row) -> Row:
    """The chance of running out that each part is allowed.

    One piece more of a part serves `tail / lot` lines and costs its price: at the best all parts that are kept have the same ratio.
    """
    allowed: Row = np.minimum(multiplier * price * lot, np.minimum(TAIL_MAX, 1 - floor))
    return np.maximum(allowed, TAIL_MIN)


def uniform(outlook: Outlook, service: float) -> Plan:
    """The same service for every part, as most stores do; to compare with."""
    level = np.full(len(outlook.rate), min(max(service, LEVELS[0]), LEVELS[-1]))
    return Plan(whole(outlook.at(level)), level, 0.0)


def priced(outlook: Outlook, price: Row, multiplier: float, floor: Row) -> Plan:
    """Dear parts a little less, cheap ones always, none under its floor."""
    level = 1 - tails(multiplier, price, outlook.lot, floor)
    return Plan(whole(outlook.at(level)), level, multiplier)


def allocate(outlook: Outlook, price: Row, aim: float, floor: Row) -> Plan:
    """Find the one multiplier at which the share `aim` of all lines is expected to be served at once."""
    lines = np.divide(outlook.rate, outlook.lot, out=np.zeros_like(outlook.rate), where=outlook.lot > 0)
    weight = lines / max(float(lines.sum()), 1e-12)
    cost = np.maximum(price * outlook.lot, 1e-12)
    low, high = np.log(TAIL_MIN / cost.max()), np.log(TAIL_MAX / cost.min())
    for _ in range(40):
        middle = (low + high) / 2
        served = float((weight * (1 - tails(float(np.exp(middle)), price, outlook.lot, floor))).sum())
        low, high = (middle, high) if served >= aim else (low, middle)
    return priced(outlook, price, float(np.exp(low)), floor)


def whole(quantile: Row) -> Row:
    """Whole pieces, never fewer than the quantile says."""
    pieces: Row = np.ceil(quantile - 1e-9)
    return pieces
