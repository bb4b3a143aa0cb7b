"""Finding what people typed, however they typed it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

# A hyphen or a space in a serial number or a phone number is the writer's taste. `\w` keeps letters of every script.
APART = re.compile(r"[\W_]+")
# Words that both scripts write in two ways: 帳 and 賬 are the same account (domain 0.3), 台 and 臺 the same counter.
SAME = str.maketrans({"帐": "账", "帳": "账", "臺": "台"})


@lru_cache(maxsize=1)
def _simplifier() -> Any:
    # The tables take a tenth of a second to load, which a command that searches nothing need not wait for.
    from opencc import OpenCC

    return OpenCC("t2s")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text without case, width, script or punctuation: what is stored beside it, and compared with what is sought.

    `ＦＳ-01 維修` and `fs01维修` are the same.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = APART.sub("", folded)
    if folded.isascii():
        return folded
    simplified: str = _simplifier().convert(folded)
    return simplified.translate(SAME)
