"""The pages about the contexts say what the code says."""

from pathlib import Path

import pytest

from tools import contexts


def test_each_context_has_a_page_that_is_current() -> None:
    assert contexts.stale() == [], "run python -m tools.contexts"


def test_a_page_that_fell_behind_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(contexts, "PAGES", tmp_path)
    for context in contexts.contexts():
        name = f"{context.rpartition('.')[2]}.md"
        (tmp_path / name).write_text(contexts.page(context), encoding="utf-8")
    assert contexts.stale() == []
    page = tmp_path / "dispatch.md"
    page.write_text(page.read_text(encoding="utf-8").replace("`assign`", "`send`"), encoding="utf-8")
    assert contexts.stale() == ["guiju.line.dispatch"]
