"""A shop of one person buys alone: where its figure allows it, with a reason, and the brand's auditor looks at each case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.books.stock import actions as stock
from guiju.books.stock import queries as lying
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Invalid, NotAllowed, WrongState, broken_constraints
from guiju.readiness.supply import actions as supply
from guiju.readiness.supply import queries
from guiju.readiness.supply.actions import few, requests, sourcing
from guiju.readiness.supply.models import PurchaseOrder, PurchaseRequest
from guiju.standing.people import actions as people
from guiju.standing.people.queries import actor_of
from guiju.standing.policy import actions as policy
from tests.cast import FOUNDED, NOON
from tests.readiness.supply.market import PRICES, Market

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
BECAUSE = "I am the only one who works here"


class Alone:
    """Du keeps the shop DU01: keeper, manager, buyer and finance in one; head office allows so few as is said."""

    def __init__(self, market: Market, least: int = 1, *, hands: int = 1) -> None:
        self.market, cast = market, market.cast
        then: dict[str, Any] = {"by": cast.actors["ad"], "at": FOUNDED}
        self.unit = people.create_unit(
            code="DU01", names={"en": "Du"}, kind="OUTLET", parent=cast.units["HQ"], by=cast.actors["nie"], at=FOUNDED
        )
        cast.units["DU01"] = self.unit
        for name in ("du", "dan", "deng2")[:hands]:
            person = people.hire(unit=self.unit, number=f"P-{name}", name=name, **then)
            for role in ("SK", "OM", "PU", "FI"):
                people.grant_role(person, role=role, unit=self.unit, starts_on=self.unit.day(FOUNDED), **then)
            actor = actor_of(person, NOON)
            assert actor is not None
            market.actors[name] = actor
        if least < 5:
            # Above the shop: its own figure only asks for more.
            policy.set_value(
                "pur.people_min", unit=cast.units["HQ"], value=least, starts_on=self.unit.day(NOON), reason="One person works there",
                by=cast.actors["xu"], at=NOON,
            )  # fmt: skip
        store = stock.open_store(
            self.unit, code="D1", names={"en": "Parts"}, kind="OUTLET", by=market.actor("du"), at=FOUNDED
        )
        self.bin = stock.add_bin(store, code="A-1", by=market.actor("du"), at=FOUNDED)

    def asked(self, *, few_do: bool = True) -> PurchaseRequest:
        row = self.market.submitted(4, by="du", unit="DU01")
        return supply.buy_with_few(row, because=BECAUSE, **self.market.at("du")) if few_do else row

    def ordered(self, row: PurchaseRequest, *, buyer: str = "du", approver: str = "du") -> PurchaseOrder:
        market = self.market
        found = supply.source([row], unit=self.unit, **market.at(buyer))
        supply.take_quote(
            found, supplier=market.suppliers["HAI"], valid_until=market.today + timedelta(days=9), basis="List", **market.at(buyer)
        )  # fmt: skip
        supply.award(found.quotes.get(), **market.at(buyer))
        order = supply.approve_order(supply.draft_order(found, **market.at(buyer)), **market.at(approver))
        supply.send_order(order, **market.at(buyer))
        return supply.confirm_order(
            order, expected_on=market.today + timedelta(days=7), total_minor=order.total_minor, **market.at(buyer)
        )

    def came(self, order: PurchaseOrder, by: str = "du") -> None:
        market = self.market
        receipt = market.came(order, 4, by=by, unit="DU01")
        market.inspected(receipt, by=by)
        supply.put_away(
            receipt, bins=dict.fromkeys(receipt.lines.values_list("pk", flat=True), self.bin), **market.at(by)
        )

    def paid(self, order: PurchaseOrder, by: str = "du") -> Any:
        market = self.market
        account = supply.ask_bank(
            order.supplier, holder="Hai", bank="ICBC", account="6222 0001", basis="Letter", **market.at("pan")
        )
        supply.verify_bank(account, verified="Rang", **market.at("xu"))
        bill = supply.BilledLine(order.lines.get().pk, 4, PRICES["HAI"])
        invoice = supply.enter_invoice(
            order, reference="I-1", amount_minor=4 * PRICES["HAI"], lines=[bill], **market.at(by)
        )
        supply.match_invoice(invoice, **market.at(by))
        return supply.pay_invoice(invoice, payment="T-1", **market.at(by))


@pytest.mark.shows("PUR-2", "Q-12")
def test_one_person_asks_approves_buys_receives_and_pays_and_the_auditor_reviews_it(market: Market) -> None:
    _ = market.suppliers
    shop = Alone(market)
    row = shop.asked()
    assert (row.people_min, row.few_because) == (1, BECAUSE)
    order = shop.ordered(market.approve(row, by="du"))
    shop.came(order)
    assert lying.on_hand(market.drum, shop.bin.store) == 4
    assert shop.paid(order).state == "PAID"
    assert list(queries.nobody_has_two_hands_in_one_purchase()) == []
    row.refresh_from_db()
    # Whoever reviews emergencies does not review this; nor does somebody who is no auditor.
    with pytest.raises(requests.ForTheAuditor):
        supply.review_emergency(row.review, was_justified=True, note="Seen", **market.at("xu"))
    with pytest.raises(NotAllowed):
        supply.review_few(row.review, was_justified=True, note="Seen", **market.at("du"))
    with pytest.raises(Invalid):
        supply.review_few(row.review, was_justified=True, note=" ", **market.at("an"))
    review = supply.review_few(
        row.review, was_justified=False, note="Guangzhou could have approved it", **market.at("an")
    )
    assert review.was_justified is False
    with pytest.raises(WrongState):
        supply.review_few(review, was_justified=True, note="Again", **market.at("an"))
    # What was judged stays judged.
    for change, name in (
        ({"people_min": 5, "few_because": ""}, "an_approved_purchase_keeps_its_people"),
        ({"few_because": ""}, "a_purchase_by_few_says_why"),
    ):
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            PurchaseRequest.objects.filter(pk=row.pk).update(**change)
        assert name in broken_constraints(refused.value)


@pytest.mark.shows("PUR-2")
def test_without_the_case_or_with_more_people_everything_is_as_strict_as_anywhere(market: Market) -> None:
    _ = market.suppliers
    shop = Alone(market, 2, hands=2)
    row = shop.asked(few_do=False)
    with pytest.raises(requests.YourOwnRequest), transaction.atomic():
        market.approve(row, by="du")
    with pytest.raises(Invalid):
        supply.buy_with_few(row, because="Alone", **market.at("du"))
    with pytest.raises(NotAllowed):
        supply.buy_with_few(row, because=BECAUSE, **market.at("an"))
    row = supply.buy_with_few(row, because=BECAUSE, **market.at("du"))
    # Two of two: whichever hand the second one takes, somebody takes one.
    order = shop.ordered(market.approve(row, by="du"))
    shop.came(order)
    with pytest.raises(few.TooFewPeople):
        shop.paid(order)
    supply.pay_invoice(order.invoices.get(), payment="T-1", **market.at("dan"))
    with pytest.raises(WrongState):
        supply.buy_with_few(row, because=BECAUSE, **market.at("du"))


def _lets_itself_off(market: Market) -> PurchaseRequest:
    shop = Alone(market, 5)
    policy.set_value(
        "pur.people_min", unit=shop.unit, value=1, starts_on=shop.unit.day(NOON), reason="I am alone", by=market.actor("du"), at=NOON
    )  # fmt: skip
    return shop.asked()


@pytest.mark.parametrize(
    "why", ["the figure says five", "it lets itself off", "three work there", "a strict purchase beside"]
)
def test_who_is_refused(market: Market, why: str) -> None:
    _ = market.suppliers
    refusals: dict[str, Callable[[], Any]] = {
        "the figure says five": lambda: Alone(market, 5).asked(),
        "it lets itself off": lambda: _lets_itself_off(market),
        "three work there": lambda: Alone(market, 1, hands=3).asked(),
        "a strict purchase beside": lambda: Alone(market).asked(few_do=False),
    }
    if why == "a strict purchase beside":
        row = refusals[why]()
        market.approve(row, by="xu")
        with pytest.raises(sourcing.HadAHand):
            supply.source([row], unit=market.cast.units["DU01"], **market.at("du"))
        return
    with pytest.raises(few.NotSoSmall):
        refusals[why]()


def test_the_database_lets_nobody_call_a_strict_order_a_small_one(market: Market) -> None:
    order = market.ordered(market.asked(4))
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        PurchaseOrder.objects.filter(pk=order.pk).update(people_min=1)
    assert "an_order_is_by_as_many_as_its_requests_ask_for" in broken_constraints(refused.value)
    draft = market.draft(4)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        PurchaseRequest.objects.filter(pk=draft.pk).update(
            people_min=1,
            few_because=BECAUSE,
            state="APPROVED",
            weight_minor=1,
            decided_by=draft.requested_by,
            decided_at=NOON,
        )
    assert "a_purchase_by_few_is_reviewed" in broken_constraints(refused.value)
    assert isinstance(market.actor("shen"), Actor)
