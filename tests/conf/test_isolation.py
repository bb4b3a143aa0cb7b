"""On PostgreSQL an outlet's rows are out of another outlet's reach, whatever the query forgets to ask (T01, T02, T17, G15)."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from psycopg.errors import InsufficientPrivilege

from guiju.conf.middleware import ActorMiddleware
from guiju.kernel import isolation, reach
from guiju.kernel.actor import Actor
from guiju.kernel.postgresql import base
from guiju.kernel.search import fold
from guiju.standing.customers.models import Customer
from tests.cast import NOON, Cast
from tests.faults.findings import EVERYTHING, Findings, told
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = pytest.mark.postgres
# Whoever holds rights in none of the units that there are, and whoever the app forgot to say.
ELSEWHERE = 987_654_321
# What a list of units may be taken for by somebody who writes it by hand.
FORGED = ("", ",", ",0,", "ALL", "all,", " all", "%", f",{ELSEWHERE},")


@pytest.fixture
def world(shop: Shop) -> Shop:
    """An order with all that hangs on it, so that most tables hold a row."""
    stages.a_delivered_order(shop)
    return shop


def a_customer_of(unit: str, cast: Cast) -> None:
    """Somebody whom that outlet knows."""
    Customer.objects.create(unit=cast.units[unit], name=unit, folded=fold(unit), purpose="repair", enrolled_at=NOON)


def one_row_of_each() -> dict[str, dict[str, Any]]:
    """A row of every isolated table that holds one, as the house sees it."""
    found = {}
    with connection.cursor() as cursor:
        for model in isolation.isolated():
            table = model._meta.db_table
            cursor.execute(f'SELECT to_jsonb(row) FROM "{table}" AS row WHERE {isolation.within(model)} LIMIT 1')
            written = {each.column for each in model._meta.concrete_fields if not each.generated}
            if line := cursor.fetchone():
                found[table] = {name: value for name, value in json.loads(line[0]).items() if name in written}
    return found


def attacks(row: dict[str, Any], table: str) -> Iterator[tuple[str, str, list[Any]]]:
    """What raw SQL may try on another outlet's row: its name, the statement, and what it is given."""
    key, column = row["id"], next(each for each in row if each != "id")
    columns = ", ".join(f'"{each}"' for each in row)
    forged = json.dumps({**row, "id": key + ELSEWHERE})
    yield "read", f'SELECT 1 FROM "{table}" WHERE id = %s', [key]
    yield "count", f'SELECT 1 FROM "{table}" HAVING count(*) > 0', []
    yield "change", f'UPDATE "{table}" SET "{column}" = "{column}" WHERE id = %s', [key]
    yield "erase", f'DELETE FROM "{table}" WHERE id = %s', [key]
    forging = f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM jsonb_populate_record(NULL::"{table}", %s)'
    yield "forge", forging, [forged]


def outcome(statement: str, values: list[Any]) -> str:
    """What came of it: how many rows, or that it was refused."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return f"{cursor.rowcount} rows"
    except DatabaseError as error:
        if isinstance(error.__cause__, InsufficientPrivilege):
            return "refused"
        # A book's own trigger speaks before row level security does.
        return "refused by a trigger" if "PL/pgSQL" in str(error) else str(error)


@pytest.mark.shows("T17", "T01", "T02", "G15")
def test_raw_sql_of_another_outlet_reaches_nothing(world: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three hundred attacks and more, made from the table of tables; the house's own question of the same row first finds it."""
    published = isolation.deviations().published
    labels = {model._meta.db_table: model._meta.label for model in isolation.isolated()}
    tried = 0
    for table, row in one_row_of_each().items():
        assert outcome(*next((s, v) for n, s, v in attacks(row, table) if n == "read")) == "1 rows"
        for said in FORGED:
            monkeypatch.setattr(reach, "now", lambda said=said: said)
            for name, statement, values in attacks(row, table):
                tried += 1
                if name in {"read", "count"} and labels[table] in published and said:
                    continue
                came = outcome(statement, values)
                assert came in {"0 rows", "refused", "refused by a trigger"}, (table, name, said, came)
                assert (name == "forge") <= came.startswith("refused"), (table, said)
            monkeypatch.undo()
    assert tried >= 300 * 5


@pytest.mark.shows("T02")
def test_a_row_is_not_moved_to_another_outlet(cast: Cast) -> None:
    a_customer_of("FS01", cast)
    mine, other = Customer.objects.filter(name="FS01"), cast.units["GZ02"].pk

    with reach.of(cast.actors["lin"]):
        assert mine.update(language="en") == 1
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            mine.update(unit=other)
    with reach.of(cast.actors["zhou"]):
        assert mine.update(language="zh-hant") == 0


@pytest.mark.django_db
@pytest.mark.shows("T17")
def test_every_table_with_a_unit_is_isolated() -> None:
    """Asked of the database's own catalogue and not of our models, so that a table that they overlook is found."""
    assert isolation.missing(connection) == []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE belongs(place) AS (
                SELECT attrelid FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
                WHERE attname = 'unit_id' AND NOT attisdropped AND relkind = 'r' AND relnamespace = 'public'::regnamespace
                UNION
                SELECT point.conrelid FROM pg_constraint AS point JOIN belongs ON belongs.place = point.confrelid
                JOIN pg_attribute AS key ON key.attrelid = point.conrelid AND key.attnum = point.conkey[1]
                WHERE point.contype = 'f' AND key.attnotnull
            )
            SELECT relname, relrowsecurity AND relforcerowsecurity FROM belongs JOIN pg_class ON pg_class.oid = place
            """
        )
        isolated = dict(cursor.fetchall())
    assert len(isolated) > 70
    # A login is looked for before anybody acts; an order joins the demand of many units, and its lines are isolated.
    exempt = {"people_login", "supply_purchaseorder"}
    assert {table for table, is_forced in isolated.items() if not is_forced} - exempt == set()


TAMPERED = [
    'DROP POLICY guiju_within ON "workorder_workorder"',
    'ALTER TABLE "workorder_workorder" NO FORCE ROW LEVEL SECURITY',
    'ALTER TABLE "workorder_workorder" DISABLE ROW LEVEL SECURITY',
    'ALTER POLICY guiju_within ON "workorder_workorder" USING (true)',
    'CREATE POLICY another ON "workorder_workorder" USING (true)',
]


@pytest.mark.django_db
@pytest.mark.shows("T17")
@pytest.mark.parametrize("tampering", TAMPERED)
def test_a_policy_that_was_tampered_with_is_noticed_and_mended(tampering: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(tampering)
        assert isolation.missing(connection) == ["guiju_within of workorder_workorder"]
        isolation.install(connection)
        assert isolation.missing(connection) == []
        transaction.set_rollback(True)


def test_what_is_said_ends_with_its_transaction_and_comes_back_at_a_savepoint(cast: Cast) -> None:
    a_customer_of("FS01", cast)
    seen = Customer.objects.exists
    with reach.of(cast.actors["lin"]):
        assert seen()
        with transaction.atomic():
            with reach.of(None):
                assert not seen()
            transaction.set_rollback(True)
        assert seen()
        with reach.house(), connection.chunked_cursor() as cursor:
            cursor.execute("SELECT count(*) FROM customers_customer")
            assert cursor.fetchone() == (1,)
    with reach.of(cast.actors["zhou"]), connection.chunked_cursor() as cursor:
        cursor.execute("SELECT count(*) FROM customers_customer")
        assert cursor.fetchone() == (0,)
        assert not seen()
    with reach.house():
        kept = transaction.savepoint()
        with reach.of(cast.actors["zhou"]):
            assert not seen()
            # The server is back at what was said before the savepoint: what holds here must be said again.
            transaction.savepoint_rollback(kept)
            assert not seen()


# --- A pool of connections, and people of two outlets


@pytest.fixture
def pooled(transactional_db: None) -> Iterator[None]:
    """Three connections for eight threads."""
    options, age = connection.settings_dict["OPTIONS"], connection.settings_dict["CONN_MAX_AGE"]
    connection.close()
    options["pool"], connection.settings_dict["CONN_MAX_AGE"] = {"min_size": 1, "max_size": 3}, 0
    yield
    connection.close()
    connection.close_pool()
    del options["pool"]
    connection.settings_dict["CONN_MAX_AGE"] = age


REQUESTS, TWIN_REQUESTS = (100_000, 2_000) if EVERYTHING else (600, 40)


@pytest.mark.shows("T17", "G15")
def test_a_pooled_connection_carries_nothing_to_the_next_request(
    pooled: None, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Requests of two outlets, the head office and nobody, whose page forgets to ask who is allowed to see what."""
    units = {name: cast.units[name].pk for name in ("FS01", "GZ02")}
    for name in units:
        a_customer_of(name, cast)
    may_see = {
        "lin": {units["FS01"]}, "zhou": {units["GZ02"]}, "nie": set(units.values()), "": set(),
    }  # fmt: skip
    ours, twin = Findings("isolation"), Findings("SET instead of SET LOCAL")
    mixed(ours, REQUESTS, cast, may_see)
    monkeypatch.setattr(base, "SAY", "SET guiju.units = '{}'; ")
    mixed(twin, TWIN_REQUESTS, cast, may_see)
    with told(ours, twin):
        assert not ours.found, "\n".join(ours.found[:20])
        assert set(ours.counts.values()) == {REQUESTS // 4}
        assert twin.found


def mixed(findings: Findings, number: int, cast: Cast, may_see: dict[str, set[int]]) -> None:
    """So many requests of eight threads over three connections, each by the next of these people."""
    counting = threading.Lock()

    def forgetful(request: Any) -> HttpResponse:
        found = set(Customer.objects.values_list("unit_id", flat=True))
        with connection.cursor() as cursor, transaction.atomic():
            cursor.execute("SELECT DISTINCT unit_id FROM customers_customer")
            found |= {pk for (pk,) in cursor.fetchall()}
        return HttpResponse(json.dumps(sorted(found)))

    door = ActorMiddleware(forgetful)

    def ask(name: str) -> None:
        try:
            request: Any = RequestFactory().get("/")
            request.user = cast.logins[name] if name else SimpleNamespace(is_authenticated=False)
            found = set(json.loads(door(request).content))
            amiss = [] if found == may_see[name] else [f"sees {found}"]
            with reach.of(None):
                amiss += ["sees something as nobody"] if Customer.objects.exists() else []
            with counting:
                findings.ask(name or "a stranger", iter(amiss))
                findings.count(name or "a stranger")
        finally:
            connections.close_all()

    names = cycle(may_see)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(ask, [next(names) for _ in range(number)]))
    findings.of = number


def test_the_widest_right_is_what_the_database_is_told(cast: Cast) -> None:
    actors = cast.actors
    assert reach.text_of(actors["nie"]) == reach.text_of(Actor.system("clock")) == reach.EVERYWHERE
    assert reach.text_of(actors["lin"]) == f",{cast.units['FS01'].pk},"
    assert reach.text_of(None) == reach.NOWHERE
