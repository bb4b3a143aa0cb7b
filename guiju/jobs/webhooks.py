"""Webhooks leave the house in lanes of their own, so that somebody else's slow server holds up neither the news nor the other receivers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from guiju.oversight.webhooks import actions as webhooks

# An endpoint in trouble takes one lane for some seconds and then rests, so a few lanes serve many endpoints.
LANES = 4


def turn(now: Callable[[], datetime], found: Callable[[], object] = lambda: None) -> bool:
    """Send one message, if one is due. True when there was one.

    now     read before and after: the network takes its time
    found   called before it is sent: there may be more of them, and the receiver may be slow
    """
    errand = webhooks.claim(now())
    if errand is None:
        return False
    found()
    answer = webhooks.carry(errand)
    webhooks.record(errand, answer, at=now())
    return True
