"""Long checks for a release, each with its evidence under docs/evidence: `./run campaign api`.

api            what the API's description promises, asked of real rows by requests that Schemathesis makes up (15,000 in seven minutes)
cuts           every verb of the table killed at every statement, on both databases, and sent again
failures       every verb of the table with every failure of the database at every statement, on both
interleavings  every pair of rivals, one paused before each of its statements while the other is done; on PostgreSQL
kill           web workers, the night shift and PostgreSQL killed under load, on both databases
power          the power taken from the disk of a database under load: SQLite on ext4 and on xfs, PostgreSQL on ext4
races          eight people over HTTP at what can be had once; on PostgreSQL
sabotage       every control taken away once, and the tests that must notice
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EVIDENCE = ROOT / "docs" / "evidence"
CASES = 15_000
FAULTS = ("cuts", "failures", "interleavings", "kill", "power", "races")
ON_POSTGRESQL = {"interleavings", "races"}


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


def faults(name: str, seed: int, minutes: float) -> int:
    """Ask one harness of faults everything, on each database that it runs on."""
    from tools import postgres

    EVIDENCE.mkdir(exist_ok=True)
    if name == "power":
        _xfs()
    environment = {
        **os.environ,
        "GUIJU_FAULTS": "all",
        "GUIJU_FAULTS_SEED": str(seed),
        "GUIJU_FAULTS_EVIDENCE": str(EVIDENCE),
        "GUIJU_FAULTS_MINUTES": str(minutes),
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"tests/faults/test_{name}.py"]
    codes = []
    if name not in ON_POSTGRESQL:
        codes.append(subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode)
    programs = postgres.programs()
    if programs is None:
        print("POSTGRESQL IS MISSING: nothing was asked of it")
        return 1
    with postgres.server(programs) as address:
        environment["GUIJU_TEST_POSTGRES_URL"] = address
        codes.append(subprocess.run([*command, "--postgres"], cwd=ROOT, env=environment, check=False).returncode)
    return max(codes)


def _xfs() -> None:
    """Install what makes an xfs, where we may."""
    if shutil.which("mkfs.xfs") is None and shutil.which("apt-get") and os.geteuid() == 0:
        install = ["apt-get", "-q", "install", "-y", "--no-install-recommends", "xfsprogs"]
        subprocess.run(install, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


def sabotage(seed: int, minutes: float) -> int:
    """Take each control away, and count who notices."""
    from tools import sabotage as saboteurs

    found = saboteurs.campaign(seed, minutes)
    EVIDENCE.mkdir(exist_ok=True)
    (EVIDENCE / "sabotage.json").write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return int(bool(found["survived"]))


def main(arguments: list[str]) -> int:
    """Run the campaign of that name."""
    parser = argparse.ArgumentParser(
        prog="./run campaign", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("name", choices=["api", *FAULTS, "sabotage"])
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=0, help="end each harness of faults early; 0 asks everything")
    asked = parser.parse_args(arguments)
    if asked.name in FAULTS:
        return faults(asked.name, asked.seed, asked.minutes)
    return sabotage(asked.seed, asked.minutes) if asked.name == "sabotage" else api(asked.cases, asked.seed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
