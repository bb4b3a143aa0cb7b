"""The menu finds a Python that really runs, and one run tells all that is wrong."""

from __future__ import annotations

import importlib.util
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

from tools import testing
from tools.testing import Outcome, Step

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def menu() -> ModuleType:
    loader = SourceFileLoader("menu", str(ROOT / "run"))
    specification = importlib.util.spec_from_loader("menu", loader)
    assert specification
    module = importlib.util.module_from_spec(specification)
    loader.exec_module(module)
    return module


def shim(folder: Path, name: str) -> str:
    """A file that is there and executable and does not run, as pyenv leaves them."""
    path = folder / name
    path.write_text("#!/bin/sh\nexit 127\n", encoding="ascii")
    path.chmod(0o755)
    return str(path)


def test_a_python_that_only_seems_to_be_there_is_passed_over(
    menu: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lying = shim(tmp_path, "python3.13")
    monkeypatch.setattr(menu, "candidates", lambda: iter([lying, str(tmp_path / "nowhere"), sys.executable]))
    assert menu.find_python() == sys.executable


def test_without_any_python_it_says_what_to_do(
    menu: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIJU_PYTHON", shim(tmp_path, "python"))
    with pytest.raises(SystemExit, match=r"3\.11 or newer"):
        menu.find_python()


def test_every_word_of_the_menu_names_something_that_is_there(menu: ModuleType) -> None:
    for word, (help_line, (_, module, *_rest)) in menu.MENU.items():
        assert help_line
        assert importlib.util.find_spec(module), word


@pytest.mark.parametrize(("code", "ending"), [(0, 0), (3, 1)])
def test_a_failing_check_fails_the_run_and_the_last_line_is_pytests(
    code: int, ending: int, capsys: pytest.CaptureFixture[str]
) -> None:
    checked = testing.perform(Step("style", [sys.executable, "-c", f"import sys; sys.exit({code})"]))
    tested = testing.perform(Step("tests on SQLite", [sys.executable, "-c", "print('=== 7 passed in 0.10s ===')"]))
    assert testing.report([checked, tested], []) == ending
    assert capsys.readouterr().out.splitlines()[-1] == "7 passed in 0.10s (SQLite)"


def test_what_is_checked_beside_the_others_tells_and_counts_like_them(capsys: pytest.CaptureFixture[str]) -> None:
    failing = Step("types", [sys.executable, "-c", "print('a line of its own'); raise SystemExit(3)"])
    with testing.beside(failing) as beside:
        testing.perform(Step("style", [sys.executable, "-c", "print('all is well')"]))
    assert [(outcome.name, outcome.code, outcome.closing) for outcome in beside] == [("types", 3, "a line of its own")]
    assert capsys.readouterr().out.split("\n=== ")[1:] == ["style\nall is well\n", "types\na line of its own\n"]
    assert testing.report(beside, []) == 1


@pytest.mark.parametrize(("is_ci", "ending"), [(False, 0), (True, 1)])
def test_a_missing_database_is_a_skip_here_and_a_failure_in_the_integration(
    is_ci: bool, ending: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(testing, "CI", is_ci)
    assert testing.report([Outcome("tests on SQLite", 0, 1.0, "7 passed")], ["postgresql"]) == ending
