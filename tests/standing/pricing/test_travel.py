"""What a visit costs: the call-out and the remote fee, each once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as some

from guiju.kernel.actor import Actor
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.people.models import Unit
from guiju.standing.policy import actions as policy
from guiju.standing.pricing import actions as pricing
from guiju.standing.pricing import queries
from guiju.standing.pricing.models import PriceList
from guiju.standing.pricing.rules.travel import Charge, RemoteRule, Zone, remote_fee_minor, visit_charges
from tests.cast import NOON
from tests.standing.pricing.conftest import TODAY, shown

CITY, RURAL = RemoteRule(Zone.CITY, 20, 200), RemoteRule(Zone.RURAL, 10, 200)


@pytest.mark.shows("EX-8")
def test_two_appliances_27_kilometres_away_in_the_country_cost_the_remote_fee_once() -> None:
    charges = visit_charges(RURAL, metres=27_400, appliances=2, call_out_minor=3000)
    assert [(each.charge, each.amount_minor) for each in charges] == [(Charge.CALL_OUT, 3000), (Charge.REMOTE, 3480)]
    assert str(charges[1].because) == (
        "27.4 km one way less 10 km that cost nothing: 17.4 km at 2.00 CNY, once for the visit."
    )
    # The second job of the same visit is charged with neither.
    assert visit_charges(RURAL, metres=27_400, call_out_minor=3000, charged=frozenset(Charge)) == []


@pytest.mark.shows("EX-9")
def test_eighteen_kilometres_in_the_city_cost_nothing() -> None:
    (only,) = visit_charges(CITY, metres=18_000)
    assert (only.charge, only.amount_minor) == (Charge.REMOTE, 0)
    assert str(only.because) == "18 km one way: the first 20 km cost nothing."


def test_half_a_fen_is_rounded_up_and_a_cap_ends_it() -> None:
    assert remote_fee_minor(RemoteRule(Zone.CITY, 0, 101), 1_005) == 102
    assert remote_fee_minor(RemoteRule(Zone.CITY, 0, 100), 1_005) == 101
    assert remote_fee_minor(RemoteRule(Zone.RURAL, 10, 200, 3000), 27_400) == 3000


@pytest.mark.parametrize("odd", [{"metres": -1}, {"metres": 5_000_001}, {"metres": 1, "appliances": 0}])
def test_what_is_no_distance_and_no_visit_is_not_reckoned(odd: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="metres"):
        visit_charges(CITY, **odd)


@given(some.integers(0, 5_000_000), some.integers(0, 5_000_000), some.integers(1, 9), some.sampled_from([CITY, RURAL]))
def test_farther_is_never_cheaper_and_more_appliances_never_dearer(
    one: int, other: int, appliances: int, rule: RemoteRule
) -> None:
    near, far = sorted((one, other))
    assert 0 <= remote_fee_minor(rule, near) <= remote_fee_minor(rule, far)
    assert visit_charges(rule, metres=far, appliances=appliances) == visit_charges(rule, metres=far)


@pytest.mark.shows("EX-8", "PRC-4")
def test_the_figures_of_the_place_and_the_list_in_force_say_what_a_visit_costs(
    draft: Callable[..., PriceList], fs01_unit: Unit, sd_unit: Unit, nie: Actor, xu: Actor
) -> None:
    item = catalogue.add_service_item(code="CALL-OUT", names={"en": "Call-out"}, kind="CALL_OUT", by=nie, at=NOON)
    asked = {"zone": Zone.RURAL, "metres": 27_400, "appliances": 2}
    assert queries.visit(fs01_unit, TODAY, **asked).total_minor == 3480  # type: ignore[arg-type]
    listed = draft()
    pricing.add_line(listed, item=item, min_minor=3000, unit="per visit", by=nie, at=NOON)
    shown(listed, by=nie, and_by=xu)
    assert queries.visit(fs01_unit, TODAY, **asked).total_minor == 6480  # type: ignore[arg-type]
    policy.set_value(
        "remote.free_km.RURAL", unit=sd_unit, value=25, starts_on=TODAY, reason="The region is wide", by=nie, at=NOON
    )
    visit = queries.visit(fs01_unit, TODAY, **asked)  # type: ignore[arg-type]
    assert visit.total_minor == 3000 + 480
    assert visit.rule.version
