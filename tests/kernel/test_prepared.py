"""A question whose SQL is written once gives the same rows as the question itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from guiju.kernel import turn
from guiju.kernel.prepared import Prepared
from tests.kernel.conftest import HERE, NOON
from tests.toy.models import Kite, Landing

pytestmark = pytest.mark.django_db


def kites(*numbers: str) -> list[Kite]:
    return [Kite.objects.create(number=number, unit_id=HERE, colour=number) for number in numbers]


def test_it_is_written_once_and_asked_with_other_values() -> None:
    one, other = kites("K-1", "K-2")
    written = []

    def rows(*, number: object) -> object:
        written.append(number)
        return Kite.objects.filter(number=number)

    question: Prepared[Kite] = Prepared(rows)  # type: ignore[arg-type]
    assert (question.first(number="K-1"), question.first(number="K-2"), question.first(number="K-3")) == (
        one,
        other,
        None,
    )
    assert len(written) == 1


def test_lists_of_any_length_and_no_list() -> None:
    found = kites("K-1", "K-2", "K-3")
    question: Prepared[Kite] = Prepared(lambda *, numbers: Kite.objects.filter(number__in=numbers).order_by("pk"))
    assert [question(numbers=numbers) for numbers in ([], ["K-2"], ["K-1", "K-3"])] == [
        [],
        [found[1]],
        [found[0], found[2]],
    ]


def test_instants_are_asked_and_answered_as_django_does() -> None:
    landing = Landing.objects.create(kite_number="K-1", at=NOON)
    question: Prepared[Landing] = Prepared(lambda *, since: Landing.objects.filter(at__gte=since))
    assert question(since=NOON) == [landing]
    assert question(since=NOON)[0].at == NOON
    assert question(since=NOON + timedelta(seconds=1)) == []


def test_tuples_where_only_columns_are_asked_for() -> None:
    kites("K-1")
    question: Prepared[tuple[str]] = Prepared(lambda *, unit: Kite.objects.filter(unit_id=unit).values_list("number"))
    assert question(unit=HERE) == [("K-1",)]


def test_what_shapes_it_is_told_apart() -> None:
    kites("K-1")
    question: Prepared[Kite] = Prepared(lambda column, *, value: Kite.objects.filter(**{column: value}))
    assert (len(question("number", value="K-1")), len(question("pk", value=0))) == (1, 0)


def test_nothing_is_no_value() -> None:
    question: Prepared[Kite] = Prepared(lambda *, number: Kite.objects.filter(number=number))
    with pytest.raises(TypeError):
        question(number=None)


@pytest.mark.django_db(transaction=True)
def test_it_locks_in_a_transaction_alone() -> None:
    question: Prepared[Kite] = Prepared(lambda *, number: Kite.objects.select_for_update().filter(number=number))
    with transaction.atomic():
        assert question(number="K-1") == []
    with pytest.raises(transaction.TransactionManagementError):
        question(number="K-1")


@pytest.mark.django_db(transaction=True)
def test_whoever_joins_a_turn_asks_for_no_savepoint_and_finds_what_it_holds() -> None:
    with CaptureQueriesContext(connection) as statements, turn.taking():
        (kite,) = kites("K-1")
        turn.keep_new(kite)
        with turn.taking():
            assert turn.kept(Kite(pk=kite.pk)) is kite
            assert turn.is_new(kite)
    assert not any("SAVEPOINT" in each["sql"] for each in statements)
    assert (turn.current(), turn.kept(kite), turn.is_new(kite)) == (None, None, False)
