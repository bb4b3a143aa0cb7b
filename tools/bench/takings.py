"""An outlet's money with as many moves behind it as were asked for, and a day of two thousand receipts: what the till is measured on.

A job is charged and paid in cash, two moves; after every fiftieth the takings go into a bag, the bag to whoever carries it and then to the
bank, so that behind the drawer stand as many emptied bags and settled jobs as in years of business.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tools.bench import ground

ORDERS = 1_000
RECEIPTS = 2_000
PAID_MINOR = 1_000
A_BAG = 50
FLOAT_MINOR = 50_000
UNIT = "FS01"


def make(moves: int, folder: Path) -> None:
    """The same company with a thousand orders, its money, and its day.

    moves   rounded to whole bags
    """
    ground.make(ORDERS, folder)
    from django.db import connection, transaction

    from tools import many

    many.lighten()
    with transaction.atomic(), connection.cursor() as cursor:
        _history(cursor, max(moves // (2 * A_BAG + 3), 1) * A_BAG)
        _day(cursor)
        _follow(cursor)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    many.restore()


NUMBERS = "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {most})"
PLACE = "id, balance, may_go_negative, unit_id, kind, reference, currency"
COLUMNS = "amount, document, line, kind, at, undoes_id, entry_key, source_id, target_id"


def _history(cursor: Any, jobs: int) -> None:
    """So many jobs, and a bag for every fiftieth, a minute a job, until the night before last."""
    from guiju.books.money.models import MoneyAccount, MoneyMove
    from guiju.standing.people.models import Unit

    unit = Unit.objects.get(code=UNIT)
    entry = MoneyMove.objects.order_by("pk").values_list("entry_key", flat=True)[0].hex
    top = MoneyAccount.objects.order_by("-pk").values_list("pk", flat=True)[0]
    revenue, till, carrier, bank, owed = (top + number for number in (1, 2, 3, 4, 5))
    bag = owed + jobs
    places = [
        MoneyAccount(pk=pk, unit=unit, kind=kind, reference=reference, currency="CNY", may_go_negative=kind == "REVENUE")
        for pk, kind, reference in (
            (revenue, "REVENUE", "MANY"), (till, "TILL", "MANY"), (carrier, "CARRIER", "MANY"), (bank, "BANK", "MANY"),
        )
    ]  # fmt: skip
    MoneyAccount.objects.bulk_create(places)
    for kind, first, count in (("OWED_BY_CUSTOMER", owed, jobs), ("BAG", bag, jobs // A_BAG)):
        cursor.execute(
            f"{NUMBERS.format(most=count)} INSERT INTO money_moneyaccount ({PLACE})"
            f" SELECT {first} + n - 1, 0, 0, {unit.pk}, '{kind}', 'MANY-{kind}-' || n, 'CNY' FROM number",
            [],
        )
    began = datetime.now(UTC) - timedelta(days=2, minutes=jobs)
    steps = (
        ("CHARGE", PAID_MINOR, 1, str(revenue), f"{owed} + n - 1"),
        ("SETTLE", PAID_MINOR, 1, f"{owed} + n - 1", str(till)),
        ("DROP", PAID_MINOR * A_BAG, A_BAG, str(till), f"{bag} + n / {A_BAG} - 1"),
        ("CARRY", PAID_MINOR * A_BAG, A_BAG, f"{bag} + n / {A_BAG} - 1", str(carrier)),
        ("BANKING", PAID_MINOR * A_BAG, A_BAG, str(carrier), str(bank)),
    )
    whole = " UNION ALL ".join(
        f"SELECT {amount}, 'many:' || n || ':{kind}', 1, '{kind}', strftime('%%Y-%%m-%%d %%H:%%M:%%S', %s, '+' || n || ' minutes'),"
        f" NULL, %s, {source}, {target}, n AS turn, {place} AS step FROM number WHERE n %% {every} = 0"
        for place, (kind, amount, every, source, target) in enumerate(steps)
    )
    cursor.execute(
        f"{NUMBERS.format(most=jobs)} INSERT INTO money_moneymove ({COLUMNS}) SELECT * FROM"
        f" (SELECT {', '.join(f'column{at}' for at in range(1, 10))} FROM ({_named(whole)}) ORDER BY turn, step)",
        [f"{began:%Y-%m-%d %H:%M:%S}", entry] * len(steps),
    )


def _named(whole: str) -> str:
    """The columns of the first of many SELECTs, by names of their own."""
    names = [f"column{at}" for at in range(1, 10)]
    return (
        f"SELECT NULL AS {names[0]}, "
        + ", ".join(f"NULL AS {each}" for each in names[1:])
        + (f", 0 AS turn, 0 AS step WHERE 0 UNION ALL {whole}")
    )


def _day(cursor: Any) -> None:
    """Yesterday: one till, two thousand receipts in cash, counted, carried away and closed."""
    from guiju.books.money.models import MoneyAccount, MoneyMove
    from guiju.line.cashier.models import Bill, Payment, Till, TillCount, TillSession
    from guiju.standing.people.models import Login, Person, Unit

    unit = Unit.objects.get(code=UNIT)
    at = datetime.now(UTC).replace(hour=2, minute=0, second=0, microsecond=0) - timedelta(days=1)
    cai = Person.objects.get(pk=Login.objects.values_list("person", flat=True).get(username="cai"))
    sum_minor = RECEIPTS * PAID_MINOR
    session = TillSession.objects.create(
        till=Till.objects.create(unit=unit, code="DAY"), cashier=cai, business_on=unit.day(at), state="CLOSED", currency="CNY",
        float_minor=FLOAT_MINOR, opened_at=at, counted_at=at + timedelta(hours=8), closed_at=at + timedelta(hours=9),
        counted_minor=sum_minor + FLOAT_MINOR, expected_minor=sum_minor + FLOAT_MINOR, z_number="Z-DAY-1", closed_by=cai,
    )  # fmt: skip
    TillCount.objects.create(
        session=session, round=1, method="CASH", counted_minor=sum_minor + FLOAT_MINOR, expected_minor=sum_minor + FLOAT_MINOR,
        counted_by=cai, counted_at=at + timedelta(hours=8),
    )  # fmt: skip
    bills = list(Bill.objects.filter(order__unit=unit).order_by("pk"))
    Payment.objects.bulk_create(
        Payment(
            bill=bills[number % len(bills)], method="CASH", amount_minor=PAID_MINOR, session=session, taken_by=cai,
            receipt_number=f"RC-{UNIT}.DAY-{at:%Y%m%d}-{number:05d}", at=at + timedelta(seconds=10 * number),
        )
        for number in range(1, RECEIPTS + 1)
    )  # fmt: skip
    revenue, carrier, bank = (
        MoneyAccount.objects.get(reference="MANY", kind=kind).pk for kind in ("REVENUE", "CARRIER", "BANK")
    )
    entry = MoneyMove.objects.order_by("pk").values_list("entry_key", flat=True)[0].hex
    till = MoneyAccount.objects.create(unit=unit, kind="TILL", reference=session.till.reference, currency="CNY").pk
    owed = MoneyAccount.objects.create(unit=unit, kind="OWED_BY_CUSTOMER", reference="MANY-DAY", currency="CNY").pk
    cursor.execute(
        f"{NUMBERS.format(most=RECEIPTS)} INSERT INTO money_moneymove ({COLUMNS})"
        f" SELECT {PAID_MINOR}, printf('RC-DAY-%%05d', n), 1, 'SETTLE',"
        f" strftime('%%Y-%%m-%%d %%H:%%M:%%S', %s, '+' || (n * 10) || ' seconds'), NULL, %s, {owed}, {till} FROM number",
        [f"{at:%Y-%m-%d %H:%M:%S}", entry],
    )
    for kind, source, target in (("CHARGE", revenue, owed), ("CARRY", till, carrier), ("BANKING", carrier, bank)):
        cursor.execute(
            f"INSERT INTO money_moneymove ({COLUMNS}) VALUES (%s, %s, 1, %s, %s, NULL, %s, %s, %s)",
            [sum_minor, f"DAY/{kind}", kind, f"{at + timedelta(hours=7):%Y-%m-%d %H:%M:%S}", entry, source, target],
        )


def _follow(cursor: Any) -> None:
    """Let the balances follow the moves."""
    # A table with a key: joined to a sum over all moves, SQLite would walk every place for each of its rows.
    cursor.execute("CREATE TEMP TABLE many (account INTEGER PRIMARY KEY, total INTEGER)")
    sums = " UNION ALL ".join(
        f"SELECT {end}_id AS account, {sign}amount AS minor FROM money_moneymove"
        for sign, end in (("-", "source"), ("", "target"))
    )
    cursor.execute(f"INSERT INTO many SELECT account, sum(minor) FROM ({sums}) GROUP BY 1")
    cursor.execute(
        "UPDATE money_moneyaccount SET balance = (SELECT total FROM many WHERE many.account = money_moneyaccount.id)"
        " WHERE id IN (SELECT account FROM many)"
    )


if __name__ == "__main__":
    make(int(sys.argv[1]), Path(os.environ["GUIJU_BENCH_FOLDER"]))
