"""Long checks for a release, each with its evidence under docs/evidence: `./run campaign api`.

api            what the API's description promises, asked of real rows by requests that Schemathesis makes up (15,000 in seven minutes)
coverage       how much of ledger, rights and approvals is walked by their own tests, branch by branch
cuts           every verb of the table killed at every statement, on both databases, and sent again
days           any days at the counter by the verbs of the walk-in, against plain numbers; on both
failures       every verb of the table with every failure of the database at every statement, on both
forms          every form and query string of the site in hostile words
interleavings  every pair of rivals, one paused before each of its statements while the other is done; on PostgreSQL
isolation      a hundred thousand requests of two outlets over three pooled connections; on PostgreSQL
kill           web workers, the night shift and PostgreSQL killed under load, on both databases
migrating      every migration killed at every statement and run again, on SQLite
power          the power taken from the disk of a database under load: SQLite on ext4 and on xfs, PostgreSQL on ext4
races          eight people over HTTP at what can be had once, and three hundred times at the last part; on PostgreSQL
sabotage       every control taken away once, and the tests that must notice
small_house    twelve people and twenty-five requests a second at one outlet on SQLite, for two minutes
stock          twenty thousand verbs of stock, transfers and counts in any order, against plain numbers; on both
tills          twenty thousand verbs of tills, takings, credit and days in any order, against plain numbers; on both
syscalls       every write and every sync of SQLite fails, or is the last
tampering      ten thousand columns of the trail changed, each found; and how long a long chain takes
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
EVIDENCE = ROOT / "docs" / "evidence"
CASES = 15_000
BOTH, SQLITE, POSTGRESQL = ("SQLite", "PostgreSQL"), ("SQLite",), ("PostgreSQL",)
# Where each is asked, and of which databases.
ASKED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "cuts": ("tests/faults/test_cuts.py", BOTH),
    "days": ("tests/flow/test_any_days.py", BOTH),
    "failures": ("tests/faults/test_failures.py", BOTH),
    "forms": ("tests/access/test_fuzz.py", SQLITE),
    "interleavings": ("tests/faults/test_interleavings.py", POSTGRESQL),
    "isolation": ("tests/conf/test_isolation.py", POSTGRESQL),
    "kill": ("tests/faults/test_kill.py", BOTH),
    "migrating": ("tests/faults/test_migrating.py", SQLITE),
    "power": ("tests/faults/test_power.py", BOTH),
    "races": ("tests/faults/test_races.py tests/books/stock/test_the_last_part.py", POSTGRESQL),
    "small_house": ("tests/faults/test_small_house.py", SQLITE),
    "stock": ("tests/books/stock/test_any_moves.py", BOTH),
    "tills": ("tests/line/banking/test_any_tills.py", BOTH),
    "syscalls": ("tests/faults/test_syscalls.py", SQLITE),
    "tampering": ("tests/kernel/test_tampering.py", SQLITE),
}


def api(cases: int, seed: int) -> int:
    """Ask so many requests; the same seed asks the same ones again."""
    EVIDENCE.mkdir(exist_ok=True)
    environment = {
        **os.environ,
        "GUIJU_CONTRACT_CASES": str(cases),
        "GUIJU_CONTRACT_SEED": str(seed),
        "GUIJU_CONTRACT_EVIDENCE": str(EVIDENCE / "api-schemathesis.json"),
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/api/test_contract.py"]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def asked(name: str, seed: int, minutes: float) -> int:
    """Ask one harness everything, on each database that it runs on."""
    from tools import postgres

    EVIDENCE.mkdir(exist_ok=True)
    if name in NEEDED:
        _needed(*NEEDED[name])
    environment = {
        **os.environ,
        "GUIJU_FAULTS": "all",
        "GUIJU_FAULTS_SEED": str(seed),
        "GUIJU_FAULTS_EVIDENCE": str(EVIDENCE),
        "GUIJU_FAULTS_MINUTES": str(minutes),
    }
    where, databases = ASKED[name]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *where.split()]
    codes = []
    if "SQLite" in databases:
        codes.append(subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode)
    if "PostgreSQL" in databases:
        programs = postgres.programs()
        if programs is None:
            print("POSTGRESQL IS MISSING: nothing was asked of it")
            return 1
        with postgres.server(programs) as address:
            environment["GUIJU_TEST_POSTGRES_URL"] = address
            codes.append(subprocess.run([*command, "--postgres"], cwd=ROOT, env=environment, check=False).returncode)
    return max(codes)


# The program that a harness asks for, and the package that has it.
NEEDED = {"power": ("mkfs.xfs", "xfsprogs"), "syscalls": ("strace", "strace")}


def _needed(program: str, package: str) -> None:
    """Install what a harness asks for, where we may."""
    if shutil.which(program) is None and shutil.which("apt-get") and os.geteuid() == 0:
        install = ["apt-get", "-q", "install", "-y", "--no-install-recommends", package]
        subprocess.run(install, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


def sabotage(seed: int, minutes: float, kept: Path | None = None) -> int:
    """Take each control away, and count who notices; `kept` lets a run that was cut go on."""
    from tools import sabotage as saboteurs

    found = saboteurs.campaign(seed, minutes, kept)
    _write("sabotage", found)
    return int(bool(found["survived"]))


def coverage() -> int:
    """Count what the tests walk."""
    from tools import covering

    found = covering.campaign()
    _write("coverage", found)
    return int(not covering.is_whole(found))


def _write(name: str, found: Any) -> None:
    EVIDENCE.mkdir(exist_ok=True)
    (EVIDENCE / f"{name}.json").write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Run the campaign of that name."""
    parser = argparse.ArgumentParser(
        prog="./run campaign", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("name", choices=sorted({"api", "coverage", "sabotage", *ASKED}))
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=0, help="end each harness early; 0 asks everything")
    parser.add_argument(
        "--kept", type=Path, help="sabotage: a file of those who were noticed, so that a run that was cut goes on"
    )
    said = parser.parse_args(arguments)
    if said.name in ASKED:
        return asked(said.name, said.seed, said.minutes)
    if said.name == "coverage":
        return coverage()
    return sabotage(said.seed, said.minutes, said.kept) if said.name == "sabotage" else api(said.cases, said.seed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
