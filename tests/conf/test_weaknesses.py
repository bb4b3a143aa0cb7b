"""A server does not start on a database that would not hold what we promise; the same database without the weakness serves."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from guiju.conf import roles, weaknesses
from guiju.conf.management.commands import serve

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
# The throw-away server of the tests is not durable, which is a weakness that only a server's own configuration ends.
OF_THE_SERVER = ("fsync is off", "full_page_writes is off", "synchronous_commit is off")
TABLE = '"customers_customer"'
WEAKER = {
    "is a superuser": "ALTER ROLE {role} SUPERUSER",
    "goes round row level security": "ALTER ROLE {role} BYPASSRLS",
    "can make itself other roles": "ALTER ROLE {role} CREATEROLE",
    "owns 2 tables and sequences": f"ALTER TABLE {TABLE} OWNER TO {{role}}",
    "may TRUNCATE on customers_customer": f"GRANT TRUNCATE ON {TABLE} TO {{role}}",
    "may TRIGGER on customers_customer": f"GRANT TRIGGER ON {TABLE} TO {{role}}",
    "guiju_within of customers_customer": f"ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY",
    "Row level security is missing": f"DROP POLICY guiju_within ON {TABLE}",
    "statement_timeout is off": "SET LOCAL statement_timeout = 0",
    "lock_timeout is off": "SET LOCAL lock_timeout = 0",
    "idle_in_transaction_session_timeout is off": "SET LOCAL idle_in_transaction_session_timeout = 0",
    "extension btree_gist is missing": "DROP EXTENSION btree_gist CASCADE",
}


def as_the_owner(*statements: str) -> None:
    """Do something that the app's role may not, in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (role,) = cursor.fetchone()
        for statement in ("SET LOCAL ROLE NONE", *statements, f"SET LOCAL ROLE {roles.quoted(role)}"):
            cursor.execute(statement.format(role=roles.quoted(role)))


def found() -> list[str]:
    return [each for each in weaknesses.found(connection) if not each.startswith(OF_THE_SERVER)]


@pytest.mark.parametrize("says", WEAKER)
def test_a_weaker_database_is_refused_and_the_one_without_the_weakness_is_not(
    says: str, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.PRODUCTION = True
    monkeypatch.setattr(weaknesses, "DURABLE", {})

    serve.refuse_weaknesses()
    with transaction.atomic():
        as_the_owner(WEAKER[says])
        with pytest.raises(CommandError, match=says):
            serve.refuse_weaknesses()
        transaction.set_rollback(True)
    assert found() == []


def test_a_server_that_forgets_what_it_acknowledged_is_refused(settings: Any) -> None:
    for setting in OF_THE_SERVER:
        assert any(each.startswith(setting) for each in weaknesses.found(connection))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = on")
        assert not any("synchronous_commit" in each for each in weaknesses.found(connection))

    settings.PRODUCTION = True
    for refuse in (serve.refuse_weaknesses, lambda: call_command("work")):
        with pytest.raises(CommandError, match="fsync is off"):
            refuse()
    settings.PRODUCTION = False
    serve.refuse_weaknesses()


def test_a_server_that_is_too_old_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weaknesses, "VERSION_LEAST", 99)
    (says,) = weaknesses.found(connection)
    assert "Guiju needs 99 or newer" in says


def test_the_role_that_serves_changes_no_book_and_deletes_only_what_ends() -> None:
    def may(right: str, table: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege(current_user, %s, %s)", [table, right])
            return bool(cursor.fetchone()[0])

    for book in ("stock_stockmove", "money_moneymove", "kernel_trailentry", "kernel_trailseal"):
        assert [may(each, book) for each in ("SELECT", "INSERT", "UPDATE", "DELETE")] == [True, True, False, False]
    assert may("UPDATE", "workorder_workorder")
    assert not may("DELETE", "workorder_workorder")
    assert may("DELETE", "kernel_oncekey")


def test_roles_are_made_once_and_renewed_without_end(settings: Any) -> None:
    """As whoever owns the tables; what was granted beside it goes."""
    name = "guiju_test_once"
    for is_there in (False, True):
        as_the_owner(*roles.making(name, "it's", is_there=is_there), f"GRANT TRUNCATE ON {TABLE} TO {name}")
        assert roles.exists(connection, name)
        as_the_owner(*roles.grants(name, connection.introspection.table_names()))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = %s", [name]
        )
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT has_table_privilege(%s, 'customers_customer', 'TRUNCATE')", [name])
        assert cursor.fetchone() == (False,)
        cursor.execute(
            "SELECT setconfig FROM pg_db_role_setting JOIN pg_roles ON pg_roles.oid = setrole WHERE rolname = %s",
            [name],
        )
        (limits,) = cursor.fetchone()
    assert {each.partition("=")[0] for each in limits} == {
        "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout",
    }  # fmt: skip
