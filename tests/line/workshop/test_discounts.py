"""Something is taken off a quote: a little by the counter, much by the manager's word, and never below the list."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel import approval
from guiju.kernel.models import Approval
from guiju.kernel.refusing import Invalid, NotAllowed, NotApproved, WrongState
from guiju.line.cashier.models import Bill
from guiju.line.workorder.rules import State
from guiju.line.workshop import actions as workshop
from guiju.line.workshop import queries
from guiju.line.workshop.actions import discounts
from guiju.line.workshop.models import Quote
from guiju.line.workshop.rules import Consent, DiscountReason, QuoteState
from tests.line import stages
from tests.line.cast_line import Shop, fresh, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

# Labour at ¥160 and a compressor at ¥600 make ¥760; the list's least for both is ¥460. A tenth is ¥76.
WHOLE = 76000


def a_dear_draft(shop: Shop) -> Quote:
    """A quote well above the list's least."""
    _ = shop.price_list
    order = stages.a_diagnosed_order(shop)
    offers = [
        workshop.Offer(item=shop.labour, unit_minor=16000),
        workshop.Offer(part=shop.compressor, unit_minor=60000),
    ]
    return workshop.draft_quote(order, offers=offers, service_hours=8, by=shop.actor("chen"), at=shop.later())


def discount(shop: Shop, quote: Quote, minor: int, reason: str = "A regular customer", by: str = "lin") -> Quote:
    return workshop.discount_quote(
        quote, discount_minor=minor, reason=reason, code=DiscountReason.OTHER, by=shop.actor(by), at=shop.later()
    )


def send(shop: Shop, quote: Quote) -> Quote:
    return workshop.issue_quote(quote, by=shop.reception, at=shop.later())


def fresh_quote(quote: Quote) -> Quote:
    return Quote.objects.select_related("order__unit").get(pk=quote.pk)


def test_the_counter_takes_a_little_off_and_the_bill_says_so(shop: Shop) -> None:
    quote = discount(shop, a_dear_draft(shop), 7600)
    assert not told("workshop.DiscountAsked")
    sent = send(shop, quote)
    assert (sent.total_minor, sent.discount_minor, sent.discount_reason) == (68400, 7600, "A regular customer")
    workshop.approve_quote(sent, how=Consent.RECORDED, note="call 17", by=shop.reception, at=shop.later())
    request = stages.an_issued_part(shop, fresh(sent.order))
    chen = shop.actor("chen")
    workshop.start_repair(fresh(sent.order), by=chen, at=shop.later())
    workshop.log_labour(fresh(sent.order), minutes=45, task="Changed it", by=chen, at=shop.later())
    workshop.fit_part(request, old_condition="Burnt", old_outcome="SCRAP", by=chen, at=shop.later())
    workshop.finish(fresh(sent.order), work_done="Changed it", by=chen, at=shop.later())
    from guiju.line.quality import actions as quality

    quality.pass_order(
        fresh(sent.order), values=stages.a_checklist(shop), shelf="R-1", by=shop.actor("qin"), at=shop.later()
    )
    stages.a_bill(shop, fresh(sent.order))
    bill = Bill.objects.get(order=sent.order)
    assert (bill.total_minor, bill.discount_minor, bill.discount_reason) == (68400, 7600, "A regular customer")


@pytest.mark.shows("S1-41", "PRC-1")
def test_nothing_is_sold_below_the_published_list(shop: Shop) -> None:
    quote = a_dear_draft(shop)
    with pytest.raises(discounts.BelowTheList) as refused:
        discount(shop, quote, 30001)
    assert "300.00" in str(refused.value)
    assert discount(shop, quote, 30000).total_minor == stages.MIN_LABOUR + stages.MIN_COMPRESSOR


@pytest.mark.no_books
def test_the_database_itself_sends_no_quote_below_the_list(shop: Shop) -> None:
    quote = send(shop, a_dear_draft(shop))
    with pytest.raises(IntegrityError), transaction.atomic():
        Quote.objects.filter(pk=quote.pk).update(total_minor=45999, discount_minor=30001, discount_reason="By hand")


def test_much_is_taken_off_only_with_the_managers_word(shop: Shop) -> None:
    quote = discount(shop, a_dear_draft(shop), 7601)
    assert [each["discount_minor"] for each in told("workshop.DiscountAsked")] == [7601]
    with pytest.raises(discounts.DiscountNotApproved) as refused:
        send(shop, quote)
    assert "more than 10 %" in str(refused.value)
    workshop.approve_discount(quote, by=shop.actor("ma"), at=shop.later())
    assert [each["granted"] for each in told("workshop.DiscountDecided")] == [True]
    send(shop, fresh_quote(quote))
    assert fresh(quote.order).state == State.QUOTED


def test_an_approval_is_of_this_discount_alone(shop: Shop) -> None:
    quote = discount(shop, a_dear_draft(shop), 8000)
    workshop.approve_discount(quote, by=shop.actor("ma"), at=shop.later())
    discount(shop, fresh_quote(quote), 9000)
    with pytest.raises(discounts.DiscountNotApproved):
        send(shop, fresh_quote(quote))
    discount(shop, fresh_quote(quote), 0, reason="")
    assert send(shop, fresh_quote(quote)).total_minor == WHOLE


def test_a_discount_is_refused_with_a_reason_and_once(shop: Shop) -> None:
    quote = discount(shop, a_dear_draft(shop), 20000)
    with pytest.raises(Invalid):
        workshop.reject_discount(quote, reason="no", by=shop.actor("ma"), at=shop.later())
    workshop.reject_discount(quote, reason="Too much for one year", by=shop.actor("ma"), at=shop.later())
    last = queries.discount_approval(quote)
    assert last is not None
    assert (last.state, last.reason) == (Approval.State.REJECTED, "Too much for one year")
    for again in (workshop.approve_discount, workshop.reject_discount):
        more: dict[str, Any] = {"reason": "Too much"} if again is workshop.reject_discount else {}
        with pytest.raises(approval.NothingAsked):
            again(quote, **more, by=shop.actor("ma"), at=shop.later())
    with pytest.raises(NotApproved):
        send(shop, quote)


def test_the_manager_approves_up_to_a_limit_and_head_office_above_it(shop: Shop) -> None:
    from guiju.standing.policy import actions as policy

    quote = discount(shop, a_dear_draft(shop), 30000)
    policy.set_value(
        "limit.goodwill.OM", unit=None, value=29999, starts_on=shop.unit.day(shop.now), reason="A lean year",
        by=shop.actor("xu"), at=shop.later(),
    )  # fmt: skip
    with pytest.raises(discounts.DiscountOverTheLimit) as refused:
        workshop.approve_discount(quote, by=shop.actor("ma"), at=shop.later())
    assert "299.99" in str(refused.value)
    workshop.approve_discount(quote, by=shop.actor("nie"), at=shop.later())
    send(shop, fresh_quote(quote))


def test_a_quote_that_was_sent_becomes_a_new_version(shop: Shop) -> None:
    first = send(shop, a_dear_draft(shop))
    second = discount(shop, fresh_quote(first), 5000)
    assert (second.version, second.state, second.total_minor) == (2, QuoteState.DRAFT, 71000)
    assert fresh_quote(first).state == QuoteState.SUPERSEDED
    send(shop, second)
    workshop.approve_quote(
        fresh_quote(second), how=Consent.RECORDED, note="call 17", by=shop.reception, at=shop.later()
    )
    assert fresh(first.order).state == State.APPROVED
    with pytest.raises(discounts.NotOpenForDiscount):
        discount(shop, fresh_quote(second), 6000)


def test_a_discount_has_a_reason_and_takes_something_off(shop: Shop) -> None:
    quote = a_dear_draft(shop)
    with pytest.raises(Invalid):
        discount(shop, quote, 100, reason=" ok ")
    with pytest.raises(Invalid):
        discount(shop, quote, -1)
    assert discount(shop, quote, 100, reason="A scratch on the lid").discount_minor == 100


@pytest.mark.parametrize("name", ["chen", "ma", "cai", "zhou", "an"])
def test_only_the_counter_of_the_outlet_discounts(shop: Shop, name: str) -> None:
    quote = a_dear_draft(shop)
    with pytest.raises(NotAllowed):
        discount(shop, quote, 100, by=name)
    assert discount(shop, quote, 100).discount_minor == 100


@pytest.mark.parametrize("name", ["lin", "chen", "he", "fang", "an"])
def test_only_managers_approve_discounts(shop: Shop, name: str) -> None:
    quote = discount(shop, a_dear_draft(shop), 20000)
    with pytest.raises(NotAllowed):
        workshop.approve_discount(quote, by=shop.actor(name), at=shop.later())
    assert workshop.approve_discount(quote, by=shop.actor("ma"), at=shop.later()).state == Approval.State.GRANTED


def test_a_sent_quote_is_not_sent_twice(shop: Shop) -> None:
    quote = send(shop, a_dear_draft(shop))
    with pytest.raises(WrongState):
        send(shop, fresh_quote(quote))


@pytest.mark.shows("C04")
def test_a_discount_has_the_code_of_its_reason_and_keeps_it_in_the_next_version(shop: Shop) -> None:
    quote = a_dear_draft(shop)
    why = {"reason": "Two weeks late", "code": DiscountReason.WAITED}
    taken = workshop.discount_quote(quote, discount_minor=100, **why, by=shop.reception, at=shop.later())
    assert taken.discount_code == "WAITED"
    with pytest.raises(IntegrityError, match="a_discount_has_the_code_of_its_reason"), transaction.atomic():
        Quote.objects.filter(pk=taken.pk).update(discount_minor=200, discount_code="")
    workshop.issue_quote(taken, by=shop.reception, at=shop.later())
    other = {"reason": "And a regular one", "code": DiscountReason.REGULAR}
    again = workshop.discount_quote(taken, discount_minor=200, **other, by=shop.reception, at=shop.later())
    assert (again.version, again.discount_code) == (taken.version + 1, "REGULAR")
    back = workshop.discount_quote(again, discount_minor=0, reason="", by=shop.reception, at=shop.later())
    assert (back.discount_minor, back.discount_code, back.discount_reason) == (0, "", "")


def test_nothing_is_taken_off_without_the_code_of_its_reason(shop: Shop) -> None:
    quote = a_dear_draft(shop)
    with pytest.raises(Invalid) as refused:
        workshop.discount_quote(quote, discount_minor=100, reason="A regular one", by=shop.reception, at=shop.later())
    assert refused.value.field == "code"
    assert fresh_quote(quote).discount_minor == 0
