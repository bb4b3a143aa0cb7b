"""What the database itself refuses, whatever the code above it does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel.refusing import broken_constraints
from guiju.line.workorder.models import Custody, HoldSpan, PromiseOutcome, PromiseRevision, WorkOrder
from guiju.line.workorder.queries import (
    every_appliance_in_our_hands_has_one_order_and_one_place,
    every_outcome_follows_from_the_ledger,
    every_promise_is_the_first_one_or_a_revision,
)
from guiju.line.workorder.rules import State
from tests.cast import NOON
from tests.line.workorder.bench import step, to_closed, to_ready


def refused(name: str, order: WorkOrder, **columns) -> None:
    """The database does not take these columns, and says which sentence they break."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        WorkOrder.objects.filter(pk=order.pk).update(**columns)
    assert name in broken_constraints(error.value)


@pytest.mark.shows("WO-12", "G-1")
@pytest.mark.no_books  # walked without the later stations, whose books therefore miss their part
def test_what_is_closed_never_changes(shop):
    order = to_closed(shop.an_accepted_order(), shop)
    for columns in ({"problem": "Another"}, {"state": "DELIVERED"}, {"billing": "REFUNDED"}):
        refused("work_order_over_never_changes", order, **columns)
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkOrder.objects.filter(pk=order.pk)._raw_delete("default")


def test_the_same_columns_change_before_the_end(shop):
    order = shop.an_accepted_order()
    assert WorkOrder.objects.filter(pk=order.pk).update(problem="Another") == 1


@pytest.mark.shows("WO-10")
def test_a_promise_never_changes_silently(shop):
    order = shop.a_registered_order()
    later = order.promised_at + timedelta(days=1)
    refused("work_order_promise_never_changes_silently", order, promised_at=later)
    refused("work_order_promise_never_changes_silently", order, promised_at=None)
    refused("work_order_first_promise_never_changes", order, first_promised_at=later)
    first = order.promised_at
    a_line(order, shop, number=1, old_at=first, new_at=later)
    refused("work_order_promise_never_changes_silently", order, promised_at=later + timedelta(days=1))
    assert WorkOrder.objects.filter(pk=order.pk).update(promised_at=later) == 1
    refused("work_order_promise_never_changes_silently", order, promised_at=later + timedelta(days=1))
    # Back again, by a line of its own; the first line moves it nowhere a second time.
    a_line(order, shop, number=2, old_at=later, new_at=first)
    assert WorkOrder.objects.filter(pk=order.pk).update(promised_at=first) == 1
    refused("work_order_promise_never_changes_silently", order, promised_at=later)


def a_line(order: WorkOrder, shop, **columns) -> PromiseRevision:
    plain = {"cause": "OTHER", "reason": {}, "at": shop.now, "actor_name": "lin"}
    return PromiseRevision.objects.create(order=order, **(plain | columns))


def unwritten(name: str, order: WorkOrder, shop, **columns) -> None:
    """The ledger does not take this line, and says which sentence it breaks."""
    later = order.promised_at + timedelta(days=1)
    plain = {"number": 1, "old_at": order.promised_at, "new_at": later} | columns
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        a_line(order, shop, **plain)
    assert name in broken_constraints(error.value)


@pytest.mark.shows("WO-10", "D04")
@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("promise_revision_has_its_number_once", {"number": 0, "old_at": None, "cause": "FIRST"}),
        ("promise_revision_but_the_first_names_the_one_before", {"cause": "FIRST"}),
        ("promise_revision_but_the_first_names_the_one_before", {"number": 0, "old_at": None}),
        ("promise_revision_changes_the_date", {"new_at": "old"}),
        ("promise_revision_has_a_known_cause", {"cause": "RAIN"}),
        ("promise_revision_was_agreed_at_a_time", {"agreed": "CODE"}),
        ("promise_revision_was_agreed_at_a_time", {"agreed": "NOD", "agreed_at": NOON + timedelta(days=9)}),
        ("promise_revision_was_agreed_at_a_time", {"agreed": "CODE", "agreed_at": NOON - timedelta(days=9)}),
        ("promise_revision_that_is_signed_has_its_signature", {"agreed": "SIGNATURE", "agreed_at": "now"}),
        ("promise_revision_by_word_says_what_was_said", {"agreed": "RECORDED", "agreed_at": "now"}),
        ("promise_revision_for_a_part_is_signed", {"cause": "PART"}),
        ("promise_revision_for_a_part_is_signed", {"cause": "PART", "agreed": "CODE", "agreed_at": "now"}),
        ("promise_revision_of_the_customer_is_agreed", {"cause": "CUSTOMER"}),
        ("promise_revision_follows_the_one_before", {"number": 2}),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_each_sentence_about_the_ledger_holds(shop, name, columns):
    order = shop.a_registered_order()
    said = {"now": shop.now, "old": order.promised_at}
    unwritten(
        name,
        order,
        shop,
        **{key: said.get(value, value) if isinstance(value, str) else value for key, value in columns.items()},
    )


@pytest.mark.shows("WO-10")
def test_a_line_takes_the_place_of_what_stands(shop):
    order = shop.a_registered_order()
    later = order.promised_at + timedelta(days=1)
    a_line(order, shop, number=1, old_at=order.promised_at, new_at=later)
    # Nobody carried the line out: what stands is still the first promise.
    unwritten("promise_revision_takes_the_place_of_what_stands", order, shop, number=2, old_at=later, new_at=NOON)
    WorkOrder.objects.filter(pk=order.pk).update(promised_at=later)


@pytest.mark.shows("WO-10")
def test_the_ledger_is_never_rewritten_and_agreed_once(shop):
    line = shop.a_registered_order().promise_revisions.get()
    for columns in (
        {"new_at": shop.now},
        {"cause": "OTHER"},
        {"reason": {}},
        {"agreed": "CODE"},
        {"agreed": "", "agreed_at": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            PromiseRevision.objects.filter(pk=line.pk).update(**columns)
    with pytest.raises(IntegrityError), transaction.atomic():
        PromiseRevision.objects.filter(pk=line.pk)._raw_delete("default")


@pytest.mark.shows("WO-10")
def test_the_first_promise_is_in_the_ledger(shop):
    order = shop.a_registered_order()
    draft = WorkOrder.objects.create(
        number="WO-DRAFT", unit=order.unit, appliance=shop.an_appliance(), customer=order.customer, problem="x", language="en",
        opened_at=shop.now, currency="CNY", track_salt="s",
    )  # fmt: skip
    refused("work_order_first_promise_is_in_the_ledger", draft, promised_at=shop.now, first_promised_at=shop.now)


@pytest.mark.shows("D05", "I31")
def test_only_the_customer_stops_the_clock(shop):
    order = shop.a_registered_order()
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        HoldSpan.objects.create(
            order=order, hold="SAFETY", reason="Gas", is_paused=True, starts_at=shop.now, actor_name="lin"
        )
    assert "hold_span_pauses_for_the_customer_alone" in broken_constraints(error.value)


@pytest.mark.shows("D03")
@pytest.mark.no_books
def test_an_outcome_is_written_once_and_checked_against_the_ledger(shop):
    order = to_ready(shop.an_accepted_order(), shop)
    kept = PromiseOutcome.objects.get(order=order)
    assert (kept.late_first_minutes, kept.late_agreed_minutes, kept.revisions) == (0, 0, 0)
    assert list(every_outcome_follows_from_the_ledger()) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        PromiseOutcome.objects.filter(pk=kept.pk).update(late_first_minutes=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        PromiseOutcome.objects.filter(pk=kept.pk)._raw_delete("default")


@pytest.mark.shows("WO-10")
@pytest.mark.no_books
def test_a_revision_that_was_never_carried_out_is_noticed(shop):
    order = shop.a_registered_order()
    assert list(every_promise_is_the_first_one_or_a_revision()) == []
    a_line(order, shop, number=1, old_at=order.promised_at, new_at=shop.now)
    assert len(list(every_promise_is_the_first_one_or_a_revision())) == 1


@pytest.mark.shows("WO-1", "CRM-2")
def test_an_appliance_is_on_one_open_order(shop):
    order, other = shop.a_received_order(), shop.a_registered_order()
    refused("work_order_is_the_only_open_one_of_its_appliance", other, appliance=order.appliance)


@pytest.mark.shows("WO-1", "S6-12")
@pytest.mark.no_books
def test_an_appliance_whose_place_nobody_wrote_down_is_noticed(shop):
    order = shop.a_received_order()
    assert list(every_appliance_in_our_hands_has_one_order_and_one_place()) == []
    WorkOrder.objects.filter(pk=order.pk).update(shelf="Z-99")
    assert list(every_appliance_in_our_hands_has_one_order_and_one_place()) == [
        f"{order.number}: the order says IN_SHOP Z-99, the chain of hand-overs does not"
    ]


@pytest.mark.shows("WO-1")
@pytest.mark.no_books
def test_a_gap_in_the_chain_of_hand_overs_is_noticed(shop):
    order = shop.a_received_order()
    Custody.objects.create(
        order=order,
        from_held="WITH_TECH",
        to_held="IN_SHOP",
        from_holder="Somebody",
        to_holder="FS01",
        place="A-01",
        at=shop.now,
    )
    assert list(every_appliance_in_our_hands_has_one_order_and_one_place()) == [
        f"{order.number}: handed on by somebody who did not have it"
    ]


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("work_order_state_is_known", {"state": "LOST"}),
        ("work_order_mode_is_known", {"mode": "TELEPORT"}),
        ("work_order_custody_is_known", {"held": "LOST"}),
        ("work_order_coverage_is_known", {"coverage": "PERHAPS"}),
        ("work_order_billing_is_known", {"billing": "LATER"}),
        ("work_order_priority_is_known", {"priority": "MINE"}),
        ("work_order_channel_is_known", {"channel": "PIGEON"}),
        ("work_order_fee_collection_is_known", {"fee_collection": "NEVER"}),
        ("work_order_hold_is_known_and_has_a_reason", {"hold": "SAFETY"}),
        ("work_order_hold_is_known_and_has_a_reason", {"hold": "TIRED", "hold_reason": "Very"}),
        ("work_order_ends_with_an_outcome", {"outcome": "REPAIRED"}),
        ("work_order_ends_with_an_outcome", {"state": "DELIVERED", "delivered_at": NOON + timedelta(days=1)}),
        ("work_order_ready_has_its_time", {"state": "READY"}),
        ("work_order_holds_what_it_received", {"received_at": None}),
        ("work_order_test_fee_is_no_gift", {"test_fee_minor": -1}),
        ("work_order_is_registered_with_a_promise", {"registered_at": None}),
        ("work_order_is_registered_with_a_promise", {"track_digest": ""}),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_each_sentence_about_an_order_holds(shop, name, columns):
    refused(name, shop.a_received_order(), **columns)


@pytest.mark.shows("I28")
@pytest.mark.no_books  # as above
def test_what_comes_later_on_the_line_did_not_happen_earlier(shop):
    order = to_ready(shop.an_accepted_order(), shop)
    refused("work_order_times_run_forward", order, ready_at=order.received_at - timedelta(seconds=1))
    refused("work_order_times_run_forward", order, received_at=order.registered_at - timedelta(seconds=1))


@pytest.mark.no_books  # as above
def test_the_outcome_is_set_once(shop):
    order = step(to_ready(shop.an_accepted_order(), shop), "cashier.hand_over", State.DELIVERED, shop.later())
    refused("work_order_outcome_is_set_once", order, outcome="DISPOSED")
    assert WorkOrder.objects.filter(pk=order.pk).update(billing="PAID") == 1


def test_the_end_is_not_written_over_a_held_appliance(shop):
    order = shop.a_received_order()
    refused("work_order_over_holds_no_appliance", order, state="CANCELLED", outcome="CANCELLED")
    refused("work_order_delivered_has_its_time", order, state="DELIVERED", outcome="REPAIRED")


@pytest.mark.parametrize("model", ["custody", "coverage_decisions"])
def test_what_was_written_down_is_never_rewritten(shop, model):
    row = getattr(shop.a_received_order(), model).get()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.filter(pk=row.pk)._raw_delete("default")
