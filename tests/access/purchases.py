"""Purchases at each stage for the two tables: FS01's own, each hand of them somebody of the cast."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from guiju.readiness.supply import actions as supply
from guiju.readiness.supply.models import (
    GoodsReceipt,
    PurchaseOrder,
    PurchaseRequest,
    Sourcing,
    Supplier,
    SupplierBank,
    SupplierInvoice,
)
from guiju.readiness.supply.rules import Category
from guiju.standing.catalogue import actions as catalogue

if TYPE_CHECKING:
    from tests.access.scene import Scene

# So little that all stages together stay below three quotes.
PRICE = 3_000
Fill = Callable[["Scene"], Mapping[str, Any]]


class Purchases:
    """What is made when it is asked for, so that each question finds its stage as it was."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.number = 0
        self.made: dict[tuple[str, str], Any] = {}

    def at(self, kind: str, state: str) -> Any:
        """The one of that kind and state: its address and what is said of it are of the same row."""
        if (kind, state) not in self.made:
            self.made[kind, state] = getattr(self, kind)(state)
        return self.made[kind, state]

    def _by(self, name: str) -> dict[str, Any]:
        return {"by": self.scene.shop.actor(name), "at": timezone.now()}

    def supplier(self, state: str = "") -> Supplier:
        """One in use, one that was proposed, or one that is suspended."""
        code = {"proposed": "NEU", "suspended": "WEG"}.get(state, "HAI")
        found = Supplier.objects.filter(code=code).first()
        if found is not None:
            return found
        row = supply.propose_supplier(code=code, name=code, categories=[Category.PARTS], **self._by("kong"))
        if state == "proposed":
            return row
        supply.admit_supplier(row, **self._by("xu"))
        if state == "suspended":
            supply.suspend_supplier(row, reason="Late", **self._by("xu"))
        return row

    def account(self, _state: str = "") -> SupplierBank:
        """One that waits to be verified; and the one in force, so that money has somewhere to go."""
        supplier = self.supplier()
        told: dict[str, Any] = {"holder": "Hai", "bank": "ICBC", "basis": "Letter"}
        if not SupplierBank.objects.filter(supplier=supplier, state="IN_FORCE").exists():
            first = supply.ask_bank(supplier, account="6222 0001", **told, **self._by("kong"))
            supply.verify_bank(first, verified="Rang", **self._by("xu"))
        waiting = SupplierBank.objects.filter(supplier=supplier, state="ASKED").first()
        return waiting or supply.ask_bank(supplier, account="6222 0002", **told, **self._by("kong"))

    def request(self, state: str = "") -> PurchaseRequest:
        """A keeper's, of one compressor: written, submitted, or approved by the manager."""
        shop = self.scene.shop
        self.number += 1
        wanted = supply.Wanted(
            1, words=f"{self.scene.word} thing {self.number}", category=Category.TOOLS, estimate_minor=PRICE
        )
        about: dict[str, Any] = {"is_emergency": True, "reference": "WO-1"}
        if state != "emergency":
            wanted, about = supply.Wanted(2 if state == "two" else 1, shop.compressor, estimate_minor=PRICE), {}
        row = supply.draft_request(
            shop.unit, lines=[wanted], reason=f"{self.scene.word} shelf", **about, **self._by("shen")
        )
        if state == "":
            return row
        if state == "emergency":
            supply.submit_request(row, **self._by("shen"))
            return supply.approve_request(row, total_minor=PRICE, **self._by("ma"))
        supply.submit_request(row, **self._by("shen"))
        if state == "submitted":
            return row
        return supply.approve_request(row, total_minor=PRICE * (2 if state == "two" else 1), **self._by("lu"))

    def sourcing(self, state: str = "") -> Sourcing:
        """A search with one offer; with an exception asked; or with the offer chosen."""
        found = supply.source(
            [self.request("two" if state == "two" else "approved")], unit=self.scene.shop.unit, **self._by("kong")
        )
        if state == "asked":
            return found
        supply.take_quote(
            found, supplier=self.supplier(), prices={found.requests.get().lines.get().pk: PRICE},
            valid_until=timezone.now().date() + timedelta(days=30), basis="Letter", **self._by("kong"),
        )  # fmt: skip
        if state == "excepted":
            supply.ask_exception(found, reason="Nobody else", **self._by("kong"))
        if state in {"awarded", "two"}:
            supply.award(found.quotes.get(), **self._by("kong"))
        return found

    def order(self, state: str = "") -> PurchaseOrder:
        """An order of one compressor: written, approved, sent, confirmed, or with some of it here."""
        is_short = state == "short"
        row = supply.draft_order(self.sourcing("two" if is_short else "awarded"), **self._by("kong"))
        steps: list[Callable[[], Any]] = [
            lambda: supply.approve_order(row, **self._by("xu")),
            lambda: supply.send_order(row, **self._by("kong")),
            lambda: supply.confirm_order(
                row, expected_on=self.scene.shop.unit.day(timezone.now()) + timedelta(days=9), total_minor=row.total_minor,
                **self._by("kong"),
            ),
        ]  # fmt: skip
        for step in steps[: ("", "approved", "sent", "confirmed", "short").index(state)]:
            step()
        if is_short:
            self._receive(PurchaseOrder.objects.get(pk=row.pk))
        return PurchaseOrder.objects.get(pk=row.pk)

    def central(self, _state: str) -> Any:
        """A part that only the central buyer buys."""
        then = self._by("nie")
        part = catalogue.add_part(code="CENTRAL-1", names={"en": "Board"}, lines=[], **then)
        supply.buy_centrally(part, reason="One maker", **then)
        return part

    def _receive(self, order: PurchaseOrder) -> GoodsReceipt:
        counted = [supply.Counted(1, part=self.scene.shop.compressor)]
        return supply.receive(order, unit=self.scene.shop.unit, note="DN-1", lines=counted, **self._by("qin"))

    def receipt(self, state: str = "") -> GoodsReceipt:
        """One compressor at the door; or inspected."""
        row = self._receive(self.order("confirmed"))
        if state == "inspected":
            line = row.lines.get()
            supply.inspect(row, lines=[supply.Inspected(line.pk, 1, 0)], **self._by("qin"))
        return GoodsReceipt.objects.get(pk=row.pk)

    def invoice(self, state: str = "") -> SupplierInvoice:
        """An invoice of one compressor: entered, or matched."""
        self.account()
        self.number += 1
        receipt = self.receipt("inspected")
        billed = [supply.BilledLine(receipt.order.lines.get().pk, 1, PRICE)]
        row = supply.enter_invoice(
            receipt.order, reference=f"INV-{self.number}", amount_minor=PRICE, lines=billed, **self._by("fang")
        )
        return supply.match_invoice(row, **self._by("fang")) if state == "matched" else row


def _of(scene: Scene) -> Purchases:
    found = getattr(scene, "_purchases", None)
    if found is None:
        found = Purchases(scene)
        scene._purchases = found  # type: ignore[attr-defined]
    return found


def _at(kind: str, state: str = "") -> Callable[[Scene], Any]:
    return lambda scene: _of(scene).at(kind, state)


def _key(kind: str, by: str = "number") -> Callable[[Scene, str], Any]:
    return lambda scene, at: getattr(_of(scene).at(kind, "" if at == "paid" else at), by)


KEYS: Mapping[str, Callable[[Scene, str], Any]] = {
    "suppliers": _key("supplier", "code"),
    "supplier-accounts": _key("account", "pk"),
    "purchases": _key("request"),
    "purchase-lines": lambda scene, _at: _of(scene).at("request", "").lines.get().pk,
    "sourcings": _key("sourcing"),
    "supplier-quotes": lambda scene, _at: _of(scene).at("sourcing", "").quotes.get().pk,
    "purchase-orders": _key("order"),
    "goods-receipts": _key("receipt"),
    "supplier-invoices": _key("invoice"),
}


def _typed(**typed: Any) -> Fill:
    return lambda _scene: typed


def _day(days: int) -> str:
    return (timezone.now() + timedelta(days=days, hours=8)).date().isoformat()


def _offered(scene: Scene) -> Mapping[str, Any]:
    line = _of(scene).at("sourcing", "asked").requests.get().lines.get()
    return {
        "supplier": _of(scene).supplier().code, "valid_until": _day(30), "basis": "Letter",
        "prices": [{"line": line.pk, "price_minor": PRICE}],
    }  # fmt: skip


def _inspected(scene: Scene) -> Mapping[str, Any]:
    return {"lines": [{"line": _of(scene).at("receipt", "").lines.get().pk, "accepted": 1}]}


def _shelved(scene: Scene) -> Mapping[str, Any]:
    line = _of(scene).at("receipt", "inspected").lines.get()
    return {"bins": [{"line": line.pk, "bin": scene.bin.pk}]}


def _billed(scene: Scene) -> Mapping[str, Any]:
    line = _of(scene).at("order", "confirmed").lines.get()
    return {
        "reference": "INV-X", "amount_minor": PRICE, "lines": [{"line": line.pk, "quantity": 1, "price_minor": PRICE}],
    }  # fmt: skip


BECAUSE = _typed(reason="We know better now")
_ON, _OF, _TO = "/purchases/{number}", "/sourcings/{number}", "/purchase-orders/{number}"
SAID: Mapping[str, tuple[Fill, str]] = {
    "/suppliers": (_typed(code="DONG", name="Dong", categories=["PARTS"]), ""),
    "/suppliers/{code}/admit": (_typed(), "proposed"),
    "/suppliers/{code}/suspend": (BECAUSE, ""),
    "/suppliers/{code}/ask-account": (_typed(holder="Neu", bank="ICBC", account="6222 0003", basis="Letter"), "proposed"),
    "/supplier-accounts/{key}/verify": (_typed(verified="Rang Ms Hai"), ""),
    "/supplier-accounts/{key}/refuse": (BECAUSE, ""),
    "/suppliers/{code}/set-offer": (
        _typed(part="COMP-1", price_minor=PRICE, lead_days=7, starts_on="2026-01-01", basis="List"), ""
    ),
    "/central-parts": (_typed(part="COMP-1", reason="One maker"), ""),
    "/central-parts/stop": (lambda scene: {"part": _of(scene).at("central", "").code, "reason": "Two makers"}, ""),
    "/purchases": (_typed(unit="FS01", lines=[{"part": "COMP-1", "quantity": 1}], reason="The shelf is empty"), ""),
    "/purchase-lines/{key}/estimate": (_typed(estimate_minor=PRICE), ""),
    f"{_ON}/submit": (_typed(), ""),
    f"{_ON}/approve": (_typed(total_minor=PRICE), "submitted"),
    f"{_ON}/return": (BECAUSE, "submitted"),
    f"{_ON}/reject": (BECAUSE, "submitted"),
    f"{_ON}/cancel": (BECAUSE, ""),
    f"{_ON}/review": (_typed(was_justified=True, note="She waited"), "emergency"),
    # FS01 has people enough: its manager is let in and refused for that, and nothing there is the auditor's to review.
    f"{_ON}/buy-with-few": (_typed(because="Nobody else is here today"), ""),
    f"{_ON}/review-few": (_typed(was_justified=True, note="Seen"), "emergency"),
    "/sourcings": (lambda scene: {"unit": "FS01", "requests": [_of(scene).at("request", "approved").number]}, ""),
    f"{_OF}/take-quote": (_offered, "asked"),
    f"{_OF}/ask-exception": (BECAUSE, ""),
    f"{_OF}/grant-exception": (_typed(), "excepted"),
    "/supplier-quotes/{key}/award": (_typed(), ""),
    f"{_OF}/abandon": (BECAUSE, ""),
    f"{_OF}/order": (_typed(), "awarded"),
    f"{_TO}/approve": (_typed(), ""),
    f"{_TO}/send": (_typed(), "approved"),
    f"{_TO}/confirm": (lambda _scene: {"expected_on": _day(9), "total_minor": PRICE}, "sent"),
    f"{_TO}/postpone": (lambda _scene: {"expected_on": _day(12), "reason": "Strike"}, "confirmed"),
    f"{_TO}/appoint": (lambda _scene: {"appointed_at": f"{_day(9)}T09:00:00+08:00", "carrier": "SF"}, "confirmed"),
    f"{_TO}/cancel": (BECAUSE, ""),
    f"{_TO}/close-short": (BECAUSE, "short"),
    f"{_TO}/receive": (_typed(unit="FS01", note="DN-9", lines=[{"part": "COMP-1", "delivered": 1}]), "confirmed"),
    "/goods-receipts/{number}/inspect": (_inspected, ""),
    "/goods-receipts/{number}/put-away": (_shelved, "inspected"),
    f"{_TO}/enter-invoice": (_billed, "confirmed"),
    "/supplier-invoices/{number}/match": (_typed(), ""),
    "/supplier-invoices/{number}/refuse": (BECAUSE, ""),
    "/supplier-invoices/{number}/pay": (_typed(payment="T-1"), "matched"),
}  # fmt: skip


# The pages: which paper of which state stands in the address, and what is typed on it.
def kind_of(at: str) -> str:
    """The kind of paper of a place such as `orders:sent`; a page that is only opened shows a request."""
    return at.partition(":")[0] if ":" in at else "requests"


def number(scene: Scene, at: str, *, route: str) -> str:
    """The number of the paper that stands in the address."""
    if route == "stores:delivery":
        return str(_of(scene).at("order", "confirmed").number)
    if route == "stores:goods":
        return str(_of(scene).at("receipt", "").number)
    if route == "back_office:purchase_file":
        return str(_of(scene).at("order", "confirmed").number)
    if route.startswith("back_office:supplier"):
        state = at.partition(":")[2]
        if state == "account":
            _of(scene).account()
        return str(_of(scene).supplier("" if state == "account" else state).code)
    kind = {"requests": "request", "sourcings": "sourcing", "orders": "order", "invoices": "invoice"}[kind_of(at)]
    return str(_of(scene).at(kind, at.partition(":")[2]).number)


def _typed_offer(scene: Scene) -> Mapping[str, Any]:
    line = _of(scene).at("sourcing", "asked").requests.get().lines.get()
    return {"supplier": _of(scene).supplier().pk, "valid_until": _day(30), "basis": "Letter", f"price_{line.pk}": "30"}


def _chosen(scene: Scene) -> Mapping[str, Any]:
    return {"quote": _of(scene).at("sourcing", "").quotes.get().pk}


def _looked_at(scene: Scene) -> Mapping[str, Any]:
    return {f"rejected_{_of(scene).at('receipt', '').lines.get().pk}": "0"}


STEPS: tuple[tuple[Fill, str, str], ...] = (
    (_typed(), "requests:", "submit"),
    (_typed(total_minor=PRICE), "requests:submitted", "approve"),
    (BECAUSE, "requests:submitted", "return"),
    (BECAUSE, "requests:submitted", "reject"),
    (_typed(), "requests:approved", "source"),
    (_typed(was_justified="yes", note="She waited"), "requests:emergency", "review"),
    (_typed(because="Nobody else is here today"), "requests:", "few"),
    (_typed(was_justified="yes", note="Seen"), "requests:emergency", "review-few"),
    (_typed_offer, "sourcings:asked", "quote"),
    (_chosen, "sourcings:", "award"),
    (_typed(), "sourcings:excepted", "grant-exception"),
    (BECAUSE, "sourcings:", "ask-exception"),
    (BECAUSE, "sourcings:", "abandon"),
    (_typed(), "sourcings:awarded", "order"),
    (_typed(), "orders:approved", "send"),
    (lambda _scene: {"expected_on": _day(9), "total_minor": "30"}, "orders:sent", "confirm"),
    (lambda _scene: {"expected_on": _day(12), "reason": "Strike"}, "orders:confirmed", "postpone"),
    (lambda _scene: {"appointed_at": f"{_day(9)}T09:00", "carrier": "SF"}, "orders:confirmed", "appoint"),
    (BECAUSE, "orders:short", "close-short"),
    (_typed(), "invoices:", "match"),
    (BECAUSE, "invoices:", "refuse"),
    (_typed(payment="T-1"), "invoices:matched", "pay"),
)
SUPPLIER_STEPS: tuple[tuple[Fill, str, str], ...] = (
    (_typed(), "suppliers:proposed", "admit"),
    (BECAUSE, "suppliers:", "suspend"),
    (
        lambda _scene: {"part": "COMP-1", "price_minor": "30", "lead_days": "7", "starts_on": _day(0), "basis": "List"},
        "suppliers:",
        "offer",
    ),
    (_typed(holder="Neu", bank="ICBC", account="6222 0003", basis="Letter"), "suppliers:proposed", "account"),
    (_typed(verified="Rang Ms Hai"), "suppliers:account", "verify"),
    (BECAUSE, "suppliers:account", "refuse"),
)
PAGES: Mapping[str, tuple[Fill, str]] = {
    "back_office:propose_supplier": (_typed(code="DONG", name="Dong", categories=["PARTS"]), ""),
    "back_office:buying": (_typed(part="COMP-1", quantity="1", reason="The shelf is empty"), ""),
    "stores:delivery": (_typed(note="DN-9", part_1="COMP-1", count_1="1"), ""),
    "stores:goods": (_looked_at, ""),
}
