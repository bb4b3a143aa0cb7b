"""What was paid by card and by wallet reaches the bank by its provider, less a fee, and finance says by which line."""

from __future__ import annotations

from typing import Any

import pytest

from guiju.books.money import actions as books
from guiju.books.money import queries as book
from guiju.books.money.rules import MoneyKind
from guiju.kernel.refusing import Invalid, NotAllowed
from guiju.line.banking import actions as banking
from guiju.line.banking.actions import settlements
from guiju.line.banking.models import BankLine
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.rules import Method
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
TOTAL = stages.MIN_LABOUR + stages.MIN_COMPRESSOR


@pytest.mark.shows("FIN-10")
def test_a_line_of_the_statement_is_a_providers_settlement_and_its_fee_is_booked(shop: Shop, signed_in: Any) -> None:
    bill = stages.a_bill(shop, stages.a_ready_order(shop))
    cashier.take_payment(
        bill, method=Method.WALLET, wallet="ALIPAY", amount_minor=TOTAL, terminal_ref="2026-1", by=shop.actor("cai"), at=shop.later()
    )  # fmt: skip
    fee, paid = 60, TOTAL - 60
    content = f"date,amount,reference\n2026-11-03,{paid / 100:.2f},ALI-1\n2026-11-03,1.00,ALI-2\n".encode()
    fang: dict[str, Any] = {"by": shop.actor("fang")}
    banking.bring_statement(shop.unit, content=content, **fang, at=shop.later())
    line = BankLine.objects.get(reference="ALI-1")
    with pytest.raises(NotAllowed):
        banking.settle_tender(line, tender="WALLET", fee_minor=fee, by=shop.actor("cai"), at=shop.later())
    for wrong in ({"tender": "CASH"}, {"tender": "WALLET", "fee_minor": -1}):
        with pytest.raises(Invalid):
            banking.settle_tender(line, **wrong, **fang, at=shop.later())
    # Less was paid by that tender than the provider would have paid out.
    with pytest.raises(books.NotThere):
        banking.settle_tender(line, tender="WALLET", fee_minor=fee + 1, **fang, at=shop.later())
    browser = signed_in("fang")
    page = browser.get("/till/bank/statement/").content.decode()
    assert_strict(page)
    assert f"/till/bank/lines/{line.pk}/settle" in page
    browser.post(f"/till/bank/lines/{line.pk}/settle", {"tender": "WALLET", "fee_minor": "0.60"})
    held = {kind: book.balance(kind, "", unit=shop.unit) for kind in (MoneyKind.WALLET, MoneyKind.BANK, MoneyKind.FEES)}
    assert held == {MoneyKind.WALLET: 0, MoneyKind.BANK: paid, MoneyKind.FEES: fee}
    assert "ALI-1" not in browser.get("/till/bank/statement/").content.decode()
    with pytest.raises(settlements.LineUsed):
        banking.settle_tender(line, tender="WALLET", **fang, at=shop.later())
