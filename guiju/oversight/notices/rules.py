"""The wording of each message, and to whom it may go."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from guiju.kernel.words import N_


class Template(StrEnum):
    """Why the customer is written to."""

    QUOTE = "QUOTE"
    CODE = "CODE"
    NEW_DATE = "NEW_DATE"
    READY = "READY"


class MessageState(StrEnum):
    """What became of a message."""

    SENT = "SENT"
    UNREACHABLE = "UNREACHABLE"


# Whole sentences; `%(link)s` is the customer's own page.
WORDING: Mapping[Template, str] = {
    Template.QUOTE: N_("%(outlet)s: the quote for %(number)s is ready, %(amount)s. Please answer here: %(link)s"),
    Template.CODE: N_(
        "%(outlet)s: %(code)s is your code for approving the quote for %(number)s. Give it to nobody else."
    ),
    Template.NEW_DATE: N_(
        "%(outlet)s: a part for %(number)s is missing. Please look at the new date and sign: %(link)s"
    ),
    Template.READY: N_("%(outlet)s: %(number)s is ready for collection. Please bring the claim tag. %(link)s"),
}

# A code is worthless once it was used; until then nobody of the house needs to read it.
HIDDEN = frozenset({Template.CODE})
