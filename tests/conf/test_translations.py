"""Translations are whole in both Chinese scripts, compiled when their source is newer, and never read half-written."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from guiju.conf.translations import compile_catalogues
from tools import translate

SOURCE = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Repair"\nmsgstr "{}"\n'
MODULE = """
from django.utils.translation import gettext as say, ngettext_lazy, pgettext
from guiju.kernel.words import N_

LABELS = {1: N_("Ready " "to collect"), 2: N_("%(name)s has the job.")}
say("Yes" if LABELS else "No")
ngettext_lazy("%(count)s job", "%(count)s jobs", "count")
pgettext("to the next page", "More")
say(LABELS[1])
"""
PAGE = """{% load i18n %}
{% block main %}
  {% if it's %}
    <p>{% blocktranslate trimmed count jobs=jobs %}
      {{ jobs }} job's waiting
    {% plural %}
      {{ jobs }} jobs are waiting
    {% endblocktranslate %}</p>
   {% translate "Back" context "to the page before" %}
  {% endif %}{% include "it.html" with title=_("Papers") %}
{% endblock %}
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A small program with every way to mark a text, and its two catalogues without one translation."""
    source = tmp_path / "program"
    (source / "templates").mkdir(parents=True)
    (source / "words.py").write_text(MODULE, encoding="utf-8")
    (source / "templates" / "page.html").write_text(PAGE, encoding="utf-8")
    translate.update(tmp_path / "locale", source)
    return tmp_path


def say(program: Path, language: str, text: str, said: str, *flags: str) -> None:
    """Translate one text of the small program."""
    catalogue = translate.catalogue(language, program / "locale")
    entry = next(each for each in catalogue if each.msgid == text)
    entry.flags = [*(flag for flag in entry.flags if flag != "fuzzy"), *flags]
    if entry.msgid_plural:
        entry.msgstr_plural = {0: said}
    else:
        entry.msgstr = said
    catalogue.save()


def faults(program: Path, language: str, text: str) -> list[str]:
    """What the check says about one text in one language."""
    found = translate.check(program / "locale", program / "program")
    return [fault for fault in found if fault.startswith(f"{language}: {text!r}")]


def test_every_text_is_translated_into_both_chinese_scripts() -> None:
    assert len(translate.marked()) > 1000
    assert translate.check() == []


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "维修工单"), ("zh-hant", "維修工單"), ("en", "Work order")])
def test_django_finds_the_catalogue_of_each_language(language: str, said: str) -> None:
    assert language in dict(settings.LANGUAGES)
    with translation.override(language):
        assert translation.gettext("Work order") == said


def test_a_text_is_found_however_it_is_marked(program: Path) -> None:
    found = translate.marked(program / "program")
    assert set(found) == {
        translate.Marked(None, "Ready to collect"),
        translate.Marked(None, "%(name)s has the job."),
        translate.Marked(None, "Yes"),
        translate.Marked(None, "No"),
        translate.Marked(None, "%(count)s job", "%(count)s jobs"),
        translate.Marked("to the next page", "More"),
        translate.Marked(None, "%(jobs)s job's waiting", "%(jobs)s jobs are waiting"),
        translate.Marked("to the page before", "Back"),
        translate.Marked(None, "Papers"),
    }
    assert found[translate.Marked(None, "Papers")] == ["program/templates/page.html"]


def test_an_update_keeps_what_is_translated_and_drops_what_is_gone(program: Path) -> None:
    say(program, "zh_Hans", "Yes", "是")
    say(program, "zh_Hans", "%(count)s job", "%(count)s 张工单")
    (program / "program" / "templates" / "page.html").unlink()
    translate.update(program / "locale", program / "program")
    kept = {entry.msgid: translate.said(entry) for entry in translate.catalogue("zh_Hans", program / "locale")}
    assert (kept["Yes"], kept["%(count)s job"], kept["No"]) == ("是", "%(count)s 张工单", "")
    assert "Papers" not in kept


def test_a_text_without_a_translation_is_a_fault(program: Path) -> None:
    assert "is not translated" in faults(program, "zh_Hant", "Yes")[0]
    say(program, "zh_Hant", "Yes", "是")
    assert faults(program, "zh_Hant", "Yes") == []
    module = program / "program" / "words.py"
    module.write_text(module.read_text(encoding="utf-8") + 'say("Not yet there")\n', encoding="utf-8")
    assert "is missing" in faults(program, "zh_Hant", "Not yet there")[0]


def test_a_fuzzy_translation_is_a_fault(program: Path) -> None:
    say(program, "zh_Hans", "Yes", "是", "fuzzy")
    assert "is fuzzy" in faults(program, "zh_Hans", "Yes")[0]
    translate.update(program / "locale", program / "program")
    assert "is fuzzy" in faults(program, "zh_Hans", "Yes")[0]


@pytest.mark.parametrize(
    ("text", "said", "fault"),
    [
        ("%(name)s has the job.", "%(nane)s 已有此工单。", "other blanks"),
        ("%(name)s has the job.", "已有此工单。", "other blanks"),
        ("%(name)s has the job.", "%(name)s 已有 5% 的工单。", "single %"),
        ("%(count)s job", "工单", "other blanks"),
        ("No", "<b>否</b>", "other tags"),
        ("Papers", "單據", "other script"),
    ],
)
def test_a_broken_translation_is_a_fault(program: Path, text: str, said: str, fault: str) -> None:
    say(program, "zh_Hans", text, said)
    assert fault in faults(program, "zh_Hans", text)[0]


@pytest.mark.parametrize("said", ["单据", "售后", "网络"])
def test_simplified_letters_are_a_fault_in_the_traditional_catalogue(program: Path, said: str) -> None:
    say(program, "zh_Hans", "Papers", said)
    say(program, "zh_Hant", "Papers", said)
    assert faults(program, "zh_Hans", "Papers") == []
    assert "other script" in faults(program, "zh_Hant", "Papers")[0]


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
