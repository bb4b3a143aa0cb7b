"""What must be true is asked of everybody, and what is not is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from guiju.kernel import verification
from guiju.kernel.models import Evidence
from guiju.kernel.verification import Violation, invariant, run
from tests.kernel.conftest import NOON
from tests.toy.models import Kite

# The questions of these tests are broken on purpose.
pytestmark = pytest.mark.no_books


@pytest.fixture(autouse=True)
def questions(monkeypatch: pytest.MonkeyPatch, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(verification, "_questions", {})
    monkeypatch.setattr(verification, "_gather", lambda: None)


def test_each_broken_row_is_one_sentence_under_its_invariant(kite):
    @invariant("TOY-1")
    def every_kite_is_red() -> Iterator[str]:
        for each in Kite.objects.exclude(colour="red"):
            yield f"{each} is {each.colour}"

    assert run() == []
    Kite.objects.update(colour="blue")
    assert run() == [Violation("TOY-1", "K-1 is blue")]
    assert str(run()[0]) == "TOY-1 K-1 is blue"
    assert verification.names() == ["TOY-1"]


@pytest.mark.django_db
def test_two_questions_may_show_one_invariant_and_one_question_two():
    @invariant("TOY-1")
    @invariant("TOY-2")
    def first() -> list[str]:
        return ["a"]

    @invariant("TOY-1")
    def second() -> list[str]:
        return ["b"]

    assert [str(each) for each in run()] == ["TOY-1 a", "TOY-2 a", "TOY-1 b"]


@pytest.mark.both_databases
@pytest.mark.shows("F21", "I39")
@pytest.mark.django_db
def test_a_thorough_look_also_reads_the_files_and_the_databases_own_sentences():
    Evidence.objects.create(
        sha256="0" * 64, kind="INTAKE", mime="image/jpeg", size=1, width=1, height=1, kept_at=NOON, actor_name="Ma"
    )
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER guiju_evidence_is_never_changed_delete")
        else:
            cursor.execute("DROP TRIGGER evidence_is_never_changed_delete ON kernel_evidence")
    assert run() == []
    assert sorted({each.invariant for each in run(thorough=True)}) == ["G-1", "I39"]
