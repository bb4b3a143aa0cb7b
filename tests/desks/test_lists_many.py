"""Every list stays as light with many rows behind it: counted in the database's own steps, not by a clock.

SQLite counts the instructions that a statement runs, PostgreSQL the rows that it touches: the same in each run. A page of fifty rows
may read what it shows and what it looks through, and never the table. PostgreSQL plans by what it believes; here it believes that
each table has a million rows, and it is asked in the app's own role, as row level security binds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.http import QueryDict

from guiju.books.stock.models import Bin, StockAccount, StockMove
from guiju.conf import roles
from guiju.desks.common import find
from guiju.desks.common import listing as lists
from guiju.desks.common.listing import filters, joined, looking
from guiju.desks.common.listing.asked import Asked
from guiju.desks.common.listing.filters import Choice, Days, Tick
from guiju.desks.common.listing.page import COUNT_MAX
from guiju.kernel import news, paging, reach
from guiju.kernel.actor import Actor
from guiju.kernel.models import Delivery as NewsDelivery
from guiju.kernel.models import News, TrailEntry
from guiju.kernel.prepared import Question
from guiju.line.banking.models import BankDeposit, SafeBag
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.models import Bill, CreditAccount, Debt, Payment, Printing
from guiju.line.exchange.models import ExchangeCase
from guiju.line.intake.models import ServiceRequest
from guiju.line.quality.models import Inspection
from guiju.line.storeroom.models import OldPart, PartRequest
from guiju.line.telephone.models import Call
from guiju.line.workorder.models import ComeBack, PromiseOutcome, PromiseRevision, WorkOrder
from guiju.line.workshop.models import Quote
from guiju.oversight.notices.models import Message, PromiseWarning, StoreAlarm
from guiju.oversight.webhooks.models import Delivery
from guiju.readiness.counting.models import StockCount
from guiju.readiness.custody.models import AccessSession, ControlledStore
from guiju.readiness.requisitions.models import Requisition
from guiju.readiness.supply.models import Offer, Supplier
from guiju.readiness.transfers.models import Transfer
from guiju.standing.catalogue.models import Appliance
from guiju.standing.customers.models import Customer, Phone
from guiju.standing.people.models import Person
from guiju.standing.pricing.models import PriceLine, PriceList
from tests.access import bankings, custodies, exchanges, telephones, visitors
from tests.access.scene import Scene
from tests.conftest import the_apps_role
from tests.desks.test_lists_walk import READERS, USUAL
from tests.line import stages
from tests.line.cast_line import Shop
from tools import copies

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.no_books,
    pytest.mark.leaks,
    pytest.mark.both_databases,
]

# The rows of every list, and what they hang on.
KINDS = (
    Customer, Phone, Appliance, WorkOrder, ServiceRequest, Call, PartRequest, OldPart, Bin, StockAccount, StockMove, Quote, Bill, Payment,
    CreditAccount, Debt, ExchangeCase, Message, Delivery, News, NewsDelivery, TrailEntry, Inspection, Person, PriceList, PriceLine,
    Supplier, Offer, StoreAlarm, SafeBag, BankDeposit, Printing,
    PromiseOutcome, ComeBack, PromiseRevision, PromiseWarning, Transfer, Requisition, StockCount, ControlledStore, AccessSession,
)  # fmt: skip
MANY = {"sqlite": 6_000, "postgresql": 12_000}
# A Chinese character, another in each copy.
FIRST_SIGN = 0x4E00
# What lists are searched by, other in each copy.
CHANGED = {
    "customers_customer": {
        "folded": f"folded || {'char' if connection.vendor == 'sqlite' else 'chr'}({FIRST_SIGN} + k.n)"
    },
    # Lists that hold never overlap; drafts may.
    "pricing_pricelist": {"state": "'DRAFT'", "published_at": "NULL", "published_by_id": "NULL"},
    # Of what was converted, half had come from outside.
    "intake_servicerequest": {
        column: f"CASE WHEN state = 'CONVERTED' AND k.n % 2 = 1 THEN {value} ELSE {column} END"
        for column, value in {"due_at": "at", "consent_at": "at", "email": "'a@example.com'"}.items()
    },
    "stock_stockmove": {
        # Where parts are that lie nowhere is not copied.
        end: f"{end} + CASE WHEN (SELECT bin_id FROM stock_stockaccount WHERE id = {end}) IS NULL THEN 0 ELSE {copies.BLOCK} * k.n END"
        for end in ("source_id", "target_id")
    },
    # As in a shop: a few are pressing, and of those that could stand still few do.
    "workorder_workorder": {
        "priority": "CASE WHEN k.n % 50 = 7 THEN 'HIGH' ELSE priority END",
        "hold": "CASE WHEN k.n % 10 = 7 THEN hold ELSE '' END",
    },
    # Each copy is of another promise, and so of any step.
    "notices_promisewarning": {"step": "step"},
    # Each copy is of another receipt, and so the same print of it.
    "cashier_printing": {"ordinal": "ordinal"},
    # Each copy is about another thing of the room.
    "notices_storealarm": {"detail": "'X' || k.n"},
    # A number that can be read.
    "customers_phone": {"e164": "'+8613' || (100000000 + 100 * k.n + customers_phone.id % 100)"},
    "catalogue_appliance": {"folded_serial": "folded_serial || (1000000 + k.n)"},
    "kernel_trailentry": {"subject_label": "subject_label || (1000000 + k.n)"},
}
# Where parts are that lie nowhere is one place for each part and unit.
# One unit is given in exchange once.
ONLY = {
    "stock_stockaccount": "bin_id IS NOT NULL", "exchange_exchangecase": "other_id IS NULL",
    # A slip's picture is of one deposit, and one bag of a till waits for its second signature.
    "banking_bankdeposit": "photo_id IS NULL", "banking_safebag": "state <> 'PACKED' AND deposit_id IS NULL",
    # Somebody is told of one alarm of cash once.
    "notices_storealarm": "cash_id IS NULL",
}  # fmt: skip
# While it is tested a page looks through so few rows at most that the table is many times as large as what may be read.
WINDOWS = {"sqlite": (200, 400), "postgresql": (60, 140)}
COUNTED, FEW = {"sqlite": 400, "postgresql": 140}, {"sqlite": 300, "postgresql": 100}
# What a page, or its count, may cost: in instructions of SQLite, in rows of PostgreSQL. A table whole costs half as much again, as the
# naive list shows. The dearest page shows fifty moves with the bins at both ends, of each of which row level security asks whose it is.
COST_MAX = {"sqlite": 50_000, "postgresql": 8_000}
STEPS_AT_ONCE = 50
BELIEVED = 1_000_000
# What a transaction has read so far of each of fifteen hundred tables and indexes; asked four times for each way to ask for a list.
TOUCHED = Question(
    "SELECT sum(pg_stat_get_xact_tuples_returned(oid)) FROM pg_class"
    " WHERE relkind IN ('r', 'i') AND relnamespace = (SELECT current_schema()::regnamespace)"
)
# Not there at all, or of all rows.
TYPED = ("FS01", "WO-FS01", "nothing", "13912340000")


@pytest.fixture
def many(
    shop: Shop, other_shop: Shop, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, int]:
    """A company with something at every station, many times over; how many rows there are of each kind."""
    settings.MEDIA_ROOT = tmp_path
    scene = Scene(shop, other_shop)
    telephones.key(scene, "talking")
    visitors.number(scene, "new")
    exchanges.STATIONS["exchange asked"](scene)
    bankings.stand(scene)
    custodies.stand(scene)
    stages.a_diagnosed_order(shop, appliance=stages.a_delivered_order(shop).appliance)
    while news.deliver_due(shop.later()):
        pass
    ma = shop.cast.people["ma"]
    StoreAlarm.objects.create(
        unit=shop.unit, kind="FIRE", store=Bin.objects.filter(store__unit=shop.unit)[0].store, on=shop.now.date(), person=ma,
        at=shop.now,
    )  # fmt: skip
    paid = Payment.objects.order_by("pk")[0]
    for reason in ("", "The printer was out of paper"):
        cashier.print_receipt(paid, reason=reason, by=shop.actor("cai"), at=shop.later())
    rows = copies.multiply(KINDS, MANY[connection.vendor], shared=(Person,), only=ONLY, changed=CHANGED)
    copies.analyse()
    if connection.vendor == "postgresql":
        _believe_in_a_million(rows)
    monkeypatch.setattr(paging, "WINDOWS", WINDOWS[connection.vendor])
    monkeypatch.setattr(paging, "FEW_FOUND", FEW[connection.vendor])
    monkeypatch.setattr(looking, "COUNTED", COUNTED[connection.vendor])
    for module in (filters, joined):
        monkeypatch.setattr(module, "FEW", FEW[connection.vendor])
    return rows


def orders_of(each: lists.Listing) -> list[str]:
    return [f"{sign}{slug}" for slug in each.orders() for sign in ("", "-")]


def filters_of(each: lists.Listing, actor: Actor) -> Iterator[str]:
    """Each filter by what fits many rows, few, and none."""
    for one in each.filters:
        if isinstance(one, Choice):
            options = list(one.options(actor))
            yield from (f"{one.name}={value}" for value, _word in options[:: max(1, len(options) // 6)])
        elif isinstance(one, Days):
            yield from (f"{one.name}_from=2026-11-01", f"{one.name}_to=2020-01-01")
            yield f"{one.name}_from=2026-11-29&{one.name}_to=2026-11-29"
        elif isinstance(one, Tick):
            yield f"{one.name}=on"
        else:
            yield from (f"{one.name}={text}" for text in TYPED)


def _believe_in_a_million(rows: dict[str, int]) -> None:
    """Let PostgreSQL plan as for tables and indexes of that size: it multiplies the rows of a page by the pages that there are."""
    with connection.cursor() as cursor:
        for table, many in rows.items():
            if not many:
                # Nothing of it stands in this scene to be copied: its list is asked, and walks past nothing.
                continue
            cursor.execute(
                "UPDATE pg_class SET reltuples = reltuples * %s WHERE oid = %s::regclass"
                " OR oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = %s::regclass)",
                [BELIEVED / many, table, table],
            )
        for statement in (*roles.searching(), "SET LOCAL jit = off"):
            cursor.execute(statement)
        cursor.execute(f'SET LOCAL ROLE "{the_apps_role(connection)}"')
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")


def _rows_touched() -> int:
    """What this transaction has read so far: rows of tables from the first to the last, and entries of indexes."""
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED)
        return int(cursor.fetchone()[0])


def cost(ask: Callable[[], Any]) -> int:
    """What all statements cost together."""
    return costs_of(ask)[0]


def costs_of(*asks: Callable[[], Any], since: int | None = None) -> list[int]:
    """What each costs, one after another; and in the end how much was touched.

    since   as much as was touched before, where nothing was asked meanwhile: on PostgreSQL it takes as long to know as a page
    """
    if connection.vendor != "postgresql":
        return [*map(_steps, asks), 0]
    taken, before = [], _rows_touched() if since is None else since
    for ask in asks:
        ask()
        taken.append((after := _rows_touched()) - before)
        before = after
    return [*taken, before]


def _steps(ask: Callable[[], Any]) -> int:
    taken = 0

    def step() -> int:
        nonlocal taken
        taken += STEPS_AT_ONCE
        return 0

    connection.connection.set_progress_handler(step, STEPS_AT_ONCE)
    try:
        ask()
    finally:
        connection.connection.set_progress_handler(None, STEPS_AT_ONCE)
    return taken


def costs(each: lists.Listing, actor: Actor, query: str, since: int | None) -> list[int]:
    """What a page costs, and what its number costs; and as in `costs_of`."""
    asked = Asked(each, actor, QueryDict(query))
    with reach.of(actor):
        return costs_of(
            lambda: looking.look(asked).page(limit=50), lambda: looking.look(asked).count(most=COUNT_MAX), since=since
        )


def dear(each: lists.Listing, actor: Actor) -> Iterator[str]:
    """The ways to ask for a list that read more than they may."""
    asked = [("", sort) for sort in ("", *orders_of(each))]
    asked += product(filters_of(each, actor), each.orders())
    since = None
    for query, sort in asked:
        page, count, since = costs(each, actor, f"{query}&sort={sort}", since)
        if max(page, count) > COST_MAX[connection.vendor]:
            yield f"{each.slug} for {actor.name}, {query or 'as it opens'}, sorted by {sort}: {page} and {count}"


NAIVE = replace(
    lists.at_slug("orders"),
    slug="naive",
    columns=(lists.Column("shelf", "Shelf", "shelf", sort="shelf"), lists.Column("opened", "Opened", "opened_at", sort="opened_at")),
    filters=(
        lists.Choice("coverage", "Coverage", column="coverage", options=lists.choices_of("coverage"), is_indexed=True),
        lists.Words("said", "Problem", holds=lambda text, _actor: Q(problem__contains=text), is_indexed=True),
    ),
)  # fmt: skip


@pytest.mark.shows("M03")
def test_no_list_reads_its_table_in_whatever_way_it_is_asked_for(shop: Shop, many: dict[str, int]) -> None:
    behind = {each.rows(shop.actor("nie")).model for each in lists.declared()}
    assert behind <= set(KINDS), "a list of which there are not many rows here shows nothing"
    found: list[str] = []
    for each in lists.declared():
        for name in READERS.get(each.slug, USUAL):
            found += dear(each, shop.actor(name))
    assert not found, "\n".join([str(len(found)), *found])
    # A list without an index behind its order or its filter is found by the same measure.
    naive = "\n".join(dear(NAIVE, shop.actor("nie")))
    for said in ("as it opens, sorted by shelf", "coverage=", "said=nothing"):
        assert said in naive
    assert "as it opens, sorted by opened" not in naive
    _what_few_rows_fit_is_found_far_behind_the_first(shop.actor("nie"))
    _a_clerk_finds_by_any_piece(shop.actor("lin"))


def _a_clerk_finds_by_any_piece(clerk: Actor) -> None:
    """By what all numbers have, by what few names have, and by what nobody has."""
    of_all = {"139": True, "13912340": True, "WO-FS01": True}
    of_few_or_none = {chr(FIRST_SIGN + 7): True, "77777777": False, "nothing": False}
    for typed, is_found in (of_all | of_few_or_none).items():
        hits = list[Any]()
        with reach.of(clerk):
            read = cost(partial(lambda found, said: found.extend(find.search(clerk, said)), hits, typed))
        # Seven kinds of things are looked for; one that reads its table costs more than that alone.
        assert read <= 2 * COST_MAX[connection.vendor], f"{read} for {typed}"
        assert bool(hits) is is_found, typed


def _what_few_rows_fit_is_found_far_behind_the_first(actor: Actor) -> None:
    """What is rare is found whole by its index; without one the list says how far it has looked, and looks on."""
    orders = lists.at_slug("orders")
    first = WorkOrder.objects.order_by("opened_at")[0]
    WorkOrder.objects.filter(pk=first.pk).update(priority="URGENT", coverage="DISPUTED")
    asked = Asked(orders, actor, QueryDict("priority=URGENT"))
    assert [row.pk for row in looking.look(asked).page(limit=50).rows] == [first.pk]
    look, behind, pages = looking.look(Asked(orders, actor, QueryDict("coverage=DISPUTED"))), None, 0
    while not (page := look.page(limit=50, behind=behind)).rows:
        assert not page.is_whole
        behind, pages = page.after, pages + 1
    assert [row.pk for row in page.rows] == [first.pk]
    assert pages > 10
