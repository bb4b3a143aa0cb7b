"""A database that was made in bulk is one that the house could have made: else what is measured on it is measured on nonsense."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import lives

ROOT = Path(__file__).resolve().parents[2]
ORDERS = 240


def run(module: str, *words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    given = {
        name: value for name, value in os.environ.items() if not name.startswith(("GUIJU_", "DATABASE_", "PYTEST_"))
    }
    environment = {**given, "GUIJU_DATA": str(folder), "DATABASE_URL": f"sqlite:///{folder / 'guiju.sqlite3'}"}
    command = [sys.executable, "-m", module, *words]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)


@pytest.mark.slow
@pytest.mark.shows("PLT-1", "I27", "I33")
def test_whatever_was_made_in_bulk_passes_verify(tmp_path: Path) -> None:
    made = run("tools.many", "--orders", str(ORDERS), "--into", str(tmp_path), folder=tmp_path)
    assert made.returncode == 0, made.stderr
    assert run("guiju.conf.cli", "migrate", "-v", "0", folder=tmp_path).returncode == 0
    verified = run("guiju.conf.cli", "verify", folder=tmp_path)
    assert verified.returncode == 0, verified.stderr[-2000:]
    # Nothing in it waits for the night shift, as far as an hour goes by.
    asked = "from guiju.jobs import clock, worker; print(clock.tick(worker.now()).done)"
    ticked = run("guiju.conf.cli", "shell", "-v", "0", "-c", asked, folder=tmp_path)
    assert json.loads(ticked.stdout.strip().splitlines()[-1]) == 0, ticked.stdout + ticked.stderr


def test_the_steps_of_a_made_life_are_arrows_that_the_house_offers() -> None:
    from guiju.line.workorder.rules import ARROWS, State

    for road in (lives.LAPSED, lives.REPAIRED):
        for start, verb, stop, _minutes in road:
            assert ARROWS[State(start)][State(stop)] == verb or verb == "workshop.expire_quote"
