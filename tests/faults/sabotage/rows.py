"""What row level security would miss, and the role and the word by which it knows who asks: on PostgreSQL alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.faults.sabotage.ways import instead

ISOLATION, WEAKNESSES = "tests/conf/test_isolation.py", "tests/conf/test_weaknesses.py"


def _policies(change: Callable[[str], str]) -> Callable[[], None]:
    """Row level security is installed in other words."""

    def commit() -> None:
        from guiju.kernel import isolation

        install = isolation._statements

        def changed(model: Any) -> tuple[str, ...]:
            statements = install(model)
            # Not every table is published: it is enough that some statement is another one.
            return tuple(filter(None, map(change, statements)))

        isolation._statements = changed

    return commit


def _replaced(pattern: str, by: str) -> Callable[[], None]:
    return _policies(lambda statement: re.sub(pattern, by, statement))


def _the_role(clause: str) -> Callable[[], None]:
    """The app's role is made with more than it needs."""

    def commit() -> None:
        from guiju.conf import roles

        making = roles.making

        def generous(role: str, password: str, *, is_there: bool) -> Iterator[str]:
            yield from making(role, password, is_there=is_there)
            yield clause.format(role=roles.quoted(role))

        roles.making = generous

    return commit


def _unasked(question: str) -> Callable[[], None]:
    """One weakness of the database is not looked for at the start."""

    def commit() -> None:
        from guiju.conf import weaknesses

        kept = tuple(ask for ask in weaknesses.QUESTIONS if ask.__name__ != question)
        assert len(kept) == len(weaknesses.QUESTIONS) - 1
        weaknesses.QUESTIONS = kept

    return commit


def _strangers_see_all() -> None:
    from guiju.kernel import reach

    text_of = reach.text_of
    reach.text_of = lambda actor: reach.EVERYWHERE if actor is None else text_of(actor)


def _without_saying(me: Any, query: Any, params: Any = None, **options: Any) -> Any:
    from django.db.backends.postgresql import base

    # The stubs know this class on some machines only.
    cursors: Any = base
    return cursors.ServerSideCursor.execute(me, query, params, **options)


OF_ROWS: Mapping[str, tuple[str, Callable[[], None], str]] = {
    "rows_open": ("row level security is on", _replaced("^ALTER TABLE .* ENABLE .*", ""), ISOLATION),
    "rows_open_to_the_owner": (
        "row level security binds the owner too",
        _replaced("^ALTER TABLE .* FORCE .*", ""),
        ISOLATION,
    ),
    "rows_of_everybody": (
        "a policy asks for the unit",
        _replaced("USING .* WITH CHECK", "USING (true) WITH CHECK"),
        ISOLATION,
    ),
    "rows_into_any_unit": ("a row is written within reach", _replaced("WITH CHECK .*", "WITH CHECK (true)"), ISOLATION),
    "rows_published_to_strangers": (
        "who is nobody reads no published row",
        _replaced("(FOR SELECT) USING .*", r"\1 USING (true)"),
        ISOLATION,
    ),
    "rows_passed_by_a_role": ("the app's role is bound", _the_role("ALTER ROLE {role} BYPASSRLS"), ISOLATION),
    "rows_passed_by_a_superuser": (
        "the app's role is no superuser",
        _the_role("ALTER ROLE {role} SUPERUSER"),
        ISOLATION,
    ),
    "role_unasked": ("a start looks what its role may", _unasked("_role"), WEAKNESSES),
    "owner_serves": ("a start refuses to serve as the owner of the tables", _unasked("_owner"), WEAKNESSES),
    "grants_unasked": ("a start looks for rights beyond reading and writing", _unasked("_grants"), WEAKNESSES),
    "policies_unasked": (
        "a start looks whether the policies stand",
        instead("guiju.kernel.isolation", "missing", lambda _c: []),
        WEAKNESSES,
    ),
    "books_open_to_the_app": (
        "the app's role changes no book",
        instead("guiju.conf.roles", "_rights", lambda _m: "SELECT, INSERT, UPDATE, DELETE"),
        WEAKNESSES,
    ),
    "reach_unsaid": (
        "the database is told how far",
        instead("guiju.kernel.postgresql.base:Cursor", "_is_said", lambda *_a: True),
        ISOLATION,
    ),
    "reach_for_the_session": (
        "what is said ends with its transaction",
        instead("guiju.kernel.postgresql.base", "SAY", "SET guiju.units = '{}'; "),
        ISOLATION,
    ),
    "reach_remembered_too_long": (
        "a savepoint takes back what was said in it",
        instead("guiju.kernel.postgresql.base", "_GOES_BACK", re.compile("(?!)")),
        ISOLATION,
    ),
    "reach_of_a_named_cursor": (
        "a cursor on the server is told how far",
        instead("guiju.kernel.postgresql.base:ServerSideCursor", "execute", _without_saying),
        ISOLATION,
    ),
    "reach_of_everybody": (
        "a person reaches their units",
        instead("guiju.kernel.reach", "text_of", lambda _a: "all"),
        ISOLATION,
    ),
    "reach_of_strangers": ("nobody reaches nothing", _strangers_see_all, ISOLATION),
}
