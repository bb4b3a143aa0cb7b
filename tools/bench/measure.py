"""Measure one database: `python -m tools.bench.measure '{…}'` in a process of its own, which prints its figures as JSON."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from tools.bench import floor, ground, operations, server
from tools.bench.operations import READS, People
from tools.bench.programs import Http, Inside
from tools.bench.reach import Figure, quantile

# Requests that warm caches, connections and templates before the clock starts.
WARM = 3


def main(asked: dict[str, Any]) -> dict[str, Any]:
    """Everything about one database: the figures, and the server's memory."""
    import django

    django.setup()
    who, session = ground.who(Path(os.environ["GUIJU_DATA"])), signed_in("lin")
    # Before the server runs: what its worker writes beside us is no part of the operation.
    rows = _created(who, session)
    with server.serving(os.environ) as running:
        figures = [Figure(asked["database"], asked["orders"], 1, "start-up", running.start_ms, running.start_ms, 0, 0)]
        for clients in asked["clients"]:
            each = Bench(asked, who, session, running.port, clients, rows=rows)
            figures += each.reads()
            figures += each.writes()
        resident, shared = server.memory_mb(running.process)
    return {"figures": [asdict(each) for each in figures], "rss_mb": resident, "pss_mb": shared}


def _created(who: dict[str, Any], session: str) -> list[floor.Row]:
    """The rows that creating one order leaves behind."""
    them = operations.people(who, Inside(), session)
    operations.create(them)
    before = floor.tops()
    operations.create(them)
    return floor.left_behind(before)


def signed_in(name: str) -> str:
    """The session of somebody's browser."""
    from django.test import Client

    from guiju.standing.people.models import Login

    client = Client()
    client.force_login(Login.objects.get(username=name), backend="guiju.conf.backends.LoginBackend")
    return str(client.cookies["sessionid"].value)


def counted(work: Callable[[], Any]) -> int:
    """The statements that it sends to the database, all of them."""
    from django.db import connection

    seen = []

    def note(execute: Any, sql: str, *given: Any) -> Any:
        seen.append(sql)
        return execute(sql, *given)

    with connection.execute_wrapper(note):
        work()
    return len(seen)


class Bench:
    """One number of clients, each with a connection of its own."""

    def __init__(
        self,
        asked: dict[str, Any],
        who: dict[str, Any],
        session: str,
        port: int,
        clients: int,
        *,
        rows: list[floor.Row],
    ) -> None:
        self._asked, self._clients, self.rows = asked, clients, rows
        self.outside = [operations.people(who, Http(port), session) for _ in range(clients)]
        self.inside = operations.people(who, Inside(), session)

    def reads(self) -> list[Figure]:
        """Every read beside its floor."""
        floors, figures = floor.reads(self.inside), []
        for name, read in READS.items():
            for _ in range(WARM):
                floor.same(name, read(self.outside[0]), floors[name]())
                read(self.inside)
            figures.append(
                self.figure(name, self._asked["reads"], read, partial(timed, floors[name]), partial(read, self.inside))
            )
        return figures

    def writes(self) -> list[Figure]:
        """Creating an order beside its floor, the whole walk-in, and of it the verdict and the quote by themselves."""
        operations.create(self.inside)
        rows = self.rows
        create = self.figure(
            "create",
            self._asked["writes"],
            operations.create,
            lambda: floor.write(rows),
            lambda: operations.create(self.inside),
        )
        walks = self._asked["walks"]
        # Pictures are sent before the clock starts.
        proofs = {id(them): [operations.pictures(them) for _ in range(walks)] for them in (*self.outside, self.inside)}
        walk = self.figure(
            "walk-in", walks, lambda them: operations.walk_in(them, proofs[id(them)].pop()), None,
            lambda: operations.walk_in(self.inside, proofs[id(self.inside)].pop()),
        )  # fmt: skip
        verdict = self.figure(
            "verdict", self._asked["reads"], operations.verdict, None, lambda: operations.verdict(self.inside)
        )
        return [create, walk, verdict, *self._quotes()]

    def _quotes(self) -> list[Figure]:
        """The quote of one job, drawn up again and again; of one client alone, for a technician may have few jobs at once."""
        if self._clients > 1:
            return []
        seen = {
            id(them): operations.diagnosed(them, operations.pictures(them)) for them in (self.outside[0], self.inside)
        }
        quote = self.figure(
            "quote", self._asked["writes"], lambda them: operations.draft(them, seen[id(them)]), None,
            lambda: operations.draft(self.inside, seen[id(self.inside)]),
        )  # fmt: skip
        for number in seen.values():
            # The next to be measured finds the bench as free as this one did.
            self.inside["lin"].do(f"/orders/{number}/cancel", reason="The customer stops.")
        return [quote]

    def figure(
        self,
        name: str,
        times: int,
        work: Callable[[People], Any],
        beside: Callable[[], float] | None,
        count: Callable[[], Any],
    ) -> Figure:
        """Do it so often with each client. With one client the floor is measured in turn with it; with more, after them."""
        took: list[float] = []
        floors: list[float] = []
        alone = beside if self._clients == 1 else None

        def client(them: People) -> None:
            for _ in range(times):
                took.append(timed(lambda: work(them)))
                if alone:
                    floors.append(alone())

        began = perf_counter()
        threads = [threading.Thread(target=client, args=(them,)) for them in self.outside[1:]]
        for thread in threads:
            thread.start()
        client(self.outside[0])
        for thread in threads:
            thread.join()
        spent = perf_counter() - began - sum(floors) / 1000
        if beside and not floors:
            floors = [beside() for _ in range(times)]
        return Figure(
            self._asked["database"], self._asked["orders"], self._clients, name, quantile(took, 0.5), quantile(took, 0.95),
            len(took) / spent, counted(count), quantile(floors, 0.5) if floors else None,
        )  # fmt: skip


def timed(work: Callable[[], Any]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))
