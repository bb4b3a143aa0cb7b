"""What planning tells."""

from __future__ import annotations

from guiju.kernel.news import event


@event
class Planned:
    """A store was planned anew; somebody should look at what is suggested.

    changes   parts for which the plan suggests another level than the one in force
    """

    store_id: int
    number: str
    parts: int
    changes: int


@event
class LevelSet:
    """So many of a part are kept in a store from now on."""

    store_id: int
    part_id: int
    part_code: str
    level: int
