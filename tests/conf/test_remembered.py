"""Lists are remembered as long as their edition stands, and never longer (docs/decisions/0015-remembered-lists.md)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from guiju.kernel import installing, reach, remembered
from guiju.kernel.models import Edition
from guiju.kernel.remembered import Remembered
from guiju.standing.catalogue.models import Brand, ProductLine
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Person, RoleGrant, Unit
from tests.cast import NOON, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
FOLDED = "haier"


def edition() -> str:
    return Edition.objects.get().mark


@pytest.fixture
def brand() -> Brand:
    return Brand.objects.create(code="HAIER", name="Haier", folded=FOLDED)


@pytest.fixture
def brands() -> Remembered[Brand]:
    return Remembered(lambda *, folded: Brand.objects.filter(folded=folded).order_by())


def name(brands: Remembered[Brand]) -> str:
    found = brands.first(folded=FOLDED)
    return found.name if found else ""


@contextmanager
def asked(times: int) -> Iterator[None]:
    with CaptureQueriesContext(connection) as statements:
        yield
    assert len(statements) == times, [each["sql"] for each in statements]


def test_it_is_asked_once_an_edition(brand: Brand, brands: Remembered[Brand]) -> None:
    mark = edition()
    for times in (1, 0):
        with remembered.as_of(mark), asked(times):
            assert name(brands) == "Haier"


WRITES: dict[str, Callable[[Brand], object]] = {
    "a row that is saved": lambda brand: Brand(pk=brand.pk, code="HAIER", name="Casarte", folded=FOLDED).save(),
    "rows that are changed at once": lambda brand: Brand.objects.filter(pk=brand.pk).update(name="Casarte"),
    "a row that is added": lambda _: Brand.objects.bulk_create([Brand(code="X", name="X", folded="x")]),
    "a row that is erased": lambda brand: Brand.objects.filter(pk=brand.pk).delete(),
    "another list": lambda _: ProductLine.objects.create(code="OVEN", names={"en": "Oven"}),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_whatever_is_written_into_a_list_is_another_edition(
    brand: Brand, brands: Remembered[Brand], write: Callable[[Brand], object]
) -> None:
    before = edition()
    with remembered.as_of(before):
        name(brands)
    write(brand)
    assert edition() != before
    stands = "".join(Brand.objects.filter(folded=FOLDED).values_list("name", flat=True))
    with remembered.as_of(edition()), asked(1):
        assert name(brands) == stands


def test_what_is_no_list_is_no_edition(fs01_unit: Unit) -> None:
    before = edition()
    Customer.objects.create(
        unit=fs01_unit, name="梁明", folded="梁明", purpose="repair", enrolled_at="2026-01-01T00:00Z"
    )
    assert edition() == before


def test_who_writes_into_a_list_asks_from_then_on(brand: Brand, brands: Remembered[Brand]) -> None:
    with remembered.as_of(edition()):
        assert name(brands) == "Haier"
        Brand.objects.filter(pk=brand.pk).update(name="Casarte")
        assert name(brands) == "Casarte"


def test_without_attention_one_would_be_told_ones_own_yesterday(
    brand: Brand, brands: Remembered[Brand], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The naive twin of the test above."""
    monkeypatch.setattr(remembered, "_lists", set())
    monkeypatch.setattr(Remembered, "_find", Remembered.__mro__[1]._find)  # type: ignore[attr-defined]
    with remembered.as_of(edition()):
        name(brands)
        Brand.objects.filter(pk=brand.pk).update(name="Casarte")
        assert name(brands) == "Haier"


def test_what_was_undone_is_never_remembered(brand: Brand, brands: Remembered[Brand]) -> None:
    mark = edition()
    with remembered.as_of(mark):
        with transaction.atomic():
            Brand.objects.filter(pk=brand.pk).update(name="Casarte")
            assert name(brands) == "Casarte"
            transaction.set_rollback(True)
        assert name(brands) == "Haier"
    assert edition() == mark
    with remembered.as_of(mark):
        assert name(brands) == "Haier"


def test_what_a_reach_hides_is_asked_again_by_another(brand: Brand, brands: Remembered[Brand]) -> None:
    mark = edition()
    with remembered.as_of(mark):
        with reach.house():
            name(brands)
        with reach.of(None), asked(1):
            name(brands)


def test_nothing_is_remembered_outside_a_request_or_without_a_mark(brand: Brand, brands: Remembered[Brand]) -> None:
    for mark in (None, edition()):
        with remembered.as_of(mark):
            name(brands)
    with asked(1):
        name(brands)
    with remembered.as_of(None), asked(1):
        name(brands)


def test_who_changes_theirs_changes_no_one_elses(brand: Brand, brands: Remembered[Brand]) -> None:
    with remembered.as_of(edition()):
        for _ in range(2):
            mine = brands.first(folded=FOLDED)
            assert mine is not None
            assert mine.name == "Haier"
            mine.name = "Casarte"


def test_a_question_reads_nothing_but_lists() -> None:
    question: Remembered[Customer] = Remembered(lambda *, pk: Customer.objects.filter(pk=pk))
    with pytest.raises(TypeError, match="customers_customer"):
        question(pk=1)


def test_every_list_is_watched_and_a_missing_trigger_is_found(brand: Brand) -> None:
    assert installing.missing() == []
    on_sqlite = connection.vendor == "sqlite"
    name = "guiju_edition_catalogue_brand_update" if on_sqlite else "edition_catalogue_brand"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"' + ("" if on_sqlite else ' ON "catalogue_brand"'))
    assert installing.missing() == [name]
    installing.install()
    before = edition()
    Brand.objects.filter(pk=brand.pk).update(name="Casarte")
    assert edition() != before


def test_migrate_knows_every_list_that_a_server_remembers() -> None:
    """Triggers are written by a process that has loaded nothing but the settings."""
    listed = "import django; django.setup(); from guiju.kernel import remembered as r; print(sorted(r._lists))"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "guiju.conf.settings"}
    done = subprocess.run([sys.executable, "-c", listed], check=True, capture_output=True, text=True, env=environment)
    assert done.stdout.strip() == str(sorted(remembered._lists))


def test_a_page_and_a_program_bring_the_mark_with_who_they_are(cast: Cast) -> None:
    """By session with the grants, by key with the key; who holds nothing asks everything."""
    from guiju.standing.people import queries as people

    lin = Person.objects.select_related("unit").get(name="lin")
    assert people.coming(lin, NOON)[1] == edition()
    RoleGrant.objects.filter(person=lin).delete()
    actor, mark = people.coming(lin, NOON)
    assert (actor is not None, mark) == (True, None)


def test_a_day_has_its_own_answer(brands: Remembered[Brand]) -> None:
    """What is in force depends on the day: it is a value that is asked with."""
    from guiju.standing.policy import queries as policy

    with remembered.as_of(edition()):
        policy._VALUES(keys=["bench.daily_hours"], lineage=["HQ"], on=date(2026, 1, 1))
        with asked(1):
            policy._VALUES(keys=["bench.daily_hours"], lineage=["HQ"], on=date(2026, 1, 2))
        with asked(0):
            policy._VALUES(keys=["bench.daily_hours"], lineage=["HQ"], on=date(2026, 1, 1))
