"""Let every saboteur of tests/faults/sabotage take his control away, and see which test notices.

The tests that should notice stand beside him in the table, so that each takes seconds.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.faults import sabotage as saboteurs
from tools import postgres

ROOT = Path(__file__).resolve().parent.parent
# pytest's word for: tests ran, and some failed.
SOME_FAILED = 1
PATIENCE_SECONDS = 600


def _tested(where: list[str], name: str = "", *, address: str = "") -> tuple[int, list[str]]:
    """How these tests end when that control is gone, and which of them failed.

    address   of a PostgreSQL server to ask them on; default on SQLite
    """
    # A test that passes proves nothing here, one that fails proves it all: the first is enough.
    options = [*(["-x"] if name else []), *(["--postgres"] if address else [])]
    chosen = "not browser and (postgres or both_databases)" if address else "not browser"
    command = [sys.executable, "-m", "pytest", "-q", *options, "-p", "no:cacheprovider", "-m", chosen, *where]
    # A run of its own, also where a test starts it.
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "GUIJU_DATA"))}
    environment = {**own, "SABOTAGE": name, "GUIJU_TEST_POSTGRES_URL": address}
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True, timeout=PATIENCE_SECONDS
        )
    except subprocess.TimeoutExpired:
        return -1, []  # who is not noticed in that time is not noticed
    return done.returncode, re.findall(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", done.stdout, re.MULTILINE)


def noticed(name: str) -> str:
    """The test that fails when that control is gone; empty where none does, or the run itself breaks."""
    saboteur = saboteurs.SABOTEURS[name]
    with _server(saboteur.on_postgresql) as address:
        code, failed = _tested(saboteur.missed_in.split(), name, address=address)
    return failed[0] if code == SOME_FAILED and failed else ""


@contextmanager
def _server(is_needed: bool) -> Generator[str]:  # noqa: FBT001  # the only thing that is asked
    """One of its own for each: a role that was made to be more stays so on its server."""
    programs = postgres.programs() if is_needed else None
    if programs is None:
        yield ""
        return
    with postgres.server(programs) as address:
        yield address


def campaign(seed: int, minutes: float = 0, kept: Path | None = None) -> dict[str, Any]:
    """Let every saboteur do it; and then run those who noticed where nobody has taken anything away: they must pass.

    seed   of the order in which they come: with so many minutes alone, another seed asks others
    kept   a file of who was noticed so far, a line each; who stands in it is not asked again, so that a run that was cut can go on
    """
    seen = _kept(kept)
    began = time.monotonic()
    order = list(saboteurs.SABOTEURS)
    random.Random(seed).shuffle(order)
    for name in order:
        if name in seen:
            continue
        if minutes and time.monotonic() - began > minutes * 60:
            break
        if saboteurs.SABOTEURS[name].on_postgresql and postgres.programs() is None:
            print(f"POSTGRESQL IS MISSING: nobody asked {name}", flush=True)
            continue
        seen[name] = noticed(name)
        word = "noticed " if seen[name] else "SURVIVED"
        print(f"{word} {name}: {saboteurs.SABOTEURS[name].control}; {seen[name]}", flush=True)
        if kept and seen[name]:
            with kept.open("a", encoding="utf-8") as file:
                file.write(f"{name}\t{seen[name]}\n")
    failing = failing_without(seen)
    each = {
        name: {
            "control": saboteurs.SABOTEURS[name].control,
            "noticed by": test,
            "which passes without him": test not in failing,
        }
        for name, test in seen.items()
    }
    return {
        "seed": seed,
        "asked": len(seen),
        "of": len(saboteurs.SABOTEURS),
        "survived": [name for name, test in seen.items() if not test or test in failing],
        "negative control": f"without a saboteur {len(failing)} of those tests fail",
        "each": each,
    }


def _kept(file: Path | None) -> dict[str, str]:
    """Who was noticed in an earlier run, and by which test."""
    lines = file.read_text(encoding="utf-8").splitlines() if file and file.exists() else []
    return {name: test for name, _, test in (line.partition("\t") for line in lines) if name in saboteurs.SABOTEURS}


def failing_without(seen: Mapping[str, str]) -> list[str]:
    """Those of the tests that fail although nobody has taken anything away."""
    failing: list[str] = []
    for there in (False, True):
        tests = {test for name, test in seen.items() if test and saboteurs.SABOTEURS[name].on_postgresql == there}
        if tests:
            with _server(there) as address:
                failing += _tested(sorted(tests), address=address)[1]
    return failing
