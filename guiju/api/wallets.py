"""Wallets: requests for payment, what goes back, and the door at which a provider tells that it was paid."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from ninja import Router

from guiju.api import finding
from guiju.api.cashier import BILL
from guiju.api.fields import Input, Minor, Nothing, Short
from guiju.api.verbs import Mirror, Target, Verb, speak
from guiju.kernel import reach
from guiju.kernel.actor import Actor
from guiju.line.cashier import actions
from guiju.line.cashier.actions import wallet_errands as errands
from guiju.line.cashier.actions.providers import Forged, provider_for
from guiju.line.cashier.models import WalletRequest, WalletReturn
from guiju.line.cashier.rules.wallets import Answer, Wallet

log = logging.getLogger(__name__)
# A notification has a few fields; more is nobody's.
BYTES_MAX = 64 * 1024
TAKEN = {
    Wallet.ALIPAY: ("success", "text/plain"),
    Wallet.WECHAT: (json.dumps({"code": "SUCCESS", "message": ""}), "application/json"),
}


class AskWallet(Input):
    """How much, and whose code is shown; or the digits of the code on the customer's telephone."""

    amount_minor: Minor
    wallet: Short = ""
    payer_code: Short = ""


class WalletRequestOut(Mirror):
    """A request for payment; the payment has its receipt once it is paid. `code` is what the customer scans."""

    paths: ClassVar[Mapping[str, str]] = {"bill": "bill.number"}

    number: str
    bill: str
    wallet: str
    amount_minor: int
    currency: str
    state: str
    code: str
    reference: str
    says: str
    good_until: datetime


class WalletReturnOut(Mirror):
    """What the provider is to give back."""

    paths: ClassVar[Mapping[str, str]] = {"request": "request.number"}

    number: str
    request: str
    amount_minor: int
    state: str
    says: str


def _request(number: str, by: Actor) -> WalletRequest:
    rows = WalletRequest.objects.visible_to(by).select_related("bill__order__unit", "session__till__unit")
    return finding.one(rows, number=number)


def _return(number: str, by: Actor) -> WalletReturn:
    rows = WalletReturn.objects.filter(request__in=WalletRequest.objects.visible_to(by))
    return finding.one(rows.select_related("request__bill__order__unit"), number=number)


REQUEST = Target("number", Short, _request)
RETURN = Target("number", Short, _return)
router = Router(tags=["cashier"])
speak(
    router,
    [
        Verb("/bills/{number}/ask-wallet", actions.ask_wallet, AskWallet, WalletRequestOut, BILL),
        Verb("/wallet-requests/{number}/cancel", actions.cancel_wallet, Nothing, WalletRequestOut, REQUEST),
        Verb("/wallet-requests/{number}/match", actions.match_wallet, Nothing, WalletRequestOut, REQUEST),
        Verb("/wallet-requests/{number}/return", actions.return_wallet, Nothing, WalletRequestOut, REQUEST),
        Verb("/wallet-returns/{number}/retry", actions.retry_wallet_return, Nothing, WalletReturnOut, RETURN),
    ],
)


@csrf_exempt
@require_POST
def told(request: HttpRequest, wallet: str) -> HttpResponse:
    """A provider tells that an order was paid. What it did not sign, or what contradicts what was asked, is refused aloud.

    Told again it is taken again, and changes nothing; what is refused the provider tells again, and the log says why.
    """
    provider = provider_for(wallet)
    if provider is None:
        return HttpResponse(status=404)
    if int(request.headers.get("Content-Length") or 0) > BYTES_MAX:
        return HttpResponse(status=413)
    try:
        heard = provider.read(request.headers, request.body)
    except Forged as why:
        log.warning("A notification of %s is not its own: %s", wallet, why)
        return HttpResponse("fail", status=401, content_type="text/plain")
    with reach.house():
        row = WalletRequest.objects.filter(number=heard.number, wallet=wallet).first()
        if row is None:
            log.warning("%s tells of %s, which nobody asked for.", wallet, heard.number)
            return HttpResponse("fail", status=404, content_type="text/plain")
        if heard.answer == Answer.PAID and errands.hear(row, heard, at=now()) is not None:
            return HttpResponse("fail", status=409, content_type="text/plain")
    content, kind = TAKEN[Wallet(wallet)]
    return HttpResponse(content, content_type=kind)


# Its signature is its key: the view asks for it itself.
told.is_public = True  # type: ignore[attr-defined]
