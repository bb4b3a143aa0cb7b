"""What the page of running advice names exists: settings, figures, commands, files."""

from __future__ import annotations

import re
from pathlib import Path

from django.core.management import get_commands

from guiju.conf import settings
from guiju.conf.running import figures

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
FILES = [path.read_text(encoding="utf-8") for path in (ROOT / "deploy").iterdir()]


def test_every_setting_that_is_named_is_read() -> None:
    told = settings.__doc__ or ""
    named = set(re.findall(r"\bGUIJU_[A-Z_]+|DATABASE_URL", "\n".join([PAGE, *FILES])))
    # Only the command that serves reads this one.
    assert {name for name in named if name not in told} <= {"GUIJU_PROCESSES"}


def test_every_figure_to_watch_is_counted() -> None:
    named = set(re.findall(r"`(guiju_[a-z_]+)", PAGE))
    assert len(named) >= 8
    assert named <= figures.KNOWN.keys()


def test_every_command_and_file_is_there() -> None:
    commands = set(re.findall(r"\bguiju ([a-z]+)\b(?=[ `])", "\n".join(PAGE.splitlines()))) - {"guiju"}
    assert commands >= {"serve", "work", "backup", "restore", "verify", "migrate", "check"}
    assert {each for each in commands if each not in get_commands()} <= {"and", "alone", "sets"}
    assert all((ROOT / name).exists() for name in re.findall(r"deploy/[\w.-]+\.?\w*", PAGE) if not name.endswith("/"))
