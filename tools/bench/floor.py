"""The floor: the same rows written or read by plain SQL, in one transaction over one connection, as durable as ours.

Writing: the rows that the operation left behind are written again under new numbers. What it changed in rows that stood before is
left out, so the floor is rather too low than too high. Reading: rows are fetched by hand-written SQL and compared with the answer.
"""

# ruff: noqa: SLF001  (Django documents _meta)

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from time import perf_counter
from typing import Any
from uuid import uuid4

from tools.bench import operations
from tools.bench.operations import People


class Different(RuntimeError):
    """The floor fetched other rows than the operation: it would be no floor."""


@dataclass(frozen=True)
class Row:
    """A row as the operation left it; `own` are the columns that point at rows of the same operation."""

    model: Any
    key: Any
    values: dict[str, Any]


def raw() -> Any:
    """The driver's own connection: no wrapper takes time."""
    from django.db import connection

    connection.ensure_connection()
    return connection.connection


def _mark() -> str:
    from django.db import connection

    return "?" if connection.vendor == "sqlite" else "%s"


def tops() -> dict[Any, Any]:
    """The highest key of every table."""
    from django.apps import apps
    from django.db.models import AutoField, Max

    from guiju.kernel.models import TrailSeal

    found = {}
    for model in apps.get_models():
        # The seal of the trail is hung behind the deeds, by whoever comes next: no part of any.
        if isinstance(model._meta.pk, AutoField) and model.__module__.startswith("guiju") and model is not TrailSeal:
            found[model] = model._base_manager.aggregate(top=Max("pk"))["top"] or 0
    return found


def left_behind(before: dict[Any, Any]) -> list[Row]:
    """What came into the tables since, in an order in which it can be written again."""
    rows = []
    for model, top in before.items():
        columns = [field for field in model._meta.concrete_fields if not field.generated]
        rows += [
            Row(
                model, row.pk, {field.column: getattr(row, field.attname) for field in columns if not field.primary_key}
            )
            for row in model._base_manager.filter(pk__gt=top).order_by("pk")
        ]
    return rows


def _unique(model: Any) -> set[str]:
    """The columns that two rows may not share, under whatever condition."""
    named = {field.name for field in model._meta.concrete_fields if field.unique}
    for constraint in model._meta.constraints:
        named |= set(getattr(constraint, "fields", ()))
    return {model._meta.get_field(name).column for name in named}


# Further on than any key that a measured database reaches by itself.
FURTHER = 10_000_000
_written = count(1)


def statements(rows: list[Row]) -> list[tuple[str, list[Any]]]:
    """An INSERT for each row under a new key; what pointed at a row of the same operation points at its like."""
    from django.db import connection

    by, made = FURTHER * next(_written), []
    moved = {(row.model, row.key) for row in rows}
    for row in rows:
        unique, columns, values = _unique(row.model), [], []
        for field in row.model._meta.concrete_fields:
            if field.generated:
                continue
            value = row.key if field.primary_key else row.values[field.column]
            if field.primary_key or (field.remote_field and (field.remote_field.model, value) in moved):
                value += by
            elif field.column in unique and field.remote_field is None and value:
                value = _another(field, value)
            columns.append(f'"{field.column}"')
            values.append(field.get_db_prep_save(value, connection))
        marks = ", ".join([_mark()] * len(columns))
        made.append((f'INSERT INTO "{row.model._meta.db_table}" ({", ".join(columns)}) VALUES ({marks})', values))
    return made


def _another(field: Any, value: Any) -> Any:
    kind = field.get_internal_type()
    if kind == "UUIDField":
        return uuid4()
    # A word out of a list stays: it may only be one of those.
    if kind == "CharField" and not field.choices:
        fresh = secrets.token_hex(16)
        return fresh[: max(4, min(len(value), 32))]
    return value


def write(rows: list[Row]) -> float:
    """How long it takes to write those rows again and be sure of them; in milliseconds."""
    connection, ready = raw(), statements(rows)
    cursor = connection.cursor()
    began = perf_counter()
    cursor.execute("BEGIN IMMEDIATE" if _mark() == "?" else "BEGIN")
    for sql, values in ready:
        cursor.execute(sql, values)
    cursor.execute("COMMIT")
    return (perf_counter() - began) * 1000


ORDERS = """SELECT o.*, u.code, c.name, t.name, a.serial, b.name, l.code FROM workorder_workorder o
 JOIN people_unit u ON u.id = o.unit_id JOIN customers_customer c ON c.id = o.customer_id
 JOIN catalogue_appliance a ON a.id = o.appliance_id JOIN catalogue_brand b ON b.id = a.brand_id
 JOIN catalogue_productline l ON l.id = a.line_id LEFT JOIN people_person t ON t.id = o.technician_id """
# A page of the list.
ROWS_MAX = 50
LYING = """SELECT s.*, p.code, b.code FROM stock_stockaccount s JOIN catalogue_part p ON p.id = s.part_id
 JOIN stock_bin b ON b.id = s.bin_id JOIN stock_store m ON m.id = b.store_id WHERE s.balance <> 0 AND s.kind = 'BIN' """


def reads(them: People) -> dict[str, Callable[[], list[list[Any]]]]:
    """For each read the rows behind it, a list of rows a statement."""
    unit = _one("SELECT id FROM people_unit WHERE code = 'FS01'")
    order = _one(f"SELECT id FROM workorder_workorder WHERE number = '{them.order}'")
    here = f"{ORDERS} WHERE o.unit_id = {unit} AND o.outcome = ''"
    promised = f"{here} AND o.promised_at IS NOT NULL ORDER BY o.promised_at, o.id LIMIT 50"
    others = f"{here} AND o.promised_at IS NULL ORDER BY o.id LIMIT 50"
    of_phones, sought = _phones()
    phone = f"""SELECT c.*, p.e164 FROM customers_phone p JOIN customers_customer c ON c.id = p.customer_id
 WHERE p.id IN ({of_phones}) AND c.unit_id = {unit} ORDER BY c.id DESC LIMIT 50"""
    page = _page(order, unit, them.session)
    return {
        "open orders": lambda: [
            [*(some := rows_of(promised)), *(rows_of(others) if len(some) < ROWS_MAX else [])][:ROWS_MAX]
        ],
        "phone": lambda: [rows_of(phone, sought)],
        "one part": lambda: [rows_of(f"{LYING} AND p.code = '{operations.PART}' AND m.unit_id = {unit} LIMIT 50")],
        "all parts": lambda: [
            rows_of(f"{LYING} AND m.code = 'S1' AND m.unit_id = {unit} ORDER BY s.id DESC LIMIT 200")
        ],
        "page": lambda: [rows_of(sql) for sql in page],
    }


def _page(order: int, unit: int, session: str) -> list[str]:
    """What the page of an order shows, and who looks at it: a statement for each kind of thing."""
    login = "SELECT id FROM people_login WHERE username = 'lin'"
    return [
        f"SELECT session_data FROM django_session WHERE session_key = '{session}'",
        f"""SELECT l.*, p.*, u.* FROM people_login l JOIN people_person p ON p.id = l.person_id
            JOIN people_unit u ON u.id = p.unit_id WHERE l.id = ({login})""",
        f"""SELECT g.role, u.path FROM people_rolegrant g JOIN people_unit u ON u.id = g.unit_id
            JOIN people_login l ON l.person_id = g.person_id WHERE l.id = ({login})""",
        f"{ORDERS} WHERE o.id = {order}",
        f"SELECT * FROM workorder_custody WHERE order_id = {order} ORDER BY id DESC LIMIT 1",
        f"""SELECT q.*, l.* FROM workshop_quote q LEFT JOIN workshop_quoteline l ON l.quote_id = q.id
            WHERE q.order_id = {order} ORDER BY q.version DESC, l.id""",
        f"SELECT * FROM intake_loanerunit WHERE unit_id = {unit} AND retired_at IS NULL",
        f"SELECT s.*, c.* FROM workorder_ordersymptom s JOIN catalogue_faultcode c ON c.id = s.code_id WHERE s.order_id = {order}",
        f"""SELECT p.* FROM customers_phone p JOIN workorder_workorder o ON o.customer_id = p.customer_id
            WHERE o.id = {order} ORDER BY p.position, p.id""",
        f"SELECT * FROM workorder_tracklink WHERE order_id = {order} ORDER BY id DESC LIMIT 1",
    ]


def _phones() -> tuple[str, list[Any]]:
    """Where the digits stand, by the index of their pieces: a floor that reads every number would be none."""
    from guiju.standing.customers.models import Phone

    sql, values = Phone.objects.filter(digits__holds=operations.PHONE).order_by().values("pk").query.sql_with_params()
    return sql.replace("%s", _mark()), list(values)


def rows_of(sql: str, values: Sequence[Any] = ()) -> list[Any]:
    found: list[Any] = raw().cursor().execute(sql, values).fetchall()
    return found


def _one(sql: str) -> Any:
    return rows_of(sql)[0][0]


def same(name: str, answered: Any, fetched: list[list[Any]]) -> None:
    """Hold that a read answers the rows that its floor fetches.

    raises   Different
    """
    if isinstance(answered, bytes):
        return
    few, many = len(answered["items"]), len(fetched[0])
    if few != many or not few:
        raise Different(f"{name}: {few} rows are answered, and the floor fetches {many}")
    if name == "open orders" and not all(
        each["number"] in row for each, row in zip(answered["items"], fetched[0], strict=True)
    ):
        raise Different(f"{name}: other orders, or in another order")
