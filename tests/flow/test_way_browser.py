"""On the way to the house: nobody is taken in, the line breaks, the answer is lost. Nothing typed is lost, nothing is doubled."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, Route

from guiju.line.intake import queries as intake
from guiju.line.telephone.models import Call
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from tests.flow.crew import Crew, crew, driver, has_stayed, shop, stays
from tests.flow.test_walk_in_browser import _press, _sign, _write
from tests.line import stages
from tests.line.cast_line import Shop, a_picture, fresh
from tests.line.telephone.switchboard import Switchboard

__all__ = ["crew", "driver", "shop"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# What the browser says itself of an answer that is none, or of a line that is away.
BROWSERS_OWN = (
    "status of 422",
    "status of 429",
    "status of 503",
    "Status Error Code 503",
    "net::ERR_FAILED",
    "net::ERR_INTERNET_DISCONNECTED",
)
PROBLEM = "The drum does not spin."


def ours(crew: Crew) -> list[str]:
    """What pages complained of beside what the browser says of every broken line."""
    return [line for line in crew.complaints if not any(words in line for words in BROWSERS_OWN)]


# --- What is on the way between the browser and the house


def turned_away(status: int, after: int | None) -> Callable[[Route], None]:
    """The house takes nothing in, and says when to come again."""
    headers = {} if after is None else {"Retry-After": str(after)}

    def answer(route: Route) -> None:
        route.fulfill(status=status, headers=headers, content_type="text/html", body="<main id=main>No.</main>")

    return answer


def answer_lost(route: Route) -> None:
    """The house does what was asked, and nobody hears of it."""
    route.fetch(max_redirects=0)
    route.abort()


def sent_through(page: Page, way: Callable[[Route], None], press: Callable[[], None], why: str) -> str:
    """Press, while only that way leads to the house; what is said at the form."""

    def posts(route: Route) -> None:
        way(route) if route.request.method == "POST" else route.continue_()

    page.route("**/*", posts)
    press()
    notice = page.locator(f".trouble[role=alert][data-why={why}]")
    notice.wait_for()
    page.unroute("**/*", posts)
    assert has_stayed(page)
    assert page.locator("form[data-busy]").count() == 0
    return notice.inner_text()


# --- A form with all that a form can hold


def fill_in(lin: Page, address: str) -> None:
    """Write, photograph, draw; nothing is sent yet."""
    lin.goto(address)
    _write(lin, problem=PROBLEM, condition="A scratch on the lid.", shelf="A-01")
    lin.get_by_label("NO-SPIN").check()
    lin.locator("[name=reproduced][value=yes]").check()
    shots: list[FilePayload] = [
        {"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": a_picture(n)} for n in range(4)
    ]
    lin.set_input_files("[name=photos]", shots)
    lin.locator(".photos-shown img").nth(3).wait_for()
    _sign(lin, lin)
    lin.locator("[name=terms_accepted]").check()
    stays(lin)


HELD = """() => { const form = document.querySelector("form[data-send]"); return [
  form.elements.once.value, form.elements.problem.value, form.elements.shelf.value, form.elements.photos.files.length,
  form.querySelector("[data-signature-drawn]").value, form.elements.terms_accepted.checked,
  form.querySelectorAll("[name=symptoms]:checked").length ] }"""


def take_in_over_a_bad_line(lin: Page, address: str) -> tuple[list[str], str]:
    """Send it three times in vain, and a fourth time; what was said, and the number on the ticket's page."""
    fill_in(lin, address)
    held = lin.evaluate(HELD)
    assert held[1:4] == [PROBLEM, "A-01", 4]

    def press() -> None:
        _press(lin, "Take in and print")

    said = [sent_through(lin, turned_away(503, 2), press, "full")]
    lin.get_by_text("You can send it again now.").wait_for()
    said.append(sent_through(lin, turned_away(429, 7), press, "often"))
    said.append(sent_through(lin, answer_lost, press, "broken"))
    assert lin.locator(".trouble").count() == 1
    assert lin.evaluate(HELD) == held, "all that was typed, drawn and chosen, and the key that makes it happen once"
    press()
    return said, lin.inner_text(".taken-number")


@pytest.mark.shows("F08", "A04", "S6-07")
def test_a_full_house_and_a_broken_line_lose_nothing_and_double_nothing(crew: Crew, shop: Shop) -> None:
    appliance = shop.an_appliance()

    said, number = crew.at("lin", take_in_over_a_bad_line, f"/reception/appliances/{appliance.pk}/take-in")

    full, often, broken = said
    assert "send it again in 2 seconds" in full
    assert "send it again in 7 seconds" in often
    assert "It is done only once" in broken
    order = WorkOrder.objects.get()
    assert (order.number, len(intake.photos_of(order))) == (number, 4)
    assert ours(crew) == []


# --- A form without photographs, while the network is away


def refuse_without_a_line(chen: Page, number: str) -> str:
    """Refuse the job in the cellar, come up again, and send what still stands there."""
    chen.goto(f"/bench/{number}/")
    chen.locator("#step-finish summary").click()
    step = chen.locator("[data-step=labour]")
    _write(step, minutes="45", task="Changed the belt")
    stays(chen)
    chen.context.set_offline(True)
    _press(step, "Note the time")
    said = step.locator(".trouble[data-why=broken]").inner_text()
    assert has_stayed(chen)
    assert chen.input_value("[data-step=labour] [name=task]") == "Changed the belt"
    chen.context.set_offline(False)
    step.get_by_text("You can send it again now.").wait_for()
    _press(step, "Note the time")
    chen.get_by_text("45 minutes").wait_for()
    return said


def test_what_is_typed_in_a_cellar_is_sent_when_the_line_is_back(crew: Crew, shop: Shop) -> None:
    order, _ = stages.a_repairing_order(shop, parts=0)

    said = crew.at("chen", refuse_without_a_line, order.number)

    assert "The connection broke before an answer came." in said
    assert fresh(order).state == State.REPAIRING
    assert ours(crew) == []


# --- A button of htmx


def tick_in_vain(lin: Page, address: str) -> str:
    """Say a step of the script while the house is full, and once more."""
    lin.goto(address)
    stays(lin)
    script = lin.locator("#script")
    said = sent_through(lin, turned_away(503, 3), lambda: _press(script, "Tick"), "full")
    assert script.locator("[aria-pressed=true]").count() == 0
    _press(script, "Tick")
    script.locator("[aria-pressed=true]").wait_for()
    assert script.locator(".trouble").count() == 0
    return said


def test_a_button_that_was_pressed_in_vain_says_so(crew: Crew, shop: Shop) -> None:
    call = Switchboard(shop).talks()

    assert "in 3 seconds" in crew.at("lin", tick_in_vain, f"/reception/calls/{call.pk}/")
    assert Call.objects.get().ticks.count() == 1
    assert ours(crew) == []
