"""`./run shows` tells the truth: an id without a test, or with a failing or skipped one, is not shown."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

SUITE = """
import pytest

@pytest.mark.shows("WO-1", "D01")
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


def test_an_id_that_nobody_knows_is_refused(suite: Path) -> None:
    (suite / "test_more.py").write_text(
        'import pytest\n@pytest.mark.shows("X-1")\ndef test_x(): pass\n', encoding="utf-8"
    )
    assert shows(suite).returncode != 0
