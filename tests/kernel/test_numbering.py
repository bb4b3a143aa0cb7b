"""Numbers are given in order, and none is missing."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest
from django.db import IntegrityError, connection, transaction

from guiju.kernel.deed import doing
from guiju.kernel.models import Counter
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Refusal
from tests.kernel.conftest import HERE, NOON
from tests.kernel.racing import together

TODAY = date(2026, 11, 2)


@pytest.mark.django_db
def test_a_number_says_what_where_when_and_which():
    assert next_number("WO", "FS01", TODAY) == "WO-FS01-20261102-00001"
    assert next_number("WO", "FS01", date(2026, 11, 3)) == "WO-FS01-20261103-00002"


@pytest.mark.django_db
def test_each_series_organisation_and_year_counts_for_itself():
    numbers = [
        next_number("WO", "FS01", TODAY),
        next_number("QT", "FS01", TODAY),
        next_number("WO", "GZ02", TODAY),
        next_number("WO", "FS01", date(2027, 1, 1)),
    ]
    assert {each[-5:] for each in numbers} == {"00001"}


@pytest.mark.django_db
def test_the_number_after_the_last_of_five_digits_has_six():
    Counter.objects.create(series="WO", org="FS01", year=2026, last=99_999)
    assert next_number("WO", "FS01", TODAY) == "WO-FS01-20261102-100000"


@pytest.mark.django_db
@pytest.mark.shows("I16")
def test_a_deed_that_fails_gives_its_number_back(ma):
    def fail() -> None:
        with doing("toy.make", unit_id=HERE, by=ma, at=NOON):
            assert next_number("WO", "FS01", TODAY).endswith("00001")
            raise Refusal

    with pytest.raises(Refusal):
        fail()
    with doing("toy.make", unit_id=HERE, by=ma, at=NOON):
        assert next_number("WO", "FS01", TODAY).endswith("00001")


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_a_number_is_not_taken_outside_a_deed():
    with pytest.raises(transaction.TransactionManagementError):
        next_number("WO", "FS01", TODAY)
    with transaction.atomic():
        assert next_number("WO", "FS01", TODAY).endswith("00001")


@pytest.mark.both_databases
@pytest.mark.django_db
def test_a_counter_never_goes_back():
    next_number("WO", "FS01", TODAY)
    next_number("WO", "FS01", TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Counter.objects.update(last=1)
    assert Counter.objects.get().last == 2


def naive_number(org: str) -> str:
    """As one would write it at first."""
    counter, _ = Counter.objects.get_or_create(series="WO", org=org, year=2026)
    counter.last += 1
    counter.save()
    return f"WO-{org}-20261102-{counter.last:05d}"


def raced(take) -> list[int]:
    """Eight clerks take ten numbers each; every third of them changes his mind and gives it back."""

    def clerk(number: int) -> list[int]:
        kept = []
        for turn in range(10):
            try:
                with transaction.atomic():
                    taken = take("FS01")
                    if (number + turn) % 3 == 0:
                        raise Refusal  # noqa: TRY301 - this is how a clerk changes his mind
            except Refusal:
                continue
            kept.append(int(taken[-5:]))
        return kept

    return sorted(each for kept in together(8, clerk) for each in kept)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.shows("I16")
def test_of_eight_clerks_at_once_none_leaves_a_gap_and_no_two_share_a_number():
    numbers = raced(lambda org: next_number("WO", org, TODAY))
    assert len(numbers) > 40
    assert numbers == list(range(1, len(numbers) + 1))
    assert Counter.objects.get().last == len(numbers)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_naive_way_gives_a_number_twice():
    with connection.cursor() as cursor:  # else the database would refuse the naive counter when it goes back
        cursor.execute("ALTER TABLE kernel_counter DISABLE TRIGGER USER")
    try:
        numbers = raced(naive_number)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE kernel_counter ENABLE TRIGGER USER")
    assert len(set(numbers)) < len(numbers)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_first_number_of_a_series_is_taken_by_one_of_eight():
    for turn in range(10):
        org = f"N{turn}"

        def first(number: int, org: str = org) -> str:
            with transaction.atomic():
                return next_number("WO", org, TODAY)

        assert sorted(together(8, first)) == [f"WO-{org}-20261102-{n:05d}" for n, _ in zip(count(1), range(8))]
