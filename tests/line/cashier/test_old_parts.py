"""The customer's old parts at the hand-over: given back, or left with us by the customer's own signature (C10)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel.refusing import Invalid
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.actions import delivery
from guiju.line.cashier.models import HandOver
from guiju.line.cashier.rules import OldParts
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom import queries as store
from guiju.line.storeroom.rules import OldPartOutcome
from guiju.line.workorder.models import WorkOrder
from tests.line import stages
from tests.line.cast_line import Shop, fresh
from tests.oversight.papers.reading import squeezed, words_on
from tests.oversight.papers.test_gathering import print_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def hand_over(shop: Shop, order: WorkOrder, said: OldParts | None, *, is_signed: bool = False) -> HandOver:
    signature = shop.a_signature() if is_signed else None
    how = stages.handing_over(order, old_parts=said, old_parts_settled=said is not None, signature=signature)
    return cashier.hand_over(order, **how, by=shop.actor("cai"), at=shop.later())


@pytest.mark.shows("C10")
def test_nobody_goes_home_without_an_answer_about_the_old_parts(shop: Shop) -> None:
    order = stages.a_paid_order(shop)
    with pytest.raises(delivery.NotReleased, match="old parts"):
        hand_over(shop, order, None)
    assert fresh(order).state == "READY"
    assert hand_over(shop, order, OldParts.RETURNED).old_parts == "RETURNED"


@pytest.mark.shows("C10")
@pytest.mark.parametrize("said", [OldParts.SHOWN, OldParts.WAIVED])
def test_what_stays_here_stays_by_signature(shop: Shop, said: OldParts) -> None:
    order = stages.a_paid_order(shop)
    with pytest.raises(delivery.NotReleased, match="signs that the old parts stay here"):
        hand_over(shop, order, said)
    assert fresh(order).state == "READY"
    assert hand_over(shop, order, said, is_signed=True).old_parts == said
    assert {old.outcome for old in store.old_parts_of(order)} == {"WAIVED"}


@pytest.mark.shows("C10", "WO-9")
def test_what_was_given_back_is_the_customers_and_nobody_waives_it_at_the_bench(shop: Shop) -> None:
    order = stages.a_paid_order(shop)
    hand_over(shop, order, OldParts.RETURNED)
    assert {old.outcome for old in store.old_parts_of(order)} == {"RETURN_TO_CUSTOMER"}
    other, request = stages.a_repairing_order(shop)
    assert request is not None
    with pytest.raises(Invalid, match="at the hand-over"):
        storeroom.record_old_part(
            request, quantity=1, condition="Burnt out", outcome=OldPartOutcome.WAIVED, by=shop.actor("chen"),
            at=shop.later(),
        )  # fmt: skip
    assert store.old_parts_of(other) == []


@pytest.mark.shows("C10")
def test_the_report_says_what_became_of_them(shop: Shop) -> None:
    order = stages.a_paid_order(shop)
    hand_over(shop, order, OldParts.WAIVED, is_signed=True)
    printed = print_of(fresh(order), "report", shop)
    assert printed is not None
    assert squeezed("Not wanted, by signature") in words_on(printed)


@pytest.mark.no_books
def test_the_database_keeps_no_waiver_without_a_signature(shop: Shop) -> None:
    order = stages.a_paid_order(shop)
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOver.objects.create(
            order=order, proof="CLAIM_CODE", demonstrated=True, old_parts_settled=True, old_parts="WAIVED",
            handed_by=shop.cast.people["cai"], at=shop.now,
        )  # fmt: skip
