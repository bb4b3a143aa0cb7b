"""The first page of the reception, and what the search box finds."""

from __future__ import annotations

from typing import Any

import pytest

from tests.desks.common.page import assert_strict
from tests.desks.reception.stages import an_issued_quote
from tests.line.stages import a_ready_order


def test_the_first_page_shows_what_waits(shop: Any, lin_browser: Any) -> None:
    ready = a_ready_order(shop)
    quoted = an_issued_quote(shop)
    html = lin_browser.get("/reception/").content.decode()
    assert_strict(html)
    assert f"/reception/orders/{ready.number}/" in html.split('id="ready"')[1].split("</section>")[0]
    assert f"/reception/orders/{quoted.number}/" in html.split('id="quotes"')[1].split("</section>")[0]


@pytest.mark.shows("G-3", "T01")
def test_another_outlet_sees_none_of_it(shop: Any, other_shop: Any, signed_in: Any) -> None:
    ours, theirs = shop.a_registered_order(), other_shop.a_registered_order()
    html = signed_in("zhou").get("/reception/").content.decode()
    assert ours.number not in html
    assert theirs.number in html


def test_an_empty_day_says_so(shop: Any, lin_browser: Any) -> None:
    html = lin_browser.get("/reception/").content.decode()
    assert_strict(html)
    assert "Nothing came in yet today." in html


def test_the_reception_is_for_those_who_work_there(cast: Any, signed_in: Any) -> None:
    assert signed_in("chen").get("/reception/").status_code == 403
    assert signed_in("ma").get("/reception/").status_code == 200


def test_a_whole_number_opens_the_order_at_once(shop: Any, lin_browser: Any) -> None:
    order = shop.a_received_order()
    assert lin_browser.get("/find", {"q": order.number}).url == f"/reception/orders/{order.number}/"


@pytest.mark.shows("M02")
def test_the_customers_link_scanned_at_the_counter_opens_the_order(shop: Any, lin_browser: Any) -> None:
    from guiju.line.workorder import queries as workorder

    order = shop.a_received_order()
    link = f"https://repair.example/t/{workorder.track_token(order)}"
    assert lin_browser.get("/find", {"q": link}).url == f"/reception/orders/{order.number}/"


@pytest.mark.shows("A06")
def test_a_piece_of_a_number_of_a_name_or_of_a_serial_finds(shop: Any, lin_browser: Any) -> None:
    order = shop.a_received_order()
    phone = order.customer.phones.get().e164
    for piece in (phone[-6:], "Liang", order.appliance.serial[-5:], order.number[-7:]):
        html = lin_browser.get("/find", {"q": piece}, follow=True).content.decode()
        assert order.number in html, piece
        assert_strict(html)
        assert phone not in html


@pytest.mark.shows("T01")
def test_another_outlet_finds_nothing_and_a_store_keeper_no_customer(shop: Any, signed_in: Any) -> None:
    order = shop.a_received_order()
    assert f"/orders/{order.number}/" in signed_in("lin").get("/find", {"q": order.number}).url
    html = signed_in("zhou").get("/find", {"q": order.number}, follow=True).content.decode()
    assert f"/orders/{order.number}/" not in html
    assert "Liang Ming" not in signed_in("shen").get("/find", {"q": "Liang"}, follow=True).content.decode()


@pytest.mark.shows("A06")
def test_the_box_finds_while_one_types(shop: Any, lin_browser: Any) -> None:
    machine = shop.an_appliance()
    busy = shop.a_received_order()
    phone = machine.customer.phones.get().e164
    html = lin_browser.get("/reception/look", {"q": phone[-6:]}).content.decode()
    card, job = f"/reception/customers/{machine.customer_id}/", f"/reception/appliances/{machine.pk}/take-in"
    assert html.index(card) < html.index(job)
    assert phone not in html
    # A machine that is on a job already leads to it, and not to a second one.
    html = lin_browser.get("/reception/look", {"q": busy.appliance.serial}).content.decode()
    assert f"/reception/orders/{busy.number}/" in html
    assert f"/reception/appliances/{busy.appliance_id}/take-in" not in html
    assert 'href="' not in lin_browser.get("/reception/look", {"q": "1"}).content.decode()


def test_a_whole_number_stands_first_in_the_box(shop: Any, lin_browser: Any) -> None:
    order = shop.a_received_order()
    html = lin_browser.get("/reception/look", {"q": order.number}).content.decode()
    assert html.split('href="')[1].startswith(f"/reception/orders/{order.number}/")


@pytest.mark.shows("M04")
def test_looking_is_light(shop: Any, lin_browser: Any, django_assert_max_num_queries: Any) -> None:
    for _ in range(4):
        shop.a_received_order()
    lin_browser.get("/reception/look", {"q": "Liang"})
    # Names, serials and numbers are each asked among the newest first, then by their index: lighter than one question to all.
    with django_assert_max_num_queries(17):
        lin_browser.get("/reception/look", {"q": "Liang"})


@pytest.mark.shows("T01")
def test_the_box_shows_nothing_of_another_outlet(shop: Any, signed_in: Any, lin_browser: Any) -> None:
    order = shop.a_received_order()
    assert order.number in lin_browser.get("/reception/look", {"q": "Liang"}).content.decode()
    for name in (order.number, "Liang", order.appliance.serial):
        assert 'href="' not in signed_in("zhou").get("/reception/look", {"q": name}).content.decode()
    assert signed_in("chen").get("/reception/look", {"q": "Liang"}).status_code == 403
