"""A market: suppliers in use with their prices, parts, stores, and the people who buy, each a hand of their own.

    wanted = market.asked(4)              a request for four drums, approved
    order = market.ordered(wanted)        bought at the cheapest supplier, confirmed for a week later
    receipt = market.came(order, 4)       counted; then market.inspected(receipt), market.shelved(receipt)

shen asks (SK) · ma approves (OM) · ping buys (PU FS01), pan for the brand (PU HQ) · xu approves the order (FI HQ) ·
kuai receives (SK) · fang pays (FI FS01)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

import pytest

from guiju.books.stock import actions as stock
from guiju.books.stock.models import Bin
from guiju.kernel.actor import Actor
from guiju.readiness.supply import actions as supply
from guiju.readiness.supply.models import (
    GoodsReceipt,
    PurchaseOrder,
    PurchaseRequest,
    Sourcing,
    Supplier,
    SupplierInvoice,
)
from guiju.readiness.supply.rules import Category
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.people import actions as people
from guiju.standing.people import queries
from tests.cast import FOUNDED, NOON, Cast

# What one drum costs at each supplier, in fen.
PRICES = {"HAI": 10_000, "NAN": 11_000, "BEI": 12_000}
OTHERS = {"pan": ("PU", "HQ"), "ping": ("PU", "FS01"), "kuai": ("SK", "FS01"), "gu": ("PU", "GZ02")}


@dataclass
class Market:
    """Suppliers, parts and people."""

    cast: Cast
    now: datetime = NOON
    actors: dict[str, Actor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        then: dict[str, Any] = {"by": self.cast.actors["ad"], "at": FOUNDED}
        for name, (role, code) in OTHERS.items():
            unit = self.cast.units[code]
            person = people.hire(unit=unit, number=f"P-{name}", name=name, **then)
            people.grant_role(person, role=role, unit=unit, starts_on=unit.day(FOUNDED), **then)
            actor = queries.actor_of(person, NOON)
            assert actor is not None
            self.actors[name], self.cast.people[name] = actor, person

    def actor(self, name: str) -> Actor:
        """Somebody of the cast or of the market."""
        return self.actors.get(name) or self.cast.actors[name]

    def at(self, name: str, **span: float) -> dict[str, Any]:
        """Somebody, a minute later: `supply.submit_request(row, **market.at("shen"))`."""
        self.now += timedelta(**(span or {"minutes": 1}))
        return {"by": self.actor(name), "at": self.now}

    @property
    def unit(self) -> Any:
        return self.cast.units["FS01"]

    @property
    def today(self) -> date:
        day: date = self.unit.day(self.now)
        return day

    def part(self, code: str, **about: Any) -> Any:
        """A part of the catalogue."""
        given: dict[str, Any] = {"names": {"en": code}, "lines": [], "cost_minor": PRICES["HAI"]} | about
        return catalogue.add_part(code=code, **given, by=self.actor("nie"), at=FOUNDED)

    @cached_property
    def drum(self) -> Any:
        """What is bought most of the time."""
        return self.part("DRUM-1")

    def supplier(self, code: str) -> Supplier:
        """A supplier in use, with its account."""
        row = supply.propose_supplier(code=code, name=f"{code} parts", categories=[Category.PARTS], **self.at("pan"))
        return supply.admit_supplier(row, **self.at("xu"))

    @cached_property
    def suppliers(self) -> dict[str, Supplier]:
        """Three, each with its price for a drum."""
        made = {code: self.supplier(code) for code in PRICES}
        for code, price in PRICES.items():
            supply.set_offer(
                made[code], part=self.drum, price_minor=price, currency="CNY", lead_days=7, starts_on=self.today,
                basis="List of November", **self.at("pan"),
            )  # fmt: skip
        return made

    @cached_property
    def bin(self) -> Bin:
        """Where drums lie in FS01."""
        store = stock.open_store(
            self.unit, code="S1", names={"en": "Parts"}, kind="OUTLET", by=self.actor("ma"), at=FOUNDED
        )
        return stock.add_bin(store, code="A-1", by=self.actor("ma"), at=FOUNDED)

    # --- A purchase, step by step

    def draft(self, quantity: int = 4, *, by: str = "shen", unit: str = "FS01", **about: Any) -> PurchaseRequest:
        """Somebody writes down that drums are needed."""
        line = supply.Wanted(quantity, about.pop("part", self.drum), estimate_minor=about.pop("estimate", None))
        return supply.draft_request(
            self.cast.units[unit], lines=[line], reason="The shelf is empty", **about, **self.at(by)
        )

    def submitted(self, quantity: int = 4, *, by: str = "shen", **about: Any) -> PurchaseRequest:
        """The same, handed in."""
        return supply.submit_request(self.draft(quantity, by=by, **about), **self.at(by))

    def approve(self, row: PurchaseRequest, *, by: str = "ma", **about: Any) -> PurchaseRequest:
        """Somebody with enough of a limit allows it, seeing what it comes to."""
        total = sum(line.amount_minor for line in row.lines.filter(withdrawn_at=None))
        return supply.approve_request(row, total_minor=total, **about, **self.at(by))

    def asked(self, quantity: int = 4, *, approver: str = "ma", **about: Any) -> PurchaseRequest:
        """Asked for and approved."""
        return self.approve(self.submitted(quantity, **about), by=approver)

    def sourced(self, *rows: PurchaseRequest, buyer: str = "ping", **about: Any) -> Sourcing:
        """The buyer looks for a supplier; every supplier offers by its list."""
        _ = self.suppliers
        unit = self.cast.units["HQ" if buyer == "pan" else "FS01"]
        found = supply.source(rows, unit=unit, **about, **self.at(buyer))
        for supplier in self.suppliers.values():
            supply.take_quote(
                found, supplier=supplier, valid_until=self.today + timedelta(days=30), basis="List", **self.at(buyer)
            )
        return found

    def awarded(self, *rows: PurchaseRequest, buyer: str = "ping") -> Sourcing:
        """The cheapest one is chosen."""
        found = self.sourced(*rows, buyer=buyer)
        return supply.award(found.quotes.all()[0], **self.at(buyer))

    def ordered(self, *rows: PurchaseRequest, buyer: str = "ping", approver: str = "xu") -> PurchaseOrder:
        """Written, approved by another, sent, and confirmed for a week later."""
        order = supply.draft_order(self.awarded(*rows, buyer=buyer), **self.at(buyer))
        supply.approve_order(order, **self.at(approver))
        supply.send_order(order, **self.at(buyer))
        return supply.confirm_order(
            order, expected_on=self.today + timedelta(days=7), total_minor=order.total_minor, **self.at(buyer)
        )

    def came(
        self, order: PurchaseOrder, count: int, *, by: str = "kuai", note: str = "DN-1", **about: Any
    ) -> GoodsReceipt:
        """So many drums are counted at the door."""
        unit = self.cast.units[about.pop("unit", "FS01")]
        lines = about.pop("lines", None) or [supply.Counted(count, part=self.drum)]
        return supply.receive(order, unit=unit, note=note, lines=lines, **self.at(by))

    def inspected(self, receipt: GoodsReceipt, *, rejected: int = 0, by: str = "qin", why: str = "") -> GoodsReceipt:
        """So many of its one line are bad."""
        line = receipt.lines.get()
        found = supply.Inspected(line.pk, line.delivered - rejected, rejected, why or ("Dented" if rejected else ""))
        return supply.inspect(receipt, lines=[found], **self.at(by))

    def shelved(self, receipt: GoodsReceipt, *, by: str = "kuai") -> GoodsReceipt:
        """What is good lies in the bin."""
        return supply.put_away(
            receipt, bins=dict.fromkeys(receipt.lines.values_list("pk", flat=True), self.bin), **self.at(by)
        )

    def billed(
        self, order: PurchaseOrder, quantity: int, *, price: int = PRICES["HAI"], **about: Any
    ) -> SupplierInvoice:
        """The supplier asks for so many drums."""
        line = supply.BilledLine(order.lines.all()[0].pk, quantity, price)
        told = about.pop("told", quantity * price)
        return supply.enter_invoice(
            order, reference=about.pop("reference", "INV-1"), amount_minor=told, lines=[line], **self.at("fang")
        )


@pytest.fixture
def market(cast: Cast) -> Market:
    """The market on a Monday at noon."""
    return Market(cast)
