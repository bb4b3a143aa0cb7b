"""A list is examined before it is shown: no hole, no overlap, nothing dearer than the list above it, and notice of what rises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Invalid, WrongState
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import Part, ServiceItem
from guiju.standing.people.models import Unit
from guiju.standing.pricing import actions as pricing
from guiju.standing.pricing import queries
from guiju.standing.pricing.models import PriceList
from guiju.standing.pricing.rules import (
    Examined,
    Fault,
    Offered,
    Phase,
    Place,
    Priced,
    examine,
    phase,
    priced_in,
)
from tests.cast import NOON
from tests.standing.pricing.conftest import TODAY, shown

Lists = Callable[..., PriceList]
SOON = TODAY + timedelta(days=3)


def found(facts: Examined) -> list[tuple[Fault, str]]:
    return [(each.fault, each.code) for each in examine(facts)]


@pytest.mark.shows("PRC-1", "PT-1")
def test_a_service_without_a_price_is_a_hole_and_a_line_of_product_that_is_not_served_is_only_named() -> None:
    offered = [
        Offered("t", "TEST"),
        Offered("a1", "AC-1", "AC"),
        Offered("a2", "AC-2", "AC"),
        Offered("w", "W-1", "WASHER"),
    ]
    priced = [Priced("t", "TEST", 1, 1), Priced("a1", "AC-1", 1, 2)]
    assert found(Examined(priced, offered)) == [(Fault.HOLE, "AC-2"), (Fault.NOT_OFFERED, "")]
    # What the list above prices is no hole here.
    assert found(Examined(priced, offered, above=[Priced("a2", "AC-2", 1, 2)])) == [(Fault.NOT_OFFERED, "")]
    at_home = [*priced, Priced("a2", "AC-2", 1, 2, Place.HOME)]
    hole, _ = examine(Examined(at_home, offered))
    assert str(hole.sentence) == "AC-2 has no price for this place: In the shop."
    assert found(Examined([*at_home, Priced("a2", "AC-2", 1, 1, Place.SHOP)], offered)) == [(Fault.NOT_OFFERED, "")]


@pytest.mark.shows("C01")
def test_nothing_is_dearer_than_the_list_above_it_and_no_list_below_dearer_than_this_one() -> None:
    above = [
        Priced("c", "CMP", 100, 200, list_number="PL-1"),
        Priced("l", "LAB", 5, 9, Place.SHOP),
        Priced("l", "LAB", 5, 20),
    ]
    assert found(Examined([Priced("c", "CMP", 90, 200)], [], above=above)) == []
    (dear,) = examine(Examined([Priced("c", "CMP", 90, 201)], [], above=above))
    assert str(dear.sentence) == "CMP asks up to 2.01 CNY, more than the 2.00 CNY of list PL-1 above it."
    # A price for everywhere is held to each place, a price for one place to that one alone.
    assert found(Examined([Priced("l", "LAB", 5, 15)], [], above=above)) == [(Fault.DEARER, "LAB")]
    assert found(Examined([Priced("l", "LAB", 5, 15, Place.HOME)], [], above=above)) == []
    (child,) = examine(
        Examined([Priced("c", "CMP", 90, 150)], [], below=[Priced("c", "CMP", 90, 160, list_number="PL-9")])
    )
    assert str(child.sentence) == "List PL-9 below asks up to 1.60 CNY for CMP, this one only 1.50 CNY."


@pytest.mark.shows("PT-2")
def test_what_rises_is_told_three_days_before_and_what_falls_at_once() -> None:
    told = {"today": TODAY, "notice_days": 3, "before": [Priced("c", "CMP", 100, 200)]}
    (rise,) = examine(Examined([Priced("c", "CMP", 100, 201)], [], starts_on=TODAY, **told))  # type: ignore[arg-type]
    assert str(rise.sentence) == "CMP rises from 2.00 CNY to 2.01 CNY: let the list start on 5 Nov 2026 or later."
    assert found(Examined([Priced("c", "CMP", 100, 201)], [], starts_on=SOON, **told)) == []  # type: ignore[arg-type]
    assert found(Examined([Priced("c", "CMP", 50, 199)], [], starts_on=TODAY, **told)) == []  # type: ignore[arg-type]


def test_what_sells_below_its_cost_is_only_a_note() -> None:
    (note,) = examine(Examined([Priced("c", "CMP", 100, 200, cost_minor=150)], []))
    assert (note.fault, note.refuses) == (Fault.BELOW_COST, False)


# The least price, how much more may be asked, and where.
ASKED = some.lists(some.tuples(some.integers(1, 50), some.integers(0, 50), some.sampled_from(["", *Place])), max_size=3)


@given(ASKED, ASKED)
def test_a_list_is_dearer_exactly_where_somebody_could_be_asked_more(
    own: list[tuple[int, int, str]], above: list[tuple[int, int, str]]
) -> None:
    mine, over = (
        [Priced("c", "CMP", least, least + more, place) for least, more, place in rows] for rows in (own, above)
    )

    def most(prices: Sequence[Priced], place: Place) -> int | None:
        each = priced_in(prices, place).get("c")
        return each.most_minor if each else None

    dearer = any(
        (asked := most(mine, place)) is not None and (limit := most(over, place)) is not None and asked > limit
        for place in Place
    )
    assert any(code == (Fault.DEARER, "CMP") for code in found(Examined(mine, [], above=over))) == dearer


# --- The same by the verbs


def test_the_findings_are_told_line_by_line(
    draft: Lists, publish: Lists, fs01_unit: Unit, compressor: Part, test_fee: ServiceItem, nie: Actor, xu: Actor
) -> None:
    publish()
    catalogue.add_service_item(code="L-1", names={"en": "Labour"}, kind="LABOUR", fault_level=1, by=nie, at=NOON)
    own = pricing.draft_list(unit=fs01_unit, starts_on=TODAY, by=nie, at=NOON)
    line = pricing.add_line(own, part=compressor, min_minor=1, max_minor=62001, unit="each", by=nie, at=NOON)
    with pytest.raises(pricing.Unfit) as refused:
        pricing.check(own, by=nie, at=NOON)
    assert refused.value.status == 422
    assert str(refused.value) == (
        "The list cannot be shown like this. L-1 has no price: it could not be charged."
        " CMP-09K asks up to 620.01 CNY, more than the 620.00 CNY of list PL-HQ-20261102-00001 above it."
    )
    own.refresh_from_db()
    assert own.state == "DRAFT"
    pricing.remove_line(line, by=nie, at=NOON)
    pricing.add_line(own, part=compressor, min_minor=1, max_minor=62000, unit="each", by=nie, at=NOON)
    labour = ServiceItem.objects.get(code="L-1")
    for place, price in (("HOME", 9000), ("SHOP", 7000)):
        pricing.add_line(own, item=labour, min_minor=price, unit="per job", place=place, by=nie, at=NOON)
    shown(own, by=nie, and_by=xu)
    told = {place: queries.line_for(item=labour, unit=fs01_unit, on=TODAY, place=place) for place in Place}
    assert {place: line and line.max_minor for place, line in told.items()} == {Place.HOME: 9000, Place.SHOP: 7000}
    rows = [(row.code, row.place) for row in queries.sheet(fs01_unit, TODAY)]
    assert rows == [("T-1", ""), ("L-1", "HOME"), ("L-1", "SHOP"), ("CMP-09K", "")]
    assert [row.place for row in queries.sheet(fs01_unit, TODAY, place=Place.HOME)] == ["", "HOME", ""]


def test_a_brands_list_waits_until_the_outlets_ask_no_more(publish: Lists, fs01_unit: Unit, nie: Actor) -> None:
    publish()
    own = publish(fs01_unit)
    cheaper = pricing.draft_list(unit=None, starts_on=TODAY + timedelta(days=9), by=nie, at=NOON)
    for line in own.lines.select_related("item", "part"):
        most = line.max_minor - 1 if line.part else line.max_minor
        pricing.add_line(
            cheaper, item=line.item, part=line.part, min_minor=line.min_minor, max_minor=most, unit="each",
            by=nie, at=NOON,
        )  # fmt: skip
    with pytest.raises(pricing.Unfit, match=f"List {own.number} below asks up to 620.00 CNY for CMP-09K"):
        pricing.check(cheaper, by=nie, at=NOON)


def test_what_was_checked_is_not_written_on_until_it_goes_back(
    draft: Lists, test_fee: ServiceItem, nie: Actor, xu: Actor
) -> None:
    price_list = draft()
    line = price_list.lines.get(item=test_fee)
    pricing.check(price_list, by=nie, at=NOON)
    with pytest.raises(WrongState, match="Send it back"):
        pricing.remove_line(line, by=nie, at=NOON)
    pricing.approve(price_list, by=xu, at=NOON)
    with pytest.raises(Invalid):
        pricing.reopen(price_list, reason=" no ", by=xu, at=NOON)
    back = pricing.reopen(price_list, reason="The test fee is last year's", by=xu, at=NOON)
    assert (back.state, back.checked_at, back.approved_by_id) == ("DRAFT", None, None)
    pricing.remove_line(line, by=nie, at=NOON)
    pricing.add_line(price_list, item=test_fee, min_minor=6000, unit="per visit", by=nie, at=NOON)
    shown(price_list, by=nie, and_by=xu)
    with pytest.raises(WrongState):
        pricing.reopen(price_list, reason="Too late for that", by=xu, at=NOON)


def test_a_list_is_examined_again_before_it_is_shown(draft: Lists, nie: Actor, xu: Actor) -> None:
    price_list = draft()
    pricing.check(price_list, by=nie, at=NOON)
    pricing.approve(price_list, by=xu, at=NOON)
    catalogue.add_service_item(code="L-1", names={"en": "Labour"}, kind="LABOUR", by=nie, at=NOON)
    with pytest.raises(pricing.Unfit, match="L-1 has no price"):
        pricing.publish(price_list, by=xu, at=NOON)


def test_a_list_that_would_have_ended_is_not_shown(draft: Lists, nie: Actor) -> None:
    gone = draft(starts_on=TODAY - timedelta(days=9), ends_on=TODAY)
    with pytest.raises(pricing.Unfit, match="would have ended on 2 Nov 2026"):
        pricing.check(gone, by=nie, at=NOON)


@pytest.mark.shows("PRC-3")
def test_a_published_list_comes_holds_and_is_no_longer_in_force() -> None:
    ends = TODAY + timedelta(days=2)
    told = [phase(starts_on=TODAY, ends_on=ends, on=TODAY + timedelta(days=days)) for days in (-1, 0, 1, 2)]
    assert told == [Phase.COMING, Phase.IN_FORCE, Phase.IN_FORCE, Phase.SUPERSEDED]
    assert phase(starts_on=TODAY, ends_on=None, on=TODAY.replace(year=2999)) == Phase.IN_FORCE
