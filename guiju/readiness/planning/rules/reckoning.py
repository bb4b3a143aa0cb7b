"""From the histories of many parts to a level for each, with its reasons; by the full rule, or by the plain one where numpy is missing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.util import find_spec
from typing import Any

from guiju.readiness.planning.rules import plain
from guiju.readiness.planning.rules.words import Echelon, Engine, Kind, Reason

# A back-test plays the last year, and needs as long a time before it; so many rows tell as much as all of them.
PLAYED = 12
HISTORY_TO_PLAY = 24
ROWS_PLAYED = 2000
# Of fewer demands than these a fill says little: one more or less would move it by more than it is learnt to.
DEMANDS_TO_LEARN = 100

Because = tuple[Reason, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a part in a store.

    history   what was asked for in each month, the last one newest; None where nothing is known
    price     of a piece, in any money; 0 when it is not known
    group     whose rate it borrows when it was hardly ever asked for
    """

    store: int
    part: int
    history: Sequence[float | None]
    price: int = 0
    group: str = ""
    phasing_out: bool = False


@dataclass(frozen=True, slots=True)
class Aims:
    """What the house wants, in months and in shares of 1.

    lead     until what is ordered is here
    review   until the next look
    outlet_days   until what a store asks of the one that fills it is there
    target   of all requests the share that is to be served at once
    floor    the least share of such spans for which any part that is kept must last
    """

    lead: int
    review: int
    target: float
    floor: float
    outlet_days: int = 3

    @classmethod
    def asked(cls, figures: Mapping[str, Any]) -> Aims:
        """As the house's figures say."""
        return cls(
            lead=int(figures["inv.lead_months"]),
            review=int(figures["inv.review_months"]),
            target=float(figures["inv.fill_target_percent"]) / 100,
            floor=float(figures["inv.fill_floor_percent"]) / 100,
            outlet_days=int(figures["inv.outlet_days"]),
        )

    @property
    def span(self) -> int:
        """How long what is ordered now must last."""
        return self.lead + self.review


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What is suggested for a part in a store.

    level     to keep: on the shelf, free, and on order together
    rate      expected a month
    service   the share of spans in which the level lasts
    lumpiness variance of the demand of a span as a multiple of its mean
    """

    facts: Facts
    level: int
    rate: float
    service: float
    lumpiness: float
    kind: Kind
    because: tuple[Because, ...] = ()
    echelon: Echelon = Echelon.ALONE


@dataclass(frozen=True, slots=True)
class Feeder:
    """The store that fills another, and how it is called."""

    store: int
    name: str


@dataclass(frozen=True)
class Plan:
    """What came of it; `aim` is what the target takes, learnt or not."""

    engine: Engine
    aim: float
    is_learnt: bool
    parts: list[Reckoned] = field(default_factory=list)
    # Stores of a network aim at what their network takes.
    networks: Mapping[int, tuple[float, bool]] = field(default_factory=dict)

    @cached_property
    def _by_store(self) -> Mapping[int, list[Reckoned]]:
        found: dict[int, list[Reckoned]] = {}
        for each in self.parts:
            found.setdefault(each.facts.store, []).append(each)
        return found

    def of(self, store: int) -> list[Reckoned]:
        """What is suggested for one store."""
        return self._by_store.get(store, [])

    def aim_of(self, store: int) -> tuple[float, bool]:
        """What the target takes in this store, and whether it was learnt."""
        return self.networks.get(store, (self.aim, self.is_learnt))


def engine() -> Engine:
    """The full rule where its libraries are."""
    return Engine.WHOLE if find_spec("numpy") and find_spec("scipy") else Engine.PLAIN


def reckon(
    facts: Sequence[Facts], aims: Aims, *, by: Engine | None = None, feeders: Mapping[int, Feeder] | None = None
) -> Plan:
    """Suggest a level for each part in each store. Every history is of the same months.

    feeders   of each store that another fills, that other one. The plain rule looks at each store by itself
    """
    if not facts:
        return Plan(by or engine(), aims.target, is_learnt=False)
    if (by or engine()) is Engine.PLAIN:
        return _plainly(facts, aims)
    centres = {feeder.store for feeder in (feeders or {}).values()}
    joined = [each for each in facts if each.store in centres or each.store in (feeders or {})]
    alone = [each for each in facts if each.store not in centres and each.store not in (feeders or {})]
    plan = _wholly(alone, aims) if alone else Plan(Engine.WHOLE, aims.target, is_learnt=False)
    if not joined:
        return plan
    from guiju.readiness.planning.rules import places

    parts, networks = places.reckoned(joined, aims, feeders or {})
    return replace(plan, parts=[*plan.parts, *parts], networks=networks)


def _plainly(facts: Sequence[Facts], aims: Aims) -> Plan:
    parts = []
    for each in facts:
        rate, level = plain.keep(each.history, aims.span, aims.target, phasing_out=each.phasing_out)
        variance, _ = plain.variance_over(each.history, aims.span)
        lumpiness = variance / (rate * aims.span) if rate else 1.0
        kind = plain.kind(each.history)
        because = (*of_history(each, rate, aims), (Reason.PLAIN, {}))
        parts.append(Reckoned(each, level, rate, aims.target, lumpiness, kind, because))
    return Plan(Engine.PLAIN, aims.target, is_learnt=False, parts=parts)


def _wholly(facts: Sequence[Facts], aims: Aims) -> Plan:
    import numpy as np

    from guiju.readiness.planning.rules import levels, outlook

    demand = np.array([[math.nan if each is None else each for each in row.history] for row in facts], dtype=float)
    price, known = priced(facts)
    going = np.array([row.phasing_out for row in facts])
    aim = _learnt(demand, price, aims)
    ahead = outlook.outlook(demand, aims.span, groups=np.array([row.group for row in facts]), phasing_out=going)
    floor = np.full(len(facts), aims.floor)
    stores = np.array([row.store for row in facts])
    level, service = np.zeros(len(facts)), np.zeros(len(facts))
    for store in np.unique(stores):
        rows = stores == store
        plan = levels.allocate(outlook.part_of(ahead, rows), price[rows], aim or aims.target, floor[rows])
        level[rows], service[rows] = plan.order_up_to, plan.service
    # A part of which nothing at all is expected is not kept.
    level = np.where(ahead.rate > 0, level, 0)
    lumpy = np.divide(ahead.variance, ahead.over, out=np.ones(len(facts)), where=ahead.over > 0)
    learnt = learnt_said(aims, aim)
    parts = []
    for index, each in enumerate(facts):
        rate, share = float(ahead.rate[index]), float(service[index])
        because = list(of_history(each, rate, aims))
        if rate > 0:
            at_floor = share <= aims.floor + 1e-9
            because.append((Reason.FLOOR if at_floor else Reason.SERVICE, {"percent": percent(share)}))
            because.append(learnt)
        if not known[index]:
            because.append((Reason.PRICELESS, {}))
        kind = Kind(str(ahead.kinds[index]))
        parts.append(Reckoned(each, int(level[index]), rate, share, float(lumpy[index]), kind, tuple(because)))
    return Plan(Engine.WHOLE, aim or aims.target, aim is not None, parts)


def priced(facts: Sequence[Facts]) -> tuple[Any, Any]:
    """The price of each, of half of the others where it is not known; and whether it is."""
    import numpy as np

    price = np.array([row.price for row in facts], dtype=float)
    known = price > 0
    return np.where(known, price, float(np.median(price[known])) if known.any() else 1.0), known


def learnt_said(aims: Aims, aim: float | None) -> Because:
    """What the target takes, and whether it was learnt."""
    if aim is None:
        return Reason.UNLEARNT, {"target": percent(aims.target)}
    return Reason.LEARNT, {"target": percent(aims.target), "aim": percent(aim)}


def _learnt(demand: Any, price: Any, aims: Aims) -> float | None:
    """The aim at which the last year, played again, would have come to the target; nothing without two years of history."""
    import numpy as np

    from guiju.readiness.planning.rules import backtest, levels

    played = (~np.isnan(demand)).sum(axis=1) >= HISTORY_TO_PLAY
    rows = np.flatnonzero(played & (np.nan_to_num(demand).sum(axis=1) > 0))
    if len(rows) < 2 or demand.shape[1] < HISTORY_TO_PLAY:
        return None
    rows = rows[:: max(1, -(-len(rows) // ROWS_PLAYED))]
    origins = range(demand.shape[1] - PLAYED, demand.shape[1])
    asked, cost = demand[rows][:, list(origins)], price[rows]
    if (asked > 0).sum() < DEMANDS_TO_LEARN:
        return None
    past = backtest.look_back(demand[rows], aims.span, list(origins))
    floor = np.full(len(rows), aims.floor)
    outcomes = backtest.frontier(
        past,
        asked,
        lambda each, aim: levels.allocate(each, cost, aim, floor),
        backtest.AIMS,
        lead=aims.lead,
        price=cost,
    )
    # Where the floor alone serves more than the target, nothing less is to be aimed at.
    return max(backtest.needed(backtest.AIMS, [each.line_fill for each in outcomes], aims.target), aims.floor)


def of_history(facts: Facts, rate: float, aims: Aims) -> tuple[Because, ...]:
    """What the history says, and over how long it must last."""
    known = [each for each in facts.history if each is not None]
    asked = sum(1 for each in known if each > 0)
    if not rate:
        return ((Reason.NEVER, {"months": len(known)}),)
    because: list[Because] = [
        (Reason.RATE, {"rate": f"{rate:.2f}", "months": len(known), "asked": asked}),
        (Reason.COVERS, {"months": aims.span}),
    ]
    if asked < 2:
        because.append((Reason.BORROWED, {}))
    begun = next(index for index, each in enumerate(facts.history) if each is not None) if known else 0
    if missing := sum(1 for each in facts.history[begun:] if each is None):
        because.append((Reason.UNKNOWN, {"months": missing}))
    return tuple(because)


def percent(share: float) -> str:
    """As it is said: 95, 97.5."""
    return f"{share * 100:.1f}".removesuffix(".0")
