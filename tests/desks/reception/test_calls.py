"""The telephone at the reception: the day's calls, the card of a call, call-backs, scores, the voice menu on the screen."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guiju.kernel.models import TrailEntry
from guiju.line.intake.models import ServiceRequest
from guiju.line.telephone import actions as telephone
from guiju.line.telephone.models import Call, CallBack, CallScore, CallScript, VoiceMenu
from tests.desks.common.page import assert_strict
from tests.line.telephone.switchboard import CALLER, Switchboard, fresh, marks
from tests.line.telephone.trees import house_menu

pytestmark = pytest.mark.django_db

Browser = Callable[[str], Client]


@pytest.fixture
def line(shop: Any) -> Switchboard:
    """FS01's telephone a moment ago: pages act by the real clock."""
    shop.now = timezone.now() - timedelta(minutes=50)
    return Switchboard(shop)


def page(browser: Client, path: str, status: int = 200) -> str:
    answer = browser.get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    html = answer.content.decode()
    assert_strict(html)
    return html


def send(browser: Client, path: str, status: int = 302, **typed: Any) -> Any:
    answer = browser.post(path, {"once": str(uuid.uuid4()), **typed})
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer


# --- The day


@pytest.mark.shows("S6-01", "A01")
def test_a_ringing_call_shows_itself_on_the_first_page(line: Switchboard, lin_browser: Client) -> None:
    customer = line.shop.a_customer(name="Liang Ming")
    call = line.rings(customer.phones.get().e164)
    for path in ("/reception/", "/reception/calls/ringing", "/reception/calls/"):
        html = page(lin_browser, path)
        assert f"/reception/calls/{call.pk}/" in html
        assert "Liang Ming" in html
        assert 'hx-trigger="every 5s"' in html
    telephone.hang_up(call, by=line.clerk, at=line.shop.later())
    assert "Nobody is on the telephone." in page(lin_browser, "/reception/calls/ringing")


def test_the_day_of_another_outlet_is_empty(line: Switchboard, signed_in: Browser) -> None:
    line.abandoned()
    html = page(signed_in("zhou"), "/reception/calls/")
    assert "Nobody has called yet today." in html
    assert "We owe nobody a call." in html
    assert page(signed_in("chen"), "/reception/calls/", 403)


@pytest.mark.shows("S6-01")
def test_a_shop_without_a_telephone_system_logs_a_call_by_its_number(line: Switchboard, lin_browser: Client) -> None:
    html = send(lin_browser, "/reception/calls/new", 422, phone="12", direction="IN").content.decode()
    assert "This is not a telephone number" in html
    answer = send(lin_browser, "/reception/calls/new", phone="139 1234 5678", direction="IN")
    call = Call.objects.get()
    assert (answer.url, call.state, call.phone) == (f"/reception/calls/{call.pk}/", "TALKING", CALLER)


@pytest.mark.shows("S6-04")
def test_call_backs_are_tried_and_made_from_the_list(line: Switchboard, lin_browser: Client) -> None:
    line.abandoned()
    owed = CallBack.objects.get()
    html = page(lin_browser, "/reception/calls/")
    assert "Hung up before we answered" in html
    assert CALLER[-8:] not in html.replace(" ", "")
    shown = send(lin_browser, f"/reception/call-backs/{owed.pk}/number", 200).content.decode()
    assert "+86 139 1234 5678" in shown
    assert TrailEntry.objects.filter(verb="telephone.read_number").count() == 1
    early = send(lin_browser, f"/reception/call-backs/{owed.pk}/give-up", 422, note="Never answers.")
    assert "Try at least 3 times" in early.content.decode()
    send(lin_browser, f"/reception/call-backs/{owed.pk}/try")
    send(lin_browser, f"/reception/call-backs/{owed.pk}/finish")
    owed.refresh_from_db()
    assert (owed.state, owed.tries) == ("REACHED", 2)
    assert send(lin_browser, f"/reception/call-backs/{owed.pk}/finish", 422)
    assert send(lin_browser, f"/reception/call-backs/{owed.pk}/shout", 404)


def test_a_dispatcher_reads_the_calls_and_does_nothing_with_them(line: Switchboard, signed_in: Browser) -> None:
    line.abandoned()
    bo = signed_in("bo")
    html = page(bo, "/reception/calls/")
    assert "/call-backs/" not in html
    assert send(bo, f"/reception/call-backs/{CallBack.objects.get().pk}/finish", 403)
    assert send(bo, f"/reception/calls/{Call.objects.get().pk}/answer", 403)
    assert page(bo, f"/reception/calls/{Call.objects.get().pk}/")


# --- The card


@pytest.mark.shows("S6-03", "A01", "A03")
def test_the_card_shows_the_script_the_customer_and_the_open_jobs(line: Switchboard, lin_browser: Client) -> None:
    order = line.shop.a_registered_order()
    phone = order.customer.phones.get().e164
    line.ended(phone)
    call = line.rings(phone)
    html = page(lin_browser, f"/reception/calls/{call.pk}/")
    assert "Take the call" in html
    assert "Good day, this is the repair service." in html
    assert order.number in html
    assert "Earlier calls of this number" in html
    assert phone[-8:] not in html.replace(" ", "")
    send(lin_browser, f"/reception/calls/{call.pk}/answer")
    assert fresh(call).agent.name == "lin"
    assert "Take the call" not in page(lin_browser, f"/reception/calls/{call.pk}/")


@pytest.mark.shows("S6-03", "A03")
def test_each_courtesy_is_ticked_as_it_is_said(line: Switchboard, lin_browser: Client) -> None:
    call = line.talks()
    answer = lin_browser.post(
        f"/reception/calls/{call.pk}/steps/GREETING", {"done": "yes"}, headers={"HX-Request": "true"}
    )
    html = answer.content.decode()
    assert html.strip().startswith('<section class="card" id="script">')
    assert html.count('aria-pressed="true"') == 1
    send(lin_browser, f"/reception/calls/{call.pk}/steps/CLOSE", done="yes")
    assert sorted(call.ticks.values_list("step", flat=True)) == ["CLOSE", "GREETING"]
    send(lin_browser, f"/reception/calls/{call.pk}/steps/CLOSE", done="no")
    assert call.ticks.count() == 1
    assert send(lin_browser, f"/reception/calls/{call.pk}/steps/SHOUT", 200)


@pytest.mark.shows("S6-01")
def test_a_request_is_written_down_in_the_call(line: Switchboard, lin_browser: Client) -> None:
    call = line.talks()
    path = f"/reception/calls/{call.pk}/request"
    assert "This is needed." in send(lin_browser, path, 422, contact_name="").content.decode()
    send(
        lin_browser,
        path,
        contact_name="Liang Ming",
        description="The drum does not spin.",
        product_line=line.shop.line.pk,
    )
    request = ServiceRequest.objects.get()
    assert (request.channel, request.phone, request.line) == ("PHONE", CALLER, line.shop.line)
    assert fresh(call).request == request
    assert f"/reception/requests/{request.number}/" in page(lin_browser, f"/reception/calls/{call.pk}/")


@pytest.mark.shows("S6-01", "A06")
def test_a_new_customers_card_begins_with_the_number_of_the_call(
    line: Switchboard, lin_browser: Client, signed_in: Browser
) -> None:
    call = line.talks()
    html = page(lin_browser, f"/reception/calls/{call.pk}/")
    link = re.search(r'href="(/reception/customers/new\?call=\d+)"', html)
    assert link
    assert "139 1234 5678" in page(lin_browser, link[1])
    assert "139 1234 5678" not in page(signed_in("zhou"), link[1])


def test_notes_promises_and_orders_are_kept_at_the_call(line: Switchboard, lin_browser: Client) -> None:
    call, order = line.talks(), line.shop.a_registered_order()
    path = f"/reception/calls/{call.pk}"
    send(lin_browser, f"{path}/note", note="Leaks when spinning.")
    send(lin_browser, f"{path}/call-back", note="When the part is here.")
    assert "There is no such order." in send(lin_browser, f"{path}/lead-to", 422, order="WO-X").content.decode()
    send(lin_browser, f"{path}/lead-to", order=order.number.lower())
    send(lin_browser, f"{path}/hang-up")
    call = fresh(call)
    assert (call.note, call.order, call.state) == ("Leaks when spinning.", order, "ENDED")
    assert CallBack.objects.get().note == "When the part is here."
    html = page(lin_browser, f"{path}/")
    assert order.number in html
    assert "We owe a call" in html
    assert "+86 139 1234 5678" in send(lin_browser, f"{path}/number", 200).content.decode()


def test_a_withheld_number_is_asked_for(line: Switchboard, lin_browser: Client) -> None:
    call = line.talks("")
    assert "Number withheld" in page(lin_browser, f"/reception/calls/{call.pk}/")
    refused = send(lin_browser, f"/reception/calls/{call.pk}/call-back", 422, phone="").content.decode()
    assert "The number is withheld" in refused
    send(lin_browser, f"/reception/calls/{call.pk}/call-back", phone="13912345678")
    assert CallBack.objects.get().phone == CALLER


def test_a_call_that_is_over_is_not_taken(line: Switchboard, lin_browser: Client, signed_in: Browser) -> None:
    call = line.abandoned()
    html = send(lin_browser, f"/reception/calls/{call.pk}/answer", 200).content.decode()
    assert "This is not possible at this point." in html
    assert page(signed_in("zhou"), f"/reception/calls/{call.pk}/", 404)


# --- Scores


def scores_of(call: Call) -> str:
    """The month in which it began where the outlet is: it may have been another one a moment ago."""
    return f"/reception/calls/scores?month={call.unit.day(call.started_at):%Y-%m}"


@pytest.mark.shows("S6-03", "A03")
def test_the_manager_listens_to_the_sample_and_gives_points(line: Switchboard, signed_in: Browser) -> None:
    call = line.ended()
    ma, scores = signed_in("ma"), scores_of(call)
    assert "1 call to listen to" in page(ma, scores)
    path = f"/reception/calls/{call.pk}/score"
    page(ma, path)
    assert "This is needed." in send(ma, path, 422, GREETING="5").content.decode()
    send(ma, path, note="Very kind.", **{step: str(points) for step, points in marks(4).items()})
    assert CallScore.objects.get().note == "Very kind."
    html = page(ma, scores)
    assert "All heard" in html
    assert "4.0" in html
    assert "Heard by ma" in page(ma, path)
    assert "Nobody spoke on the telephone" in page(ma, "/reception/calls/scores?month=2020-01")


def test_the_receptionist_sees_the_points_and_gives_none(line: Switchboard, lin_browser: Client) -> None:
    call = line.ended()
    assert f"/reception/calls/{call.pk}/" in page(lin_browser, scores_of(call))
    assert page(lin_browser, f"/reception/calls/{call.pk}/score", 403)
    assert send(lin_browser, f"/reception/calls/{call.pk}/score", 403, **marks())


# --- The voice menu


def menu_text(**changed: Any) -> str:
    return json.dumps(house_menu(**changed), ensure_ascii=False)


@pytest.mark.shows("S6-04")
def test_a_menu_is_drafted_read_by_the_rules_and_published(line: Switchboard, signed_in: Browser) -> None:
    ma = signed_in("ma")
    assert "To begin with: the house" in page(ma, "/reception/calls/menu")
    lost = {"do": "menu", "say": {}, "keys": {"0": {"do": "again"}}}
    send(ma, "/reception/calls/menu/write", content=menu_text(closed=lost))
    html = page(ma, "/reception/calls/menu")
    assert "Key 0 must lead to a person or to a call back." in html
    assert "/publish" not in html
    draft = VoiceMenu.objects.get()
    send(ma, f"/reception/calls/menu/{draft.pk}/publish")
    assert VoiceMenu.objects.get().state == "DRAFT"
    send(ma, "/reception/calls/menu/write", content=menu_text())
    html = page(ma, "/reception/calls/menu")
    assert f"/reception/calls/menu/{draft.pk}/publish" in html
    assert "guiju" in html
    send(ma, f"/reception/calls/menu/{draft.pk}/publish")
    assert VoiceMenu.objects.get().state == "PUBLISHED"
    assert "In force: version 1 of FS01" in page(ma, "/reception/calls/menu")


class _Fields(HTMLParser):
    """What the fields of each form hold, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.name = self.kind = ""
        self.is_said = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        if tag == "form":
            self.forms.append({})
        elif tag in {"input", "select", "textarea"} and given.get("name"):
            self.name, self.kind = given["name"], tag
            self.forms[-1][self.name] = given.get("value") or ""
        elif tag == "option" and "selected" in given:
            # Without a value, what it says is its value.
            self.is_said = "value" not in given
            self.forms[-1][self.name] = given.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self.kind == "textarea" or self.is_said:
            self.forms[-1][self.name] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == self.kind:
            self.kind = ""
        self.is_said = self.is_said and tag != "option"


def editor(html: str) -> dict[str, str]:
    """What the editor's fields hold, as a browser would send them."""
    reader = _Fields()
    reader.feed(html)
    typed = next(each for each in reader.forms if "basis" in each)
    return {name: value.strip() for name, value in typed.items() if name not in {"csrfmiddlewaretoken", "once"}}


@pytest.mark.shows("S6-04")
def test_hours_and_words_are_changed_without_knowing_how_a_menu_is_kept(line: Switchboard, signed_in: Browser) -> None:
    ma, path = signed_in("ma"), "/reception/calls/menu"
    shown = editor(page(ma, path))
    words = {name: "Press 0." for name in shown if ".say." in name}
    assert len(words) == 3 * 6, "six sentences of the house's own menu, each in three languages"
    typed = shown | words | {"agents": "front", "day_1": "9:00-17:00", "day_7": "", "open-0.agents": "counter"}
    refused = send(ma, f"{path}/write", 422, **typed | {"day_2": "nine to five"}).content.decode()
    assert "Write from and until" in refused
    assert not VoiceMenu.objects.exists()
    send(ma, f"{path}/write", **typed)
    content = VoiceMenu.objects.get().content
    assert (content["hours"]["days"]["1"], "7" in content["hours"]["days"]) == (["09:00", "17:00"], False)
    assert (content["agents"], content["open"]["keys"]["0"]["agents"]) == ("front", "counter")
    assert content["open"]["keys"]["9"]["say"]["zh-hant"] == "Press 0."
    assert content["open"]["keys"]["2"] == {"do": "status"}, "which key leads where is as it was"


@pytest.mark.shows("S6-04")
def test_keys_are_added_moved_and_deleted_by_buttons_and_faults_stand_at_their_fields(
    line: Switchboard, signed_in: Browser
) -> None:
    ma, path = signed_in("ma"), "/reception/calls/menu"

    def press(edit: str, **typed: str) -> str:
        shown = editor(page(ma, path))
        return str(send(ma, f"{path}/write", **shown | typed, edit=edit).headers["Location"])

    assert press("add open", **{"open.add": "say"}) == f"{path}#c-open-4"
    html = page(ma, path)
    assert 'href="#id_open-4.say.en"' in html
    assert re.search(r'id="id_open-4.say.en_error"[^§]{0,400}?Write what is said in en', html)
    assert "/publish" not in html, "a draft with a fault is kept and not published"
    words = {f"open-4.say.{code}": "We repair bicycles too." for code in ("en", "zh-hans", "zh-hant")}
    assert press("earlier open-4", **words) == f"{path}#c-open-3"
    assert press("remove open-2") == f"{path}#c-open"
    shown = editor(page(ma, path))
    send(ma, f"{path}/write", **shown | {"open-3.key": "5", "open-3.under": "open-1"})
    keys = VoiceMenu.objects.get().content["open"]["keys"]
    assert (sorted(keys), keys["1"]["keys"]["5"]["say"]["en"]) == (["0", "1", "4", "9"], "We repair bicycles too.")
    # What would lose a choice is said where it was typed, and nothing is written.
    shown = editor(page(ma, path))
    html = send(ma, f"{path}/write", 422, **shown | {"open-1.key": "9"}).content.decode()
    assert "This key is taken already." in html
    assert VoiceMenu.objects.get().content["open"]["keys"] == keys
    assert "/publish" in page(ma, path)
    # The draft that is walked is the one that was just changed.
    walked = page(ma, f"{path}/try?section=open&language=en&way=15")
    assert "We repair bicycles too." in walked[walked.index('id="trial"') :]


def test_a_draft_that_somebody_else_has_changed_is_not_written_over(line: Switchboard, signed_in: Browser) -> None:
    ma, path = signed_in("ma"), "/reception/calls/menu"
    shown = editor(page(ma, path))
    # On another screen meanwhile.
    send(ma, f"{path}/write", **shown | {"agents": "front"})
    html = send(ma, f"{path}/write", 422, **shown).content.decode()
    assert "The draft has changed meanwhile." in html
    assert VoiceMenu.objects.get().content["agents"] == "front"
    send(ma, f"{path}/write", **editor(page(ma, path)) | {"agents": "back"})
    assert VoiceMenu.objects.get().content["agents"] == "back"


def test_a_menu_is_taken_away_as_a_file_and_brought_in_elsewhere(line: Switchboard, signed_in: Browser) -> None:
    ma, path = signed_in("ma"), "/reception/calls/menu"
    answer = ma.get(path, {"export": "json"})
    assert "attachment" in answer["Content-Disposition"]
    assert json.loads(answer.content) == house_menu()
    send(ma, f"{path}/write", content=answer.content.decode().replace("reception", "front"))
    assert VoiceMenu.objects.get().content["agents"] == "front"
    assert signed_in("chen").get(path, {"export": "json"}).status_code == 403


def test_what_is_no_data_is_told_at_its_field(line: Switchboard, signed_in: Browser) -> None:
    ma = signed_in("ma")
    for wrong in ("{", "[]"):
        html = send(ma, "/reception/calls/menu/write", 422, content=wrong).content.decode()
        assert_strict(html)
    assert not VoiceMenu.objects.exists()


def test_an_administrator_drafts_and_does_not_publish_and_the_clerk_reads(
    line: Switchboard, signed_in: Browser
) -> None:
    ad, lin = signed_in("ad"), signed_in("lin")
    send(ad, "/reception/calls/menu/write", content=menu_text())
    draft = VoiceMenu.objects.get()
    assert "/publish" not in page(ad, "/reception/calls/menu")
    assert send(ad, f"/reception/calls/menu/{draft.pk}/publish", 403)
    assert "Keep the draft" not in page(lin, "/reception/calls/menu")
    assert send(lin, "/reception/calls/menu/write", 403, content=menu_text())
    assert page(signed_in("chen"), "/reception/calls/menu", 403)


@pytest.mark.shows("S6-04")
def test_a_menu_is_tried_on_the_screen_without_a_telephone(line: Switchboard, lin_browser: Client) -> None:
    asked = {"headers": {"HX-Request": "true"}}

    def press(html: str, **keys: str) -> str:
        place = re.search(r'name="place" value="([^"]+)"', html)
        assert place
        answer = lin_browser.get("/reception/calls/menu/try", {"place": place[1], **keys}, **asked)
        return answer.content.decode()

    html = lin_browser.get("/reception/calls/menu/try", {"section": "open", "language": "en"}, **asked).content.decode()
    assert "Welcome to the repair service." in html
    assert "This key is not in use." in press(html, keys="7")
    html = press(html, keys="2")
    html = press(html, keys="2026110200001")
    html = press(html, keys="13912345678")
    assert "Here the caller hears how the repair stands." in html
    assert "Now reception rings." in press(html, keys="0")
    closed = lin_browser.get(
        "/reception/calls/menu/try", {"section": "closed", "language": "en"}, **asked
    ).content.decode()
    assert "Now a call back stands on the list." in press(closed, keys="0")
    # Without scripts the whole page answers; a place that somebody made up begins anew; and nothing of it is written.
    assert "Welcome" in page(lin_browser, "/reception/calls/menu/try?section=open&language=en")
    assert page(lin_browser, "/reception/calls/menu/try?place=x&keys=0")
    assert not Call.objects.exists()


@pytest.mark.shows("S6-03")
def test_the_words_of_the_script_are_written_and_published(line: Switchboard, signed_in: Browser) -> None:
    ma = signed_in("ma")
    html = page(ma, "/reception/calls/script")
    names = re.findall(r'name="([A-Z]+\.[a-z-]+)"', html)
    assert len(names) == 18
    words = dict.fromkeys(names, "Good day!")
    assert send(ma, "/reception/calls/script/write", 422, **words | {"CLOSE.en": ""})
    send(ma, "/reception/calls/script/write", **words)
    draft = CallScript.objects.get()
    assert send(signed_in("lin"), f"/reception/calls/script/{draft.pk}/publish", 403)
    send(ma, f"/reception/calls/script/{draft.pk}/publish")
    call = line.talks()
    assert "Good day!" in page(ma, f"/reception/calls/{call.pk}/")
    read = page(signed_in("lin"), "/reception/calls/script")
    assert "Keep the draft" not in read
    assert 'action="/reception/calls/script/write"' not in read
    assert read.count("readonly") == 18, "what nobody keeps is not to be typed"
