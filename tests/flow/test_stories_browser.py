"""Stories through Chromium: a call, a stranger's request, an approval on a telephone, a refusal and its way back, a live bench."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page

from guiju.desks.front_door import puzzle
from guiju.kernel import secrets
from guiju.line.intake.models import ServiceRequest
from guiju.line.telephone.models import Call
from guiju.line.workorder import queries as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.line.workshop import actions as workshop
from guiju.line.workshop import queries as bench
from guiju.standing.people import actions as people
from tests.flow.crew import Crew, crew, driver, has_stayed, shop, stays
from tests.flow.test_walk_in_browser import CUSTOMER, _press, _sign, _write
from tests.line import stages
from tests.line.cast_line import Shop, a_picture, fresh
from tests.line.telephone.switchboard import Switchboard
from tests.line.telephone.test_telephone_systems import ALWAYS, VERBS

__all__ = ["crew", "driver", "shop"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


# --- A call


class Exchange:
    """A telephone system that speaks with the running house over the wire, by its key."""

    def __init__(self, address: str, key: str, caller: str) -> None:
        self._address, self._key, self._caller = address, key, caller

    def press(self, keys: str) -> Any:
        """Tell which key the caller has pressed; what the caller hears next."""
        said = {"system": "pbx", "from": self._caller, "keys": keys}
        asked = urllib.request.Request(
            f"{self._address}/api/v1/telephone/menu/8001.9", json.dumps(said).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {self._key}"},
        )  # fmt: skip
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return json.load(answer)


def wait_for_calls(lin: Page) -> None:
    """Sit at the reception; nobody calls, and a name is half typed."""
    lin.goto("/reception/")
    lin.get_by_text("Nobody is on the telephone.").wait_for()
    lin.locator("#find").press_sequentially("Wang", delay=120)
    stays(lin)


def take_call(lin: Page, name: str) -> None:
    """See who rings without touching the page, open the card, and take the call."""
    ringing = lin.locator("#live-calls a.row-link", has_text=name)
    ringing.wait_for()
    assert has_stayed(lin)
    assert lin.input_value("#find") == "Wang"
    ringing.click()
    lin.wait_for_url("**/reception/calls/*/")
    _press(lin, "Take the call")
    lin.get_by_text("Who spoke").wait_for()


def speak(lin: Page, number: str) -> str:
    """Say each step of the script, see the open job, write down what else is wrong; the number of the request."""
    script = lin.locator("#script")
    stays(lin)
    while script.get_by_role("button", name="Tick").count():
        ticked = script.locator("[aria-pressed=true]").count()
        _press(script, "Tick")
        script.locator("[aria-pressed=true]").nth(ticked).wait_for()
    assert has_stayed(lin)
    assert lin.get_by_role("link", name=number).count()
    lin.locator("summary", has_text="New request").click()
    form = lin.locator('form[action$="/request"]')
    _write(form, contact_name="Liang Ming", description="The refrigerator hums as well.")
    _press(form, "Write it down")
    lin.get_by_text("The request is written down.").wait_for()
    said = lin.locator('aside a[href*="/reception/requests/RQ-"]').inner_text()
    _press(lin, "End the call")
    lin.get_by_text("The call has ended.").wait_for()
    return said


@pytest.mark.shows("S6-01", "S6-03", "S6-04", "A01", "A03")
def test_a_caller_presses_keys_and_the_clerk_answers_from_the_card(crew: Crew, shop: Shop, live_server: Any) -> None:
    order = shop.a_registered_order()
    line = Switchboard(shop)
    line.menu(hours=ALWAYS)
    ma = shop.cast.people["ma"]
    _, key = people.make_api_key(ma, label="Telephone", verbs=VERBS, by=shop.actor("ma"), at=shop.now)
    system = Exchange(live_server.url, key, order.customer.phones.get().e164)

    crew.at("lin", wait_for_calls)
    assert system.press("")["says"]
    assert system.press("1")["act"] != system.press("1")["act"], "the second key leads to a person"
    crew.at("lin", take_call, order.customer.name)
    number = crew.at("lin", speak, order.number)

    call = Call.objects.select_related("agent").get()
    assert call.agent is not None
    assert (call.state, call.agent.name, call.menu_path) == ("ENDED", "lin", ["1", "1"])
    assert call.ticks.count() == 6
    request = ServiceRequest.objects.get(number=number)
    assert (call.request, request.channel, request.phone) == (request, "PHONE", order.customer.phones.get().e164)
    assert crew.heard == []


# --- A stranger's request


def ask(customer: Page, address: str) -> tuple[str, str]:
    """Scan the code on the door with a telephone, and ask; the number, and the address of one's own page."""
    customer.goto(address)
    assert customer.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert customer.evaluate("document.documentElement.scrollWidth") <= 390
    customer.select_option("[name=product_line]", label="Washing machine")
    _write(customer, description="The drum does not turn.", contact_name="Ou Yang", phone="138 0000 7788")
    shots: list[FilePayload] = [
        {"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": a_picture(n)} for n in range(2)
    ]
    customer.set_input_files("[name=photos]", shots)
    customer.locator("[name=consent]").check()
    customer.locator("[data-puzzle-button]").tap()
    customer.wait_for_url("**/request/mine/**")
    assert customer.locator(".pictures img").count() == 2
    assert customer.locator(".address").inner_text().endswith(customer.url.split("/request/mine/")[1])
    return customer.locator(".lead .number").inner_text(), customer.url


def sit_at_reception(lin: Page) -> None:
    """Look at the reception's first page and wait."""
    lin.goto("/reception/")
    lin.locator("#figures").wait_for()
    lin.locator("#lists").wait_for()
    stays(lin)


def make_the_order(lin: Page, number: str) -> str:
    """See the request come in, say what it is about, and make the order; its number."""
    row = lin.locator("#requests a.row-link", has_text=number)
    row.wait_for()
    assert has_stayed(lin)
    row.click()
    assert lin.locator(".pictures img").count() == 2
    triage = lin.locator("#step-triage")
    assert triage.locator("[name=product_line] option:checked").inner_text() == "Washing machine"
    _press(triage, "That is it")
    lin.get_by_text("The request is triaged.").wait_for()
    lin.get_by_role("link", name="Make the order").click()
    assert lin.input_value("[name=name]") == "Ou Yang"
    _write(lin, brand="Guiju", serial="GJ-77")
    lin.locator("[name=terms_accepted]").check()
    _press(lin, "Make the order")
    lin.wait_for_url("**/reception/orders/*/")
    return lin.url.rstrip("/").rsplit("/", 1)[1]


def look_at_photos(lin: Page, number: str) -> int:
    """Open what came with the order; how many of the stranger's photos are drawn there."""
    lin.goto(f"/orders/{number}/arrival/")
    lin.get_by_text("Photos that came with the request").wait_for()
    lin.wait_for_load_state("networkidle")
    return int(lin.evaluate("[...document.images].filter((image) => image.naturalWidth === 48).length"))


def follow(customer: Page, address: str) -> str:
    """Open one's own page again, and go on to the repair's."""
    customer.goto(address)
    customer.locator("a[href*='/t/']").tap()
    customer.wait_for_url("**/t/**")
    return customer.inner_text("main")


@pytest.mark.shows("S6-01", "A04")
def test_a_stranger_scans_the_door_and_the_photos_reach_the_order(
    crew: Crew, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The test types faster than any person.
    monkeypatch.setattr(puzzle, "SECONDS_MIN", 0)

    crew.at("lin", sit_at_reception)
    number, mine = crew.at(CUSTOMER, ask, f"/q/d-{secrets.sticker('door', shop.unit.pk)}")
    order = crew.at("lin", make_the_order, number)

    assert crew.at("lin", look_at_photos, order) == 2
    assert order in crew.at(CUSTOMER, follow, mine)
    request = ServiceRequest.objects.get()
    assert (request.channel, request.proof, request.state) == ("QR", "PUZZLE", "CONVERTED")
    assert request.order == WorkOrder.objects.get(number=order)
    assert crew.heard == []


# --- The customer's approval


def leave_out(customer: Page, link: str) -> tuple[str, str]:
    """Untick what may be left out, and sign with a finger; what the button asked for before and after."""
    customer.goto(link)
    form = customer.locator('form[action$="/approve"]')
    button = form.locator("button.btn-primary")
    assert customer.evaluate("document.documentElement.scrollWidth") <= 390
    assert _darkness(customer) < 60, "whoever has a dark telephone has a dark page"
    before = button.inner_text()
    form.locator("[name=kept]").uncheck()
    after = button.inner_text()
    assert customer.locator('form[action$="/enter-code"] [name=kept]').count() == 0
    _sign(form, customer)
    assert customer.evaluate(PAPER) == [255, 255, 255], "ink is dark on white, also at night: it is printed on paper"
    button.tap()
    form.wait_for(state="detached")
    return before, after


PAPER = "[...document.querySelector('canvas').getContext('2d').getImageData(2, 2, 1, 1).data].slice(0, 3)"


def _darkness(page: Page) -> float:
    """How bright the ground of the page is, from 0 to 255."""
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    channels = [float(each) for each in ground.removeprefix("rgb(").rstrip(")").split(",")]
    return sum(channels) / 3


def see_what_was_left_out(chen: Page, number: str) -> str:
    """Open the job at the bench; the line that the customer did not want."""
    chen.goto(f"/bench/{number}/")
    return chen.locator("tr", has_text="Left out by the customer").inner_text()


@pytest.mark.shows("C06", "A11", "S6-09", "WO-2")
def test_a_customer_leaves_a_line_out_and_signs_on_a_dark_telephone(crew: Crew, shop: Shop) -> None:
    order = stages.a_diagnosed_order(shop)
    offers = [
        workshop.Offer(item=shop.labour, unit_minor=16000),
        workshop.Offer(part=shop.compressor, unit_minor=60000, is_optional=True),
    ]
    quote = workshop.draft_quote(order, offers=offers, service_hours=8, by=shop.actor("chen"), at=shop.later())
    workshop.issue_quote(quote, by=shop.reception, at=shop.later())

    before, after = crew.at(CUSTOMER, leave_out, f"/t/{workorder.track_token(fresh(order))}")

    assert ("760.00" in before, "160.00" in after, "760.00" in after) == (True, True, False)
    agreed = bench.current_quote(order)
    assert agreed is not None
    assert (agreed.state, agreed.total_minor, agreed.declined_minor) == ("APPROVED", 16000, 60000)
    assert agreed.signature is not None
    assert "Compressor" in crew.at("chen", see_what_was_left_out, order.number)
    assert crew.heard == []


# --- A refusal and its way back


def finish_too_soon(chen: Page, number: str) -> str:
    """Say that the work is done before any time is noted; the sentence at that step."""
    chen.goto(f"/bench/{number}/")
    chen.locator("#step-finish summary").click()
    step = chen.locator("[data-step=finish]")
    _write(step, work_done="The belt is new, the drum runs.")
    _press(step, "The work is done")
    said = chen.locator("#step-finish [role=alert]").inner_text()
    assert chen.locator("[data-step=finish] [name=work_done]").input_value() == "The belt is new, the drum runs."
    return said


def note_time_in_another_tab(chen: Page, number: str) -> None:
    """Note the time in a second tab, and leave that tab open."""
    other = chen.context.new_page()
    other.goto(f"/bench/{number}/")
    step = other.locator("[data-step=labour]")
    _write(step, minutes="45", task="Changed the belt")
    _press(step, "Note the time")
    other.get_by_text("45 minutes").wait_for()


def note_time_beside_it(chen: Page) -> str:
    """Note the time on the page of the refused step; what still stands at that step, and after signing out."""
    step = chen.locator("[data-step=labour]")
    _write(step, minutes="15", task="Tightened the pulley")
    _press(step, "Note the time")
    chen.get_by_text("15 minutes").wait_for()
    noted = chen.evaluate("Object.keys(sessionStorage).filter(name => name.endsWith(':labour'))")
    assert noted == []
    return chen.locator("[data-step=finish] [name=work_done]").input_value()


def sign_out(chen: Page) -> list[str]:
    """Sign out; what this tab still remembers of what was typed."""
    chen.goto("/bench/")
    chen.locator(".person summary").click()
    chen.get_by_role("button", name="Sign out").click()
    chen.wait_for_url(lambda address: "/bench" not in address)
    kept: list[str] = chen.evaluate("Object.keys(sessionStorage).filter(name => name.startsWith('draft:'))")
    return kept


def finish_again(chen: Page) -> None:
    """Send what is still typed in the first tab."""
    _press(chen.locator("[data-step=finish]"), "The work is done")
    chen.get_by_text("Somebody else tests it now.").wait_for()


def act_in_the_stale_tab(chen: Page) -> tuple[str, str]:
    """Say it once more in the tab that knows nothing of it; what is said, and what was typed."""
    stale = chen.context.pages[-1]
    step = stale.locator("[data-step=finish]")
    _write(step, work_done="Said a second time.")
    _press(step, "The work is done")
    said = stale.locator("[role=alert]").first.inner_text()
    stale.locator("summary", has_text="What you typed").click()
    kept = stale.locator("[name=work_done]").input_value()
    stale.get_by_role("link", name="My jobs").first.click()
    stale.locator("#piles").wait_for()
    return said, kept


@pytest.mark.shows("D01", "S6-09")
def test_a_refusal_is_said_at_its_step_and_leads_on(crew: Crew, shop: Shop) -> None:
    order, _ = stages.a_repairing_order(shop, parts=0)

    refused = crew.at("chen", finish_too_soon, order.number)
    assert "labour" in refused
    assert fresh(order).state == State.REPAIRING
    crew.at("chen", note_time_in_another_tab, order.number)
    assert crew.at("chen", note_time_beside_it) == "The belt is new, the drum runs."
    crew.at("chen", finish_again)
    tested = fresh(order).state
    said, kept = crew.at("chen", act_in_the_stale_tab)

    assert "From here it can become:" in said
    assert kept == "Said a second time."
    assert tested == fresh(order).state == State.QC_PENDING
    assert crew.at("chen", sign_out) == []
    assert crew.heard == []


# --- A live bench


def sit_at_the_bench(chen: Page) -> None:
    """Nothing lies there; half a number is typed into the search box."""
    chen.goto("/bench/")
    chen.get_by_text("Nothing lies on your bench.").wait_for()
    chen.locator("#find").press_sequentially("WO-20", delay=120)
    stays(chen)


def assign(bo: Page, number: str) -> None:
    """Send the job to the only technician who may do it, and stay on the board."""
    bo.goto(f"/control-room/?job={number}")
    _press(bo.locator("#pick .row-link", has_text="chen"), "Assign")
    bo.get_by_text("waits for chen's answer").wait_for()
    bo.locator("#people", has_text="1 job waits for an answer").wait_for()
    stays(bo)


def take_it_on(chen: Page, number: str) -> None:
    """See the job lie there without touching the page, and accept it."""
    row = chen.locator("#piles a.job-row", has_text=number)
    row.wait_for()
    assert has_stayed(chen)
    assert chen.input_value("#find") == "WO-20"
    assert chen.evaluate("document.activeElement.id") == "find"
    row.click()
    _press(chen, "Accept the job")
    chen.get_by_role("button", name="Start the diagnosis").wait_for()


def see_it_accepted(bo: Page) -> None:
    """The board says by itself that the technician has accepted: nobody waits for an answer any more."""
    bo.locator("#figures a[href='?show=answer']", has_text="0").wait_for()
    bo.locator("#people", has_text="waits for an answer").wait_for(state="detached")
    assert has_stayed(bo)


@pytest.mark.shows("M04", "S6-14")
def test_a_job_appears_on_the_bench_while_the_technician_types(crew: Crew, shop: Shop) -> None:
    shop.certified("chen")
    order = shop.a_received_order()

    crew.at("chen", sit_at_the_bench)
    crew.at("bo", assign, order.number)
    crew.at("chen", take_it_on, order.number)
    crew.at("bo", see_it_accepted)

    assert fresh(order).state == State.ACCEPTED
    assert crew.heard == []
