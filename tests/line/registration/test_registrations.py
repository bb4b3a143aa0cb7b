"""Owners tell of their appliances at the open door, with the proof of the purchase (B11)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Invalid, NotAllowed, WrongState, broken_constraints
from guiju.line.registration import actions as registration
from guiju.line.registration import queries
from guiju.line.registration.models import Registration
from guiju.line.workorder.actions import ReasonMissing
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import Appliance
from guiju.standing.warranty import queries as warranty
from tests.line.cast_line import Shop, a_picture, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

SERIAL = "GJ-2026-000123"


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def telling(shop: Shop, **changed: Any) -> dict[str, Any]:
    _ = shop.model
    return {
        "unit": shop.unit, "product_line": shop.line, "brand": "guiju", "model": "GJ-100", "serial": SERIAL,
        "purchased_on": date(2026, 9, 1), "invoice_no": "F-9", "contact_name": "Mei Lan", "phone": "13900001234",
        "proofs": [a_picture(7)],
    } | changed  # fmt: skip


def told_of(shop: Shop, **changed: Any) -> Registration:
    return registration.register(**telling(shop, **changed), by=Actor.stranger(shop.unit.pk), at=shop.later())


@pytest.mark.shows("B11")
def test_a_stranger_registers_and_the_house_takes_it_over(shop: Shop) -> None:
    made = told_of(shop)
    assert [each.number for each in queries.waiting(by=shop.reception)] == [made.number]
    assert not Appliance.objects.exists(), "what a stranger types is nobody's card yet"
    card = registration.confirm(made, by=shop.reception, at=shop.later())
    assert (card.serial, card.model, card.purchased_on, card.invoice_no) == (
        SERIAL,
        shop.model,
        date(2026, 9, 1),
        "F-9",
    )
    assert card.proof == made.proofs.get().evidence
    assert card.customer is not None
    assert card.customer.name == "Mei Lan"
    assert warranty.judge(card, on=date(2026, 11, 2)).ends_on == date(2027, 9, 1)
    assert [each["serial"] for each in told("registration.Confirmed")] == [SERIAL]
    with pytest.raises(WrongState):
        registration.confirm(made, by=shop.reception, at=shop.later())


@pytest.mark.shows("B11")
def test_a_card_that_stands_gets_what_it_lacked(shop: Shop) -> None:
    owner = shop.a_customer(name="Mei Lan")
    card = catalogue.register_appliance(
        unit=shop.unit,
        brand=shop.model.brand,
        line=shop.line,
        serial=SERIAL,
        customer=owner,
        by=shop.reception,
        at=shop.now,
    )
    phone = owner.phones.get().e164
    made = told_of(shop, phone=phone)
    assert registration.confirm(made, by=shop.reception, at=shop.later()) == card
    card.refresh_from_db()
    assert (card.purchased_on, card.proof_id is not None) == (date(2026, 9, 1), True)
    other = told_of(shop, phone="13900009999")
    with pytest.raises(catalogue.SerialKnown):
        registration.confirm(other, by=shop.reception, at=shop.later())
    refused = registration.refuse(other, reason="Somebody else's machine", by=shop.reception, at=shop.later())
    assert refused.state == "REFUSED"


def test_what_is_wrong_is_said_at_its_field(shop: Shop) -> None:
    shop.an_appliance()
    for changed, field in (
        ({"purchased_on": shop.now.date() + timedelta(days=2)}, "purchased_on"), ({"proofs": []}, "proofs"),
        ({"proofs": [b"GIF89a nothing"]}, "proofs"), ({"serial": " "}, "serial"), ({"phone": "12"}, "phone"),
        ({"brand": ""}, "brand"), ({"contact_name": " "}, "contact_name"), ({"consent": False}, "consent"),
        ({"proofs": [a_picture(n) for n in range(4)]}, "proofs"),
    ):  # fmt: skip
        with pytest.raises(
            (Invalid, catalogue.DateInFuture, registration.ProofMissing, registration.ConsentMissing)
        ) as no:
            told_of(shop, **changed)
        assert no.value.field == field, changed
    assert not Registration.objects.exists()


@pytest.mark.shows("B01")
def test_a_serial_of_another_brand_is_refused_in_words(shop: Shop) -> None:
    told_of(shop)
    registration.confirm(Registration.objects.get(), by=shop.reception, at=shop.later())
    with pytest.raises(catalogue.SerialOfAnother) as refused:
        told_of(shop, brand="Haier", phone="13900005555")
    assert "Guiju" in str(refused.value)
    assert refused.value.field == "serial"
    with pytest.raises(catalogue.SerialOfAnother):
        catalogue.register_appliance(
            unit=shop.unit, brand="Haier", line=shop.line, serial=SERIAL, by=shop.reception, at=shop.later()
        )


def test_one_solution_is_worth_one_registration_and_nobody_else_decides(shop: Shop, other_shop: Shop) -> None:
    made = told_of(shop, challenge="puzzle-1")
    with pytest.raises(registration.SentAlready):
        told_of(shop, challenge="puzzle-1")
    with pytest.raises(NotAllowed):
        registration.confirm(made, by=shop.actor("chen"), at=shop.later())
    with pytest.raises(NotAllowed):
        registration.confirm(made, by=other_shop.reception, at=shop.later())
    with pytest.raises(ReasonMissing):
        registration.refuse(made, reason="no", by=shop.reception, at=shop.later())
    assert list(queries.waiting(by=other_shop.reception)) == []


def test_the_database_holds_what_an_owner_told(shop: Shop) -> None:
    made = told_of(shop)
    proof = made.proofs.get()
    second = told_of(shop, serial="GJ-2026-000999", challenge="puzzle-1")
    told_columns = {
        each.attname: getattr(second, each.attname)
        for each in Registration._meta.concrete_fields
        if each.attname not in {"id", "number"}
    }
    many: list[tuple[str, Any]] = [
        ("registration_words_are_never_rewritten", {"phone": "+8613900000000"}),
        ("registration_state_is_known", {"state": "LOST"}),
        ("registration_confirmed_has_its_card", {"state": "CONFIRMED"}),
        ("registration_is_refused_for_a_reason", {"state": "REFUSED"}),
    ]
    for name, columns in many:
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            Registration.objects.filter(pk=made.pk).update(**columns)
        assert name in broken_constraints(error.value), name
    for name, columns in (
        ("registration_puzzle_is_solved_once", {}),
        ("registration_channel_is_known", {"challenge": "", "channel": "PIGEON"}),
        ("registration_names_unit_and_owner", {"challenge": "", "serial": ""}),
    ):
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            Registration.objects.create(number="RG-X", **(told_columns | columns))
        assert name in broken_constraints(error.value), name
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        made.proofs.create(evidence=proof.evidence)
    assert "registration_proof_is_kept_once" in broken_constraints(error.value)
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        made.proofs.update(registration=second)
    assert "registration_proof_is_never_edited" in broken_constraints(error.value)
    registration.refuse(made, reason="Another brand's appliance", by=shop.reception, at=shop.later())
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        Registration.objects.filter(pk=made.pk).update(reason="Another one")
    assert "registration_decided_never_changes" in broken_constraints(error.value)
