"""What the follow-up tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from guiju.kernel.news import event


@event
@dataclass(frozen=True)
class Closed:
    """The job is over."""

    order_id: int
    order_number: str


@event
@dataclass(frozen=True)
class ReworkOpened:
    """A repair came back inside its warranty; the new job is free and linked to the first."""

    order_id: int
    order_number: str
    parent_id: int
    parent_number: str


@event
@dataclass(frozen=True)
class Reminded:
    """The customer was reminded to collect; `times` is 1 or 2."""

    order_id: int
    order_number: str
    times: int


@event
@dataclass(frozen=True)
class UnclaimedDemandSent:
    """The formal demand went out; the customer has until `perform_until`."""

    order_id: int
    order_number: str
    owed_minor: int
    currency: str
    perform_until: datetime


@event
@dataclass(frozen=True)
class Disposed:
    """Uncollected goods were disposed of; a surplus is held for the customer."""

    order_id: int
    order_number: str
    proceeds_minor: int
    surplus_minor: int
    currency: str
