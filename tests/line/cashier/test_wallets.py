"""A customer pays by Alipay or WeChat Pay: asked at the counter, told by the provider, paid exactly once, and never lost.

The provider is a server of our own on this machine, to which both adapters speak over HTTP in the providers' own languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from guiju.books.money import queries as book
from guiju.books.money.rules import MoneyKind
from guiju.conf.demo.wallets import Fake
from guiju.jobs import wallets as lane
from guiju.kernel.coins import fewest
from guiju.kernel.refusing import Invalid, NotAllowed, Refusal, WrongState, broken_constraints
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.actions import bills, closing, wallet_errands, wallets
from guiju.line.cashier.models import Bill, Payment, WalletRequest, WalletReturn
from guiju.line.cashier.queries import tills
from guiju.line.cashier.rules import Method
from guiju.line.cashier.rules.wallets import Answer, Asked, Back, Told, Wallet, wait
from tests.kernel.racing import together
from tests.line import cast_line, stages
from tests.line.cast_line import Shop

TOTAL = stages.MIN_LABOUR + stages.MIN_COMPRESSOR
FLOAT = 50000
# As the two applications show them: what ends so is paid at once, is confirmed first, has no money.
AT_ONCE, CONFIRMED, POOR = "134567890123456780", "134567890123456787", "134567890123456789"
ALIPAYS = "288888888888888880"
both = pytest.mark.both_databases


@pytest.fixture
def fake(tmp_path: Path, settings: Any) -> Iterator[Fake]:
    """Both providers, and this house a merchant at each."""
    with Fake(tmp_path) as both_of_them:
        settings.GUIJU_WALLETS = both_of_them.wallets()
        yield both_of_them


def fresh(row: Any) -> Any:
    """The row as it is now."""
    return type(row).objects.get(pk=row.pk)


def order_of(request: WalletRequest) -> Any:
    """The job, as it is now."""
    return cast_line.fresh(request.bill.order)


def asked(shop: Shop, *, amount: int = TOTAL, **how: Any) -> WalletRequest:
    """A bill, and its wallet asked by the cashier as the page does it."""
    bill = stages.a_bill(shop, stages.a_ready_order(shop))
    return ask(shop, bill, amount=amount, **how)


def ask(shop: Shop, bill: Any, *, amount: int = TOTAL, **how: Any) -> WalletRequest:
    how = how or {"wallet": Wallet.WECHAT}
    request = cashier.ask_wallet(bill, amount_minor=amount, **how, by=shop.actor("cai"), at=shop.later())
    wallet_errands.ask_now(request, at=request.asked_at)
    asked_now: WalletRequest = fresh(request)
    return asked_now


def night(until: datetime) -> None:
    """The lane of the wallets, until nothing is due."""
    while lane.turn(lambda: until):
        pass


def receipts(request: WalletRequest) -> list[Payment]:
    return list(Payment.objects.filter(bill=request.bill, void=None))


def held(request: WalletRequest) -> int:
    return -book.balance(MoneyKind.DEPOSIT_HELD, request.number)


@both
@pytest.mark.django_db
@pytest.mark.parametrize(("wallet", "code"), [(Wallet.ALIPAY, ALIPAYS), (Wallet.WECHAT, CONFIRMED)])
def test_a_code_that_is_shown_or_scanned_is_paid_once_with_its_receipt(
    shop: Shop, fake: Fake, wallet: str, code: str
) -> None:
    session = stages.an_open_till(shop)
    shown = asked(shop, amount=TOTAL - 100, wallet=wallet)
    assert (shown.state, shown.code, receipts(shown)) == (Asked.PENDING, f"{fake.url}/pay/{shown.number}", [])
    fake.pays(shown.number)
    night(shown.asked_at + wait(2))
    (paid,) = receipts(shown)
    assert (paid.method, paid.wallet, paid.amount_minor, paid.session) == ("WALLET", wallet, TOTAL - 100, session)
    assert (paid.terminal_ref, fresh(shown).state) == (fake.orders[shown.number].reference, Asked.PAID)
    # The rest by the customer's own code; whoever has to confirm it first does so a moment later.
    scanned = ask(shop, shown.bill, amount=100, payer_code=code)
    assert scanned.payer_code == ""
    fake.pays(scanned.number)
    night(scanned.asked_at + timedelta(seconds=5))
    assert (fresh(scanned).state, order_of(shown).billing) == (Asked.PAID, "PAID")
    assert book.balance(MoneyKind.WALLET, "", unit=shop.unit) == TOTAL == tills.expected(session)[Method.WALLET]
    # Counted with the slips of the cards, and never left out.
    with pytest.raises(closing.NotAllCounted):
        cashier.count_till(session, pieces=fewest(FLOAT, "CNY"), by=shop.actor("cai"), at=shop.later())
    counted = cashier.count_till(
        session, pieces=fewest(FLOAT, "CNY"), wallet_minor=TOTAL, by=shop.actor("cai"), at=shop.later()
    )
    assert [each.variance_minor for each in counted.counts.all()] == [0, 0]


@both
@pytest.mark.django_db
def test_what_is_lost_is_asked_for_what_is_told_twice_is_paid_once_and_what_comes_late_is_kept(
    shop: Shop, fake: Fake
) -> None:
    session = stages.an_open_till(shop)
    request = asked(shop)
    with pytest.raises(closing.WalletStillWaits):
        cashier.count_till(session, pieces=fewest(FLOAT, "CNY"), by=shop.actor("cai"), at=shop.later())
    with pytest.raises(bills.WalletWaits):
        cashier.take_payment(request.bill, method=Method.CASH, amount_minor=1, by=shop.actor("cai"), at=shop.later())
    # The provider is away: nothing is known, so nothing is believed, and it is asked again.
    fake.is_down = True
    night(request.asked_at + wait(2))
    assert (fresh(request).state, "Unreachable" in fresh(request).says) == (Asked.PENDING, True)
    fake.is_down = False
    # Cancelled here, and paid there in the same moment: the money is found, kept, and pays the bill after all.
    cashier.cancel_wallet(fresh(request), by=shop.actor("cai"), at=shop.later())
    fake.pays(request.number)
    night(shop.later())
    (paid,) = receipts(request)
    assert (fresh(request).state, paid.amount_minor, held(request)) == (Asked.PAID, TOTAL, 0)
    told = Told(Answer.PAID, request.number, paid.terminal_ref, TOTAL, "CNY")
    cashier.receive_wallet(fresh(request), told, by=wallet_errands.by_the_wallets(), at=shop.later())
    assert receipts(request) == [paid]


@both
@pytest.mark.django_db
def test_what_fits_nothing_any_more_is_the_customers_until_it_goes_back(shop: Shop, fake: Fake) -> None:
    stages.an_open_till(shop)
    request = asked(shop, wallet=Wallet.ALIPAY)
    # Nobody pays while the code is good: it is closed here, and the provider does not answer yet.
    fake.is_down = True
    night(request.good_until)
    assert fresh(request).state == Asked.CLOSED
    cashier.take_payment(request.bill, method=Method.CASH, amount_minor=TOTAL, by=shop.actor("cai"), at=shop.later())
    fake.is_down = False
    fake.pays(request.number)
    night(request.good_until + timedelta(hours=1))
    late = fresh(request)
    assert (late.state, held(request), len(receipts(request))) == (Asked.LATE, TOTAL, 1)
    with pytest.raises(wallets.FitsNothing):
        cashier.match_wallet(late, by=shop.actor("cai"), at=shop.later())
    with pytest.raises(NotAllowed):
        cashier.return_wallet(late, by=shop.actor("cai"), at=shop.later())
    cashier.return_wallet(late, by=shop.actor("fang"), at=shop.later())
    night(shop.later())
    assert sum(fake.orders[request.number].back.values()) == TOTAL
    assert (held(request), book.balance(MoneyKind.WALLET, "", unit=shop.unit)) == (0, 0)
    assert WalletReturn.objects.get().state == Back.DONE
    with pytest.raises(WrongState):
        cashier.return_wallet(fresh(late), by=shop.actor("fang"), at=shop.later())


@both
@pytest.mark.django_db
def test_what_cannot_be_asked_is_refused_in_words(shop: Shop, fake: Fake, settings: Any) -> None:
    bill = stages.a_bill(shop, stages.a_ready_order(shop))

    def ask_it(**said: Any) -> WalletRequest:
        return cashier.ask_wallet(bill, **({"amount_minor": TOTAL} | said), by=shop.actor("cai"), at=shop.later())

    for said, refusal in (
        ({"payer_code": "6212345678901234"}, wallets.NoPayersCode),
        ({"wallet": "PAYPAL"}, Invalid),
        ({"wallet": "WECHAT", "amount_minor": 0}, Invalid),
        ({"wallet": "WECHAT", "amount_minor": TOTAL + 1}, bills.TooMuch),
    ):
        with pytest.raises(refusal):
            ask_it(**said)
    poor = ask(shop, bill, payer_code=POOR)
    assert (poor.state, "NOT_ENOUGH" in poor.says) == (Asked.FAILED, True)
    assert ask_it(payer_code=f"  {AT_ONCE[:6]} {AT_ONCE[6:]}").wallet == Wallet.WECHAT
    with pytest.raises(bills.WalletWaits):
        ask_it(wallet="ALIPAY")
    # Where no provider is set up, the printed code of the shop is paid by the number that the wallet shows; a number pays once.
    settings.GUIJU_WALLETS = {}
    with pytest.raises(wallets.NotConfigured) as why:
        ask_it(wallet="ALIPAY")
    assert "printed code" in str(why.value)
    waiting = WalletRequest.objects.get(bill=bill, state=Asked.PENDING)
    cashier.cancel_wallet(waiting, by=shop.actor("cai"), at=shop.later())
    static: dict[str, Any] = {"method": Method.WALLET, "wallet": "ALIPAY", "by": shop.actor("cai"), "at": shop.later()}
    with pytest.raises(bills.WalletMissing):
        cashier.take_payment(bill, amount_minor=100, **static)
    cashier.take_payment(bill, amount_minor=100, terminal_ref="2026120122001", **static)
    with pytest.raises(bills.ReferenceUsed):
        cashier.take_payment(bill, amount_minor=100, terminal_ref="2026120122001", **static)


@both
@pytest.mark.django_db
@pytest.mark.parametrize("wallet", list(Wallet))
def test_a_notification_is_believed_by_its_signature_and_its_amount_alone(
    shop: Shop, fake: Fake, client: Client, wallet: str
) -> None:
    request = asked(shop, wallet=wallet)
    fake.pays(request.number)
    order = fake.orders[request.number]

    def post(headers: dict[str, str], body: bytes) -> int:
        kind = headers.pop("Content-Type")
        said: dict[str, Any] = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
        answer = client.post(f"/api/v1/wallets/{wallet}", data=body, content_type=kind, **said)
        return answer.status_code

    fake.skew = 1
    assert post(*fake.notification(order)) == 409
    assert (fresh(request).state, "another amount" in fresh(request).says) == (Asked.PENDING, True)
    fake.skew = 0
    headers, body = fake.notification(order)
    digit = next(each for each in body if chr(each).isdigit())
    other = b"2" if digit == ord("1") else b"1"
    for forged in (body.replace(bytes([digit]), other, 1), body[:-40], b"", b"\xff"):
        assert post(dict(headers), forged) == 401
    if wallet == Wallet.WECHAT:
        assert post(dict(headers) | {"Wechatpay-Timestamp": "1"}, body) == 401
    assert receipts(request) == []
    assert post(*fake.notification(replace(order, number="WP-NONE"))) == 404
    assert [post(*fake.notification(order)) for _ in range(2)] == [200, 200]
    (paid,) = receipts(request)
    assert (paid.amount_minor, fresh(request).state) == (TOTAL, Asked.PAID)
    assert client.post("/api/v1/wallets/PAYPAL", data=b"", content_type="text/plain").status_code == 404


@both
@pytest.mark.django_db
def test_a_refund_and_a_void_go_back_by_the_provider_once(shop: Shop, fake: Fake) -> None:
    stages.an_open_till(shop)
    request = asked(shop, payer_code=AT_ONCE)
    (paid,) = receipts(request)
    wrong: dict[str, Any] = {"amount_minor": 1000, "reason": "Scratched"}
    cashier.ask_refund(paid, **wrong, by=shop.reception, at=shop.later())
    cashier.approve_refund(paid, by=shop.actor("fang"), at=shop.later())
    fake.is_down = True
    refund = cashier.pay_refund(paid, **wrong, by=shop.actor("cai"), at=shop.later())
    night(shop.later())
    back = WalletReturn.objects.get(refund=refund)
    assert (back.state, book.balance(MoneyKind.WALLET, "", unit=shop.unit)) == (Back.WAITING, TOTAL - 1000)
    fake.is_down = False
    fake.orders[request.number].back["elsewhere"] = TOTAL
    night(shop.later() + timedelta(hours=1))
    assert fresh(back).state == Back.FAILED
    # Somebody has seen to it, and it is asked again: the same number is given back once.
    fake.orders[request.number].back.clear()
    cashier.retry_wallet_return(fresh(back), by=shop.actor("cai"), at=shop.later())
    night(shop.later() + timedelta(hours=1))
    assert (fresh(back).state, fake.orders[request.number].back) == (Back.DONE, {back.number: 1000})


@both
@pytest.mark.django_db
def test_a_wallet_payment_is_void_before_its_till_is_counted(shop: Shop, fake: Fake) -> None:
    stages.an_open_till(shop)
    request = asked(shop, payer_code=ALIPAYS)
    (paid,) = receipts(request)
    cashier.void_payment(paid, reason="The neighbour's bill", by=shop.actor("cai"), at=shop.later())
    night(shop.later())
    assert (sum(fake.orders[request.number].back.values()), receipts(request)) == (TOTAL, [])
    assert (order_of(request).billing, book.balance(MoneyKind.WALLET, "", unit=shop.unit)) == ("BILLED", 0)


@contextmanager
def naive() -> Iterator[None]:
    """As one would write it at first: look whether it is paid, wait for the bill, and write the payment."""
    kept = (wallets._lock, wallets._step)

    def look(request: WalletRequest) -> WalletRequest:
        row = WalletRequest.objects.get(pk=request.pk)
        row.bill = wallets.lock_bill(Bill.objects.select_related("order__unit").get(pk=request.bill_id))
        return row

    def step(request: WalletRequest, to: Asked, _deed: Any, **also: Any) -> None:
        WalletRequest.objects.filter(pk=request.pk).update(state=to, **also)
        for name, value in {"state": to, **also}.items():
            setattr(request, name, value)

    wallets._lock, wallets._step = look, step
    try:
        yield
    finally:
        wallets._lock, wallets._step = kept


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_naive", [False, True])
def test_callback_and_poll_in_the_same_instant_make_one_payment(shop: Shop, fake: Fake, is_naive: bool) -> None:
    request = asked(shop)
    fake.pays(request.number)
    told = Told(Answer.PAID, request.number, fake.orders[request.number].reference, TOTAL, "CNY")
    at = shop.later()

    def hear(_number: int) -> object:
        mine = WalletRequest.objects.get(pk=request.pk)
        return cashier.receive_wallet(mine, told, by=wallet_errands.by_the_wallets(), at=at).state

    if is_naive:
        with naive():
            got = together(6, hear)
        # The database still keeps it to one, but who comes second is refused instead of being told that it is paid.
        assert [each for each in got if isinstance(each, (Refusal, Exception))], got
    else:
        got = together(6, hear)
        assert got == [Asked.PAID] * 6
    assert len(receipts(request)) == 1


@both
@pytest.mark.django_db
@pytest.mark.no_books
def test_the_database_holds_what_a_wallet_said(shop: Shop, fake: Fake) -> None:
    """Written past every verb, as somebody at the database would."""
    paid = asked(shop, payer_code=AT_ONCE, amount=500)
    closed = ask(shop, paid.bill, amount=700)
    cashier.cancel_wallet(closed, by=shop.actor("cai"), at=shop.later())
    who: dict[str, Any] = {"asked_by": paid.asked_by, "asked_at": paid.asked_at}
    back = WalletReturn.objects.create(number="WB-1", request=paid, amount_minor=500, state="DONE", **who)
    rows, gone = WalletRequest.objects.filter(pk=paid.pk), WalletRequest.objects.filter(pk=closed.pk)
    like: dict[str, Any] = {
        "bill": paid.bill, "wallet": paid.wallet, "amount_minor": 500, "currency": "CNY", "good_until": paid.good_until, **who,
    }  # fmt: skip
    pays: dict[str, Any] = {
        "bill": paid.bill,
        "method": "WALLET",
        "amount_minor": 700,
        "taken_by": paid.asked_by,
        "at": shop.later(),
    }
    writes: dict[str, Any] = {
        "what_a_wallet_was_asked_never_changes": lambda: rows.update(amount_minor=1),
        "what_a_wallet_paid_is_never_forgotten": lambda: rows.update(state="CLOSED", paid_at=None, reference=""),
        "what_a_wallet_paid_has_its_number": lambda: rows.update(reference=""),
        "a_payers_code_is_not_kept": lambda: rows.update(payer_code="1"),
        "a_wallet_request_is_never_erased": lambda: gone._raw_delete(gone.db),
        "a_payment_of_a_wallet_answers_one_request": lambda: WalletRequest.objects.create(
            number="WP-2", state="PAID", reference=paid.reference, paid_at=paid.paid_at, **like
        ),
        "a_wallet_pays_what_it_was_asked_for": lambda: Payment.objects.create(
            wallet="WECHAT", wallet_request=closed, terminal_ref="1", receipt_number="RC-1", **pays
        ),
        "a_payment_by_wallet_names_it": lambda: Payment.objects.create(terminal_ref="2", receipt_number="RC-2", **pays),
        "a_wallet_gives_back_no_more_than_it_paid": lambda: WalletReturn.objects.create(
            number="WB-2", request=paid, amount_minor=1, **who
        ),
        "what_goes_back_by_a_wallet_never_changes": lambda: WalletReturn.objects.filter(pk=back.pk).update(
            state="WAITING"
        ),
    }
    for sentence, write in writes.items():
        with pytest.raises(IntegrityError) as broken, transaction.atomic():
            write()
        assert sentence in broken_constraints(broken.value)
