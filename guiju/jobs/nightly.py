"""What the house does once a day: it forgets answers that nobody asks for again and webhooks that are long over, and sweeps up files of
deeds that never were.

None touches the books: `guiju verify` says the same before and after, but for the files that no evidence knows.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from guiju.kernel import evidence, once, trail
from guiju.oversight.webhooks import actions as webhooks
from guiju.standing.policy import queries as policy

log = logging.getLogger(__name__)
EVERY = timedelta(days=1)


@dataclass(frozen=True)
class Swept:
    """What one round took away."""

    keys: int
    files: int
    webhooks: int = 0


def night(at: datetime) -> Swept:
    """Do the day's housekeeping; any number of workers may, one after another or at once."""
    figures = policy.figures(("house.once_key_days", "house.orphan_file_days"), unit=None, on=at.date())
    keys = once.forget(before=at - timedelta(days=int(figures["house.once_key_days"].value)))
    files = evidence.sweep(before=at - timedelta(days=int(figures["house.orphan_file_days"].value)))
    messages = webhooks.forget(at=at)
    if settings.GUIJU_TRAIL_HEADS:
        trail.seal_pending()
        trail.write_head(settings.GUIJU_TRAIL_HEADS, at=at)
    if keys or files or messages:
        said = "Forgot %s old request keys and %s old webhooks, swept up %s files that nothing knows."
        log.info(said, keys, messages, files)
    return Swept(keys, files, messages)


class Watchman:
    """Remembers when the next round is due."""

    def __init__(self, work: Callable[[datetime], object] = night) -> None:
        self.work = work
        self._next: datetime | None = None

    def look(self, at: datetime) -> bool:
        """Do the round if a day has passed; the first look is when the worker begins."""
        if self._next is not None and at < self._next:
            return False
        self._next = at + EVERY
        try:
            self.work(at)
        except OSError:
            # News must go on being delivered, whatever is the matter with a disk.
            log.exception("The day's housekeeping could not be done.")
        return True
