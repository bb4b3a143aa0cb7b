"""Counts of the demo company: one that was closed two days ago with a difference, and one that is going on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from guiju.books.stock import actions as stock
from guiju.books.stock.models import Bin
from guiju.conf.demo.company import Company, names
from guiju.readiness.counting import actions as counting
from guiju.readiness.counting import queries
from guiju.readiness.counting.actions import Answered, Explained
from guiju.readiness.counting.models import StockCount
from guiju.readiness.counting.rules import Cause, CountKind, UnknownOutcome
from guiju.standing.catalogue import actions as catalogue

# Small things in drawers of their own, which no job of the day asks for.
SMALL = (
    ("FUS-10A", ("Fuse 10 A", "10A 保险丝", "10A 保險絲"), 60),
    ("CLP-022", ("Hose clamp", "水管卡箍", "水管卡箍"), 120),
)


def tell(company: Company, now: datetime) -> None:
    """A spot check that found a handful of fuses missing, and a cycle count that waits for its second drawer."""
    shen, ma, nie, at = *(company.actors[name] for name in ("shen", "ma", "nie")), now - timedelta(days=20)
    store = company.bins["A-01"].store
    parts = [
        catalogue.add_part(code=code, names=names(three), lines=[], cost_minor=cost, by=nie, at=at)
        for code, three, cost in SMALL
    ]
    bins = [stock.add_bin(store, code=code, by=ma, at=at) for code in ("C-01", "C-02", "C-03")]
    for number, bin in enumerate(bins):
        for part in parts:
            stock.receive(part, bin, 40 + number, document=f"FS-DN-{bin.code}-{part.code}", by=shen, at=at)
    _closed(_planned(company, CountKind.SPOT, bins[:1], now - timedelta(days=2), "抽屉没有上锁"), company, parts)
    going = _planned(company, CountKind.CYCLE, bins[1:], now - timedelta(hours=2), "")
    qin = {"by": company.actors["qin"], "at": now - timedelta(hours=1)}
    _count(going, bins[1], [(parts[0], 41), (parts[1], 41)], qin)


def _planned(company: Company, kind: CountKind, bins: list[Bin], at: datetime, reason: str) -> StockCount:
    people = company.people
    count = counting.plan(
        bins[0].store, kind=kind, bins=bins, keeper=people["shen"], first_counter=people["chen"], second_counter=people["qin"],
        reason=reason, by=company.actors["shen"], at=at,
    )  # fmt: skip
    return counting.freeze(count, by=company.actors["shen"], at=at)


def _count(count: StockCount, bin: Bin, found: list[tuple[Any, int]], by: dict[str, Any]) -> None:
    counting.open_bin(count, bin=bin, **by)
    for part, quantity in found:
        counting.tally(count, part=part, quantity=quantity, **by)
    counting.finish_bin(count, **by)


def _closed(count: StockCount, company: Company, parts: list[Any]) -> None:
    at, bin = count.planned_at + timedelta(hours=1), count.bins.get().bin
    chen: dict[str, Any] = {"by": company.actors["chen"], "at": at}
    counting.open_bin(count, bin=bin, **chen)
    counting.scan(count, text="6901234567892", **chen)
    for part, quantity in zip(parts, (34, 40), strict=True):
        counting.tally(count, part=part, quantity=quantity, **chen)
    counting.finish_bin(count, **chen)
    count = counting.hand_in(count, **chen)
    counting.recount(count, by=company.actors["shen"], at=at)
    _count(count, bin, [(parts[0], 34)], {"by": company.actors["qin"], "at": at + timedelta(hours=1)})
    later: dict[str, Any] = {"at": at + timedelta(hours=2)}
    count = counting.hand_in(count, by=company.actors["qin"], **later)
    counting.explain(
        count,
        causes=[Explained(line.pk, Cause.UNBOOKED_ISSUE, "上门时领用未登记") for line in queries.differing(count)],
        answers=[Answered(scan.pk, UnknownOutcome.CUSTOMERS, "客户留下的遥控器") for scan in queries.unknown_of(count)],
        by=company.actors["shen"],
        **later,
    )
    counting.approve(count, by=company.actors["ma"], at=at + timedelta(hours=3))
