"""What a unit's pieces are worth, replayed from the moves alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Sum

from guiju.books.stock.models import StockAccount, StockMove, Store
from guiju.books.stock.rules import STILL_OURS, WITHOUT_BOTTOM, Method, Owner, Pool
from guiju.kernel import reach
from guiju.kernel.actor import Actor
from guiju.kernel.amounts import allocate
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy


@dataclass(frozen=True)
class Valued:
    """What a unit's own pieces of a part are worth.

    value_minor   in minor units of the unit's currency
    """

    part: Part
    quantity: int
    value_minor: int


def valuation(
    unit: Unit, *, on: date, by: Actor, until: datetime | None = None, method: Method | None = None
) -> list[Valued]:
    """What lies in the unit's stores and what it has on the way is worth, part by part; nothing for who may not know.

    Replayed from the moves alone, so that any day's value can be told again. What head office consigned and what is a customer's
    is never counted (INV-9). A piece that comes from another unit brings its cost along; one that comes back from a job, too.

    on       whose day's `inv.valuation` is asked
    until    only moves before that instant
    method   moving average or first in first out; by default what `inv.valuation` says
    source   S6-24, INV-9
    """
    if not by.may("valuation.see", unit_id=unit.pk):
        return []
    if method is None:
        method = Method(policy.figure("inv.valuation", unit=unit, on=on).value)
    with reach.house():
        held = StockAccount.objects.filter(unit=unit, owner=Owner.OWN, kind__in=sorted(STILL_OURS)).order_by()
        parts = {part.pk: part for part in Part.objects.filter(pk__in=held.values("part"))}
        pools = _replayed(parts, until, method)
    found = []
    for (part_id, place), pool in pools.items():
        if place == ("ours", unit.pk) and pool.quantity:
            found.append(Valued(parts[part_id], pool.quantity, pool.value))
    return sorted(found, key=lambda each: each.part.code)


@dataclass(frozen=True)
class Stored:
    """What a unit's own pieces of a part in one store are worth; those on their way to it lie in none."""

    store: Store | None
    part: Part
    quantity: int
    value_minor: int


def valued_by_store(unit: Unit, *, on: date, by: Actor, method: Method | None = None) -> list[Stored]:
    """The unit's value store by store, part by part: each part's is shared out by its pieces, so that the stores sum to it, to the cent."""
    valued = valuation(unit, on=on, by=by, method=method)
    with reach.house():
        own = StockAccount.objects.filter(unit=unit, owner=Owner.OWN, kind__in=sorted(STILL_OURS), balance__gt=0)
        rows = own.order_by().values_list("part", "bin__store").annotate(pieces=Sum("balance"))
        lying: dict[int, list[tuple[int | None, int]]] = {}
        for part_id, store_id, pieces in rows:
            lying.setdefault(part_id, []).append((store_id, pieces))
        stores = {store.pk: store for store in Store.objects.filter(unit=unit)}
    found = []
    for each in valued:
        places = sorted(lying.get(each.part.pk, []), key=lambda place: place[0] or 0)
        shares = allocate(each.value_minor, [pieces for _, pieces in places]) if places else []
        for (store_id, pieces), share_minor in zip(places, shares, strict=True):
            found.append(Stored(stores.get(store_id or 0), each.part, pieces, share_minor))
    return found


def _replayed(
    parts: Mapping[int, Part], until: datetime | None, method: Method
) -> dict[tuple[int, tuple[Any, ...]], Pool]:
    """Every pool of these parts after their moves, by the part's key and where the pool is."""
    moves = StockMove.objects.filter(part__in=list(parts), source__owner=Owner.OWN)
    if until is not None:
        moves = moves.filter(at__lt=until)
    ends = [f"{end}__{name}" for end in ("source", "target") for name in ("kind", "unit_id", "pk")]
    rows = moves.order_by("pk").values_list("pk", "part_id", "amount", "cost_minor", "undoes_id", *ends)
    pools: dict[tuple[int, tuple[Any, ...]], Pool] = {}
    came: dict[int, int] = {}
    for pk, part_id, amount, cost, undoes, *places in rows.iterator(chunk_size=5000):
        keys = (part_id, _pool_of(*places[:3])), (part_id, _pool_of(*places[3:]))
        if keys[0] == keys[1]:
            continue
        source, target = (pools.setdefault(key, Pool(method)) for key in keys)
        if places[0] in WITHOUT_BOTTOM:
            came[pk] = cost if cost is not None else target.guess(amount, parts[part_id].cost_minor)
            target.put([(amount, came[pk])])
        else:
            target.put(source.undo(amount, came[undoes]) if undoes in came else source.take(amount))
    return pools


def _pool_of(kind: str, unit_id: int, account_id: int) -> tuple[Any, ...]:
    """What a unit has lies in one pool, wherever it lies; what was issued to a job keeps its cost until it comes back."""
    return ("ours", unit_id) if kind in STILL_OURS else (account_id,)
