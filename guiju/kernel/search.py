"""Finding what people typed, however they typed it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from django.db.models import Q, QuerySet

# A hyphen or a space in a serial number or a phone number is the writer's taste. `\w` keeps letters of every script.
APART = re.compile(r"[\W_]+")
# Words that both scripts write in two ways: 帳 and 賬 are the same account (domain 0.3), 台 and 臺 the same counter.
# The tables themselves lead from 薴 to 苧 and from there to 苎.
SAME = str.maketrans({"帐": "账", "苧": "苎"})


@cache
def _simplifier() -> Any:
    # The tables take a tenth of a second to load, which a command that searches nothing need not wait for.
    from opencc import OpenCC

    return OpenCC("t2s")


@cache
def _simplified(character: str) -> str:
    simplified: str = _simplifier().convert(character)
    return simplified.translate(SAME)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text without case, width, script or punctuation: what is stored beside it, and compared with what is sought.

    `ＦＳ-01 維修` and `fs01维修` are the same.
    """
    # Once more after folding the case: İ becomes two characters there.
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    folded = APART.sub("", folded)
    if folded.isascii():
        return folded
    # Character by character and not by the word, so that a part of a word is found in the word: 乾 alone is 干, in 乾隆 it is not.
    return "".join(map(_simplified, folded))


def either(*keys: QuerySet[Any]) -> Q:
    """Rows with one of these keys. One question beside the other and not one "or": each walks an index of its own."""
    first, *others = (each.order_by() for each in keys)
    return Q(pk__in=first.union(*others) if others else first)
