"""What a harness was asked, what it found, and where that is written down."""

from __future__ import annotations

import json
import os
import random
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.db import connection

Point = TypeVar("Point")
# GUIJU_FAULTS=all asks everything, else a slice; GUIJU_FAULTS_SEED chooses another slice; GUIJU_FAULTS_EVIDENCE is where it is written;
# GUIJU_FAULTS_MINUTES ends a campaign early, and the evidence then says how much of everything was asked.
EVERYTHING = os.environ.get("GUIJU_FAULTS") == "all"
MINUTES = float(os.environ.get("GUIJU_FAULTS_MINUTES", "0"))
SEED = int(os.environ.get("GUIJU_FAULTS_SEED", "1"))


def chosen(points: Sequence[Point], at_most: int) -> list[Point]:
    """All of them in a campaign, else so many; in an order that is the same for the same seed."""
    return random.Random(SEED).sample(list(points), len(points) if EVERYTHING else min(at_most, len(points)))


def turn() -> int:
    """A number for each commit: another push asks other questions, the same push the same ones. A campaign goes by its seed alone."""
    if EVERYTHING:
        return SEED
    asked = ["git", "rev-parse", "HEAD"]
    try:
        commit = subprocess.run(
            asked, cwd=Path(__file__).parent, check=True, capture_output=True, text=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        commit = ""  # an archive without its history
    return random.Random(f"{SEED} {commit}").randrange(2**32)


@dataclass(slots=True)
class Findings:
    """The count of one harness."""

    name: str
    asked: int = 0
    of: int = 0
    found: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)

    def ask(self, where: str, says: Iterator[str]) -> None:
        """One question more, and what was amiss."""
        self.asked += 1
        self.found += [f"{where}: {each}" for each in says]

    def in_time(self, points: Sequence[Point]) -> Iterator[Point]:
        """One after the other, as long as there is time."""
        self.of, began = len(points), time.monotonic()
        for point in points:
            if MINUTES and time.monotonic() - began > MINUTES * 60:
                return
            yield point

    def count(self, what: str) -> None:
        """Count what happened."""
        self.counts[what] = self.counts.get(what, 0) + 1

    def summary(self) -> dict[str, Any]:
        """As it stands in the evidence."""
        return {
            "asked": self.asked, "of": self.of,
            "violations": len(self.found), "examples": self.found[:20], "counts": dict(sorted(self.counts.items())),
            "seconds": round(time.monotonic() - self.began, 1),
        }  # fmt: skip


@contextmanager
def told(ours: Findings, control: Findings | None = None, *, part: str = "", **more: Any) -> Iterator[None]:
    """Write the evidence, also when the test fails; one file a harness, one part a database or what else is named."""
    try:
        yield
    finally:
        folder = os.environ.get("GUIJU_FAULTS_EVIDENCE")
        if folder:
            path = Path(folder) / f"{ours.name}.json"
            whole = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
            summary = {"everything": EVERYTHING and ours.asked == ours.of, "seed": SEED, **ours.summary(), **more}
            if control is not None:
                summary["negative control"] = control.summary()
            whole[part or connection.vendor] = summary
            path.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
