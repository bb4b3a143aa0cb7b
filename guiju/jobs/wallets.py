"""Providers of wallets are asked in a lane of their own, by day and by night, until nothing is left open: no news waits for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from guiju.line.cashier.actions import wallet_errands as errands

# A counter has a few customers a minute, and whoever stands there asks at once; the lane does what was left.
LANES = 1


def turn(now: Callable[[], datetime], found: Callable[[], object] = lambda: None) -> bool:
    """Ask one provider one question, if one is due. True when there was one."""
    errand = errands.claim(now())
    if errand is None:
        return False
    found()
    told = errands.carry(errand)
    errands.record(errand, told, at=now())
    return True
