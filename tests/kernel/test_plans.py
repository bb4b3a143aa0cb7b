"""A question that is asked again is planned once by PostgreSQL, and where it cannot be the deed goes on."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection, transaction

from guiju.kernel.postgresql import plans
from guiju.kernel.prepared import Prepared, Question
from tests.kernel.conftest import HERE
from tests.toy.models import Kite

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

_BY_NUMBER: Prepared[Kite] = Prepared(lambda *, number: Kite.objects.filter(number=number))
_FIRST_FEW: Prepared[Kite] = Prepared(lambda *, unit: Kite.objects.filter(unit_id=unit).order_by("-pk")[:2])


@pytest.fixture(autouse=True)
def _nothing_planned() -> None:
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    connection.connection.planned = {}


def planned() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE from_sql ORDER BY prepare_time")
        return [text for (text,) in cursor.fetchall()]


def kite(number: str) -> Kite:
    return Kite.objects.create(number=number, unit_id=HERE, colour=f"50 % {number}")


def test_it_is_planned_once_and_answers_as_before() -> None:
    one, other = kite("K-1"), kite("K-2 %s")
    for _ in range(7):  # from the sixth on, perhaps, by a plan that knows no values
        assert [_BY_NUMBER.first(number=number) for number in ("K-1", "K-2 %s", "K-3")] == [one, other, None]
    assert len(planned()) == 1


def test_the_first_few_of_many_are_planned_each_time() -> None:
    kites = [kite("K-1"), kite("K-2"), kite("K-3")]
    assert _FIRST_FEW(unit=HERE) == kites[:0:-1]
    assert planned() == []


def test_what_cannot_be_planned_is_asked_as_it_stands_and_the_deed_goes_on() -> None:
    # Of what type `x + y` is, nobody can know without the values.
    open_question = Question("SELECT %s + %s")
    with transaction.atomic():
        made = kite("K-1")
        with connection.cursor() as cursor:
            for _ in range(2):
                cursor.execute(open_question, [1, 2])
                assert cursor.fetchone() == (3,)
    assert Kite.objects.get() == made
    assert connection.connection.planned == {open_question: None}


def test_a_broken_transaction_stays_broken() -> None:
    question = Question("SELECT number FROM toy_kite WHERE number = %s")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before")
        with pytest.raises(psycopg.errors.DivisionByZero):
            cursor.cursor.execute("SELECT 1 / 0")
        with pytest.raises(psycopg.errors.InFailedSqlTransaction):
            cursor.cursor.execute(question, ["K-1"])
        assert connection.connection.planned == {}
        cursor.execute("ROLLBACK TO SAVEPOINT before")
        cursor.execute(question, ["K-1"])
    assert list(connection.connection.planned) == [question]


def test_behind_pgbouncer_nothing_is_planned() -> None:
    kite("K-1")
    del connection.connection.planned
    assert _BY_NUMBER.first(number="K-1") is not None
    assert planned() == []


def test_a_connection_keeps_so_many_plans_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "PLANS_MAX", 1)
    kite("K-1")
    other: Prepared[Kite] = Prepared(lambda *, colour: Kite.objects.filter(colour=colour))
    assert _BY_NUMBER.first(number="K-1") == other.first(colour="50 % K-1")
    assert len(planned()) == 1
