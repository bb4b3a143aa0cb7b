"""The planning's arithmetic, held against slow plain references, worked figures and what must always be so."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom, poisson

from guiju.readiness.planning.rules import (
    backtest,
    classes,
    compound,
    echelons,
    forecasts,
    levels,
    outlook,
    plain,
    reckoning,
    spread,
)
from guiju.readiness.planning.rules.words import Engine, Kind, Reason

# Of each month what was asked for; nothing known of a month is None.
HISTORIES = st.lists(st.one_of(st.none(), st.just(0.0), st.integers(1, 30).map(float)), min_size=6, max_size=40)


def row(history: Sequence[float | None]) -> forecasts.Matrix:
    return np.array([[np.nan if each is None else each for each in history]], dtype=float)


def slow_croston(history: Sequence[float | None], smoothing: float) -> float:
    """Croston as his paper tells it: at each demand the size and the gap are smoothed."""
    size = gap = None
    since = 0
    for each in history:
        if each is None:
            continue
        since += 1
        if each:
            size = each if size is None else size + smoothing * (each - size)
            gap = float(since) if gap is None else gap + smoothing * (since - gap)
            since = 0
    return size / gap if size and gap else 0.0


def slow_best(values: Sequence[float]) -> float:
    """The smoothing that would have erred least, tried one after the other."""
    best = (math.inf, 0.0)
    for smoothing in forecasts.FITTED:
        level, wrong = values[0], 0.0
        for each in values[1:]:
            wrong += (each - level) ** 2
            level += smoothing * (each - level)
        if wrong < best[0] - 1e-12:
            best = (wrong, level)
    return best[1]


def slow_imapa(history: Sequence[float]) -> float:
    """The mean of the smoothed means of blocks, blocks of one period up to the mean gap; of whole histories."""
    gaps, last = [], -1
    for index, each in enumerate(history):
        if each:
            gaps.append(index - last)
            last = index
    if not gaps:
        return 0.0
    longest = min(round(sum(gaps) / len(gaps)), max(len(history) // 2, 1))
    found = []
    for length in range(1, longest + 1):
        cut = history[len(history) % length :]
        found.append(slow_best([sum(cut[at : at + length]) / length for at in range(0, len(cut), length)]))
    return sum(found) / len(found)


@settings(max_examples=60, deadline=None)
@given(HISTORIES)
def test_whole_stores_are_forecast_as_one_part_after_the_other_would_be(history: list[float | None]) -> None:
    demand = row(history)
    known = [each for each in history if each is not None]
    assert forecasts.ses(demand)[0] == pytest.approx(plain.ses(history))
    assert forecasts.tsb(demand)[0] == pytest.approx(plain.tsb(history))
    assert forecasts.croston(demand)[0] == pytest.approx(slow_croston(history, 0.1))
    assert forecasts.sba(demand)[0] == pytest.approx(slow_croston(history, 0.1) * 0.95)
    assert forecasts.mean(demand)[0] == pytest.approx(sum(known) / len(known) if known else 0)
    assert forecasts.imapa(row(known))[0] == pytest.approx(slow_imapa(known)) if known else True
    assert classes.kinds(demand)[0] == plain.kind(history)
    over = spread.sums(demand, 3)
    variance, counted = spread.variance(over)
    assert (variance[0], counted[0]) == pytest.approx(plain.variance_over(history, 3))


def test_worked_figures() -> None:
    """Counted by hand: two pieces every fourth month."""
    demand = row([0, 0, 0, 2] * 3)
    # Sizes 2, 2, 2; gaps 4, 4, 4.
    assert forecasts.croston(demand)[0] == pytest.approx(0.5)
    assert forecasts.sba(demand)[0] == pytest.approx(0.475)
    assert forecasts.adida(demand)[0] == pytest.approx(0.5)
    assert forecasts.naive(demand)[0] == 2
    assert forecasts.ses(row([0, 0, 10]))[0] == pytest.approx(1.0)
    assert forecasts.moving_average(demand, 4)[0] == pytest.approx(0.5)
    assert forecasts.tsb(row([4, 0]))[0] == pytest.approx(0.9 * 4)


def test_a_month_without_stock_is_not_a_month_without_demand() -> None:
    served = [2.0, 2.0, 2.0, 2.0, 2.0, 2.0]
    lines = [plain.Line(period, 2) for period in range(6) if period not in {3, 4}]
    history = plain.months(lines, 6, unknown=[3, 4])
    assert history == [2.0, 2.0, 2.0, None, None, 2.0]
    for method in (forecasts.mean, forecasts.ses, forecasts.croston, forecasts.imapa, forecasts.tsb):
        assert method(row(history))[0] == pytest.approx(method(row(served))[0])
    # The same months read as nothing would have it fall.
    assert forecasts.ses(row([each or 0.0 for each in history]))[0] < 2


def test_corrections_are_no_demand_and_a_part_starts_when_it_is_kept() -> None:
    lines = [plain.Line(2, 3), plain.Line(2, -1), plain.Line(3, 0), plain.Line(9, 4)]
    assert plain.months(lines, 5, starts=1) == [None, 0.0, 3.0, 0.0, 0.0]


def test_what_came_before_a_part_counts_for_it() -> None:
    histories = {"A1": [3.0, 1.0, None], "A2": [None, 2.0, 1.0], "A3": [None, None, 4.0], "B": [1.0, 0.0, 0.0]}
    chain = {"A1": "A2", "A2": "A3"}
    assert plain.joined(histories, chain) == {"A3": [3.0, 3.0, 5.0], "B": [1.0, 0.0, 0.0]}
    # A chain that bites its tail loses nothing and ends.
    bitten = plain.joined({"X": [1.0], "Y": [2.0]}, {"X": "Y", "Y": "X"})
    assert sum(sum(each or 0 for each in history) for history in bitten.values()) == 3


@pytest.mark.parametrize(
    ("history", "kind"),
    [
        ([2.0] * 12, Kind.SMOOTH),
        ([1.0, 9.0] * 6, Kind.ERRATIC),
        ([0.0, 0.0, 1.0] * 4, Kind.INTERMITTENT),
        ([0.0, 0.0, 1.0, 0.0, 0.0, 9.0] * 2, Kind.LUMPY),
        ([1.0] * 5, Kind.NEW),
        ([0.0] * 30, Kind.NONE),
    ],
)
def test_kinds_of_demand(history: list[float], kind: Kind) -> None:
    assert plain.kind(history) == kind == classes.kinds(row(history))[0]


@settings(max_examples=60, deadline=None)
@given(st.floats(0.01, 60), st.floats(0.5, 30))
def test_quantiles_are_those_of_the_negative_binomial(mean: float, lumpiness: float) -> None:
    variance = mean * lumpiness
    found = spread.quantiles(np.array([mean]), np.array([variance]), outlook.LEVELS)[:, 0]
    if lumpiness > spread.LEAST_SPREAD:
        expected = nbinom.ppf(outlook.LEVELS, mean**2 / (variance - mean), mean / variance)
    else:
        expected = poisson.ppf(outlook.LEVELS, mean)
    walked = expected < spread.STEPS_MAX
    # Where a level falls on a step to the last digit, either side of the step is right.
    assert np.abs(found - expected)[walked].max(initial=0) <= 1
    assert np.allclose(found[~walked], expected[~walked], rtol=0.03)
    assert plain.quantile(mean, variance, 0.95) == pytest.approx(found[outlook.LEVELS.index(0.95)], abs=1)


def test_a_mean_too_large_to_count_to_and_one_of_nothing() -> None:
    found = spread.quantiles(np.array([0.0, 5000.0]), np.array([0.0, 90000.0]), (0.5, 0.99))
    assert found[:, 0].tolist() == [0, 0]
    assert found[:, 1] == pytest.approx([5000, 5000 + 2.326 * 300], rel=0.01)
    assert plain.quantile(5000, 90000, 0.99) == pytest.approx(5698, rel=0.01)


@settings(max_examples=40, deadline=None)
@given(st.floats(0.05, 20), st.floats(0.8, 10), st.integers(0, 30))
def test_what_is_expected_to_be_short_is_the_sum_of_its_chances(mean: float, lumpiness: float, kept: int) -> None:
    variance = mean * lumpiness
    pieces = np.arange(0, 3000)
    if lumpiness > spread.LEAST_SPREAD:
        chance = nbinom.pmf(pieces, mean**2 / (variance - mean), mean / variance)
    else:
        chance = poisson.pmf(pieces, mean)
    slow = float((np.maximum(pieces - kept, 0) * chance).sum())
    fast = spread.expected_short(np.array([mean]), np.array([variance]), np.array([float(kept)]))[0]
    assert fast == pytest.approx(slow, abs=1e-6, rel=1e-6)


def a_store(parts: int = 60, months: int = 48) -> tuple[forecasts.Matrix, forecasts.Row]:
    random = np.random.default_rng(3)
    demand = (random.random((parts, months)) < random.uniform(0.05, 0.6, (parts, 1))) * random.integers(
        1, 5, (parts, months)
    )
    return demand.astype(float), random.lognormal(3, 1.2, parts)


def test_an_outlook_rises_with_the_level_and_a_short_history_leans_on_others() -> None:
    demand, _ = a_store()
    whole = outlook.outlook(demand, 3)
    assert (np.diff(whole.table, axis=0) >= 0).all()
    assert whole.over == pytest.approx(whole.rate * 3)
    new = np.full((2, 48), np.nan)
    new[0, -3:], new[1, -3:] = [0, 0, 1], 0
    groups = np.array(["pumps"] * 60 + ["pumps", "doors"])
    joined = outlook.outlook(np.vstack([demand, new]), 3, groups=groups)
    middle = float(np.median(forecasts.mean(np.vstack([demand, new[:1]]))))
    # One demand in three months, and twelve months' worth of the group.
    assert joined.rate[60] == pytest.approx((1 + 12 * middle) / 15)
    assert joined.rate[61] == 0
    often = (demand > 0).sum(axis=1) > 1
    assert joined.rate[:60][often] == pytest.approx(whole.rate[often])


def test_a_part_that_dies_out_is_foreseen_by_what_follows_a_decline() -> None:
    dying = row([6.0] * 30 + [1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    kept = outlook.outlook(dying, 3)
    going = outlook.outlook(dying, 3, phasing_out=np.array([True]))
    followed = (forecasts.ses(dying, 0.2)[0] + forecasts.tsb(dying, 0.2)[0]) / 2
    assert going.rate[0] == pytest.approx(followed)
    assert all(going.at(np.array([level]))[0] < kept.at(np.array([level]))[0] for level in (0.5, 0.95))
    history = [float(each) for each in dying[0]]
    assert plain.keep(history, 3, 0.9, phasing_out=True)[0] == pytest.approx(followed)


def test_dear_parts_give_way_to_cheap_ones_and_none_goes_under_its_floor() -> None:
    demand, price = a_store()
    ahead = outlook.outlook(demand, 3)
    floor = np.full(len(price), 0.8)
    plan = levels.allocate(ahead, price, 0.95, floor)
    assert plan.service.min() >= 0.8 - 1e-9
    assert levels.tails(plan.multiplier, price, ahead.lot, floor) == pytest.approx(1 - plan.service)
    order = np.argsort(price * ahead.lot)
    assert (np.diff(plan.service[order]) <= 1e-12).all()
    lines = ahead.rate / ahead.lot
    assert (lines * plan.service).sum() / lines.sum() == pytest.approx(0.95, abs=0.001)
    assert (levels.allocate(ahead, price, 0.99, floor).order_up_to >= plan.order_up_to).all()
    # The same service for all costs more for the same lines served, or the one multiplier were of no use.
    lead, origins = 2, list(range(30, 46))
    past = backtest.look_back(demand, 3, origins)
    alike = backtest.frontier(past, demand[:, origins], levels.uniform, outlook.LEVELS, lead=lead, price=price)
    priced = backtest.frontier(
        past,
        demand[:, origins],
        lambda each, aim: levels.allocate(each, price, aim, floor),
        backtest.AIMS,
        lead=lead,
        price=price,
    )
    dear, cheap = backtest.at_fill(alike, 0.9), backtest.at_fill(priced, 0.9)
    assert dear is not None
    assert cheap is not None
    assert cheap < dear
    aim = backtest.needed(backtest.AIMS, [each.line_fill for each in priced], 0.9)
    learnt = backtest.play(
        [levels.allocate(each, price, aim, floor).order_up_to for each in past],
        demand[:, origins],
        lead=lead,
        price=price,
    )
    assert learnt.line_fill == pytest.approx(0.9, abs=0.03)


def test_the_aim_is_learnt_from_many_demands_and_by_no_fewer() -> None:
    demand, price = a_store()
    aims = reckoning.Aims(lead=2, review=1, target=0.9, floor=0.5)
    facts = [reckoning.Facts(1, part, list(row), round(float(price[part]) * 100)) for part, row in enumerate(demand)]
    plan = reckoning.reckon(facts, aims)
    assert plan.is_learnt
    assert all(Reason.LEARNT in dict(each.because) for each in plan.parts if each.rate)
    few = reckoning.reckon(facts[:3], aims)
    assert (few.is_learnt, few.aim) == (False, 0.9)
    by_hand = reckoning.reckon(facts, aims, by=Engine.PLAIN)
    assert [each.level >= 0 for each in by_hand.parts] == [True] * len(facts)
    # Two rules, one store: for half of the parts at least they say nearly the same.
    near = [abs(one.level - other.level) <= 3 for one, other in zip(plan.parts, by_hand.parts, strict=True)]
    assert sum(near) > len(near) / 2


def test_a_store_played_by_hand() -> None:
    """Level 3, nothing under way; four are asked for, then one, then nothing; what is ordered comes two reviews later."""
    demand = np.array([[4.0, 1.0, 0.0, 2.0]])
    outcome = backtest.play([np.array([3.0])] * 4, demand, lead=2, price=np.array([10.0]))
    # After each month there are -1, -2, -2, and on the fourth what was ordered at the second has come: 2 - 2 = 0.
    assert outcome.unit_fill == pytest.approx((3 + 0 + 0 + 2) / 7)
    assert outcome.line_fill == pytest.approx(1 / 3)
    assert outcome.value == 0
    assert outcome.owed == pytest.approx((1 + 2 + 2) / 4)


def test_what_comes_in_lots_is_walked_and_the_size_of_a_lot_decides_what_serves_it() -> None:
    # Asked for one at a time it is nearly a Poisson; the rest is that no rate is known to better than a tenth.
    single = compound.in_steps([np.ones(5)], np.ones(1))
    within = compound.walk(np.array([[2.0]]), single)[:, 0, 0]
    sure = 1 / compound.UNSURE**2
    assert within[:12] == pytest.approx(nbinom.cdf(range(12), sure, sure / (sure + 2.0)))
    # Drawn ten thousand times: sizes of 1, 1 and 6, in steps of two.
    random = np.random.default_rng(11)
    asked = np.array([1.0, 1.0, 6.0])
    counts = random.poisson(random.gamma(sure, 1.5 / sure, 10_000))
    drawn = np.array([random.choice(asked, count).sum() for count in counts])
    chances = compound.in_steps([asked], np.array([2.0]))
    assert (chances * np.arange(compound.STEPS + 1)).sum() * 2 == pytest.approx(asked.mean())
    walked = compound.walk(np.array([[1.5]]), chances)
    mean = 2 * float((1 - walked[:, 0, 0]).sum())
    assert mean == pytest.approx(1.5 * asked.mean(), rel=0.02)
    assert drawn.mean() == pytest.approx(mean, rel=0.04)
    # Three on the shelf and nothing owed serve half of a lot of six; six serve it whole.
    lot = compound.in_steps([np.array([6.0])], np.ones(1))
    missing = compound.unserved(compound.walk(np.array([[1e-9]]), lot), lot)[:, 0, 0]
    assert missing[[0, 3, 6, 7]] == pytest.approx([6, 3, 0, 0], abs=1e-6)
    # A part that was asked for in one size only is expected in no other; the mean of the others stays.
    assert set(compound.likely_sizes(np.array([4.0, 4.0]))) == {4.0}
    assert compound.likely_sizes(np.array([2.0, 40.0])).mean() == pytest.approx(21, rel=0.01)
    assert compound.likely_sizes(np.array([])).tolist() == [1.0]


def test_two_echelons_cost_less_than_places_that_each_look_after_themselves() -> None:
    random = np.random.default_rng(5)
    rate = random.uniform(0.002, 0.05, (20, 4))
    net = echelons.Network(rate, [np.array([1.0, 1.0, 2.0])] * 20, random.lognormal(3, 1, 20), 60, 3)
    aims = (0.9, 0.95, 0.99)
    plans = echelons.plan(net, aims)
    assert all(each.served.sum() / rate.sum() >= aim for each, aim in zip(plans, aims, strict=True))
    assert plans[0].outlets.sum() <= plans[2].outlets.sum()
    days = [random.poisson(rate * 0.75) * random.choice([1.0, 1.0, 2.0], rate.shape) for _ in range(500)]
    played = echelons.play(plans, days, centre_days=60, outlet_days=3, price=net.price)
    services = (0.9, 0.99, 0.9999)
    looking = [echelons.each_alone(net, level, np.full(20, 1.5)) for level in services]
    alone = echelons.play(looking, days, centre_days=60, outlet_days=3, price=net.price)
    # Somewhere among those who look after themselves as well or worse, and dearer.
    assert any(value < dear and fill >= least for fill, value in played for least, dear in alone)
    # So many parts that their tables are made in batches are planned as each batch is.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(echelons, "PARTS_TRIED", 10)
        patch.setattr(echelons, "PARTS_AT_ONCE", 7)
        [batched] = echelons.plan(net, [0.95])
    assert batched.outlets.shape == rate.shape
    assert batched.served.sum() / rate.sum() == pytest.approx(0.95, abs=0.03)
    # A day played by hand: one piece in the only outlet, two asked for, one at the centre that is there three days later.
    plan = echelons.NetworkPlan(np.array([1.0]), np.array([[1.0]]), np.array([[0.0]]), np.array([0.0]))
    asked = [np.array([[2.0]])] + [np.zeros((1, 1))] * 4
    [(fill, value)] = echelons.play([plan], asked, centre_days=60, outlet_days=3, price=np.array([5.0]))
    assert fill == 0.5
    # Owed one to the customer from the first day; the piece from the centre settles it on the fourth: nothing ever lies about.
    assert value == 0


def test_the_last_time_to_buy() -> None:
    # One a month for three years, no decline, nothing lumpy: the median is near 36, less the ten that are there.
    median = plain.last_time_buy(1, periods=36, yearly_decline=0, lumpiness=1, there=10, service=0.5)
    assert 24 <= median <= 27
    sure = plain.last_time_buy(1, periods=36, yearly_decline=0, lumpiness=1, there=10, service=0.95)
    fewer = plain.last_time_buy(1, periods=36, yearly_decline=0.5, lumpiness=1, there=10, service=0.95)
    assert fewer < sure > median
    assert plain.last_time_buy(1, periods=36, yearly_decline=0, lumpiness=1, there=100, service=0.95) == 0


def test_the_plain_rule_keeps_more_for_more() -> None:
    forecast, kept = plain.keep([0.0, 1.0, 0.0, 2.0] * 6, 3, 0.9)
    assert forecast == pytest.approx(forecasts.ses(row([0.0, 1.0, 0.0, 2.0] * 6))[0])
    assert 0 < kept < plain.keep([0.0, 1.0, 0.0, 2.0] * 6, 3, 0.99)[1]
    assert plain.keep([None, None], 3, 0.95) == (0.0, 0)
