"""What policy tells."""

from datetime import date

from guiju.kernel.news import event


@event
class ValueSet:
    """A figure has another value from that day on; without a unit, for the whole brand."""

    value_id: int
    key: str
    unit_id: int | None
    starts_on: date


@event
class DayClosed:
    """A unit, or without one the whole brand, is closed on that day."""

    day_id: int
    unit_id: int | None
    on: date


@event
class DayReopened:
    """It is open on that day after all."""

    day_id: int
    unit_id: int | None
    on: date
