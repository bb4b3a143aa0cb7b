"""`./run shows` tells the truth: an id without a test, or with a failing or skipped one, is not shown."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tools.shows import ID

SUITE = """
import pytest

@pytest.mark.shows("WO-1", "D01", "TG-16", "3.9")
def test_good(): pass

@pytest.mark.shows("WO-2")
def test_bad(): assert False

@pytest.mark.shows("WO-3")
@pytest.mark.skip
def test_skipped(): pass
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    (tmp_path / "test_it.py").write_text(SUITE, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\nmarkers = shows(ids): x\naddopts = -p no:django\n", encoding="utf-8"
    )
    return tmp_path


def shows(where: Path, *ids: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "tools" / "shows.py"), *ids], cwd=where, capture_output=True, text=True, check=False
    )


def test_an_id_with_a_green_test_is_shown(suite: Path) -> None:
    assert shows(suite, "WO-1", "D01").returncode == 0


@pytest.mark.parametrize("unshown", ["WO-2", "WO-3", "WO-4"], ids=["fails", "is skipped", "has no test"])
def test_an_id_is_not_shown_where_its_test_does_not_pass(suite: Path, unshown: str) -> None:
    assert shows(suite, "WO-1", unshown).returncode != 0


def test_the_list_names_each_id_with_its_tests(suite: Path) -> None:
    assert "WO-2\n    test_it.py::test_bad" in shows(suite).stdout


def test_every_test_of_the_house_shows_what_the_domain_knows() -> None:
    """One that does not would end `./run shows` for all of them."""
    marks = [
        node.args
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.shows"
    ]
    named = {arg.value for args in marks for arg in args if isinstance(arg, ast.Constant)}
    assert len(named) > 300
    assert [name for name in sorted(named) if not ID.match(str(name))] == []


def test_an_id_that_nobody_knows_is_refused(suite: Path) -> None:
    (suite / "test_more.py").write_text(
        'import pytest\n@pytest.mark.shows("X-1")\ndef test_x(): pass\n', encoding="utf-8"
    )
    assert shows(suite).returncode != 0
