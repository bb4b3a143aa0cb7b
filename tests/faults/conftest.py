"""The story is told once in a run, by the first test that needs it."""

from __future__ import annotations

import gc
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from guiju.line.banking import queries as banking
from tests.faults import story as stories
from tests.faults.story import Story
from tests.plugin import SCRATCH

_told: Story | None = None
_folder: Path | None = None


@pytest.fixture
def story(
    request: pytest.FixtureRequest, transactional_db: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Generator[Story]:
    """The walk-in, with a copy of the database before every verb; whatever day it is, the bank is open."""
    monkeypatch.setattr(banking, "is_bank_day", lambda _unit, _on: True)
    global _told, _folder  # noqa: PLW0603  # told once in a run
    if _folder is None:
        _folder = Path(tempfile.mkdtemp(prefix="guiju-faults-", dir=SCRATCH))
    settings.MEDIA_ROOT = _folder / "files"
    if _told is None:
        _told = stories.tell(request.getfixturevalue("cast"), _folder)
        gc.collect()
        gc.freeze()
    yield _told
    _told.copies.rest()


@pytest.fixture(scope="session", autouse=True)
def _tidy() -> Generator[None]:
    yield
    if _told is not None:
        _told.copies.close()
    if _folder is not None:
        shutil.rmtree(_folder, ignore_errors=True)
