"""Another unit or the money, from the request at the counter to what became of the old unit (3.5)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel.refusing import NotAllowed, WrongState
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.actions.delivery import NotReleased
from guiju.line.cashier.actions.units import BankReferenceMissing
from guiju.line.exchange import actions as exchange
from guiju.line.exchange import queries
from guiju.line.exchange.models import ExchangeCase, ExchangeUnit
from guiju.line.exchange.rules import Choice, Ground, depreciates
from guiju.line.storeroom import actions as storeroom
from guiju.line.workorder import actions as workorder
from guiju.line.workorder import queries as orders
from guiju.line.workorder.rules import Held, Outcome, State
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.rules import DelayCause, Remedy
from guiju.standing.catalogue.models import Appliance
from guiju.standing.warranty import queries as warranty
from guiju.standing.warranty.rules import Cost
from tests.line import stages
from tests.line.cast_line import Shop, fresh, told
from tests.line.exchange.conftest import (
    PRICE,
    a_case,
    a_unit,
    an_allocated_case,
    an_appraised_case,
    an_approved_case,
    found,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

# Under guarantee on the Monday of the tests.
NEW = {"purchased_on": date(2026, 9, 1)}


@pytest.mark.shows("EX-2", "B08")
def test_the_right_is_on_the_counters_screen_before_anything_is_quoted(shop: Shop, twice_repaired: Any) -> None:
    order = twice_repaired()
    shown: Any = orders.coverage_of(order)
    (right,) = shown.rights
    assert (right.ground, right.proof.holds) == ("TWO_REPAIRS", True)
    case = a_case(shop, order)
    order = fresh(order)
    assert (case.state, case.came_from, order.state) == ("REQUESTED", "RECEIVED", State.EXCHANGE_PENDING)
    assert (case.price_minor, case.right["ground"], bool(case.version)) == (PRICE, "TWO_REPAIRS", True)
    assert queries.choices(case) == (Choice.EXCHANGE, Choice.REFUND)
    assert [each["ground"] for each in told("exchange.CaseOpened")] == ["TWO_REPAIRS"]
    with pytest.raises(exchange.AskedTwice):
        a_case(shop, order)


def test_no_right_no_case(shop: Shop, twice_repaired: Any) -> None:
    order = shop.a_received_order()
    for ground in ("TWO_REPAIRS", "7D_RETURN", "UNREPAIRABLE", "PAID"):
        with pytest.raises(exchange.NoGround):
            a_case(shop, order, ground, price_minor=PRICE, reason="They would like to")
    with pytest.raises(exchange.PriceUnknown):
        a_case(shop, order, "GOODWILL", reason="A customer of ten years")
    with pytest.raises(workorder.ReasonMissing):
        a_case(shop, order, "GOODWILL", price_minor=PRICE)
    assert a_case(shop, order, "GOODWILL", price_minor=PRICE, reason="A customer of ten years").right == {}
    with pytest.raises(NotAllowed):
        exchange.open_case(twice_repaired(), ground="TWO_REPAIRS", by=shop.actor("chen"), at=shop.later())


def test_it_is_appraised_by_one_and_confirmed_by_another(shop: Shop, twice_repaired: Any) -> None:
    case = a_case(shop, twice_repaired())
    with pytest.raises(exchange.NotConfirmed):
        exchange.confirm_appraisal(case, by=shop.actor("qin"), at=shop.later())
    with pytest.raises(exchange.NotCertified):
        exchange.appraise(case, **found(), by=shop.actor("wu"), at=shop.later())
    exchange.appraise(case, **found(serial_verified=False), by=shop.actor("chen"), at=shop.later())
    with pytest.raises(exchange.NotConfirmed):
        exchange.confirm_appraisal(case, by=shop.actor("qin"), at=shop.later())
    exchange.appraise(case, **found(), by=shop.actor("chen"), at=shop.later())
    with pytest.raises(NotAllowed):
        exchange.confirm_appraisal(case, by=shop.actor("chen"), at=shop.later())
    assert exchange.confirm_appraisal(case, by=shop.actor("qin"), at=shop.later()).state == "APPRAISED"


def test_whoever_asked_or_looked_does_not_approve(shop: Shop, twice_repaired: Any) -> None:
    case = an_appraised_case(shop, twice_repaired())
    nie = shop.cast.people["nie"].pk
    ExchangeCase.objects.filter(pk=case.pk).update(requested_by=nie)
    with pytest.raises(exchange.SamePerson):
        exchange.approve(case, choice="EXCHANGE", by=shop.actor("nie"), at=shop.later())
    with pytest.raises(IntegrityError), transaction.atomic():
        ExchangeCase.objects.filter(pk=case.pk).update(confirmed_by=shop.cast.people["chen"].pk)


@pytest.mark.shows("5.3")
def test_the_outlets_manager_approves_up_to_her_limit(shop: Shop, twice_repaired: Any) -> None:
    dear = an_appraised_case(shop, twice_repaired())
    with pytest.raises(exchange.OverTheLimit):
        exchange.approve(dear, choice="EXCHANGE", by=shop.actor("ma"), at=shop.later())
    assert exchange.approve(dear, choice="EXCHANGE", by=shop.actor("nie"), at=shop.later()).state == "APPROVED"
    cheap = an_appraised_case(shop, twice_repaired(price_minor=90_000))
    assert exchange.approve(cheap, choice="REFUND", by=shop.actor("ma"), at=shop.later()).choice == "REFUND"
    dearest = an_appraised_case(shop, twice_repaired(price_minor=1_500_000))
    with pytest.raises(exchange.OverTheLimit):
        exchange.approve(dearest, choice="EXCHANGE", by=shop.actor("nie"), at=shop.later())
    assert exchange.approve(dearest, choice="EXCHANGE", by=shop.actor("fang"), at=shop.later()).state == "APPROVED"


@pytest.mark.shows("EX-3", "WTY-2", "B10", "B13", "S6-20")
def test_the_new_unit_goes_home_and_both_serials_stay(shop: Shop, twice_repaired: Any) -> None:
    case = an_allocated_case(shop, order := twice_repaired())
    order = fresh(order)
    assert (case.state, case.is_new, case.is_same_model, order.state) == ("ALLOCATED", True, True, State.READY)
    bill = cashier.draw_bill(order, by=shop.actor("cai"), at=shop.later())
    assert bill.total_minor == 0
    with pytest.raises(NotReleased):
        cashier.hand_over(order, **stages.handing_over(order), by=shop.actor("cai"), at=shop.later())
    given = stages.handing_over(order, signature=shop.a_signature())
    cashier.hand_over(order, **given, by=shop.actor("cai"), at=shop.later())
    order, case = fresh(order), ExchangeCase.objects.get(pk=case.pk)
    assert (order.state, order.outcome, order.held, case.state) == (
        State.DELIVERED, Outcome.EXCHANGED, Held.GIVEN_UP, "EXCHANGED",
    )  # fmt: skip
    old: Any = order.appliance
    new: Any = case.replacement
    assert (new.serial, new.replaces_id, new.customer_id, old.serial != new.serial) == (
        "NEW-1",
        old.pk,
        order.customer_id,
        True,
    )
    day = shop.unit.day(shop.now)
    judged: Any = warranty.judge(new, on=day)
    assert judged.cover(Cost.PARTS).ends_on == day.replace(year=day.year + 1)
    assert next(iter(told("exchange.UnitExchanged")))["new_serial"] == "NEW-1"
    closed = exchange.dispose_old(case, disposition="RETURN_HQ", by=shop.actor("shen"), at=shop.later())
    assert (closed.state, closed.disposition) == ("CLOSED", "RETURN_HQ")


@pytest.mark.shows("WTY-4", "TG-16")
def test_a_used_unit_or_another_model_needs_the_customers_name(shop: Shop, twice_repaired: Any) -> None:
    case = an_approved_case(shop, twice_repaired())
    used = a_unit(shop, "USED-1", is_new=False)
    with pytest.raises(exchange.NotAgreed):
        exchange.allocate(case, other=used, by=shop.actor("shen"), at=shop.later())
    assert exchange.offer_option(case, by=shop.reception, at=shop.later()).state == "OPTION_OFFERED"
    new = a_unit(shop, "NEW-2")
    with pytest.raises(exchange.SameModelHere):
        exchange.offer_unit(case, other=used, price_minor=PRICE, by=shop.reception, at=shop.later())
    exchange.retire_unit(new, reason="Sold over the counter", by=shop.actor("shen"), at=shop.later())
    with pytest.raises(exchange.UnitTaken):
        exchange.allocate(case, other=new, by=shop.actor("shen"), at=shop.later())
    exchange.offer_unit(case, other=used, price_minor=PRICE, by=shop.reception, at=shop.later())
    with pytest.raises(exchange.NotAgreed):
        exchange.allocate(case, other=used, by=shop.actor("shen"), at=shop.later())
    exchange.agree_to_unit(case, consent=shop.a_signature(), by=shop.reception, at=shop.later())
    kept = exchange.allocate(case, other=used, by=shop.actor("shen"), at=shop.later())
    assert (kept.state, kept.is_new, kept.difference_minor) == ("ALLOCATED", False, 0)
    other = an_approved_case(shop, twice_repaired())
    with pytest.raises(exchange.UnitTaken):
        exchange.allocate(other, other=used, by=shop.actor("shen"), at=shop.later())


@pytest.mark.shows("TG-16")
def test_what_was_sold_or_repaired_is_never_new_again(shop: Shop, twice_repaired: Any) -> None:
    order = twice_repaired()
    with pytest.raises(exchange.NotNew):
        a_unit(shop, order.appliance.serial)
    a_unit(shop, "NEW-9")
    with pytest.raises(exchange.UnitKnown):
        a_unit(shop, "new 9", is_new=False)
    case = an_allocated_case(shop, order)
    cashier.draw_bill(fresh(order), by=shop.actor("cai"), at=shop.later())
    given = stages.handing_over(order, signature=shop.a_signature())
    cashier.hand_over(fresh(order), **given, by=shop.actor("cai"), at=shop.later())
    exchange.dispose_old(case, disposition="REFURB", by=shop.actor("shen"), at=shop.later())
    again = ExchangeUnit.objects.get(came_of=case)
    assert (again.serial, again.is_new) == (order.appliance.serial, False)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExchangeUnit.objects.filter(pk=again.pk).update(is_new=True)
    # Somebody else agrees to have it: the card that it has goes on, under its new owner.
    second = an_approved_case(shop, twice_repaired())
    ExchangeUnit.objects.filter(serial="NEW-9").update(retired_at=shop.now, retired_because="Sent on")
    exchange.offer_unit(second, other=again, price_minor=PRICE, by=shop.reception, at=shop.later())
    exchange.agree_to_unit(second, consent=shop.a_signature(), by=shop.reception, at=shop.later())
    exchange.allocate(second, other=again, by=shop.actor("shen"), at=shop.later())
    job = fresh(second.order)
    cashier.draw_bill(job, by=shop.actor("cai"), at=shop.later())
    given = stages.handing_over(job, signature=shop.a_signature())
    cashier.hand_over(job, **given, by=shop.actor("cai"), at=shop.later())
    card = Appliance.objects.get(pk=order.appliance_id)
    assert (card.customer_id, card.replaces_id) == (job.customer_id, job.appliance_id)


@pytest.mark.shows("EX-4", "TG-15")
def test_a_refund_that_the_customer_prefers_takes_off_the_use(shop: Shop, twice_repaired: Any) -> None:
    order = twice_repaired(used_days=200)
    case = an_approved_case(shop, order, "REFUND")
    with pytest.raises(BankReferenceMissing):
        cashier.refund_unit(case, bank_ref=" ", by=shop.actor("xu"), at=shop.later())
    paid = cashier.refund_unit(case, bank_ref="TT-1", by=shop.actor("xu"), at=shop.later(days=30))
    # 200 days since the sale, 20 of them in repair; those since it came in do not count.
    assert (paid.refund_minor, paid.days_used, paid.deduction_minor) == (273_000, 180, 27_000)
    order = fresh(order)
    assert (order.state, order.outcome, order.billing, order.held) == (
        State.DELIVERED, Outcome.REFUNDED, "REFUNDED", Held.GIVEN_UP,
    )  # fmt: skip
    with pytest.raises(exchange.ChoiceNotGiven):
        cashier.refund_unit(
            an_approved_case(shop, twice_repaired()), bank_ref="TT", by=shop.actor("xu"), at=shop.later()
        )
    assert next(iter(told("cashier.UnitRefunded")))["deduction_minor"] == 27_000


@pytest.mark.shows("TG-15")
def test_without_a_unit_of_the_model_the_whole_price_goes_back(shop: Shop, twice_repaired: Any) -> None:
    case = an_approved_case(shop, twice_repaired())
    exchange.offer_option(case, by=shop.reception, at=shop.later())
    paid = cashier.refund_unit(case, bank_ref="TT-2", by=shop.actor("xu"), at=shop.later())
    assert (paid.refund_minor, paid.deduction_minor) == (PRICE, 0)
    assert not depreciates(Ground.RETURN_7D, same_model=True)
    assert not depreciates(Ground.TWO_REPAIRS, same_model=False)


def test_who_granted_the_money_does_not_pay_it(shop: Shop, twice_repaired: Any) -> None:
    case = an_appraised_case(shop, twice_repaired())
    exchange.approve(case, choice="REFUND", by=shop.actor("xu"), at=shop.later())
    with pytest.raises(exchange.SamePerson):
        cashier.refund_unit(case, bank_ref="TT-3", by=shop.actor("xu"), at=shop.later())
    assert cashier.refund_unit(case, bank_ref="TT-3", by=shop.actor("fang"), at=shop.later()).refund_number


def test_what_was_refused_or_withdrawn_goes_on_from_where_it_stood(shop: Shop, twice_repaired: Any) -> None:
    order = twice_repaired()
    case = an_appraised_case(shop, order)
    with pytest.raises(workorder.ReasonMissing):
        exchange.reject(case, reason="No", by=shop.actor("nie"), at=shop.later())
    with pytest.raises(NotAllowed):
        exchange.reject(case, reason="The plate was changed", by=shop.actor("ma"), at=shop.later())
    assert (
        exchange.reject(case, reason="The plate was changed", by=shop.actor("nie"), at=shop.later()).state == "REJECTED"
    )
    assert fresh(order).state == State.RECEIVED
    again = a_case(shop, fresh(order))
    assert exchange.withdraw(again, by=shop.reception, at=shop.later()).state == "WITHDRAWN"
    assert fresh(order).state == State.RECEIVED
    with pytest.raises(WrongState):
        exchange.withdraw(again, by=shop.reception, at=shop.later())


def test_what_the_bench_had_begun_is_let_go(shop: Shop) -> None:
    order, quote = stages.a_quoted_order(shop)
    case = a_case(shop, order, "GOODWILL", price_minor=PRICE, reason="A customer of ten years")
    exchange.appraise(case, **found(proof_verified=False), by=shop.actor("chen"), at=shop.later())
    exchange.confirm_appraisal(case, by=shop.actor("qin"), at=shop.later())
    exchange.approve(case, choice="EXCHANGE", by=shop.actor("nie"), at=shop.later())
    quote.refresh_from_db()
    assert quote.state == "SUPERSEDED"
    exchange.allocate(case, other=a_unit(shop), by=shop.actor("shen"), at=shop.later())
    bill = cashier.draw_bill(fresh(order), by=shop.actor("cai"), at=shop.later())
    assert bill.total_minor == 0, "goodwill asks no test fee"


def test_a_unit_that_is_paid_for_is_billed_as_quoted(shop: Shop) -> None:
    order = stages.an_approved_order(shop, parts=0)
    case = a_case(shop, order, "PAID", price_minor=PRICE, reason="Wants a new one")
    exchange.appraise(case, **found(fault_confirmed=False), by=shop.actor("chen"), at=shop.later())
    exchange.confirm_appraisal(case, by=shop.actor("qin"), at=shop.later())
    with pytest.raises(exchange.ChoiceNotGiven):
        exchange.approve(case, choice="REFUND", by=shop.actor("nie"), at=shop.later())
    exchange.approve(case, choice="EXCHANGE", by=shop.actor("nie"), at=shop.later())
    exchange.allocate(case, other=a_unit(shop), by=shop.actor("shen"), at=shop.later())
    assert cashier.draw_bill(fresh(order), by=shop.actor("cai"), at=shop.later()).total_minor == stages.MIN_LABOUR


@pytest.mark.shows("TG-9")
def test_thirty_days_on_the_bench_open_the_case(shop: Shop, clock: Any) -> None:
    order: Any = stages.a_diagnosed_order(shop, bought=NEW)
    thirty = order.received_at + timedelta(days=30)
    assert workorder.raise_rights(order, by=clock, at=thirty) is None
    shop.now = thirty + timedelta(days=1)
    case = a_case(shop, order, "30D_REPAIRER", price_minor=PRICE)
    assert (queries.choices(case), case.came_from) == ((Choice.EXCHANGE,), State.DIAGNOSING)
    assert workorder.raise_rights(fresh(order), by=clock, at=shop.later(days=70)) is None


@pytest.mark.shows("EX-5", "TG-10")
def test_ninety_days_without_a_part_open_the_case_on_day_91(shop: Shop, clock: Any) -> None:
    order: Any = stages.a_diagnosed_order(shop, bought=NEW)
    chen = shop.actor("chen")
    workshop.approve_free(order, by=chen, at=shop.later())
    request = stages.a_requested_part(shop, fresh(order))
    storeroom.answer_none(request, by=shop.actor("shen"), at=shop.later())
    day = shop.unit.day(shop.now)
    proposed = workshop.propose_commitment(
        fresh(order), cause=DelayCause.NO_STOCK, basis="The factory's word", promised_part_on=day + timedelta(days=20),
        promised_ready_at=shop.now + timedelta(days=25), remedy=Remedy.EXCHANGE, by=chen, at=shop.later(),
    )  # fmt: skip
    workshop.sign_commitment(proposed, signature=shop.a_signature(), by=shop.reception, at=shop.later())
    workshop.wait_for_parts(fresh(order), by=chen, at=shop.later())
    order = fresh(order)
    ninety = order.received_at + timedelta(days=90)
    assert workorder.raise_rights(order, by=clock, at=ninety) is None
    raised: Any = workorder.raise_rights(order, by=clock, at=ninety + timedelta(days=1))
    assert [each["ground"] for each in raised.rights] == ["90D_PARTS"]
    shop.now = ninety + timedelta(days=1, hours=1)
    case = an_approved_case(shop, order, ground="90D_PARTS", price_minor=PRICE)
    assert (case.choice, case.came_from) == ("EXCHANGE", State.WAITING_PARTS)
    proposed.refresh_from_db()
    request.refresh_from_db()
    assert (proposed.state, request.state) == ("VOID", "CANCELLED"), "nobody waits for the part any more"
