"""`./run bench`: SQLite and PostgreSQL, three sizes, 1 and 8 clients; JSON and a table. `--quick`: SQLite, for before a push.

Ends with 1 where a ratio to the floor, a count of statements, a growth or the memory misses.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools import postgres
from tools.bench import ground, reach
from tools.bench.reach import Figure
from tools.bench.report import table

EVIDENCE = ground.ROOT / "docs" / "evidence"
SIZES = (1_000, 100_000, 1_000_000)
QUICK = (1_000, 20_000)
TIMES = {"reads": 60, "writes": 30, "walks": 8}
TIMES_QUICK = {"reads": 20, "writes": 8, "walks": 2}


# Who makes a ground, and who measures on it.
COUNTER = ("tools.bench.ground", "tools.bench.measure")
STORE = ("tools.bench.stocked", "tools.bench.storeroom")
TILL = ("tools.bench.takings", "tools.bench.till")
MODULES: Mapping[str | None, list[tuple[str, str]]] = {
    None: [COUNTER, STORE, TILL], "counter": [COUNTER], "store": [STORE], "till": [TILL],
}  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """Measure what was asked for, write it down, and say what misses."""
    asked = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--orders", type=int, action="append", help="another size; may be repeated")
    asked.add_argument("--database", choices=["sqlite", "postgres"], action="append")
    asked.add_argument(
        "--only", choices=["counter", "store", "till"], help="the walk-in and its reads, the storeroom, or the till"
    )
    asked.add_argument("--scratch", type=Path, default=Path("var/bench"), help="where made databases are kept")
    given = asked.parse_args(argv)
    sizes = given.orders or (QUICK if given.quick else SIZES)
    wanted = given.database or (["sqlite"] if given.quick else ["sqlite", "postgres"])
    plan = {**(TIMES_QUICK if given.quick else TIMES), "clients": [1] if given.quick else [1, 8]}
    figures: list[Figure] = []
    memory: dict[str, float] = {}
    for database in wanted:
        if database == "postgres" and postgres.programs() is None:
            print("POSTGRESQL IS MISSING: nothing was measured on it.")
            continue
        for orders in sizes:
            name = {"sqlite": "SQLite", "postgres": "PostgreSQL"}[database]
            for module in MODULES[given.only]:
                told = _measure(name, given.scratch.resolve(), orders, plan, *module)
                figures += [Figure(**each) for each in told["figures"]]
                if "pss_mb" in told:
                    memory[f"{name}, {orders:,} orders"] = told["pss_mb"]
            if not given.quick:
                # What was asked alone is written apart, and the rest of the evidence stays as it was.
                apart = f"{name.lower()}-{given.only}" if given.only else name.lower()
                _write(apart, [each for each in figures if each.database == name], memory)
    print(table(figures, memory))
    return verdict(figures, memory)


def verdict(figures: list[Figure], memory: Mapping[str, float]) -> int:
    """Say each miss; 1 if there is one."""
    missed = reach.misses(figures, memory)
    for miss in missed:
        print("MISSES:", miss)
    return int(bool(missed))


def _measure(name: str, scratch: Path, orders: int, plan: Mapping[str, Any], maker: str, measurer: str) -> Any:  # noqa: PLR0917 - as they are named
    folder = ground.on_sqlite(scratch, orders, maker)
    asked = json.dumps({"database": name, "orders": orders, **plan})
    if name == "SQLite":
        return _in_a_process(measurer, asked, ground.environment(folder))
    from tools.bench import moving

    programs = postgres.programs()
    if programs is None:
        raise RuntimeError("PostgreSQL is missing.")
    with postgres.server(
        programs, durable=True, data=moving.on_postgres(scratch, orders, folder, programs, maker)
    ) as address:
        return _in_a_process(measurer, asked, ground.environment(folder, address))


def _in_a_process(measurer: str, asked: str, environment: Mapping[str, str]) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", measurer, asked], cwd=ground.ROOT, env=dict(environment), check=True,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def _write(name: str, figures: list[Figure], memory: Mapping[str, float]) -> None:
    from dataclasses import asdict

    EVIDENCE.mkdir(exist_ok=True)
    told = {
        "figures": [asdict(each) for each in figures],
        "pss_mb": dict(memory),
        "misses": reach.misses(figures, memory),
    }
    (EVIDENCE / f"bench-{name}.json").write_text(
        json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    (ground.ROOT / "docs" / f"bench-{name}.md").write_text(table(figures, memory), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
