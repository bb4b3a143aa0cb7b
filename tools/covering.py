"""How much of what money, rights and approvals rest on is walked by their own tests, branch by branch, on both databases (G29).

coverage.py is put into a folder of its own: it is no part of what Guiju runs on.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools import postgres

ROOT = Path(__file__).resolve().parent.parent
COVERAGE = "coverage>=7.6,<8"
# What must be walked whole.
CRITICAL: Mapping[str, tuple[str, ...]] = {
    "ledger": ("guiju/kernel/ledger.py", "guiju/kernel/amounts.py", "guiju/books/stock/*.py", "guiju/books/money/*.py"),
    "rights": (
        "guiju/kernel/actor.py", "guiju/kernel/reach.py", "guiju/conf/rights/*.py", "guiju/conf/middleware.py",
        "guiju/conf/second_factor.py",
    ),
    "approvals": ("guiju/kernel/approval.py", "guiju/kernel/once.py", "guiju/kernel/deed.py"),
}  # fmt: skip
# By whom: those that are about it, and none that only pass by.
TESTS = (
    "tests/kernel", "tests/books", "tests/architecture/test_rights.py", "tests/access/test_keys.py", "tests/standing/people",
    "tests/api/test_requests.py", "tests/conf/test_failing.py", "tests/conf/test_doors.py", "tests/conf/test_second_factor.py",
    "tests/conf/test_sign_in.py", "tests/conf/test_isolation.py",
)  # fmt: skip


def campaign() -> dict[str, Any]:
    """Run those tests on each database, and count what they walk: by each part, and by each file that is not walked whole."""
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--target", scratch, COVERAGE], check=True)
        kept, told = Path(scratch, "data"), Path(scratch, "told.json")
        environment = {**os.environ, "PYTHONPATH": scratch}
        include = ",".join(path for paths in CRITICAL.values() for path in paths)
        coverage = [sys.executable, "-m", "coverage"]
        run = [*coverage, "run", "--branch", "--append", f"--data-file={kept}", f"--include={include}"]
        tests = ["-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS]
        codes = [subprocess.run([*run, *tests], cwd=ROOT, env=environment, check=False).returncode]
        programs = postgres.programs()
        if programs is None:
            print("POSTGRESQL IS MISSING: what only happens there counts as not walked")
        else:
            with postgres.server(programs) as address:
                environment["GUIJU_TEST_POSTGRES_URL"] = address
                there = [*tests, "--postgres", "-m", "postgres or both_databases"]
                codes.append(subprocess.run([*run, *there], cwd=ROOT, env=environment, check=False).returncode)
        report = [*coverage, "json", "-q", f"--data-file={kept}", "-o", str(told)]
        subprocess.run(report, cwd=ROOT, env=environment, check=True)
        files = json.loads(told.read_text(encoding="utf-8"))["files"]
    return {"tests passed": not any(codes), **{name: _part(files, paths) for name, paths in CRITICAL.items()}}


def _part(files: Mapping[str, Any], paths: tuple[str, ...]) -> dict[str, Any]:
    mine = {path: told for path, told in files.items() if any(Path(path).match(each) for each in paths)}
    sums = {
        name: sum(told["summary"][name] for told in mine.values())
        for name in ("num_statements", "covered_lines", "num_branches", "covered_branches")
    }
    return {
        "statements": f"{sums['covered_lines']} of {sums['num_statements']}",
        "branches": f"{sums['covered_branches']} of {sums['num_branches']}",
        "not walked": {
            path: {"lines": told["missing_lines"], "branches": told["missing_branches"]}
            for path, told in sorted(mine.items())
            if told["missing_lines"] or told["missing_branches"]
        },
    }


def is_whole(found: Mapping[str, Any]) -> bool:
    """Whether all of it is walked, by tests that pass."""
    return bool(found["tests passed"]) and not any(found[name]["not walked"] for name in CRITICAL)
