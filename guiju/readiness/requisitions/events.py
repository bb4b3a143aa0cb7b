"""What the requisitions tell."""

from __future__ import annotations

from guiju.kernel.news import event


@event
class Asked:
    """Somebody asks for parts that no job needs; it waits to be signed."""

    requisition_id: int
    number: str
    unit_code: str


@event
class Signed:
    """Another has signed; the store may hand it out."""

    requisition_id: int
    number: str
    unit_code: str


@event
class HandedOut:
    """The store has handed it out."""

    requisition_id: int
    number: str
    quantity: int


@event
class NotSigned:
    """It was refused, or is not needed any more."""

    requisition_id: int
    number: str
    state: str
    reason: str
