"""Measure a till: `python -m tools.bench.till '{…}'` in a process of its own, which prints its figures as JSON.

payment    `POST /bills/…/pay`, with all that frames a request
cash day   the figures of the daily cash report (6.11) of a day of two thousand receipts, as the night shift makes them
money now  the page that shows who holds the outlet's cash
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tools.bench import floor, ground, operations, server, takings
from tools.bench.measure import WARM, Bench, signed_in
from tools.bench.operations import People
from tools.bench.programs import Inside
from tools.bench.reach import Figure
from tools.bench.storeroom import Unequal, alone

WHERE = "/till/bank/where/"


def main(asked: dict[str, Any]) -> dict[str, Any]:
    """The figures of a till with so many moves behind it; `orders` is their number."""
    import django

    django.setup()
    who, session = ground.who(Path(os.environ["GUIJU_DATA"])), signed_in("ma")
    # Before the server runs: what its worker writes beside us is no part of the operation.
    rows = _paid(who, session)
    with server.serving(os.environ) as running:
        bench = Bench(asked, who, session, running.port, 1, rows=rows)
        figures = [
            _cash_day(bench, asked["reads"]),
            _money_now(bench, asked["reads"]),
            _payment(bench, asked["writes"]),
        ]
    return {"figures": [asdict(each) for each in figures]}


def billed(them: People) -> str:
    """A job that is repaired, and its bill."""
    order = operations.repaired(them, operations.pictures(them))
    return str(them["cai"].do(f"/orders/{order}/draw-bill")["number"])


def pay(them: People, bill: str) -> None:
    """The least that can be paid, so that a bill lasts."""
    them["cai"].do(f"/bills/{bill}/pay", method="CASH", amount_minor=1, tendered_minor=1)


def _paid(who: dict[str, Any], session: str) -> list[floor.Row]:
    """The rows that one payment leaves behind."""
    them = operations.people(who, Inside(), session)
    bill = billed(them)
    pay(them, bill)
    before = floor.tops()
    pay(them, bill)
    return floor.left_behind(before)


def _payment(bench: Bench, times: int) -> Figure:
    bills = {id(them): billed(them) for them in (bench.outside[0], bench.inside)}

    def do(them: People) -> None:
        pay(them, bills[id(them)])

    for _ in range(WARM):
        do(bench.outside[0])
        do(bench.inside)
    return bench.figure("payment", times, do, lambda: floor.write(bench.rows), lambda: do(bench.inside))


def _money_now(bench: Bench, times: int) -> Figure:
    def look(them: People) -> bytes:
        return them["ma"].page(WHERE)

    for _ in range(WARM):
        look(bench.outside[0])
        look(bench.inside)
    return bench.figure("money now", times, look, None, lambda: look(bench.inside))


def _cash_day(bench: Bench, times: int) -> Figure:
    from guiju.kernel import reach
    from guiju.line.cashier.models import TillSession
    from guiju.oversight.reports.queries import cash

    with reach.house():
        session = TillSession.objects.select_related("till__unit").get(z_number="Z-DAY-1")
        unit, on, cuts = session.till.unit, session.business_on, cash.cash_cuts()
        (told,) = [each for each in cash.cash_figures(unit, on, cuts)["tenders"] if each["method"] == "CASH"]
        if told["receipts"] != takings.RECEIPTS:
            raise Unequal(f"{told['receipts']} receipts stand in the day")
        return alone(bench, "cash day", times, lambda: cash.cash_figures(unit, on, cuts), None)


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))
