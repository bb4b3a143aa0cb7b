"""Whoever has the database in his hands changes any column of the trail, and is found; and a long chain is walked in a minute (G25)."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from guiju.kernel import trail
from guiju.kernel.actor import Actor
from guiju.kernel.models import TrailEntry, TrailSeal
from tests.faults.findings import EVERYTHING, SEED, Findings, told
from tests.kernel.test_trail import as_the_owner_of_the_database, deeds, found

pytestmark = [pytest.mark.no_books, pytest.mark.django_db]

TAMPERINGS, LONG, WALK_SECONDS_MAX = (10_000, 1_000_000, 60) if EVERYTHING else (300, 2_000, 60)
PIECE = 5_000
# The key of a row is tampered with by itself, in test_trail.py; a fact is another one, whatever it was.
COLUMNS = [
    (model._meta.db_table, each.column)
    for model in (TrailEntry, TrailSeal)
    for each in model._meta.concrete_fields
    if each.column not in {"id", "entry_id"}
]


def another(column: str, chance: random.Random) -> Any:
    """A value that does not stand there."""
    if column == "at":
        return f"2020-01-{chance.randint(1, 28):02d} 00:00:00"
    if column == "facts":
        return f'{{"turn": {chance.randint(100, 999)}}}'
    if column in {"key", "because"}:
        return uuid4().hex
    return (
        chance.choice([chance.randint(1000, 9999), "", uuid4().hex]) if column == "mark" else chance.randint(1000, 9999)
    )


def tampered(number: int, chance: random.Random, findings: Findings) -> None:
    """So many columns, one after the other; each is put back before the next."""
    keys = {
        TrailEntry._meta.db_table: list(TrailEntry.objects.values_list("pk", flat=True)),
        TrailSeal._meta.db_table: list(TrailSeal.objects.values_list("pk", flat=True)),
    }
    with as_the_owner_of_the_database() as cursor:
        for _ in findings.in_time(range(number)):
            table, column = chance.choice(COLUMNS)
            pk = chance.choice(keys[table])
            cursor.execute(f'SELECT "{column}" FROM {table} WHERE id = %s', [pk])
            before = cursor.fetchone()[0]
            cursor.execute(f'UPDATE {table} SET "{column}" = %s WHERE id = %s', [another(column, chance), pk])
            findings.ask(f"{table}.{column} of {pk}", _missed())
            findings.count(column)
            cursor.execute(f'UPDATE {table} SET "{column}" = %s WHERE id = %s', [before, pk])


def _missed() -> Iterator[str]:
    if not found():
        yield "was not found"


@pytest.mark.shows("T46", "G25", "I34")
def test_every_random_tampering_is_found(ma: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    deeds(20, ma)
    trail.seal_pending()
    ours, twin, chance = Findings("tampering"), Findings("a chain of keys alone"), random.Random(SEED)
    tampered(TAMPERINGS, chance, ours)
    assert found() == ""
    with monkeypatch.context() as patch:
        # As one chains at first: each link holds the one before it, and not what the entry says.
        patch.setattr(trail, "_fault", lambda *_asked: iter(()))
        tampered(60, chance, twin)
    with told(ours, twin):
        assert not ours.found, "\n".join(ours.found[:20])
        assert twin.found


@pytest.mark.shows("G25", "PLT-1")
def test_a_long_chain_is_walked_in_a_minute(ma: Actor) -> None:
    deeds(1, ma)
    known = TrailEntry.objects.get()
    for begin in range(1, LONG, PIECE):
        _lengthen(known, min(PIECE, LONG - begin))
        trail.seal_pending()
    findings, began = Findings("tampering"), time.monotonic()
    findings.asked = findings.of = LONG
    assert found() == ""
    seconds = time.monotonic() - began
    with as_the_owner_of_the_database() as cursor:
        cursor.execute("UPDATE kernel_trailentry SET actor_name = 'Somebody' WHERE id = %s", [known.pk + LONG // 2])
    findings.found += [] if "is not what was sealed" in found() else ["a changed entry in the middle was not found"]
    with told(findings, part=f"a chain on {connection.vendor}", walked_in_seconds=round(seconds, 1)):
        assert not findings.found
        assert seconds < WALK_SECONDS_MAX


def _lengthen(known: TrailEntry, number: int) -> None:
    columns = {
        each.attname: getattr(known, each.attname) for each in TrailEntry._meta.concrete_fields if each.attname != "id"
    }
    entries = [TrailEntry(**columns | {"key": uuid4()}) for _ in range(number)]
    for entry in entries:
        entry.mark = trail.mark(entry)
    TrailEntry.objects.bulk_create(entries)
