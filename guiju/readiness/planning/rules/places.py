"""The stores of a network, planned together and told one by one: each suggestion with its echelon and its reasons."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from guiju.readiness.planning.rules import network, plain
from guiju.readiness.planning.rules.network import DAYS_OF_MONTH, Asked, Levels
from guiju.readiness.planning.rules.reckoning import (
    Aims,
    Because,
    Facts,
    Feeder,
    Reckoned,
    learnt_said,
    of_history,
    percent,
    priced,
)
from guiju.readiness.planning.rules.words import Echelon, Kind, Reason


def reckoned(
    facts: Sequence[Facts], aims: Aims, feeders: Mapping[int, Feeder]
) -> tuple[list[Reckoned], dict[int, tuple[float, bool]]]:
    """Plan each centre with the stores that it fills; and what each store aims at, learnt or not."""
    price, known = priced(facts)
    facts = [replace(each, price=round(float(cost))) for each, cost in zip(facts, price, strict=True)]
    priceless = {(each.store, each.part) for each, is_known in zip(facts, known, strict=True) if not is_known}
    parts: list[Reckoned] = []
    aimed: dict[int, tuple[float, bool]] = {}
    for centre in sorted({feeder.store for feeder in feeders.values()}):
        filled = sorted(store for store, feeder in feeders.items() if feeder.store == centre)
        mine = [each for each in facts if each.store == centre or each.store in filled]
        if not mine:
            continue
        asked, rows = _asked(mine, [centre, *filled])
        found = network.levels(
            asked,
            centre_days=aims.span * DAYS_OF_MONTH,
            outlet_days=aims.outlet_days,
            target=aims.target,
            floor=aims.floor,
        )
        aimed |= dict.fromkeys([centre, *filled], (found.aim, found.is_learnt))
        for index, row in enumerate(rows):
            parts += _told(row, found, index, aims, feeders)
    return [_priceless(each) if (each.facts.store, each.facts.part) in priceless else each for each in parts], aimed


def _priceless(each: Reckoned) -> Reckoned:
    return replace(each, because=(*each.because, (Reason.PRICELESS, {})))


def _asked(facts: Sequence[Facts], stores: Sequence[int]) -> tuple[Asked, list[list[Facts | None]]]:
    """The histories as a block; and for each part its facts in each store, where it has any."""
    place = {store: index for index, store in enumerate(stores)}
    by_part: dict[int, list[Facts | None]] = {}
    for each in facts:
        by_part.setdefault(each.part, [None] * len(stores))[place[each.store]] = each
    rows = [row for _, row in sorted(by_part.items())]
    months = len(facts[0].history)
    demand = np.full((len(rows), len(stores), months), np.nan)
    keeps = np.zeros((len(rows), len(stores)), dtype=bool)
    for index, row in enumerate(rows):
        for at, known in enumerate(row):
            if known is not None:
                keeps[index, at] = True
                demand[index, at] = [math.nan if month is None else month for month in known.history]
    some = [next(each for each in row if each is not None) for row in rows]
    price = np.array([float(each.price) for each in some])
    groups, going = np.array([each.group for each in some]), np.array([each.phasing_out for each in some])
    return Asked(demand, keeps, price, groups, going), rows


def _told(
    row: Sequence[Facts | None], found: Levels, index: int, aims: Aims, feeders: Mapping[int, Feeder]
) -> list[Reckoned]:
    """A part in each store that has it."""
    pooled = network.pooled_history([each.history for each in row if each is not None])
    filled = sum(1 for each in row[1:] if each is not None)
    learnt = learnt_said(aims, found.aim if found.is_learnt else None)
    spread_of, _ = plain.variance_over(pooled, 1)
    parts = []
    for place, facts in enumerate(row):
        if facts is None:
            continue
        level, rate = int(found.level[index, place]), float(found.rate[index, place])
        service = float(found.served[index, place]) if rate else 0.0
        # The centre is shown what all ask for together.
        told = facts if place else replace(facts, history=pooled)
        because = list(of_history(told, rate, aims))
        if rate and place:
            because = [_shared(said) for said in because if said[0] is not Reason.COVERS]
            fed = _of_an_outlet(level, service, feeders[facts.store], aims)
            if not level and not found.level[index, 0]:
                fed = [(Reason.NOWHERE, {"store": feeders[facts.store].name})]
            because += [*fed, learnt]
        elif rate:
            waits = f"{float(found.waits[index]):.0f}"
            because += [(Reason.SERVES, {"outlets": filled, "days": waits})]
            if found.raised[index]:
                because.append((Reason.FLOOR, {"percent": percent(aims.floor)}))
            because.append(learnt)
        echelon = Echelon.OUTLET if place else Echelon.CENTRE
        kind = Kind(plain.kind(told.history))
        lumpiness = max(spread_of / rate, 1.0) if rate else 1.0
        parts.append(Reckoned(told, level, rate, service, lumpiness, kind, tuple(because), echelon))
    return parts


def _of_an_outlet(level: int, service: float, feeder: Feeder, aims: Aims) -> list[Because]:
    fed: Because = (Reason.FED, {"store": feeder.name, "days": aims.outlet_days})
    if not level:
        return [fed, (Reason.POOLED, {"store": feeder.name})]
    return [fed, (Reason.AT_ONCE, {"percent": percent(service)})]


def _shared(said: Because) -> Because:
    """What a store hardly knows of it takes from the others of its network."""
    return (Reason.SHARED, {}) if said[0] is Reason.BORROWED else said
