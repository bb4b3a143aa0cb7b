"""Any piece of a word finds its row, by an index and never by reading them all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import connection, models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.kernel import installing
from guiju.kernel.pieces import Pieces
from tests.kernel.trial import standing

trial = Apps()


class Card(models.Model):
    name = models.CharField(max_length=60)
    digits = models.CharField(max_length=60, default="")

    class Meta:
        apps, app_label = trial, "trial"
        constraints = [
            Pieces("name", length=2, name="card_is_found_by_a_piece_of_its_name"),
            Pieces("digits", length=3, name="card_is_found_by_a_piece_of_its_digits"),
        ]


@pytest.fixture
def tables(transactional_db: None) -> Iterator[None]:
    with standing([Card]):
        yield


def found(**by: Any) -> list[str]:
    return [card.name for card in Card.objects.filter(**by).order_by("pk")]


@pytest.mark.both_databases
def test_a_row_is_found_by_any_piece_in_whatever_script(tables: None) -> None:
    for name, digits in (("陈伟强", "8613900400001 13900400001"), ("信义", "886912345678"), ("𫠠o'brien-é\"x", "")):
        Card.objects.create(name=name, digits=digits)
    # Two characters, which are less than the trigram of either database; one, in the middle and at the end.
    assert found(name__holds="伟强") == found(name__holds="强") == found(name__holds="伟") == ["陈伟强"]
    assert found(name__holds="信义") == ["信义"]
    assert found(name__holds="𫠠") == found(name__holds="'brien-é\"") == found(name__holds="n-") == ["𫠠o'brien-é\"x"]
    assert found(digits__holds="0040") == found(digits__holds="9004000") == ["陈伟强"]
    assert found(digits__holds="5678") == found(digits__holds="78") == ["信义"]
    assert found(digits__holds="001 139") == ["陈伟强"]
    # All pieces stand in it, and it does not.
    Card.objects.create(name="ababcbc", digits="123451234")
    assert found(name__holds="abc") == ["ababcbc"]
    assert found(name__holds="acb") == found(digits__holds="234123") == found(name__holds="%") == []


@pytest.mark.both_databases
def test_it_is_found_as_it_is_now_and_not_as_it_was(tables: None) -> None:
    card = Card.objects.create(name="陈伟强", digits="13900400001")
    card.name, card.digits = "王小明", "13800000009"
    card.save()
    assert found(name__holds="伟强") == found(digits__holds="0040") == []
    assert found(name__holds="小明") == found(digits__holds="0009") == ["王小明"]
    card.delete()
    assert found(name__holds="小明") == []


@pytest.mark.both_databases
def test_what_was_written_while_the_index_was_away_is_in_it_again(tables: None) -> None:
    installing.drop_before_migrating()
    Card.objects.create(name="陈伟强")
    installing.install()
    assert installing.missing() == []
    assert found(name__holds="伟强") == ["陈伟强"]
    # Where nothing is migrated, nothing is taken away and nothing read anew.
    installing.drop_before_migrating(plan=[])
    assert installing.missing() == []


@pytest.mark.both_databases
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text("ab1陈伟- ", max_size=7), max_size=5), st.text("ab1陈伟- ", min_size=1, max_size=4))
def test_it_finds_what_a_search_of_all_rows_finds(tables: None, names: list[str], sought: str) -> None:
    Card.objects.all().delete()
    Card.objects.bulk_create(Card(name=name, digits=name) for name in names)
    assert found(name__holds=sought) == found(name__contains=sought)
    assert found(digits__holds=sought) == found(digits__contains=sought)


@pytest.mark.both_databases
def test_the_index_is_asked_and_not_every_row(tables: None) -> None:
    asked = Card.objects.filter(digits__holds="0040").order_by()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A table of no rows is read at once, whatever stands beside it.
            cursor.execute("SET enable_seqscan = off")
        plan = asked.explain()
    assert (
        "card_is_found_by_a_piece_of_its_digits" in plan
        if connection.vendor == "postgresql"
        else "SCAN trial_card" not in plan
    )
