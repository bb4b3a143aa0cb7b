"""Work that the house does for itself and would do again: it need not wait for the disk, and lets the counter go first.

What the night shift brings about comes from rows that are durable already. If a power cut takes its last commits, it takes the marks
that they are done with them, and the next turn does them again. SQLite has one writer at a time, so each wait of the worker for the
disk is a wait of the clerk. docs/decisions/0004-news-delivery.md.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager

from django.db import connection

# Long enough for a deed that waits for SQLite's one place to write: it looks again every few milliseconds.
BREATH_SECONDS = 0.01


@contextmanager
def unhurried() -> Generator[None]:
    """On SQLite, commit without waiting for the disk for as long as the block lasts; elsewhere nothing changes.

    A later commit that does wait, of any connection, makes these durable before itself: the log is written in order.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        kept = cursor.execute("PRAGMA synchronous").fetchone()[0]
        cursor.execute("PRAGMA synchronous=NORMAL")
    try:
        yield
    finally:
        # A connection that was closed in between begins anew with the settings of the house.
        if connection.connection is not None:
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA synchronous={int(kept)}")


def breathe() -> None:
    """Let those write who wait behind us: they look only now and then, and we would always be first."""
    if connection.vendor == "sqlite":
        time.sleep(BREATH_SECONDS)
