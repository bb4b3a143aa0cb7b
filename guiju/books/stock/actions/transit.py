"""What is on the way between two stores: out of a bin here, into a bin there, and what never came."""

from __future__ import annotations

from datetime import datetime

from guiju.books.stock.actions.booking import End, ask_reason, book, inside
from guiju.books.stock.models import Bin, StockMove
from guiju.books.stock.rules import ANY, Movement, Place, Which
from guiju.kernel import reach
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Unit


def send(
    part: Part, bin: Bin, quantity: int, *, reference: str, document: str, which: Which = ANY, by: Actor, at: datetime
) -> list[StockMove]:
    """Put pieces on the way under a transfer's number; until they have come they are still the sender's.

    reference   the transfer
    raises      NotEnough, NotSetApart
    source      INV-5, F04
    """
    facts = {"quantity": quantity, "reference": reference}
    with doing("stock.send", on=part, unit_id=bin.unit_id, by=by, at=at, **facts) as deed:
        ends = inside(bin, which.place), inside(bin, Place.TRANSIT, reference)
        return book(part, quantity, Movement.SEND, *ends, document=document, deed=deed, which=which)


def arrive(
    part: Part,
    bin: Bin,
    quantity: int,
    *,
    sender: Unit,
    reference: str,
    document: str,
    which: Which = ANY,
    by: Actor,
    at: datetime,
) -> list[StockMove]:
    """Put into the bin what has come with a transfer.

    which    in what condition it came: what was damaged on the way is set apart at once
    raises   NotOnTheWay
    source   INV-5, F04
    """
    facts = {"quantity": quantity, "reference": reference}
    # The pieces on the way are the sender's, out of this person's reach: the transfer is what lets these, and no others, be taken.
    with doing("stock.arrive", on=part, unit_id=bin.unit_id, by=by, at=at, **facts) as deed, reach.house():
        ends = End(Place.TRANSIT, sender.pk, reference=reference), inside(bin, which.place)
        return book(part, quantity, Movement.ARRIVE, *ends, document=document, deed=deed, which=which)


def lose_on_the_way(
    part: Part,
    quantity: int,
    *,
    sender: Unit,
    reference: str,
    reason: str,
    document: str,
    is_scrap: bool = False,
    by: Actor,
    at: datetime,
) -> list[StockMove]:
    """Declare that pieces will not come any more: the sender has lost them.

    is_scrap   they came, and are good for nothing
    raises     NotOnTheWay, Invalid
    source     INV-5, EX-15
    """
    ask_reason(reason)
    facts = {"quantity": quantity, "reference": reference, "reason": reason}
    with doing("stock.lose_on_the_way", on=part, unit_id=sender.pk, by=by, at=at, **facts) as deed, reach.house():
        ends = (
            End(Place.TRANSIT, sender.pk, reference=reference),
            End(Place.SCRAP if is_scrap else Place.LOSS, sender.pk),
        )
        return book(part, quantity, Movement.LOST_ON_THE_WAY, *ends, document=document, deed=deed, reason=reason)
