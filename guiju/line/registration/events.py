"""What is told of registrations."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.kernel.news import event


@event
@dataclass(frozen=True)
class Registered:
    """A customer told of an appliance."""

    registration_id: int
    number: str


@event
@dataclass(frozen=True)
class Confirmed:
    """Its card is on the books, with the proof of its purchase."""

    registration_id: int
    number: str
    appliance_id: int
    serial: str


@event
@dataclass(frozen=True)
class Refused:
    """It was not taken over."""

    registration_id: int
    number: str
