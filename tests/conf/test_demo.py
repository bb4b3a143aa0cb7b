"""The demo company stands in the middle of its day, its books in order; and never in a real installation."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

# Every state that a carried-in appliance reaches (domain.md 3.2).
CARRY_IN = {
    "REGISTERED", "RECEIVED", "DISPATCHED", "ACCEPTED", "DIAGNOSING", "NO_FAULT", "QUOTED", "APPROVED", "DECLINED",
    "WAITING_PARTS", "REPAIRING", "QC_PENDING", "UNREPAIRABLE", "READY", "UNCOLLECTED", "DELIVERED", "CLOSED", "CANCELLED",
}  # fmt: skip


def guiju(*words: str, data: Path, of: str = "guiju.conf.cli", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", of, *words],
        env={**os.environ, "GUIJU_DATA": str(data), "DATABASE_URL": "", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.shows("M09")
def test_the_demo_company_has_a_job_in_every_state(tmp_path: Path) -> None:
    made = guiju("demo", "--no-serve", data=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "lin" in made.stdout
    assert made.stderr == "", "a person reads what is said: no log of what went well"
    with closing(sqlite3.connect(tmp_path / "guiju.sqlite3")) as database:
        states = {state for (state,) in database.execute("SELECT DISTINCT state FROM workorder_workorder")}
        jobs = database.execute("SELECT COUNT(*) FROM workorder_workorder").fetchone()
        parked = database.execute("SELECT COUNT(*) FROM kernel_delivery WHERE state <> 'DONE'").fetchone()
        assert CARRY_IN - states == set()
        assert parked == (0,)
        # Whoever starts the demo again finds it as they left it.
        assert "Making" not in guiju("demo", "--no-serve", data=tmp_path).stdout
        assert database.execute("SELECT COUNT(*) FROM workorder_workorder").fetchone() == jobs
    # What a quiet day does not bring it, for whoever takes its pictures.
    told = guiju(data=tmp_path, of="tools.extremes", GUIJU_DEMO="1")
    assert told.returncode == 0, told.stderr
    assert "long-1-bench" in told.stdout
    # Of the demo's rows and of those: nothing that was wrong before would be right by now.
    verified = guiju("verify", data=tmp_path)
    assert verified.returncode == 0, verified.stderr


@pytest.mark.shows("T51")
def test_no_demo_company_in_a_real_installation(tmp_path: Path) -> None:
    refused = guiju("demo", "--no-serve", data=tmp_path, GUIJU_PRODUCTION="1")
    assert refused.returncode != 0
    assert "real installation" in refused.stderr
    assert not (tmp_path / "guiju.sqlite3").exists()
