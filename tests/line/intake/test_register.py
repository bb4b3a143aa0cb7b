"""intake.register: the order on the computer, with its date, its fee and its warranty pre-check."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guiju.kernel.models import TrailEntry
from guiju.kernel.refusing import Invalid, NotAllowed
from guiju.line.intake import actions as intake
from guiju.line.intake import queries as intake_queries
from guiju.line.intake.models import ServiceRequest
from guiju.line.workorder import actions as workorder
from guiju.line.workorder import queries as workorder_queries
from guiju.line.workorder.models import WorkOrder
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.policy import actions as policy
from guiju.standing.warranty.rules import Coverage
from tests.cast import FOUNDED
from tests.line.cast_line import TEST_FEE, fresh, names, told


@pytest.mark.shows("S6-09", "S6-10", "S6-11", "S6-37")
def test_it_registers_with_number_date_fee_and_terms(shop):
    order = fresh(shop.a_registered_order(fee_collection="DEPOSIT"))
    assert order.number == "WO-FS01-20261102-00001"
    assert order.state == "REGISTERED"
    assert order.promised_at == order.first_promised_at
    assert order.promised_at >= order.registered_at + timedelta(hours=48), "the line's own service time"
    assert (order.test_fee_minor, order.currency, order.price_list) == (TEST_FEE, "CNY", shop.price_list)
    assert (order.fee_collection, order.terms_accepted_at) == ("DEPOSIT", order.registered_at)
    assert [symptom.code for symptom in order.symptoms.all()] == [shop.symptom]
    assert (order.held, order.coverage, order.billing, order.outcome) == ("NONE", "UNDETERMINED", "NONE", "")


@pytest.mark.shows("S6-01")
def test_the_request_behind_it_is_converted_by_the_same_digits(shop):
    order = shop.a_registered_order(channel="PHONE", contact="The neighbour")
    request = ServiceRequest.objects.get(order=order)
    assert (request.number, request.channel, request.state) == ("SR-FS01-20261102-00001", "PHONE", "CONVERTED")
    assert request.contact == "The neighbour"


@pytest.mark.shows("S6-07", "B06")
@pytest.mark.parametrize(
    ("purchased_on", "says"),
    [
        (date(2026, 6, 1), Coverage.IN_WARRANTY),
        (date(2020, 5, 1), Coverage.OUT_OF_WARRANTY),
        (None, Coverage.UNDETERMINED),
    ],
)
def test_the_warranty_pre_check_is_kept_with_its_reasons(shop, purchased_on, says):
    order = shop.a_registered_order(bought={"purchased_on": purchased_on})
    shown = workorder_queries.coverage_of(order)
    assert shown is not None
    assert (shown.coverage, shown.is_precheck) == (says, True)
    assert shown.because
    assert shown.version
    assert fresh(order).coverage == "UNDETERMINED", "it binds nobody before the fault is known"


def test_it_tells_it_and_leaves_a_trail(shop):
    order = shop.a_registered_order()
    assert [(event["order_id"], event["number"]) for event in told("intake.Registered")] == [(order.pk, order.number)]
    entry = TrailEntry.objects.get(verb="intake.register")
    assert (entry.subject_label, entry.role, entry.unit_id) == (order.number, "RC", shop.unit.pk)
    assert entry.facts["because"], "why that date"


def test_the_life_begins_at_the_counter(shop):
    order = shop.a_registered_order()
    assert [(step.to_label, step.verb, step.who) for step in workorder_queries.history(order)] == [
        ("Registered", "intake.register", "lin")
    ]


@pytest.mark.shows("S6-09")
def test_it_takes_at_most_twenty_one_statements(shop):
    shop.a_registered_order()
    appliance = shop.an_appliance(purchased_on=date(2026, 6, 1))
    typed = shop.registering(appliance=appliance)
    with CaptureQueriesContext(connection) as captured:
        intake.register(**typed, by=shop.reception, at=shop.later())
    assert len(captured) <= 21, "\n".join(query["sql"] for query in captured)


@pytest.mark.shows("S6-10", "D03")
def test_the_queue_makes_the_promise_later(shop):
    first = shop.a_received_order()
    for _ in range(8):
        shop.a_received_order()
    last = shop.a_registered_order()
    assert last.promised_at - last.registered_at > first.promised_at - first.registered_at


@pytest.mark.shows("S6-10")
def test_a_line_without_a_standard_of_its_own_takes_the_brands(shop, nie):
    shop.__dict__["labour"] = catalogue.add_service_item(
        code="LABOUR", names=names("Labour"), kind="LABOUR", service_hours=12, by=nie, at=FOUNDED
    )
    order = shop.a_registered_order()
    assert timedelta(hours=48) <= order.promised_at - order.registered_at < timedelta(hours=60)
    policy.set_value(
        "promise.standard_hours",
        unit=None,
        value=96,
        starts_on=date(2026, 11, 3),
        reason="Many storms.",
        by=nie,
        at=shop.now,
    )
    shop.later(days=1)
    order = shop.a_registered_order()
    assert timedelta(hours=96) <= order.promised_at - order.registered_at < timedelta(hours=108)


@pytest.mark.parametrize(
    ("changed", "refusal", "field"),
    [
        ({"terms_accepted": False}, intake.TermsNotAccepted, "terms_accepted"),
        ({"problem": "   "}, Invalid, "problem"),
        ({"channel": "PIGEON"}, Invalid, "channel"),
        ({"fee_collection": "SOMETIME"}, Invalid, "fee_collection"),
        ({"mode": "TELEPORT"}, Invalid, "mode"),
        ({"mode": "ON_SITE"}, workorder.ModeNotOffered, "mode"),
    ],
)
def test_it_refuses_at_the_field(shop, changed, refusal, field):
    typed = shop.registering()
    with pytest.raises(refusal) as refused:
        intake.register(**(typed | changed), by=shop.reception, at=shop.now)
    assert refused.value.field == field
    assert str(refused.value)
    assert not WorkOrder.objects.exists()
    assert intake.register(**typed, by=shop.reception, at=shop.now).state == "REGISTERED"


@pytest.mark.shows("CRM-2")
def test_the_same_appliance_is_not_ordered_twice(shop):
    order = shop.a_registered_order()
    typed = shop.registering(appliance=order.appliance)
    with pytest.raises(intake.OpenAlready, match=order.number):
        intake.register(**typed, by=shop.reception, at=shop.later())
    intake.cancel(order, reason="Bought a new one", by=shop.reception, at=shop.later())
    assert intake.register(**typed, by=shop.reception, at=shop.later()).number.endswith("00002")


@pytest.mark.shows("G-3")
def test_one_outlet_never_works_on_anothers_cards(shop, other_shop):
    theirs = other_shop.an_appliance()
    ours = shop.an_appliance()
    for changed in ({"appliance": theirs, "customer": ours.customer}, {"appliance": ours, "customer": theirs.customer}):
        with pytest.raises(Invalid):
            intake.register(**shop.registering(**changed), by=shop.reception, at=shop.now)
    assert intake.register(**shop.registering(appliance=ours), by=shop.reception, at=shop.now)


@pytest.mark.parametrize("name", ["chen", "qin", "shen", "cai", "an", "ad", "zhou"])
def test_it_refuses_the_wrong_person(shop, name):
    typed = shop.registering()
    with pytest.raises(NotAllowed):
        intake.register(**typed, by=shop.actor(name), at=shop.now)
    assert intake.register(**typed, by=shop.actor("lin"), at=shop.now)


@pytest.mark.shows("WO-11")
def test_a_rework_is_free_and_before_others(shop):
    _ = shop.price_list
    parent = shop.a_registered_order()
    intake.cancel(parent, reason="Only for this test", by=shop.reception, at=shop.later())
    child = intake.register(
        **shop.registering(appliance=parent.appliance), parent=parent, by=shop.reception, at=shop.later()
    )
    child = fresh(child)
    assert (child.parent_id, child.priority, child.coverage) == (parent.pk, "HIGH", "REPAIR_WARRANTY")
    assert (child.test_fee_minor, child.price_list) == (0, None)


def test_the_customers_link_opens_this_order_and_is_stored_nowhere(shop):
    order = shop.a_registered_order()
    other = shop.a_registered_order()
    token = workorder_queries.track_token(order)
    assert workorder_queries.by_track_token(token) == order
    assert workorder_queries.by_track_token(token[:-1]) is None
    assert workorder_queries.by_track_token("") is None
    row = WorkOrder.objects.filter(pk=order.pk).values().get()
    assert token not in str(row)
    assert token != workorder_queries.track_token(other)


def test_showing_the_terms_changes_nothing(shop):
    _ = shop.price_list, shop.labour
    appliance = shop.an_appliance()
    with CaptureQueriesContext(connection) as captured:
        terms = intake_queries.terms_for(unit=shop.unit, appliance=appliance, at=shop.now)
    assert terms.test_fee_minor == TEST_FEE
    assert all(query["sql"].startswith("SELECT") for query in captured)
