"""What the stock book tells."""

from __future__ import annotations

from guiju.kernel.news import event


@event
class Received:
    """Parts came in and lie in a bin."""

    part_id: int
    part_code: str
    store_id: int
    bin_id: int
    quantity: int
    document: str


@event
class Adjusted:
    """A count found more or less than the book said.

    quantity   above nothing for what was found, below for what is lost
    """

    part_id: int
    part_code: str
    store_id: int
    bin_id: int
    quantity: int
    reason: str
    document: str


@event
class SetApart:
    """Pieces in a bin are not to be used any more."""

    part_id: int
    part_code: str
    store_id: int
    bin_id: int
    quantity: int
    condition: str
    reason: str
    document: str
