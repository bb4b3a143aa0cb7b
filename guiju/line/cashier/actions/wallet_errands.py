"""Asking a provider: what is due is claimed, asked over the wire, and the answer written; only the middle step touches the network."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.lifecycle import advance
from guiju.kernel.refusing import Refusal
from guiju.line.cashier.actions.providers import Forged, Order, Provider, Unreachable, provider_for
from guiju.line.cashier.actions.wallets import cancel_wallet, receive_wallet
from guiju.line.cashier.models import WalletRequest, WalletReturn
from guiju.line.cashier.rules.wallets import BACK_ARROWS, BACK_LABELS, Answer, Asked, Back, Told, wait

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Errand:
    """One question to a provider: about a request, or about what is to go back of it."""

    request: WalletRequest
    order: Order
    returned: WalletReturn | None = None
    is_first: bool = False


def by_the_wallets() -> Actor:
    """The house, asking the providers."""
    return Actor.system("wallets")


def claim(at: datetime, *, request: WalletRequest | None = None) -> Errand | None:
    """Take the next question that is due, or the one about this request; None when there is none.

    Counted before it is asked: a provider that kills whoever asks is waited for like one that does not answer.
    """
    wanted = _DUE.filter(pk=request.pk) if request is not None else _DUE.filter(next_at__lte=at)
    if (row := _taken(wanted.filter(next_at__isnull=False), at)) is not None:
        return _about(row, at)
    if request is None and (back := _taken(_BACK.filter(next_at__lte=at), at)) is not None:
        return Errand(back.request, _order(back.request, at), back)
    return None


def carry(errand: Errand) -> Told:
    """Ask the provider. No transaction is open meanwhile: no drawer waits for a wallet."""
    request, order = errand.request, errand.order
    provider = provider_for(request.wallet)
    if provider is None:
        return Told(Answer.UNKNOWN, order.number, says="No provider is set up.")
    try:
        return _asked(provider, errand)
    except (Unreachable, Forged, OSError, ValueError, TypeError, KeyError) as error:
        log.warning("%s of %s: %s", order.number, request.wallet, error)
        return Told(Answer.UNKNOWN, order.number, says=f"{type(error).__name__}: {error}"[:300])


def record(errand: Errand, told: Told, *, at: datetime) -> None:
    """Write down what the provider said."""
    by = by_the_wallets()
    if errand.returned is not None:
        _recorded_back(errand.returned, told, by, at)
    elif told.answer in {Answer.PAID, Answer.CLOSED, Answer.FAILED}:
        hear(errand.request, told, at=at)
    else:
        said: dict[str, Any] = {"payer_code": "", "says": told.says[:300]} | (
            {"code": told.code[:500]} if told.code else {}
        )
        WalletRequest.objects.filter(pk=errand.request.pk, state=Asked.PENDING).update(**said)


def hear(request: WalletRequest, told: Told, *, at: datetime) -> Refusal | None:
    """Believe what was told and checked; what contradicts what was asked is kept in words, and said aloud."""
    try:
        receive_wallet(request, told, by=by_the_wallets(), at=at)
    except Refusal as refusal:
        log.warning("%s of %s: %s", request.number, request.wallet, refusal)
        WalletRequest.objects.filter(pk=request.pk).update(says=str(refusal)[:300])
        return refusal
    return None


def ask_now(request: WalletRequest, *, at: datetime) -> None:
    """Ask the provider about this request at once, between two transactions."""
    if (errand := claim(at, request=request)) is not None:
        record(errand, carry(errand), at=at)


_DUE: QuerySet[WalletRequest] = (
    WalletRequest.objects.filter(state__in=[Asked.PENDING, Asked.CLOSED])
    .select_related("bill__order__unit")
    .order_by("next_at", "pk")
)
_BACK: QuerySet[WalletReturn] = (
    WalletReturn.objects.filter(state=Back.WAITING)
    .select_related("request__bill__order__unit")
    .order_by("next_at", "pk")
)


def _taken(due: QuerySet[Any], at: datetime) -> Any:
    """The first of these, and when it is looked at again; looked for without a transaction, which on SQLite keeps writers waiting."""
    while due.exists():
        with transaction.atomic():
            row = due.select_for_update(skip_locked=True, of=("self",)).first()
            if row is None:
                return None
            row.tries += 1
            row.next_at = at + wait(row.tries)
            row.save(update_fields=["tries", "next_at"])
            return row
    return None


def _about(request: WalletRequest, at: datetime) -> Errand | None:
    if request.state == Asked.PENDING and at >= request.good_until:
        # Nobody paid while the code was good: it is closed here and there.
        try:
            request = cancel_wallet(request, by=by_the_wallets(), at=at)
        except Refusal:
            return None
    # A code to show is asked for until there is one, which asks nothing twice; a scanned code is used once.
    is_first = request.state == Asked.PENDING and (bool(request.payer_code) if request.is_scanned else not request.code)
    return Errand(request, _order(request, at), is_first=is_first)


def _order(request: WalletRequest, at: datetime) -> Order:
    order = request.bill.order
    return Order(
        number=request.number, amount_minor=request.amount_minor, currency=request.currency, subject=f"{order.unit.code} {order.number}",
        shop=order.unit.code, payer_code=request.payer_code, good_until=request.good_until, at=at,
    )  # fmt: skip


def _asked(provider: Provider, errand: Errand) -> Told:
    if errand.returned is not None:
        return provider.give_back(
            errand.order, number=errand.returned.number, amount_minor=errand.returned.amount_minor
        )
    if errand.request.state == Asked.CLOSED:
        return provider.close(errand.order)
    return provider.ask(errand.order) if errand.is_first else provider.query(errand.order)


def _recorded_back(returned: WalletReturn, told: Told, by: Actor, at: datetime) -> None:
    to = {Answer.BACK: Back.DONE, Answer.FAILED: Back.FAILED}.get(told.answer)
    if to is None:
        WalletReturn.objects.filter(pk=returned.pk).update(says=told.says[:300])
        return
    with doing("cashier.receive_wallet", on=returned, by=by, at=at, answer=str(told.answer)) as deed:
        advance(
            returned, to=to, arrows=BACK_ARROWS, by=by, at=at, deed=deed, labels=BACK_LABELS, next_at=None,
            reference=told.reference[:60], says=told.says[:300],
        )  # fmt: skip
