"""Laws as files: what a place says, what a promise may add, and what no promise may take away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Invalid, NotAllowed
from guiju.standing.catalogue.models import Appliance, ProductLine
from guiju.standing.people.models import Unit
from guiju.standing.policy import actions as policy
from guiju.standing.warranty import actions as warranty
from guiju.standing.warranty import queries, rules
from guiju.standing.warranty.models import GuaranteeProfile
from guiju.standing.warranty.rules import Cost, Coverage, Remedy
from tests.cast import NOON

Machines = Callable[..., Appliance]
TODAY = date(2026, 11, 2)
PROPOSED = (Path(warranty.__file__).parent / "data" / "proposed" / "CN-2024.toml").read_text(encoding="utf-8")
HAINAN = """
jurisdiction = "CN-46"
version = "CN-46-1"
names = { en = "Hainan" }
starts_on = 2020-01-01
source = "a test"

[figures]
max_repair_days = { value = 3, clause = "H-1" }
"""


def law(place: str, on: date = TODAY) -> rules.Law:
    return rules.law_of(place, queries.shipped(), on=on)


@pytest.mark.shows("TG-1", "TG-9", "EX-4", "EX-6")
def test_each_place_has_its_own_law_and_the_nations_for_the_rest() -> None:
    table = {
        "CN-44": (30, None, Decimal("0.05"), None, {Remedy.EXCHANGE}),
        "CN-33": (5, 35, Decimal(0), None, {Remedy.LOANER}),
        "CN-37": (30, None, Decimal("0.05"), None, {Remedy.EXCHANGE, Remedy.REFUND}),
        "CN-11": (30, None, Decimal("0.05"), 6, {Remedy.EXCHANGE}),
        "CN-31": (30, None, Decimal("0.05"), 6, {Remedy.EXCHANGE}),
    }
    names = (
        "max_repair_days",
        "cumulative_repair_days",
        "depreciation_percent_day",
        "fallback_months",
        "late_remedies",
    )
    for place, figures in table.items():
        assert tuple(law(place).figure(name).value for name in names) == figures, place
        assert law(place).figure("return_days").value == 7
    assert law("CN-33").figure("max_repair_days").source == "4.2 CN-33 [V][15] CN-33-1"
    assert law("CN-33").version == "CN-33-1+CN-1995"
    assert law("TW").figure("return_days").value is None, "no law is made up for a place that has no file"
    assert law("CN", on=date(1990, 1, 1)).version == ""


@pytest.mark.shows("B04", "TG-5")
def test_a_main_part_is_promised_for_longer_than_the_rest(television: Machines) -> None:
    machine = television(date(2024, 3, 1))
    two_years_on = queries.judge(machine, cause="PRODUCT_DEFECT", part_class="LCD-PANEL", on=date(2026, 3, 2))
    assert (two_years_on.outcome, two_years_on.ends_on) == (Coverage.IN_WARRANTY, date(2027, 3, 1))
    assert two_years_on.cover(Cost.TRAVEL, "LCD-PANEL").outcome == Coverage.OUT_OF_WARRANTY
    other = queries.judge(machine, cause="PRODUCT_DEFECT", part_class="SPEAKER", on=date(2026, 3, 2))
    assert other.outcome == Coverage.OUT_OF_WARRANTY
    unseen = queries.judge(machine, on=date(2026, 3, 2))
    assert unseen.outcome == Coverage.OUT_OF_WARRANTY
    assert "28 Feb 2027" in str(unseen.because[-1]), "the counter hears that a main part may still be free"


@pytest.mark.shows("WTY-5")
def test_of_law_and_promise_the_kinder_counts(fs01_unit: Unit, nie: Actor) -> None:
    def told(name: str) -> object:
        return queries.figure(name, unit=fs01_unit, on=TODAY).value

    assert (told("return_days"), told("max_repair_days"), told("repair_warranty_days")) == (7, 30, 90)
    for key, value in (("warranty.return_days", 30), ("warranty.max_repair_days_repairer", 10)):
        policy.set_value(key=key, unit=None, value=value, starts_on=TODAY, reason="better", by=nie, at=NOON)
    assert (told("return_days"), told("max_repair_days")) == (30, 10)
    assert "warranty.return_days@brand" in queries.figure("return_days", unit=fs01_unit, on=TODAY).source


@pytest.mark.shows("WTY-5")
@pytest.mark.parametrize(
    ("less", "what"),
    [
        ({"whole_unit_months": 11}, "12 months"),
        ({"months": {"TRAVEL": 6}}, "Travel"),
        ({"parts": {"LCD-PANEL": 24}}, "36 months"),
        ({"excluded_causes": ["MISUSE", "WEAR"]}, "WEAR"),
    ],
)
def test_terms_never_give_less_than_the_law(
    tv_line: ProductLine, fs01_unit: Unit, nie: Actor, less: dict[str, object], what: str
) -> None:
    with pytest.raises(warranty.LessThanTheLaw) as refused:
        warranty.set_terms(line=tv_line, version="LESS", starts_on=TODAY, by=nie, at=NOON, **less)
    assert what in " ".join(str(each) for each in refused.value.because)
    more = {
        "whole_unit_months": 24,
        "months": {"TRAVEL": 12},
        "parts": {"LCD-PANEL": 60},
        "excluded_causes": ["MISUSE"],
    }
    assert warranty.set_terms(line=tv_line, version="MORE", starts_on=TODAY, by=nie, at=NOON, **more).parts


@pytest.mark.shows("B02", "TG-18")
def test_a_law_is_added_by_a_file_and_no_code(television: Machines, nie: Actor, xu: Actor) -> None:
    machine = television(date(2024, 8, 1), installed_on=date(2024, 8, 20))
    assert queries.judge(machine, on=TODAY).ends_on == date(2025, 8, 1)
    with pytest.raises(NotAllowed):
        warranty.adopt_profile(PROPOSED, reason="counsel", by=xu, at=NOON)
    warranty.adopt_profile(PROPOSED, reason="counsel's letter of 2 November", by=nie, at=NOON)
    judged = queries.judge(machine, on=TODAY)
    assert (judged.ends_on, judged.version) == (date(2025, 8, 20), "CN-2024+CN-1995")
    assert queries.judge(television(date(2024, 3, 1), installed_on=date(2024, 3, 9)), on=TODAY).version == "CN-1995"
    with pytest.raises(warranty.ProfileKnown):
        warranty.adopt_profile(PROPOSED, reason="again", by=nie, at=NOON)
    warranty.adopt_profile(HAINAN, reason="counsel", by=nie, at=NOON)
    assert rules.law_of("CN-46", queries.profiles(), on=TODAY).figure("max_repair_days").value == 3


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("= nothing", "Invalid"),
        ('version = "X"', "jurisdiction"),
        (HAINAN.replace("max_repair_days", "max_repair_hours"), "max_repair_hours"),
        (HAINAN.replace("value = 3", 'value = "three"'), "max_repair_days"),
        (HAINAN + "repair_warranty_days = { value = 29 }", "at least 30"),
        (HAINAN.replace("2020-01-01", '"soon"'), "starts_on"),
        (HAINAN + '[[line]]\nlines = ["TV"]\n', "TV"),
        (HAINAN.replace("CN-46-1", "CN-1995"), "in the book"),
    ],
)
def test_a_file_that_is_no_law_says_why(db: None, nie: Actor, content: str, what: str) -> None:
    with pytest.raises((warranty.NoProfile, warranty.ProfileKnown)) as refused:
        warranty.adopt_profile(content, reason="counsel", by=nie, at=NOON)
    assert what in " ".join([str(refused.value), *map(str, refused.value.because)])
    assert not GuaranteeProfile.objects.exists()


def test_a_law_is_adopted_for_a_reason(db: None, nie: Actor) -> None:
    with pytest.raises(Invalid):
        warranty.adopt_profile(HAINAN, reason=" ", by=nie, at=NOON)
