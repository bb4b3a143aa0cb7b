"""Money that the provider of a wallet is to give back: written in the deed that decides it, and asked for after it."""

from __future__ import annotations

from datetime import datetime

from guiju.kernel import locking
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance, begin
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Refusal, refusing
from guiju.kernel.words import N_
from guiju.line.cashier.models import Payment, Refund, Void, WalletRequest, WalletReturn
from guiju.line.cashier.rules.wallets import BACK_ARROWS, BACK_LABELS, Back


class MoreThanItPaid(Refusal):
    """A wallet gives back at most what it has paid."""

    sentence = N_("The wallet has not paid so much, or gave it back already.")


def give_back_by_wallet(
    payment: Payment,
    amount_minor: int,
    deed: Deed,
    at: datetime,
    *,
    refund: Refund | None = None,
    void: Void | None = None,
) -> WalletReturn | None:
    """What a refund or a void sends back to the wallet; None for any other payment, or where another tender was approved."""
    if payment.wallet_request_id is None or (refund is not None and refund.method):
        return None
    request = WalletRequest.objects.select_related("bill__order__unit").get(pk=payment.wallet_request_id)
    return send_back(request, amount_minor, deed, at, refund=refund, void=void)


def send_back(
    request: WalletRequest,
    amount_minor: int,
    deed: Deed,
    at: datetime,
    *,
    refund: Refund | None = None,
    void: Void | None = None,
) -> WalletReturn:
    """Write down that so much is to go back; the lane of the wallets asks the provider for it, until it is done.

    raises   MoreThanItPaid
    """
    unit = request.bill.order.unit
    with refusing(a_wallet_gives_back_no_more_than_it_paid=MoreThanItPaid):
        made = WalletReturn.objects.create(
            number=next_number("WB", unit.code, unit.day(at)), request=request, refund=refund, void=void, amount_minor=amount_minor,
            asked_by_id=deed.by.natural_person_id, asked_at=at, next_at=at,
        )  # fmt: skip
    begin(made, by=deed.by, at=at, deed=deed)
    return made


def retry_wallet_return(returned: WalletReturn, *, by: Actor, at: datetime) -> WalletReturn:
    """Ask the provider again, after what kept it from giving the money back was seen to.

    raises   WrongState
    """
    with doing("cashier.retry_wallet_return", on=returned, by=by, at=at) as deed:
        row = locking.lock(WalletReturn.objects.select_related("request__bill__order__unit"), returned.pk)
        advance(
            row, to=Back.WAITING, arrows=BACK_ARROWS, by=by, at=at, deed=deed, labels=BACK_LABELS, next_at=at, tries=0
        )
    return row
