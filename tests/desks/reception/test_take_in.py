"""A new job at the counter: told, written down, taken over."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from guiju.line.intake.models import Accessory, IntakeCheck, IntakePhoto
from guiju.line.workorder.models import WorkOrder
from tests.desks.common.page import assert_strict
from tests.desks.reception.typed import once, photos, the_appliance, the_order
from tests.oversight.papers.reading import pages_of


def _url(shop: Any) -> str:
    _ = shop.price_list
    return f"/reception/appliances/{shop.an_appliance().pk}/take-in"


@pytest.mark.shows("S6-10", "S6-11", "S6-37")
def test_the_customer_hears_the_terms_before_anything_is_made(shop: Any, lin_browser: Any) -> None:
    html = lin_browser.get(_url(shop)).content.decode()
    assert_strict(html)
    assert "¥30.00" in html
    assert "The service time is" in html
    assert "Out of warranty" in html
    assert not WorkOrder.objects.exists()


@pytest.mark.shows("S6-07", "S6-09", "A08")
def test_one_page_registers_and_receives(shop: Any, lin_browser: Any) -> None:
    url = _url(shop)
    answer = lin_browser.post(url, the_order(symptoms=[shop.symptom.pk]) | the_appliance())
    order = WorkOrder.objects.get()
    assert answer.url == f"/reception/orders/{order.number}/taken"
    assert (order.state, order.shelf, order.language) == ("RECEIVED", "A-01", "zh-hans")
    assert list(Accessory.objects.values_list("name", "quantity")) == [("Hose", 2), ("Lid", 1)]
    assert IntakePhoto.objects.count() == 4
    assert IntakeCheck.objects.get().serial_matches
    taken = lin_browser.get(answer.url).content.decode()
    assert_strict(taken)
    assert f"/orders/{order.number}/papers/ticket.pdf" in taken
    assert f"/orders/{order.number}/papers/claim-tag.pdf" in taken
    assert 'class="qr"' in taken


@pytest.mark.shows("F08")
def test_the_same_form_sent_twice_is_one_job(shop: Any, lin_browser: Any) -> None:
    url = _url(shop)
    typed = the_order() | the_appliance()
    first = lin_browser.post(url, typed)
    again = lin_browser.post(url, typed | {"photos": photos()})
    assert first.url == again.url
    assert WorkOrder.objects.count() == 1


@pytest.mark.shows("A08")
def test_too_few_photos_make_no_job_and_lose_no_word(shop: Any, lin_browser: Any) -> None:
    page = lin_browser.post(_url(shop), the_order() | the_appliance(photos=photos(2)))
    html = page.content.decode()
    assert page.status_code == 422
    assert_strict(html)
    assert "Take at least 4 photos; you sent 2." in html.split('id="id_photos_error"')[1].split("</p>")[0]
    assert "The drum does not spin." in html
    assert 'value="Hose"' in html
    assert not WorkOrder.objects.exists()


def test_a_refusal_of_the_house_undoes_the_whole_page(shop: Any, lin_browser: Any) -> None:
    # Four times the same picture: the form counts four, receive counts one, and the order is not there either.
    same = [photos(1)[0] for _ in range(4)]
    page = lin_browser.post(_url(shop), the_order() | the_appliance(photos=same))
    assert page.status_code == 422
    assert "Take at least 4 different photos" in page.content.decode()
    assert not WorkOrder.objects.exists()


def test_a_file_that_is_no_picture_is_refused_at_the_photos(shop: Any, lin_browser: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    bad = [*photos(4), SimpleUploadedFile("x.jpg", b"<script>", "image/jpeg")]
    page = lin_browser.post(_url(shop), the_order() | the_appliance(photos=bad))
    assert page.status_code == 422
    assert "not a picture" in page.content.decode().split('id="id_photos_error"')[1].split("</p>")[0]


@pytest.mark.shows("S6-11")
def test_terms_that_nobody_accepted_make_no_job(shop: Any, lin_browser: Any) -> None:
    page = lin_browser.post(_url(shop), the_order(terms_accepted="") | the_appliance())
    assert page.status_code == 422
    assert "has to accept" in page.content.decode().split('id="id_terms_accepted_error"')[1].split("</p>")[0]
    assert not WorkOrder.objects.exists()


def test_another_serial_is_written_down_and_signed(shop: Any, lin_browser: Any) -> None:
    url = _url(shop)
    page = lin_browser.post(url, the_order() | the_appliance(serial_differs="on"))
    assert page.status_code == 422
    assert (
        "Write down which serial" in page.content.decode().split('id="id_discrepancy_note_error"')[1].split("</p>")[0]
    )
    lin_browser.post(url, the_order() | the_appliance(serial_differs="on", discrepancy_note="Plate says SN-9"))
    assert IntakeCheck.objects.get().discrepancy_note == "Plate says SN-9"


def test_a_job_can_be_booked_and_received_another_day(shop: Any, lin_browser: Any) -> None:
    answer = lin_browser.post(_url(shop), the_order(later="1"))
    order = WorkOrder.objects.get()
    assert order.state == "REGISTERED"
    assert "claim-tag" not in lin_browser.get(answer.url).content.decode()
    url = f"/reception/orders/{order.number}/receive"
    assert_strict(lin_browser.get(url).content.decode())
    assert lin_browser.post(url, the_appliance(shelf="")).status_code == 422
    assert lin_browser.post(url, the_appliance()).url == f"/reception/orders/{order.number}/taken"
    order.refresh_from_db()
    assert order.state == "RECEIVED"
    # It is on the shelf: whoever asks for the page again lands on the job.
    assert lin_browser.get(url).url == f"/reception/orders/{order.number}/"


def test_an_accessory_without_a_number_says_so_beside_it(shop: Any, lin_browser: Any) -> None:
    page = lin_browser.post(_url(shop), the_order() | the_appliance(accessories_quantity=["two", "", ""]))
    assert page.status_code == 422
    assert "Write how many pieces of “Hose”" in page.content.decode()


@pytest.mark.shows("T01", "T03")
def test_a_technician_takes_nothing_in_and_another_outlet_finds_nothing(
    shop: Any, signed_in: Any, lin_browser: Any
) -> None:
    url = _url(shop)
    typed = the_order(later="1")
    assert signed_in("chen").post(url, typed).status_code == 403
    assert signed_in("zhou").post(url, typed | once()).status_code == 404
    assert lin_browser.post(url, typed).status_code == 302


@pytest.mark.shows("A10")
def test_one_press_prints_the_ticket_and_the_claim_tag(shop: Any, lin_browser: Any) -> None:
    order = shop.a_received_order()
    papers = f"/orders/{order.number}/papers"
    assert (
        f'{papers}/counter.pdf?language={order.language}" target="_blank" data-hotkey="p"'
        in lin_browser.get(f"/reception/orders/{order.number}/taken").content.decode()
    )
    together = lin_browser.get(f"{papers}/counter.pdf?language=en")
    assert together["Content-Type"] == "application/pdf"
    each = [lin_browser.get(f"{papers}/{name}.pdf?language=en").content for name in ("ticket", "claim-tag")]
    assert pages_of(together.content) == tuple(page for paper in each for page in pages_of(paper))
    # Whoever opens it is asked to print.
    asked: Any = PdfReader(BytesIO(together.content)).root_object
    assert asked["/Names"]["/JavaScript"]["/Names"][1].get_object()["/JS"].startswith("this.print(")


def test_a_job_whose_appliance_has_not_come_prints_its_ticket_alone(shop: Any, lin_browser: Any) -> None:
    order = shop.a_registered_order()
    papers = f"/orders/{order.number}/papers"
    together, ticket = (lin_browser.get(f"{papers}/{name}.pdf?language=en").content for name in ("counter", "ticket"))
    assert pages_of(together) == pages_of(ticket)


def test_the_counter_offers_what_usually_comes_with_such_a_machine(shop: Any, lin_browser: Any) -> None:
    url = _url(shop)
    assert "Inlet filter" not in lin_browser.get(url).content.decode()
    shop.a_received_order(receiving={"accessories": [("Inlet filter", 1)]})
    offered = lin_browser.get(url).content.decode().split("data-usual")[1].split("</div>")[0]
    assert offered.index("Inlet filter") < offered.index("Power cable")
