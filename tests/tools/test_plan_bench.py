"""The planning bench reads any set of its shape, measures it, and says what misses. No figure is held here but that it is one."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

from tools import plan_bench


def test_a_set_of_ones_own_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = plan_bench.made_up(40, 30)
    assert given.price is not None
    with gzip.open(tmp_path / "ours.csv.gz", "wt", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["part", *range(30)])
        rows.writerows([[f"P{index}", *row] for index, row in enumerate(given.demand.tolist())])
        # A part whose last months nobody knows, and one without a price, are left out.
        rows.writerow(["P40", *["1"] * 29, ""])
        rows.writerow(["P41", *["1"] * 30])
    with gzip.open(tmp_path / "ours_price.csv.gz", "wt", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["part", "price"], *([f"P{i}", price] for i, price in enumerate(given.price.tolist()))]
        )
    again = plan_bench.read(tmp_path / "ours.csv.gz")
    assert np.array_equal(again.demand, given.demand)
    assert np.array_equal(again.price, given.price)
    missed = plan_bench.main([str(tmp_path), "--origins", "2", "--rows", "500"])
    said = capsys.readouterr().out
    assert all(f"\n{code}  " in said for code in ("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9"))
    assert ("MISS" in said) == bool(missed)
    for method in ("naive", "moving average", "Croston", "SBA", "TSB", "IMAPA", "bootstrap", plan_bench.OURS):
        assert method in said


def test_what_is_over_its_bound_misses(capsys: pytest.CaptureFixture[str]) -> None:
    assert [plan_bench._line("P1", "ratio", figure, 1.03) for figure in (1.03, 1.031, float("nan"))] == [
        False,
        True,
        True,
    ]
    assert capsys.readouterr().out.count("MISS") == 2
