"""What is typed at the counter, read or refused at its field."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from guiju.kernel.refusing import Invalid
from guiju.kernel.words import N_, Sentence

Word = TypeVar("Word", bound=StrEnum)


def word_of(words: type[Word], text: str, field: str) -> Word:
    """One word of a list."""
    try:
        return words(text)
    except ValueError as unknown:
        raise Invalid(Sentence(N_("Choose one of the list.")), field=field) from unknown


def text_of(text: str, field: str, otherwise: str, *, least: int = 1) -> str:
    """A text of at least so many letters, or the refusal that asks for it."""
    if len(text.strip()) < least:
        raise Invalid(Sentence(otherwise), field=field)
    return text.strip()
