"""Petty cash by the pages alone: opened and topped up by finance, spent by its keeper, approved and counted by others, printed."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guiju.line.banking.models import PettyBox, PettyExpense
from tests.desks.till.test_banking import done, shown, typed
from tests.line.banking.conftest import Money, money
from tests.line.banking.test_takings import held
from tests.line.cast_line import a_picture
from tests.oversight.papers.reading import words_on

__all__ = ["money"]
pytestmark = pytest.mark.django_db


@pytest.mark.shows("FIN-3", "6.12", "6.13")
def test_a_box_by_its_pages_and_the_papers_of_cash(money: Money, signed_in: Any) -> None:
    fang, lin, ma, shen = (signed_in(name) for name in ("fang", "lin", "ma", "shen"))
    people = money.shop.cast.people
    assert shen.get("/till/petty/").status_code == 403
    done(fang, "/till/petty/", {"code": "pc1", "keeper": people["lin"].pk, "float_minor": "500"})
    box = PettyBox.objects.get()
    page = f"/till/petty/{box.pk}/"
    assert "PC1" in shown(lin, "/till/petty/")
    bill = {"kind": "POSTAGE", "amount_minor": "30", "reason": "A parcel", "voucher": "V-1"}
    photo = SimpleUploadedFile("bill.png", a_picture(5), content_type="image/png")
    done(lin, f"{page}spend", bill | {"photo": photo})
    expense = PettyExpense.objects.get()
    assert lin.get(f"/till/petty/vouchers/{expense.pk}").status_code == 200
    assert shen.get(f"/till/petty/vouchers/{expense.pk}").status_code == 404
    done(lin, f"{page}spend", bill | {"amount_minor": "300", "voucher": "V-2", "reason": "A door"})
    asked = PettyExpense.objects.get(state="ASKED")
    assert "Approve and pay" not in shown(lin, page)
    assert "Approve and pay" in shown(ma, page)
    done(ma, f"/till/petty/expenses/{asked.number}/approve")
    done(lin, f"{page}spend", bill | {"amount_minor": "50", "voucher": "V-3"})
    assert held(money) == {"PETTY": 12000}
    done(fang, f"{page}top-up", {"amount_minor": "380"})
    done(ma, f"{page}count", typed({10000: 5}))
    done(fang, f"{page}keeper", typed({10000: 5}) | {"keeper": people["shen"].pk})
    assert "shen" in shown(ma, page)
    words = words_on(fang.get(f"{page}paper").content)
    for word in ("V-2", "Adoor", "500.00", "PC1"):
        assert word in words, word
    done(fang, f"{page}close", typed({10000: 5}))
    assert held(money) == {}
    # The papers of a deposit and of the safe.
    money.takes(20000)
    money.waits_until("15:40")
    deposit = money.prepare(15000)
    money.bank(deposit)
    words = words_on(fang.get(f"/till/bank/deposits/{deposit.number}/paper").content)
    for word in (deposit.number, "150.00", "SLIP-101", "cai"):
        assert word in words, word
    bag = money.a_bag_in_the_safe(5000)
    words = words_on(ma.get(f"/till/bank/safe-log?month={money.at:%Y-%m}").content)
    for word in (bag.seal_number, "50.00", "qin", "cai"):
        assert word in words, word
