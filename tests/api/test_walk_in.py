"""Domain 8.1 no. 1 told through the API by the Python client: from the new customer to the paid hand-over, Chen by a key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from guiju_client import Guiju, Problem
from guiju_client.schemas import OfferIn, OrderOut

from guiju.line.intake import queries as intake
from guiju.line.workorder.models import WorkOrder
from tests.line import stages
from tests.line.cast_line import Shop, a_drawing, a_picture

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

BENCH = (
    "workorder.see", "dispatch.accept", "workshop.see", "workshop.start_diagnosis", "workshop.diagnose",
    "workshop.draft_quote", "workshop.start_repair", "workshop.log_labour", "workshop.fit_part", "workshop.finish",
    "storeroom.see", "storeroom.request_part", "catalogue.see",
)  # fmt: skip
As = Callable[..., Guiju]


def _at_the_counter(shop: Shop, lin: Guiju) -> str:
    customer = lin.customers_enrol(unit="FS01", name="Liang Ming", phones=["13900000001"], consent_service=True)
    assert customer["phones_masked"]
    assert "13900000001" not in str(customer).replace(" ", "")
    machine = lin.catalogue_register_appliance(
        unit="FS01", brand="Guiju", line="WASHER", serial="SN-1", model=shop.model.pk, customer=customer["id"],
        purchased_on="2020-05-01",
    )  # fmt: skip
    order = lin.intake_register(
        unit="FS01", customer=customer["id"], appliance=machine["id"], problem="The drum does not spin.",
        symptoms=["NO-SPIN"], terms_accepted=True,
    )  # fmt: skip
    assert order["state"] == "REGISTERED"
    photos = [lin.evidence_photo(file=a_picture(each), unit="FS01")["id"] for each in range(4)]
    signature = lin.evidence_signature(file=a_drawing(1), unit="FS01")["id"]
    received = lin.intake_receive(
        order["number"], condition="A scratch.", reproduced=True, photos=photos, signature=signature, shelf="A-01",
        accessories=[{"name": "Hose", "quantity": 2}],
    )  # fmt: skip
    assert received["state"] == "RECEIVED"
    return order["number"]


def _to_the_approval(number: str, chen: Guiju, lin: Guiju, bo: Guiju) -> None:
    assert [each["number"] for each in bo.dispatch_board()["unassigned"]] == [number]
    bo.dispatch_assign(number, technician="P-chen")
    chen.dispatch_accept(number)
    chen.workshop_start_diagnosis(number)
    chen.workshop_diagnose(number, fault="BELT-WORN", cause="PRODUCT_DEFECT", findings="The belt is worn.")
    offers: list[OfferIn] = [{"item": "LABOUR-WASHER"}, {"part": "COMP-1"}]
    quote = chen.workshop_draft_quote(number, offers=offers, service_hours=8)
    lin.workshop_issue_quote(quote["number"])
    signature = lin.evidence_signature(file=a_drawing(2), unit="FS01")["id"]
    approved = lin.workshop_approve_quote(quote["number"], how="SIGNATURE", signature=signature)
    assert (approved["state"], approved["total_minor"]) == ("APPROVED", stages.MIN_LABOUR + stages.MIN_COMPRESSOR)


def _repaired(number: str, chen: Guiju, shen: Guiju, bin: int) -> None:
    asked = chen.storeroom_request_part(number, part="COMP-1", quantity=1)["number"]
    assert [each["number"] for each in shen.storeroom_queue()] == [asked]
    shen.storeroom_answer_available(asked, bin=bin)
    assert shen.storeroom_issue(asked)["state"] == "ISSUED"
    chen.workshop_start_repair(number)
    chen.workshop_log_labour(number, minutes=45, task="Changed the compressor")
    fitted = chen.workshop_fit_part(asked, old_condition="Burnt out", old_outcome="SCRAP")
    assert fitted["fitted_quantity"] == 1
    assert chen.workshop_finish(number, work_done="Compressor changed.")["state"] == "QC_PENDING"


def _out_of_the_door(number: str, cai: Guiju, till: int) -> OrderOut:
    cai.cashier_open_till_session(till, float_minor=50000)
    bill = cai.cashier_draw_bill(number)
    total = bill["total_minor"]
    with pytest.raises(Problem) as refused:
        cai.cashier_take_payment(bill["number"], method="CASH", amount_minor=total, tendered_minor=total - 1)
    assert (refused.value.status, refused.value.field) == (422, "tendered_minor")
    paid = cai.cashier_take_payment(bill["number"], method="CASH", amount_minor=total, tendered_minor=total + 1000)
    assert paid["change_minor"] == 1000
    tag = intake.tag_of(WorkOrder.objects.get(number=number))
    assert tag is not None
    whole = cai.workorder_order(number)
    return cai.cashier_hand_over(
        number, proof="CLAIM_CODE", claim_code=intake.claim_code(tag), demonstrated=True,
        accessories_returned={str(each["id"]): each["quantity"] for each in whole["accessories"]},
    )  # fmt: skip


@pytest.mark.shows("D01")
def test_a_walk_in_through_the_api(shop: Shop, at_a_desk: As, by_key: As) -> None:
    _ = shop.price_list, shop.labour, shop.fault, shop.defect, shop.symptom
    shop.certified("chen")
    bin, values = stages.a_bin(shop, holding=1), stages.a_checklist(shop)
    lin, chen = at_a_desk("lin"), by_key("chen", BENCH)

    number = _at_the_counter(shop, lin)
    _to_the_approval(number, chen, lin, at_a_desk("bo"))
    _repaired(number, chen, at_a_desk("shen"), bin.pk)
    qin = at_a_desk("qin")
    assert {each["id"] for each in qin.quality_checklist(number)} == set(values)
    passed = qin.quality_pass_order(number, values={str(item): text for item, text in values.items()}, shelf="R-01")
    assert (passed["result"], passed["order"]["state"]) == ("PASS", "READY")
    till = at_a_desk("ma").cashier_add_till(unit="FS01", code="T1")["id"]
    delivered = _out_of_the_door(number, at_a_desk("cai"), till)
    assert (delivered["state"], delivered["outcome"], delivered["billing"]) == ("DELIVERED", "REPAIRED", "PAID")
    assert [each["number"] for each in lin.every_workorder_orders(state=["DELIVERED"], limit=1)] == [number]
