"""What a work order tells: its coverage, its promise, its holds."""

from datetime import datetime

from guiju.kernel.news import event


@event
class CoverageDecided:
    order_id: int
    number: str
    coverage: str


@event
class RightRaised:
    """The customer may have more than a repair: on which grounds."""

    order_id: int
    number: str
    grounds: str


@event
class PromiseRevised:
    order_id: int
    number: str
    old_at: datetime
    new_at: datetime
    accepted: bool


@event
class PromiseAgreed:
    """The customer agreed to the date that stands, and how."""

    order_id: int
    number: str
    promised_at: datetime
    how: str


@event
class PutOnHold:
    order_id: int
    number: str
    hold: str


@event
class HoldReleased:
    order_id: int
    number: str
    hold: str


@event
class Prioritised:
    """The job is more, or less, pressing than before."""

    order_id: int
    number: str
    was: str
    priority: str


@event
class CameBack:
    """An earlier repair did not hold; this one is free, and whoever made that one pays."""

    order_id: int
    number: str
    earlier_number: str
    charged_to: str


@event
class LinkRenewed:
    order_id: int
    number: str
