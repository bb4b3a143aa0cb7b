"""Requests and loaners through the API."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guiju.line.intake.models import LoanerUnit, ServiceRequest
from tests.api.conftest import Program, is_problem
from tests.line.cast_line import Shop

pytestmark = pytest.mark.django_db
As = Callable[[str], Program]


def _asked(lin: Program, shop: Shop, **changed: object) -> dict[str, str]:
    typed = {
        "unit": "FS01", "channel": "EMAIL", "contact_name": "Ou Yang", "phone": "13800007788", "product_line": "WASHER",
        "symptoms": ["NO-SPIN"], "description": "The drum does not turn.", "photos": [lin.photo(1)], "consent": True,
    }  # fmt: skip
    return lin.do("/requests", **(typed | changed))  # type: ignore[no-any-return]


@pytest.mark.shows("S6-01", "A02")
def test_another_system_hands_in_a_request_and_it_becomes_an_order(shop: Shop, program: As) -> None:
    _ = shop.price_list, shop.labour, shop.symptom
    lin, machine = program("lin"), shop.an_appliance()
    asked = _asked(lin, shop)
    assert (asked["state"], asked["number"][:7]) == ("NEW", "RQ-FS01")
    url = f"/requests/{asked['number']}"
    listed = lin.get("/requests?state=NEW").json()["items"]  # type: ignore[attr-defined]
    assert [each["number"] for each in listed] == [asked["number"]]
    assert "13800007788" not in str(listed)
    is_problem(
        lin.post(f"{url}/convert", customer=machine.customer.pk, appliance=machine.pk, terms_accepted=True),
        409,
        "wrong_state",
    )
    assert lin.do(f"{url}/triage", product_line="WASHER", appliance=machine.pk)["state"] == "TRIAGED"
    order = lin.do(f"{url}/convert", customer=machine.customer.pk, appliance=machine.pk, terms_accepted=True)
    assert order["state"] == "REGISTERED"
    assert ServiceRequest.objects.get(number=asked["number"]).order.number == order["number"]
    assert lin.do(f"{url}/cancel", reason="They bought a new one")["state"] == "CANCELLED"


def test_what_else_becomes_of_a_request(shop: Shop, program: As) -> None:
    _ = shop.line, shop.symptom
    lin = program("lin")
    first, second, third = (_asked(lin, shop, serial=f"S{each}")["number"] for each in range(3))
    assert lin.do(f"/requests/{first}/read-contact")["contact"] == ["+86 138 0000 7788"]
    is_problem(program("chen").post(f"/requests/{first}/read-contact"), 403, "not_allowed")
    assert lin.do(f"/requests/{second}/link-duplicate", original=first)["state"] == "DUPLICATE"
    assert lin.do(f"/requests/{third}/reject", reason="OUT_OF_AREA", referral="Ask Guangzhou.")["state"] == "REJECTED"
    lin.do(f"/requests/{first}/triage", product_line="WASHER")
    assert (
        lin.do(f"/requests/{first}/solve-by-advice", advice="Clean it.", confirmed=True)["state"]
        == "RESOLVED_BY_ADVICE"
    )
    assert lin.do(f"/requests/{first}/reopen", reason="Not solved")["state"] == "TRIAGED"
    refused = lin.post("/requests", unit="FS01", contact_name="A", description="It is broken", consent=False)
    assert is_problem(refused, 422, "consent_missing")["field"] == "consent"


@pytest.mark.shows("A17")
def test_a_loaner_goes_out_and_comes_back(shop: Shop, program: As) -> None:
    lin, ma, order = program("lin"), program("ma"), shop.a_received_order()
    is_problem(lin.post("/loaners", unit="FS01", description="A", serial="B"), 403, "not_allowed")
    unit = ma.do("/loaners", unit="FS01", description="Small washer", serial="LN-1", deposit_minor=20000)
    loan = lin.do(f"/orders/{order.number}/lend", loaner=unit["id"], condition="Clean.", signature=lin.signature())
    assert (loan["deposit_minor"], loan["returned_at"]) == (20000, None)
    assert ma.do(f"/loans/{loan['id']}/except", reason="It comes tomorrow")["excepted_at"]
    assert lin.do(f"/loans/{loan['id']}/take-back", condition="Clean.")["returned_at"]
    assert ma.do(f"/loaners/{unit['id']}/retire", reason="It is broken")["retired_at"]
    assert [each["serial"] for each in lin.get("/loaners").json()["items"]] == ["LN-1"]  # type: ignore[attr-defined]
    assert program("zhou").post(f"/loaners/{unit['id']}/retire", reason="It is broken").status_code in {403, 404}
    assert LoanerUnit.objects.count() == 1
