"""How well parts would have been planned: `./run plan-bench [FILE.csv …]`.

Plays sets of demand histories again with what was known at the time, beside the usual methods, and prints the figures that planning is
held to (P1-P9) as ratios, each with pass or miss. A set is a CSV, plain or .gz: a row for each part, its name first, then what was
asked for in each period, the newest last; `NAME_price.csv` beside it has the prices. Rows with an empty period are left out.

Without files it takes the sets in ../shared/data/spare-parts, which are research data and no part of Guiju, and makes a set up where
there are none. Ratios on the same series alone are compared: absolute figures move from sample to sample.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from guiju.readiness.planning.rules import backtest, echelons, forecasts, levels, outlook, spread
from guiju.readiness.planning.rules.forecasts import Matrix, Row

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "spare-parts"
# Lead time and review: what is ordered at one review is there two periods later and must last until the next order comes.
LEAD, HORIZON = 2, 3
OUT_OF = (0.9, 0.95, 0.99)
SERVICES = (0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999, 0.9999)
TARGETS = (0.9, 0.95)
NETWORK_AIMS = (0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995, 0.998)
NETWORK_SERVICES = (0.95, 0.98, 0.99, 0.993, 0.996, 0.998, 0.999, 0.9995, 0.9999, 0.99999)
CENTRE_DAYS, OUTLET_DAYS = 60, 3
DEMANDS_TO_KEEP = 4
# The last 25 months of 84, as they were played where the figure to reach was measured.
PLAYED_SHARE = 25 / 84
MEANS = (forecasts.imapa, forecasts.ses, forecasts.mean, forecasts.croston_fitted)
WEEKS_FROM = 100
PARTS_PLAYED = 3000
OURS = "Guiju's mix"


@dataclass(frozen=True)
class DemandSet:
    """Histories of one source; `price` where it is known."""

    name: str
    demand: Matrix
    price: Row | None = None

    def sample(self, count: int, seed: int) -> DemandSet:
        """So many of its series, the same for the same seed."""
        chosen = np.random.default_rng(seed).permutation(len(self.demand))[:count]
        return DemandSet(self.name, self.demand[chosen], None if self.price is None else self.price[chosen])


@dataclass
class Figures:
    """What was measured on one set. Ratios are to the best reference on the same series."""

    pinball: dict[str, Row] = field(default_factory=dict)
    bias: float = 0.0
    rmsse: dict[str, float] = field(default_factory=dict)
    saved: float | None = None
    fills: list[tuple[float, float]] = field(default_factory=list)

    def ratio(self, level: float) -> float:
        """Our pinball to that of the best reference."""
        place = OUT_OF.index(level)
        return float(self.pinball[OURS][place] / min(row[place] for name, row in self.pinball.items() if name != OURS))


def read(path: Path) -> DemandSet:
    """Read a set, and the prices beside it."""
    rows = _rows(path)
    table: Matrix = np.array([[float(each) if each.strip() else np.nan for each in row[1:]] for row in rows[1:]])
    complete = np.asarray(~np.isnan(table).any(axis=1))
    stem, _, rest = path.name.partition(".")
    beside = path.with_name(f"{stem}_price.{rest}")
    price: Row | None = None
    if beside.exists():
        known = {row[0]: float(row[1]) for row in _rows(beside)[1:]}
        asked: Row = np.array([known.get(row[0], np.nan) for row in rows[1:]])
        complete = complete & (asked > 0)
        price = asked[complete]
    # What was cancelled is no demand.
    return DemandSet(stem, np.maximum(table[complete], 0.0), price)


def _rows(path: Path) -> list[list[str]]:
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            return list(csv.reader(file))
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def made_up(count: int = 300, periods: int = 60, seed: int = 7) -> DemandSet:
    """A set that nobody measured: parts that are asked for now and then, in uneven lots, at uneven prices."""
    random = np.random.default_rng(seed)
    often = random.uniform(0.03, 0.7, (count, 1))
    lots = random.lognormal(0.3, 0.8, (count, 1))
    asked = np.ceil(random.gamma(1.5, lots / 1.5, (count, periods)))
    demand: Matrix = np.where(random.random((count, periods)) < often, asked, 0.0)
    return DemandSet("made-up", demand, random.lognormal(3, 1.2, count))


def references(demand: Matrix) -> tuple[dict[str, Row], dict[str, Matrix]]:
    """The forecasts and the quantiles of the usual methods, each around the same variance of three periods' sums."""
    points = {
        "naive": forecasts.naive(demand),
        "mean": forecasts.mean(demand),
        "moving average": forecasts.moving_average(demand, 12 if demand.shape[1] >= 24 else 6),
        "SES": forecasts.ses(demand),
        "Croston": forecasts.croston(demand),
        "Croston fitted": forecasts.croston_fitted(demand),
        "SBA": forecasts.sba(demand),
        "TSB": forecasts.tsb(demand),
        "ADIDA": forecasts.adida(demand),
        "IMAPA": forecasts.imapa(demand),
    }
    over = spread.sums(demand, HORIZON)
    variance, _ = spread.variance(over)
    tables = {f"{name} NB": spread.quantiles(point * HORIZON, variance, OUT_OF) for name, point in points.items()}
    ordered, counted = np.sort(over, axis=1), (~np.isnan(over)).sum(axis=1)
    tables["empirical"] = np.vstack([spread.empirical(ordered, counted, level) for level in OUT_OF])
    tables["SES Gauss"] = np.maximum(
        points["SES"] * HORIZON + np.vstack([ndtri(level) * np.sqrt(variance) for level in OUT_OF]), 0
    )
    tables["SBA Poisson"] = spread.quantiles(points["SBA"] * HORIZON, np.zeros(len(demand)), OUT_OF)
    drawn = np.random.default_rng(1).integers(0, demand.shape[1], (400, HORIZON))
    tables["bootstrap"] = np.quantile(demand[:, drawn].sum(axis=2), OUT_OF, axis=1, method="inverted_cdf")
    mixed = np.mean([points[name] for name in ("mean", "SES", "Croston fitted", "IMAPA")], axis=0)
    tables["mix of means NB"] = spread.quantiles(mixed * HORIZON, variance, OUT_OF)
    return points, tables


def accuracy(given: DemandSet, figures: Figures, origins: Sequence[int]) -> None:
    """P1-P5: quantiles and means at each origin, beside the references."""
    demand = given.demand
    scale = demand.mean(axis=1)
    lost: dict[str, list[Row]] = {}
    erred: dict[str, list[float]] = {}
    foreseen = came = 0.0
    for origin in origins:
        past, future = demand[:, :origin], demand[:, origin : origin + HORIZON]
        points, tables = references(past)
        ours = outlook.outlook(past, HORIZON, levels=OUT_OF)
        points[OURS], tables[OURS] = ours.rate, ours.table
        alive = (scale > 0) & (past.max(axis=1) > 0)
        for name, table in tables.items():
            lost.setdefault(name, []).append(_pinball(table, future.sum(axis=1), alive, scale))
        steps = (np.diff(past, axis=1) ** 2).mean(axis=1)
        moved = steps > 0
        for name, point in points.items():
            wrong = ((future - point[:, None]) ** 2).mean(axis=1)[moved] / steps[moved]
            erred.setdefault(name, []).append(float(np.sqrt(wrong).mean()))
        foreseen += float((ours.over[alive] / scale[alive]).sum())
        came += float((future.sum(axis=1)[alive] / scale[alive]).sum())
    figures.pinball = {name: np.mean(rows, axis=0) for name, rows in lost.items()}
    figures.rmsse = {name: float(np.mean(rows)) for name, rows in erred.items()}
    figures.bias = foreseen / came - 1 if came else 0.0


def _pinball(table: Matrix, came: Row, alive: Row, scale: Row) -> Row:
    level = np.array(OUT_OF)[:, None]
    off = came[None] - table
    lost = np.maximum(level * off, (level - 1) * off)
    found: Row = (lost[:, alive] / scale[alive]).mean(axis=1)
    return found


def stock(given: DemandSet, figures: Figures, origins: Sequence[int]) -> None:
    """P6 and P7: the store of the last periods, played with each setting of the one knob."""
    past = backtest.look_back(given.demand, HORIZON, origins)
    asked = given.demand[:, list(origins)]
    price = np.ones(len(asked)) if given.price is None else given.price
    floor = np.full(len(asked), 0.8)

    def by_price(each: outlook.Outlook, aim: float) -> levels.Plan:
        return levels.allocate(each, price, aim, floor)

    def frontier(
        policy: Callable[[outlook.Outlook, float], levels.Plan], knobs: Sequence[float]
    ) -> list[backtest.Outcome]:
        return backtest.frontier(past, asked, policy, knobs, lead=LEAD, price=price)

    if given.price is not None:
        alike, priced = frontier(levels.uniform, SERVICES), frontier(by_price, backtest.AIMS)
        before, after = backtest.at_fill(alike, 0.9), backtest.at_fill(priced, 0.9)
        figures.saved = None if before is None or after is None else after / before
    figures.fills = calibrated(past, asked, price)


def calibrated(past: Sequence[outlook.Outlook], asked: Matrix, price: Row) -> list[tuple[float, float]]:
    """P7: every part served under an aim that was learnt from the other half of the parts; without a floor, which would bind first."""
    even = np.arange(len(asked)) % 2 == 0
    fills: dict[float, list[float]] = {target: [] for target in TARGETS}
    for rows in (even, ~even):
        learnt = _played(past, asked, price, ~rows, backtest.AIMS)
        for target in TARGETS:
            aim = backtest.needed(backtest.AIMS, [each.line_fill for each in learnt], target)
            fills[target] += [each.line_fill for each in _played(past, asked, price, rows, [aim])]
    return [(target, float(np.mean(halves))) for target, halves in fills.items()]


def _played(
    past: Sequence[outlook.Outlook], asked: Matrix, price: Row, rows: NDArray[np.bool_], aims: Sequence[float]
) -> list[backtest.Outcome]:
    """Some of the parts, played under each aim."""
    cost, floor = price[rows], np.zeros(int(rows.sum()))
    return backtest.frontier(
        [outlook.part_of(each, rows) for each in past],
        asked[rows],
        lambda each, aim: levels.allocate(each, cost, aim, floor),
        aims,
        lead=LEAD,
        price=cost,
    )


@dataclass(frozen=True)
class TwoEchelons:
    """P8: what a plan for the whole network costs, as a share of places that each look after themselves, at 90 % of pieces.

    alone     each place takes the variance of its periods' sums, and looks at its own days: the figure to be reached
    by_sizes  each knows how many are asked for at a time
    far       each knows that too, and outlets reckon with the centre's days as their own, as if it never had anything
    """

    alone: float
    by_sizes: float
    far: float


def network(given: DemandSet, *, parts: int = 400, outlets: int = 10, seed: int = 7) -> TwoEchelons | None:
    """P8: two echelons beside places that each look after themselves.

    The set's demand is dealt out over outlets of uneven size and over the days of its periods, a lot at a time; PLAYED_SHARE of the
    periods are played, and what was before is known. Two years and more of periods that nobody named are taken for weeks from
    WEEKS_FROM on, else for months.
    """
    if given.price is None:
        return None
    random = np.random.default_rng(seed)
    until = given.demand.shape[1] - round(given.demand.shape[1] * PLAYED_SHARE)
    # What a network keeps is asked for again and again; of the rest nobody could plan anything.
    moving = (given.demand[:, :until] > 0).sum(axis=1) >= DEMANDS_TO_KEEP
    chosen = DemandSet(given.name, given.demand[moving], given.price[moving]).sample(parts, seed)
    past, price = chosen.demand[:, :until], chosen.price
    assert price is not None
    share = random.dirichlet(np.full(outlets, 3.0))
    length = 7 if given.demand.shape[1] >= WEEKS_FROM else 30
    days, _ = _dealt(chosen.demand[:, until:], share, random, length)
    _, sizes = _dealt(past, share, np.random.default_rng(seed + 1), length)
    rate = np.mean([each(past) for each in MEANS], axis=0)[:, None] * share[None] / length
    net = echelons.Network(rate, sizes, price, CENTRE_DAYS, OUTLET_DAYS)

    def at_target(plans: Sequence[echelons.NetworkPlan]) -> float:
        played = echelons.play(plans, days, centre_days=CENTRE_DAYS, outlet_days=OUTLET_DAYS, price=price)
        found = _value_at(played, 0.9)
        return np.nan if found is None else found

    ours = at_target(echelons.plan(net, NETWORK_AIMS))
    # Of a compound demand the variance is as many times the mean as the mean square of its lots is of their mean.
    by_sums = np.maximum((past**2).sum(axis=1) / np.maximum(past.sum(axis=1), 1), 1.05)
    by_sizes = np.array([max(float((each**2).sum() / each.sum()), 1.05) for each in sizes])
    far = replace(net, outlet_days=OUTLET_DAYS + CENTRE_DAYS)
    return TwoEchelons(
        ours / at_target([echelons.each_alone(net, level, by_sums) for level in NETWORK_SERVICES]),
        ours / at_target([echelons.each_alone(net, level, by_sizes) for level in NETWORK_SERVICES]),
        ours / at_target([echelons.each_alone(far, level, by_sizes) for level in (*SERVICES, *NETWORK_SERVICES)]),
    )


def _dealt(demand: Matrix, share: Row, random: np.random.Generator, length: int) -> tuple[list[Matrix], list[Row]]:
    """What is asked for on each day, by part and outlet; and of each part the sizes of its requests."""
    days = [np.zeros((len(demand), len(share))) for _ in range(demand.shape[1] * length)]
    sizes: list[list[float]] = [[] for _ in demand]
    part, period = np.nonzero(demand)
    for row, column in zip(part.tolist(), period.tolist(), strict=True):
        left = int(demand[row, column])
        lot = max(1, -(-left // 3))
        while left > 0:
            given = min(lot, left)
            days[column * length + int(random.integers(length))][row, random.choice(len(share), p=share)] += given
            sizes[row].append(given)
            left -= given
    return days, [np.array(each or [1.0], dtype=float) for each in sizes]


def _value_at(outcomes: Sequence[tuple[float, float]], target: float) -> float | None:
    ordered = sorted(outcomes)
    fills, values = [fill for fill, _ in ordered], [value for _, value in ordered]
    return float(np.interp(target, fills, values)) if fills[0] <= target <= fills[-1] else None


def speed(rows: int) -> tuple[float, float]:
    """P9: a whole night's run over so many part-store rows of 60 months; seconds by the clock, and of the processor."""
    given = made_up(rows)
    assert given.price is not None
    clock, processor = time.perf_counter(), time.process_time()
    ahead = outlook.outlook(given.demand, HORIZON)
    levels.allocate(ahead, given.price, 0.95, np.full(rows, 0.8))
    return time.perf_counter() - clock, time.process_time() - processor


def measure(given: DemandSet, *, count: int, seed: int, origins_max: int) -> Figures:
    """All figures of one set."""
    figures = Figures()
    sampled = given.sample(count, seed)
    length = sampled.demand.shape[1]
    first = -(-length * 2 // 3)
    every = list(range(first, length - HORIZON + 1))
    accuracy(sampled, figures, every[:: -(-len(every) // origins_max)])
    # How full a store is depends on chance more than a quantile does: all the parts that there are, to a bound.
    stock(given.sample(PARTS_PLAYED, seed), figures, every)
    return figures


def show(figures: Mapping[str, Figures], echelon: Mapping[str, TwoEchelons], *, rows: int) -> int:
    """Print the figures; the number of those missed."""
    for name, each in figures.items():
        print(f"\n{name}: pinball to the best reference at 0.90 / 0.95 / 0.99, RMSSE")
        best = np.min([row for known, row in each.pinball.items() if known != OURS], axis=0)
        for known, row in sorted(each.pinball.items(), key=lambda pair: float(pair[1][1])):
            error = each.rmsse.get(known.removesuffix(" NB"))
            print(f"  {known:18}", *(f"{ratio:7.3f}" for ratio in row / best), f"{error:8.3f}" if error else "")
    print()
    p95 = [each.ratio(0.95) for each in figures.values()]
    missed = [
        _line("P1", "p95 pinball to the best reference, mean of the sets", float(np.mean(p95)), 1.03),
        _line("P2", "p99 pinball, the same", float(np.mean([each.ratio(0.99) for each in figures.values()])), 1.04),
        _line("P3", "worst set, p95", max(p95), 1.05),
    ]
    for name, each in figures.items():
        missed += [
            _line("P4", f"bias of the mean, {name}, either way", abs(each.bias), 0.15),
            _line("P5", f"RMSSE to IMAPA, {name}", each.rmsse[OURS] / each.rmsse["IMAPA"], 1.01),
        ]
        if each.saved is not None:
            missed.append(
                _line("P6", f"stock value to uniform service at 90 % of lines, floor 80 %, {name}", each.saved, 0.6)
            )
        missed += [
            _line("P7", f"fill played, {name}, target {target:.2f}, off by", abs(fill - target), 0.02)
            for target, fill in each.fills
        ]
    missed += [
        _line("P8", f"two echelons to each place alone at 90 % of pieces, {name}", each.alone, 0.4)
        for name, each in echelon.items()
    ]
    for name, two in echelon.items():
        beside = f"{two.by_sizes:.3f} of places that know the sizes asked for, {two.far:.3f} of such that wait for the centre"
        print(f"    {name}: {beside}")
    clock, processor = speed(rows)
    missed.append(_line("P9", f"seconds of one core for {rows:,} rows ({clock:.1f} by the clock)", processor, 60))
    return sum(missed)


def _line(code: str, text: str, figure: float, most: float) -> bool:
    missed = not figure <= most
    print(f"{code}  {text:68} {figure:7.3f}  at most {most:g}  {'MISS' if missed else 'pass'}")
    return missed


def main(arguments: list[str]) -> int:
    """Measure; the exit code says whether anything was missed."""
    parser = argparse.ArgumentParser(prog="plan-bench", description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("files", nargs="*", type=Path, help="sets; a folder means every set in it")
    parser.add_argument("--sample", type=int, default=1000, help="series of each set (1000)")
    parser.add_argument("--seed", type=int, default=7, help="of the sample (7)")
    parser.add_argument("--origins", type=int, default=12, help="points in time of each set at most (12)")
    parser.add_argument("--rows", type=int, default=100_000, help="part-store rows of the speed run (100000)")
    asked = parser.parse_args(arguments)
    given = [read(path) for path in _paths(asked.files or [DATA])]
    if not given:
        print("No set is here: measured on one that was made up, which proves that it runs, and nothing else.")
        given = [made_up()]
    without = [each.name for each in given if each.price is None]
    if without:
        print("Without prices, and so without P6 and P8:", ", ".join(without))
    print("The twelfth reference, gradient boosting, is not run: it was measured far behind and is not shipped.")
    figures, echelon = {}, {}
    for each in given:
        figures[each.name] = measure(each, count=asked.sample, seed=asked.seed, origins_max=asked.origins)
        ratio = network(each, seed=asked.seed)
        if ratio is not None:
            echelon[each.name] = ratio
    missed = show(figures, echelon, rows=asked.rows)
    print(f"\n{missed} missed" if missed else "\nAll reached")
    return 1 if missed else 0


def _paths(asked: Sequence[Path]) -> list[Path]:
    found = [each for path in asked for each in (sorted(path.glob("*.csv*")) if path.is_dir() else [path])]
    return [path for path in found if not path.name.split(".")[0].endswith("_price") and path.exists()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
