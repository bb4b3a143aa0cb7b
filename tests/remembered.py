"""What the verbs wrote for one test is written again for the next one that begins in the same way.

Most tests begin with the same order at the same counter. To bring it there by the verbs takes a quarter of a second of a processor, and
nearly all of that goes into building queries. So the first test of a run does it by the verbs, and what they said to the database
is kept; the next one says it to its own empty database, through the same constraints and triggers, and has the same rows.

Nothing is taken from memory where a test has made anything different: a row of its own, another clock, a patched function, a setting.

SQLite counts what is written and takes a row's number back with the row. PostgreSQL does neither: there the statements are counted,
and before each test that is taken back its sequences begin anew, each elsewhere, so that no order has the number of its quote.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, wraps
from typing import Any

from django.core.handlers.base import BaseHandler
from django.db import connection, transaction
from django.utils import translation

from guiju.kernel import evidence
from guiju.kernel.models import Evidence
from guiju.oversight.webhooks import queries as webhooks
from tests import rows

Written = tuple[str, Any, bool]
PLAIN = (str, int, bool, type(None), date, datetime)
# What the tests set before everything else, and what no verb reads.
HARMLESS_SETTINGS = frozenset({"MEDIA_ROOT"})
# Which statements leave PostgreSQL as it was.
ONLY_READING = frozenset({"SELECT", "SAVEPOINT", "RELEASE", "SHOW"})
# Where numbers begin: first those of the cast, who are written with their numbers into each test, and behind them what a test makes.
OF_THE_CAST, OF_A_TEST = 0, 500


class CannotBeCompared(Exception):
    """Nothing is remembered of what was made with it."""


@dataclass(frozen=True)
class Memory:
    """What was written to the database and to the disk, and what was left in the hands of whoever asked for it."""

    statements: list[Written]
    files: list[tuple[str, str, bytes]]
    left: bytes


@dataclass
class History:
    """How a test has come to where it stands, by remembered steps alone; `changes` and `depth` tell when it no longer does.

    is_fresh   whether nothing but the cast was written before
    """

    request: Any
    is_fresh: bool = True
    steps: tuple[Any, ...] = ()
    changes: int = 0
    depth: int = 0

    def __post_init__(self) -> None:
        """Begin here."""
        self.depth = len(connection.savepoint_ids)
        self.changes = _changes() if self.is_fresh else -1

    @property
    def is_whole(self) -> bool:
        """Whether nothing else was written, nothing can be taken back, and the house is as it is."""
        return (
            connection.in_atomic_block
            and len(connection.savepoint_ids) == self.depth
            and _changes() == self.changes
            and not _is_patched(self.request)
        )

    def aside(self, do: Callable[[], Any]) -> None:
        """Do something that no verb of the line reads, such as signing in."""
        was_whole = self.is_whole
        do()
        if was_whole:
            self.changes = _changes()


_memories: dict[Any, Memory] = {}


def remembered(make: Callable[..., Any]) -> Callable[..., Any]:
    """Let what this makes for a shop be remembered."""

    @wraps(make)
    def made(shop: Any, *given: Any, **changed: Any) -> Any:
        history: History | None = shop.cast.history
        try:
            call = (make.__qualname__, _fixed(given), _fixed(changed))
        except CannotBeCompared:
            return make(shop, *given, **changed)
        if history is None or not history.is_whole:
            return make(shop, *given, **changed)
        before = (
            *history.steps,
            (*call, shop.code, shop.now, frozenset(shop.__dict__), repr(shop._numbers), _around()),
        )
        if (memory := _memories.get(before)) is not None:
            result = _again(memory, shop)
        else:
            result = _for_the_first_time(lambda: make(shop, *given, **changed), before, shop)
        history.steps = before
        history.changes = _changes()
        return result

    return made


def _for_the_first_time(make: Callable[[], Any], before: Any, shop: Any) -> Any:
    said: list[Written] = []
    kept = set(Evidence.objects.values_list("pk", flat=True))

    def listen(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:
        said.append((sql, values, many))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(listen):
        result = make()
    words = [sql.split(maxsplit=1)[0].upper() for sql, *_ in said]
    # What was taken back on the way must not be written again.
    if "ROLLBACK" not in words:
        writing = {"INSERT", "UPDATE", "DELETE"}
        # What a driver is given may be a row's own list, to which the test goes on adding.
        statements = [
            (sql, deepcopy(values), many)
            for (sql, values, many), word in zip(said, words, strict=True)
            if word in writing
        ]
        files = [
            (each.sha256, each.mime, evidence._path(each.sha256, each.mime).read_bytes())
            for each in Evidence.objects.exclude(pk__in=kept)
        ]
        state = {name: value for name, value in shop.__dict__.items() if name not in {"cast", "_numbers"}}
        _memories[before] = Memory(statements, files, pickle.dumps((state, _number(shop), result)))
    return result


def _again(memory: Memory, shop: Any) -> Any:
    with connection.cursor() as cursor:
        for sql, values, many in memory.statements:
            (cursor.executemany if many else cursor.execute)(sql, values)
            if "RETURNING" in sql:
                cursor.fetchall()
    for sha256, mime, content in memory.files:
        evidence._write(evidence._path(sha256, mime), content)
    # Every verb that tells something leaves this process knowing; the next one does not pay for it.
    webhooks.anybody_hears()
    state, number, result = pickle.loads(memory.left)
    shop.__dict__.update(state)
    # Two shops may count together.
    while _number(shop) < number:
        next(shop._numbers)
    return result


def _number(shop: Any) -> int:
    return int(repr(shop._numbers).removeprefix("count(").removesuffix(")"))


def _changes() -> int:
    """How many rows were written over this connection, or how many statements wrote; also what was taken back."""
    if connection.vendor == "postgresql":
        return _written
    return connection.connection.total_changes if connection.connection else -1


def _around() -> Any:
    """What else decides what is written: the language, and the keys that the next rows get."""
    if connection.vendor == "postgresql":
        # These began where they always begin, and what was written since is known.
        return translation.get_language()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence WHERE name NOT LIKE 'axes_%%' ORDER BY name")
        return translation.get_language(), tuple(cursor.fetchall())


# --- PostgreSQL

_written = 0
# How much had been written when the sequences of this test began anew; none where they did not.
_began: int | None = None
_from: int | None = None


def begin() -> None:
    """Let a test that will be taken back number its rows as the one before it did."""
    global _began  # noqa: PLW0603  # there is one database, and one test at a time
    _began = None
    if connection.vendor != "postgresql" or not connection.in_atomic_block:
        return
    if _count not in connection.execute_wrappers:
        connection.execute_wrappers.append(_count)
    # The app's own role, which row level security binds, writes by the verbs alone.
    if not _acting_role():
        _count_from(OF_A_TEST)
        _began = _written


def _acting_role() -> str:
    options: str = connection.settings_dict["OPTIONS"].get("options", "")
    return options.partition(" -c role=")[2]


def _count_from(number: int) -> None:
    """Let each sequence go on from there, in a thousand of its own.

    Those from which nothing was taken stand there already; the installation's own rows stay.
    """
    global _from  # noqa: PLW0603  # as above
    role = _acting_role()
    with transaction.atomic(), connection.cursor() as cursor:
        if role:
            # It may not; whoever made the test database may.
            cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(
            "SELECT setval(sequence::regclass, 1 + %s + 1000 * place, false)"
            " FROM unnest(%s::text[]) WITH ORDINALITY numbered(sequence, place)"
            " WHERE %s OR pg_sequence_last_value(sequence::regclass) IS NOT NULL",
            [number, _sequences(), number != _from],
        )
        if role:
            cursor.execute(f'SET LOCAL ROLE "{role}"')
    _from = number


@cache
def _sequences() -> list[str]:
    """Those from which the rows of people's deeds have their numbers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.relname FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i')"
            " JOIN pg_class held ON held.oid = d.refobjid WHERE s.relkind = 'S' AND s.relnamespace = current_schema()::regnamespace"
            " AND held.relname <> ALL (%s) ORDER BY s.relname",
            [sorted(rows.OF_THE_INSTALLATION)],
        )
        return [name for (name,) in cursor.fetchall()]


def found(make: Callable[[], Any]) -> Any:
    """What is made for every test of a run, numbered before anything that a test makes."""
    if connection.vendor != "postgresql":
        return make()
    _count_from(OF_THE_CAST)
    made = make()
    _count_from(OF_A_TEST)
    begin()
    return made


def _count(execute: Callable[..., Any], sql: Any, *more: Any) -> Any:
    global _written  # noqa: PLW0603  # as above
    if str(sql).split(maxsplit=1)[0].upper() not in ONLY_READING:
        _written += 1
    return execute(sql, *more)


def is_fresh() -> bool:
    """Whether this test has written nothing yet."""
    return connection.vendor == "sqlite" or _began == _written


def _is_patched(request: Any) -> bool:
    """Whether this test has changed what a verb does."""
    names = request.fixturenames
    if "monkeypatch" in names:
        patched = request.getfixturevalue("monkeypatch")
        if patched._setitem or not all(_is_above(owner) for owner, *_ in patched._setattr):
            return True
    if "settings" in names:
        changed = request.getfixturevalue("settings")._to_restore
        return any(set(each.options) - HARMLESS_SETTINGS for each in changed)
    return False


def _is_above(owner: Any) -> bool:
    """What answers a browser, of which no verb knows: the desks, and that they are listened to (tests.tap)."""
    return owner is BaseHandler or str(getattr(owner, "__name__", "")).startswith("guiju.desks.")


def _fixed(value: Any) -> Any:
    """The same as something that can be compared.

    raises   CannotBeCompared for a row, a form, a function: nobody knows what is in its hands
    """
    if isinstance(value, dict):
        value = sorted(value.items())
    if isinstance(value, list | tuple):
        return tuple(_fixed(each) for each in value)
    if type(value) not in PLAIN:
        raise CannotBeCompared
    return value
