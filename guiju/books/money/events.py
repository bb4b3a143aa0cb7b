"""What the money book tells."""

from __future__ import annotations

from datetime import datetime

from guiju.kernel.news import event


@event
class PeriodClosed:
    """Nothing more is booked in the unit for that time."""

    unit_id: int
    starts_at: datetime
    ends_at: datetime
