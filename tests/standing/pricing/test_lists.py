"""A list is written by one, published by another, shown to customers, and never edited again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel.actor import Actor
from guiju.kernel.lifecycle import history
from guiju.kernel.refusing import Invalid, NotAllowed, WrongState
from guiju.standing.catalogue.models import Part, ServiceItem
from guiju.standing.people.models import Unit
from guiju.standing.pricing import actions as pricing
from guiju.standing.pricing import queries
from guiju.standing.pricing.models import PriceLine, PriceList
from guiju.standing.pricing.rules import Place
from tests.cast import NOON
from tests.standing.pricing.conftest import TODAY, shown

Lists = Callable[..., PriceList]


@pytest.mark.shows("C01")
def test_a_list_is_drafted_and_published_by_two_people(draft: Lists, nie: Actor, xu: Actor) -> None:
    price_list = draft()
    assert (price_list.number, price_list.state, price_list.currency) == ("PL-HQ-20261102-00001", "DRAFT", "CNY")
    published = shown(price_list, by=nie, and_by=xu)
    assert published.state == "PUBLISHED"
    assert (published.drafted_by_id, published.approved_by_id) == (nie.person_id, xu.person_id)
    assert [step.verb for step in history(price_list)] == ["pricing.check", "pricing.approve", "pricing.publish"]


@pytest.mark.shows("G-2")
def test_the_author_does_not_approve_and_nothing_is_published_without(draft: Lists, nie: Actor, xu: Actor) -> None:
    price_list = draft()
    with pytest.raises(WrongState):
        pricing.publish(price_list, by=xu, at=NOON)
    pricing.check(price_list, by=nie, at=NOON)
    with pytest.raises(pricing.SamePerson):
        pricing.approve(price_list, by=nie, at=NOON)
    with pytest.raises(WrongState):
        pricing.publish(price_list, by=nie, at=NOON)
    pricing.approve(price_list, by=xu, at=NOON)
    # What a second person agreed to may be hung on the wall by its author.
    pricing.publish(price_list, by=nie, at=NOON)


@pytest.mark.shows("G-2")
def test_the_database_too_wants_two_people(draft: Lists, nie: Actor) -> None:
    price_list = draft()
    drafted = PriceList.objects.filter(pk=price_list.pk)
    alone = {"state": "APPROVED", "approved_by": nie.person_id, "approved_at": NOON, "checked_at": NOON}
    with pytest.raises(IntegrityError), transaction.atomic():
        drafted.update(**alone)
    # Also for the author of a list in which no line is his.
    empty = pricing.draft_list(unit=None, starts_on=TODAY, by=nie, at=NOON)
    with pytest.raises(IntegrityError, match="price_list_author_is_not_its_approver"), transaction.atomic():
        PriceList.objects.filter(pk=empty.pk).update(**alone)
    # Also for somebody who drafted nothing but wrote a line.
    with pytest.raises(IntegrityError), transaction.atomic():
        drafted.update(**alone, drafted_by=None)
    with pytest.raises(IntegrityError, match="price_list_is_approved_before_it_is_shown"), transaction.atomic():
        drafted.update(state="PUBLISHED", published_at=NOON, checked_at=NOON)
    with pytest.raises(IntegrityError, match="price_list_is_examined_before_it_is_approved"), transaction.atomic():
        drafted.update(state="CHECKED")
    with pytest.raises(IntegrityError, match="price_list_begins_as_a_draft"), transaction.atomic():
        PriceList.objects.create(number="PL-X", starts_on=TODAY, state="PUBLISHED", published_at=NOON)


def test_an_empty_list_is_not_shown(nie: Actor) -> None:
    price_list = pricing.draft_list(unit=None, starts_on=TODAY, by=nie, at=NOON)
    with pytest.raises(pricing.NothingPriced):
        pricing.check(price_list, by=nie, at=NOON)


@pytest.mark.shows("PRC-3", "G-4")
def test_a_published_list_is_never_edited(publish: Lists, test_fee: ServiceItem, nie: Actor, xu: Actor) -> None:
    price_list = publish()
    line = price_list.lines.first()
    assert line is not None
    with pytest.raises(WrongState):
        pricing.add_line(price_list, item=test_fee, min_minor=1, unit="per visit", by=nie, at=NOON)
    with pytest.raises(WrongState):
        pricing.remove_line(line, by=nie, at=NOON)
    with pytest.raises(WrongState):
        pricing.publish(price_list, by=xu, at=NOON)


@pytest.mark.shows("PRC-3", "G-4")
@pytest.mark.parametrize(
    "damage",
    [
        lambda lists, lines, line: lines.filter(pk=line.pk).update(max_minor=99999),
        lambda lists, lines, line: lines.filter(pk=line.pk).delete(),
        lambda lists, lines, line: lines.create(price_list=line.price_list, item=None, part=line.part, min_minor=1, max_minor=1, unit="x"),
        lambda lists, lines, line: lists.update(starts_on=date(2020, 1, 1)),
        lambda lists, lines, line: lists.update(state="DRAFT", published_at=None),
        lambda lists, lines, line: lists.filter(pk=line.price_list_id).update(currency="TWD"),
        lambda lists, lines, line: lists.all()._raw_delete("default"),
    ],
)  # fmt: skip
def test_the_database_keeps_what_was_shown(publish: Lists, damage: Callable[..., Any]) -> None:
    line = publish().lines.get(part__isnull=False)
    before = list(PriceLine.objects.order_by("pk").values())
    with pytest.raises(IntegrityError), transaction.atomic():
        damage(PriceList.objects, PriceLine.objects, line)
    assert list(PriceLine.objects.order_by("pk").values()) == before


def test_the_lines_of_a_list_do_not_move_to_another(publish: Lists, draft: Lists) -> None:
    standing, free = publish(), draft(starts_on=TODAY + timedelta(days=9))
    with pytest.raises(IntegrityError), transaction.atomic():
        standing.lines.update(price_list=free)
    with pytest.raises(IntegrityError), transaction.atomic():
        free.lines.update(price_list=standing)


@pytest.mark.shows("C01")
def test_the_next_list_ends_the_one_before_it(publish: Lists, fs01_unit: Unit, compressor: Part) -> None:
    first = publish()
    later = TODAY + timedelta(days=30)
    second = publish(starts_on=later, least=40000)
    first.refresh_from_db()
    assert (first.ends_on, second.ends_on) == (later, None)
    for day, least in ((later - timedelta(days=1), 38000), (later, 40000)):
        line = queries.line_for(part=compressor, unit=fs01_unit, on=day, place=Place.SHOP)
        assert line is not None
        assert line.min_minor == least


@pytest.mark.shows("C01")
def test_two_lists_of_one_scope_never_hold_on_one_day(
    publish: Lists, draft: Lists, fs01_unit: Unit, nie: Actor
) -> None:
    publish(ends_on=TODAY + timedelta(days=10))
    rival = draft(starts_on=TODAY + timedelta(days=9))
    with pytest.raises(pricing.ListsOverlap, match="PL-HQ-20261102-00001 is in force on some of the same days"):
        pricing.check(rival, by=nie, at=NOON)
    publish(fs01_unit)
    publish(starts_on=TODAY + timedelta(days=10))


@pytest.mark.shows("G-4")
def test_what_was_shown_yesterday_is_not_changed_today(publish: Lists, draft: Lists, nie: Actor, xu: Actor) -> None:
    publish(starts_on=TODAY - timedelta(days=30))
    with pytest.raises(pricing.StartsInPast):
        shown(draft(starts_on=TODAY - timedelta(days=1)), by=nie, and_by=xu)
    shown(draft(starts_on=TODAY), by=nie, and_by=xu)


@pytest.mark.shows("PRC-3")
def test_a_list_is_taken_down_and_stays_readable(publish: Lists, fs01_unit: Unit, compressor: Part, xu: Actor) -> None:
    price_list = publish(starts_on=TODAY - timedelta(days=30))
    with pytest.raises(Invalid):
        pricing.retire(price_list, ends_on=price_list.starts_on, by=xu, at=NOON)
    pricing.retire(price_list, ends_on=TODAY, by=xu, at=NOON)
    assert queries.current_list(fs01_unit, TODAY) is None
    yesterday = TODAY - timedelta(days=1)
    assert queries.line_for(part=compressor, unit=fs01_unit, on=yesterday, place=Place.SHOP) is not None
    with pytest.raises(WrongState):
        pricing.retire(price_list, ends_on=yesterday, by=xu, at=NOON)


@pytest.mark.shows("PRC-2", "PRC-6")
@pytest.mark.parametrize(
    ("odd", "field"),
    [
        ({"min_minor": 2, "max_minor": 1}, "min_minor"),
        ({"min_minor": 0}, "min_minor"),
        ({"place": "ROOF"}, "place"),
        ({"min_minor": -1}, "min_minor"),
        ({"min_minor": 10**14}, "max_minor"),
        ({"unit": " "}, "unit"),
        ({"item": None}, "item"),
    ],
)
def test_a_line_is_one_thing_from_least_to_most_per_something(
    odd: dict[str, Any], field: str, test_fee: ServiceItem, nie: Actor
) -> None:
    price_list = pricing.draft_list(unit=None, starts_on=TODAY, by=nie, at=NOON)
    said: dict[str, Any] = {"item": test_fee, "min_minor": 5000, "unit": "per visit"}
    with pytest.raises(Invalid) as refused:
        pricing.add_line(price_list, **(said | odd), by=nie, at=NOON)
    assert refused.value.field == field
    pricing.add_line(price_list, **said, by=nie, at=NOON)


def test_a_thing_has_one_price_on_a_list_until_it_is_taken_off(draft: Lists, test_fee: ServiceItem, nie: Actor) -> None:
    price_list = draft()
    with pytest.raises(pricing.PricedAlready):
        pricing.add_line(price_list, item=test_fee, min_minor=1, unit="per visit", by=nie, at=NOON)
    pricing.remove_line(price_list.lines.get(item=test_fee), by=nie, at=NOON)
    pricing.add_line(price_list, item=test_fee, min_minor=1, unit="per visit", by=nie, at=NOON)


def test_a_list_ends_after_it_starts_in_money_that_is_traded_in(nie: Actor) -> None:
    for odd, field in (({"ends_on": TODAY}, "ends_on"), ({"currency": "XXX"}, "currency")):
        with pytest.raises(Invalid) as refused:
            pricing.draft_list(unit=None, starts_on=TODAY, by=nie, at=NOON, **odd)
        assert refused.value.field == field


def test_prices_are_the_network_managers_and_finance_publishes(
    draft: Lists, test_fee: ServiceItem, ma: Actor, lin: Actor, an: Actor, fang: Actor, nie: Actor, xu: Actor
) -> None:
    price_list = draft()
    for stranger in (ma, lin, an, fang):
        for verb in (
            lambda by: pricing.draft_list(unit=None, starts_on=TODAY, by=by, at=NOON),
            lambda by: pricing.add_line(price_list, item=test_fee, min_minor=1, unit="x", by=by, at=NOON),
            lambda by: pricing.remove_line(price_list.lines.first(), by=by, at=NOON),
            lambda by: pricing.check(price_list, by=by, at=NOON),
            lambda by: pricing.approve(price_list, by=by, at=NOON),
            lambda by: pricing.reopen(price_list, reason="Look again", by=by, at=NOON),
            lambda by: pricing.publish(price_list, by=by, at=NOON),
            lambda by: pricing.retire(price_list, ends_on=TODAY, by=by, at=NOON),
        ):
            with pytest.raises(NotAllowed):
                verb(stranger)
    shown(price_list, by=nie, and_by=xu)


@pytest.mark.shows("C01")
def test_the_database_itself_refuses_two_lists_in_force_on_one_day(publish: Lists, draft: Lists) -> None:
    """Whoever comes past the examination, and two who publish at once."""
    first = publish(ends_on=TODAY + timedelta(days=10))
    rival = draft(starts_on=TODAY + timedelta(days=9))
    shown = ("state", "checked_by_id", "checked_at", "approved_by_id", "approved_at", "published_by_id", "published_at")
    as_shown = {name: getattr(first, name) for name in shown}
    with pytest.raises(IntegrityError, match="price_lists_of_one_scope_never_overlap"), transaction.atomic():
        type(first).objects.filter(pk=rival.pk).update(**as_shown)
    type(first).objects.filter(pk=rival.pk).update(starts_on=TODAY + timedelta(days=10), **as_shown)
