"""The quote: drawn from the published list, asked of the customer, and answered by the customer alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed, WrongState
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.rules import State
from guiju.line.workshop import actions as workshop
from guiju.line.workshop import queries
from guiju.line.workshop.actions import consent, drafting, quotes
from guiju.line.workshop.models import Quote, QuoteLine
from guiju.line.workshop.rules import Consent, QuoteState
from tests.line import stages
from tests.line.cast_line import Shop, fresh, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_a_quote_is_drawn_up_from_the_published_list(shop: Shop) -> None:
    _order, quote = stages.a_quoted_order(shop)
    line = QuoteLine.objects.get(quote=quote, part=shop.compressor)
    assert (line.list_min_minor, line.unit_minor, line.list_max_minor) == (38000, 38000, 62000)
    assert quote.total_minor == 46000
    assert [each["total_minor"] for each in told("workshop.QuoteIssued")] == [46000]


@pytest.mark.shows("EX-10", "S1-41", "PRC-1", "I32")
def test_a_compressor_above_the_list_is_refused_and_one_within_it_is_not(shop: Shop) -> None:
    order, _ = stages.a_diagnosed_order(shop), shop.price_list
    chen = shop.actor("chen")
    dear = workshop.Offer(part=shop.compressor, unit_minor=70000)
    with pytest.raises(drafting.OutsideTheList) as refused:
        workshop.draft_quote(order, offers=[dear], service_hours=8, by=chen, at=shop.later())
    assert refused.value.status == 422
    assert "620.00" in str(refused.value)
    within = replace(dear, unit_minor=62000)
    assert workshop.draft_quote(order, offers=[within], service_hours=8, by=chen, at=shop.later()).total_minor == 62000


@pytest.mark.shows("PRC-2")
def test_the_database_refuses_a_price_outside_the_range(shop: Shop) -> None:
    order, _ = stages.a_diagnosed_order(shop), shop.price_list
    quote = workshop.draft_quote(
        order, offers=stages.offers(shop), service_hours=8, by=shop.actor("chen"), at=shop.later()
    )
    line = quote.lines.filter(part=shop.compressor).get()
    with pytest.raises(IntegrityError), transaction.atomic():
        QuoteLine.objects.filter(pk=line.pk).update(unit_minor=70000, amount_minor=70000)


def test_what_is_not_listed_cannot_be_charged(shop: Shop) -> None:
    order, _ = stages.a_diagnosed_order(shop), shop.price_list
    unlisted = workshop.Offer(item=shop._item("CLEAN-X", "OTHER", standard_minutes=10, service_hours=1))
    with pytest.raises(drafting.NotListed):
        workshop.draft_quote(order, offers=[unlisted], service_hours=8, by=shop.actor("chen"), at=shop.later())


def test_an_issued_quote_keeps_its_lines(shop: Shop) -> None:
    _order, quote = stages.a_quoted_order(shop)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuoteLine.objects.filter(quote=quote).update(list_max_minor=99999)
    another = QuoteLine.objects.filter(quote=quote).earliest("pk")
    another.pk = None
    with pytest.raises(IntegrityError, match="an_issued_quote_keeps_its_lines"), transaction.atomic():
        another.save(force_insert=True)


@pytest.mark.shows("WO-2", "C06")
def test_the_customer_approves_by_signature_over_the_link(shop: Shop) -> None:
    order, quote = stages.a_quoted_order(shop)
    customer = Actor.customer(order.pk, order.unit_id, order.customer.name)
    with pytest.raises(consent.ConsentMissing):
        workshop.approve_quote(quote, how=Consent.SIGNATURE, by=customer, at=shop.later())
    workshop.approve_quote(quote, how=Consent.SIGNATURE, signature=shop.a_signature(), by=customer, at=shop.later())
    assert fresh(order).state == State.APPROVED
    assert queries.approved_quote(order) is not None


def test_another_customers_link_approves_nothing(shop: Shop) -> None:
    _order, quote = stages.a_quoted_order(shop)
    other = shop.a_registered_order()
    stranger = Actor.customer(other.pk, other.unit_id, other.customer.name)
    with pytest.raises(NotAllowed):
        workshop.approve_quote(quote, how=Consent.SIGNATURE, signature=shop.a_signature(), by=stranger, at=shop.later())


@pytest.mark.shows("T34")
def test_a_one_time_code_is_tried_five_times_at_most(shop: Shop) -> None:
    order, quote = stages.a_quoted_order(shop)
    customer = Actor.customer(order.pk, order.unit_id, order.customer.name)
    workshop.ask_code(quote, by=customer, at=shop.later())
    right = queries.approval_code(quote)
    wrong = "000000" if right != "000000" else "000001"
    for _try in range(4):
        assert workshop.enter_code(quote, code=wrong, by=customer, at=shop.later()) is False
    assert workshop.enter_code(quote, code=right, by=customer, at=shop.later()) is True
    workshop.approve_quote(quote, how=Consent.CODE, by=customer, at=shop.later())
    assert Quote.objects.get(pk=quote.pk).decided_how == Consent.CODE


@pytest.mark.shows("T34")
def test_after_five_wrong_tries_no_code_counts_any_more(shop: Shop) -> None:
    order, quote = stages.a_quoted_order(shop)
    customer = Actor.customer(order.pk, order.unit_id, order.customer.name)
    workshop.ask_code(quote, by=customer, at=shop.later())
    for _try in range(5):
        assert workshop.enter_code(quote, code="no", by=customer, at=shop.later()) is False
    with pytest.raises(consent.TooManyTries):
        workshop.enter_code(quote, code=queries.approval_code(quote), by=customer, at=shop.later())
    # Nor does a new one begin the count again.
    with pytest.raises(consent.TooManyTries):
        workshop.ask_code(quote, by=customer, at=shop.later())


def test_a_declined_quote_sends_the_appliance_home(shop: Shop) -> None:
    order, quote = stages.a_quoted_order(shop)
    workshop.decline_quote(quote, reason="Too dear", by=shop.reception, at=shop.later())
    assert fresh(order).state == State.DECLINED
    with pytest.raises(WrongState):
        workshop.decline_quote(quote, reason="Too dear", by=shop.reception, at=shop.later())


def test_a_quote_expires_only_after_three_tries_to_reach_the_customer(shop: Shop) -> None:
    order, quote = stages.a_quoted_order(shop)
    clock = Actor.system("clock")
    with pytest.raises(quotes.StillValid):
        workshop.expire_quote(quote, by=clock, at=shop.later())
    for _try in range(2):
        workorder.log_contact(order, channel="PHONE", outcome="NO_ANSWER", by=shop.reception, at=shop.later())
    shop.later(days=8)
    with pytest.raises(quotes.TooFewContacts):
        workshop.expire_quote(quote, by=clock, at=shop.now)
    workorder.log_contact(order, channel="PHONE", outcome="NO_ANSWER", by=shop.reception, at=shop.later())
    workshop.expire_quote(quote, by=clock, at=shop.later())
    assert fresh(order).state == State.DECLINED
    assert Quote.objects.get(pk=quote.pk).state == QuoteState.EXPIRED


@pytest.mark.shows("WO-3", "C09", "T32")
def test_more_work_needs_a_second_consent(shop: Shop) -> None:
    order, _request = stages.a_repairing_order(shop)
    second = workshop.revise_quote(
        order, offers=stages.offers(shop, parts=2), service_hours=10, by=shop.actor("chen"), at=shop.later()
    )
    assert fresh(order).state == State.QUOTED
    first = Quote.objects.get(order=order, version=1)
    assert first.state == QuoteState.SUPERSEDED
    with pytest.raises(WrongState):
        workshop.approve_quote(first, how=Consent.RECORDED, note="call 17", by=shop.reception, at=shop.later())
    workshop.approve_quote(second, how=Consent.RECORDED, note="call 18", by=shop.reception, at=shop.later())
    approved = queries.approved_quote(order)
    assert approved is not None
    assert approved.version == 2


def test_a_covered_repair_is_not_quoted_but_approved_free(shop: Shop) -> None:
    bought = {"purchased_on": shop.now.date()}
    order = stages.a_diagnosed_order(shop, bought=bought)
    _ = shop.price_list
    with pytest.raises(quotes.AlreadyCovered):
        workshop.draft_quote(order, offers=stages.offers(shop), service_hours=8, by=shop.actor("chen"), at=shop.later())
    workshop.approve_free(order, by=shop.actor("chen"), at=shop.later())
    assert fresh(order).state == State.APPROVED


def test_misuse_is_never_approved_free(shop: Shop) -> None:
    from guiju.line.workshop.actions import diagnosis

    order = stages.a_diagnosed_order(shop, cause=shop.misuse, bought={"purchased_on": shop.now.date()})
    with pytest.raises(diagnosis.NotCovered):
        workshop.approve_free(order, by=shop.actor("chen"), at=shop.later())
