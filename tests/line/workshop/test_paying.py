"""Each line of a quote says who pays and by which clause; what is covered costs the customer nothing (B03-B05)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from guiju.line.cashier import actions as cashier
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom.rules import OldPartOutcome
from guiju.line.workorder import actions as workorder
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.actions.paying import AllCovered
from guiju.line.workshop.actions.repair import NotQuoted
from guiju.line.workshop.models import Quote
from guiju.line.workshop.rules import Consent
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.warranty.rules import Payer
from tests.cast import FOUNDED
from tests.line import stages
from tests.line.cast_line import Shop, fresh, names

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

# Two years old on the Monday of the tests: the whole unit's year is over, the main parts' three are not.
OLD = {"purchased_on": date(2024, 10, 1)}


@pytest.fixture
def motor(shop: Shop) -> Any:
    """A main part of a washing machine, which is on no price list."""
    return catalogue.add_part(
        code="MOTOR-1", names=names("Motor"), lines=[shop.line], part_class="MOTOR", by=shop.actor("nie"), at=FOUNDED
    )


def a_quote(shop: Shop, order: Any, *offers: workshop.Offer) -> Quote:
    return workshop.draft_quote(order, offers=offers, service_hours=8, by=shop.actor("chen"), at=shop.later())


@pytest.mark.shows("B03", "B04", "TG-5", "WO-4")
def test_a_main_part_is_the_brands_and_the_rest_is_the_customers(shop: Shop, motor: Any) -> None:
    _ = shop.price_list
    order = stages.a_diagnosed_order(shop, bought=OLD)
    assert order.coverage == "OUT_OF_WARRANTY"
    quote = a_quote(shop, order, *stages.offers(shop), workshop.Offer(part=motor))
    assert [line.code for line in quote.lines.all()] == ["LABOUR-WASHER", "COMP-1"]
    assert quote.total_minor == stages.MIN_LABOUR + stages.MIN_COMPRESSOR
    (free,) = quote.covered_lines
    assert (free.code, free.paid.payer, free.paid.proof.source) == ("MOTOR-1", Payer.BRAND, "TG-5 [G] CN-1995") or (
        free.paid.proof.source.startswith(("TG-4, TG-5", "TG-5"))
    )
    assert quote.coverage_version
    why = quote.lines.all()[0].why_paid
    assert why is not None
    assert (why.payer, why.is_free) == (Payer.CUSTOMER, False)


@pytest.mark.shows("WTY-6", "I29")
def test_what_is_covered_is_sealed_with_the_quote(shop: Shop, motor: Any) -> None:
    _ = shop.price_list
    order = stages.a_diagnosed_order(shop, bought=OLD)
    quote = a_quote(shop, order, *stages.offers(shop, parts=0), workshop.Offer(part=motor, quantity=2))
    workshop.issue_quote(quote, by=shop.reception, at=shop.later())
    assert quote.content()["options"][0]["covered"] == [["MOTOR-1", 2, "BRAND"]]
    again = a_covers_again(shop, order, motor)
    assert again == quote.covered[0]["paid"], "the same decision always gives the same shares"


def a_covers_again(shop: Shop, order: Any, motor: Any) -> Any:
    from guiju.line.workshop.actions import paying

    return paying.shares(fresh(order), [*stages.offers(shop, parts=0), workshop.Offer(part=motor)]).covered[0]["paid"]


def test_a_covered_part_is_fitted_without_being_charged(shop: Shop, motor: Any) -> None:
    _ = shop.price_list
    order = stages.a_diagnosed_order(shop, bought=OLD)
    quote = a_quote(shop, order, *stages.offers(shop, parts=0), workshop.Offer(part=motor))
    workshop.issue_quote(quote, by=shop.reception, at=shop.later())
    workshop.approve_quote(
        Quote.objects.select_related("order").get(pk=quote.pk), how=Consent.RECORDED, note="Call of noon", by=shop.reception,
        at=shop.later(),
    )  # fmt: skip
    chen, shen = shop.actor("chen"), shop.actor("shen")
    asked = storeroom.request_part(fresh(order), part=motor, quantity=2, by=chen, at=shop.later())
    bin_ = stages.a_bin(shop)
    storeroom.receive_stock(part=motor, bin=bin_, quantity=2, document="DN-9", by=shen, at=shop.later())
    storeroom.answer_available(asked, bin=bin_, by=shen, at=shop.later())
    issued = storeroom.issue(asked, by=shen, at=shop.later())
    workshop.start_repair(fresh(order), by=chen, at=shop.later())
    done: dict[str, Any] = {"old_condition": "Burnt", "old_outcome": OldPartOutcome.SCRAP, "by": chen}
    with pytest.raises(NotQuoted):
        workshop.fit_part(issued, quantity=2, **done, at=shop.later())
    workshop.fit_part(issued, quantity=1, **done, at=shop.later())


@pytest.mark.shows("WTY-7")
def test_a_managers_word_is_the_clause_of_every_line(shop: Shop) -> None:
    _ = shop.price_list
    order = stages.a_diagnosed_order(shop)
    workorder.override_coverage(
        order, coverage="OUT_OF_WARRANTY", reason="Opened by somebody else", by=shop.actor("nie"), at=shop.later()
    )
    quote = a_quote(shop, fresh(order), *stages.offers(shop))
    said = {str(line.why_paid.proof.said) for line in quote.lines.all() if line.why_paid}
    assert said == {"Opened by somebody else"}


def test_where_all_is_covered_there_is_nothing_to_quote(shop: Shop, motor: Any) -> None:
    _ = shop.price_list, cashier
    order = stages.a_diagnosed_order(shop, bought=OLD)
    with pytest.raises(AllCovered):
        a_quote(shop, order, workshop.Offer(part=motor))
