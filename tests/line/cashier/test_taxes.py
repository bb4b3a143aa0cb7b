"""Value added tax inside the prices: each charge at the rate of its kind and day, and the parts sum to the whole."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from guiju.kernel.refusing import broken_constraints
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.cashier.models import Bill, BillLine
from guiju.line.cashier.queries.taxes import the_tax_of_a_bill_is_that_of_its_rates
from guiju.line.cashier.rules import Method, taxes
from guiju.oversight.papers.queries import outcomes
from guiju.oversight.papers.queries.shared import Print
from guiju.oversight.papers.rules import DoesNotAddUp
from guiju.oversight.reports.queries import cash
from guiju.standing.policy import actions as policy
from tests.line import stages
from tests.line.cast_line import Shop

RATES = st.sampled_from([0, 100, 300, 600, 900, 1300, 10_000])
LINES = st.lists(st.tuples(st.integers(0, 10**9), RATES), min_size=1, max_size=8)


@given(lines=LINES, share=st.integers(0, 100))
def test_whatever_is_charged_the_parts_sum_to_the_whole(lines: list[tuple[int, int]], share: int) -> None:
    amounts, rates = [amount for amount, _ in lines], [rate for _, rate in lines]
    discount = sum(amounts) * share // 100
    made = taxes.split(amounts, rates, discount_minor=discount)
    assert sum(each.off_minor for each in made) == discount
    sums = taxes.by_rate(
        (each.rate_bp, amount - each.off_minor, each.tax_minor) for amount, each in zip(amounts, made, strict=True)
    )
    assert sum(each.gross_minor for each in sums) == sum(amounts) - discount
    for each in sums:
        assert each.tax_minor == taxes.tax_within(each.gross_minor, each.rate_bp)
    for amount, each in zip(amounts, made, strict=True):
        left = amount - each.off_minor
        assert 0 <= each.tax_minor <= left
        # As the database asks of every line.
        assert abs(each.tax_minor * (10_000 + each.rate_bp) - left * each.rate_bp) <= 2 * (10_000 + each.rate_bp)


def test_the_sum_that_the_page_explains() -> None:
    made = taxes.split([8000, 38100], [1300, 1300], discount_minor=0)
    assert [each.tax_minor for each in made] == [920, 4384]
    assert (taxes.tax_within(46100, 1300), taxes.Taxed(1300, 40796, 5304).rate, taxes.Taxed(50, 0, 0).rate) == (
        5304, "13%", "0.5%",
    )  # fmt: skip


def rate(shop: Shop, kind: str, percent: str) -> None:
    """Finance sets another rate for the outlet, from today on."""
    today = shop.unit.day(shop.now)
    policy.set_value(
        f"tax.vat.{kind}", value=Decimal(percent), unit=shop.unit, starts_on=today, reason="The law", by=shop.actor("fang"),
        at=shop.later(),
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.both_databases
@pytest.mark.shows("G-7")
def test_a_bill_keeps_the_rates_of_its_day_and_says_them_everywhere(shop: Shop) -> None:
    bill = stages.a_bill(shop, stages.a_ready_order(shop))
    assert [(each.rate, each.gross_minor, each.tax_minor) for each in queries.taxed(bill.lines.all())] == [
        ("13%", 46000, 5292)
    ]
    rate(shop, "labour", "0")
    rate(shop, "part", "1")
    later = stages.a_bill(shop, stages.a_ready_order(shop))
    assert [(each.rate, each.net_minor, each.tax_minor) for each in queries.taxed(later.lines.all())] == [
        ("1%", 37624, 376), ("0%", 8000, 0),
    ]  # fmt: skip
    assert [(each.rate, each.tax_minor) for each in queries.taxed(Bill.objects.get(pk=bill.pk).lines.all())] == [
        ("13%", 5292)
    ]
    assert bill.tax_version != later.tax_version
    assert later.tax_version.count(";") == 1
    stages.an_open_till(shop)
    cashier.take_payment(later, method=Method.CASH, amount_minor=46000, by=shop.actor("cai"), at=shop.later())
    with override("en"):
        paper = outcomes.receipt(later.order, Print("https://x/", "cai", shop.now))
    assert paper is not None
    assert [(each.rate, each.net_minor, each.tax_minor) for each in paper.taxes] == [("1%", 37624, 376), ("", 8000, 0)]
    with pytest.raises(DoesNotAddUp):
        dataclasses.replace(paper, taxes=paper.taxes[:1])
    span = cash.span_of(shop.unit, shop.unit.day(shop.now))
    rows = list(queries.charged(shop.unit, since=span[0], until=span[1], by=shop.actor("fang")))
    assert [(each.bill, each.taxed.rate) for each in rows] == [
        (bill.number, "13%"),
        (later.number, "1%"),
        (later.number, "0%"),
    ]
    told = cash.cash_figures(shop.unit, shop.unit.day(shop.now), cash.cash_cuts())["taxes"]
    assert [(each["rate_bp"], each["tax_minor"]) for each in told] == [(1300, 5292), (100, 376), (0, 0)]
    assert list(the_tax_of_a_bill_is_that_of_its_rates()) == []


@pytest.mark.django_db
@pytest.mark.both_databases
@pytest.mark.shows("G-7")
def test_the_database_refuses_a_tax_that_is_not_of_its_rate(shop: Shop) -> None:
    bill = stages.a_bill(shop, stages.a_ready_order(shop))
    line = bill.lines.order_by("pk")[0]
    for sentence, changed in (
        ("the_tax_of_a_bill_line_is_of_its_rate", {"tax_minor": line.tax_minor + 3}),
        ("a_bill_line_is_net_and_tax_and_discount", {"rate_bp": None}),
        ("a_bill_line_is_net_and_tax_and_discount", {"off_minor": -1}),
    ):
        row = {
            each.attname: getattr(line, each.attname) for each in BillLine._meta.concrete_fields if each.name != "id"
        }
        with pytest.raises(IntegrityError) as broken, transaction.atomic():
            BillLine.objects.create(**row | {"quote_line_id": None} | changed)
        assert sentence in broken_constraints(broken.value), changed
