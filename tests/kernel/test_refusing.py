"""A broken constraint is refused in the trade's words, on both databases alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel.models import News, TrailEntry
from guiju.kernel.refusing import Invalid, NotAllowed, Refusal, WrongState, broken_constraints, refusing
from guiju.kernel.words import N_, Sentence
from tests.kernel.conftest import HERE, NOON
from tests.toy.models import Kite


class WindTooStrong(Refusal):
    """The wind is too strong."""

    sentence = N_("The wind is %(force)s, which is too much.")
    field = "wind"


class ColourTaken(Refusal):
    """Another kite has that colour."""

    sentence = N_("That colour is taken.")


def test_a_refusal_says_what_is_the_matter_and_why():
    refusal = WindTooStrong(Sentence("The string is %(metres)s m.", {"metres": 90}), Sentence("It rains."), force=9)
    assert str(refusal) == "The wind is 9, which is too much. The string is 90 m. It rains."
    assert (refusal.code, refusal.field, refusal.status) == ("wind_too_strong", "wind", 409)
    assert WindTooStrong(field="force", force=9).field == "force"
    assert WindTooStrong.field == "wind"


def test_the_reasons_of_a_verdict_may_be_handed_over_as_they_are():
    reasons = (Sentence("It rains."), Sentence("It is late."))
    assert Refusal(reasons).because == reasons


def test_a_reason_that_cannot_be_translated_is_a_mistake_of_ours():
    with pytest.raises(TypeError):
        Refusal("because")


def test_the_kinds_of_refusal_have_their_status():
    assert (NotAllowed().status, WrongState().status, Invalid(field="x").status) == (403, 409, 422)
    assert WrongState(allowed=["FLYING"]).allowed == ["FLYING"]


BREAKING: dict[str, Callable[[], Any]] = {
    "kite_string_is_not_too_long": lambda: Kite.objects.create(number="K-2", string_metres=501),
    "kite_one_of_a_colour": lambda: Kite.objects.create(number="K-2", unit_id=HERE, colour="red"),
    "kite_one_a_child": lambda: Kite.objects.create(number="K-2", unit_id=99, child_id=3),
    "toy_kite_number": lambda: Kite.objects.create(number="K-1", unit_id=99),
    "trail_entry_is_never_changed": lambda: TrailEntry.objects.create(at=NOON).delete(),
    "news_once_told_is_never_changed": lambda: [
        News.objects.create(kind="a", payload={}, told_at=NOON, entry_key=TrailEntry().key),
        News.objects.update(kind="b"),
    ],
}  # fmt: skip


@pytest.mark.both_databases
@pytest.mark.django_db
@pytest.mark.no_books
@pytest.mark.parametrize("name", BREAKING)
def test_whatever_kind_of_constraint_it_is_it_is_known_by_its_name(kite, name):
    with pytest.raises(WindTooStrong), transaction.atomic(), refusing(**{name: WindTooStrong(force=9)}):
        BREAKING[name]()
    with pytest.raises(IntegrityError) as broken, transaction.atomic(), refusing(something_else=WindTooStrong):
        BREAKING[name]()
    assert name in broken_constraints(broken.value)


@pytest.mark.django_db
def test_a_class_or_a_refusal_that_is_made_already_may_be_given(kite):
    with pytest.raises(ColourTaken), transaction.atomic(), refusing(kite_one_of_a_colour=ColourTaken):
        BREAKING["kite_one_of_a_colour"]()


@pytest.mark.both_databases
@pytest.mark.django_db
def test_a_transaction_that_was_refused_does_not_go_on_half_done(kite):
    def swallow() -> None:
        Kite.objects.filter(pk=kite.pk).update(colour="blue")
        try:
            with refusing(toy_kite_number=ColourTaken):
                BREAKING["toy_kite_number"]()
        except ColourTaken:
            Kite.objects.count()

    with pytest.raises(transaction.TransactionManagementError), transaction.atomic():
        swallow()
    assert Kite.objects.get().colour == "red"
