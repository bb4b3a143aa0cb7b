"""Numbers of documents, without a gap."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction

from . import turn

# One statement makes the first counter or moves the one that is there. The row stays locked until the deed is durable,
# so a deed that fails gives its number back, and nobody else has taken the next one meanwhile.
TAKE = """
    INSERT INTO kernel_counter AS counter (series, org, year, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT (series, org, year) DO UPDATE SET last = counter.last + 1
    RETURNING last
"""


def next_number(series: str, org: str, on: date) -> str:
    """The next number of the series: `WO-FS01-20261102-00042`, counted per series, organisation and year.

    on       the business date in the unit's own time zone
    raises   TransactionManagementError outside a deed, because a number without its document would be a gap
    source   2.2 DocNo; I16. All who number in the same series wait for one another, so take the number late in the deed.
    """
    return _drawn(series, org, on, counted=org)


def next_number_of_day(series: str, name: str, on: date, *, place: str) -> str:
    """The same, counted anew each day in one place: `RC-FS01.T1-20261102-00042`.

    name    how the number names the place
    place   what it is counted by, at most 15 letters, because a name may change
    """
    return _drawn(series, name, on, counted=counted_by(place, on))


def counted_by(place: str, on: date) -> str:
    """Under which organisation the numbers of a place's day are counted."""
    return f"{place}/{on:%m%d}"


def _drawn(series: str, name: str, on: date, *, counted: str) -> str:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A number is taken inside the deed that uses it.")
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [series, counted, on.year])
        last = cursor.fetchone()[0]
    return turn.draw(f"{series}-{name}-{on:%Y%m%d}-{last:05d}")
