"""The bench says what misses, and never a time here: the figures are given."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tools.bench.__main__ import verdict
from tools.bench.reach import Figure, misses, quantile
from tools.bench.report import table

CREATE = Figure("SQLite", 1_000, 1, "create", 8.0, 9.0, 120.0, 20, 2.0)


def test_what_is_within_its_reach_passes() -> None:
    assert CREATE.ratio == 4.0
    assert misses([CREATE, replace(CREATE, orders=20_000, p50_ms=8.0)], {"SQLite": 249.0}) == []
    assert verdict([CREATE], {}) == 0


@pytest.mark.parametrize(
    ("figures", "memory", "says"),
    [
        ([replace(CREATE, p50_ms=8.1)], {}, "times the floor"),
        ([replace(CREATE, statements=21)], {}, "21 statements"),
        ([replace(CREATE, operation="walk-in", statements=251, floor_ms=None)], {}, "251 statements"),
        ([replace(CREATE, p50_ms=4.0), replace(CREATE, p50_ms=6.1, orders=20_000)], {}, "1.5 times as slow"),
        ([CREATE], {"SQLite": 250.0}, "250 MB"),
    ],
)
def test_each_miss_is_said_and_ends_the_run_with_one(
    figures: list[Figure], memory: dict[str, float], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verdict(figures, memory) == 1
    assert says in capsys.readouterr().out
    assert says in table(figures, memory)


def test_what_takes_too_long_is_told_and_no_run_fails_of_it() -> None:
    late = replace(CREATE, p50_ms=10.1, floor_ms=9.0, clients=8)
    assert "10.1 ms, at most 10" in table([late], {})
    assert verdict([late], {}) == 0


def test_a_figure_without_a_floor_has_no_ratio_and_nothing_has_no_median() -> None:
    assert replace(CREATE, floor_ms=None).ratio is None
    assert (quantile([3, 1, 2], 0.5), quantile(range(100), 0.95)) == (2, 95)
    with pytest.raises(ValueError, match="Nothing"):
        quantile([], 0.5)
