"""A scratch database with very many rows: `python -m tools.many --orders 1000000`; `--measure` then asks every list for its pages.

The rows are written past the verbs, in bulk, so that a million take minutes and not days: they are for looking and for measuring,
never for business. Nothing here is read by the programme.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from tools import lives

BEGAN = datetime(2016, 1, 4, 9, tzinfo=UTC)
# SQLite takes 32,766 values in one statement; a thousand rows stay below it for every table here.
ROWS_AT_ONCE = 1_000
UNITS = 4
SURNAMES = "陈李王张刘黄吴周徐孙马朱胡林郭何高罗郑梁"
GIVEN = ("伟", "芳", "娜", "敏", "静", "强", "磊", "洋", "艳", "勇", "杰", "娟", "涛", "明", "超", "霞")


def main(argv: list[str] | None = None) -> int:
    """Fill the database, and measure if asked to."""
    asked = argparse.ArgumentParser(prog="tools.many", description=__doc__)
    asked.add_argument("--orders", type=int, default=100_000)
    asked.add_argument("--into", type=Path, default=Path("var/many"), help="a folder of its own; it is kept")
    asked.add_argument("--measure", action="store_true", help="ask every list of what is there, and fill nothing")
    given = asked.parse_args(argv)
    given.into.mkdir(parents=True, exist_ok=True)
    os.environ |= {"GUIJU_DATA": str(given.into), "DJANGO_SETTINGS_MODULE": "guiju.conf.settings"}
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    if given.measure:
        measure()
        return 0
    from django.core.management import call_command

    began = perf_counter()
    call_command("migrate", verbosity=0)
    fill(given.orders)
    print(f"{given.orders:,} orders in {perf_counter() - began:.0f} s, in {given.into}")
    return 0


def fill(orders: int, units: list[Any] | None = None) -> None:
    """Write customers, an appliance each, their orders, and what hangs on those.

    units   the outlets whose they are; those of a company of its own unless given
    """
    from django.db import connection

    from guiju.kernel import trail

    lighten()
    now, basis = datetime.now(UTC), _basis(units)
    kept = lives.proofs(basis["units"][0], basis["people"][0], now)
    trail.seal_pending(everything=True)
    # Enough for a full page of each outlet's open orders at every size: half a page would flatter the small one.
    few = min(max(orders * len(lives.OPEN) // 100, OPEN_MIN), orders // 2)
    over, people = orders - few, (orders + 1) // 2
    seeds = min(over, SEEDS)
    for rows in (_customers(basis, seeds // 2), _phones(basis, seeds // 2), _appliances(basis, seeds // 2)):
        _write(rows)
    for rows in (_orders(basis, seeds), _quotes(basis, seeds)):
        _write(rows)
    for table, changed in COPIES.items():
        half = table in HALF
        _copy(table, changed, seeds // 2 if half else seeds, people if half else over)
    for rows in (_open_orders(basis, over, few, now), _open_quotes(basis, over, few, now)):
        _write(rows)
    for what, do in (("lives", partial(lives.write, kept)), ("trail", partial(lives.trail, basis["people"], orders))):
        began = perf_counter()
        do()
        print(f"{orders:>10,} {what} in {perf_counter() - began:.0f} s", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def lighten() -> None:
    """Take away what would be asked of each row; `restore` puts it back."""
    from django.db import connection

    with connection.cursor() as cursor:
        # A scratch: no trigger is asked for each of a million rows, and nothing waits for the disk. Constraints of the rows hold.
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute("PRAGMA journal_mode = MEMORY")
        cursor.execute("PRAGMA cache_size = -400000")


OPEN_MIN = 120
# Made one by one; the others are their copies, made by the database itself.
SEEDS = 2_000
# Two jobs for each customer and appliance.
HALF = ("customers_customer", "customers_phone", "catalogue_appliance")


def _later(column: str, minutes: int) -> str:
    return f"strftime('%Y-%m-%d %H:%M:%S', {column}, '+' || ({minutes} * :by) || ' minutes')"


# What differs in a copy that stands :by rows further on.
COPIES: dict[str, dict[str, str]] = {
    "customers_customer": {"enrolled_at": _later("enrolled_at", 2)},
    "customers_phone": {
        "customer_id": "customer_id + :by", "e164": "printf('+8613%09d', id + :by)",
        "digits": "printf('8613%09d 13%09d', id + :by, id + :by)",
    },
    "catalogue_appliance": {
        "customer_id": "customer_id + :by", "serial": "printf('SN%08d', id + :by)",
        "folded_serial": "printf('sn%08d', id + :by)", "registered_at": _later("registered_at", 2),
    },
    "workorder_workorder": {
        "number": "printf('WO-M-%08d', id + :by)", "appliance_id": "appliance_id + :by / 2",
        "customer_id": "customer_id + :by / 2", "track_digest": "printf('%064d', id + :by)",
        **{column: _later(column, 5) for column in (
            "opened_at", "registered_at", "received_at", "promised_at", "first_promised_at", "ready_at", "delivered_at",
        )},
    },
    "workshop_quote": {
        "order_id": "order_id + :by", "number": "printf('Q-M-%08d', id + :by)",
        **{column: _later(column, 5) for column in ("drafted_at", "issued_at", "valid_until")},
    },
}  # fmt: skip


def restore() -> None:
    """Put back the triggers, so that business can be done on what was filled."""
    from guiju.kernel import installing

    installing.install()


def _copy(table: str, changed: dict[str, str], many: int, wanted: int) -> None:
    """Double the rows of a table until there are enough of them."""
    from django.db import connection, transaction

    began = perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT name FROM pragma_table_info('{table}')")
        columns = [name for (name,) in cursor.fetchall()]
        values = {"id": "id + :by"} | changed
        read = ", ".join(values.get(column, f'"{column}"') for column in columns)
        written = ", ".join(f'"{column}"' for column in columns)
        while many < wanted:
            more = min(many, wanted - many)
            sql = f'INSERT INTO "{table}" ({written}) SELECT {read} FROM "{table}" WHERE id <= {more}'
            cursor.execute(sql.replace(":by", str(many)).replace("%", "%%"), [])
            many += more
    print(f"{many:>10,} {table} in {perf_counter() - began:.0f} s", flush=True)


def _basis(given: list[Any] | None = None) -> dict[str, Any]:
    """The units, people and lists that everything stands on."""
    from guiju.standing.catalogue.models import Brand, ProductLine
    from guiju.standing.people.models import Person, Unit

    head, _ = Unit.objects.get_or_create(
        code="HQ",
        defaults={"names": {"en": "Head office"}, "kind": "HQ", "currency": "CNY", "time_zone": "Asia/Shanghai"},
    )
    units = given or [
        Unit.objects.get_or_create(
            code=f"M{number}",
            defaults={
                "names": {"en": f"Outlet {number}"}, "kind": "OUTLET", "parent": head, "currency": "CNY",
                "time_zone": "Asia/Shanghai",
            },
        )[0]
        for number in range(UNITS)
    ]  # fmt: skip
    people = [
        Person.objects.get_or_create(
            number=f"M-{number}", defaults={"name": _name(number), "unit": units[number % len(units)], "status": "ACTIVE"}
        )[0]
        for number in range(UNITS * 10)
    ]  # fmt: skip
    brand, _ = Brand.objects.get_or_create(code="MANY", defaults={"name": "Many", "folded": "many"})
    line, _ = ProductLine.objects.get_or_create(code="MANY", defaults={"names": {"en": "Washing machine"}})
    return {"units": units, "people": people, "brand": brand, "line": line}


def _name(number: int) -> str:
    return SURNAMES[number % len(SURNAMES)] + GIVEN[number // 20 % 16] + GIVEN[number // 320 % 16]


def _unit(basis: dict[str, Any], number: int) -> Any:
    return basis["units"][number % len(basis["units"])]


def _customers(basis: dict[str, Any], many: int) -> Iterator[Any]:
    from guiju.kernel.search import fold
    from guiju.standing.customers.models import Customer

    for number in range(1, many + 1):
        name = _name(number)
        yield Customer(
            pk=number, unit=_unit(basis, number), name=name, folded=fold(name), purpose="many",
            enrolled_at=BEGAN + timedelta(minutes=number * 2),
        )  # fmt: skip


def _phones(basis: dict[str, Any], many: int) -> Iterator[Any]:
    from guiju.standing.customers.models import Phone

    for number in range(1, many + 1):
        digits = f"13{number:09d}"
        yield Phone(
            pk=number, customer_id=number, unit=_unit(basis, number), e164=f"+86{digits}", digits=f"86{digits} {digits}"
        )


def _appliances(basis: dict[str, Any], many: int) -> Iterator[Any]:
    from guiju.standing.catalogue.models import Appliance

    for number in range(1, many + 1):
        yield Appliance(
            pk=number, unit=_unit(basis, number), brand=basis["brand"], line=basis["line"], customer_id=number,
            serial=f"SN{number:08d}", folded_serial=f"sn{number:08d}", registered_at=BEGAN + timedelta(minutes=number * 2),
        )  # fmt: skip


def _orders(basis: dict[str, Any], many: int) -> Iterator[Any]:
    """Those that are over; two for each appliance."""
    machines = many // 2 or 1
    for number in range(1, many + 1):
        at = BEGAN + timedelta(minutes=number * 5)
        yield _order(
            basis, number, (number - 1) % machines + 1, at, state="CLOSED", held="RETURNED", outcome="RETURNED_UNREPAIRED",
            first_promised_at=at + timedelta(days=2), promised_at=at + timedelta(days=2), ready_at=at + timedelta(days=1),
            delivered_at=at + timedelta(days=2),
        )  # fmt: skip


def _open_orders(basis: dict[str, Any], over: int, many: int, now: datetime) -> Iterator[Any]:
    """Those that are going on; an appliance is in one of them at most."""
    for number, state in _open(over, many):
        at = lives.opened_at(number, state, now)
        promise = lives.promised_at(number, at)
        order = _order(
            basis, number, number - over, at, state=state, held="IN_SHOP", shelf=lives.SHELF, first_promised_at=promise,
            promised_at=promise, coverage="UNDETERMINED" if state == "RECEIVED" else "OUT_OF_WARRANTY",
        )  # fmt: skip
        if state == "RECEIVED":
            order.technician = None
        yield order


def _open(over: int, many: int) -> Iterator[tuple[int, str]]:
    for number in range(over + 1, over + many + 1):
        yield number, lives.OPEN[number // 7 % len(lives.OPEN)]


def _order(basis: dict[str, Any], number: int, machine: int, at: datetime, **about: Any) -> Any:
    from guiju.line.workorder.models import WorkOrder

    return WorkOrder(
        pk=number, number=f"WO-M-{number:08d}", unit=_unit(basis, machine), appliance_id=machine, customer_id=machine,
        problem="does not spin", language="zh-hans", opened_at=at, registered_at=at, received_at=at + timedelta(minutes=5),
        technician=basis["people"][number % len(basis["people"])], currency="CNY", track_salt=f"{number}",
        track_digest=f"{number:064d}", **about,
    )  # fmt: skip


def _quotes(basis: dict[str, Any], many: int) -> Iterator[Any]:
    """Offers that nobody answered."""
    for number in range(1, many + 1):
        at = BEGAN + timedelta(minutes=number * 5)
        yield _quote(
            basis, number, at, state="EXPIRED", total_minor=10_000 + number % 90_000, digest=f"{number:064d}",
            valid_until=at + timedelta(minutes=1_200),
        )  # fmt: skip


# What a customer agrees to, beside the lines.
AGREED = ("number", "version", "currency", "total_minor", "discount_minor", "service_hours", "repair_warranty_days")


def _open_quotes(basis: dict[str, Any], over: int, many: int, now: datetime) -> Iterator[Any]:
    """Offers that wait for an answer, and those that were agreed to: of nothing, for nobody here has a price list."""
    from guiju.kernel.approval import digest_of

    for number, state in _open(over, many):
        if state == "RECEIVED":
            continue
        at = lives.opened_at(number, state, now)
        quote = _quote(basis, number, at, state="ISSUED", valid_until=at + timedelta(days=7))
        quote.digest = digest_of({name: getattr(quote, name) for name in AGREED} | {"lines": []})
        if state != "QUOTED":
            quote.state, quote.decided_how, quote.decided_at = "APPROVED", "RECORDED", at + timedelta(minutes=70)
            quote.approved_digest = quote.digest
        yield quote


def _quote(basis: dict[str, Any], number: int, at: datetime, **about: Any) -> Any:
    from guiju.line.workshop.models import Quote

    issued = at + timedelta(minutes=60)
    return Quote(
        pk=number, order_id=number, number=f"Q-M-{number:08d}", version=1, currency="CNY", service_hours=48, repair_warranty_days=90,
        form=1, price_list="many", drafted_by=basis["people"][0], drafted_at=issued, issued_at=issued, **about,
    )  # fmt: skip


def _write(rows: Iterator[Any]) -> None:
    """In one transaction: a commit a thousand rows would be most of the time."""
    from django.db import transaction

    began, many, kind = perf_counter(), 0, ""
    with transaction.atomic():
        while some := list(islice(rows, ROWS_AT_ONCE)):
            kind = type(some[0]).__name__
            type(some[0]).objects.bulk_create(some)
            many += len(some)
    print(f"{many:>10,} {kind} in {perf_counter() - began:.0f} s", flush=True)


def measure() -> None:
    """How long the pages of each list take: as it opens, by each filter, in each order, and far behind the first."""
    from django.http import QueryDict

    from guiju.desks.common import listing as lists
    from guiju.kernel.actor import Actor, Grant, Kind
    from guiju.standing.people.models import Person, Unit

    unit, person = Unit.objects.get(code="M1"), Person.objects.get(number="M-1")
    grants = {"one unit": frozenset({unit.pk}), "all units": None}
    for each in lists.declared():
        if each.slug not in MEASURED:
            continue
        for where, units in grants.items():
            actor = Actor(Kind.PERSON, "OM", person_id=person.pk, grants=(Grant("OM", units),), unit_id=unit.pk)
            for query in (
                "",
                *MEASURED[each.slug],
                *(f"sort={sign}{slug}" for slug in each.orders() for sign in ("", "-")),
            ):
                print(
                    f"{each.slug:<12} {where:<10} {query or 'as it opens':<32} {_took(each, actor, QueryDict(query))}",
                    flush=True,
                )


MEASURED = {
    "orders": ("state=WAITING_PARTS", "state=CLOSED&sort=promised", "q=WO-M-0050", "q=SN0040", "q=13000400001", "q=陈伟", "technician=5",
               "open=on", "hold=on", "opened_from=2018-03-01&opened_to=2018-03-02"),
    "customers": ("q=陈伟", "q=13000400001", "unit=M1"),
    "appliances": ("q=SN0040",),
    "quotes": ("state=EXPIRED", "state=DRAFT", "q=WO-M-0050"),
    "trail": ("verb=dispatch.assign", "subject=WO-M-00500000", "at_from=2018-03-01&at_to=2018-03-02"),
}  # fmt: skip


def _took(each: Any, actor: Any, query: Any) -> str:
    """The best of three, in milliseconds: the rows of the page, and their number as far as it is counted."""
    from guiju.desks.common.listing.asked import Asked
    from guiju.desks.common.listing.looking import look
    from guiju.desks.common.listing.page import COUNT_MAX

    def once() -> tuple[float, float, Any]:
        asked = Asked(each, actor, query)
        began = perf_counter()
        found = look(asked)
        page = found.page(limit=50)
        read = perf_counter()
        found.count(most=COUNT_MAX)
        return (read - began) * 1000, (perf_counter() - read) * 1000, page

    first = min((once() for _ in range(3)), key=lambda one: one[0])
    page, count = first[2], min(once()[1] for _ in range(2))
    return f"{len(page.rows):>3} rows {first[0]:8.1f} ms, counted {count:8.1f} ms"


if __name__ == "__main__":
    sys.exit(main())
