"""A store of two thousand parts with as many moves behind it as were asked for: what the storeroom is measured on.

Half of the moves are of one part, whose card is looked at; of the other parts each has the same share. Pieces come, are reserved for a
job and handed out to it, three moves a job, so that behind the store stand as many emptied places as in years of business.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from tools.bench import ground

STORE = "S2"
PARTS, BINS, ORDERS = 2_000, 40, 1_000
OPENING = 10
# The newest jobs still wait for what is reserved for them.
WAITING = 30
CARD = "STORE-0000"


def make(moves: int, folder: Path) -> None:
    """The same company with a thousand orders, and the store.

    moves   beside the opening delivery of each part; rounded to whole jobs
    """
    ground.make(ORDERS, folder)
    from django.db import connection, transaction

    from tools import many

    first = _store()
    many.lighten()
    with transaction.atomic(), connection.cursor() as cursor:
        _open(cursor, first)
        _jobs(cursor, first, max(moves // 3, WAITING))
        ground.follow(cursor, "opening:")
        ground.follow(cursor, "job:")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    many.restore()


def _store() -> dict[str, Any]:
    """The store, its bins and its parts; gives the keys that the moves are hung on."""
    from guiju.books.stock.models import Bin, StockAccount, StockMove, Store
    from guiju.standing.catalogue.models import Part
    from guiju.standing.people.models import Unit

    unit = Unit.objects.get(code="FS01")
    store = Store.objects.create(unit=unit, code=STORE, names={"en": "Large store"}, kind="OUTLET")
    bins = Bin.objects.bulk_create([Bin(store=store, code=f"R-{number:02d}") for number in range(BINS)])
    parts = Part.objects.bulk_create(
        Part(code=f"STORE-{number:04d}", names={"en": f"Store part {number}"}, folded=f"store{number:04d}")
        for number in range(PARTS)
    )
    places = [
        StockAccount(part=part, unit=unit, kind=kind, bin=bin, may_go_negative=bin is None)
        for number, part in enumerate(parts)
        for kind, bin in (("SUPPLIER", None), ("BIN", bins[number % BINS]))
    ]
    made = StockAccount.objects.bulk_create(places)
    entry = StockMove.objects.order_by("pk").values_list("entry_key", flat=True)[0]
    return {"unit": unit.pk, "place": made[0].pk, "after": made[-1].pk + 1, "entry": entry.hex}


# The place where a job's part comes from, its bin, and the two places of the job itself, by the job's number.
NUMBERS = "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {most})"
PART = "(CASE n %% 2 WHEN 1 THEN 0 ELSE n / 2 %% {parts} END)"
PLACE = "id, balance, may_go_negative, part_id, unit_id, kind, bin_id, reference, owner, lot"
COLUMNS = "amount, document, line, kind, at, undoes_id, entry_key, source_id, target_id, reason, part_id, cost_minor"


def _open(cursor: Any, keys: dict[str, Any]) -> None:
    """Ten of each part, delivered on the first day."""
    cursor.execute(
        f"INSERT INTO stock_stockmove ({COLUMNS}) SELECT {OPENING}, 'opening:' || bin.id, 1, 'RECEIPT', '2023-01-02 09:00:00', NULL,"
        f" %s, bin.id - 1, bin.id, '', bin.part_id, NULL FROM stock_stockaccount bin WHERE bin.kind = 'BIN' AND bin.id > %s ORDER BY 1",
        [keys["entry"], keys["place"]],
    )


def _jobs(cursor: Any, keys: dict[str, Any], jobs: int) -> None:
    """Each job is brought a piece, has it reserved, and is given it."""
    numbers, part = NUMBERS.format(most=jobs), PART.format(parts=PARTS)
    place, after = keys["place"], keys["after"]
    for kind, bin, by in (("HELD", "bin.bin_id", 0), ("FITTED", "NULL", 1)):
        cursor.execute(
            f"{numbers} INSERT INTO stock_stockaccount ({PLACE})"
            f" SELECT {after} + 2 * (n - 1) + {by}, 0, 0, bin.part_id, bin.unit_id, '{kind}', {bin}, 'J-' || n, 'OWN', ''"
            f" FROM number JOIN stock_stockaccount bin ON bin.id = {place} + 2 * {part} + 1",
            [],
        )
    supplier, held = f"{place} + 2 * {part}", f"{after} + 2 * (n - 1)"
    places = supplier, f"{supplier} + 1", held, f"{held} + 1"
    steps = " UNION ALL ".join(
        f"SELECT {number} AS step, '{kind}' AS kind" for number, kind in enumerate(("RECEIPT", "RESERVE", "ISSUE"))
    )
    ends = [
        "CASE step " + " ".join(f"WHEN {number} THEN {places[number + by]}" for number in range(3)) + " END"
        for by in (0, 1)
    ]
    cursor.execute(
        f"{numbers} INSERT INTO stock_stockmove ({COLUMNS}) SELECT 1, 'job:' || n || ':' || step, 1, step.kind,"
        f" strftime('%%Y-%%m-%%d %%H:%%M:%%S', '2023-01-03', '+' || (n + step) || ' minutes'), NULL, %s, {ends[0]}, {ends[1]}, '',"
        f" bin.part_id, NULL FROM number JOIN stock_stockaccount bin ON bin.id = {places[1]} CROSS JOIN ({steps}) step"
        f" WHERE step < 2 OR n <= {jobs} - {WAITING} ORDER BY n, step",
        [keys["entry"]],
    )


if __name__ == "__main__":
    make(int(sys.argv[1]), Path(os.environ["GUIJU_BENCH_FOLDER"]))
