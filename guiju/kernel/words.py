"""Sentences that are kept as facts and spoken in the reader's language.

Plain Python until a sentence is spoken, so that rules, which know no Django, may give their reasons in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self

LANGUAGES = ("en", "zh-hans", "zh-hant")
# Whose text a reader gets when his own language has none: the other script first, because he can read it.
FALLBACKS: Mapping[str, tuple[str, ...]] = {
    "en": ("en", "zh-hans", "zh-hant"),
    "zh-hans": ("zh-hans", "zh-hant", "en"),
    "zh-hant": ("zh-hant", "zh-hans", "en"),
}
TRADITIONAL = ("hant", "tw", "hk", "mo")
# Shown where a name is missing in every language: never an empty cell (G-9).
NAMELESS = "—"


def N_(msgid: str) -> str:  # noqa: N802 - the name that gettext's extractor looks for.
    """Mark a sentence for translation, and leave it as it is."""
    return msgid


@dataclass(frozen=True, slots=True)
class Sentence:
    """A whole sentence in English with named blanks, translated only when it is spoken.

    msgid    as marked with `N_`
    params   fill the `%(name)s` of the sentence; a Sentence among them is spoken in the same language
    """

    msgid: str
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        if not self.msgid:
            return ""  # gettext would answer with the header of its catalogue
        from django.utils.translation import gettext

        spoken = gettext(self.msgid)
        if not self.params:
            return spoken
        filled = {name: _spoken(value) for name, value in self.params.items()}
        try:
            return spoken % filled
        except (KeyError, ValueError, TypeError):
            # A translation with a misspelt blank must not hide the fact: English is better than a crash.
            return self.msgid % filled

    def to_json(self) -> dict[str, Any]:
        """As it is kept in a row, to be spoken later and elsewhere."""
        return {"msgid": self.msgid, "params": {name: _kept(value) for name, value in self.params.items()}}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The sentence that `to_json` kept."""
        params = kept.get("params", {})
        return cls(kept["msgid"], {name: _restored(value) for name, value in params.items()})


def _spoken(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        from django.utils import dateformat, timezone, translation

        # As the pages and the papers around the sentence write their days, and never with the month first.
        day = "j M Y" if language_of(translation.get_language()) == "en" else "Y年n月j日"
        if isinstance(value, datetime):
            here = timezone.localtime(value) if timezone.is_aware(value) else value
            return dateformat.format(here, f"{day} H:i")
        return dateformat.format(value, day)
    return value


def _kept(value: Any) -> Any:
    if isinstance(value, Sentence):
        return {"sentence": value.to_json()}
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if value is None or isinstance(value, (bool, int)):
        return value
    return str(value)


def _restored(value: Any) -> Any:
    match value:
        case {"sentence": kept}:
            return Sentence.from_json(kept)
        case {"datetime": str(text)}:
            return datetime.fromisoformat(text)
        case {"date": str(text)}:
            return date.fromisoformat(text)
        case {"decimal": str(text)}:
            return Decimal(text)
    return value


def language_of(code: str | None) -> str:
    """One of our three languages for any language code: `zh-TW` reads the traditional script."""
    code = (code or "").lower().replace("_", "-")
    if not code.startswith("zh"):
        return "en"
    return "zh-hant" if any(part in TRADITIONAL for part in code.split("-")) else "zh-hans"


def pick(names: Mapping[str, str] | None, language: str | None = None) -> str:
    """The name in the reader's language, or in the nearest one that has it; never empty.

    source   G-9
    """
    if language is None:
        from django.utils.translation import get_language

        language = get_language()
    names = names or {}
    for candidate in FALLBACKS[language_of(language)]:
        if names.get(candidate):
            return names[candidate]
    return next((name for name in names.values() if name), NAMELESS)
