"""What a count tells; never what the book expects, before it is over."""

from __future__ import annotations

from guiju.kernel.news import event


@event
class Planned:
    """Bins of a store are to be counted."""

    count_id: int
    number: str
    store_id: int
    kind: str
    bins: int


@event
class HandedIn:
    """All bins have been counted.

    to_recount   how many parts are so far off that another person counts them again
    """

    count_id: int
    number: str
    store_id: int
    to_recount: int


@event
class Rejected:
    """Whoever was to approve it sent it back to be counted again."""

    count_id: int
    number: str
    store_id: int
    reason: str


@event
class Approved:
    """The differences are accepted and booked (domain 2.20, StockCountApproved).

    loss_minor, found_minor   what was missing and what was too much, at cost; both above nothing
    """

    count_id: int
    number: str
    store_id: int
    differences: int
    loss_minor: int
    found_minor: int
    currency: str


@event
class Closed:
    """The count is over."""

    count_id: int
    number: str
    store_id: int


@event
class Cancelled:
    """The count was given up before it was handed in."""

    count_id: int
    number: str
    store_id: int
    reason: str
