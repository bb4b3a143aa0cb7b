"""intake.receive: over the counter, checked, pictured, signed, tagged, on a shelf."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from guiju.kernel.refusing import Invalid, NotAllowed, WrongState
from guiju.line.intake import actions as intake
from guiju.line.intake import queries as intake_queries
from guiju.line.intake.models import ClaimTag, IntakeCheck
from guiju.line.workorder import actions as workorder
from guiju.line.workorder import queries as workorder_queries
from guiju.standing.warranty.models import Pause
from tests.line.cast_line import fresh, told


@pytest.mark.shows("S6-07", "S6-12", "WO-1")
def test_it_receives_with_check_pictures_accessories_and_a_place(shop):
    order = shop.a_registered_order()
    typed = shop.receiving(declared_value_minor=250000, data_statement="None on it")
    tag = intake.receive(order, **typed, by=shop.reception, at=shop.later())
    order = fresh(order)
    assert (order.state, order.held, order.shelf, order.received_at) == ("RECEIVED", "IN_SHOP", "A-01", shop.now)
    check = intake_queries.check_of(order)
    assert check is not None
    assert (check.condition, check.reproduced, check.received_by_name) == ("A scratch on the lid.", True, "lin")
    assert check.signature == typed["signature"]
    assert [photo.evidence for photo in intake_queries.photos_of(order)] == typed["photos"]
    assert [str(each) for each in intake_queries.accessories_of(order)] == ["2 × Hose", "1 × Lid"]
    assert tag.number == "CT-FS01-20261102-00001"
    where = workorder_queries.whereabouts(order)
    assert (where.held, where.holder, where.place, where.since) == ("IN_SHOP", "FS01", "A-01", shop.now)


def test_it_tells_it(shop):
    order = shop.a_received_order()
    tag = intake_queries.tag_of(order)
    assert tag is not None
    assert told("intake.DeviceReceived") == [{"order_id": order.pk, "number": order.number, "tag_number": tag.number}]


def test_the_digits_of_the_tag_open_this_order_alone_and_are_stored_nowhere(shop):
    order, other = shop.a_received_order(), shop.a_received_order()
    tag = intake_queries.tag_of(order)
    assert tag is not None
    code = intake_queries.claim_code(tag)
    assert len(code) == 6
    assert code.isdigit()
    assert intake_queries.claim_matches(order, f" {code} ")
    assert not intake_queries.claim_matches(order, "")
    assert (
        not intake_queries.claim_matches(other, code) or intake_queries.claim_code(intake_queries.tag_of(other)) == code
    )
    assert code not in str(ClaimTag.objects.filter(order=order).values("number", "code_salt").get())
    assert not intake_queries.claim_matches(shop.a_registered_order(), code)


@pytest.mark.shows("S6-07")
def test_fewer_than_four_different_pictures_are_too_few(shop):
    order = shop.a_registered_order()
    photos = shop.photos(3)
    for too_few in (photos, [*photos, photos[0]]):
        with pytest.raises(intake.TooFewPhotos) as refused:
            intake.receive(order, **shop.receiving(photos=too_few), by=shop.reception, at=shop.now)
        assert refused.value.field == "photos"
    assert intake.receive(order, **shop.receiving(photos=[*photos, shop.a_photo()]), by=shop.reception, at=shop.later())


@pytest.mark.shows("S6-07")
def test_another_serial_than_the_papers_say_is_signed_for(shop):
    order = shop.a_registered_order()
    with pytest.raises(intake.DiscrepancyNotSigned) as refused:
        intake.receive(order, **shop.receiving(serial_matches=False), by=shop.reception, at=shop.now)
    assert refused.value.field == "discrepancy_note"
    signed = shop.receiving(serial_matches=False, discrepancy_note="The plate says SN-9")
    intake.receive(order, **signed, by=shop.reception, at=shop.later())
    assert IntakeCheck.objects.get(order=order).discrepancy_note == "The plate says SN-9"


@pytest.mark.parametrize(
    ("changed", "refusal", "field"),
    [
        ({"condition": " "}, Invalid, "condition"),
        ({"shelf": " "}, workorder.PlaceMissing, "shelf"),
        ({"declared_value_minor": -1}, Invalid, "declared_value_minor"),
        ({"accessories": [("Hose", 0)]}, Invalid, "accessories"),
        ({"accessories": [(" ", 1)]}, Invalid, "accessories"),
    ],
)
def test_it_refuses_at_the_field_and_leaves_nothing(shop, changed, refusal, field):
    order = shop.a_registered_order()
    with pytest.raises(refusal) as refused:
        intake.receive(order, **shop.receiving(**changed), by=shop.reception, at=shop.now)
    assert refused.value.field == field
    assert (fresh(order).state, IntakeCheck.objects.count(), ClaimTag.objects.count()) == ("REGISTERED", 0, 0)


def test_another_outlets_pictures_prove_nothing(shop, other_shop):
    order = shop.a_registered_order()
    with pytest.raises(Invalid):
        intake.receive(order, **shop.receiving(photos=other_shop.photos()), by=shop.reception, at=shop.now)
    assert intake.receive(order, **shop.receiving(photos=shop.photos()), by=shop.reception, at=shop.later())


@pytest.mark.shows("B07")
@pytest.mark.parametrize(("purchased_on", "pauses"), [(date(2026, 6, 1), 1), (date(2020, 5, 1), 0)])
def test_a_guarantee_stands_still_while_we_have_the_appliance(shop, purchased_on, pauses):
    order = shop.a_received_order(bought={"purchased_on": purchased_on})
    standing = Pause.objects.filter(
        appliance=order.appliance, order_number=order.number, cause="IN_REPAIR", ends_on=None
    )
    assert standing.count() == pauses


def test_twice_is_once(shop):
    order = shop.a_received_order()
    with pytest.raises(WrongState) as refused:
        intake.receive(order, **shop.receiving(), by=shop.reception, at=shop.later())
    assert set(refused.value.allowed) == {"DISPATCHED", "DECLINED", "EXCHANGE_PENDING"}
    assert ClaimTag.objects.count() == 1


@pytest.mark.parametrize("name", ["chen", "bo", "shen", "cai", "an", "zhou"])
def test_it_refuses_the_wrong_person(shop, name):
    order = shop.a_registered_order()
    typed = shop.receiving()
    with pytest.raises(NotAllowed):
        intake.receive(order, **typed, by=shop.actor(name), at=shop.now)
    assert intake.receive(order, **typed, by=shop.actor("ma"), at=shop.later())


@pytest.mark.shows("WO-10")
def test_a_promise_booked_on_an_earlier_day_counts_from_receipt(shop):
    order = shop.a_registered_order(channel="PHONE")
    promised = order.promised_at
    shop.later(days=3)
    intake.receive(order, **shop.receiving(), by=shop.reception, at=shop.now)
    order = fresh(order)
    assert order.promised_at >= shop.now + timedelta(hours=48)
    revision = order.promise_revisions.get(number=1)
    assert (revision.old_at, revision.new_at, revision.cause, revision.agreed) == (
        promised,
        order.promised_at,
        "RECEIPT",
        "SIGNATURE",
    )


def test_the_counter_on_the_same_day_keeps_its_promise(shop):
    order = shop.a_registered_order()
    intake.receive(order, **shop.receiving(), by=shop.reception, at=shop.later(hours=2))
    assert (fresh(order).promised_at, order.promise_revisions.count()) == (order.promised_at, 1)
