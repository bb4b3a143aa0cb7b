"""Domain 8.1 no. 1 told through the API: from the new customer to the paid hand-over, Chen by a key and the rest by session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from guiju.line.intake import queries as intake
from guiju.line.workorder.models import WorkOrder
from tests.api.conftest import Program
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

BENCH = (
    "workorder.see", "dispatch.accept", "workshop.see", "workshop.start_diagnosis", "workshop.diagnose",
    "workshop.draft_quote", "workshop.start_repair", "workshop.log_labour", "workshop.fit_part", "workshop.finish",
    "storeroom.see", "storeroom.request_part", "catalogue.see",
)  # fmt: skip
As = Callable[..., Program]


def _at_the_counter(shop: Shop, lin: Program) -> str:
    customer = lin.do("/customers", unit="FS01", name="Liang Ming", phones=["13900000001"], consent_service=True)
    assert customer["phones_masked"]
    assert "13900000001" not in str(customer).replace(" ", "")
    machine = lin.do(
        "/appliances", unit="FS01", brand="Guiju", line="WASHER", serial="SN-1", model=shop.model.pk,
        customer=customer["id"], purchased_on="2020-05-01",
    )  # fmt: skip
    order = lin.do(
        "/orders", unit="FS01", customer=customer["id"], appliance=machine["id"], problem="The drum does not spin.",
        symptoms=["NO-SPIN"], terms_accepted=True,
    )  # fmt: skip
    assert order["state"] == "REGISTERED"
    photos = [lin.photo(each) for each in range(4)]
    received = lin.do(
        f"/orders/{order['number']}/receive", condition="A scratch.", reproduced=True, photos=photos,
        signature=lin.signature(), shelf="A-01", accessories=[{"name": "Hose", "quantity": 2}],
    )  # fmt: skip
    assert received["state"] == "RECEIVED"
    return str(order["number"])


def _to_the_approval(number: str, chen: Program, lin: Program, bo: Program) -> None:
    assert [each["number"] for each in bo.get("/board").json()["unassigned"]] == [number]  # type: ignore[attr-defined]
    bo.do(f"/orders/{number}/assign", technician="P-chen")
    chen.do(f"/orders/{number}/accept")
    chen.do(f"/orders/{number}/start-diagnosis")
    chen.do(f"/orders/{number}/diagnose", fault="BELT-WORN", cause="PRODUCT_DEFECT", findings="The belt is worn.")
    quote = chen.do(
        f"/orders/{number}/draft-quote", offers=[{"item": "LABOUR-WASHER"}, {"part": "COMP-1"}], service_hours=8
    )
    lin.do(f"/quotes/{quote['number']}/issue")
    approved = lin.do(f"/quotes/{quote['number']}/approve", how="SIGNATURE", signature=lin.signature(2))
    assert (approved["state"], approved["total_minor"]) == ("APPROVED", stages.MIN_LABOUR + stages.MIN_COMPRESSOR)


def _repaired(number: str, chen: Program, shen: Program, bin: int) -> None:
    asked = chen.do(f"/orders/{number}/request-part", part="COMP-1", quantity=1)["number"]
    assert [each["number"] for each in shen.get("/part-requests/queue").json()] == [asked]  # type: ignore[attr-defined]
    shen.do(f"/part-requests/{asked}/answer-available", bin=bin)
    assert shen.do(f"/part-requests/{asked}/issue")["state"] == "ISSUED"
    chen.do(f"/orders/{number}/start-repair")
    chen.do(f"/orders/{number}/log-labour", minutes=45, task="Changed the compressor")
    fitted = chen.do(f"/part-requests/{asked}/fit", old_condition="Burnt out", old_outcome="SCRAP")
    assert fitted["fitted_quantity"] == 1
    assert chen.do(f"/orders/{number}/finish", work_done="Compressor changed.")["state"] == "QC_PENDING"


def _out_of_the_door(number: str, cai: Program, till: int) -> dict[str, Any]:
    cai.do(f"/tills/{till}/open-session", float_minor=50000)
    bill = cai.do(f"/orders/{number}/draw-bill")
    total = bill["total_minor"]
    paid = cai.do(f"/bills/{bill['number']}/pay", method="CASH", amount_minor=total, tendered_minor=total + 1000)
    assert paid["change_minor"] == 1000
    order = WorkOrder.objects.get(number=number)
    tag = intake.tag_of(order)
    assert tag is not None
    whole: dict[str, Any] = cai.get(f"/orders/{number}").json()  # type: ignore[attr-defined]
    done: dict[str, Any] = cai.do(
        f"/orders/{number}/hand-over", proof="CLAIM_CODE", claim_code=intake.claim_code(tag), demonstrated=True,
        accessories_returned={str(each["id"]): each["quantity"] for each in whole["accessories"]},
    )  # fmt: skip
    return done


@pytest.mark.shows("D01")
def test_a_walk_in_through_the_api(shop: Shop, program: As, keyed: As) -> None:
    _ = shop.price_list, shop.labour, shop.fault, shop.defect, shop.symptom
    shop.certified("chen")
    bin, values = stages.a_bin(shop, holding=1), stages.a_checklist(shop)
    lin, chen = program("lin"), keyed("chen", BENCH)

    number = _at_the_counter(shop, lin)
    _to_the_approval(number, chen, lin, program("bo"))
    _repaired(number, chen, program("shen"), bin.pk)
    qin = program("qin")
    assert {each["id"] for each in qin.get(f"/orders/{number}/checklist").json()} == set(values)  # type: ignore[attr-defined]
    passed = qin.do(f"/orders/{number}/pass", values={str(item): text for item, text in values.items()}, shelf="R-01")
    assert (passed["result"], passed["order"]["state"]) == ("PASS", "READY")
    till = program("ma").do("/tills", unit="FS01", code="T1")["id"]
    delivered = _out_of_the_door(number, program("cai"), till)
    assert (delivered["state"], delivered["outcome"], delivered["billing"]) == ("DELIVERED", "REPAIRED", "PAID")
