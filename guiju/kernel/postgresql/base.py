"""Django's PostgreSQL, told with each transaction how far whoever acts may see (`kernel.reach`).

The setting travels in the same message as the first statement of a transaction, and so costs no way to the server and back; a
statement outside a transaction is a transaction of its own. It is LOCAL: the server forgets it when the transaction ends, so
whoever gets the connection next, from our pool or from pgbouncer's, begins by seeing nothing.
"""

from __future__ import annotations

import re
from typing import Any, Self

from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import register_tzloader  # type: ignore[import-untyped]
from psycopg import sql
from psycopg.pq import TransactionStatus

from guiju.kernel import reach
from guiju.kernel.prepared import Question

from . import plans

# LOCAL: for this transaction alone.
SAY = "SET LOCAL guiju.units = '{}'; "
# What reads and writes rows. Others (VACUUM, CREATE INDEX CONCURRENTLY) may refuse to share a message, and see no rows.
_ROWS = re.compile(r"[\s(]*(SELECT|INSERT|UPDATE|DELETE|WITH|VALUES|TABLE|MERGE|EXPLAIN|EXECUTE)\b", re.IGNORECASE)
_GOES_BACK = re.compile(r"\s*ROLLBACK\b", re.IGNORECASE)


class Cursor(base.Cursor):  # type: ignore[misc, name-defined]  # its stubs know no psycopg 3
    """A cursor that says with the first statement of a transaction how far it may see, and again when that changes."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:
        """Run the statement within the reach of whoever acts."""
        connection = self.connection
        status, wanted = connection.pgconn.transaction_status, reach.now()
        if status == TransactionStatus.IDLE:
            # The transaction in which it was said is over, and the server has forgotten it.
            connection.reached = reach.NOWHERE
        if isinstance(query, sql.Composable):
            query = query.as_string(connection)
        elif isinstance(query, Question):
            query = plans.execution(connection, query) or query
        if self._is_said(query, status, wanted):
            super().execute(query, params, **options)
        else:
            super().execute(SAY.format(wanted) + query, params, **options)
            self.nextset()
            connection.reached = wanted
        if _GOES_BACK.match(query):
            # To a savepoint before which something else may have been said.
            connection.reached = None
        return self

    def _is_said(self, query: str, status: TransactionStatus, wanted: str) -> bool:
        """Whether the server knows already, or need not."""
        if status == TransactionStatus.INERROR or getattr(self.connection, "reached", None) == wanted:
            return True
        is_alone = status == TransactionStatus.IDLE and self.connection.autocommit
        return is_alone and not _ROWS.match(query)

    def executemany(self, query: Any, params_seq: Any, **options: Any) -> None:
        """One by one, each within reach."""
        for params in params_seq:
            self.execute(query, params, **options)


class ServerSideCursor(base.ServerSideCursor):  # type: ignore[misc, name-defined]  # as above
    """The same for a cursor that stays on the server; its declaration cannot share a message, but a transaction."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:
        """Declare the cursor within the reach of whoever acts: what it holds for later is read at the end of its transaction."""
        connection = self.connection
        if connection.pgconn.transaction_status == TransactionStatus.IDLE and connection.autocommit:
            with connection.transaction():
                return self._declared(query, params, **options)
        return self._declared(query, params, **options)

    def _declared(self, query: Any, params: Any, **options: Any) -> Self:
        # A statement that does nothing takes the setting along.
        self.connection.execute("SELECT")
        super().execute(query, params, **options)
        return self


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with our cursors."""

    def get_connection_params(self) -> dict[str, Any]:
        """Hand out our cursors."""
        return super().get_connection_params() | {"cursor_factory": Cursor}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that keeps plans, where nobody stands between us and the server."""
        connection = super().get_new_connection(conn_params)
        if not self.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS") and not hasattr(connection, "planned"):
            connection.planned = {}
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """The same for a named one."""
        if name is None:
            return super().create_cursor()
        cursor = ServerSideCursor(self.connection, name=name, scrollable=False, withhold=self.connection.autocommit)
        register_tzloader(self.timezone, cursor)
        return cursor
