"""Several ways to help in one quote: each with its own lines, sums, time and warranty; exactly one is accepted, as it was read."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel.actor import Actor
from guiju.kernel.verification import run
from guiju.line.storeroom.models import PartRequest
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop import actions as workshop
from guiju.line.workshop import queries
from guiju.line.workshop.actions import consent, options, quotes, repair
from guiju.line.workshop.models import Acceptance, ApprovalCode, Quote, QuoteLine, QuoteOption
from guiju.line.workshop.rules import (
    Consent,
    DiscountReason,
    OptionKind,
    PartMark,
    QuoteState,
    deposit_left,
    deposit_minor,
)
from guiju.standing.policy import actions as policy
from tests.cast import FOUNDED
from tests.kernel.test_trail import as_the_owner_of_the_database
from tests.line import stages
from tests.line.cast_line import Shop, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

# Labour at ¥160; a new compressor at ¥600, a refurbished one at ¥380.
REPAIRED, REPLACED = 16000 + 38000, 16000 + 60000


def offering(shop: Shop) -> dict[str, Any]:
    """A refurbished part, or a new one that is warranted for longer."""
    labour = workshop.Offer(item=shop.labour, unit_minor=16000)
    refurbished = workshop.Offer(part=shop.compressor, unit_minor=38000, mark=PartMark.REFURBISHED)
    new = workshop.Offer(part=shop.compressor, unit_minor=60000)
    module = workshop.Alternative([labour, new], 24, OptionKind.REPLACE_MODULE, 180, "Runs more quietly")
    return {"offers": [labour, refurbished], "service_hours": 8, "others": [module]}


def a_choice(shop: Shop, **changed: Any) -> tuple[WorkOrder, Quote]:
    """A quote of two options that waits for its answer."""
    _ = shop.price_list
    order = stages.a_diagnosed_order(shop)
    draft = workshop.draft_quote(order, **(offering(shop) | changed), by=shop.actor("chen"), at=shop.later())
    workshop.issue_quote(draft, by=shop.reception, at=shop.later())
    return fresh(order), Quote.objects.select_related("order").get(pk=draft.pk)


def approve(shop: Shop, quote: Quote, **said: Any) -> Quote:
    """Lin records what the customer signed."""
    signed = {"how": Consent.SIGNATURE, "signature": shop.a_signature()} | said
    return workshop.approve_quote(quote, by=shop.reception, at=shop.later(), **signed)


def the_customer(order: WorkOrder) -> Actor:
    return Actor.customer(order.pk, order.unit_id, order.customer.name)


@pytest.mark.shows("C05")
def test_each_option_has_its_own_lines_sum_time_and_warranty(shop: Shop) -> None:
    _order, quote = a_choice(shop)
    first, second = quote.options.order_by("place")
    assert (first.kind, first.total_minor, first.service_hours) == ("REPAIR", REPAIRED, 8)
    assert (second.kind, second.total_minor, second.service_hours) == ("REPLACE_MODULE", REPLACED, 24)
    assert second.repair_warranty_days == 180
    assert [line.mark for line in quote.lines_of(1)] == ["", "REFURBISHED"]
    assert [line.mark for line in quote.lines_of(2)] == ["", "ORIGINAL"]
    # Until somebody has chosen, the first one stands for the quote.
    assert (quote.total_minor, quote.place) == (REPAIRED, 1)


@pytest.mark.shows("C05", "WO-2")
def test_exactly_one_of_them_is_accepted(shop: Shop) -> None:
    order, quote = a_choice(shop)
    with pytest.raises(consent.OptionMissing):
        approve(shop, quote)
    with pytest.raises(options.NoSuchOption):
        approve(shop, quote, option=3)
    assert fresh(order).state == "QUOTED"
    approve(shop, quote, option=2)
    agreed = queries.approved_quote(order)
    assert agreed is not None
    assert (agreed.place, agreed.kind, agreed.total_minor) == (2, "REPLACE_MODULE", REPLACED)
    assert (agreed.service_hours, agreed.repair_warranty_days) == (24, 180)
    assert Acceptance.objects.get(quote=quote).place == 2


@pytest.mark.shows("WO-3")
def test_only_what_was_chosen_is_fitted_and_billed(shop: Shop) -> None:
    order, quote = a_choice(shop)
    approve(shop, quote, option=1)
    order = fresh(order)
    request = stages.an_issued_part(shop, order)
    workshop.start_repair(fresh(order), by=shop.actor("chen"), at=shop.later())
    chen = shop.actor("chen")
    workshop.fit_part(request, old_condition="Burnt", old_outcome="SCRAP", by=chen, at=shop.later())
    more = stages.an_issued_part(shop, fresh(order))
    with pytest.raises(repair.NotQuoted):
        # The other option's compressor was not agreed to.
        workshop.fit_part(more, old_condition="Burnt", old_outcome="SCRAP", by=chen, at=shop.later())
    assert [line.place for line in queries.current_lines(order)] == [1, 1]


def test_what_was_asked_of_the_store_for_another_option_is_let_go(shop: Shop) -> None:
    _ = shop.price_list
    order = stages.a_diagnosed_order(shop)
    request = stages.a_requested_part(shop, order)
    labour = workshop.Offer(item=shop.labour)
    both = {"offers": [labour], "others": [workshop.Alternative([labour, workshop.Offer(part=shop.compressor)], 8)]}
    quote = workshop.draft_quote(order, **both, service_hours=4, by=shop.actor("chen"), at=shop.later())
    workshop.issue_quote(quote, by=shop.reception, at=shop.later())
    approve(shop, Quote.objects.select_related("order").get(pk=quote.pk), option=1)
    assert PartRequest.objects.get(pk=request.pk).state == "CANCELLED"


@pytest.mark.shows("C06", "I29", "T32")
def test_the_acceptance_keeps_every_word_that_was_read(shop: Shop) -> None:
    _order, quote = a_choice(shop)
    approve(shop, quote, option=2, language="zh-hant")
    kept = Acceptance.objects.get(quote=quote)
    read = json.loads(kept.content)
    assert (read["quote"], read["version"], read["language"]) == (quote.number, 1, "zh-hant")
    assert [line["name"] for line in read["lines"]] == ["LABOUR-WASHER", "Compressor"]
    assert (read["total_minor"], read["option"]["repair_warranty_days"]) == (REPLACED, 180)
    # Bound to what was sent, which binds every option, line, mark and day.
    assert read["sent"] == quote.digest
    assert Quote.objects.get(pk=quote.pk).approved_digest == kept.digest
    assert queries.is_as_accepted(Quote.objects.get(pk=quote.pk))


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("workshop_quote", "total_minor = total_minor + 1"),
        ("workshop_quote", "deposit_minor = 1"),
        ("workshop_quoteline", "unit_minor = 15900, amount_minor = 15900 WHERE kind = 'LABOUR'"),
        ("workshop_quoteline", "mark = 'NEW' WHERE kind = 'PART'"),
        ("workshop_quoteoption", "repair_warranty_days = 30"),
        ("workshop_acceptance", "content = replace(content, 'zh-hans', 'en')"),
    ],
)
@pytest.mark.no_books
@pytest.mark.shows("I29", "WO-2")
def test_whoever_changes_a_word_afterwards_is_found_and_the_work_is_refused(
    shop: Shop, table: str, change: str
) -> None:
    order, quote = a_choice(shop)
    approve(shop, quote, option=2)
    assert not [each for each in run() if each.invariant == "I29"]
    with as_the_owner_of_the_database() as cursor:
        cursor.execute(f"UPDATE {table} SET {change}")  # what is changed stands above
    assert [each for each in run() if each.invariant == "I29"]
    with pytest.raises(repair.NotAsAccepted):
        workshop.start_repair(fresh(order), by=shop.actor("chen"), at=shop.later())


@pytest.mark.shows("T32")
def test_the_database_lets_nobody_change_what_was_sent_or_accepted(shop: Shop) -> None:
    order, quote = a_choice(shop)
    line, option = quote.lines_of(1)[0], quote.options.get(place=1)

    def refused(rows: Any, **changed: Any) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**changed)

    mine = Quote.objects.filter(pk=quote.pk)
    refused(mine, currency="EUR")
    refused(mine, valid_until=quote.valid_until + timedelta(days=1) if quote.valid_until else None)
    refused(QuoteOption.objects.filter(pk=option.pk), deposit_minor=1)
    refused(QuoteLine.objects.filter(pk=line.pk), mark="NEW")
    # Approved is what somebody accepted, and nothing else.
    refused(mine, state="APPROVED", approved_digest="0" * 64, decided_how="RECORDED")
    approve(shop, quote, option=2)
    refused(mine, total_minor=REPLACED - 1)
    refused(mine, place=1)
    refused(mine, repair_warranty_days=30)
    refused(Acceptance.objects.filter(quote=quote), content="{}")
    with pytest.raises(IntegrityError), transaction.atomic():
        Acceptance.objects.filter(quote=quote).delete()
    assert fresh(order).state == "APPROVED"


@pytest.mark.shows("WO-2", "C09")
def test_a_new_version_voids_what_was_accepted(shop: Shop) -> None:
    order, quote = a_choice(shop)
    approve(shop, quote, option=2)
    again = workshop.revise_quote(fresh(order), **offering(shop), by=shop.actor("chen"), at=shop.later())
    assert queries.approved_quote(order) is None
    assert fresh(order).state == "QUOTED"
    with pytest.raises(quotes.Replaced):
        approve(shop, quote, option=2)
    approve(shop, Quote.objects.select_related("order").get(pk=again.pk), option=1)
    # The old words stay readable for ever.
    assert Acceptance.objects.filter(quote__order=order).count() == 2


def test_who_answers_twice_is_told_and_nothing_changes(shop: Shop) -> None:
    order, quote = a_choice(shop)
    approve(shop, quote, option=1)
    with pytest.raises(quotes.Answered) as told:
        approve(shop, quote, option=2)
    assert "nothing has changed" in str(told.value)
    with pytest.raises(quotes.Answered):
        workshop.decline_quote(quote, by=shop.reception, at=shop.later())
    assert Quote.objects.get(pk=quote.pk).place == 1
    assert fresh(order).state == "APPROVED"


def test_a_signature_stands_under_one_agreement(shop: Shop) -> None:
    order, quote = a_choice(shop)
    drawn = shop.a_signature()
    approve(shop, quote, option=1, signature=drawn)
    again = workshop.revise_quote(fresh(order), **offering(shop), by=shop.actor("chen"), at=shop.later())
    again = Quote.objects.select_related("order").get(pk=again.pk)
    with pytest.raises(consent.SignatureUsed):
        approve(shop, again, option=1, signature=drawn)
    approve(shop, again, option=1)


@pytest.mark.shows("EX-7")
def test_no_option_warrants_for_less_than_the_terms_do(shop: Shop) -> None:
    with pytest.raises(options.WarrantyTooShort):
        a_choice(shop, repair_warranty_days=20)


def test_more_options_than_can_be_compared_are_refused(shop: Shop) -> None:
    labour = workshop.Offer(item=shop.labour)
    with pytest.raises(options.TooManyOptions):
        a_choice(shop, others=[workshop.Alternative([labour], 8)] * 3)


def test_an_option_without_lines_is_no_option(shop: Shop) -> None:
    with pytest.raises(options.NothingQuoted):
        a_choice(shop, others=[workshop.Alternative([], 8)])


@pytest.mark.shows("PRC-1")
def test_a_discount_is_of_one_option(shop: Shop) -> None:
    _order, quote = a_choice(shop)
    again = workshop.discount_quote(
        quote,
        discount_minor=5000,
        reason="A regular customer",
        code=DiscountReason.REGULAR,
        option=2,
        by=shop.reception,
        at=shop.later(),
    )
    assert list(again.options.order_by("place").values_list("total_minor", "discount_minor")) == [
        (REPAIRED, 0),
        (REPLACED - 5000, 5000),
    ]
    workshop.issue_quote(again, by=shop.reception, at=shop.later())
    approve(shop, Quote.objects.select_related("order").get(pk=again.pk), option=2)
    assert Quote.objects.get(pk=again.pk).total_minor == REPLACED - 5000


class TestTheCode:
    """Six digits, by message: hashed, good for minutes, once, and under what was read alone."""

    @pytest.fixture
    def asked(self, shop: Shop) -> tuple[WorkOrder, Quote]:
        order, quote = a_choice(shop)
        workshop.ask_code(quote, by=the_customer(order), at=shop.later())
        return order, quote

    @pytest.mark.shows("T34")
    def test_the_digits_are_kept_nowhere(self, shop: Shop, asked: tuple[WorkOrder, Quote]) -> None:
        _order, quote = asked
        kept = ApprovalCode.objects.filter(quote=quote).values().get()
        assert queries.approval_code(quote) not in str(kept)

    @pytest.mark.shows("T34")
    def test_it_lapses(self, shop: Shop, asked: tuple[WorkOrder, Quote]) -> None:
        order, quote = asked
        entering: dict[str, Any] = {"code": queries.approval_code(quote), "option": 1, "by": the_customer(order)}
        with pytest.raises(consent.CodeLapsed):
            workshop.enter_code(quote, **entering, at=shop.later(minutes=10))
        workshop.ask_code(quote, by=the_customer(order), at=shop.later())
        entering["code"] = queries.approval_code(quote)
        assert workshop.enter_code(quote, **entering, at=shop.later(minutes=9))

    @pytest.mark.shows("T34")
    def test_a_newer_one_takes_its_place(self, shop: Shop, asked: tuple[WorkOrder, Quote]) -> None:
        order, quote = asked
        old = queries.approval_code(quote)
        workshop.ask_code(quote, by=the_customer(order), at=shop.later())
        assert queries.approval_code(quote) != old
        assert not workshop.enter_code(quote, code=old, option=1, by=the_customer(order), at=shop.later())

    @pytest.mark.shows("T34", "C06")
    def test_it_confirms_what_was_read_and_nothing_else(self, shop: Shop, asked: tuple[WorkOrder, Quote]) -> None:
        order, quote = asked
        customer, code = the_customer(order), queries.approval_code(quote)
        assert workshop.enter_code(quote, code=code, option=1, by=customer, at=shop.later())
        for other in ({"option": 2}, {"option": 1, "language": "en"}):
            with pytest.raises(consent.ConsentMissing):
                workshop.approve_quote(quote, how=Consent.CODE, **other, by=customer, at=shop.later())
        workshop.approve_quote(quote, how=Consent.CODE, option=1, by=customer, at=shop.later())
        assert Acceptance.objects.get(quote=quote).code is not None

    @pytest.mark.shows("T34")
    def test_it_is_good_once(self, shop: Shop, asked: tuple[WorkOrder, Quote]) -> None:
        order, quote = asked
        customer, code = the_customer(order), queries.approval_code(quote)
        assert workshop.enter_code(quote, code=code, option=1, by=customer, at=shop.later())
        with pytest.raises(consent.NoCode):
            workshop.enter_code(quote, code=code, option=2, by=customer, at=shop.later())
        with pytest.raises(IntegrityError), transaction.atomic():
            ApprovalCode.objects.filter(quote=quote).update(read_digest="1" * 64)

    @pytest.mark.shows("T34")
    def test_not_many_are_sent(self, shop: Shop, asked: tuple[WorkOrder, Quote]) -> None:
        order, quote = asked
        for _ in range(4):
            workshop.ask_code(quote, by=the_customer(order), at=shop.later())
        with pytest.raises(consent.TooManyCodes):
            workshop.ask_code(quote, by=the_customer(order), at=shop.later())


@pytest.mark.shows("C07")
def test_a_deposit_is_asked_where_the_rule_asks_one(shop: Shop) -> None:
    policy.set_value(
        "quote.deposit_from", unit=None, value=50000, starts_on=date(2026, 1, 1), reason="Dear parts", by=shop.actor("xu"),
        at=FOUNDED,
    )  # fmt: skip
    _order, quote = a_choice(shop)
    # 30 % of a part of ¥600; one of ¥380 is below the threshold.
    assert list(quote.options.order_by("place").values_list("deposit_minor", flat=True)) == [0, 18000]
    approve(shop, quote, option=2)
    assert Quote.objects.get(pk=quote.pk).deposit_minor == 18000


def test_the_share_is_rounded_half_up_and_goes_with_the_parts_left_out() -> None:
    from decimal import Decimal

    assert deposit_minor(240005, share_percent=Decimal(30), from_minor=200000) == 72002
    assert deposit_minor(199999, share_percent=Decimal(30), from_minor=200000) == 0
    assert deposit_minor(999999, share_percent=Decimal(30), from_minor=None) == 0
    assert deposit_left(30000, parts_minor=100000, kept_minor=40000, total_minor=90000) == 12000
    assert deposit_left(30000, parts_minor=100000, kept_minor=100000, total_minor=20000) == 20000


@pytest.mark.no_books
def test_what_was_sealed_before_there_were_options_stays_provable(shop: Shop) -> None:
    """The rows as they stood: form 1, and no words kept but their digest."""
    from guiju.kernel.approval import digest_of

    order, quote = stages.a_quoted_order(shop)
    quote.form = 1
    old = digest_of(quote.content())
    with as_the_owner_of_the_database() as cursor:
        cursor.execute(
            "UPDATE workshop_quote SET form = 1, digest = %s, approved_digest = %s, state = 'APPROVED',"
            " decided_how = 'RECORDED' WHERE id = %s",
            [old, old, quote.pk],
        )
    was = Quote.objects.get(pk=quote.pk)
    assert was.state == QuoteState.APPROVED
    assert queries.is_as_accepted(was)
    with as_the_owner_of_the_database() as cursor:
        cursor.execute("UPDATE workshop_quoteline SET quantity = 2, amount_minor = 2 * unit_minor")
    assert not queries.is_as_accepted(Quote.objects.get(pk=quote.pk))
    assert order.pk == was.order_id
