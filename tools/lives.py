"""What stands behind each made order, so that `guiju verify` finds nothing amiss in a scratch database (tools.many).

Nearly all are over: diagnosed, quoted, the offer lapsed, and the appliance collected as it came. That is the shortest life that the
table of moves knows for an appliance that a technician has seen, and every row of it is there. The few that are open came in within
the last days and are promised in the future, one in fifty excepted. Each order has one entry in the trail, and all its rows name it:
in business a life has about twenty-five of them.
"""

# ruff: noqa: SLF001  (the SQL is made of our own words; the trail's arithmetic is the trail's)

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from io import BytesIO
from itertools import islice
from typing import Any
from uuid import UUID

# From where, by which verb, to where, and how many minutes after the order was opened.
LAPSED = (
    ("DRAFT", "intake.register", "REGISTERED", 0),
    ("REGISTERED", "intake.receive", "RECEIVED", 5),
    ("RECEIVED", "dispatch.assign", "DISPATCHED", 30),
    ("DISPATCHED", "dispatch.accept", "ACCEPTED", 40),
    ("ACCEPTED", "workshop.start_diagnosis", "DIAGNOSING", 60),
    ("DIAGNOSING", "workshop.issue_quote", "QUOTED", 120),
    ("QUOTED", "workshop.expire_quote", "DECLINED", 1_200),
    ("DECLINED", "workshop.prepare_return", "READY", 1_440),
    ("READY", "cashier.hand_over", "DELIVERED", 2_880),
    ("DELIVERED", "followup.close", "CLOSED", 4_320),
)
REPAIRED = (
    *((start, verb, end, minutes // 2) for start, verb, end, minutes in LAPSED[:6]),
    ("QUOTED", "workshop.approve_quote", "APPROVED", 70),
    ("APPROVED", "workshop.start_repair", "REPAIRING", 80),
    ("REPAIRING", "workshop.wait_for_parts", "WAITING_PARTS", 90),
)
# What is going on in a shop: a little of everything.
OPEN = ("RECEIVED", "REPAIRING", "WAITING_PARTS", "QUOTED")
SHELF = "A-01"
DAY_MINUTES = 24 * 60
OVERDUE = 50
AT_ONCE = 5_000
ORDER = "workorder.workorder"


def key(order: int) -> UUID:
    """The one deed of an order; in the order of their numbers, so that its index grows at its end."""
    return UUID(f"00000000000040008000{order:012x}")


KEY = "'00000000000040008000' || printf('%012x', o.id)"


def later(minutes: object) -> str:
    """So many minutes after the order was opened."""
    return f"strftime('%Y-%m-%d %H:%M:%S', o.opened_at, '+' || ({minutes}) || ' minutes')"


def opened_at(order: int, state: str, now: datetime) -> datetime:
    """When an open order came in: what nobody has looked at yet today, the others in the four days before."""
    minutes = 120 + order % 1_000 if state == "RECEIVED" else DAY_MINUTES + order * 7 % (4 * DAY_MINUTES)
    return (now - timedelta(minutes=minutes)).replace(microsecond=0)


def promised_at(order: int, opened: datetime) -> datetime:
    """A week after it came in; one in fifty should have been ready by now."""
    return opened + (timedelta(hours=1) if order % OVERDUE == 0 else timedelta(days=7))


def proofs(unit: Any, person: Any, at: datetime) -> dict[str, int]:
    """A photograph and a signature: the same for all, for a million files prove nothing more."""
    from PIL import Image

    from guiju.kernel import evidence
    from guiju.kernel.actor import Actor, Grant, Kind

    def drawn(kind: str) -> bytes:
        written = BytesIO()
        Image.linear_gradient("L").convert("RGB").save(written, kind)
        return written.getvalue()

    clerk = Actor(Kind.PERSON, person.name, person_id=person.pk, grants=(Grant("RC", None),), unit_id=unit.pk)
    photo = evidence.keep_photo(drawn("JPEG"), unit_id=unit.pk, kind="INTAKE", by=clerk, at=at)
    signature = evidence.keep_signature(drawn("PNG"), unit_id=unit.pk, by=clerk, at=at)
    return {"photo": photo.pk, "signature": signature.pk}


def write(kept: dict[str, int]) -> None:
    """Every row of every life, by the database itself: one statement a table."""
    from django.db import connection, transaction

    over, technician = "o.state = 'CLOSED'", "o.technician_id"
    received = {"order_id": "o.id", "at": later(5)}
    tables: tuple[tuple[str, dict[str, object], str], ...] = (
        ("intake_intakecheck", {
            **received, "condition": "'A scratch.'", "reproduced": 1, "serial_matches": 1, "discrepancy_note": "''",
            "declared_value_minor": 0, "data_statement": "''", "signature_id": kept["signature"], "received_by_id": technician,
            "received_by_name": "p.name",
        }, ""),
        ("intake_intakephoto", {"order_id": "o.id", "evidence_id": kept["photo"]}, ""),
        ("intake_claimtag", {
            "order_id": "o.id", "number": "printf('T-M-%08d', o.id)", "code_salt": "printf('%032d', o.id)", "given_at": later(5),
        }, ""),
        ("workorder_custody", {
            **received, "item": "'DEVICE'", "from_held": "'NONE'", "to_held": "'IN_SHOP'", "from_holder": "'-'", "to_holder": "u.code",
            "place": f"'{SHELF}'", "person_id": technician,
        }, ""),
        ("workorder_custody", {
            "order_id": "o.id", "item": "'DEVICE'", "from_held": "'IN_SHOP'", "to_held": "'RETURNED'", "from_holder": "u.code",
            "to_holder": "'-'", "place": "''", "at": later(2_880), "person_id": technician,
        }, over),
        ("workorder_promiserevision", {
            "order_id": "o.id", "number": 0, "new_at": "o.first_promised_at", "cause": "'FIRST'",
            "reason": """'{"msgid": "The first promise", "params": {}}'""", "agreed": "'TERMS'", "agreed_at": later(0), "at": later(0),
            "actor_name": "'many'",
        }, ""),
        ("dispatch_assignment", {
            "order_id": "o.id", "technician_id": technician, "assigned_at": later(15), "assigned_by_name": "'many'",
            "accept_by": later(60), "accepted_at": later(20), "end_reason": "''", "end_note": "''", "obstacles": "'[]'",
            "override_reason": "''",
        }, "o.state <> 'RECEIVED'"),
        ("workorder_coveragedecision", {
            "order_id": "o.id", "is_precheck": 0, "coverage": "'OUT_OF_WARRANTY'", "because": "'[]'", "version": "''", "facts": "'{}'",
            "covers": "'[]'", "rights": "'[]'", "at": later(55), "actor_name": "p.name",
        }, "o.coverage = 'OUT_OF_WARRANTY'"),
        ("workorder_promiseoutcome", {
            "order_id": "o.id", "unit_id": "o.unit_id", "technician_id": technician, "first_at": "o.first_promised_at",
            "agreed_at": "o.promised_at", "last_at": "o.promised_at", "ready_at": "o.ready_at", "ready_on": "date(o.ready_at, '+8 hours')",
            "revisions": 0, "paused_first_seconds": 0, "paused_agreed_seconds": 0, "late_first_minutes": 0, "late_agreed_minutes": 0,
        }, over),
        ("workshop_returncheck", {
            "order_id": "o.id", "reassembled": 1, "accessories_complete": 1, "safety_checked": 1, "accepted_as_is": "''",
            "technician_id": technician, "at": later(1_440),
        }, over),
        ("cashier_bill", {
            "number": "printf('B-M-%08d', o.id)", "order_id": "o.id", "state": "'PAID'", "currency": "'CNY'", "total_minor": 0,
            "discount_minor": 0, "discount_reason": "''", "paid_minor": 0, "credit_minor": 0, "refunded_minor": 0,
            "drawn_at": later(2_870),
        }, over),
        ("cashier_handover", {
            "order_id": "o.id", "proof": "'CLAIM_CODE'", "proof_note": "''", "demonstrated": 1, "old_parts_settled": 1,
            "handed_by_id": technician, "at": later(2_880),
        }, over),
        ("workshop_partscommitment", {
            "order_id": "o.id", "state": "'PROPOSED'", "cause": "'NO_STOCK'", "basis": "'many'", "remedy": "'DISCOUNT'", "revision": 1,
            "promised_part_on": "date(o.promised_at)", "promised_ready_at": "o.promised_at", "proposed_by_id": technician,
            "proposed_at": later(90), "ended_note": "''",
        }, "o.state = 'WAITING_PARTS'"),
    )  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        for table, columns, where in tables:
            _insert(cursor, table, columns, where)
        _steps(cursor)


# Those without a technician were received by whoever stands first in the list.
FROM = """workorder_workorder o JOIN people_unit u ON u.id = o.unit_id
 JOIN people_person p ON p.id = coalesce(o.technician_id, (SELECT min(id) FROM people_person))"""


def _empty(table: str, named: Iterable[str]) -> dict[str, object]:
    """The columns that are not named and may not be NULL, as a row has them of which nothing is said."""
    from django.apps import apps

    model = next(each for each in apps.get_models() if each._meta.db_table == table)
    left = [each for each in model._meta.concrete_fields if each.column not in {"id", *named} and not each.null]
    return {each.column: _literal(each.get_default()) for each in left}


def _literal(value: Any) -> str:
    if isinstance(value, bool | int):
        return str(int(value))
    return f"'{json.dumps(value) if isinstance(value, list | dict) else value}'"


def _insert(cursor: Any, table: str, columns: dict[str, object], where: str) -> None:
    columns = columns | _empty(table, columns)
    names, values = ", ".join(f'"{each}"' for each in columns), ", ".join(str(each) for each in columns.values())
    sql = f'INSERT INTO "{table}" ({names}) SELECT {values} FROM {FROM}' + (f" WHERE {where}" if where else "")
    cursor.execute(sql.replace("%", "%%"), [])


def _steps(cursor: Any) -> None:
    """The way of each order through its states, one step after another."""
    cursor.execute(
        "CREATE TEMP TABLE many_steps (state text, place integer, start text, verb text, stop text, minutes integer,"
        " PRIMARY KEY (state, place)) WITHOUT ROWID"
    )
    roads = [(step, "CLOSED") for step in LAPSED]
    for state in OPEN:
        road = [stop for _start, _verb, stop, _minutes in REPAIRED].index(state) + 1
        roads += [(step, state) for step in REPAIRED[:road]]
    rows = [(state, place, *step) for place, (step, state) in enumerate(roads)]
    cursor.executemany("INSERT INTO many_steps VALUES (%s, %s, %s, %s, %s, %s)", rows)
    columns = {
        "subject_type": f"'{ORDER}'", "subject_id": "o.id", "from_state": "s.start", "to_state": "s.stop", "verb": "s.verb",
        "at": later("s.minutes"), "person_id": "p.id", "actor_name": "p.name", "entry_key": KEY,
    }  # fmt: skip
    names, values = ", ".join(columns), ", ".join(columns.values())
    # One order after the other, as they stand, and its steps as they were written down.
    sql = f"INSERT INTO kernel_transition ({names}) SELECT {values} FROM {FROM} CROSS JOIN many_steps s WHERE s.state = o.state"
    cursor.execute(sql.replace("%", "%%"), [])
    cursor.execute("DROP TABLE many_steps")


VERBS = ("intake.register", "dispatch.assign", "workshop.diagnose")


def trail(people: list[Any], orders: int) -> None:
    """One entry an order with the installation's mark, each hung onto the chain: what `kernel.trail` reckons, a million times."""
    from django.db import connection, transaction

    from guiju.kernel import secrets
    from guiju.kernel import trail as chain
    from guiju.kernel.models import TrailEntry, TrailSeal
    from guiju.kernel.plain import moment

    assert not chain.waiting(), "Whatever was there before is sealed first."
    seq, previous = chain.head()
    first = TrailEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    entry_table, seal_table = (model._meta.db_table for model in (TrailEntry, TrailSeal))
    with transaction.atomic(), connection.cursor() as cursor:
        told = _told(orders)
        while some := list(islice(told, AT_ONCE)):
            entries, seals = [], []
            for pk, number, unit, at in some:
                person = people[pk % len(people)]
                said = {
                    "key": str(key(pk)), "verb": VERBS[pk % 3], "person_id": person.pk, "actor_name": person.name,
                    "actor_kind": "PERSON", "role": "RC", "channel": "web", "unit_id": unit, "subject_type": ORDER,
                    "subject_id": pk, "subject_label": number, "at": moment(at), "because": None, "facts": {},
                }  # fmt: skip
                said |= {"mark": secrets.mark_of(_written(said)), "id": first + pk}
                seq += 1
                sealed = hashlib.sha256(_written({"seq": seq, "previous": previous, "entry": said})).hexdigest()
                seals.append((first + pk, seq, previous, sealed))
                previous = sealed
                stored = connection.ops.adapt_datetimefield_value(at)
                entries.append(tuple((said | {"key": key(pk).hex, "at": stored, "facts": "{}"}).values()))
            names = ", ".join(said)
            cursor.executemany(f"INSERT INTO {entry_table} ({names}) VALUES ({', '.join(['%s'] * len(said))})", entries)
            cursor.executemany(
                f"INSERT INTO {seal_table} (entry_id, seq, previous, digest) VALUES (%s, %s, %s, %s)", seals
            )


def _told(orders: int) -> Iterator[Any]:
    from guiju.line.workorder.models import WorkOrder

    told = WorkOrder.objects.filter(pk__lte=orders).order_by("pk").values_list("pk", "number", "unit_id", "opened_at")
    return told.iterator(AT_ONCE)


def _written(said: dict[str, Any]) -> bytes:
    """As `kernel.plain` writes what is plain already; `verify` finds out whether it does."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
