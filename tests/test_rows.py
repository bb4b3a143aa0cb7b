"""Reading only the books that hold something finds what reading all of them finds; and nothing is left for the next test."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from guiju.kernel import verification
from guiju.kernel.models import Delivery, News
from guiju.standing.catalogue.models import Appliance
from tests import rows
from tests.line.cast_line import Shop


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


@pytest.mark.no_books
@pytest.mark.both_databases
def test_a_question_is_put_again_as_soon_as_it_is_told_something_else(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whatever the tests before this one left in memory.
    monkeypatch.setattr(rows, "_begins", {})
    monkeypatch.setattr(rows, "_capricious", set())
    shop.a_registered_order()
    assert rows.disagreements() == []
    put: list[object] = []
    ask = rows._ask
    monkeypatch.setattr(rows, "_ask", lambda question: put.append(question) or ask(question))
    assert rows.disagreements() == []
    assert put == []
    told = Appliance.objects.values_list("serial", "folded_serial").get()
    for damage, question in (
        (lambda: Appliance.objects.update(serial="A-1"), "machines_are_found_as_they_are_written"),
        (
            lambda: Delivery.objects.create(news=News.objects.all()[0], reaction="nobody", next_at=timezone.now()),
            "astray",
        ),
    ):
        damage()
        assert len(rows.disagreements()) == 1
        assert [each.__name__ for each in put] == [question]
        # And found wrong, it is found wrong again: only what was content is remembered.
        assert len(rows.disagreements()) == 1
        put.clear()
        Appliance.objects.update(serial=told[0], folded_serial=told[1])
        Delivery.objects.filter(reaction="nobody").delete()
        assert rows.disagreements() == []
        assert put == []


@pytest.mark.no_books
def test_a_question_that_looks_at_the_clock_is_put_every_time(db: None) -> None:
    def ask() -> list[str]:
        return [] if timezone.now() and Appliance.objects.count() == 0 else ["A machine"]

    def ask_no_clock() -> list[str]:
        return [] if Appliance.objects.count() == 0 else ["A machine"]

    for each in (ask, ask_no_clock):
        assert rows._ask(each) == []
    assert not rows._is_told_the_same(ask)
    assert rows._is_told_the_same(ask_no_clock)


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
