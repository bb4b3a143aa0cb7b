"""Asking for a repair without an account: what comes in, what is refused, and what one sees afterwards."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guiju.desks.common.words import masked_phone
from guiju.kernel import secrets
from guiju.kernel.models import Evidence
from guiju.line.intake import actions as intake
from guiju.line.intake import queries
from guiju.line.intake.models import ServiceRequest
from tests.desks.common.page import assert_strict
from tests.desks.front_door.conftest import a_solved_puzzle, typing
from tests.desks.reception.typed import once, photos

ASK = "/request/FS01/"


def _sent(browser: Client, shop: Any, path: str = ASK, **changed: Any) -> Any:
    return browser.post(path, typing(shop, **changed))


def _page_of(request: ServiceRequest) -> str:
    return f"/request/mine/{queries.follow_token(request)}"


@pytest.mark.shows("A04", "A08")
def test_a_stranger_asks_with_photos_and_gets_a_number_and_a_page(shop, browser):
    page = browser.get(ASK).content.decode()
    assert_strict(page)
    assert 'capture="environment"' in page
    answer = _sent(browser, shop, photos=photos(2))
    assert answer.status_code == 302
    request = ServiceRequest.objects.get()
    assert (request.state, request.channel, request.proof, request.photos.count()) == ("NEW", "WEB", "PUZZLE", 2)
    assert answer["Location"] == _page_of(request)
    html = browser.get(_page_of(request)).content.decode()
    assert_strict(html)
    assert request.number in html
    assert "The drum does not turn." in html
    assert "Somebody calls or writes to you by" in html
    # The page is shown over shoulders and sent on: not even here stands the whole number.
    assert masked_phone("+8613800007788") in html
    assert "13800007788" not in html.replace(" ", "")
    src = re.search(r'src="(/request/mine/[^"]+/pictures/\d+)"', html).group(1)
    picture = browser.get(src)
    assert picture["Content-Type"] == "image/jpeg"
    assert b"".join(picture.streaming_content).startswith(b"\xff\xd8")


@pytest.mark.shows("A04", "G-6")
def test_whether_we_know_the_telephone_is_told_to_nobody(shop, browser):
    known = shop.a_customer(name="Liang Ming")
    _sent(browser, shop, phone=known.phones.get().e164)
    request = ServiceRequest.objects.get()
    assert request.customer == known
    assert "Liang Ming" not in browser.get(_page_of(request)).content.decode()


@pytest.mark.shows("A04")
def test_a_double_click_asks_once(shop, browser):
    typed = typing(shop)
    first, second = browser.post(ASK, typed), browser.post(ASK, typed)
    assert first["Location"] == second["Location"]
    assert ServiceRequest.objects.count() == 1
    # And a solved puzzle does not bring in another one under another key.
    again = browser.post(ASK, typed | once() | {"serial": "HA-2"})
    assert again.status_code == 422
    assert "has reached us already" in again.content.decode()


@pytest.mark.shows("A04", "T33")
def test_a_flood_is_told_to_wait_and_keeps_its_words(shop, browser):
    for number in range(3):
        assert _sent(browser, shop, serial=f"HA-{number}").status_code == 302
    answer = _sent(browser, shop, serial="HA-9", description="The fourth washing machine of today.")
    assert answer.status_code == 429
    html = answer.content.decode()
    assert_strict(html)
    assert "Too many requests came from here" in html
    assert "0757 8888 0001" in html
    assert "The fourth washing machine of today." in html
    assert ServiceRequest.objects.count() == 3
    assert _sent(browser, shop, phone="138 0000 7799").status_code == 302


@pytest.mark.shows("A04")
def test_without_a_script_it_comes_in_unproven_and_fewer_do(shop, browser):
    for number in range(3):
        typed = typing(shop, answer="", phone=f"138 0000 77{number}0")
        assert browser.post(ASK, typed).status_code == 302
    request = ServiceRequest.objects.first()
    assert request.proof == "UNPROVEN"
    assert "Somebody looks at your request first" in browser.get(_page_of(request)).content.decode()
    assert browser.post(ASK, typing(shop, answer="", phone="138 0000 7799")).status_code == 429
    assert browser.post(ASK, typing(shop, phone="138 0000 7799")).status_code == 302
    # A wrong sum proves nothing.
    assert browser.post(ASK, typing(shop, answer="1x", phone="138 0000 7766")).status_code == 429


@pytest.mark.shows("A04")
@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"website": "http://spam.example"}, "Leave this field empty"),
        ({"puzzle": "forged:1:2"}, "open for very long"),
        ({"seconds_ago": 0}, "very fast"),
        ({"seconds_ago": 3 * 3600}, "open for very long"),
        ({"phone": ""}, "so that we can answer"),
        ({"phone": "12"}, "not a telephone number"),
        ({"consent": ""}, "only if you agree"),
        ({"product_line": ""}, "This is needed."),
        ({"description": "no"}, "Write in a few words what is wrong."),
    ],
    ids=["robot", "forged", "fast", "old", "nobody", "no-number", "no-consent", "no-line", "no-words"],
)
def test_what_is_refused_says_why_and_keeps_what_was_typed(shop, browser, changed, says):
    puzzle = a_solved_puzzle(seconds_ago=changed["seconds_ago"]) if "seconds_ago" in changed else {}
    answer = _sent(browser, shop, **(changed | puzzle))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert_strict(html)
    assert says in html
    assert 'value="Ou Yang"' in html
    assert not ServiceRequest.objects.exists()
    assert _sent(browser, shop).status_code == 302


@pytest.mark.shows("A04", "T21", "T22")
@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>", "image/jpeg"),
        SimpleUploadedFile("a.svg", b"<svg/>", "image/svg+xml"),
        SimpleUploadedFile("a.exe", b"MZ", "application/x-msdownload"),
    ],
    ids=["dressed-up", "drawing", "program"],
)
def test_a_hostile_file_is_refused_at_its_field_and_the_words_stay(shop, browser, file):
    file.seek(0)
    answer = _sent(browser, shop, photos=[file])
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "picture" in html.split('id="id_photos_error"')[1].split("</p>")[0]
    assert "The drum does not turn." in html
    assert "please choose them again" in html
    assert not ServiceRequest.objects.exists()
    assert not Evidence.objects.exists()


@pytest.mark.shows("A05")
def test_the_qr_code_of_an_appliance_fills_in_the_machine_and_not_its_owner(shop, browser):
    owner = shop.a_customer(name="Liang Ming")
    machine = shop.an_appliance(owner)
    scanned = browser.get(f"/q/a-{secrets.sticker('appliance', machine.pk)}")
    assert scanned.status_code == 302
    html = browser.get(scanned["Location"]).content.decode()
    assert f'value="{machine.serial}"' in html
    assert "Liang" not in html
    assert _sent(browser, shop, scanned["Location"], serial=machine.serial).status_code == 302
    request = ServiceRequest.objects.get()
    assert (request.channel, request.appliance) == ("QR", machine)


@pytest.mark.shows("A05")
def test_the_qr_code_of_a_door_leads_to_its_outlet_and_a_forged_one_nowhere(shop, browser):
    scanned = browser.get(f"/q/d-{secrets.sticker('door', shop.unit.pk)}")
    assert scanned["Location"] == "/request/FS01/?by=qr"
    mark = secrets.sticker("door", shop.unit.pk)
    for forged in (f"a-{mark}", f"d-{shop.unit.pk}-{'0' * 24}", "d-", "x", "d-９-abc"):
        assert browser.get(f"/q/{forged}").status_code == 404


def test_a_sticker_of_an_earlier_secret_still_leads_home(settings):
    mark = secrets.sticker("door", 7)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another one", [settings.SECRET_KEY]
    assert secrets.read_sticker("door", mark) == 7
    settings.SECRET_KEY_FALLBACKS = []
    assert secrets.read_sticker("door", mark) is None


def test_several_outlets_are_chosen_among_and_an_office_has_no_door(shop, browser):
    html = browser.get("/request/").content.decode()
    assert_strict(html)
    assert "/request/FS01/" in html
    assert "/request/GZ02/" in html
    assert "/request/HQ/" not in html
    assert browser.get("/request/HQ/").status_code == 404
    assert browser.get("/request/fs01/").status_code == 200


@pytest.mark.shows("A04")
def test_the_page_follows_the_request_and_withdraws_it(shop, browser):
    _sent(browser, shop)
    request = ServiceRequest.objects.get()
    url = _page_of(request)
    assert browser.get(url)["Cache-Control"] == "no-store"
    refused = browser.post(f"{url}/withdraw", {"reason": "no"} | once())
    assert refused.status_code == 422
    assert "at least five letters" in refused.content.decode().split('id="withdraw_reason_error"')[1].split("</p>")[0]
    assert browser.post(f"{url}/withdraw", {"reason": "It works again"} | once())["Location"] == url
    request.refresh_from_db()
    assert request.state == "CANCELLED"
    html = browser.get(url).content.decode()
    assert "You have withdrawn your request" in html
    assert "Withdraw the request" not in html


@pytest.mark.shows("A04")
def test_a_solved_request_shows_the_advice_and_comes_back(shop, browser):
    _sent(browser, shop)
    request = intake.triage(ServiceRequest.objects.get(), product_line=shop.line, by=shop.reception, at=shop.now)
    intake.solve_by_advice(request, advice="Clean the filter.", confirmed=True, by=shop.reception, at=shop.now)
    url = _page_of(request)
    assert "Clean the filter." in browser.get(url).content.decode()
    assert browser.post(f"{url}/reopen", {"reason": "Still no turn"} | once()).status_code == 302
    request.refresh_from_db()
    assert (request.state, request.reopened_times) == ("TRIAGED", 1)


@pytest.mark.shows("T05", "T28")
def test_one_link_opens_one_request_alone(shop, browser):
    _sent(browser, shop, photos=photos(1))
    _sent(browser, shop, serial="HA-2", description="Another one entirely.")
    mine, theirs = ServiceRequest.objects.order_by("pk")
    picture = mine.photos.get().evidence_id
    shown = browser.get(f"{_page_of(mine)}/pictures/{picture}")
    assert shown.status_code == 200
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")
    assert browser.get(f"{_page_of(theirs)}/pictures/{picture}").status_code == 404
    assert browser.get(f"/request/mine/{'A' * 22}").status_code == 404
    assert browser.post(f"/request/mine/{'A' * 22}/withdraw", {"reason": "It works again"}).status_code == 404


def test_a_signed_in_clerk_is_a_stranger_at_this_door(shop, signed_in):
    _sent(signed_in("chen"), shop)
    from guiju.kernel.models import TrailEntry

    assert TrailEntry.objects.get(verb="intake.submit").actor_kind == "STRANGER"


@pytest.mark.parametrize(("language", "says"), [("zh-hans", "zh-hans"), ("zh-hant", "zh-hant"), ("en", "en")])
def test_it_speaks_three_languages_and_remembers_which(shop, language, says):
    browser = Client(headers={"Accept-Language": language})
    assert f'<html lang="{says}">' in browser.get(ASK).content.decode()
    _sent(browser, shop)
    assert ServiceRequest.objects.get().language == language
