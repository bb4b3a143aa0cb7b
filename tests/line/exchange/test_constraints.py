"""What the database itself refuses of exchanges, whatever the code above it does: each sentence by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from guiju.kernel.refusing import broken_constraints
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.models import BillLine
from guiju.line.exchange import actions as exchange
from guiju.line.exchange import queries
from guiju.line.exchange.models import ExchangeCase, ExchangeUnit, UnitOffer
from tests.line import stages
from tests.line.cast_line import Shop, fresh
from tests.line.exchange.conftest import (
    PRICE,
    a_case,
    a_unit,
    an_agreed_case,
    an_allocated_case,
    an_appraised_case,
    an_approved_case,
    found,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.no_books]

Refused = tuple[str, Mapping[str, Any]]


def refused(name: str, row: models.Model, **columns: Any) -> None:
    """The database does not take these columns, and says which sentence they break."""
    rows: Any = type(row)
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        rows._base_manager.filter(pk=row.pk).update(**columns)
    assert name in broken_constraints(error.value), (name, columns, str(error.value))


def not_made(name: str, make: Callable[[], Any]) -> None:
    """The same of a row that is new."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make()
    assert name in broken_constraints(error.value), (name, str(error.value))


def handed_over(shop: Shop, case: ExchangeCase) -> ExchangeCase:
    """The customer has the other unit."""
    cashier.draw_bill(fresh(case.order), by=shop.actor("cai"), at=shop.later())
    given = stages.handing_over(fresh(case.order), signature=shop.a_signature())
    cashier.hand_over(fresh(case.order), **given, by=shop.actor("cai"), at=shop.later())
    return ExchangeCase.objects.get(pk=case.pk)


@pytest.mark.shows("3.5", "5.4")
def test_of_a_case_that_is_asked_for_and_appraised(shop: Shop, twice_repaired: Any) -> None:
    case = a_case(shop, twice_repaired())
    chen, qin = shop.cast.people["chen"], shop.cast.people["qin"]
    refused("exchange_case_is_in_a_known_state_for_a_known_ground", case, ground="MOOD")
    refused("exchange_case_is_in_a_known_state_for_a_known_ground", case, came_from="NOWHERE")
    refused("exchange_case_names_what_was_paid", case, price_minor=0)
    refused("exchange_appraisal_says_what_was_found", case, appraised_at=shop.now)
    refused("exchange_granted_says_what_was_chosen", case, state="APPROVED")
    refused("exchange_is_rejected_for_a_reason", case, state="REJECTED")
    not_made(
        "exchange_case_is_open_once_for_an_order",
        lambda: ExchangeCase.objects.create(
            number="EX-TWICE", order=case.order, came_from="RECEIVED", ground="GOODWILL", price_minor=1, currency="CNY",
            requested_by_name="lin", requested_at=shop.now,
        ),
    )  # fmt: skip
    exchange.appraise(case, **found(), by=shop.actor("chen"), at=shop.later())
    refused("exchange_appraisal_is_confirmed_by_another", case, confirmed_at=shop.now, confirmed_by=chen)
    exchange.appraise(case, **found(proof_verified=False), by=shop.actor("chen"), at=shop.later())
    refused("exchange_appraisal_confirms_fault_serial_and_proof", case, confirmed_at=shop.now, confirmed_by=qin)
    refused("exchange_is_approved_by_somebody_else", case, choice="EXCHANGE")


@pytest.mark.shows("WTY-4", "TG-16")
def test_of_a_unit_and_of_one_that_is_kept(shop: Shop, twice_repaired: Any) -> None:
    case = an_allocated_case(shop, twice_repaired())
    unit: Any = case.other
    told = {"unit": shop.unit, "brand": shop.model.brand, "line": shop.line, "is_new": True, "added_at": shop.now}
    make = ExchangeUnit.objects.create
    not_made(
        "exchange_unit_serial_stands_once_in_a_unit",
        lambda: make(**told, serial="NEW 1", folded_serial=unit.folded_serial),
    )
    not_made("exchange_unit_has_a_serial", lambda: make(**told, serial="-", folded_serial=""))
    not_made(
        "exchange_unit_refurbished_is_never_new", lambda: make(**told, serial="R", folded_serial="r", came_of=case)
    )
    not_made("exchange_unit_costs_something", lambda: make(**told, serial="P", folded_serial="p", price_minor=0))
    refused("exchange_unit_is_retired_for_a_reason", unit, retired_at=shop.now)
    refused("exchange_unit_is_never_edited", unit, serial="ANOTHER")
    second = an_approved_case(shop, twice_repaired())
    agreed = {"is_new": True, "is_same_model": True}
    refused("exchange_unit_goes_to_one_customer", second, other=unit, **agreed)
    free = a_unit(shop, "USED-7", is_new=False)
    refused("exchange_unit_used_or_other_was_agreed_in_writing", second, other=free, is_new=False, is_same_model=True)
    refused("exchange_done_knows_both_units", second, state="EXCHANGED")


@pytest.mark.shows("3.5")
def test_of_an_offer_and_its_difference(shop: Shop, twice_repaired: Any) -> None:
    case = an_agreed_case(shop, twice_repaired(), price_minor=PRICE - 7_000)
    offer: Any = queries.offer_of(case)
    told = {"case": case, "other": offer.other, "is_new": True, "is_same_model": False, "offered_at": shop.now}
    even = {"paid_minor": PRICE, "price_minor": PRICE, "difference_minor": 0}
    make = UnitOffer.objects.create
    not_made("exchange_offer_counts_one_at_a_time", lambda: make(**told, **even))
    not_made("exchange_offer_adds_up", lambda: make(**told, **(even | {"difference_minor": 5}), ended_at=shop.now))
    not_made(
        "exchange_offer_is_agreed_to_by_signature", lambda: make(**told, **even, agreed_at=shop.now, ended_at=shop.now)
    )
    declined = "exchange_offer_declined_is_over_and_was_never_agreed_to"
    refused(declined, offer, declined_at=shop.now, ended_at=shop.now)
    not_made(declined, lambda: make(**told, **even, declined_at=shop.now, ended_at=shop.later()))
    not_made(declined, lambda: make(**told, **even, declined_note="No", ended_at=shop.now))
    refused("exchange_offer_is_never_rewritten", offer, offered_at=shop.later())
    refused("exchange_offer_over_stays_as_it_was_answered", offer, consent=shop.a_signature())
    other = shop.a_signature()
    case = exchange.allocate(case, other=offer.other, by=shop.actor("shen"), at=shop.later())
    refused("exchange_unit_given_is_the_one_that_was_agreed_to", case, consent=other)
    refused("exchange_unit_given_is_the_one_that_was_agreed_to", case, difference_minor=-6_999)
    refused("exchange_difference_was_agreed_to", case, offer=None)
    xu, nie = shop.cast.people["xu"], shop.cast.people["nie"]
    paid = {"difference_number": "UR-1", "difference_ref": "TT-1", "difference_paid_at": shop.now}
    refused("exchange_difference_goes_back_by_another_than_granted_it", case, **paid, difference_paid_by=nie)
    refused("exchange_outlet_fee_names_its_figure", case, outlet_fee_minor=5)
    done = handed_over(shop, case)
    closed = {"state": "CLOSED", "disposition": "SCRAP", "disposed_by": xu, "ended_at": shop.now}
    refused("exchange_closed_owes_no_difference", done, **closed)
    cashier.refund_difference(done, bank_ref="TT-1", by=shop.actor("xu"), at=shop.later())
    second = an_agreed_case(shop, twice_repaired(), price_minor=PRICE - 1, serial="OTHER-2")
    second_offer: Any = queries.offer_of(second)
    second = exchange.allocate(second, other=second_offer.other, by=shop.actor("shen"), at=shop.later())
    number = ExchangeCase.objects.get(pk=done.pk).difference_number
    refused(
        "exchange_difference_number_is_unique", second, **(paid | {"difference_number": number}), difference_paid_by=xu
    )
    refused("exchange_closed_says_what_became_of_the_old_unit", done, state="CLOSED")


@pytest.mark.shows("3.5", "S1-40")
def test_of_the_bill_of_a_dearer_unit(shop: Shop, twice_repaired: Any) -> None:
    case = an_agreed_case(shop, twice_repaired(), price_minor=PRICE + 7_000)
    offer: Any = queries.offer_of(case)
    exchange.allocate(case, other=offer.other, by=shop.actor("shen"), at=shop.later())
    bill = cashier.draw_bill(fresh(case.order), by=shop.actor("cai"), at=shop.later())
    refused("a_bill_stays_within_what_was_approved", bill, total_minor=7_001)
    line: Any = {"bill": bill, "kind": "UNIT", "quantity": 1}
    sum_of: Any = dict.fromkeys(("unit_minor", "list_min_minor", "list_max_minor", "amount_minor"), 7_000)
    not_made("a_bill_line_is_a_part_a_service_or_a_unit", lambda: BillLine.objects.create(**line, **sum_of))
    second = an_agreed_case(shop, twice_repaired(), price_minor=PRICE + 7_000, serial="OTHER-2")
    other: Any = queries.offer_of(second)
    not_made(
        "a_charge_for_a_unit_is_what_was_agreed_to", lambda: BillLine.objects.create(**line, **sum_of, offer=other)
    )


@pytest.mark.shows("3.5", "TG-1")
def test_of_a_refund_and_of_a_case_that_is_over(shop: Shop, twice_repaired: Any) -> None:
    case = an_approved_case(shop, twice_repaired(), "REFUND")
    xu, nie = shop.cast.people["xu"], shop.cast.people["nie"]
    whole = {
        "refund_minor": PRICE, "deduction_minor": 0, "days_used": 0, "settled_at": shop.now, "refund_number": "UR-9", "bank_ref": "TT",
        "paid_by": xu,
    }  # fmt: skip
    refused("exchange_refund_adds_up", case, **(whole | {"refund_minor": PRICE - 1}))
    refused("exchange_refund_has_its_reference", case, **(whole | {"bank_ref": ""}))
    refused("exchange_refund_is_paid_by_another_than_granted_it", case, **(whole | {"paid_by": nie}))
    refused("exchange_refunded_says_how_much", case, state="REFUNDED")
    paid = cashier.refund_unit(case, bank_ref="TT-1", by=shop.actor("xu"), at=shop.later())
    second = an_approved_case(shop, twice_repaired(), "REFUND")
    refused("exchange_refund_number_is_unique", second, **(whole | {"refund_number": paid.refund_number}))
    over = exchange.reject(
        an_appraised_case(shop, twice_repaired()), reason="The plate was changed", by=shop.actor("nie"), at=shop.later()
    )
    refused("exchange_case_over_never_changes", over, decided_note="Another reason")
    not_made("exchange_case_over_never_changes", lambda: ExchangeCase.objects.filter(pk=over.pk)._raw_delete("default"))
