"""What the customer may have beside a repair, and what a refund comes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from guiju.kernel.actor import Actor
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import Appliance
from guiju.standing.warranty import actions as warranty
from guiju.standing.warranty import queries, rules
from guiju.standing.warranty.rules import Break, Cost, Coverage, Done, Figures, Ground, History, Remedy, Told
from tests.cast import NOON
from tests.standing.warranty.test_rules import DAYS, FACTS

Machines = Callable[..., Appliance]
SOLD = date(2024, 3, 1)


def figures(place: str) -> Figures:
    law = rules.law_of(place, queries.shipped(), on=SOLD)
    return Figures({name: law.figure(name) for name in rules.FIGURES})


HISTORY = History(on=SOLD + timedelta(days=100), starts_on=SOLD, is_covered=True)


def grounds(history: History, place: str = "CN-44") -> list[Ground]:
    return [each.ground for each in rules.rights(history, figures(place))]


@pytest.mark.shows("TG-1", "TG-2")
@pytest.mark.parametrize(
    ("days", "ground"),
    [(0, Ground.RETURN_7D), (7, Ground.RETURN_7D), (8, Ground.EXCHANGE_15D), (15, Ground.EXCHANGE_15D)],
)
def test_in_the_first_days_the_customer_chooses(days: int, ground: Ground) -> None:
    (right,) = rules.rights(replace(HISTORY, on=SOLD + timedelta(days=days)), figures("CN-44"))
    assert (right.ground, right.proof.holds) == (ground, None)
    assert grounds(replace(HISTORY, on=SOLD + timedelta(days=16))) == []
    assert grounds(replace(HISTORY, on=SOLD + timedelta(days=days), is_covered=False)) == []


@pytest.mark.shows("EX-2", "TG-6", "WTY-3", "B08")
def test_two_repairs_of_one_fault_and_it_is_back() -> None:
    one = Done("WO-1", "PICTURE", date(2024, 4, 1), counts=True)
    two = Done("WO-2", "PICTURE", date(2024, 5, 1), counts=True)
    (right,) = rules.rights(replace(HISTORY, done=(one, two), fault_families=frozenset({"PICTURE"})), figures("CN-44"))
    assert (right.ground, right.remedies, right.proof.holds) == (
        Ground.TWO_REPAIRS, (Remedy.EXCHANGE, Remedy.REFUND), True,
    )  # fmt: skip
    assert ["WO-1" in str(right.proof.because[0].said), "WO-2" in str(right.proof.because[1].said)] == [True, True]
    (unseen,) = rules.rights(replace(HISTORY, done=(one, two)), figures("CN-44"))
    assert (unseen.proof.holds, len(unseen.proof.unless)) == (None, 1)
    for missing in (
        (one,), (one, replace(two, counts=False)), (one, replace(two, fault_family="SOUND")), (one, replace(two, fault_family="")),
    ):  # fmt: skip
        assert grounds(replace(HISTORY, done=missing)) == []
    assert grounds(replace(HISTORY, done=(one, two), fault_families=frozenset({"SOUND"}))) == []


@pytest.mark.shows("EX-5", "TG-10")
def test_the_producer_has_ninety_days_for_a_part() -> None:
    waiting = replace(HISTORY, starts_on=date(2024, 12, 1), received_on=date(2025, 1, 2), waits_for_part=True)
    assert grounds(replace(waiting, on=date(2025, 4, 2))) == []
    (right,) = rules.rights(replace(waiting, on=date(2025, 4, 3)), figures("CN-44"))
    assert (right.ground, right.proof.source) == (Ground.PARTS_90D, "TG-10 [S][18] CN-1995")
    assert grounds(replace(waiting, on=date(2025, 4, 3), waits_for_part=False)) == [Ground.REPAIRER_30D]


@pytest.mark.shows("EX-6", "TG-9")
def test_zhejiang_lends_one_after_five_days_and_counts_days_together() -> None:
    here = replace(HISTORY, starts_on=date(2025, 1, 1), received_on=date(2025, 5, 1))
    assert grounds(replace(here, on=date(2025, 5, 5)), "CN-33") == []
    assert grounds(replace(here, on=date(2025, 5, 6)), "CN-33") == [Ground.LOANER]
    assert grounds(replace(here, on=date(2025, 5, 31)), "CN-44") == []
    assert grounds(replace(here, on=date(2025, 6, 1)), "CN-44") == [Ground.REPAIRER_30D]
    long = (Break(date(2025, 2, 1), date(2025, 3, 4)), Break(date(2025, 5, 1), None))
    assert grounds(replace(here, on=date(2025, 5, 5), breaks=long), "CN-33") == []
    assert grounds(replace(here, on=date(2025, 5, 6), breaks=long), "CN-33") == [Ground.LOANER, Ground.CUMULATIVE_DAYS]


@pytest.mark.shows("EX-4", "TG-15")
def test_a_refund_takes_off_the_days_of_use_where_the_law_lets_it() -> None:
    bought = date(2024, 1, 1)
    said = {
        "bought_on": bought,
        "on": bought + timedelta(days=200),
        "breaks": (Break(date(2024, 3, 1), date(2024, 3, 21)),),
    }
    china = rules.refund(300_000, percent_day=figures("CN-44")["depreciation_percent_day"], **said)
    assert (china.days_used, china.deduction_minor, china.refund_minor) == (180, 27_000, 273_000)
    zhejiang = rules.refund(300_000, percent_day=figures("CN-33")["depreciation_percent_day"], **said)
    assert (zhejiang.deduction_minor, zhejiang.refund_minor) == (0, 300_000)
    assert (
        rules.refund(100, bought_on=bought, on=date(2060, 1, 1), breaks=(), percent_day=Told(Decimal(100))).refund_minor
        == 0
    )


@pytest.mark.shows("EX-3", "WTY-2", "B10", "B13")
def test_an_exchange_starts_everything_anew(television: Machines, lin: Actor, clock: Actor) -> None:
    old = television(date(2024, 3, 1), serial="OLD-1", invoice_no="F-1", invoice_minor=300_000)
    warranty.open_pause(old, order_number="WO-1", cause="IN_REPAIR", starts_on=date(2024, 8, 1), by=clock, at=NOON)
    new = catalogue.replace_appliance(old, serial="NEW-1", by=lin, at=NOON)
    assert (new.replaces, new.serial, old.serial, new.invoice_no) == (old, "NEW-1", "OLD-1", "F-1")
    type(new).objects.filter(pk=new.pk).update(replaced_on=date(2024, 9, 15))
    new.refresh_from_db()
    judged = queries.judge(new, on=date(2024, 10, 1))
    assert judged.ends_on == date(2025, 9, 15)
    assert judged.cover(Cost.PARTS, "MAIN-BOARD").ends_on == date(2027, 9, 15)
    with pytest.raises(catalogue.AlreadyReplaced):
        catalogue.replace_appliance(old, serial="NEW-2", by=lin, at=NOON)
    with pytest.raises(catalogue.SerialUnreadable):
        catalogue.replace_appliance(new, serial=" ", by=lin, at=NOON)


@pytest.mark.shows("EX-2")
def test_rights_come_from_the_repairs_in_the_book(
    television: Machines, clock: Actor, django_assert_num_queries: Any
) -> None:
    machine = television(date(2024, 3, 1))
    for number, cause in (("WO-1", "PRODUCT_DEFECT"), ("WO-2", "MISUSE"), ("WO-3", "WEAR"), ("WO-1", "WEAR")):
        warranty.record_repair(
            machine, order_number=number, fault_family="PICTURE", cause=cause, received_on=date(2024, 4, 1),
            handed_over_on=date(2024, 4, 3), by=clock, at=NOON,
        )  # fmt: skip
    (right,) = queries.consider(machine, on=date(2024, 6, 1), fault_families=["PICTURE"]).rights
    assert (right.ground, len(right.proof.because)) == (Ground.TWO_REPAIRS, 2)
    assert queries.consider(machine, on=date(2025, 6, 1)).rights == ()
    with django_assert_num_queries(4):
        queries.consider(machine, on=date(2024, 6, 1))


@pytest.mark.shows("B09")
def test_rework_keeps_the_promise_and_begins_none(television: Machines, clock: Actor) -> None:
    machine = television()
    said = {"fault_family": "PICTURE", "by": clock, "at": NOON}
    first = warranty.start_repair_warranty(
        machine, order_number="WO-1", handed_over_on=date(2025, 1, 1), days=90, **said
    )
    early = warranty.start_repair_warranty(
        machine, order_number="WO-2", handed_over_on=date(2025, 1, 20), days=90, continues="WO-1", **said
    )
    assert early.ends_on == first.ends_on
    late = warranty.start_repair_warranty(
        machine, order_number="WO-3", handed_over_on=date(2025, 3, 25), days=90, continues="WO-1", **said
    )
    assert late.days == 30, "the law's thirty days hold for the rework too"


@pytest.mark.shows("WTY-6")
@given(
    on=DAYS, sold=some.none() | DAYS, cause=some.sampled_from(["", "MISUSE", "WEAR"]),
    breaks=some.lists(some.tuples(DAYS, some.none() | DAYS), max_size=4), proof=some.booleans(),
)  # fmt: skip
def test_the_same_facts_always_give_the_same_tree(
    on: date, sold: date | None, cause: str, breaks: list[tuple[date, date | None]], proof: bool
) -> None:
    told = [Break(first, last if last is None else max(first, last)) for first, last in breaks]
    facts = replace(
        FACTS, on=on, purchased_on=sold, cause=cause, breaks=told, has_proof=proof, proof_required=Told(proof, "TG-14")
    )
    verdict = rules.decide(facts)
    again = rules.decide(rules.Facts.from_plain(verdict.facts))
    assert [each.to_json() for each in again.covers] == [each.to_json() for each in verdict.covers]
    assert again.because == verdict.because
    for cover in verdict.covers:
        assert rules.Cover.from_json(cover.to_json()) == cover
    assert (verdict.outcome == Coverage.UNDETERMINED) == (cause != "MISUSE" and (sold is None or on < sold)), (
        "it is unknown exactly when the day of the sale is"
    )


@pytest.mark.shows("WTY-1")
@given(months=some.integers(1, 60), breaks=some.lists(some.tuples(DAYS, some.integers(0, 90)), max_size=6))
def test_the_clock_agrees_with_one_that_counts_day_by_day(months: int, breaks: list[tuple[date, int]]) -> None:
    spans = [Break(first, first + timedelta(days=length)) for first, length in breaks]
    away = {each.starts_on + timedelta(days=n) for each in spans for n in range((each.ends_on - each.starts_on).days)}
    # Slowly: every day that the owner has the appliance uses up a day of the promise, and one without it does not.
    left = (rules.add_months(SOLD, months) - SOLD).days
    day = SOLD
    while left:
        left -= day not in away
        day += timedelta(days=1)
    assert rules.guarantee_ends_on(SOLD, months=months, breaks=spans, on=SOLD) == day
