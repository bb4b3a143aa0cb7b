"""Who pays for each line: the customer, the brand or the outlet, with the clause behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from guiju.standing.warranty import rules
from guiju.standing.warranty.rules import Cost, Coverage, Earlier, Paid, Payer, Promise, Proof
from tests.standing.warranty.test_rules import FACTS

SOLD = date(2024, 3, 1)
PROMISED = (
    *(Promise(cost, "", 12, "TG-4 [S][17] CN-1995") for cost in Cost),
    Promise(Cost.PARTS, "COMPRESSOR", 36, "TG-5 [G] CN-1995"), Promise(Cost.LABOUR, "COMPRESSOR", 36, "TG-5 [G] CN-1995"),
)  # fmt: skip
OLD = replace(FACTS, purchased_on=SOLD, on=date(2025, 9, 1), promises=PROMISED, cause="WEAR", part_class="COMPRESSOR")


def paid(facts: rules.Facts, cost: Cost, part_class: str = "", **more: object) -> Paid:
    verdict = rules.decide(facts)
    return rules.who_pays(verdict.covers, cost, part_class, decided=verdict.outcome, **more)  # type: ignore[arg-type]


@pytest.mark.shows("B03", "B04")
def test_a_main_part_and_its_labour_are_the_brands_and_the_way_is_the_customers() -> None:
    part = paid(OLD, Cost.PARTS, "COMPRESSOR")
    assert (part.payer, part.coverage, part.proof.source) == (Payer.BRAND, Coverage.IN_WARRANTY, "TG-5 [G] CN-1995")
    assert paid(OLD, Cost.LABOUR, "COMPRESSOR").payer == Payer.BRAND
    assert paid(OLD, Cost.PARTS, "").payer == Payer.CUSTOMER, "another part is no main part"
    assert paid(OLD, Cost.PARTS, "MOTOR").payer == Payer.CUSTOMER
    assert paid(OLD, Cost.TRAVEL, "COMPRESSOR").payer == Payer.CUSTOMER
    new = replace(OLD, on=date(2024, 9, 1))
    assert [paid(new, cost).payer for cost in Cost] == [Payer.BRAND] * 3


@pytest.mark.shows("B05")
def test_misuse_is_the_customers_whatever_is_promised() -> None:
    misused = replace(OLD, cause="MISUSE")
    assert {paid(misused, cost, "COMPRESSOR").payer for cost in Cost} == {Payer.CUSTOMER}


@pytest.mark.shows("TG-11", "WO-11")
def test_a_repair_that_did_not_hold_is_paid_by_who_made_it() -> None:
    again = replace(
        OLD, fault_family="COOLING", earlier=(Earlier("WO-1", "COOLING", date(2025, 8, 1), date(2025, 10, 30)),), part_class=""
    )  # fmt: skip
    labour = paid(again, Cost.LABOUR)
    assert (labour.payer, labour.coverage, labour.proof.source) == (Payer.OUTLET, Coverage.REPAIR_WARRANTY, "TG-11")
    assert "WO-1" in str(labour.proof.said)


def test_a_managers_word_stands_over_the_verdict() -> None:
    said = Proof(rules.decide(OLD).because[0], holds=True)
    kind = rules.who_pays((), Cost.PARTS, "", decided=Coverage.GOODWILL, said=said)
    assert (kind.payer, kind.is_free) == (Payer.OUTLET, True)
    assert rules.who_pays((), Cost.LABOUR, "", decided=Coverage.OUT_OF_WARRANTY).payer == Payer.CUSTOMER
    assert rules.who_pays((), Cost.LABOUR, "", decided=Coverage.CONTRACT).payer == Payer.BRAND


@pytest.mark.shows("WTY-6")
def test_what_was_kept_reads_as_it_was_written() -> None:
    for cost in Cost:
        line = paid(OLD, cost, "COMPRESSOR")
        assert Paid.from_json(line.to_json()) == line
