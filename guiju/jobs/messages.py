"""Messages to customers leave the house in a lane of their own, so that a slow gateway holds up neither the news nor the webhooks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from guiju.oversight.notices import actions as notices

# One shop writes a few messages a minute; two, so that a gateway that hangs does not stop the mail.
LANES = 2


def turn(now: Callable[[], datetime], found: Callable[[], object] = lambda: None) -> bool:
    """Send one message, if one is due. True when there was one.

    found   called before it is sent: there may be more of them, and the gateway may be slow
    """
    errand = notices.claim(now())
    if errand is None:
        return False
    found()
    outcome = notices.carry(errand)
    notices.record(errand, outcome, at=now())
    return True
