"""The customer agrees to a quote line by line: what the repair is possible without may be left out."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from guiju.kernel.models import TrailEntry
from guiju.kernel.verification import run
from guiju.line.cashier.models import BillLine
from guiju.line.quality import actions as quality
from guiju.line.storeroom.models import PartRequest
from guiju.line.storeroom.rules import OldPartOutcome
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop import actions as workshop
from guiju.line.workshop import queries
from guiju.line.workshop.actions import consent, repair
from guiju.line.workshop.models import Acceptance, Quote, QuoteLine
from guiju.line.workshop.rules import Choosable, Chosen, Consent, DiscountReason, choose
from tests.kernel.test_trail import as_the_owner_of_the_database
from tests.line import stages
from tests.line.cast_line import Shop, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def a_choice(shop: Shop, *, discount: int = 0, is_asked: bool = False) -> tuple[WorkOrder, Quote, dict[str, QuoteLine]]:
    """Labour at ¥160, and a compressor at ¥600 that the customer may leave out."""
    _ = shop.price_list
    order = stages.a_diagnosed_order(shop)
    if is_asked:
        stages.a_requested_part(shop, order)
    offers = [
        workshop.Offer(item=shop.labour, unit_minor=16000),
        workshop.Offer(part=shop.compressor, unit_minor=60000, is_optional=True),
    ]
    quote = workshop.draft_quote(order, offers=offers, service_hours=8, by=shop.actor("chen"), at=shop.later())
    if discount:
        quote = workshop.discount_quote(
            quote,
            discount_minor=discount,
            reason="A regular customer",
            code=DiscountReason.REGULAR,
            by=shop.reception,
            at=shop.later(),
        )
    workshop.issue_quote(quote, by=shop.reception, at=shop.later())
    quote = Quote.objects.select_related("order").get(pk=quote.pk)
    lines = {"labour": quote.lines.get(part=None), "compressor": quote.lines.get(part=shop.compressor)}
    return fresh(order), quote, lines


def approve(shop: Shop, quote: Quote, *declined: QuoteLine, **how: Any) -> Quote:
    """Lin records what the customer signed."""
    signature = {"how": Consent.SIGNATURE, "signature": shop.a_signature()} | how
    keys = [line.pk for line in declined]
    return workshop.approve_quote(quote, declined=keys, by=shop.reception, at=shop.later(), **signature)


@pytest.mark.shows("C06", "WO-2", "I29")
def test_what_is_signed_is_exactly_what_was_chosen(shop: Shop) -> None:
    order, quote, lines = a_choice(shop)
    approve(shop, quote, lines["compressor"])
    approved = queries.approved_quote(order)
    assert approved is not None
    assert (approved.total_minor, approved.declined_minor) == (16000, 60000)
    # What was sent is sealed as before; what was agreed to has a seal of its own, which the trail keeps.
    assert approved.digest == quote.digest
    assert approved.approved_digest not in {"", quote.digest}
    facts = TrailEntry.objects.filter(verb="workshop.approve_quote").latest("pk").facts
    assert facts["digest"] == approved.approved_digest
    assert facts["declined"] == [shop.compressor.code]


def test_a_customer_who_leaves_nothing_out_agrees_to_what_was_sent(shop: Shop) -> None:
    order, quote, _lines = a_choice(shop)
    approve(shop, quote)
    approved = queries.approved_quote(order)
    assert approved is not None
    read = Acceptance.objects.get(quote=quote)
    assert (approved.total_minor, approved.approved_digest) == (76000, read.digest)
    assert quote.digest in read.content


def test_what_the_repair_needs_cannot_be_left_out(shop: Shop) -> None:
    order, quote, lines = a_choice(shop)
    with pytest.raises(consent.NotOptional) as refused:
        approve(shop, quote, lines["labour"])
    assert lines["labour"].code in str(refused.value)
    with pytest.raises(consent.NotOptional):
        workshop.approve_quote(
            quote, how=Consent.RECORDED, note="Call 7", declined=[10**6], by=shop.reception, at=shop.later()
        )
    assert fresh(order).state == "QUOTED"
    assert not QuoteLine.objects.filter(is_declined=True).exists()
    approve(shop, quote, lines["compressor"])
    assert fresh(order).state == "APPROVED"


def test_to_leave_everything_out_is_to_decline(shop: Shop) -> None:
    _ = shop.price_list
    order = stages.a_diagnosed_order(shop)
    only = [workshop.Offer(item=shop.labour, is_optional=True)]
    quote = workshop.draft_quote(order, offers=only, service_hours=8, by=shop.actor("chen"), at=shop.later())
    workshop.issue_quote(quote, by=shop.reception, at=shop.later())
    quote = Quote.objects.select_related("order").get(pk=quote.pk)
    with pytest.raises(consent.NothingLeft):
        approve(shop, quote, *quote.lines.all())
    approve(shop, quote)


def test_a_discount_goes_with_the_lines_it_was_given_for(shop: Shop) -> None:
    order, quote, lines = a_choice(shop, discount=7600)
    approve(shop, quote, lines["compressor"])
    approved = queries.approved_quote(order)
    assert approved is not None
    # A tenth was taken off the whole, so a tenth is off what is left.
    assert (approved.discount_minor, approved.forgone_minor, approved.total_minor) == (1600, 6000, 14400)


@pytest.mark.shows("WO-2")
def test_what_was_left_out_is_not_fitted(shop: Shop) -> None:
    order, quote, lines = a_choice(shop)
    approve(shop, quote, lines["compressor"])
    workshop.start_repair(fresh(order), by=shop.actor("chen"), at=shop.later())
    request = stages.an_issued_part(shop, fresh(order))
    fitting: dict[str, Any] = {"old_condition": "Burnt", "old_outcome": OldPartOutcome.SCRAP, "by": shop.actor("chen")}
    with pytest.raises(repair.NotQuoted):
        workshop.fit_part(request, **fitting, at=shop.later())
    # Asked again, the customer wants it after all.
    both_lines = [workshop.Offer(item=shop.labour), workshop.Offer(part=shop.compressor, is_optional=True)]
    again = workshop.revise_quote(
        fresh(order), offers=both_lines, service_hours=8, by=shop.actor("chen"), at=shop.later()
    )
    approve(shop, again)
    workshop.start_repair(fresh(order), by=shop.actor("chen"), at=shop.later())
    assert workshop.fit_part(request, **fitting, at=shop.later()).quantity == 1


@pytest.mark.shows("WO-3")
def test_what_was_left_out_is_not_billed(shop: Shop) -> None:
    order, quote, lines = a_choice(shop, discount=7600)
    approve(shop, quote, lines["compressor"])
    chen = shop.actor("chen")
    workshop.start_repair(fresh(order), by=chen, at=shop.later())
    workshop.log_labour(fresh(order), minutes=45, task="A new belt", by=chen, at=shop.later(minutes=45))
    workshop.finish(fresh(order), work_done="The belt is new.", by=chen, at=shop.later())
    quality.pass_order(
        fresh(order), values=stages.a_checklist(shop), shelf="R-01", by=shop.actor("qin"), at=shop.later()
    )
    bill = stages.a_bill(shop, fresh(order))
    assert (bill.total_minor, bill.discount_minor) == (14400, 1600)
    assert [line.quote_line_id for line in BillLine.objects.filter(bill=bill)] == [lines["labour"].pk]


def test_what_was_asked_of_the_store_for_it_is_let_go(shop: Shop) -> None:
    order, quote, lines = a_choice(shop, is_asked=True)
    request = PartRequest.objects.get(order=order)
    assert request.state == "REQUESTED"
    approve(shop, quote, lines["compressor"])
    assert PartRequest.objects.get(pk=request.pk).state == "CANCELLED"
    # So the job does not wait for it.
    workshop.start_repair(fresh(order), by=shop.actor("chen"), at=shop.later())


def test_a_line_is_declined_by_the_answer_alone(shop: Shop) -> None:
    _order, quote, lines = a_choice(shop)
    for line, changed in [(lines["labour"], {"is_declined": True}), (lines["compressor"], {"is_optional": False})]:
        with pytest.raises(IntegrityError), transaction.atomic():
            QuoteLine.objects.filter(pk=line.pk).update(**changed)
    approve(shop, quote)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuoteLine.objects.filter(pk=lines["compressor"].pk).update(is_declined=True)


@pytest.mark.no_books
@pytest.mark.shows("I29")
def test_verify_sees_when_more_is_agreed_to_than_was_signed(shop: Shop) -> None:
    _order, quote, lines = a_choice(shop)
    approve(shop, quote, lines["compressor"])
    assert not [each for each in run() if each.invariant == "I29"]
    with as_the_owner_of_the_database() as cursor:
        cursor.execute(
            "UPDATE workshop_quote SET total_minor = 17000, declined_minor = 59000 WHERE id = %s", [quote.pk]
        )
    assert [each for each in run() if each.invariant == "I29"]


def test_the_next_version_does_not_ask_again_for_what_was_left_out(shop: Shop) -> None:
    order, quote, lines = a_choice(shop)
    approve(shop, quote, lines["compressor"])
    offers = [workshop.Offer(item=shop.labour, unit_minor=15000)]
    workshop.revise_quote(fresh(order), offers=offers, service_hours=8, by=shop.actor("chen"), at=shop.later())
    assert Quote.objects.get(pk=quote.pk).state == "SUPERSEDED"


class TestTheSum:
    """The arithmetic, with no database."""

    @given(
        st.lists(
            st.tuples(st.integers(0, 10**7), st.integers(0, 10**7), st.booleans()).map(
                lambda row: Choosable(max(row[:2]), min(row[:2]), row[2])
            ),
            min_size=1,
            max_size=8,
        ),
        st.data(),
    )
    def test_it_is_never_below_the_list_and_never_a_larger_part_off(self, lines: list[Choosable], data: Any) -> None:
        room = sum(line.amount_minor - line.least_minor for line in lines)
        discount = data.draw(st.integers(0, room))
        chosen = choose(lines, discount)
        kept = [line for line in lines if not line.is_declined]
        amount, whole = sum(line.amount_minor for line in kept), sum(line.amount_minor for line in lines)
        assert chosen.total_minor >= sum(line.least_minor for line in kept)
        assert chosen.total_minor + chosen.discount_minor + chosen.declined_minor == whole
        assert chosen.discount_minor * whole <= discount * amount

    def test_without_a_choice_it_is_the_quote(self) -> None:
        lines = [Choosable(16000, 8000), Choosable(60000, 38000)]
        assert choose(lines, 7600) == Chosen(68400, 7600, 0)
