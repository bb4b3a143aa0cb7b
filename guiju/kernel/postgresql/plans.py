"""Questions that a connection has planned already: PREPARE once, EXECUTE from then on.

To plan a row with its eight joins takes PostgreSQL ten times as long as to find it. Where a plan that knows no values would be a
worse one, the server notices and goes on planning (its `plan_cache_mode`, automatic).

Not behind pgbouncer in transaction mode, where the next transaction may come to another server: such a connection has no `planned`.
"""

from __future__ import annotations

import re
from typing import Any

from psycopg.pq import ExecStatus, TransactionStatus

# So many plans a connection keeps: a wide one takes 100 kB of its server's memory. Later questions are planned each time.
PLANS_MAX = 200
_HOLE = re.compile("%[s%]")


def execution(connection: Any, question: str) -> str | None:
    """What to send in the place of the question; nothing where it must be sent as it is.

    connection   of psycopg, which this remembers for as long as it lives
    """
    known: dict[str, str | None] | None = getattr(connection, "planned", None)
    if known is None:
        return None
    if question not in known:
        if len(known) >= PLANS_MAX or connection.pgconn.transaction_status == TransactionStatus.INERROR:
            return None
        known[question] = _prepare(connection, question, f"guiju_{len(known)}")
    return known[question]


def _prepare(connection: Any, question: str, name: str) -> str | None:
    values: list[str] = []

    def place(hole: re.Match[str]) -> str:
        if hole[0] == "%%":
            return "%"
        values.append("%s")
        return f"${len(values)}"

    text = f"PREPARE {name} AS {_HOLE.sub(place, question)}"
    within = connection.pgconn.transaction_status == TransactionStatus.INTRANS
    if within and not _do(connection, "SAVEPOINT guiju_plan"):
        return None
    is_planned = _do(connection, text)
    if within:
        # A value whose type the question leaves open, for instance: it is sent as before, and the deed goes on.
        _do(connection, "RELEASE SAVEPOINT guiju_plan" if is_planned else "ROLLBACK TO SAVEPOINT guiju_plan")
    return f"EXECUTE {name}" + (f"({', '.join(values)})" if values else "") if is_planned else None


def _do(connection: Any, text: str) -> bool:
    encoding = connection.info.encoding
    return bool(connection.pgconn.exec_(text.encode(encoding)).status == ExecStatus.COMMAND_OK)
