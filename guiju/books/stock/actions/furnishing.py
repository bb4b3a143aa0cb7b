"""Setting up stores and bins, and closing the book for a time that is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from guiju.books.stock.actions.refusals import CodeTaken
from guiju.books.stock.models import Bin, StockAccount, StockClosedPeriod, Store
from guiju.kernel import ledger
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Invalid, refusing
from guiju.kernel.words import N_, Sentence
from guiju.standing.people.models import Unit


def open_store(unit: Unit, *, code: str, names: Mapping[str, str], kind: str, by: Actor, at: datetime) -> Store:
    """Set up a store in a unit.

    raises   CodeTaken, Invalid
    """
    with doing("stock.open_store", unit_id=unit.pk, by=by, at=at) as deed:
        with refusing(
            store_code_is_free=CodeTaken,
            store_has_a_code=Invalid(Sentence(N_("Give the store a code.")), field="code"),
            store_is_of_a_known_kind=Invalid(Sentence(N_("Choose what the store is for.")), field="kind"),
        ):
            store = Store.objects.create(unit=unit, code=code.strip(), names=dict(names), kind=kind)
        deed.about(store)
    return store


def add_bin(store: Store, *, code: str, by: Actor, at: datetime) -> Bin:
    """Put up a bin in a store.

    raises   CodeTaken, Invalid
    """
    with doing("stock.add_bin", on=store, by=by, at=at) as deed:
        with refusing(
            bin_code_is_free=CodeTaken,
            bin_has_a_code=Invalid(Sentence(N_("Give the bin a code.")), field="code"),
        ):
            bin = Bin.objects.create(store=store, code=code.strip())
        deed.about(bin)
    return bin


def close_period(unit: Unit, *, starts_at: datetime, ends_at: datetime, by: Actor, at: datetime) -> StockClosedPeriod:
    """Close a unit's stock book for a time that is over.

    starts_at, ends_at   half-open
    raises               Invalid, PeriodClosed when part of it is closed already
    source               G-5
    """
    with doing("stock.close_period", unit_id=unit.pk, by=by, at=at) as deed:
        places = StockAccount.objects.filter(unit=unit)
        period: StockClosedPeriod = ledger.close(
            StockClosedPeriod, places, unit=unit, starts_at=starts_at, ends_at=ends_at, deed=deed
        )
    return period
