"""Two outlets with a job at every station, for asking every route as everybody."""

from __future__ import annotations

from typing import Any

from guiju.kernel.models import TrailEntry
from guiju.line.cashier.models import Payment, TillSession
from guiju.line.storeroom.models import PartRequest
from guiju.line.workorder import queries as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.standing.policy.rules import CATALOGUE
from tests.line import stages
from tests.line.cast_line import Shop

# What stands in FS01's texts and must never reach anybody of another outlet.
CANARY = "CANARY-FS01"


class Scene:
    """Keys for the addresses of routes: each belongs to FS01."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        customer = shop.a_customer(name=CANARY)
        self.paid: WorkOrder = stages.a_paid_order(
            shop, appliance=shop.an_appliance(customer), problem=f"{CANARY} does not spin"
        )
        self.request = PartRequest.objects.get(order=self.paid)
        self.payment = Payment.objects.get(bill__order=self.paid)
        self.session = TillSession.objects.get()
        self.deed = TrailEntry.objects.filter(subject_type="workorder.workorder", subject_id=self.paid.pk).last()

    def keys(self, route: str, names: set[str]) -> dict[str, Any]:
        """What fills the blanks of a route's address."""
        known: dict[str, Any] = {
            "number": self._number(route),
            "token": workorder.track_token(self.paid),
            "paper": "ticket",
            "slug": "cancel",
            "key": next(iter(CATALOGUE)) if route != "back_office:deed" else self.deed.key,
            "what": "abandon",
            "pk": self._pk(route),
        }
        return {name: known[name] for name in names}

    def _number(self, route: str) -> str:
        if route.startswith("stores:"):
            return self.request.number
        if route in {"till:receipt", "till:ask_refund", "till:approve_refund", "till:reject_refund", "till:pay_refund"}:
            return self.payment.receipt_number
        return self.paid.number

    def _pk(self, route: str) -> int:
        if route in {"reception:appliance", "reception:take_in"}:
            return self.paid.appliance_id
        if route.startswith("reception:") or route == "till:ask_credit":
            return self.paid.customer_id
        if route == "till:session":
            return self.session.pk
        if route == "stores:part":
            return self.request.part_id
        return 1
