"""Parts for jobs: asked, answered, reserved, issued, fitted, taken back; the job and the stock book always agree."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from guiju.books.stock import actions as stock
from guiju.books.stock import queries as book
from guiju.kernel import news
from guiju.kernel.refusing import Invalid, NotAllowed, WrongState
from guiju.line.intake import actions as intake
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom import queries
from guiju.line.storeroom.models import OldPart, PartRequest, Procurement
from guiju.line.storeroom.rules import OldPartOutcome, RequestState
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.actions import repair
from tests.line import stages
from tests.line.cast_line import Shop, fresh, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.shows("S6-17", "D10")
def test_a_technician_asks_and_the_store_has_its_minutes_to_answer(shop: Shop) -> None:
    order = stages.an_approved_order(shop)
    request = stages.a_requested_part(shop, order)
    assert (request.answer_by - request.requested_at).total_seconds() == 15 * 60
    assert [each["part_code"] for each in told("storeroom.Requested")] == ["COMP-1"]
    late = queries.queue(by=shop.actor("shen"), at=shop.later(minutes=16))
    assert [(each.request.pk, each.is_late) for each in late] == [(request.pk, True)]


def test_only_the_jobs_own_technician_asks(shop: Shop) -> None:
    order = stages.an_approved_order(shop)
    with pytest.raises(NotAllowed):
        storeroom.request_part(order, part=shop.compressor, quantity=1, by=shop.actor("wu"), at=shop.later())
    storeroom.request_part(order, part=shop.compressor, quantity=1, by=shop.actor("chen"), at=shop.later())


def test_parts_are_asked_for_only_while_the_job_is_on_the_bench(shop: Shop) -> None:
    order = shop.an_accepted_order("chen")
    with pytest.raises(storeroom.NotTheTime):
        storeroom.request_part(order, part=shop.compressor, quantity=1, by=shop.actor("chen"), at=shop.later())


@pytest.mark.shows("S6-18", "INV-2", "EX-14")
def test_a_reserved_part_is_promised_to_nobody_else(shop: Shop) -> None:
    bin = stages.a_bin(shop, holding=1)
    first = stages.a_requested_part(shop, stages.an_approved_order(shop))
    second = stages.a_requested_part(shop, stages.an_approved_order(shop))
    shen = shop.actor("shen")
    storeroom.answer_available(first, bin=bin, by=shen, at=shop.later())
    assert (book.on_hand(shop.compressor, bin.store), book.available(shop.compressor, bin.store)) == (1, 0)
    with pytest.raises(stock.NotEnough):
        storeroom.answer_available(second, bin=bin, by=shen, at=shop.later())
    storeroom.answer_none(second, by=shen, at=shop.later())
    assert Procurement.objects.filter(request=second, state="OPEN").count() == 1


@pytest.mark.shows("WO-14", "S6-21", "I09")
def test_what_is_issued_is_fitted_or_taken_back_before_the_work_is_finished(shop: Shop) -> None:
    order, request = stages.a_repairing_order(shop, parts=2)
    assert request is not None
    chen, shen = shop.actor("chen"), shop.actor("shen")
    workshop.log_labour(order, minutes=10, task="Fitting", by=chen, at=shop.later())
    workshop.fit_part(
        request, quantity=1, old_condition="Burnt", old_outcome=OldPartOutcome.SCRAP, by=chen, at=shop.later()
    )
    from guiju.line.workshop.actions import diagnosis

    with pytest.raises(diagnosis.PartsUnaccounted):
        workshop.finish(fresh(order), work_done="Done.", by=chen, at=shop.later())
    with pytest.raises(storeroom.MoreThanUnused):
        storeroom.take_back(request, quantity=2, by=shen, at=shop.later())
    storeroom.take_back(request, quantity=1, by=shen, at=shop.later())
    workshop.finish(fresh(order), work_done="Done.", by=chen, at=shop.later())
    bin = stages.a_bin(shop)
    assert book.available(shop.compressor, bin.store) == 1


@pytest.mark.shows("WO-9")
def test_every_fitted_part_leaves_an_old_part_with_its_outcome(shop: Shop) -> None:
    order, request = stages.a_repairing_order(shop)
    assert request is not None
    chen = shop.actor("chen")
    with pytest.raises(Invalid):
        workshop.fit_part(request, old_condition=" ", old_outcome=OldPartOutcome.SCRAP, by=chen, at=shop.later())
    workshop.fit_part(
        request, old_condition="Seized", old_outcome=OldPartOutcome.RETURN_TO_HQ, by=chen, at=shop.later()
    )
    assert OldPart.objects.get(order=order).outcome == OldPartOutcome.RETURN_TO_HQ


@pytest.mark.shows("WO-2")
def test_no_more_is_fitted_than_the_customer_agreed_to(shop: Shop) -> None:
    order, request = stages.a_repairing_order(shop, parts=1)
    assert request is not None
    chen = shop.actor("chen")
    more = stages.an_issued_part(shop, fresh(order))
    fitting = {"old_condition": "Burnt", "old_outcome": OldPartOutcome.SCRAP, "by": chen}
    workshop.fit_part(request, **fitting, at=shop.later())
    with pytest.raises(repair.NotQuoted):
        workshop.fit_part(more, **fitting, at=shop.later())


def test_a_cancelled_job_frees_what_was_kept_for_it(shop: Shop) -> None:
    order = stages.an_approved_order(shop)
    request = stages.a_requested_part(shop, order)
    bin = stages.a_bin(shop, holding=1)
    storeroom.answer_available(request, bin=bin, by=shop.actor("shen"), at=shop.later())
    intake.cancel(fresh(order), reason="Bought a new one", by=shop.reception, at=shop.later())
    assert book.available(shop.compressor, bin.store) == 0
    while news.deliver_due(shop.later()):
        pass
    assert PartRequest.objects.get(pk=request.pk).state == RequestState.CANCELLED
    assert book.available(shop.compressor, bin.store) == 1


def test_a_delivery_note_is_received_once(shop: Shop) -> None:
    bin = stages.a_bin(shop)
    for _time in range(2):
        storeroom.receive_stock(
            part=shop.compressor, bin=bin, quantity=3, document="DN-77", by=shop.actor("shen"), at=shop.later()
        )
    assert book.on_hand(shop.compressor, bin.store) == 3


def test_a_request_is_issued_once(shop: Shop) -> None:
    request = stages.an_issued_part(shop, stages.an_approved_order(shop))
    with pytest.raises(WrongState):
        storeroom.issue(request, by=shop.actor("shen"), at=shop.later())


def test_another_outlets_keeper_sees_no_request(shop: Shop) -> None:
    request = stages.a_requested_part(shop, stages.an_approved_order(shop))
    assert list(PartRequest.objects.visible_to(shop.actor("shen"))) == [request]
    assert list(PartRequest.objects.visible_to(shop.actor("tang"))) == []


def test_the_database_fits_and_takes_back_no_more_than_was_issued(shop: Shop) -> None:
    _order, request = stages.a_repairing_order(shop)
    assert request is not None
    mine = PartRequest.objects.filter(pk=request.pk)
    for column in ("fitted_quantity", "returned_quantity"):
        with pytest.raises(IntegrityError, match="fitted_and_returned_parts_were_issued"), transaction.atomic():
            mine.update(**{column: request.quantity + 1})
    with transaction.atomic():
        assert mine.update(fitted_quantity=request.quantity) == 1
        transaction.set_rollback(True)
