"""Two answers to one quote in the same instant, and an answer against a newer version: one counts, and no other sum is ever agreed to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from guiju.kernel.refusing import Refusal
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop import actions as workshop
from guiju.line.workshop import queries
from guiju.line.workshop.actions import consent
from guiju.line.workshop.models import Acceptance, Quote
from guiju.line.workshop.rules import Consent
from tests.kernel.racing import together
from tests.line.cast_line import Shop
from tests.line.workshop.test_options import a_choice, offering

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

PEOPLE = 6


def answers(shop: Shop, quote: Quote) -> list[Any]:
    """Half of the people agree to the first option, half to the second, all at once."""
    at, by = shop.later(), shop.reception

    def agree(number: int) -> str:
        mine = Quote.objects.select_related("order").get(pk=quote.pk)
        said: dict[str, Any] = {"how": Consent.RECORDED, "note": f"Call {number}", "option": 1 + number % 2}
        return str(workshop.approve_quote(mine, **said, by=by, at=at).place)

    return together(PEOPLE, agree)


@contextmanager
def unlocked() -> Iterator[None]:
    """As one would write it at first: read the quote, see that it waits, and write."""

    def naive(quote: Quote) -> Quote:
        return Quote.objects.select_related("order").get(pk=quote.pk)

    kept, consent.lock = consent.lock, naive
    try:
        yield
    finally:
        consent.lock = kept


@pytest.mark.shows("F09", "WO-2")
def test_of_many_answers_at_once_exactly_one_counts_and_the_others_are_told(shop: Shop) -> None:
    order, quote = a_choice(shop)
    got = answers(shop, quote)
    assert len([each for each in got if isinstance(each, str)]) == 1, got
    assert all(isinstance(each, (str, Refusal)) for each in got), got
    agreed = queries.approved_quote(order)
    assert agreed is not None
    assert queries.is_as_accepted(agreed)
    assert Acceptance.objects.filter(quote=quote).count() == 1


@pytest.mark.no_books
@pytest.mark.shows("F09")
def test_without_the_lock_somebody_is_answered_with_no_sentence(shop: Shop) -> None:
    """The naive twin: the database keeps the promise, but whoever comes second is not told in the trade's words."""
    _order, quote = a_choice(shop)
    with unlocked():
        got = answers(shop, quote)
    amiss = [each for each in got if not isinstance(each, (str, Refusal))]
    assert amiss, f"Nobody noticed that nothing was locked: {got}"
    assert Acceptance.objects.filter(quote=quote).count() <= 1


@pytest.mark.shows("F09", "C09", "T32")
def test_an_answer_against_a_newer_version_is_to_the_one_that_was_read(shop: Shop) -> None:
    order, quote = a_choice(shop)
    at, by, chen = shop.later(), shop.reception, shop.actor("chen")
    newer = offering(shop)

    def act(number: int) -> str:
        if number % 2:
            mine = WorkOrder.objects.get(pk=order.pk)
            return f"v{workshop.revise_quote(mine, **newer, by=chen, at=at).version}"
        mine_too = Quote.objects.select_related("order").get(pk=quote.pk)
        return workshop.approve_quote(mine_too, how=Consent.RECORDED, note="Call 7", option=2, by=by, at=at).number

    got = together(2, act)
    assert all(isinstance(each, (str, Refusal)) for each in got), got
    # Whoever was first: the newer version waits for an answer, and nothing is agreed to any more.
    assert queries.approved_quote(order) is None
    assert Quote.objects.get(pk=quote.pk).state == "SUPERSEDED"
    assert WorkOrder.objects.get(pk=order.pk).state == "QUOTED"
