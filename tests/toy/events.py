"""What kites tell."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from guiju.kernel.news import event


class Wind(StrEnum):
    CALM = "CALM"
    STRONG = "STRONG"


@event
class Flown:
    """A kite rose."""

    kite_number: str
    rose_at: datetime
    wind: Wind = Wind.CALM
    heights: tuple[int, ...] = ()
    child_id: int | None = None


@event
class Unheard:
    """Nobody listens to this."""

    kite_number: str
