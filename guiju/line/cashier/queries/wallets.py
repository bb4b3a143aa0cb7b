"""Wallets: what is waited for, what needs somebody, and whether requests and payments agree."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from guiju.kernel.actor import Actor
from guiju.kernel.verification import invariant
from guiju.line.cashier.models import Bill, Payment, WalletRequest, WalletReturn
from guiju.line.cashier.rules.wallets import Asked, Back


def waited_for(bill: Bill) -> WalletRequest | None:
    """The request of a bill that waits for the customer."""
    return WalletRequest.objects.filter(bill=bill, state=Asked.PENDING).first()


def wallets_to_see_to(*, by: Actor) -> list[WalletRequest]:
    """What waits, what came too late, and what a wallet refuses to give back, the oldest first."""
    refused = WalletReturn.objects.filter(request=OuterRef("pk"), state=Back.FAILED)
    rows = WalletRequest.objects.visible_to(by).filter(Q(state__in=[Asked.PENDING, Asked.LATE]) | Exists(refused))
    return list(rows.select_related("bill__order").order_by("pk")[:50])


@invariant("FIN-4")
def what_a_wallet_paid_has_one_receipt() -> Iterator[str]:
    """A request that is paid has its payment, and no other has one."""
    paid = Payment.objects.filter(wallet_request=OuterRef("pk"))
    rows = WalletRequest.objects.annotate(is_paid=Exists(paid))
    for row in rows.filter(Q(state=Asked.PAID, is_paid=False) | ~Q(state=Asked.PAID) & Q(is_paid=True)):
        yield f"{row.number} is {row.state}, and its receipt says otherwise"
