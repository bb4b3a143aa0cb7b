"""A customer pays by a wallet: asked at the counter, paid when the provider says so, and never twice.

No verb here speaks with a provider: what is to be asked is written, and `wallet_errands` asks it between two transactions.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from guiju.books.money import actions as money
from guiju.books.money.actions import Part
from guiju.books.money.rules import MoneyKind, Movement
from guiju.kernel import locking
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance, begin
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.cashier.actions.bills import ReferenceUsed, TooMuch, WalletWaits, conclude, lock_bill, till_for
from guiju.line.cashier.actions.numbers import receipt_number
from guiju.line.cashier.actions.providers import configured
from guiju.line.cashier.actions.tills import lock_session
from guiju.line.cashier.actions.wallet_returns import send_back
from guiju.line.cashier.models import Bill, Payment, TillSession, WalletRequest
from guiju.line.cashier.rules import Method, SessionState
from guiju.line.cashier.rules.wallets import (
    ASKED_ARROWS,
    ASKED_LABELS,
    GOOD_FOR,
    WALLET_LABELS,
    Answer,
    Asked,
    Told,
    Wallet,
    wait,
)
from guiju.line.workorder import actions as workorder

# What the two applications show as a bar: WeChat Pay 18 digits from 10 to 15, Alipay 16 to 24 digits from 25 to 30.
PAYER_CODES = {
    Wallet.WECHAT: re.compile(r"1[0-5][0-9]{16}"),
    Wallet.ALIPAY: re.compile(r"(2[5-9]|30)[0-9]{14,22}"),
}


class NotConfigured(Refusal):
    """Nobody can be asked."""

    sentence = N_(
        "No provider is set up for %(wallet)s here. Let the customer scan the printed code, and take it as a wallet payment by its number."
    )
    field = "wallet"
    status = 422


class NoPayersCode(Refusal):
    """The bar of a wallet begins with the digits of its wallet."""

    sentence = N_("This is no payment code of Alipay or WeChat Pay.")
    field = "payer_code"
    status = 422


class WrongAmount(Refusal):
    """The provider tells of another sum than was asked for: nothing is booked, and somebody looks."""

    sentence = N_(
        "The wallet tells of another amount than was asked for. Nothing was booked; look at the order %(number)s there."
    )
    status = 422


class FitsNothing(Refusal):
    """What came late does not fit what is owed."""

    sentence = N_("The bill does not owe so much any more. Give the money back.")


def wallet_of(payer_code: str) -> Wallet | None:
    """Whose payment code it is."""
    return next((each for each, shape in PAYER_CODES.items() if shape.fullmatch(payer_code)), None)


def ask_wallet(
    bill: Bill, *, amount_minor: int, wallet: str = "", payer_code: str = "", by: Actor, at: datetime
) -> WalletRequest:
    """Ask that the customer pays by a wallet: by the code on the customer's telephone, or by one that the customer scans here.

    wallet      whose code to show; where a code was scanned it says so itself
    payer_code  the digits that were scanned from the customer's telephone
    raises      NotConfigured, NoPayersCode, TooMuch, WalletWaits, Invalid
    source      S6-29; issue 7 "Tenders"
    """
    with doing("cashier.ask_wallet", on=bill, by=by, at=at, amount_minor=amount_minor) as deed:
        bill = lock_bill(bill)
        payer_code = re.sub(r"\s", "", payer_code)
        asked = wallet_of(payer_code) if payer_code else wallet
        if asked is None:
            raise NoPayersCode
        if asked not in set(Wallet):
            raise Invalid(Sentence(N_("Say which wallet.")), field="wallet")
        if asked not in configured():
            raise NotConfigured(wallet=Sentence(WALLET_LABELS[Wallet(asked)]))
        if amount_minor < 1:
            raise Invalid(Sentence(N_("Take at least something.")), field="amount_minor")
        if amount_minor > bill.owed_minor:
            raise TooMuch(owed=workorder.money(bill.order, bill.owed_minor))
        unit = bill.order.unit
        with refusing(a_bill_waits_for_one_wallet_payment=WalletWaits):
            request = WalletRequest.objects.create(
                number=next_number("WP", unit.code, unit.day(at)), bill=bill, session=till_for(Method.WALLET, by, at),
                wallet=asked, amount_minor=amount_minor, currency=bill.currency, is_scanned=bool(payer_code), payer_code=payer_code,
                asked_by_id=by.natural_person_id, asked_at=at, good_until=at + GOOD_FOR,
                # Whoever asked asks the provider at once; should that fail, the lane of the wallets does it.
                next_at=at + wait(1),
            )  # fmt: skip
        begin(request, by=by, at=at, deed=deed)
        deed.note(request=request.number, wallet=str(asked))
    return request


def cancel_wallet(request: WalletRequest, *, by: Actor, at: datetime) -> WalletRequest:
    """Wait no longer. The provider is told to close it; should the customer have paid meanwhile, the money is kept and matched.

    raises   WrongState
    """
    with doing("cashier.cancel_wallet", on=request, by=by, at=at) as deed:
        request = _lock(request)
        _step(request, Asked.CLOSED, deed, next_at=at, tries=0, payer_code="")
    return request


def receive_wallet(request: WalletRequest, told: Told, *, by: Actor, at: datetime) -> WalletRequest:
    """The provider says how it stands. However often it is told and by whom, there is one payment.

    raises   WrongAmount, where it was paid with another amount than was asked for
    """
    with doing("cashier.receive_wallet", on=request, by=by, at=at, answer=str(told.answer)) as deed:
        request = _lock(request)
        if told.answer == Answer.PAID:
            _paid(request, told, deed)
        elif told.answer in {Answer.CLOSED, Answer.FAILED}:
            _over(request, told, deed)
    return request


def match_wallet(request: WalletRequest, *, by: Actor, at: datetime) -> WalletRequest:
    """What came late pays the bill after all.

    raises   FitsNothing, WrongState, WalletWaits
    """
    with doing("cashier.match_wallet", on=request, by=by, at=at) as deed:
        request = _lock(request)
        if request.state == Asked.LATE and request.bill.owed_minor < request.amount_minor:
            raise FitsNothing
        _step(request, Asked.PAID, deed)
        _receipt(request, deed, held=request.number)
    return request


def return_wallet(request: WalletRequest, *, by: Actor, at: datetime) -> WalletRequest:
    """What came late goes back to the customer's wallet; the provider is asked for it after this.

    raises   WrongState
    """
    with doing("cashier.return_wallet", on=request, by=by, at=at) as deed:
        request = _lock(request)
        _step(request, Asked.RETURNED, deed)
        returned = send_back(request, request.amount_minor, deed, at)
        order = request.bill.order
        owed = (MoneyKind.OWED_BY_CUSTOMER, order.number)
        parts = [
            Part(Movement.USE_DEPOSIT, request.amount_minor, owed, (MoneyKind.DEPOSIT_HELD, request.number)),
            Part(Movement.GIVE_BACK, request.amount_minor, (MoneyKind.WALLET, ""), owed),
        ]
        _post(parts, request, returned.number, deed)
    return request


def _paid(request: WalletRequest, told: Told, deed: Deed) -> None:
    if request.state in {Asked.PAID, Asked.LATE, Asked.RETURNED}:
        return
    if told.amount_minor != request.amount_minor or told.currency not in {"", request.currency} or not told.reference:
        raise WrongAmount(number=request.number)
    also = {
        "reference": told.reference[:60],
        "paid_at": deed.at,
        "next_at": None,
        "payer_code": "",
        "code": "",
        "says": "",
    }
    with refusing(a_payment_of_a_wallet_answers_one_request=ReferenceUsed):
        if request.state == Asked.PENDING and request.bill.owed_minor >= request.amount_minor:
            _step(request, Asked.PAID, deed, **also)
            _receipt(request, deed)
            return
        _step(request, Asked.LATE, deed, **also)
    # It is the customer's until it pays something or goes back: so the book knows it at once, and it cannot be lost.
    held = Part(
        Movement.DEPOSIT, request.amount_minor, (MoneyKind.DEPOSIT_HELD, request.number), (MoneyKind.WALLET, "")
    )
    _post([held], request, request.number, deed)
    waits = WalletRequest.objects.filter(bill=request.bill, state=Asked.PENDING).exists()
    if request.bill.owed_minor >= request.amount_minor and not waits:
        match_wallet(request, by=deed.consequence(), at=deed.at)


def _over(request: WalletRequest, told: Told, deed: Deed) -> None:
    if request.state == Asked.PENDING:
        to = Asked.CLOSED if told.answer == Answer.CLOSED else Asked.FAILED
        _step(request, to, deed, next_at=None, payer_code="", code="", says=told.says[:300])
    elif request.state in {Asked.CLOSED, Asked.FAILED}:
        # The provider has closed it too: nothing is left to ask.
        WalletRequest.objects.filter(pk=request.pk).update(next_at=None, code="")


def _receipt(request: WalletRequest, deed: Deed, *, held: str = "") -> Payment:
    """The payment with its receipt, in the till that asked, if it is still open."""
    bill = request.bill
    unit, session = bill.order.unit, _still_open(request)
    with refusing(
        cashier_payment_wallet_request_id=ReferenceUsed, a_number_of_a_wallet_pays_once=ReferenceUsed,
        # Another wallet is asked for the same bill: what came late waits until that is over.
        one_tender_at_a_time_settles_a_bill=WalletWaits,
    ):  # fmt: skip
        payment = Payment.objects.create(
            bill=bill, method=Method.WALLET, amount_minor=request.amount_minor, wallet=request.wallet, wallet_request=request,
            terminal_ref=request.reference, receipt_number=receipt_number("RC", unit=unit, session=session, at=deed.at),
            session=session, taken_by_id=request.asked_by_id, at=deed.at,
        )  # fmt: skip
    conclude(payment, deed, deed.at, held=held)
    return payment


def _still_open(request: WalletRequest) -> TillSession | None:
    if request.session is None:
        return None
    session = lock_session(request.session)
    return session if session.state == SessionState.OPEN else None


def _lock(request: WalletRequest) -> WalletRequest:
    """The job, the bill, then the request: as every payment does it."""
    bill = lock_bill(Bill.objects.select_related("order__unit").get(pk=request.bill_id))
    row = locking.lock(WalletRequest.objects.select_related("session__till__unit"), request.pk)
    row.bill = bill
    return row


def _step(request: WalletRequest, to: Asked, deed: Deed, **also: Any) -> None:
    advance(request, to=to, arrows=ASKED_ARROWS, by=deed.by, at=deed.at, deed=deed, labels=ASKED_LABELS, **also)


def _post(parts: list[Part], request: WalletRequest, document: str, deed: Deed) -> None:
    money.post(
        parts,
        unit=request.bill.order.unit,
        currency=request.currency,
        document=document,
        by=deed.consequence(),
        at=deed.at,
    )
