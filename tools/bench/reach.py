"""What is to be reached, what peers take, and which figures miss: all as data, so that no table flatters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

# Times the floor's median, and statements, per operation (issues 4, 6 and 7). What is not named has no such limit.
RATIO_MAX: Mapping[str, float] = MappingProxyType({
    "create": 4.0, "open orders": 3.0, "phone": 3.0, "one part": 3.0, "all parts": 3.0, "page": 3.0, "on hand": 3.0,
})  # fmt: skip
STATEMENTS_MAX: Mapping[str, int] = MappingProxyType({"create": 20, "walk-in": 250, "issue": 15, "payment": 15})
# The median at the most orders over the median at the fewest.
GROWTH_MAX = 1.5
MEMORY_MAX_MB = 250.0
WALK_IN_MAX_MS = 150.0
# Who pays, and what it will cost, at the counter (issue 5).
JUDGED_MAX_MS = 25.0
# Every balance from a million moves, on PostgreSQL (issue 6).
RECOUNT_MAX_MS = 10_000.0
# A day of two thousand receipts (issue 7).
CASH_DAY_MAX_MS = 150.0
# What looks at everything takes longer where there is more.
GROWS = frozenset({"start-up", "recount"})
# The best of Odoo 18, Tryton 8.2 and InvenTree, PostgreSQL, 100,000 orders, one client: median ms. For orientation alone.
BEST_PEER_MS: Mapping[str, float] = MappingProxyType({
    "create": 50.0, "open orders": 50.0, "phone": 45.0, "one part": 15.0, "all parts": 154.0, "page": 100.0,
})  # fmt: skip
TIMES_FASTER = 5.0


@dataclass(frozen=True)
class Figure:
    """One operation on one database: milliseconds, operations a second, statements, and the floor beside it.

    orders   how many there are; of what is asked of a store or of a till, how many moves
    """

    database: str
    orders: int
    clients: int
    operation: str
    p50_ms: float
    p95_ms: float
    per_second: float
    statements: int
    floor_ms: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times as long as the floor; nothing where there is no floor."""
        return self.p50_ms / self.floor_ms if self.floor_ms else None


def quantile(values: Iterable[float], share: float) -> float:
    """The value below which so much of the values lies, by the nearest rank.

    raises   ValueError where there are none
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("Nothing was measured.")
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def misses(figures: Iterable[Figure], memory_mb: Mapping[str, float]) -> list[str]:
    """A sentence for each figure that falls short: of its floor, its statements, its growth, or the memory."""
    figures = list(figures)
    found = []
    for each in figures:
        where = f"{each.database}, {each.orders:,} orders: {each.operation}"
        most = RATIO_MAX.get(each.operation)
        if each.clients == 1 and most and each.ratio is not None and each.ratio > most:
            found.append(f"{where} takes {each.ratio:.1f} times the floor, at most {most:.0f}")
        limit = STATEMENTS_MAX.get(each.operation)
        if each.clients == 1 and limit and each.statements > limit:
            found.append(f"{where} takes {each.statements} statements, at most {limit}")
    found += _grown(figures)
    found += [
        f"the server on {where} holds {held:.0f} MB, at most {MEMORY_MAX_MB:.0f}"
        for where, held in memory_mb.items()
        if held >= MEMORY_MAX_MB
    ]
    return found


def slower(figures: Iterable[Figure]) -> list[str]:
    """A sentence for each median, at any number of clients, that is longer than was asked, in milliseconds.

    They are a machine's as much as ours: the table tells them, and no quick run fails of them.
    """
    most = {name: peer / TIMES_FASTER for name, peer in BEST_PEER_MS.items()} | {
        "walk-in": WALK_IN_MAX_MS, "verdict": JUDGED_MAX_MS, "quote": JUDGED_MAX_MS, "recount": RECOUNT_MAX_MS,
        "cash day": CASH_DAY_MAX_MS,
    }  # fmt: skip
    return [
        f"{each.database}, {each.orders:,} orders, {each.clients} clients: {each.operation} takes {each.p50_ms:.1f} ms,"
        f" at most {most[each.operation]:.0f}"
        for each in figures
        if each.operation in most and each.p50_ms > most[each.operation]
    ]


def _grown(figures: list[Figure]) -> list[str]:
    alike: dict[tuple[str, str], list[Figure]] = {}
    for each in figures:
        if each.clients == 1 and each.operation not in GROWS:
            alike.setdefault((each.database, each.operation), []).append(each)
    found = []
    for (database, operation), some in alike.items():
        few, many = min(some, key=lambda one: one.orders), max(some, key=lambda one: one.orders)
        if few.orders < many.orders and many.p50_ms > few.p50_ms * GROWTH_MAX:
            found.append(
                f"{database}: {operation} is {many.p50_ms / few.p50_ms:.1f} times as slow at {many.orders:,} orders"
                f" as at {few.orders:,}, at most {GROWTH_MAX}"
            )
    return found
