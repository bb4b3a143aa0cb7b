"""The pages of the messages: what a customer was told is seen and sent again; the words are tried before they are used."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.timezone import now

from guiju.jobs import messages as job
from guiju.kernel import news
from guiju.oversight.notices.models import Message, Preference, Wording
from guiju.standing.customers import actions as customers
from tests.desks.common.page import assert_strict
from tests.line.cast_line import Shop, fresh

pytestmark = pytest.mark.django_db
PAGE = "/back-office/messages/"


def a_message(shop: Shop) -> Message:
    """The customer of an order was written to."""
    shop.a_registered_order()
    while news.deliver_due(shop.later()):
        pass
    return Message.objects.get()


@pytest.mark.shows("A12")
def test_a_message_is_seen_with_its_attempts_and_sent_again(shop: Shop, signed_in: Callable[[str], Client]) -> None:
    message = a_message(shop)
    address = f"{PAGE}{message.pk}/"
    assert signed_in("cai").get(PAGE).status_code == 403
    assert signed_in("zhou").get(address).status_code == 404
    assert signed_in("bo").post(f"{address}resend").status_code == 403
    desk = signed_in("lin")
    assert "does the worker run" not in desk.get(address).content.decode()
    while job.turn(shop.later):
        pass
    assert desk.post(f"{address}resend").status_code == 302
    message.refresh_from_db()
    assert message.state in {"QUEUED", "HELD"}
    for page in (desk.get(PAGE), desk.get(address), desk.get(f"{PAGE}?state={message.state}&order={message.number}")):
        assert page.status_code == 200
        assert message.number in page.content.decode()
        assert_strict(page.content.decode())
    assert message.number not in desk.get(f"{PAGE}?state=FAILED").content.decode()


@pytest.mark.shows("A12", "CRM-3")
def test_the_desk_notes_how_a_customer_wants_to_be_told(shop: Shop, signed_in: Callable[[str], Client]) -> None:
    order = fresh(a_message(shop).order)  # type: ignore[arg-type]
    address, desk = f"{PAGE}orders/{order.number}/", signed_in("lin")
    assert signed_in("zhou").get(address).status_code == 404
    assert signed_in("an").post(address, {"do": "prefer", "channel": "SMS"}).status_code == 403
    assert_strict(desk.get(address).content.decode())
    assert desk.post(address, {"do": "prefer", "channel": "EMAIL", "address": ""}).status_code == 422
    assert desk.post(address, {"do": "prefer", "channel": "EMAIL", "address": "a@b.example"}).status_code == 302
    assert Preference.objects.get().address == "a@b.example"
    assert 'value="invite"' not in desk.get(address).content.decode()
    desk.post(address, {"do": "invite"})
    assert not Message.objects.filter(template="CARE").exists()
    customers.set_consent(order.customer, marketing=True, by=shop.reception, at=shop.later())
    assert 'value="invite"' in desk.get(address).content.decode()
    desk.post(address, {"do": "invite"})
    assert Message.objects.filter(template="CARE").count() == 1


@pytest.mark.shows("A12")
def test_words_are_tried_and_then_kept(shop: Shop, signed_in: Callable[[str], Client]) -> None:
    manager, day = signed_in("ma"), shop.unit.day(now()).isoformat()
    address = f"/back-office/wordings/{shop.unit.pk}/QUOTE/SMS/zh-hans/"
    for name in ("lin", "an", "ad"):
        assert signed_in(name).get("/back-office/wordings/").status_code == 403
    assert_strict(manager.get("/back-office/wordings/").content.decode())
    assert manager.get(f"/back-office/wordings/{shop.cast.units['GZ02'].pk}/QUOTE/SMS/en/").status_code == 404
    assert manager.get(f"/back-office/wordings/{shop.unit.pk}/QUOTE/FAX/en/").status_code == 404
    assert_strict(manager.get(address).content.decode())
    tried = manager.post(address, {"do": "preview", "text": "报价 {amount}，请答复 {code}", "starts_on": day})
    assert "380.00 CNY" in tried.content.decode()
    assert len(tried.context["tried"]["faults"]) == 2
    assert tried.context["tried"]["length"].is_wide
    refused = manager.post(address, {"text": "报价 {amount} {code}", "starts_on": day})
    assert refused.status_code == 422
    assert "{code}" in refused.content.decode()
    assert not Wording.objects.exists()
    assert manager.post(address, {"text": "报价 {amount}，请答复 {link}", "starts_on": day}).status_code == 302
    page = manager.get(address).content.decode()
    assert page.count("请答复 {link}") >= 2
    assert signed_in("nie").get(address).status_code == 200
