"""What the upkeep of the stores tells: what was missed, and what was found."""

from guiju.kernel.news import event


@event
class InspectionDone:
    """A store was looked at, and so many of a hundred points were given."""

    store_id: int
    inspection_id: int
    score: int


@event
class InspectionMissed:
    """Nobody looked at a store in its week (S2-87)."""

    store_id: int
    inspection_id: int


@event
class ClimateOutside:
    """It is too warm, too cold, too damp or too dry in a store (S2-88)."""

    store_id: int
    reading_id: int
