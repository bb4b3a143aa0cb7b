"""Another model in the place of one that is not to be had: its price, the customer's name under the difference, and the money (3.5)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.books.money import queries as book
from guiju.books.money.rules import MoneyKind
from guiju.kernel.refusing import NotAllowed, WrongState
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.actions.delivery import NotReleased
from guiju.line.cashier.actions.units import BankReferenceMissing
from guiju.line.cashier.models import BillLine
from guiju.line.cashier.rules import Method
from guiju.line.exchange import actions as exchange
from guiju.line.exchange import queries
from guiju.line.exchange.models import ExchangeCase, UnitOffer
from guiju.line.exchange.rules import difference
from guiju.standing.policy import actions as policy
from tests.line import stages
from tests.line.cast_line import Shop, fresh, told
from tests.line.exchange.conftest import PRICE, a_unit, an_agreed_case, an_allocated_case, an_approved_case

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def handed_over(shop: Shop, case: ExchangeCase) -> ExchangeCase:
    given = stages.handing_over(fresh(case.order), signature=shop.a_signature())
    cashier.hand_over(fresh(case.order), **given, by=shop.actor("cai"), at=shop.later())
    return ExchangeCase.objects.get(pk=case.pk)


def kept(shop: Shop, case: ExchangeCase) -> ExchangeCase:
    offer: Any = queries.offer_of(case)
    return exchange.allocate(case, other=offer.other, by=shop.actor("shen"), at=shop.later())


@pytest.mark.shows("S6-20", "WTY-4")
def test_what_a_dearer_model_costs_more_is_signed_for_billed_and_paid(shop: Shop, twice_repaired: Any) -> None:
    case = an_approved_case(shop, order := twice_repaired())
    dearer = a_unit(shop, "DEAR-1", model=None, price_minor=PRICE + 45_000)
    with pytest.raises(NotAllowed):
        exchange.offer_unit(case, other=dearer, by=shop.actor("shen"), at=shop.later())
    with pytest.raises(exchange.PriceStands):
        exchange.offer_unit(case, other=dearer, price_minor=PRICE, by=shop.reception, at=shop.later())
    case = exchange.offer_unit(case, other=dearer, by=shop.reception, at=shop.later())
    offer: Any = queries.offer_of(case)
    assert (case.state, offer.difference_minor, offer.is_new, offer.is_same_model) == (
        "OPTION_OFFERED",
        45_000,
        True,
        False,
    )
    assert next(iter(told("exchange.UnitOffered")))["difference_minor"] == 45_000
    with pytest.raises(exchange.NotAgreed):
        exchange.allocate(case, other=dearer, by=shop.actor("shen"), at=shop.later())
    with pytest.raises(exchange.NotAgreed):
        exchange.agree_to_unit(case, consent=None, by=shop.reception, at=shop.later())
    exchange.agree_to_unit(case, consent=shop.a_signature(), by=shop.reception, at=shop.later())
    with pytest.raises(exchange.AgreedAlready):
        exchange.agree_to_unit(case, consent=shop.a_signature(), by=shop.reception, at=shop.later())
    case = kept(shop, case)
    assert (case.difference_minor, case.offer_id, case.consent_id) == (
        45_000,
        offer.pk,
        queries.offer_of(case).consent_id,
    )
    bill = cashier.draw_bill(fresh(order), by=shop.actor("cai"), at=shop.later())
    (line,) = bill.lines.all()
    assert (bill.total_minor, line.kind, line.offer_id, line.amount_minor) == (45_000, "UNIT", offer.pk, 45_000)
    assert "DEAR-1" in line.description
    with pytest.raises(NotReleased):
        handed_over(shop, case)
    stages.an_open_till(shop)
    cashier.take_payment(
        bill, method=Method.CASH, amount_minor=45_000, tendered_minor=50_000, by=shop.actor("cai"), at=shop.later()
    )
    assert handed_over(shop, case).state == "EXCHANGED"
    with pytest.raises(exchange.NoDifference):
        cashier.refund_difference(case, bank_ref="TT-9", by=shop.actor("xu"), at=shop.later())


@pytest.mark.shows("S6-20", "FIN-3")
def test_what_a_cheaper_model_costs_less_goes_back_by_another_hand(shop: Shop, twice_repaired: Any) -> None:
    case = kept(shop, an_agreed_case(shop, order := twice_repaired(), price_minor=PRICE - 30_000))
    assert cashier.draw_bill(fresh(order), by=shop.actor("cai"), at=shop.later()).total_minor == 0
    case = handed_over(shop, case)
    with pytest.raises(exchange.DifferenceOwed):
        exchange.dispose_old(case, disposition="SCRAP", by=shop.actor("shen"), at=shop.later())
    with pytest.raises(BankReferenceMissing):
        cashier.refund_difference(case, bank_ref=" ", by=shop.actor("xu"), at=shop.later())
    with pytest.raises(NotAllowed):
        cashier.refund_difference(case, bank_ref="TT-5", by=shop.actor("cai"), at=shop.later())
    paid = cashier.refund_difference(case, bank_ref="TT-5", by=shop.actor("xu"), at=shop.later())
    assert (paid.difference_minor, paid.difference_ref, paid.difference_number[:3]) == (-30_000, "TT-5", "UR-")
    assert book.balance(MoneyKind.UNITS_REFUNDED, order.number, unit=order.unit) == 30_000
    assert next(iter(told("cashier.DifferenceRefunded")))["amount_minor"] == 30_000
    with pytest.raises(exchange.NoDifference):
        cashier.refund_difference(case, bank_ref="TT-5", by=shop.actor("xu"), at=shop.later())
    assert exchange.dispose_old(case, disposition="SCRAP", by=shop.actor("shen"), at=shop.later()).state == "CLOSED"


def test_who_granted_the_exchange_does_not_pay_the_difference(shop: Shop, twice_repaired: Any) -> None:
    case = an_agreed_case(shop, twice_repaired(), price_minor=PRICE - 1)
    ExchangeCase.objects.filter(pk=case.pk).update(decided_by=shop.cast.people["xu"].pk)
    case = kept(shop, case)
    with pytest.raises(exchange.SamePerson):
        cashier.refund_difference(case, bank_ref="TT-6", by=shop.actor("xu"), at=shop.later())
    assert cashier.refund_difference(case, bank_ref="TT-6", by=shop.actor("fang"), at=shop.later()).difference_number


def test_a_unit_without_a_price_is_priced_when_it_is_offered(shop: Shop, twice_repaired: Any) -> None:
    case = an_approved_case(shop, twice_repaired())
    other = a_unit(shop, "OTHER-1", model=None)
    with pytest.raises(exchange.UnitUnpriced):
        exchange.offer_unit(case, other=other, by=shop.reception, at=shop.later())
    exchange.offer_option(case, by=shop.reception, at=shop.later())
    with pytest.raises(exchange.NothingOffered):
        exchange.agree_to_unit(case, consent=shop.a_signature(), by=shop.reception, at=shop.later())
    exchange.offer_unit(case, other=other, price_minor=PRICE + 1, by=shop.reception, at=shop.later())
    # Another one is offered after it: what was offered first binds nobody.
    second = a_unit(shop, "OTHER-2", model=None, price_minor=PRICE)
    exchange.offer_unit(case, other=second, by=shop.reception, at=shop.later())
    exchange.agree_to_unit(case, consent=shop.a_signature(), by=shop.reception, at=shop.later())
    with pytest.raises(exchange.NotAgreed):
        exchange.allocate(case, other=other, by=shop.actor("shen"), at=shop.later())
    assert kept(shop, case).difference_minor == 0
    assert difference(paid_minor=PRICE, price_minor=PRICE - 5) == -5


def test_a_withdrawn_case_ends_what_was_offered(shop: Shop, twice_repaired: Any) -> None:
    case = an_agreed_case(shop, twice_repaired())
    exchange.withdraw(case, by=shop.reception, at=shop.later())
    assert queries.offer_of(case) is None
    with pytest.raises(WrongState):
        exchange.agree_to_unit(case, consent=shop.a_signature(), by=shop.reception, at=shop.later())


@pytest.mark.shows("3.5")
def test_what_the_customer_does_not_want_is_over_and_something_else_is_offered(shop: Shop, twice_repaired: Any) -> None:
    case = an_approved_case(shop, twice_repaired())

    def decline(note: str = "", by: str = "lin") -> ExchangeCase:
        return exchange.decline_unit(case, note=note, by=shop.actor(by), at=shop.later())

    with pytest.raises(WrongState):
        decline()
    other = a_unit(shop, "OTHER-1", model=None, price_minor=PRICE)
    exchange.offer_unit(case, other=other, by=shop.reception, at=shop.later())
    with pytest.raises(NotAllowed):
        decline(by="shen")
    assert decline("  A white one, please ").state == "OPTION_OFFERED"
    assert queries.offer_of(case) is None
    (gone,) = queries.declined_of(case)
    assert (gone.other_id, gone.declined_note, gone.ended_at) == (other.pk, "A white one, please", gone.declined_at)
    assert next(iter(told("exchange.UnitDeclined")))["note"] == "A white one, please"
    with pytest.raises(exchange.NothingOffered):
        decline()
    with pytest.raises(exchange.NothingOffered):
        exchange.agree_to_unit(case, consent=shop.a_signature(), by=shop.reception, at=shop.later())
    # The unit stands free again, and may be offered once more; what was agreed to is not declined any more.
    exchange.offer_unit(case, other=other, by=shop.reception, at=shop.later())
    exchange.agree_to_unit(case, consent=shop.a_signature(), by=shop.reception, at=shop.later())
    with pytest.raises(exchange.AgreedAlready):
        decline()


@pytest.mark.shows("3.5")
def test_the_case_keeps_what_the_brand_owes_the_outlet(shop: Shop, twice_repaired: Any) -> None:
    unset = an_allocated_case(shop, twice_repaired())
    cashier.draw_bill(fresh(unset.order), by=shop.actor("cai"), at=shop.later())
    assert handed_over(shop, unset).outlet_fee_minor == 0, "the brand has set none"
    policy.set_value(
        "stl.exchange_fee", unit=shop.unit, value=6000, starts_on=shop.unit.day(shop.now), reason="The table of fees",
        by=shop.actor("xu"), at=shop.later(),
    )  # fmt: skip
    case = an_approved_case(shop, twice_repaired())
    exchange.allocate(case, other=a_unit(shop, "NEW-7"), by=shop.actor("shen"), at=shop.later())
    cashier.draw_bill(fresh(case.order), by=shop.actor("cai"), at=shop.later())
    done = handed_over(shop, case)
    assert (done.outlet_fee_minor, bool(done.outlet_fee_source)) == (6000, True)


def broken(case: ExchangeCase, **columns: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ExchangeCase.objects.filter(pk=case.pk).update(**columns)


def test_the_database_holds_what_was_agreed_to(shop: Shop, twice_repaired: Any) -> None:
    case = an_agreed_case(shop, twice_repaired(), price_minor=PRICE + 7_000)
    offer: Any = queries.offer_of(case)
    for columns in (
        {"price_minor": PRICE}, {"agreed_at": None}, {"consent": shop.a_signature()}, {"difference_minor": 1},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            UnitOffer.objects.filter(pk=offer.pk).update(**columns)
    told: Any = {"is_new": True, "is_same_model": False, "offered_at": shop.now, "case": case, "other": offer.other}
    for price, more in ((PRICE, 5), (0, -PRICE)):
        sums = {"paid_minor": PRICE, "price_minor": price, "difference_minor": more}
        with pytest.raises(IntegrityError), transaction.atomic():
            UnitOffer.objects.create(**told, **sums, ended_at=shop.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitOffer.objects.create(**told, paid_minor=PRICE, price_minor=PRICE, difference_minor=0)
    case = kept(shop, case)
    broken(case, difference_minor=1)
    broken(case, offer=None)
    broken(case, consent=shop.a_signature())
    broken(case, difference_number="UR-1")
    broken(case, outlet_fee_minor=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(offer.other).objects.filter(pk=offer.other_id).update(price_minor=1)
    bill = cashier.draw_bill(fresh(case.order), by=shop.actor("cai"), at=shop.later())
    with pytest.raises(IntegrityError), transaction.atomic():
        type(bill).objects.filter(pk=bill.pk).update(total_minor=bill.total_minor + 1)
    wrong: Any = {"bill": bill, "kind": "UNIT", "quantity": 1}
    with pytest.raises(IntegrityError), transaction.atomic():
        BillLine.objects.create(**wrong, unit_minor=5, list_min_minor=5, list_max_minor=5, amount_minor=5)
    other = kept(shop, an_agreed_case(shop, twice_repaired(), price_minor=PRICE + 5, serial="OTHER-5"))
    with pytest.raises(IntegrityError), transaction.atomic():
        BillLine.objects.create(
            **wrong, offer=other.offer, unit_minor=5, list_min_minor=5, list_max_minor=5, amount_minor=5
        )
