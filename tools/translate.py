"""Keep the Chinese catalogues in step with the program: `python -m tools.translate`; with `--check`: say what is wrong.

Needs none of the gettext programs. Gathers each text that the program or a page marks for translation, merges them into
guiju/locale, and leaves what is translated as it is.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import opencc
import polib
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "guiju"
LOCALE = SOURCE / "locale"
LANGUAGES = {"zh_Hans": "Simplified Chinese", "zh_Hant": "Traditional Chinese"}
# Which arguments of a function are a context, a text, and its plural.
ONE, PLURAL, CONTEXT, CONTEXT_PLURAL = (None, 0, None), (None, 0, 1), (0, 1, None), (0, 1, 2)
FUNCTIONS: Mapping[str, tuple[int | None, int, int | None]] = {
    **dict.fromkeys(("_", "N_", "gettext", "gettext_lazy", "gettext_noop"), ONE),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), CONTEXT_PLURAL),
}
IN_TEMPLATES = ("_", "gettext", "ngettext", "pgettext", "npgettext")
BLANK = re.compile(r"%\(\w+\)[-+0-9.]*[a-z]|\{\w*\}")
TAG = re.compile(r"</?[a-z]\w*")
# For each catalogue: the conversion that leaves its own script as it is, and the letters that it may change all the same.
FOREIGN = {"zh_Hans": ("t2s", "著乾"), "zh_Hant": ("s2t", "台群裡床峰鉤啟線污采麵布核")}


class Marked(NamedTuple):
    """A text that is marked for translation."""

    context: str | None
    text: str
    plural: str | None = None


Key = tuple[str | None, str]


def aliases(tree: ast.AST) -> dict[str, tuple[int | None, int, int | None]]:
    """The functions that mark a text, under the names that a module imports them by."""
    named = dict(FUNCTIONS)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            named.update(
                {each.asname: FUNCTIONS[each.name] for each in node.names if each.asname and each.name in FUNCTIONS}
            )
    return named


def texts(node: ast.AST) -> list[str]:
    """What an argument may say: a text, or one of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return [*texts(node.body), *texts(node.orelse)]
    return []


def marked_in_python(source: str) -> Iterator[Marked]:
    """The texts that a module marks."""
    tree = ast.parse(source)
    named = aliases(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name not in named:
            continue
        context, text, plural = (
            [""] if at is None else texts(node.args[at]) if at < len(node.args) else [] for at in named[name]
        )
        yield from (Marked(context[0] or None, each, plural[0] or None) for each in text if context and plural)


def marked_in_template(source: str, origin: str) -> Iterator[Marked]:
    """The texts that a page marks."""
    # What is around the marks is blanked, and its indentation would be read as Python's.
    python = "\n".join(line.strip() for line in templatize(source, origin=origin).splitlines())
    keywords = dict.fromkeys(IN_TEMPLATES)
    # Babel's types are narrower than what it answers.
    calls: Iterable[Any] = extract_python(io.BytesIO(python.encode()), keywords, [], {})
    for _line, function, message, _comments in calls:
        arguments = message if isinstance(message, tuple) else (message,)
        parts: list[str] = [part for part in arguments if part]
        context = parts.pop(0) if "pgettext" in function and len(parts) > 1 else None
        if parts:
            yield Marked(context, parts[0], parts[1] if function.startswith("n") and len(parts) > 1 else None)


def marked(folder: Path = SOURCE) -> dict[Marked, list[str]]:
    """Each text that the program marks, and the files that do."""
    found: dict[Marked, list[str]] = {}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.suffix not in {".py", ".html", ".txt"} or {"migrations", "static"} & set(inside.parts):
            continue
        source = path.read_text(encoding="utf-8")
        texts_of = marked_in_python(source) if path.suffix == ".py" else marked_in_template(source, str(path))
        for each in texts_of:
            where = found.setdefault(each, [])
            name = f"{folder.name}/{inside.as_posix()}"
            if each.text and name not in where:
                where.append(name)
    return {each: where for each, where in found.items() if each.text}


def unite(found: Mapping[Marked, list[str]]) -> dict[Key, polib.POEntry]:
    """One entry for each text; one that is marked with and without a plural has it."""
    entries: dict[Key, polib.POEntry] = {}
    for each, where in sorted(
        found.items(), key=lambda item: (item[0].text, item[0].context or "", item[0].plural or "")
    ):
        entry = entries.setdefault((each.context, each.text), polib.POEntry(msgid=each.text, msgctxt=each.context))
        entry.msgid_plural = entry.msgid_plural or each.plural or ""
        entry.occurrences = sorted({*entry.occurrences, *((name, "") for name in where)})
        entry.flags = ["python-format"] if "%(" in each.text else []
    return entries


def catalogue(language: str, folder: Path = LOCALE) -> polib.POFile:
    """The catalogue of a language, or an empty one."""
    path = folder / language / "LC_MESSAGES" / "django.po"
    return polib.pofile(str(path), wrapwidth=120) if path.exists() else polib.POFile(wrapwidth=120)


def said(entry: polib.POEntry) -> str:
    """The translation; Chinese has one form for all numbers."""
    return str(entry.msgstr_plural.get(0, "")) if entry.msgid_plural else str(entry.msgstr)


def update(folder: Path = LOCALE, source: Path = SOURCE) -> dict[str, int]:
    """Bring both catalogues up to date, and answer how many texts each leaves untranslated."""
    found, left = marked(source), {}
    for language, name in LANGUAGES.items():
        kept = {(entry.msgctxt, entry.msgid): entry for entry in catalogue(language, folder) if not entry.obsolete}
        fresh = polib.POFile(wrapwidth=120)
        fresh.metadata = {
            "Project-Id-Version": "Guiju",
            "Language": language,
            "Language-Team": name,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": "nplurals=1; plural=0;",
        }
        for key, entry in unite(found).items():
            if key in kept:
                entry.flags = sorted({*entry.flags, *({"fuzzy"} & set(kept[key].flags))})
                entry.msgstr = "" if entry.msgid_plural else kept[key].msgstr or said(kept[key])
            if entry.msgid_plural:
                entry.msgstr_plural = {0: (said(kept[key]) or kept[key].msgstr) if key in kept else ""}
            fresh.append(entry)
        path = folder / language / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.save(str(path))
        left[language] = sum(not said(entry) for entry in fresh)
    return left


@cache
def converter(conversion: str) -> Any:
    """A conversion between the scripts."""
    return opencc.OpenCC(conversion)


def foreign(text: str, language: str) -> str:
    """The letters of a text that belong to the other script."""
    conversion, allowed = FOREIGN[language]
    own = converter(conversion).convert(text)
    return "".join(
        letter for letter, proper in zip(text, own, strict=False) if letter != proper and letter not in allowed
    )


def faults_of(entry: polib.POEntry, language: str) -> Iterator[str]:
    """What is wrong with one translation."""
    text, source = said(entry), entry.msgid_plural or entry.msgid
    if not text.strip():
        yield "is not translated"
        return
    if "fuzzy" in entry.flags:
        yield "is fuzzy"
    if set(BLANK.findall(text)) != set(BLANK.findall(source)):
        yield f"has other blanks than the English: {text}"
    elif BLANK.search(source) and "%" in source and "%" in BLANK.sub("", text).replace("%%", ""):
        yield f"has a single % that is no blank: {text}"
    if sorted(TAG.findall(text)) != sorted(TAG.findall(source)):
        yield f"has other tags than the English: {text}"
    if letters := foreign(text, language):
        yield f"has letters of the other script ({letters}): {text}"


def faults(found: Iterable[Marked], entries: Iterable[polib.POEntry], language: str) -> list[str]:
    """What is wrong with a catalogue, a line for each fault."""
    there = {(entry.msgctxt, entry.msgid): entry for entry in entries if not entry.obsolete}
    wrong = []
    for context, text, plural in sorted(found, key=lambda each: (each.text, each.context or "", each.plural or "")):
        entry = there.get((context, text))
        if entry is None or (plural and entry.msgid_plural != plural):
            wrong.append(f"{language}: {text!r} is missing")
        else:
            wrong += [f"{language}: {text!r} {fault}" for fault in faults_of(entry, language)]
    return list(dict.fromkeys(wrong))


def check(folder: Path = LOCALE, source: Path = SOURCE) -> list[str]:
    """What is wrong with the two Chinese catalogues."""
    found = marked(source)
    return [fault for language in LANGUAGES for fault in faults(found, catalogue(language, folder), language)]


def main(arguments: list[str]) -> int:
    """Update the catalogues, or check them."""
    if arguments == ["--check"]:
        wrong = check()
        print(*wrong, f"{len(marked())} texts; {len(wrong)} faults", sep="\n")
        return int(bool(wrong))
    for language, left in update().items():
        print(f"{language}: {left} to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
