"""What the transfers tell."""

from __future__ import annotations

from guiju.kernel.news import event


@event
class Requested:
    """A store asks another one for parts."""

    transfer_id: int
    number: str
    from_unit: str
    to_unit: str


@event
class Sent:
    """The parts have left the sender's store."""

    transfer_id: int
    number: str
    from_unit: str
    to_unit: str
    quantity: int


@event
class Arrived:
    """Parts came in at the other store.

    is_complete   nothing of the transfer is on the way any more
    """

    transfer_id: int
    number: str
    part_code: str
    bin_id: int
    quantity: int
    condition: str
    is_complete: bool


@event
class LossDeclared:
    """A second person has declared that parts will not come any more, or came good for nothing."""

    transfer_id: int
    number: str
    part_code: str
    quantity: int
    cause: str
    reason: str


@event
class Closed:
    """Nothing is on the way any more: all of it came, or its loss is declared."""

    transfer_id: int
    number: str


@event
class NotSent:
    """The transfer ended before anything was sent.

    is_refused   by the store that was asked; otherwise whoever asked needs it no more
    """

    transfer_id: int
    number: str
    reason: str
    is_refused: bool
