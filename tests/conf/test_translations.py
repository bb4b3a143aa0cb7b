"""Translations are compiled when their source is newer, and a server never reads half a file."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

from guiju.conf.translations import compile_catalogues

SOURCE = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Repair"\nmsgstr "{}"\n'


def test_a_changed_translation_is_compiled_once(tmp_path: Path) -> None:
    folder = tmp_path / "zh_Hant" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source, compiled = folder / "django.po", folder / "django.mo"
    source.write_text(SOURCE.format("維修"), encoding="utf-8")
    assert compile_catalogues(tmp_path) == [compiled]
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Repair") == "維修"
    assert compile_catalogues(tmp_path) == []
    source.write_text(SOURCE.format("修理"), encoding="utf-8")
    os.utime(source, (compiled.stat().st_mtime + 5, compiled.stat().st_mtime + 5))
    assert compile_catalogues(tmp_path) == [compiled]
    assert sorted(path.name for path in folder.iterdir()) == ["django.mo", "django.po"]
