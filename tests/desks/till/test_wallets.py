"""A wallet at the counter: the cashier shows a code or scans one, watches it, cancels it, and sees to what came too late."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from guiju.conf.demo.wallets import Fake
from guiju.jobs import wallets as lane
from guiju.line.cashier.models import Payment, WalletRequest
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


def test_a_code_is_shown_watched_paid_and_what_came_late_is_matched(
    signed_in: SignedIn, shop: Shop, settings: Any, tmp_path: Path
) -> None:
    bill = stages.a_bill(shop, stages.a_ready_order(shop))
    job, cai = f"/till/jobs/{bill.order.number}/", signed_in("cai")
    shown = cai.get(job).content.decode()
    assert_strict(shown)
    assert ("printed code of the shop" in shown, "/wallet" in shown) == (True, False)
    asks = {"amount_minor": "10", "wallet": "WECHAT"}
    assert "printed code" in cai.post(f"{job}wallet", asks).content.decode()
    with Fake(tmp_path) as fake:
        settings.GUIJU_WALLETS = fake.wallets()
        assert "Show a code of Alipay" in cai.get(job).content.decode()
        page = cai.post(f"{job}wallet", asks).headers["Location"]
        first = WalletRequest.objects.get()
        watched = cai.get(page).content.decode()
        assert_strict(watched)
        assert ("every 2s" in watched, '<svg class="qr"' in watched) == (True, True)
        assert "every 2s" in cai.get(f"{page}?part=state").content.decode()
        # Another outlet's cashier does not know it, and a colleague at the desk may not cancel it.
        assert signed_in("nie").post(f"{page}cancel").status_code == 403
        fake.is_down = True
        cai.post(f"{page}cancel")
        fake.is_down = False
        second = cai.post(f"{job}wallet", asks | {"amount_minor": "20"}).headers["Location"]
        fake.pays(first.number)
        while lane.turn(lambda: first.good_until):
            pass
        home = cai.get("/till/").content.decode()
        assert ("Paid too late" in home, first.number in home) == (True, True)
        cai.post(f"{second}cancel")
        late = cai.get(page).content.decode()
        assert ("Let it pay the bill" in late, "Give it back" in late) == (True, False)
        cai.post(f"{page}match")
        paid = Payment.objects.get()
        assert (paid.amount_minor, paid.wallet_request, "every 2s" in cai.get(page).content.decode()) == (
            1000,
            first,
            False,
        )
        assert f"/till/receipts/{paid.receipt_number}/" in cai.get(page).content.decode()
        # By the customer's own code, and refused where it is no code of a wallet.
        scans = {"amount_minor": "5", "wallet": "", "payer_code": "123"}
        assert "no payment code" in cai.post(f"{job}wallet", scans).content.decode()
        cai.post(f"{job}wallet", scans | {"payer_code": "134567890123456780"})
        assert Payment.objects.filter(wallet="WECHAT").count() == 2
        asked = {"amount_minor": "5", "method": "CASH", "reason": "Scratched"}
        signed_in("lin").post(f"/till/receipts/{paid.receipt_number}/ask", asked)
        assert (
            "another way than it came"
            in signed_in("fang").get(f"/till/receipts/{paid.receipt_number}/").content.decode()
        )
