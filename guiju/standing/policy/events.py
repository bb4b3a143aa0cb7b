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
