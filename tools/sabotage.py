"""Let every saboteur of tests/faults/sabotage.py take his control away, and see which test notices."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.faults import sabotage as saboteurs

ROOT = Path(__file__).resolve().parent.parent
# pytest's word for: tests ran, and some failed.
SOME_FAILED = 1
PATIENCE_SECONDS = 600


def _tested(where: list[str], name: str = "") -> tuple[int, list[str]]:
    """How these tests end when that control is gone, and which of them failed."""
    # A test that passes proves nothing here, one that fails proves it all: the first is enough.
    first = ["-x"] if name else []
    command = [sys.executable, "-m", "pytest", "-q", *first, "-p", "no:cacheprovider", "-m", "not browser", *where]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "SABOTAGE": name}, check=False, capture_output=True, text=True,
        timeout=PATIENCE_SECONDS,
    )  # fmt: skip
    return done.returncode, re.findall(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)


def noticed(name: str) -> str:
    """The test that fails when that control is gone; empty where none does, or the run itself breaks."""
    code, failed = _tested(saboteurs.SABOTEURS[name].missed_in.split(), name)
    return failed[0] if code == SOME_FAILED and failed else ""


def campaign(minutes: float = 0) -> dict[str, Any]:
    """Let every saboteur do it; and then run those who noticed where nobody has taken anything away: they must pass."""
    seen: dict[str, str] = {}
    began = time.monotonic()
    for name, saboteur in saboteurs.SABOTEURS.items():
        if minutes and time.monotonic() - began > minutes * 60:
            break
        seen[name] = noticed(name)
        print(f"{'noticed ' if seen[name] else 'SURVIVED'} {name}: {saboteur.control}; {seen[name]}", flush=True)
    _, failing = _tested(sorted(set(filter(None, seen.values()))))
    each = {
        name: {
            "control": saboteurs.SABOTEURS[name].control,
            "noticed by": test,
            "which passes without him": test not in failing,
        }
        for name, test in seen.items()
    }
    return {
        "asked": len(seen),
        "of": len(saboteurs.SABOTEURS),
        "survived": [name for name, test in seen.items() if not test or test in failing],
        "negative control": f"without a saboteur {len(failing)} of those tests fail",
        "each": each,
    }
