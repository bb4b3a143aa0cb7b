"""One piece of a number or a name finds the card, in either script, and shows no whole number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from guiju.kernel.actor import Actor
from guiju.standing.customers import actions as customers
from guiju.standing.customers import queries, rules
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Unit
from tests.cast import NOON


@pytest.fixture
def known(fs01_unit: Unit, gz02_unit: Unit, lin: Actor, zhou: Actor) -> dict[str, Customer]:
    return {
        "huang": customers.enrol(unit=fs01_unit, name="黃信義", phones=["13812345678"], by=lin, at=NOON),
        "tan": customers.enrol(unit=fs01_unit, name="Tan 陈记 Ltd", phones=["+886912345678"], by=lin, at=NOON),
        "elsewhere": customers.enrol(unit=gz02_unit, name="信义 canary", phones=["13812345678"], by=zhou, at=NOON),
    }


@pytest.mark.shows("A06")
@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("信义", "huang"),
        ("信義", "huang"),
        ("黄信", "huang"),
        ("5678", "huang tan"),
        ("1234", "huang tan"),
        ("138 1234", "huang"),
        ("0912-345", "tan"),
        ("+886912", "tan"),
        ("0086138", "huang"),
        ("ＴＡＮ", "tan"),
        ("陳記", "tan"),
        ("ltd", "tan"),
        ("9999", ""),
        ("%", ""),
        ("", ""),
    ],
)
def test_any_piece_finds_the_card(known: dict[str, Customer], lin: Actor, text: str, whom: str) -> None:
    found = {each.customer_id for each in queries.find(text, by=lin)}
    assert found == {known[name].pk for name in whom.split()}


@pytest.mark.shows("G-6")
def test_lists_show_numbers_masked(known: dict[str, Customer], lin: Actor) -> None:
    (found,) = queries.find("信義", by=lin)
    assert found.phone_masked == "138****5678"
    assert "1234" not in str(found)


@pytest.mark.shows("G-3")
def test_each_outlet_finds_its_own_customers(
    known: dict[str, Customer], lin: Actor, zhou: Actor, nie: Actor, chen: Actor
) -> None:
    assert [each.name for each in queries.find("信義", by=zhou)] == ["信义 canary"]
    assert "canary" not in str(queries.find("信義", by=lin))
    assert len(queries.find("信義", by=nie)) == 2
    assert queries.find("信義", by=chen) == []


def test_a_list_is_one_screen_and_costs_the_same_however_long(
    known: dict[str, Customer], fs01_unit: Unit, lin: Actor, django_assert_num_queries: object
) -> None:
    for number in range(6):
        customers.enrol(unit=fs01_unit, name=f"Tan {number}", phones=[f"1390000000{number}"], by=lin, at=NOON)
    # One that looks among the newest, and two for what is shown.
    with django_assert_num_queries(3):
        assert len(queries.find("tan", by=lin, most=5)) == 5


def test_masks_hide_the_middle() -> None:
    assert rules.mask("+8613812345678") == "138****5678"
    assert rules.mask("+85291234567") == "91****67"
    assert rules.mask("+886912345678") == "091***5678"


@given(some.text(max_size=60), some.sampled_from(["CN", "TW", "HK"]))
def test_nothing_that_is_typed_breaks_the_reading(typed: str, region: str) -> None:
    reading = rules.read(typed, region=region)
    assert reading.refused or reading.e164.startswith("+")
    rules.fragment_of(typed)
