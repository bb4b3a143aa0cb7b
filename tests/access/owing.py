"""Customers on credit for the two tables: one who owes and of whose debt a part is to be given up, and one who is suspended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from guiju.line.cashier import actions as cashier
from guiju.line.cashier.models import CreditAccount, Debt
from guiju.line.cashier.rules import Method
from guiju.line.receivables import actions as receivables
from guiju.line.receivables.models import Collection
from tests.line import stages
from tests.line.cast_line import Shop

if TYPE_CHECKING:
    from tests.access.scene import Scene

Fill = Callable[["Scene"], Mapping[str, Any]]
FAR = "2199-01-01"


def stand(shop: Shop, saying: Mapping[str, Any], word: str) -> tuple[Debt, CreditAccount]:
    """A debt with a pause of its letters and a request to give up ¥10 of it; and an account that is suspended."""
    ma, fang = shop.actor("ma"), shop.actor("fang")
    # Not the customer of the other jobs: for that one credit is asked.
    appliance = shop.an_appliance(shop.a_customer(name=f"{word} Owes"))
    bill = stages.a_bill(shop, stages.a_ready_order(shop, **{**saying, "appliance": appliance}))
    accounts = []
    for customer in (bill.order.customer, shop.a_customer(name=f"{word} Late")):
        account = cashier.open_credit(customer, limit_minor=900000, days=30, by=ma, at=shop.later())
        accounts.append(cashier.approve_credit(account, by=fang, at=shop.later()))
    owes, stopped = accounts
    payment = cashier.take_payment(
        bill, method=Method.CREDIT, amount_minor=bill.total_minor, by=shop.actor("cai"), at=shop.later()
    )
    debt = Debt.objects.select_related("account__customer", "payment", "unit").get(payment=payment)
    receivables.collect(
        owes, method=Method.CARD, amount_minor=500, terminal_ref=f"{word} 1", by=shop.actor("cai"), at=shop.later()
    )
    receivables.ask_write_off(debt, amount_minor=1000, reason=f"{word} broke", by=fang, at=shop.later())
    receivables.pause_letters(owes, until_on=date.fromisoformat(FAR), reason=f"{word} pays", by=ma, at=shop.later())
    return debt, cashier.suspend_credit(stopped, reason=f"{word} left", by=ma, at=shop.later())


def account(scene: Scene, at: str) -> CreditAccount:
    """The account that owes, the one that is suspended, or the one that waits for approval."""
    return {"owing": scene.debt.account, "stopped": scene.stopped}.get(at, scene.credit)


def customer(scene: Scene, at: str) -> int:
    """Whose account it is."""
    return account(scene, at).customer_id


def _said(**typed: Any) -> Fill:
    return lambda _scene: typed


PAGES = frozenset(
    f"till:{name}"
    for name in (
        "account statement collect remind pause_letters resume_letters change_credit approve_credit reject_credit suspend_credit"
        " resume_credit close_credit"
    ).split()
)
NUMBERED = frozenset({
    "till:collection", "till:ask_write_off", "till:approve_write_off", "till:reject_write_off",
})  # fmt: skip


def number(scene: Scene, _at: str, *, route: str) -> str:
    """The receipt of what was paid on the account, or the one that put the debt there."""
    if route != "till:collection":
        return scene.debt.payment.receipt_number
    return Collection.objects.get(account=scene.debt.account).number


# What is typed on a page, by the step of an account or of a debt, and where it stands.
STEPS: Mapping[str, tuple[Fill, str]] = {
    "collect": (_said(method="CARD", amount_minor="10", terminal_ref="C-1"), "owing"),
    "remind": (_said(), "owing"),
    "pause_letters": (_said(until_on=FAR, reason="Promised"), "owing"),
    "resume_letters": (_said(), "owing"),
    "change_credit": (_said(limit_minor="9000", days="20", reason="Good"), "owing"),
    "reject_credit": (_said(reason="Too much"), ""),
    "suspend_credit": (_said(reason="Late"), "owing"),
    "resume_credit": (_said(reason="Paid"), "stopped"),
    "close_credit": (_said(reason="Gone"), "stopped"),
    "ask_write_off": (_said(amount_minor="10", reason="Bankrupt"), "owing"),
    "approve_write_off": (_said(), "owing"),
    "reject_write_off": (_said(reason="Not yet"), "owing"),
    "approve_credit": (_said(), ""),
}
# What a program says.
SAID: Mapping[str, tuple[Fill, str]] = {
    "/credits/{customer}/collect": (_said(method="CARD", amount_minor=1000, terminal_ref="C-1"), "owing"),
    "/credits/{customer}/remind": (_said(), "owing"),
    "/credits/{customer}/pause-letters": (_said(until_on=FAR, reason="Promised"), "owing"),
    "/credits/{customer}/resume-letters": (_said(), "owing"),
    "/credits/{customer}/change": (_said(limit_minor=900000, days=20, reason="Good"), "owing"),
    "/credits/{customer}/reject": (_said(reason="Too much"), ""),
    "/credits/{customer}/suspend": (_said(reason="Late"), "owing"),
    "/credits/{customer}/resume": (_said(reason="Paid"), "stopped"),
    "/credits/{customer}/close": (_said(reason="Gone"), "stopped"),
    "/debts/{receipt}/ask-write-off": (_said(amount_minor=1000, reason="Bankrupt"), "owing"),
    "/debts/{receipt}/approve-write-off": (_said(), "owing"),
    "/debts/{receipt}/reject-write-off": (_said(reason="Not yet"), "owing"),
}
