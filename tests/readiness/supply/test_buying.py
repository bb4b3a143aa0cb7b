"""From an approved request to money that may go: sourced by value, ordered within it, received blind, matched, each by somebody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.books.stock import queries as stock
from guiju.kernel.models import News
from guiju.kernel.refusing import Invalid, NotAllowed, Refusal, WrongState
from guiju.readiness.supply import actions as supply
from guiju.readiness.supply import queries
from guiju.readiness.supply.actions import invoices, limits, orders, receipts, sourcing, suppliers
from guiju.readiness.supply.models import GoodsReceipt, OrderLine, PurchaseOrder, ReceiptLine, Sourcing, SupplierInvoice
from guiju.readiness.supply.rules import Billed, Delivered, Method, Score, match, method_for, most_of, score
from tests.readiness.supply.market import PRICES, Market

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.shows("PUR-1", "PUR-2", "PUR-3", "PUR-4", "S2-47", "S2-50", "J06", "J09", "S6-21")
def test_the_way_of_a_purchase_by_seven_people(market: Market) -> None:
    order = market.ordered(market.asked(4))
    assert (order.supplier.code, order.total_minor, order.state) == ("HAI", 40_000, "CONFIRMED")
    supply.appoint_delivery(order, appointed_at=market.now + timedelta(days=7), carrier="SF", **market.at("kuai"))
    market.now += timedelta(days=7)
    receipt = market.came(order, 4)
    assert stock.on_hand(market.drum, market.bin.store) == 0
    with pytest.raises(WrongState):
        market.shelved(receipt)
    receipt = market.inspected(receipt, rejected=1)
    order.refresh_from_db()
    # One was bad: it is owed again.
    assert (receipt.state, order.state) == ("PART_REJECTED", "PART_RECEIVED")
    market.shelved(receipt)
    assert stock.on_hand(market.drum, market.bin.store) == 3

    early = market.billed(order, 4)
    assert supply.match_invoice(early, **market.at("fang")).state == "EXCEPTION"
    market.shelved(market.inspected(market.came(order, 1, note="DN-2")))
    order.refresh_from_db()
    assert order.state == "RECEIVED_FULL"
    assert supply.match_invoice(early, **market.at("fang")).state == "MATCHED"
    with pytest.raises(invoices.NoAccount):
        supply.pay_invoice(early, payment="T-1", **market.at("fang"))
    account = supply.ask_bank(
        order.supplier, holder="Hai", bank="ICBC", account="6222 0001", basis="Letter", **market.at("pan")
    )
    supply.verify_bank(account, verified="Rang Ms Hai", **market.at("xu"))
    # xu approved the order; fang had no hand in it.
    with pytest.raises(invoices.PayerHadAHand), transaction.atomic():
        supply.pay_invoice(early, payment="T-1", **market.at("xu"))
    paid = supply.pay_invoice(early, payment="T-1", **market.at("fang"))
    assert (paid.state, paid.paid_to) == ("PAID", account)
    asked = supply.ask_bank(
        order.supplier, holder="Hai", bank="ICBC", account="6222 6666", basis="A mail", **market.at("pan")
    )
    with transaction.atomic(), pytest.raises(IntegrityError):
        SupplierInvoice.objects.filter(pk=paid.pk).update(paid_to=asked)
    with pytest.raises(WrongState):
        supply.pay_invoice(early, payment="T-1", **market.at("fang"))
    with pytest.raises(invoices.EnteredAlready), transaction.atomic():
        market.billed(order, 1)
    assert queries.score_of(order.supplier, since=market.today - timedelta(days=90)) == Score(1, 100, 80, None)


@pytest.mark.shows("PUR-7", "S2-48")
def test_three_offers_are_compared_or_somebody_else_says_why_not(market: Market) -> None:
    # 6,000 yuan: above five thousand three offers are compared.
    row = market.asked(60, approver="lu")
    _ = market.suppliers
    found = supply.source([row], unit=market.unit, **market.at("ping"))
    assert (found.method, found.quotes_needed) == ("QUOTE_3", 3)
    offer: dict[str, Any] = {"valid_until": market.today + timedelta(days=9), "basis": "By letter"}
    dear = supply.take_quote(found, supplier=market.suppliers["BEI"], **offer, **market.at("ping"))
    cheap = supply.take_quote(found, supplier=market.suppliers["HAI"], **offer, **market.at("ping"))
    with pytest.raises(sourcing.OfferedAlready), transaction.atomic():
        supply.take_quote(found, supplier=market.suppliers["HAI"], **offer, **market.at("ping"))
    with pytest.raises(sourcing.TooFewQuotes):
        supply.award(cheap, **market.at("ping"))
    with transaction.atomic(), pytest.raises(IntegrityError):
        Sourcing.objects.filter(pk=found.pk).update(
            state="AWARDED", awarded_to=cheap, awarded_at=market.now, awarded_on=market.today, reason="x"
        )
    with pytest.raises(Invalid):
        supply.grant_exception(found, **market.at("lu"))
    supply.ask_exception(found, reason="Nobody else makes it", **market.at("ping"))
    with transaction.atomic(), pytest.raises(IntegrityError):
        Sourcing.objects.filter(pk=found.pk).update(excepted_by=found.buyer_id)
    supply.grant_exception(found, **market.at("lu"))
    with pytest.raises(sourcing.NotTheCheapest):
        supply.award(dear, **market.at("ping"))
    supply.award(dear, reason="Two weeks sooner", **market.at("ping"))
    row.refresh_from_db()
    assert row.state == "AWARDED"
    # The dearest is above what was approved.
    with pytest.raises(orders.MoreThanApproved), transaction.atomic():
        supply.draft_order(found, **market.at("ping"))
    with transaction.atomic(), pytest.raises(IntegrityError):
        PurchaseOrder.objects.create(
            number="PO-X", unit=market.unit, supplier=dear.supplier, sourcing=found, currency="CNY", total_minor=631_000,
            approved_minor=600_000, tolerance=500, buyer_id=found.buyer_id, made_at=market.now,
        )  # fmt: skip


def test_a_tender_is_opened_when_it_has_closed(market: Market) -> None:
    _ = market.suppliers
    row = market.approve(market.submitted(600), by="xu", decision="Minutes 7")
    with pytest.raises(Invalid):
        supply.source([row], unit=market.unit, **market.at("ping"))
    closes = market.now + timedelta(days=5)
    found = market.sourced(row, closes_at=closes)
    with pytest.raises(sourcing.TenderOpen):
        supply.award(found.quotes.all()[0], **market.at("ping"))
    market.now = closes
    late = market.supplier("LATE")
    with pytest.raises(sourcing.TenderClosed):
        supply.take_quote(found, supplier=late, prices={}, valid_until=market.today, basis="Late", **market.at("ping"))
    supply.award(found.quotes.all()[0], **market.at("ping"))
    order = supply.draft_order(found, **market.at("ping"))
    with pytest.raises(limits.DecisionMissing):
        supply.approve_order(order, **market.at("xu"))
    supply.approve_order(order, decision="Minutes 7", **market.at("xu"))


@pytest.mark.shows("PUR-5", "S2-46", "J07")
def test_the_demand_of_many_stores_is_one_order_of_the_central_buyer(market: Market) -> None:
    supply.buy_centrally(market.drum, reason="One maker", **market.at("nie"))
    with pytest.raises(suppliers.CentralAlready), transaction.atomic():
        supply.buy_centrally(market.drum, reason="One maker", **market.at("nie"))
    here, there = market.asked(4), market.asked(6, by="tang", unit="GZ02", approver="he")
    with pytest.raises(suppliers.CentralOnly):
        supply.source([here], unit=market.unit, **market.at("ping"))
    with pytest.raises(NotAllowed):
        supply.source([here, there], unit=market.cast.units["HQ"], **market.at("ping"))
    order = market.ordered(here, there, buyer="pan")
    assert [(line.unit.code, line.quantity) for line in order.lines.all()] == [("FS01", 4), ("GZ02", 6)]
    assert list(PurchaseOrder.objects.visible_to(market.actor("tang"))) == [order]
    # Each store receives its own, and nobody the other's.
    with pytest.raises(receipts.TooMany), transaction.atomic():
        market.came(order, 10)
    market.shelved(market.inspected(market.came(order, 4)))
    with pytest.raises(NotAllowed):
        market.came(order, 6, unit="GZ02")
    order.refresh_from_db()
    assert order.state == "PART_RECEIVED"
    supply.close_short(order, reason="The maker has none", **market.at("pan"))
    with pytest.raises(receipts.NothingExpected):
        market.came(order, 1, unit="GZ02", by="tang", note="DN-2")
    # Freed again, an outlet buys it itself; the database asks, whatever the verb forgot.
    supply.stop_buying_centrally(market.drum, reason="Two makers", **market.at("nie"))
    again = market.ordered(market.asked(1))
    line = again.lines.get()
    supply.buy_centrally(market.drum, reason="One maker", **market.at("nie"))
    line.pk = None
    with transaction.atomic(), pytest.raises(IntegrityError, match="only_the_central_buyer"):
        line.save(force_insert=True)


@pytest.mark.shows("PUR-2", "5.4", "J09")
def test_nobody_has_two_hands_in_one_purchase(market: Market) -> None:
    own = market.asked(1, by="ping")
    _ = market.suppliers
    with pytest.raises(sourcing.HadAHand):
        supply.source([own], unit=market.unit, **market.at("ping"))
    by_lu = market.asked(1, by="lu")
    order = supply.draft_order(market.awarded(by_lu), **market.at("ping"))
    with pytest.raises(orders.YourOwnOrder), transaction.atomic():
        supply.approve_order(order, **market.at("lu"))
    supply.approve_order(order, **market.at("nie"))
    supply.send_order(order, **market.at("ping"))
    with pytest.raises(orders.OtherSum):
        supply.confirm_order(order, expected_on=market.today, total_minor=1, **market.at("ping"))
    supply.confirm_order(order, expected_on=market.today, total_minor=order.total_minor, **market.at("ping"))
    by_shen = market.ordered(market.asked(1))
    with pytest.raises(receipts.HadAHandBefore), transaction.atomic():
        market.came(by_shen, 1, by="shen")
    # shen asked for the other one not, and receives it.
    market.came(order, 1, by="shen")
    for row, change in (
        (order, {"approved_by": order.buyer_id}),
        (by_shen, {"approved_by": market.cast.people["shen"]}),
        (by_shen, {"total_minor": 10_501}),
        (by_shen, {"supplier": market.suppliers["BEI"]}),
    ):
        with transaction.atomic(), pytest.raises(IntegrityError):
            PurchaseOrder.objects.filter(pk=row.pk).update(**change)
    line = by_shen.lines.get()
    for change in ({"price_minor": 1}, {"delivered": 2}, {"accepted": 1}, {"billed": 1}, {"most": 0}):
        with transaction.atomic(), pytest.raises(IntegrityError):
            OrderLine.objects.filter(pk=line.pk).update(**change)
    more = OrderLine.objects.get(pk=line.pk)
    more.pk, more.quantity, more.most = None, 99, 99
    with transaction.atomic(), pytest.raises(IntegrityError, match="an_order_line_is_what_was_approved"):
        more.save(force_insert=True)
    ping = by_shen.buyer_id
    PurchaseOrder.objects.filter(pk=by_shen.pk).update(buyer=market.cast.people["shen"])
    with transaction.atomic(), pytest.raises(IntegrityError, match="the_buyer_neither_asks_nor_approves"):
        OrderLine.objects.filter(pk=line.pk).update(price_minor=line.price_minor)
    PurchaseOrder.objects.filter(pk=by_shen.pk).update(buyer=ping)


@pytest.mark.shows("F03", "S6-21")
def test_a_part_that_is_tracked_by_lots_is_put_away_with_its_lot(market: Market) -> None:
    type(market.drum).objects.filter(pk=market.drum.pk).update(tracks_lots=True)
    receipt = market.inspected(market.came(market.ordered(market.asked(4)), 4))
    line, bin, last_day = receipt.lines.get().pk, market.bin, market.today + timedelta(days=90)
    with pytest.raises(Invalid), transaction.atomic():
        market.shelved(receipt)
    supply.put_away(
        receipt, bins={line: bin}, lots={line: ("L-2026-11", last_day)}, **market.at("kuai")
    )  # fmt: skip
    [pieces] = stock.pieces_of(market.drum, by=market.cast.actors["shen"])
    assert (pieces.lot, pieces.quantity) == ("L-2026-11", 4)


@pytest.mark.shows("PUR-3")
def test_what_comes_is_counted_and_what_is_wrong_does_not_stay(market: Market) -> None:
    order = market.ordered(market.asked(4))
    tries: list[tuple[list[supply.Counted], type[Refusal]]] = [
        ([], Invalid),
        ([supply.Counted(0, part=market.drum)], Invalid),
        ([supply.Counted(1, part=market.part("BELT-1"))], receipts.NotOrdered),
        ([supply.Counted(5, part=market.drum)], receipts.TooMany),
    ]
    for lines, refusal in tries:
        with pytest.raises(refusal), transaction.atomic():
            supply.receive(order, unit=market.unit, note="DN-1", lines=lines, **market.at("kuai"))
    receipt = market.came(order, 2)
    with pytest.raises(receipts.ReceivedAlready), transaction.atomic():
        market.came(order, 2)
    line = receipt.lines.get()
    found_and_refused: list[tuple[supply.Inspected, type[Refusal]]] = [
        (supply.Inspected(line.pk, 1, 0), receipts.DoesNotAddUp),
        (supply.Inspected(line.pk, 1, 1), receipts.SayWhatIsWrong),
        (supply.Inspected(line.pk + 999, 2, 0), Invalid),
    ]
    for found, refused in found_and_refused:
        with pytest.raises(refused), transaction.atomic():
            supply.inspect(receipt, lines=[found], **market.at("qin"))
    with transaction.atomic(), pytest.raises(IntegrityError):
        ReceiptLine.objects.filter(pk=line.pk).update(accepted=2, rejected=1, why="x")
    market.inspected(receipt, by="kuai")
    with pytest.raises(receipts.NoBin), transaction.atomic():
        supply.put_away(receipt, bins={}, **market.at("kuai"))
    market.shelved(receipt)
    # Another part in its place: said so, inspected with a reason, and it is that part which lies on the shelf.
    newer = market.part("DRUM-2")
    other = market.came(order, 0, note="DN-2", lines=[supply.Counted(2, part=newer, instead_of=market.drum)])
    with pytest.raises(receipts.SayWhatIsWrong), transaction.atomic():
        market.inspected(other)
    market.shelved(market.inspected(other, why="DRUM-2 follows DRUM-1"))
    assert (stock.on_hand(newer, market.bin.store), stock.on_hand(market.drum, market.bin.store)) == (2, 2)
    told = News.objects.filter(kind="supply.PutAway").order_by("pk").values_list("payload__part_code", flat=True)
    assert list(told) == ["DRUM-1", "DRUM-2"]


@pytest.mark.shows("3.8")
def test_a_dear_delivery_is_seen_by_two(market: Market) -> None:
    order = market.ordered(market.asked(50, approver="lu"))
    receipt = market.came(order, 50)
    assert receipt.signatures == 2
    with pytest.raises(receipts.AnotherMustLook), transaction.atomic():
        market.inspected(receipt, by="kuai")
    with transaction.atomic(), pytest.raises(IntegrityError):
        GoodsReceipt.objects.filter(pk=receipt.pk).update(inspected_by=receipt.received_by_id)
    market.inspected(receipt)


@pytest.mark.shows("PUR-4")
def test_an_invoice_that_asks_for_more_is_an_exception(market: Market) -> None:
    order = market.ordered(market.asked(4))
    market.inspected(market.came(order, 4))
    wrong = market.billed(order, 4, price=PRICES["HAI"] + 1)
    wrong = supply.match_invoice(wrong, **market.at("fang"))
    assert (wrong.state, len(wrong.because)) == ("EXCEPTION", 1)
    with pytest.raises(WrongState):
        supply.pay_invoice(wrong, payment="T-1", **market.at("fang"))
    for change in ({"state": "MATCHED"}, {"state": "PAID"}):
        with transaction.atomic(), pytest.raises(IntegrityError):
            SupplierInvoice.objects.filter(pk=wrong.pk).update(**change)
    supply.refuse_invoice(wrong, reason="Ten yuan were agreed", **market.at("fang"))
    right = supply.match_invoice(market.billed(order, 4), **market.at("fang"))
    twice = supply.match_invoice(market.billed(order, 1, reference="INV-2"), **market.at("fang"))
    assert (right.state, twice.state) == ("MATCHED", "EXCEPTION")


@pytest.mark.shows("3.8")
def test_an_emergency_goes_in_one_step(market: Market) -> None:
    row = market.approve(market.submitted(1, reference="WO-1", is_emergency=True))
    found = supply.source([row], unit=market.unit, **market.at("ping"))
    quote = supply.take_quote(
        found, supplier=market.suppliers["HAI"], valid_until=market.today, basis="By phone", **market.at("ping")
    )
    supply.award(quote, **market.at("ping"))
    order = supply.draft_order(found, **market.at("ping"))
    assert (found.method, order.state, order.approved_by) == ("EMERGENCY", "APPROVED", market.cast.people["ma"])
    with pytest.raises(orders.CalledOffByAnother):
        supply.cancel_order(order, reason="Found one", **market.at("ping"))
    supply.send_order(order, **market.at("ping"))
    with pytest.raises(orders.NotAgreed), transaction.atomic():
        supply.cancel_order(order, reason="Found one", **market.at("nie"))
    supply.cancel_order(order, reason="Found one", agreed="Ms Hai", **market.at("nie"))
    # What was awarded can be ordered again.
    assert supply.draft_order(found, **market.at("ping")).state == "APPROVED"
    with pytest.raises(orders.OrderedAlready), transaction.atomic():
        supply.draft_order(found, **market.at("ping"))


def test_the_arithmetic_of_methods_tolerances_matches_and_scores() -> None:
    table = {"three_quotes_from": 500_000, "tender_above": 5_000_000}
    for weight, method in ((499_999, "DIRECT"), (500_000, "QUOTE_3"), (5_000_000, "QUOTE_3"), (5_000_001, "TENDER")):
        assert method_for(weight, **table, is_emergency=False) == method
    assert method_for(1, **table, is_emergency=True) == Method.EMERGENCY
    assert (most_of(19, 500), most_of(20, 500), most_of(7, 0)) == (19, 21, 7)
    line = Billed("DRUM-1", 4, 10_001, 10_000, 4)
    assert len(match([line], told_minor=40_004, price_tolerance=0)) == 1
    assert match([line], told_minor=40_004, price_tolerance=1) == ()
    assert len(match([line], told_minor=40_000, price_tolerance=1)) == 1
    assert score([]) == Score(0, None, None, None)
    came = [Delivered(10, 9, False, 110, 100), Delivered(10, 10, True, 100, None)]
    assert score(came) == Score(2, 50, 95, 110)


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        (lambda m: supply.source([m.submitted()], unit=m.unit, **m.at("ping")), WrongState),
        (lambda m: supply.source([], unit=m.unit, **m.at("ping")), Invalid),
        (lambda m: supply.draft_order(m.sourced(m.asked()), **m.at("ping")), orders.NotAwarded),
        (lambda m: supply.abandon_sourcing(m.sourced(m.asked()), reason=" ", **m.at("ping")), Invalid),
        (lambda m: supply.abandon_sourcing(m.awarded(m.asked()), reason="x", **m.at("ping")), sourcing.SourcingClosed),
        (lambda m: supply.postpone_order(
            supply.draft_order(m.awarded(m.asked()), **m.at("ping")), expected_on=m.today, reason="x", **m.at("ping")
        ), orders.NotUnderWay),
        (lambda m: supply.appoint_delivery(m.ordered(m.asked()), appointed_at=m.now - timedelta(days=1), carrier="SF", **m.at("kuai")),
         Invalid),
        (lambda m: m.billed(m.ordered(m.asked()), 0), Invalid),
        (lambda m: supply.enter_invoice(m.ordered(m.asked()), reference="I", amount_minor=1, lines=[], **m.at("fang")),
         invoices.NotOfThisOrder),
        (lambda m: supply.close_short(m.ordered(m.asked()), reason="x", **m.at("ping")), WrongState),
    ],
)  # fmt: skip
def test_what_is_refused(market: Market, what: Callable[[Market], Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        what(market)


def test_what_is_postponed_or_given_up_is_told(market: Market) -> None:
    found = market.sourced(row := market.asked())
    supply.abandon_sourcing(found, reason="Two of them sold out", **market.at("ping"))
    row.refresh_from_db()
    assert row.state == "APPROVED"
    supply.suspend_supplier(market.suppliers["HAI"], reason="Late again", **market.at("xu"))
    with pytest.raises(suppliers.SupplierNotInUse), transaction.atomic():
        market.sourced(row)
    row.refresh_from_db()
    supply.admit_supplier(market.suppliers["HAI"], **market.at("xu"))
    order = market.ordered(row)
    later = market.today + timedelta(days=20)
    assert supply.postpone_order(order, expected_on=later, reason="Strike", **market.at("ping")).expected_on == later
