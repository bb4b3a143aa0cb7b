"""All that the continuous integration runs: `./run test`. With `--static`: the checks without the tests.

Other arguments go to pytest, and then the tests alone run. What is missing on the machine is installed where we may;
what stays missing is skipped aloud, and under CI=true is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from tools import postgres

ROOT = Path(__file__).resolve().parent.parent
CI = os.environ.get("CI") == "true"
GUIJU = [sys.executable, "-m", "guiju.conf.cli"]
# Each worker begins at its own end of the tests, so that what a module makes for all of its tests is made once; who is done first helps.
PYTEST = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", "--durations=8"]
PACKAGES = {"chromium": "chromium", "postgresql": "postgresql"}
# Lets system calls fail. Some machines forbid it whatever is installed, so its test skips aloud and fails no run.
WELCOME = ("strace",)


class Step(NamedTuple):
    """One check: its name, what it runs, and what the environment adds."""

    name: str
    command: Sequence[str]
    environment: dict[str, str] = {}


class Outcome(NamedTuple):
    """How a step went; `closing` is the last line that it printed."""

    name: str
    code: int
    seconds: float
    closing: str


def program(name: str) -> str:
    """A program of .venv."""
    return str(Path(sys.executable).parent / name)


# Takes longer than all the others, and a processor would stand still meanwhile: it is done beside them.
TYPES = Step("types", [program("mypy")])
STATIC = [
    Step("style", [program("ruff"), "check"]),
    Step("format", [program("ruff"), "format", "--check"]),
    Step("contracts", [program("lint-imports")]),
    Step("translations", [sys.executable, "-m", "tools.translate", "--check"]),
    Step("settings", [*GUIJU, "check"]),
    Step("production settings", [*GUIJU, "check", "--deploy", "--fail-level", "WARNING"], {"GUIJU_PRODUCTION": "1"}),
    # Its own look at the settings would be the third.
    Step("migrations", [*GUIJU, "makemigrations", "--check", "--dry-run", "--skip-checks"]),
]


def perform(step: Step) -> Outcome:
    """Run a step, passing on what it prints."""
    print(f"\n=== {step.name}", flush=True)
    return _run(step, lambda line: print(line, end="", flush=True))


def _run(step: Step, tell: Callable[[str], object]) -> Outcome:
    started, closing = time.monotonic(), ""
    environment = {**os.environ, **step.environment}
    with subprocess.Popen(
        step.command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    ) as process:
        assert process.stdout
        for line in process.stdout:
            tell(line)
            closing = line.strip(" =\n") or closing
    return Outcome(step.name, process.returncode, time.monotonic() - started, closing)


@contextmanager
def beside(step: Step) -> Generator[list[Outcome]]:
    """Run a step while the block goes on, in the time that it leaves; at its end, say what the step printed and how it went."""
    outcomes: list[Outcome] = []
    printed: list[str] = []
    if nice := shutil.which("nice"):
        step = step._replace(command=[nice, "-n", "10", *step.command])
    with ThreadPoolExecutor(max_workers=1) as other:
        running = other.submit(_run, step, printed.append)
        yield outcomes
        outcomes.append(running.result())
    print(f"\n=== {step.name}\n{''.join(printed)}", end="", flush=True)


def find_chromium() -> str | None:
    """Where Chromium is, or nothing."""
    found = filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    return os.environ.get("GUIJU_CHROMIUM") or next(found, None)


def missing() -> list[str]:
    """What the browser tests and the PostgreSQL tests need and this machine lacks."""
    has = {"chromium": find_chromium() is not None, "postgresql": postgres.programs() is not None}
    return [name for name, there in has.items() if not there]


def equip() -> list[str]:
    """Install what is missing where we may, and answer what stays missing."""
    lacking = missing()
    may = shutil.which("apt-get") and (os.geteuid() == 0 or CI)
    if lacking and may:
        admin = [] if os.geteuid() == 0 else ["sudo", "-n"]
        print("Installing", ", ".join(lacking), flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run([*admin, "apt-get", "-q", "update"], check=False, **quiet)  # type: ignore[call-overload]
        install = [*admin, "apt-get", "-q", "install", "-y", "--no-install-recommends"]
        subprocess.run([*install, *(PACKAGES[name] for name in lacking)], check=False, **quiet)  # type: ignore[call-overload]
        subprocess.run([*install, *WELCOME], check=False, **quiet)  # type: ignore[call-overload]
        lacking = missing()
    for name in lacking:
        print(f"\n*** {name.upper()} IS MISSING: its tests do not run here. ***\n", flush=True)
    return lacking


def run_tests(arguments: Sequence[str]) -> list[Outcome]:
    """The tests on SQLite, and those that concern it on PostgreSQL."""
    with ExitStack() as stack:
        address = None
        if programs := postgres.programs():
            address = stack.enter_context(postgres.server(programs))
            # Drills of backup and restore find the server's own programs beside it.
            os.environ["PATH"] = f"{programs}{os.pathsep}{os.environ['PATH']}"
        given = {"GUIJU_TEST_POSTGRES_URL": address} if address else {}
        outcomes = [perform(Step("tests on SQLite", [*PYTEST, *arguments], given))]
        if address:
            chosen = ["--postgres", "-m", "postgres or both_databases"]
            outcomes.append(perform(Step("tests on PostgreSQL", [*PYTEST, *chosen, *arguments], given)))
        return [outcome._replace(code=0) if outcome.code == 5 and arguments else outcome for outcome in outcomes]


def report(outcomes: Sequence[Outcome], lacking: Sequence[str]) -> int:
    """Say how it went; the very last line is pytest's closing line, of both databases."""
    print("\n=== what ran")
    for outcome in outcomes:
        print(f"{'ok    ' if outcome.code == 0 else 'FAILED'} {outcome.seconds:6.1f} s  {outcome.name}")
    tests = [outcome for outcome in outcomes if outcome.name.startswith("tests")]
    failed = any(outcome.code for outcome in outcomes)
    if CI and lacking:
        print(f"FAILED: {', '.join(lacking)} must not be missing under CI=true")
        failed = True
    if tests:
        print(
            "; ".join(f"{outcome.closing} ({outcome.name.removeprefix('tests on ')})" for outcome in tests), flush=True
        )
    return int(failed)


def main(arguments: list[str]) -> int:
    """Run it all, to the end, so that one run tells all that is wrong."""
    is_static = arguments == ["--static"]
    lacking = [] if is_static else equip()
    if arguments and not is_static:
        return report(run_tests(arguments), lacking)
    with beside(TYPES) as types:
        outcomes = [perform(step) for step in STATIC]
        if not is_static:
            outcomes += run_tests([])
    return report([*types, *outcomes], lacking)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
