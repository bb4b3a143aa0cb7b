"""The arithmetic of warranties, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from guiju.standing.warranty.rules import (
    Break,
    Cost,
    Coverage,
    Earlier,
    Facts,
    Promise,
    StartsBy,
    Told,
    add_months,
    decide,
    guarantee_ends_on,
    repair_warranty_ends_on,
)

SOLD = date(2024, 3, 1)
FACTS = Facts(
    on=date(2024, 9, 1),
    purchased_on=SOLD,
    starts_by=Told(StartsBy.INVOICE, "TG-3"),
    promises=tuple(Promise(cost, "", 12, "TV-1") for cost in Cost),
    excluded_causes=Told(frozenset({"MISUSE"}), "TG-14"),
    version="TV-1",
)
EX_1 = (Break(date(2024, 6, 10), date(2024, 6, 20)), Break(date(2024, 11, 1), date(2024, 11, 25)))
DAYS = some.dates(date(2024, 1, 1), date(2026, 12, 31))


@pytest.mark.shows("EX-1", "WTY-1", "TG-7")
def test_days_without_the_appliance_are_added() -> None:
    assert guarantee_ends_on(SOLD, months=12, breaks=(), on=SOLD) == date(2025, 3, 1)
    assert guarantee_ends_on(SOLD, months=12, breaks=EX_1, on=SOLD) == date(2025, 4, 4)
    last = decide(replace(FACTS, breaks=EX_1, on=date(2025, 4, 3)))
    over = decide(replace(FACTS, breaks=EX_1, on=date(2025, 4, 4)))
    assert (last.outcome, over.outcome) == (Coverage.IN_WARRANTY, Coverage.OUT_OF_WARRANTY)
    assert "3 Apr 2025" in str(last.because[0])


@pytest.mark.shows("EX-7", "S6-42")
def test_a_repair_warranty_ends_after_its_days() -> None:
    assert repair_warranty_ends_on(date(2025, 2, 10), days=90) == date(2025, 5, 11)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 3, 1), 12, date(2025, 3, 1)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2024, 1, 31), 1, date(2024, 3, 1)),
        (date(2024, 12, 31), 2, date(2025, 3, 1)),
        (date(2024, 11, 30), 1, date(2024, 12, 30)),
        (date(2024, 12, 31), 12, date(2025, 12, 31)),
    ],
)
def test_a_month_that_lacks_the_day_ends_in_the_customers_favour(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


@pytest.mark.shows("WTY-1")
def test_a_day_that_two_breaks_share_is_added_once() -> None:
    both = (Break(date(2024, 6, 10), date(2024, 6, 20)), Break(date(2024, 6, 15), date(2024, 6, 25)))
    assert guarantee_ends_on(SOLD, months=12, breaks=both, on=SOLD) == date(2025, 3, 16)
    inside = (Break(date(2024, 6, 10), date(2024, 6, 20)), Break(date(2024, 6, 12), date(2024, 6, 14)))
    assert guarantee_ends_on(SOLD, months=12, breaks=inside, on=SOLD) == date(2025, 3, 11)


def test_a_break_after_the_end_adds_nothing_and_an_open_one_lasts_until_today() -> None:
    late = (Break(date(2025, 3, 1), date(2025, 3, 11)),)
    assert guarantee_ends_on(SOLD, months=12, breaks=late, on=SOLD) == date(2025, 3, 1)
    still = (Break(date(2025, 2, 28), None),)
    assert guarantee_ends_on(SOLD, months=12, breaks=still, on=date(2025, 3, 10)) == date(2025, 3, 11)


@pytest.mark.shows("B06")
def test_every_verdict_has_its_reason_and_version() -> None:
    promise = Earlier("WO-1", "PICTURE", date(2025, 2, 10), date(2025, 5, 11))
    cases = [
        (FACTS, Coverage.IN_WARRANTY, "lasts to 28 Feb 2025"),
        (replace(FACTS, cause="PRODUCT_DEFECT"), Coverage.IN_WARRANTY, "lasts to"),
        (replace(FACTS, on=date(2025, 3, 1)), Coverage.OUT_OF_WARRANTY, "last day was 28 Feb 2025"),
        (replace(FACTS, cause="MISUSE"), Coverage.OUT_OF_WARRANTY, "excludes"),
        (replace(FACTS, purchased_on=None), Coverage.UNDETERMINED, "invoice"),
        (replace(FACTS, on=date(2024, 2, 1)), Coverage.UNDETERMINED, "future"),
        (
            replace(FACTS, on=date(2025, 5, 10), earlier=(promise,), fault_family="PICTURE"),
            Coverage.REPAIR_WARRANTY,
            "WO-1",
        ),
        (
            replace(FACTS, on=date(2025, 5, 11), earlier=(promise,), fault_family="PICTURE"),
            Coverage.OUT_OF_WARRANTY,
            "ended",
        ),
        (
            replace(FACTS, on=date(2025, 5, 10), earlier=(promise,), fault_family="SOUND"),
            Coverage.OUT_OF_WARRANTY,
            "ended",
        ),
        (replace(FACTS, on=date(2025, 5, 10), earlier=(promise,)), Coverage.OUT_OF_WARRANTY, "ended"),
        (
            replace(FACTS, on=date(2025, 5, 10), earlier=(promise,), fault_family="PICTURE", cause="MISUSE"),
            Coverage.OUT_OF_WARRANTY,
            "excludes",
        ),
    ]
    for facts, outcome, reason in cases:
        verdict = decide(facts)
        assert (verdict.outcome, verdict.version) == (outcome, "TV-1"), reason
        assert reason in " ".join(map(str, verdict.because))


def test_before_anybody_looked_inside_the_verdict_says_what_would_undo_it() -> None:
    assert "misuse" in str(decide(FACTS).because[-1])
    assert len(decide(replace(FACTS, cause="WEAR")).because) == 1


def test_the_warranty_starts_as_the_terms_say() -> None:
    installed = replace(FACTS, installed_on=date(2024, 5, 1))
    assert decide(installed).ends_on == date(2025, 3, 1)
    by_installation = Told(StartsBy.INSTALLATION, "TG-18")
    assert decide(replace(installed, starts_by=by_installation)).ends_on == date(2025, 5, 1)
    assert decide(replace(FACTS, starts_by=by_installation)).ends_on == date(2025, 3, 1)
    assert decide(replace(installed, purchased_on=None)).ends_on == date(2025, 5, 1)


@pytest.mark.shows("WTY-1")
@given(some.lists(some.tuples(DAYS, some.integers(0, 60)), max_size=8), some.randoms())
def test_the_end_follows_from_the_history_in_whatever_order_it_is_read(
    pairs: list[tuple[date, int]], dice: object
) -> None:
    breaks = [Break(day, day + timedelta(days=length)) for day, length in pairs]
    told = guarantee_ends_on(SOLD, months=12, breaks=breaks, on=SOLD)
    dice.shuffle(breaks)
    assert guarantee_ends_on(SOLD, months=12, breaks=breaks, on=SOLD) == told
    days = {
        each.starts_on + timedelta(days=number)
        for each in breaks
        for number in range((each.ends_on - each.starts_on).days)
    }
    assert date(2025, 3, 1) <= told <= date(2025, 3, 1) + timedelta(days=len(days))
