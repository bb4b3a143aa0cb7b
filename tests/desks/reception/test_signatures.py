"""The customer signs on their own telephone, behind the QR code on the counter's screen."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone, translation

from guiju.desks.common.words import money, when
from guiju.kernel import signing
from guiju.kernel.models import AskedSignature
from guiju.line.intake.models import IntakeCheck
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.queries import current_quote, living_commitment
from tests.desks.common.page import assert_strict
from tests.desks.reception.stages import an_order_waiting_for_a_signature
from tests.desks.reception.typed import once, photos, signed, the_appliance, the_order
from tests.line import stages

pytestmark = pytest.mark.shows("A09", "S6-07", "S6-11")


def _url(shop: Any) -> str:
    _ = shop.price_list, shop.labour
    return f"/reception/appliances/{shop.an_appliance().pk}/take-in"


def _typed(**changed: Any) -> dict[str, Any]:
    """All that stands on the form, without a signature and without a tick at the terms."""
    typed = the_order(language="en") | the_appliance()
    return {
        name: value for name, value in typed.items() if name not in {"signature", "signature_name", "terms_accepted"}
    } | changed


def _ask(browser: Client, url: str, typed: dict[str, Any]) -> Any:
    read = {name: value for name, value in typed.items() if name != "photos"}
    return browser.post(url, read | {"ask": "1"}, headers={"HX-Request": "true"})


def _asked() -> AskedSignature:
    return AskedSignature.objects.latest("pk")


def _page() -> str:
    return f"/sign/{signing.link_of(_asked())}"


def _sign(**how: Any) -> Any:
    return Client().post(_page(), signed(**how) | once())


def _send(browser: Client, url: str, typed: dict[str, Any], **changed: Any) -> Any:
    sent = typed | {"signature_asked": str(_asked().pk), "photos": photos()} | once() | changed
    return browser.post(url, sent)


def test_the_customer_reads_what_the_clerk_wrote_and_signs_it(shop: Any, lin_browser: Client) -> None:
    url, typed = _url(shop), _typed()
    code = _ask(lin_browser, url, typed).content.decode()
    assert 'class="qr"' in code
    assert _page() in code
    page = Client().get(_page()).content.decode()
    assert_strict(page)
    for words in (
        "The drum does not spin.",
        "A scratch on the lid.",
        "Hose × 2, Lid × 1",
        "¥30.00",
        "I accept the test fee",
    ):
        assert words in page
    answer = Client().get(_page())
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "same-origin")
    assert _sign().status_code == 302
    # The counter takes it over by itself.
    standing = lin_browser.get(f"/reception/signatures/{_asked().pk}/").content.decode()
    assert "Liang Ming signed at" in standing
    picture = lin_browser.get(f"/reception/signatures/{_asked().pk}/picture")
    assert b"".join(picture.streaming_content).startswith(b"\x89PNG")  # type: ignore[arg-type]
    answer = _send(lin_browser, url, typed)
    order = WorkOrder.objects.get()
    assert answer.url == f"/reception/orders/{order.number}/taken"
    check, asked = IntakeCheck.objects.get(), _asked()
    assert check.signature == asked.signature
    assert ["Ready by", page.split("<dt>Ready by</dt><dd>")[1].split("<")[0]] in asked.content["lines"]
    assert asked.taken_at is not None


def test_what_was_changed_after_signing_was_not_signed(shop: Any, lin_browser: Client) -> None:
    url, typed = _url(shop), _typed()
    _ask(lin_browser, url, typed)
    _sign()
    changed = _send(lin_browser, url, typed, declared_value_minor="9000")
    assert changed.status_code == 422
    assert "is not what the customer read and signed" in changed.content.decode()
    # The code is not lost on the way: asking again is one press.
    assert f'name="signature_asked" value="{_asked().pk}"' in changed.content.decode()
    assert not WorkOrder.objects.exists()
    assert _send(lin_browser, url, typed).status_code == 302


def test_a_signature_for_one_appliance_takes_in_no_other(shop: Any, lin_browser: Client) -> None:
    first, second, typed = _url(shop), _url(shop), _typed()
    _ask(lin_browser, first, typed)
    _sign()
    assert _send(lin_browser, second, typed).status_code == 422
    assert not WorkOrder.objects.exists()
    assert _send(lin_browser, first, typed).status_code == 302


def test_it_is_signed_once_and_used_once(shop: Any, lin_browser: Client) -> None:
    url, typed = _url(shop), _typed()
    _ask(lin_browser, url, typed)
    assert _sign().status_code == 302
    again = _sign(name="Somebody else")
    assert again.status_code == 422
    assert _asked().signer_name == "Liang Ming"
    assert _send(lin_browser, url, typed).status_code == 302
    order = WorkOrder.objects.get()
    assert _send(lin_browser, f"/reception/orders/{order.number}/receive", typed).status_code != 302


def test_the_page_closes_after_some_minutes(shop: Any, lin_browser: Client) -> None:
    url, typed = _url(shop), _typed()
    _ask(lin_browser, url, typed)
    with time_machine.travel(timezone.now() + signing.SIGN_WITHIN + timedelta(seconds=1), tick=False):
        closed = Client().get(_page())
        assert closed.status_code == 410
        assert "The drum" not in closed.content.decode()
        assert Client().post(_page(), signed() | once()).status_code == 410
        assert "Nobody signed in time" in lin_browser.get(f"/reception/signatures/{_asked().pk}/").content.decode()
    assert _sign().status_code == 302


def test_without_a_signature_there_is_no_order(shop: Any, lin_browser: Client) -> None:
    url, typed = _url(shop), _typed()
    _ask(lin_browser, url, typed)
    page = _send(lin_browser, url, typed)
    assert page.status_code == 422
    assert "The customer has not signed on the phone" in page.content.decode()
    # Here and on paper the terms are ticked; a telephone on which nobody signed accepts nothing.
    page = _send(lin_browser, url, typed, **signed())
    assert "has to accept" in page.content.decode().split('id="id_terms_accepted_error"')[1].split("</p>")[0]
    assert _send(lin_browser, url, typed, **signed(), terms_accepted="on").status_code == 302


def test_what_is_missing_is_said_before_anybody_reads_it(shop: Any, lin_browser: Client) -> None:
    answer = _ask(lin_browser, _url(shop), _typed(condition=""))
    assert answer.status_code == 422
    assert re.search(r"Condition: This is needed", answer.content.decode())
    assert not AskedSignature.objects.exists()


@pytest.mark.shows("T28")
def test_others_neither_see_nor_sign_it(shop: Any, lin_browser: Client, signed_in: Any) -> None:
    url, typed = _url(shop), _typed()
    _ask(lin_browser, url, typed)
    standing = f"/reception/signatures/{_asked().pk}/"
    assert lin_browser.get(standing).status_code == 200
    for nobody, status in (("ma", 404), ("zhou", 404), ("chen", 404), ("qin", 403)):
        assert signed_in(nobody).get(standing).status_code == status
        assert signed_in(nobody).get(f"{standing}picture").status_code == status
    assert Client().get("/sign/" + "A" * 22).status_code == 404
    assert Client().get(standing).status_code == 302


def test_an_appliance_that_was_booked_is_signed_for_too(shop: Any, lin_browser: Client) -> None:
    order = shop.a_registered_order()
    url = f"/reception/orders/{order.number}/receive"
    typed = {name: value for name, value in the_appliance().items() if name not in {"signature", "signature_name"}}
    _ask(lin_browser, url, typed)
    assert _sign().status_code == 302
    assert _send(lin_browser, url, typed).url == f"/reception/orders/{order.number}/taken"
    order.refresh_from_db()
    assert order.state == "RECEIVED"


@pytest.mark.shows("S6-37", "A09")
def test_a_quote_is_signed_on_the_telephone_and_the_step_goes_on_with_it(shop: Any, lin_browser: Client) -> None:
    order, _quote = stages.a_quoted_order(shop, parts=1)
    url = f"/reception/orders/{order.number}/approve-quote"
    typed = {"how": "SIGNATURE", "note": ""}
    code = _ask(lin_browser, url, typed).content.decode()
    assert _page() in code
    quote = current_quote(order)
    page = Client().get(_page()).content.decode()
    assert_strict(page)
    assert quote.number in page
    assert money(quote.total_minor, quote.currency) in page
    standing = f"/reception/signatures/{_asked().pk}/?step=approve-quote&order={order.number}"
    assert "data-goes-on" not in lin_browser.get(standing).content.decode()
    assert _sign().status_code == 302
    assert "data-goes-on" in lin_browser.get(standing).content.decode()
    sent = typed | {"signature_asked": str(_asked().pk)}
    assert lin_browser.post(url, sent | once()).status_code == 302
    quote.refresh_from_db()
    assert (quote.state, quote.signature) == ("APPROVED", _asked().signature)
    assert lin_browser.post(url, sent | once()).status_code == 422, "one signature stands under one paper"


@pytest.mark.shows("S6-44", "T32")
def test_what_changed_after_it_was_signed_is_not_signed(shop: Any, lin_browser: Client) -> None:
    order, _quote = stages.a_quoted_order(shop, parts=1)
    url, typed = f"/reception/orders/{order.number}/approve-quote", {"how": "SIGNATURE", "note": ""}
    _ask(lin_browser, url, typed)
    assert _sign().status_code == 302
    quote = current_quote(order)
    more = {"offers": stages.offers(shop, parts=2), "service_hours": 8}
    workshop.revise_quote(quote.order, **more, by=shop.actor("chen"), at=timezone.now())
    answer = lin_browser.post(url, typed | {"signature_asked": str(_asked().pk)} | once())
    assert answer.status_code == 422
    assert current_quote(order).state == "ISSUED"


@pytest.mark.shows("S6-44", "D04", "WO-5", "T32")
def test_a_date_for_a_part_is_signed_on_the_telephone_once_and_as_it_was_read(shop: Any, lin_browser: Client) -> None:
    order = an_order_waiting_for_a_signature(shop)
    steps = f"/reception/orders/{order.number}/"
    _ask(lin_browser, f"{steps}sign-commitment", {})
    page = Client().get(_page()).content.decode()
    assert_strict(page)
    dated = living_commitment(order)
    with translation.override(order.language):
        read = ("我同意新日期", order.number, "The supplier&#x27;s word", str(when(dated.promised_part_on)))
    for words in read:
        assert words in page, words
    first = {"signature_asked": str(_asked().pk)}
    assert lin_browser.post(f"{steps}sign-commitment", first | once()).status_code == 422, "nobody has signed yet"
    assert _sign().status_code == 302
    assert _sign(name="Somebody else").status_code == 422
    assert lin_browser.post(f"{steps}sign-commitment", first | once()).status_code == 302
    dated.refresh_from_db()
    assert (dated.state, dated.signature) == ("SIGNED", _asked().signature)

    # Another date is another paper: the first signature is not good for it, nor is one under a third date.
    moved = {"promised_part_on": "2099-02-03", "promised_ready_at": "2099-02-05T10:00", "basis": "Ship delayed"}
    move = f"{steps}renegotiate-commitment"
    assert lin_browser.post(move, moved | first | once()).status_code == 422
    _ask(lin_browser, move, moved)
    assert _sign().status_code == 302
    second = {"signature_asked": str(_asked().pk)}
    changed = lin_browser.post(move, moved | {"promised_part_on": "2099-02-04"} | second | once())
    assert changed.status_code == 422
    assert "is not what the customer read and signed" in changed.content.decode()
    dated.refresh_from_db()
    assert dated.revision == 1
    assert lin_browser.post(move, moved | second | once()).status_code == 302
    dated.refresh_from_db()
    assert (dated.revision, dated.signature) == (2, _asked().signature)
    assert lin_browser.post(move, moved | second | once()).status_code == 422, "one signature stands under one paper"
