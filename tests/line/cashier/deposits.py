"""A quote that asks a deposit before parts, as several tests need it."""

from __future__ import annotations

from datetime import date
from typing import Any

from guiju.books.money import queries as book
from guiju.books.money.rules import MoneyKind
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.models import PartsDeposit
from guiju.line.cashier.rules import Method
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.models import Quote
from guiju.line.workshop.rules import Consent
from guiju.standing.policy import actions as policy
from tests.cast import FOUNDED
from tests.line import stages
from tests.line.cast_line import Shop, fresh

# Labour at the least that the list allows, and a compressor at ¥600, of which 30 % are left before it is ordered.
DEPOSIT = 18000


def the_rule(shop: Shop, *, from_minor: int = 50000) -> None:
    """From ¥500 of parts on, 30 % of them are left before one is ordered."""
    policy.set_value(
        "quote.deposit_from", unit=None, value=from_minor, starts_on=date(2026, 1, 1), reason="Dear parts",
        by=shop.actor("xu"), at=FOUNDED,
    )  # fmt: skip


def a_quote(shop: Shop, **changed: Any) -> tuple[WorkOrder, Quote]:
    """A job whose quote asks a deposit, and waits for its answer."""
    _ = shop.price_list
    the_rule(shop)
    order = stages.a_diagnosed_order(shop, **changed)
    offers = [workshop.Offer(item=shop.labour), workshop.Offer(part=shop.compressor, unit_minor=60000)]
    draft = workshop.draft_quote(order, offers=offers, service_hours=8, by=shop.actor("chen"), at=shop.later())
    workshop.issue_quote(draft, by=shop.reception, at=shop.later())
    return fresh(order), Quote.objects.select_related("order").get(pk=draft.pk)


def accept(shop: Shop, quote: Quote) -> WorkOrder:
    """Lin records the customer's yes."""
    workshop.approve_quote(
        quote, how=Consent.SIGNATURE, signature=shop.a_signature(), by=shop.reception, at=shop.later()
    )
    return fresh(quote.order)


def an_order(shop: Shop, **changed: Any) -> WorkOrder:
    """A job whose customer agreed to leave a deposit, and has not left it."""
    return accept(shop, a_quote(shop, **changed)[1])


def left(shop: Shop, order: WorkOrder, **how: Any) -> PartsDeposit:
    """Cai takes it, in cash unless told otherwise."""
    said: dict[str, Any] = {"method": Method.CASH} | how
    return cashier.take_parts_deposit(order, **said, by=shop.actor("cai"), at=shop.later())


def given_back(shop: Shop, deposit: PartsDeposit, **how: Any) -> PartsDeposit:
    """Cai gives it back against the customer's signature."""
    said: dict[str, Any] = {"reason": "Nothing is repaired", "signature": shop.a_signature()} | how
    return cashier.return_parts_deposit(deposit, **said, by=shop.actor("cai"), at=shop.later())


def held(deposit: PartsDeposit) -> int:
    """What the money book holds of it."""
    return -book.balance(MoneyKind.DEPOSIT_HELD, deposit.reference)
