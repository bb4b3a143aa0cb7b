"""What is printed of a real order: gathered from the line, on the paper that the outlet has."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from guiju.line.intake import actions as intake
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.models import Quote
from guiju.line.workshop.rules import Consent
from guiju.oversight.papers import queries as papers
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.policy import actions as policy
from guiju.standing.warranty.rules import PAYER_LABELS, Payer
from tests.cast import FOUNDED
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cashier import deposits
from tests.line.cast_line import names
from tests.line.intake.test_loaners import a_loan
from tests.line.workshop.test_options import a_choice, approve
from tests.oversight.papers.reading import squeezed, words_on

MM = 72 / 25.4


def print_of(order: Any, paper: str, shop: Any, *, size: str = "") -> bytes | None:
    return papers.pdf(
        paper, order, language="en", size=size, base_url="https://x.example/", printed_by="Lin", at=shop.now
    )


def widths_mm(pdf: bytes | None) -> list[int]:
    assert pdf is not None
    return [round(float(page.mediabox.width) / MM) for page in PdfReader(BytesIO(pdf)).pages]


@pytest.mark.shows("S6-09", "S6-11")
def test_the_ticket_says_what_follows_when_nobody_collects(shop: Any) -> None:
    printed = print_of(shop.a_received_order(), "ticket", shop)
    assert printed is not None
    words = words_on(printed)
    assert squeezed("within 60 days of that demand") in words
    assert squeezed("In warranty we pay the way there and back") not in words, "it was carried in"


@pytest.mark.shows("A10")
def test_each_bag_of_accessories_gets_its_label_beside_the_devices_own(shop: Any) -> None:
    order = shop.a_received_order()
    bags = print_of(order, "accessory-labels", shop)
    together = print_of(order, "labels", shop)
    assert set(widths_mm(bags)) == {60}
    assert len(widths_mm(together)) == len(widths_mm(bags)) + 1
    assert set(widths_mm(print_of(order, "labels", shop, size="label-50x30mm"))) == {50}
    assert print_of(order, "labels", shop, size="a4") is None


def test_before_the_appliance_comes_there_is_nothing_to_label(shop: Any) -> None:
    order = shop.a_registered_order()
    for paper in ("claim-tag", "labels", "accessory-labels", "loan", "pick-slip", "report", "receipt", "refund"):
        assert print_of(order, paper, shop) is None
    assert print_of(order, "ticket", shop) is not None


def test_an_outlet_with_a_roll_printer_prints_its_tickets_on_the_roll(shop: Any) -> None:
    order = shop.a_received_order()
    assert set(widths_mm(print_of(order, "ticket", shop))) == {210}
    policy.set_value(
        "paper.size.ticket", unit=shop.unit, value="roll-80mm", starts_on=shop.unit.day(shop.now),
        reason="The counter has a roll printer", by=shop.actor("nie"), at=shop.now,
    )  # fmt: skip
    assert set(widths_mm(print_of(order, "ticket", shop))) == {80}
    assert set(widths_mm(print_of(order, "ticket", shop, size="a4"))) == {210}, "a sheet is still there for the asking"


@pytest.mark.shows("A17")
def test_what_was_lent_is_signed_for_on_a_paper_of_its_own(shop: Any) -> None:
    order = shop.a_received_order()
    assert print_of(order, "loan", shop) is None
    a_loan(shop, order)
    printed = print_of(order, "loan", shop)
    assert printed is not None
    words = words_on(printed)
    for fact in ("Small washing machine", "LN-1", "Clean, with its hose.", "¥200.00"):
        assert squeezed(fact) in words


@pytest.mark.shows("S6-17")
def test_the_keeper_fetches_parts_by_a_slip_that_names_no_customer(shop: Any) -> None:
    order = stages.an_approved_order(shop)
    stages.a_bin(shop, holding=5)
    asked = stages.a_requested_part(shop, order)
    printed = print_of(order, "pick-slip", shop)
    assert printed is not None
    words = words_on(printed)
    assert squeezed(asked.number) in words
    assert squeezed(asked.part.code) in words
    assert squeezed(order.customer.name) not in words


@pytest.mark.shows("C10", "D14", "S6-42")
def test_the_report_says_what_became_of_the_old_part_and_shows_how_the_appliance_came(shop: Any) -> None:
    order = stages.a_ready_order(shop)
    printed = print_of(order, "report", shop)
    assert printed is not None
    words = words_on(printed)
    assert squeezed("Old part") in words
    assert squeezed("As it came") in words
    assert squeezed("Returned unrepaired") not in words


def test_the_receipt_names_who_took_the_money(shop: Any) -> None:
    order = stages.a_paid_order(shop)
    printed = print_of(order, "receipt", shop)
    assert printed is not None
    assert squeezed("Paid in full") in words_on(printed)
    assert print_of(order, "refund", shop) is None, "nothing was given back"


@pytest.mark.shows("C07")
def test_the_receipt_for_a_deposit_says_whose_money_it_is_and_what_became_of_it(shop: Any) -> None:
    order = deposits.an_order(shop)
    assert print_of(order, "deposit", shop) is None, "it is agreed to and not left"
    stages.an_open_till(shop)
    deposit = deposits.left(shop, order)
    printed = print_of(order, "deposit", shop)
    assert printed is not None
    for said in (deposit.receipt_number, "180.00", "This money stays yours"):
        assert squeezed(said) in words_on(printed)
    intake.cancel(order, reason="Too dear after all", by=shop.reception, at=shop.later())
    back = deposits.given_back(shop, deposit)
    again = print_of(order, "deposit", shop, size="roll-80mm")
    assert again is not None
    for said in (back.back_number, "Nothing is repaired", "I have received this money"):
        assert squeezed(said) in words_on(again)


@pytest.mark.shows("C05")
def test_the_quote_prints_every_option_until_one_is_agreed_to(shop: Any) -> None:
    order, sent = a_choice(shop)
    printed = print_of(order, "quote", shop)
    assert printed is not None
    words = words_on(printed)
    for said in ("A · Repair it", "B · Replace the module", "Refurbished part", "540.00", "760.00"):
        assert squeezed(said) in words
    approve(shop, sent, option=2)
    agreed = print_of(order, "quote", shop)
    assert agreed is not None
    assert squeezed("760.00") in words_on(agreed)
    assert squeezed("540.00") not in words_on(agreed)


@pytest.mark.shows("B04", "WO-4")
def test_the_bill_says_what_cost_nothing_and_who_pays_for_it(shop: Any, signed_in: Any) -> None:
    _ = shop.price_list
    motor = catalogue.add_part(
        code="MOTOR-1", names=names("Motor"), lines=[shop.line], part_class="MOTOR", by=shop.actor("nie"), at=FOUNDED
    )
    order = stages.a_diagnosed_order(shop, bought={"purchased_on": date(2024, 10, 1)})
    offered = [*stages.offers(shop), workshop.Offer(part=motor)]
    quote = workshop.draft_quote(order, offers=offered, service_hours=8, by=shop.actor("chen"), at=shop.later())
    workshop.issue_quote(quote, by=shop.reception, at=shop.later())
    agreed = {"how": Consent.SIGNATURE, "signature": shop.a_signature(), "by": shop.reception}
    workshop.approve_quote(Quote.objects.select_related("order").get(pk=quote.pk), **agreed, at=shop.later())
    order = stages.ready_after_approval(shop, order)
    bill = stages.a_bill(shop, order)
    assert bill.total_minor == stages.MIN_LABOUR + stages.MIN_COMPRESSOR
    printed = print_of(order, "receipt", shop)
    assert printed is not None
    said = words_on(printed)
    for words in ("MOTOR-1", str(PAYER_LABELS[Payer.BRAND]), "TG-5"):
        assert squeezed(words) in said
    page = signed_in("cai").get(f"/till/jobs/{order.number}/").content.decode()
    assert_strict(page)
    assert "MOTOR-1" in page
    assert "TG-5" in page
