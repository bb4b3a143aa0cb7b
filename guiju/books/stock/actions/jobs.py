"""What the store does for a job: promise, give back the promise, hand out, take back."""

from __future__ import annotations

from datetime import datetime

from guiju.books.stock.actions.booking import book, inside
from guiju.books.stock.models import Bin, StockMove
from guiju.books.stock.rules import ANY, Movement, Place, Which
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.standing.catalogue.models import Part


def reserve(
    part: Part, bin: Bin, quantity: int, *, reference: str, document: str, which: Which = ANY, by: Actor, at: datetime
) -> list[StockMove]:
    """Promise parts on the shelf to one job; nobody else gets them.

    which    only good ones; our own before those that head office consigned, and what expires first before the rest
    raises   NotEnough, LotExpired
    source   INV-2, S6-18
    """
    facts = {"quantity": quantity, "reference": reference}
    with doing("stock.reserve", on=part, unit_id=bin.unit_id, by=by, at=at, **facts) as deed:
        ends = inside(bin, Place.BIN, reference), inside(bin, Place.HELD, reference)
        return book(part, quantity, Movement.RESERVE, *ends, document=document, deed=deed, which=which)


def release(
    part: Part, bin: Bin, quantity: int, *, reference: str, document: str, which: Which = ANY, by: Actor, at: datetime
) -> list[StockMove]:
    """Give a promise back: the parts are free again.

    raises   NotReserved
    """
    facts = {"quantity": quantity, "reference": reference}
    with doing("stock.release", on=part, unit_id=bin.unit_id, by=by, at=at, **facts) as deed:
        ends = inside(bin, Place.HELD, reference), inside(bin, Place.BIN, reference)
        return book(part, quantity, Movement.RELEASE, *ends, document=document, deed=deed, which=which)


def issue(
    part: Part, bin: Bin, quantity: int, *, reference: str, document: str, which: Which = ANY, by: Actor, at: datetime
) -> list[StockMove]:
    """Hand out to the job what was reserved for it.

    raises   NotReserved, LotExpired
    source   S6-19, INV-1, INV-8
    """
    facts = {"quantity": quantity, "reference": reference}
    with doing("stock.issue", on=part, unit_id=bin.unit_id, by=by, at=at, **facts) as deed:
        ends = inside(bin, Place.HELD, reference), inside(bin, Place.FITTED, reference)
        return book(part, quantity, Movement.ISSUE, *ends, document=document, deed=deed, which=which)


def take_back(
    part: Part, bin: Bin, quantity: int, *, reference: str, document: str, which: Which = ANY, by: Actor, at: datetime
) -> list[StockMove]:
    """Put back on the shelf what the job did not need.

    raises   NotIssued
    """
    facts = {"quantity": quantity, "reference": reference}
    with doing("stock.take_back", on=part, unit_id=bin.unit_id, by=by, at=at, **facts) as deed:
        ends = inside(bin, Place.FITTED, reference), inside(bin, Place.BIN, reference)
        return book(part, quantity, Movement.TAKE_BACK, *ends, document=document, deed=deed, which=which)
