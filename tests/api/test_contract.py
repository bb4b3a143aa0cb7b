"""The API keeps what its description says: no failure of ours, no answer that nobody wrote down (G16)."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model

from guiju.conf.rights import RIGHTS
from guiju.kernel.models import Evidence
from guiju.line.cashier.models import Bill, Payment, TillSession
from guiju.line.followup.models import UnclaimedCase
from guiju.line.storeroom.models import PartRequest
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop.models import PartsCommitment, Quote
from guiju.standing.catalogue.models import Appliance
from guiju.standing.catalogue.models import Model as ApplianceModel
from guiju.standing.customers.models import Customer, Phone
from guiju.standing.people import actions as people
from guiju.standing.people.actions.keys import NEVER_BY_KEY
from guiju.standing.people.models import ApiKey, RoleGrant
from guiju.standing.pricing.models import PriceLine, PriceList
from tests.api.contract import Campaign, operation_ids
from tests.cast import ROLES
from tests.line import stages
from tests.line.cast_line import Shop
from tools.openapi import described

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# What the continuous integration asks each time; `./run campaign api` asks more.
CASES = int(os.environ.get("GUIJU_CONTRACT_CASES", "1000"))
BEGIN = int(os.environ.get("GUIJU_CONTRACT_SEED", "20261102"))
EVIDENCE = os.environ.get("GUIJU_CONTRACT_EVIDENCE", "")


@pytest.fixture
def busy_shop(shop: Shop) -> Shop:
    """An outlet with jobs at every stage of the line."""
    _ = shop.price_list, shop.labour, shop.test, shop.fault, shop.defect, shop.symptom, shop.model
    shop.certified("chen", "wu")
    stages.a_checklist(shop)
    shop.a_registered_order()
    shop.a_received_order()
    shop.a_dispatched_order()
    shop.an_accepted_order()
    stages.a_diagnosed_order(shop)
    stages.a_quoted_order(shop)
    stages.a_requested_part(shop, stages.an_approved_order(shop))
    stages.a_repairing_order(shop)
    stages.a_finished_order(shop)
    stages.a_ready_order(shop)
    stages.a_paid_order(shop)
    stages.a_delivered_order(shop)
    stages.a_bin(shop, holding=5)
    return shop


def all_of(model: type[Model], column: str = "pk") -> list[Any]:
    """That column of every row."""
    return list(model._default_manager.values_list(column, flat=True))


def paths(shop: Shop) -> dict[str, list[Any]]:
    """What may stand in the braces of an address, by the address's first word."""
    return {
        "orders": all_of(WorkOrder, "number"), "quotes": all_of(Quote, "number"), "part-requests": all_of(PartRequest, "number"),
        "bills": all_of(Bill, "number"), "payments": all_of(Payment, "receipt_number"), "customers": all_of(Customer),
        "credits": all_of(Customer), "appliances": all_of(Appliance), "phones": all_of(Phone), "tills": all_of(TillSession, "till"),
        "till-sessions": all_of(TillSession), "commitments": all_of(PartsCommitment), "unclaimed": all_of(UnclaimedCase, "order__number"),
        "people": [f"P-{name}" for name in ROLES], "units": ["FS01", "GZ02", "HQ", "SD"], "role-grants": all_of(RoleGrant),
        "keys": all_of(ApiKey), "price-lists": all_of(PriceList, "number"), "price-lines": all_of(PriceLine),
        "stores": [stages.a_bin(shop).store.pk], "figures": ["wo.accept_minutes", "promise.opens", "limit.refund.OM"],
        "problems": ["wrong_state", "not_allowed"],
    }  # fmt: skip


def fields(shop: Shop) -> dict[str, list[Any]]:
    """What a field of that name may hold so that it names a row."""
    proofs = all_of(Evidence)
    return {
        "unit": ["FS01"], "parent": ["SD"], "customer": all_of(Customer), "appliance": all_of(Appliance), "symptoms": ["NO-SPIN"],
        "technician": ["P-chen", "P-wu"], "person": ["P-chen", "P-lin"], "part": [shop.compressor.code], "bin": [stages.a_bin(shop).pk],
        "item": [shop.labour.code], "line": ["WASHER"], "brand": ["GUIJU"], "model": all_of(ApplianceModel), "fault": ["BELT-WORN"],
        "cause": ["PRODUCT_DEFECT"], "photos": proofs[:4], "photo": proofs[:1], "signature": proofs[-1:],
        "order": all_of(WorkOrder, "number"),
        "valued_by": ["P-lin"], "valued_also_by": ["P-ma"], "quantity": [1, 2], "amount_minor": [100, 38000], "float_minor": [50000],
        "min_minor": [8000, 38000], "satisfaction": [1, 5], "service_hours": [8, 48], "sheet": ["PARTS"],
    }  # fmt: skip


@pytest.fixture
def campaign(busy_shop: Shop) -> Campaign:
    """Everybody's key for all that they may do, and one that is made for reading orders alone."""
    shop, told = busy_shop, described()

    def key(name: str, verbs: list[str]) -> str:
        person, by = shop.cast.people[name], shop.actor(name)
        return "Bearer " + people.make_api_key(person, label="Robot", verbs=verbs, by=by, at=shop.later())[1]

    # An auditor makes no keys; the people of the other outlet see nothing of this one, which the access tests show.
    askers = [name for name, (role, unit) in ROLES.items() if role != "AU" and unit != "GZ02"]

    def mine(name: str) -> list[str]:
        return [verb for verb in RIGHTS if verb not in NEVER_BY_KEY and shop.actor(name).may(verb)]

    keys = {name: key(name, mine(name)) for name in askers} | {"narrow": key("lin", ["workorder.see"])}
    powerful = {
        verb: [name for name in askers if shop.actor(name).may(verb)] for verb in operation_ids(told) if verb in RIGHTS
    }
    return Campaign(told, keys, powerful, paths(shop), fields(shop))


@pytest.mark.shows("M06", "G16")
def test_every_answer_is_one_that_the_description_tells(campaign: Campaign) -> None:
    started = time.monotonic()
    found = campaign.run(CASES, begin=BEGIN)
    if EVIDENCE:
        told = {"seed": BEGIN, "operations": len(list(operation_ids(campaign.described)))} | found.summary()
        told["seconds"] = round(time.monotonic() - started)
        Path(EVIDENCE).write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    assert found.cases >= CASES * 0.9
    assert found.failures == {}
    # Not everything is refused: most verbs are done for somebody somewhere.
    assert len(found.done) > 60, sorted(found.done)
