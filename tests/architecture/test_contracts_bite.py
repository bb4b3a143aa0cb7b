"""The import contracts hold, and each is broken once on purpose to show that it bites."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

# The contract that must break, the file that gets a line, and the line.
BROKEN = {
    "Bands know the bands under them": ("guiju/standing/people/models.py", "import guiju.line.workorder.models"),
    "A later station knows the earlier ones, never the reverse": (
        "guiju/line/storeroom/models.py",
        "import guiju.line.workshop.models",
    ),
    "What is known has an order of its own": (
        "guiju/standing/people/models.py",
        "import guiju.standing.customers.models",
    ),
    "The books do not know one another": ("guiju/books/stock/models.py", "import guiju.books.money.models"),
    "Messages, webhooks and papers do not know one another": (
        "guiju/oversight/papers/queries/__init__.py",
        "import guiju.oversight.notices.models",
    ),
    "Inside a context a file knows what stands under it": (
        "guiju/line/dispatch/models.py",
        "import guiju.line.dispatch.actions",
    ),
    "Desks do not know one another, and all know the common room": (
        "guiju/desks/bench/views.py",
        "import guiju.desks.till.views",
    ),
}


def lint(where: Path) -> subprocess.CompletedProcess[str]:
    """Run the import linter on the package `guiju` in `where`."""
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        # Kept beside the copy: of five hundred files each run reads again the one or two that have changed.
        [sys.executable, "-c", program, "--cache-dir", ".import_linter_cache"],
        cwd=where,
        env={**os.environ, "PYTHONPATH": str(where)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("house")
    shutil.copytree(
        ROOT / "guiju", where / "guiju", ignore=shutil.ignore_patterns("static", "templates", "locale", "__pycache__")
    )
    shutil.copy(ROOT / ".importlinter", where)
    return where


def test_every_contract_holds(copy: Path) -> None:
    result = lint(copy)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("contract", BROKEN)
def test_the_contract_bites(copy: Path, contract: str) -> None:
    place, line = BROKEN[contract]
    path = copy / place
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}\n{line}\n", encoding="utf-8")
    try:
        result = lint(copy)
    finally:
        path.write_text(before, encoding="utf-8")
    assert result.returncode != 0
    assert f"{contract} BROKEN" in result.stdout


@pytest.mark.parametrize("container", ["guiju", "guiju/line", "guiju/standing", "guiju/books", "guiju/readiness"])
def test_a_part_that_nobody_declared_is_refused(copy: Path, container: str) -> None:
    stranger = copy / container / "stranger"
    stranger.mkdir()
    (stranger / "__init__.py").touch()
    try:
        result = lint(copy)
    finally:
        shutil.rmtree(stranger)
    assert result.returncode != 0
    assert "stranger" in result.stdout


def test_no_contract_has_an_exception() -> None:
    """An exception to a contract is listed with its reason, and this number is changed with it."""
    assert (ROOT / ".importlinter").read_text(encoding="utf-8").count("ignore_imports =") == 0
