"""Customers on credit, as the tests of receivables need them."""

from __future__ import annotations

from typing import Any

from guiju.line.cashier import actions as cashier
from guiju.line.cashier.models import CreditAccount, Debt
from guiju.line.cashier.rules import Method
from guiju.line.receivables import actions as receivables
from guiju.line.receivables.models import Collection
from guiju.standing.customers.models import Customer
from tests.line import stages
from tests.line.cast_line import Shop

TOTAL = stages.MIN_LABOUR + stages.MIN_COMPRESSOR
DAYS = 30


def an_account(shop: Shop, customer: Customer, *, limit: int = 4 * TOTAL, days: int = DAYS) -> CreditAccount:
    """Asked by the manager, allowed by finance."""
    account = cashier.open_credit(customer, limit_minor=limit, days=days, by=shop.actor("ma"), at=shop.later())
    return cashier.approve_credit(account, by=shop.actor("fang"), at=shop.later())


def a_debt(shop: Shop, customer: Customer | None = None, *, amount: int = TOTAL, rest: bool = True) -> Debt:
    """A repair put on credit, the whole of it or a part; the rest is paid by card."""
    own = {"appliance": shop.an_appliance(customer)} if customer is not None else {}
    bill = stages.a_bill(shop, stages.a_ready_order(shop, **own))
    if not CreditAccount.objects.filter(customer=bill.order.customer).exists():
        an_account(shop, bill.order.customer)
    cai = shop.actor("cai")
    payment = cashier.take_payment(bill, method=Method.CREDIT, amount_minor=amount, by=cai, at=shop.later())
    if rest and amount < TOTAL:
        more = TOTAL - amount
        cashier.take_payment(
            bill, method=Method.CARD, amount_minor=more, terminal_ref="POS 1", by=cai, at=shop.later()
        )  # fmt: skip
    return Debt.objects.select_related("account__unit", "account__customer", "payment__bill__order").get(
        payment=payment
    )


def collected(shop: Shop, account: CreditAccount, amount: int, **said: Any) -> Collection:
    """The customer pays by card, unless the test says otherwise."""
    said = {"method": Method.CARD, "terminal_ref": "POS 9"} | said
    return receivables.collect(account, amount_minor=amount, **said, by=shop.actor("cai"), at=shop.later())
