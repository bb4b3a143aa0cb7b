"""Measure a store: `python -m tools.bench.storeroom '{…}'` in a process of its own, which prints its figures as JSON.

issue        `POST /part-requests/…/issue`, with all that frames a request
stock card   the first page of the card of the part that half of all moves are of
on hand      what lies of each of two thousand parts in a store, and how much of it is free; asked inside, for no page shows so many rows
recount      every balance of the book counted again from every move, and compared
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tools.bench import floor, ground, operations, server, stocked
from tools.bench.measure import WARM, Bench, signed_in, timed
from tools.bench.operations import People
from tools.bench.programs import Inside
from tools.bench.reach import Figure

RECOUNTS = 3
ON_HAND = """SELECT p.id, p.code, p.names, b.id, b.code, a.kind, a.owner, sum(a.balance) FROM stock_stockaccount a
 JOIN catalogue_part p ON p.id = a.part_id JOIN stock_bin b ON b.id = a.bin_id JOIN stock_store s ON s.id = b.store_id
 WHERE s.code = '{store}' AND a.kind IN ('BIN', 'HELD', 'DEFECTIVE', 'TO_RETURN', 'QUARANTINED') AND a.balance > 0
 GROUP BY p.id, p.code, p.names, b.id, b.code, a.kind, a.owner ORDER BY p.code, b.code"""


class Unequal(RuntimeError):
    """The book does not agree with its moves, or the floor with the answer: nothing that was measured counts."""


def main(asked: dict[str, Any]) -> dict[str, Any]:
    """The figures of a store with so many moves; `orders` is their number."""
    import django

    django.setup()
    who, session = ground.who(Path(os.environ["GUIJU_DATA"])), signed_in("shen")
    # Before the server runs: what its worker writes beside us is no part of the operation.
    rows = _issued(who, session)
    with server.serving(os.environ) as running:
        bench = Bench(asked, who, session, running.port, 1, rows=rows)
        # The floor of handing out writes moves without their balances: it comes last.
        figures = [_recount(bench), _on_hand(bench, asked["reads"]), _card(bench, asked["reads"])]
        figures.append(_issue(bench, asked["writes"]))
    return {"figures": [asdict(each) for each in figures]}


def reserved(them: People, many: int) -> list[str]:
    """So many requests of one job, each reserved and to be handed out."""
    order, shen = operations.diagnosed(them, operations.pictures(them)), them["shen"]
    asked = [
        them["chen"].do(f"/orders/{order}/request-part", part=ground.USED, quantity=1)["number"] for _ in range(many)
    ]
    for number in asked:
        shen.do(f"/part-requests/{number}/answer-available", bin=them.who["bin"])
    return asked


def issue(them: People, number: str) -> None:
    """Hand out what is reserved."""
    them["shen"].do(f"/part-requests/{number}/issue")


def _issued(who: dict[str, Any], session: str) -> list[floor.Row]:
    """The rows that handing out one part leaves behind."""
    them = operations.people(who, Inside(), session)
    first, second = reserved(them, 2)
    issue(them, first)
    before = floor.tops()
    issue(them, second)
    return floor.left_behind(before)


def _issue(bench: Bench, times: int) -> Figure:
    waiting = {id(them): reserved(them, times + WARM) for them in (bench.outside[0], bench.inside)}

    def do(them: People) -> None:
        issue(them, waiting[id(them)].pop())

    for _ in range(WARM):
        do(bench.outside[0])
        do(bench.inside)
    return bench.figure("issue", times, do, lambda: floor.write(bench.rows), lambda: do(bench.inside))


def _card(bench: Bench, times: int) -> Figure:
    from guiju.standing.catalogue.models import Part

    path = f"/stores/parts/{Part.objects.get(code=stocked.CARD).pk}/"

    def look(them: People) -> bytes:
        return them["shen"].page(path)

    for _ in range(WARM):
        look(bench.outside[0])
        look(bench.inside)
    return bench.figure("stock card", times, look, None, lambda: look(bench.inside))


def _on_hand(bench: Bench, times: int) -> Figure:
    from guiju.books.stock import queries
    from guiju.books.stock.models import Store
    from guiju.kernel import reach
    from guiju.standing.people import queries as people
    from guiju.standing.people.models import Login

    with reach.house():
        by = people.actor_for(Login.objects.get(username="shen"), datetime.now(UTC))
    if by is None:
        raise Unequal("The keeper is not let in.")
    sql = ON_HAND.format(store=stocked.STORE)
    with reach.of(by):
        store = Store.objects.get(code=stocked.STORE)
        for _ in range(WARM):
            found, fetched = queries.stock_of(store, by=by), floor.rows_of(sql)
        if len(found) != stocked.PARTS or sum(each.on_hand for each in found) != sum(row[-1] for row in fetched):
            raise Unequal(f"{len(found)} parts lie there, and the floor says {len(fetched)}")
        return alone(bench, "on hand", times, lambda: queries.stock_of(store, by=by), lambda: floor.rows_of(sql))


def _recount(bench: Bench) -> Figure:
    from guiju.books.stock import queries
    from guiju.kernel import reach

    def count() -> None:
        if amiss := list(queries.balances_are_the_sum_of_their_moves()):
            raise Unequal("\n".join(amiss[:5]))

    with reach.house():
        return alone(bench, "recount", RECOUNTS, count, None)


def alone(bench: Bench, name: str, times: int, work: Callable[[], Any], beside: Callable[[], Any] | None) -> Figure:
    """What no page asks, measured inside."""
    return bench.figure(name, times, lambda _them: work(), (lambda: timed(beside)) if beside else None, work)


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))
