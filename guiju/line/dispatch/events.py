"""What the control room tells."""

from datetime import datetime

from guiju.kernel.news import event


@event
class Assigned:
    order_id: int
    number: str
    technician_id: int
    accept_by: datetime


@event
class Accepted:
    order_id: int
    number: str
    technician_id: int


@event
class Refused:
    order_id: int
    number: str
    technician_id: int
    reason: str


@event
class TimedOut:
    order_id: int
    number: str
    technician_id: int


@event
class Escalated:
    """The job came back for the second time or more: the outlet's manager has to look."""

    order_id: int
    number: str
    refusals: int


@event
class Overridden:
    """A manager sent somebody whom the rules would not send; reviewers of exceptions want to know (PPL-1)."""

    order_id: int
    number: str
    technician_id: int
    obstacles: tuple[str, ...]
    reason: str


@event
class HandedOn:
    order_id: int
    number: str
    technician_id: int
