"""A bin stands still while it is counted, and its past is closed afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from guiju.books.stock import queries
from guiju.books.stock.actions.refusals import BinStandsStill
from guiju.books.stock.models import Bin, Standstill, StockAccount
from guiju.kernel import ledger
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import refusing


def stand_still(bin: Bin, *, document: str, by: Actor, at: datetime) -> Standstill:
    """Let nothing into or out of a bin, so that it can be counted; what was being booked there is booked first.

    document   the count
    raises     BinStandsStill where it stands still already
    source     3.9, F10
    """
    with doing("stock.stand_still", on=bin, by=by, at=at, document=document):
        settle([bin])
        with refusing(a_bin_stands_still_once=BinStandsStill):
            return Standstill.objects.create(bin=bin, document=document, starts_at=at)


def go_on(standstill: Standstill, *, by: Actor, at: datetime) -> Standstill:
    """The bin has been counted: moves go on, and none is dated before this moment. Twice is once."""
    with doing("stock.go_on", on=standstill, by=by, at=at):
        locked = Standstill.objects.select_for_update(of=("self",)).select_related("bin__store").get(pk=standstill.pk)
        if locked.ends_at is None:
            locked.ends_at, locked.last_move_id = max(at, locked.starts_at), queries.last_move_of(locked.bin)
            locked.save(update_fields=["ends_at", "last_move_id"])
        return locked


def settle(bins: Sequence[Bin]) -> None:
    """Wait until all that is being booked in these bins is booked; nothing more is until the deed is done.

    First the places, as whoever books does; then the bins, under which nobody makes a new place meanwhile; then what was made
    while we waited for them.
    """
    places = StockAccount.objects.filter(bin__in=[bin.pk for bin in bins]).order_by("pk")
    ledger.lock(places)
    list(Bin.objects.select_for_update().filter(pk__in=[bin.pk for bin in bins]).order_by("pk"))
    ledger.lock(places.all())
