"""The beginning of a word finds its row, by an index, whatever language the database sorts by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from django.apps.registry import Apps
from django.db import connection, models

from guiju.kernel.beginnings import Beginning
from tests.kernel.trial import standing

trial = Apps()


class Label(models.Model):
    text = models.CharField(max_length=60)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        apps, app_label = trial, "trial"
        indexes = [models.Index(fields=["text"], name="label_by_text")]
        constraints = [Beginning("text", name="label_is_found_by_its_beginning")]


@pytest.fixture
def labels(transactional_db: None) -> Iterator[None]:
    with standing([Label]):
        for text in ("FS01-1", "FS01-2", "FS01", "fs01-3", "FS0", "陈伟强", "陈", "é-1", "50%_1", "50a1"):
            Label.objects.create(text=text)
        yield


def found(text: str) -> list[str]:
    return sorted(label.text for label in Label.objects.filter(text__begins=text))


def assert_found_as_written() -> None:
    assert found("FS01") == ["FS01", "FS01-1", "FS01-2"]
    assert found("陈") == ["陈", "陈伟强"]
    assert found("é") == ["é-1"]
    assert found("50%_") == ["50%_1"]
    assert found("FS02") == found("-1") == []
    assert len(found("")) == Label.objects.count()


@pytest.mark.both_databases
def test_a_row_is_found_by_its_beginning_letter_by_letter(labels: None) -> None:
    assert_found_as_written()


@pytest.mark.postgres
def test_a_database_that_sorts_by_language_finds_the_same(labels: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute('ALTER TABLE trial_label ALTER COLUMN text TYPE varchar(60) COLLATE "en-x-icu"')
    # There the ends of a beginning, compared as texts are sorted, leave rows out.
    assert {"FS01-1", "fs01-3"} <= set(Label.objects.filter(text__gte="FS01").values_list("text", flat=True))
    assert_found_as_written()


@pytest.mark.both_databases
def test_an_index_finds_it(labels: None) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET enable_seqscan = off")
    told = Label.objects.filter(text__begins="FS01").explain()
    assert "label_by_text" in told if connection.vendor == "sqlite" else "label_is_found_by_its_beginning" in told, told
