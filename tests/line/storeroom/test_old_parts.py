"""Old parts: bagged with a day, sent in a parcel, opened by another, examined by sample, credited, destroyed by two, and charged."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.books.stock import actions as stock
from guiju.jobs import nightly
from guiju.kernel.refusing import Invalid, NotAllowed, WrongState, broken_constraints
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom import queries
from guiju.line.storeroom.models import OldPart, ReturnBatch
from guiju.line.storeroom.rules import OldPartOutcome, bucket_of, sample
from guiju.line.workshop import actions as workshop
from guiju.standing.catalogue.models import Part
from tests.line import stages
from tests.line.cast_line import Shop, names, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
HQ = OldPartOutcome.RETURN_TO_HQ


def old_parts(shop: Shop, *outcomes: OldPartOutcome) -> list[OldPart]:
    """So many compressors came out of one machine."""
    Part.objects.filter(pk=shop.compressor.pk).update(cost_minor=12_000)
    order, request = stages.a_repairing_order(shop, parts=len(outcomes))
    assert request is not None
    for outcome in outcomes:
        workshop.fit_part(request, old_condition="Burnt", old_outcome=outcome, by=shop.actor("chen"), at=shop.later())
        request.refresh_from_db()
    return list(OldPart.objects.filter(order=order).order_by("pk"))


def sent(shop: Shop, parts: list[OldPart]) -> ReturnBatch:
    return storeroom.send_old_parts(
        unit=shop.unit, parts=parts, carrier="SF", waybill="SF-1", by=shop.actor("shen"), at=shop.later()
    )


@pytest.mark.shows("WO-9", "2.9")
def test_a_parcel_goes_to_head_office_is_opened_there_and_its_sample_examined(shop: Shop) -> None:
    first, second, third, scrap = old_parts(shop, HQ, HQ, OldPartOutcome.CORE_CREDIT, OldPartOutcome.SCRAP)
    shen, nie = shop.actor("shen"), shop.actor("nie")
    assert first.due_on == shop.unit.day(first.removed_at) + timedelta(days=30)
    assert scrap.due_on is None
    aged = queries.to_return(by=shen, at=first.removed_at + timedelta(days=31))
    assert next((each.old.pk, each.bucket, each.is_late) for each in aged) == (first.pk, "31+", True)
    assert len(aged) == 3
    with pytest.raises(storeroom.NotForHeadOffice):
        sent(shop, [scrap])
    with pytest.raises(storeroom.NothingToSend):
        sent(shop, [])
    batch = sent(shop, [first, second, third])
    assert told("storeroom.OldPartsSent")
    with pytest.raises(WrongState):
        sent(shop, [first])
    with pytest.raises(NotAllowed):
        storeroom.receive_old_parts(batch, found=[first], by=shop.actor("ma"), at=shop.later())
    with pytest.raises(storeroom.NotInTheParcel):
        storeroom.receive_old_parts(batch, found=[scrap], by=nie, at=shop.later())
    batch = storeroom.receive_old_parts(batch, found=[first, third], by=nie, at=shop.later())
    assert batch.state == "RECEIVED"
    second.refresh_from_db()
    assert (second.state, second.is_chargeable, second.charge_minor) == ("MISSING", True, 12_000)
    (chosen,) = OldPart.objects.filter(batch=batch, is_sampled=True)
    other = next(each for each in (first, third) if each.pk != chosen.pk)
    examine: dict[str, Any] = {"by": nie, "at": shop.later()}
    with pytest.raises(storeroom.NotSampled):
        storeroom.audit_old_part(OldPart.objects.get(pk=other.pk), result="NO_FAULT", note="Runs", **examine)
    with pytest.raises(Invalid):
        storeroom.audit_old_part(chosen, result="WRONG_PART", note=" ", **examine)
    with pytest.raises(NotAllowed):
        storeroom.audit_old_part(chosen, result="GENUINE_DEFECT", note="", by=shen, at=shop.later())
    done = storeroom.audit_old_part(chosen, result="WRONG_PART", note="Of another make", **examine)
    assert (done.is_chargeable, done.charge_minor) == (True, 12_000)
    assert ReturnBatch.objects.get(pk=batch.pk).state == "CLOSED"
    with pytest.raises(storeroom.ExaminedAlready):
        storeroom.audit_old_part(chosen, result="GENUINE_DEFECT", note="", **examine)
    fang = shop.actor("xu")
    with pytest.raises(storeroom.NoCredit):
        storeroom.credit_old_part(
            OldPart.objects.get(pk=first.pk), credit_minor=5, reference="CN", by=fang, at=shop.later()
        )
    third.refresh_from_db()
    credited = storeroom.credit_old_part(third, credit_minor=4_000, reference="CN-7", by=fang, at=shop.later())
    assert (credited.state, credited.credit_minor) == ("CREDITED", 4_000)
    found = storeroom.find_old_part(OldPart.objects.get(pk=second.pk), by=shop.actor("ma"), at=shop.later())
    assert (found.state, found.is_chargeable, found.batch_id) == ("KEPT", False, None)


def test_who_sends_does_not_open_the_parcel(shop: Shop) -> None:
    (old,) = old_parts(shop, HQ)
    batch = sent(shop, [old])
    ReturnBatch.objects.filter(pk=batch.pk).update(sent_by=shop.cast.people["nie"])
    with pytest.raises(storeroom.SentByYou):
        storeroom.receive_old_parts(batch, found=[old], by=shop.actor("nie"), at=shop.later())
    ReturnBatch.objects.filter(pk=batch.pk).update(sent_by=shop.cast.people["shen"])
    assert storeroom.receive_old_parts(batch, found=[old], by=shop.actor("nie"), at=shop.later()).state == "RECEIVED"


@pytest.mark.shows("5.4")
def test_an_old_part_is_destroyed_by_two(shop: Shop) -> None:
    old, theirs = old_parts(shop, OldPartOutcome.SCRAP, OldPartOutcome.RETURN_TO_CUSTOMER)
    shen, ma = shop.actor("shen"), shop.actor("ma")
    with pytest.raises(storeroom.NotToDestroy):
        storeroom.ask_scrap(theirs, reason="Nobody wants it", by=shen, at=shop.later())
    with pytest.raises(storeroom.NobodyAsked):
        storeroom.scrap_old_part(old, by=ma, at=shop.later())
    with pytest.raises(Invalid):
        storeroom.ask_scrap(old, reason="old", by=shen, at=shop.later())
    storeroom.ask_scrap(old, reason="Burnt through", by=shen, at=shop.later())
    with pytest.raises(storeroom.SecondPersonNeeded):
        storeroom.scrap_old_part(old, by=shen, at=shop.later())
    assert storeroom.scrap_old_part(old, by=ma, at=shop.later()).state == "SCRAPPED"
    with pytest.raises(storeroom.NotToDestroy):
        storeroom.scrap_old_part(old, by=ma, at=shop.later())


def test_what_is_not_sent_in_time_or_not_found_is_charged(shop: Shop) -> None:
    late, lost = old_parts(shop, HQ, HQ)
    after = late.removed_at + timedelta(days=31)
    assert nightly.old_parts_overdue(late.removed_at + timedelta(days=30)) == 0
    with pytest.raises(Invalid):
        storeroom.miss_old_part(lost, note="gone", by=shop.actor("shen"), at=shop.later())
    assert (
        storeroom.miss_old_part(lost, note="Not on the shelf", by=shop.actor("shen"), at=shop.later()).charge_minor
        == 12_000
    )
    assert nightly.old_parts_overdue(after) == 1
    assert nightly.old_parts_overdue(after) == 0
    late.refresh_from_db()
    assert (late.state, late.charge_minor) == ("KEPT", 12_000)
    # It is sent after all: nothing is charged for what came.
    storeroom.receive_old_parts(sent(shop, [late]), found=[late], by=shop.actor("nie"), at=shop.later())
    late.refresh_from_db()
    assert (late.is_chargeable, late.charge_minor) == (False, None)


def test_the_database_holds_it(shop: Shop) -> None:
    old, other = old_parts(shop, HQ, HQ)
    batch = sent(shop, [other])
    shen = shop.cast.people["shen"]
    for name, row, columns in (
        ("an_old_part_is_in_a_known_state", old, {"state": "SOMEWHERE"}),
        ("an_old_part_away_was_sent_in_a_parcel", old, {"state": "SENT"}),
        ("an_old_part_is_destroyed_by_two", old, {"state": "SCRAPPED", "scrapped_by": shen, "scrap_asked_by": shen}),
        ("a_missing_old_part_is_charged", old, {"state": "MISSING", "missing_at": shop.now}),
        ("a_credit_names_its_note", other, {"state": "CREDITED", "credit_minor": 5, "outcome": "CORE_CREDIT"}),
        ("what_was_examined_was_in_the_sample", old, {"result": "NO_FAULT", "audited_by": shen}),
        ("what_is_charged_is_chargeable", old, {"charge_minor": 5}),
        (
            "a_return_batch_is_in_a_known_state",
            batch,
            {"state": "LOST", "received_by": shop.cast.people["nie"], "received_at": shop.now},
        ),
        ("a_return_batch_has_its_waybill", batch, {"waybill": ""}),
        (
            "a_return_batch_is_opened_by_another",
            batch,
            {"state": "RECEIVED", "received_by": shen, "received_at": shop.now},
        ),
    ):
        rows: Any = type(row)
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            rows._base_manager.filter(pk=row.pk).update(**columns)
        assert name in broken_constraints(error.value), (name, str(error.value))
    nie = shop.cast.people["nie"]
    done = {"state": "CLOSED", "received_by": nie, "received_at": shop.now, "closed_at": shop.now}
    OldPart.objects.filter(pk=other.pk).update(state="RECEIVED")
    ReturnBatch.objects.filter(pk=batch.pk).update(**done)
    with pytest.raises(IntegrityError, match="a_return_batch_over_never_changes"), transaction.atomic():
        ReturnBatch.objects.filter(pk=batch.pk).update(waybill="X")


def test_the_sample_and_the_ageing_are_arithmetic() -> None:
    marks = {f"OP-{n}": str(9 - n) for n in range(10)}
    assert sample(marks, percent=20) == {"OP-9", "OP-8"}
    assert sample({"OP-1": "x"}, percent=1) == {"OP-1"}
    assert sample(marks, percent=0) == sample({}, percent=50) == frozenset()
    assert [bucket_of(days) for days in (0, 7, 8, 14, 15, 30, 31)] == [
        "0-7",
        "0-7",
        "8-14",
        "8-14",
        "15-30",
        "15-30",
        "31+",
    ]


def test_whoever_has_none_sees_who_has_it_and_never_what_it_cost(shop: Shop) -> None:
    request = stages.a_requested_part(shop, stages.an_approved_order(shop))
    assert queries.elsewhere(request) == []
    unit, at = shop.cast.units["GZ02"], shop.now
    he, tang = shop.cast.actors["he"], shop.cast.actors["tang"]
    store = stock.open_store(unit=unit, code="MAIN", names=names("Main store"), kind="OUTLET", by=he, at=at)
    bin = stock.add_bin(store=store, code="B-1", by=he, at=at)
    storeroom.receive_stock(part=shop.compressor, bin=bin, quantity=2, document="DN-9", by=tang, at=at)
    assert [(each.unit.code, each.free) for each in queries.elsewhere(request)] == [("GZ02", 2)]
