"""What lacks of its level is asked for: bought, or fetched from the store that fills this one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from guiju.books.stock.actions.picking import Wish
from guiju.books.stock.models import Store
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_, Sentence
from guiju.readiness.planning import queries
from guiju.readiness.supply import actions as supply
from guiju.readiness.supply.actions import Wanted
from guiju.readiness.supply.models import PurchaseRequest
from guiju.readiness.supply.rules import Purpose
from guiju.readiness.transfers import actions as transfers
from guiju.readiness.transfers.models import Transfer
from guiju.standing.catalogue.models import Part


class NothingLacks(Refusal):
    """Somebody asked first, or parts came in."""

    sentence = N_("%(part)s does not lie below its level any more. Look at the list again.")


class NothingChosen(Refusal):
    """No part was named."""

    sentence = N_("Choose what should be asked for.")
    field = "parts"
    status = 422


class FilledByAnother(Refusal):
    """An outlet's store, whose centre buys for it."""

    sentence = N_("This store is filled from %(store)s: ask there for what lacks.")


class BuysForItself(Refusal):
    """No store above it."""

    sentence = N_("No other store fills this one: ask to buy what lacks.")


def order(store: Store, *, parts: Sequence[Part], by: Actor, at: datetime) -> PurchaseRequest:
    """Ask to buy what these parts lack of their level: one purchase request for the store's unit, to be submitted by whoever asked.

    raises   NothingChosen, NothingLacks, FilledByAnother
    source   S6-27, 3.8
    """
    with doing("planning.order", on=store, by=by, at=at) as deed:
        lacking = _lacking(store, parts, by=by)
        if (feeder := queries.feeder_of(store)) is not None:
            raise FilledByAnother(store=queries.called(feeder))
        wanted = [Wanted(lacking[part.pk], part) for part in sorted(set(parts), key=lambda part: part.code)]
        request = supply.draft_request(
            store.unit, lines=wanted, reason=_reason(store), purpose=Purpose.STOCK, by=deed.consequence(), at=at
        )
        deed.note(request=request.number)
    return request


def fetch(store: Store, *, parts: Sequence[Part], by: Actor, at: datetime) -> Transfer:
    """Ask the store that fills this one for what these parts lack of their level: one transfer, sent by whoever keeps that store.

    raises   NothingChosen, NothingLacks, BuysForItself
    source   S1-13, F04
    """
    with doing("planning.fetch", on=store, by=by, at=at) as deed:
        lacking = _lacking(store, parts, by=by)
        if (feeder := queries.feeder_of(store)) is None:
            raise BuysForItself
        wishes = [Wish(part, lacking[part.pk]) for part in sorted(set(parts), key=lambda part: part.code)]
        transfer = transfers.request(
            source=feeder, target=store, wishes=wishes, reason=_reason(store), by=deed.consequence(), at=at
        )
        deed.note(transfer=transfer.number)
    return transfer


def _lacking(store: Store, parts: Sequence[Part], *, by: Actor) -> dict[int, int]:
    if not parts:
        raise NothingChosen
    # Two who look at the same list ask one after the other, and the second sees what the first has asked for.
    Store.objects.select_for_update().get(pk=store.pk)
    lacking = {each.level.part_id: each.lacking for each in queries.reorder([store], by=by)}
    for part in parts:
        if part.pk not in lacking:
            raise NothingLacks(part=part.code)
    return lacking


def _reason(store: Store) -> str:
    return str(Sentence(N_("Below the level of store %(store)s"), {"store": store.code}))
