"""What is wrong with a field, in whole sentences of ours: the reading library says it in English only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from guiju.kernel.words import N_, Sentence

TEXT = N_("This must be a text.")
WHOLE_NUMBER = N_("This must be a whole number.")
NUMBER = N_("This must be a number.")
LONG_NUMBER = N_("This number has too many digits.")
YES_OR_NO = N_("This must be true or false.")
DAY = N_("This must be a day of the calendar, such as 2026-11-02.")
MOMENT = N_("This must be a moment with its offset from UTC, such as 2026-11-02T09:30:00+08:00.")
CHOICE = N_("This must be one of: %(expected)s.")
LIST = N_("This must be a list.")
GROUP = N_("This must be an object with named fields.")
NOT_UNDERSTOOD = N_("This cannot be understood.")

# By the library's own names of what can be wrong; %(…)s are the names that it gives the limits.
SENTENCES: Mapping[str, str] = {
    "missing": N_("This is missing."),
    "extra_forbidden": N_("There is no such field."),
    "string_type": TEXT,
    "string_unicode": TEXT,
    "string_too_short": N_("Write at least %(min_length)s characters."),
    "string_too_long": N_("Write at most %(max_length)s characters."),
    "string_pattern_mismatch": N_("This is not written as it must be."),
    "unreadable": N_("The text holds a character that cannot be kept."),
    "int_type": WHOLE_NUMBER,
    "int_parsing": WHOLE_NUMBER,
    "int_parsing_size": LONG_NUMBER,
    "int_from_float": WHOLE_NUMBER,
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "finite_number": NUMBER,
    "decimal_type": NUMBER,
    "decimal_parsing": NUMBER,
    "decimal_max_digits": LONG_NUMBER,
    "decimal_max_places": LONG_NUMBER,
    "decimal_whole_digits": LONG_NUMBER,
    "bool_type": YES_OR_NO,
    "bool_parsing": YES_OR_NO,
    "enum": CHOICE,
    "literal_error": CHOICE,
    "greater_than": N_("This must be more than %(gt)s."),
    "greater_than_equal": N_("This must not be less than %(ge)s."),
    "less_than": N_("This must be less than %(lt)s."),
    "less_than_equal": N_("This must not be more than %(le)s."),
    "too_short": N_("Send at least %(min_length)s of these."),
    "too_long": N_("Send at most %(max_length)s of these."),
    "list_type": LIST,
    "dict_type": GROUP,
    "model_type": GROUP,
    "model_attributes_type": GROUP,
}
# A limit of the calendar is not more or less, it is later or earlier.
IN_TIME: Mapping[str, str] = {
    "greater_than": N_("This must be later than %(gt)s."),
    "greater_than_equal": N_("This must not be earlier than %(ge)s."),
    "less_than": N_("This must be earlier than %(lt)s."),
    "less_than_equal": N_("This must not be later than %(le)s."),
}
# The library has a dozen ways in which a day or a moment is none.
FAMILIES: Mapping[str, str] = {"date_": DAY, "datetime_": MOMENT, "timezone_": MOMENT}


def sentence_for(kind: str, limits: Mapping[str, Any]) -> Sentence:
    """Why a field was not understood.

    kind     the library's name of it, which is part of its interface
    limits   what the library compared with; a day or a moment comes as text
    """
    if kind in IN_TIME and any(isinstance(limit, str) for limit in limits.values()):
        return Sentence(IN_TIME[kind], dict(limits))
    found = SENTENCES.get(kind)
    if found is CHOICE:
        return Sentence(CHOICE, {"expected": ", ".join(re.findall(r"'([^']*)'", str(limits.get("expected", ""))))})
    if found is None:
        found = next((said for family, said in FAMILIES.items() if kind.startswith(family)), NOT_UNDERSTOOD)
    return Sentence(found, dict(limits))
