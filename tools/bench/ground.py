"""The databases that are measured: a founded company, and behind it as many orders as were asked for.

The company is made by its verbs. The many orders are bulk rows (tools.many) at its own outlets, with a stock move each, so that
lists, searches and books have to find their way among them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "guiju.sqlite3"
KEPT = "who.json"
# As many kinds of parts as a shop's store has on its shelves, and enough of the one that the walk-ins use up.
PARTS = 200
PIECES = 1_000_000
USED = "BLT-020"
PEOPLE = ("lin", "bo", "chen", "shen", "qin", "cai", "ma")


def fingerprint() -> str:
    """The same as long as every table, and what makes the rows, is the same."""
    digest = hashlib.sha256()
    made_of = (
        Path(__file__),
        Path(__file__).parent / "stocked.py",
        Path(__file__).parent / "takings.py",
        ROOT / "tools" / "many.py",
        ROOT / "tools" / "lives.py",
        *sorted((ROOT / "guiju" / "conf" / "rights").glob("*.py")),
    )
    for path in (*sorted((ROOT / "guiju").rglob("migrations/0*.py")), *made_of):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def on_sqlite(scratch: Path, size: int, module: str = "tools.bench.ground") -> Path:
    """A fresh copy of a database of that size; what is copied is made once and kept. The folder for GUIJU_DATA.

    module   who makes it: this one so many orders, `stocked` so many moves of a store
    """
    made = scratch / f"{fingerprint()}-{module.rpartition('.')[2]}-{size}"
    if not (made / KEPT).exists():
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(parents=True)
        # A process of its own: Django is set up for one database, once.
        subprocess.run(
            [sys.executable, "-m", module, str(size)], cwd=ROOT, check=True,
            env={**environment(made), "GUIJU_BENCH_FOLDER": str(made)},
        )  # fmt: skip
    copy = scratch / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(made, copy)
    return copy


def environment(folder: Path, url: str = "") -> dict[str, str]:
    """What a process needs to speak with the database in this folder."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("GUIJU_")}
    given |= {"GUIJU_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "guiju.conf.settings"}
    given["DATABASE_URL"] = url or f"sqlite:///{folder / DATABASE}"
    return given


def make(orders: int, folder: Path) -> None:
    """Found the company, give its people keys, and write the many orders."""
    import django

    django.setup()
    from django.core.management import call_command

    from guiju.conf.demo.company import found
    from guiju.kernel import trail
    from tools import many

    call_command("migrate", verbosity=0)
    now = datetime.now(UTC)
    company = found(now - timedelta(days=3 * 365))
    _stock(company)
    kept = {"keys": _keys(company, now), "till": _open_till(company, now), "bin": company.bins["A-01"].pk}
    trail.seal_pending(everything=True)
    many.fill(orders, units=[company.units["FS01"], company.units["GZ02"]])
    _moves(orders)
    many.restore()
    (folder / KEPT).write_text(json.dumps(kept), encoding="utf-8")


def _stock(company: Any) -> None:
    from guiju.line.storeroom import actions as storeroom
    from guiju.standing.catalogue import actions as catalogue

    nie, shen, bin = company.actors["nie"], company.actors["shen"], company.bins["A-01"]
    lines = list(company.parts[USED].lines.all())
    for number in range(PARTS):
        part = catalogue.add_part(
            code=f"BENCH-{number:03d}", names={"en": f"Part {number}"}, lines=lines, by=nie, at=company.founded
        )
        storeroom.receive_stock(
            part=part, bin=bin, quantity=10, document=f"DN-BENCH-{number}", by=shen, at=company.founded
        )
    storeroom.receive_stock(
        part=company.parts[USED], bin=bin, quantity=PIECES, document="DN-BENCH-USED", by=shen, at=company.founded
    )


def _keys(company: Any, at: datetime) -> dict[str, str]:
    """For each person a key that opens all that the person may."""
    from guiju.kernel.actor import known_verbs
    from guiju.standing.people import actions as people
    from guiju.standing.people.actions.keys import NEVER_BY_KEY

    keys = {}
    for name in PEOPLE:
        actor = company.actors[name]
        verbs = [verb for verb in known_verbs() if verb not in NEVER_BY_KEY and actor.may(verb)]
        keys[name] = people.make_api_key(company.people[name], label="bench", verbs=verbs, by=actor, at=at)[1]
    return keys


def _open_till(company: Any, at: datetime) -> str:
    from guiju.line.cashier import actions as cashier

    cashier.open_till_session(company.tills["FS01"], float_minor=50_000, by=company.actors["cai"], at=at)
    return str(company.tills["FS01"].pk)


def _moves(orders: int) -> None:
    """A delivery of one piece behind every order; the balances follow, so that the books still balance."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT min(m.id), max(m.id) FROM stock_stockmove m WHERE m.document LIKE '%%DN-BENCH-_%%'")
        first, last = cursor.fetchone()
        cursor.execute(
            "INSERT INTO stock_stockmove (amount, document, line, kind, at, undoes_id, entry_key, source_id, target_id, reason, part_id)"
            " SELECT 1, 'many:' || o.id, 1, m.kind, o.opened_at, NULL, m.entry_key, m.source_id, m.target_id, '', m.part_id"
            " FROM workorder_workorder o JOIN stock_stockmove m ON m.id = %s + o.id %% %s WHERE o.id <= %s",
            [first, min(last - first, PARTS), orders],
        )
        follow(cursor, "many:")


def follow(cursor: Any, beginning: str) -> None:
    """Let the balances follow the moves whose documents begin so."""
    ends = " UNION ALL ".join(
        f"SELECT {end}_id AS account, {sign}amount AS pieces FROM stock_stockmove WHERE document LIKE %s"
        for sign, end in (("-", "source"), ("", "target"))
    )
    cursor.execute(
        "UPDATE stock_stockaccount SET balance = balance + many.change FROM"
        f" (SELECT account, sum(pieces) AS change FROM ({ends}) GROUP BY 1) AS many WHERE many.account = stock_stockaccount.id",
        [f"{beginning}%"] * 2,
    )


def who(folder: Path) -> dict[str, Any]:
    """The keys, the till and the bin of a made database."""
    kept: dict[str, Any] = json.loads((folder / KEPT).read_text(encoding="utf-8"))
    return kept


if __name__ == "__main__":
    make(int(sys.argv[1]), Path(os.environ["GUIJU_BENCH_FOLDER"]))
