"""Reading only the books that hold something finds what reading all of them finds; and nothing is left for the next test."""

from __future__ import annotations

import pytest
from django.db import connection

from guiju.kernel import verification
from guiju.standing.catalogue.models import Appliance
from tests import rows


@pytest.mark.no_books
@pytest.mark.both_databases
def test_what_was_damaged_is_found_among_the_few_that_are_asked(db: None, request: pytest.FixtureRequest) -> None:
    rows.note()
    shop = request.getfixturevalue("shop")
    shop.a_registered_order()
    assert rows.disagreements() == []
    held = rows.holding(connection)
    asked = [ask for ask, tables in rows._reads.items() if tables & held]
    assert 0 < len(asked) < len(verification.questions()) / 2
    Appliance.objects.update(serial="A-1", folded_serial="B-2")
    found = rows.disagreements()
    assert len(found) == 1
    assert found == [str(each) for each in verification.run()]


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_after_a_test_with_real_transactions_no_table_holds_a_row(lin: object) -> None:
    assert "people_person" in rows.holding(connection)
    rows.empty(connection)
    assert rows.holding(connection) == set()


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ('SELECT "a"."id" FROM "a" INNER JOIN "b" ON ("a"."id" = "b"."a_id") WHERE EXISTS(SELECT 1 FROM "c")', {"a"}),
        ('SELECT (SELECT SUM("b"."n") FROM "b"), "a"."id" FROM "a" LEFT OUTER JOIN "b" ON (1)', {"a"}),
        ("SELECT id FROM a UNION SELECT id FROM b", {"a", "b"}),
        ('SELECT COUNT(*) FROM (SELECT "a"."id" FROM "a" JOIN "b" ON (1)) "subquery"', {"a", "b"}),
    ],
    ids=["joined", "counted beside", "either", "a query of a query"],
)
def test_a_query_begins_with_the_tables_without_whose_rows_it_finds_nothing(sql: str, tables: set[str]) -> None:
    assert rows.begins_with(sql, {"a", "b", "c"}) == tables
