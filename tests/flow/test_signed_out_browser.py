"""A form that is sent when the session is over does nothing and loses nothing: who signs in again finds it as it was typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page

from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop import actions as workshop
from tests.cast import password_of
from tests.flow.crew import Crew, crew, driver, shop
from tests.flow.test_walk_in_browser import PHOTOS, _press, _sign, _write
from tests.line.cast_line import Shop, a_picture

__all__ = ["crew", "driver", "shop"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

KEPT = "Sign in again: what you entered is kept in this window"
BACK = "What you entered is here again"


def everybodys_session_ends() -> None:
    Session.objects.all().delete()


def type_the_intake(lin: Page, address: str) -> None:
    """All that is asked at the counter, not sent yet."""
    lin.goto(address)
    _write(lin, problem="The drum does not spin.", condition="A scratch on the lid.", shelf="A-01")
    lin.get_by_label("NO-SPIN").check()
    lin.locator("[name=reproduced][value=yes]").check()
    shots: Any = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": a_picture(n)} for n in range(PHOTOS)]
    lin.set_input_files("[name=photos]", shots)
    lin.locator("[name=accessories_name]").first.fill("Hose")
    _sign(lin, lin)
    lin.locator("[name=terms_accepted]").check()


def send_and_stand_at_the_door(page: Page, button: str) -> None:
    """The press leads to the sign-in, which says that nothing is lost."""
    _press(page, button)
    page.wait_for_url("**/account/login/**")
    page.get_by_text(KEPT).wait_for()


def come_in(page: Page, who: str) -> None:
    """Sign in in the same window."""
    page.fill("[name=login]", who)
    page.fill("[name=password]", password_of(who))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/account/login" not in url)
    page.locator("body[data-person]").wait_for()


def what_stands_there(page: Page) -> dict[str, str]:
    """The form as it is now."""
    return {
        name: page.locator(f"[name={name}]").first.input_value()
        for name in ("problem", "condition", "shelf", "accessories_name")
    }


def what_was_ticked(page: Page) -> list[bool]:
    return [page.get_by_label("NO-SPIN").is_checked(), page.locator("[name=reproduced][value=yes]").is_checked()]


def what_is_said(page: Page) -> str:
    return page.locator(".came-back").inner_text()


def choose_again_and_send(lin: Page) -> str:
    """The files and the signature, which no page can keep; then the number of the job."""
    shots: Any = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": a_picture(n)} for n in range(PHOTOS)]
    lin.set_input_files("[name=photos]", shots)
    _sign(lin, lin)
    lin.locator("[name=terms_accepted]").check()
    _press(lin, "Take in and print")
    return lin.inner_text(".taken-number")


def left_in_the_window(page: Page) -> list[str]:
    return page.evaluate("Object.keys(sessionStorage).filter((name) => name.startsWith('draft:'))")  # type: ignore[no-any-return]


def test_what_was_typed_comes_back_to_whoever_typed_it(crew: Crew, shop: Shop) -> None:
    address = f"/reception/appliances/{shop.an_appliance().pk}/take-in"
    crew.at("lin", type_the_intake, address)
    everybodys_session_ends()
    crew.at("lin", send_and_stand_at_the_door, "Take in and print")
    assert not WorkOrder.objects.exists()

    crew.at("lin", come_in, "lin")
    assert crew.at("lin", what_stands_there) == {
        "problem": "The drum does not spin.", "condition": "A scratch on the lid.", "shelf": "A-01", "accessories_name": "Hose",
    }  # fmt: skip
    assert crew.at("lin", what_was_ticked) == [True, True]
    said = crew.at("lin", what_is_said)
    assert BACK in said
    assert "Photos" in said, "what must be chosen again is named"
    assert crew.at("lin", choose_again_and_send) == WorkOrder.objects.get().number
    # It was done, and does not come back another time.
    crew.at("lin", lambda page: page.goto(address))
    assert crew.at("lin", lambda page: page.locator(".came-back").count()) == 0
    assert crew.heard == []


def test_nobody_finds_what_another_person_typed(crew: Crew, shop: Shop) -> None:
    address = f"/reception/appliances/{shop.an_appliance().pk}/take-in"
    crew.at("lin", type_the_intake, address)
    everybodys_session_ends()
    crew.at("lin", send_and_stand_at_the_door, "Take in and print")
    crew.at("lin", come_in, "ma")
    assert crew.at("lin", lambda page: page.url).endswith(address)
    assert crew.at("lin", what_stands_there) == dict.fromkeys(("problem", "condition", "shelf", "accessories_name"), "")
    assert crew.at("lin", left_in_the_window) == []
    # Nor does it come back when they have gone and lin sits there again.
    everybodys_session_ends()
    crew.at("lin", lambda page: page.reload())
    crew.at("lin", come_in, "lin")
    assert crew.at("lin", what_stands_there)["problem"] == ""


def write_findings(chen: Page, number: str) -> None:
    chen.goto(f"/bench/{number}/")
    found = chen.locator("[data-step=diagnose]")
    found.locator("[name=fault]").select_option(index=1)
    found.locator("[name=cause]").select_option(index=1)
    _write(found, findings="The belt is worn through.", name_0="Insulation", value_0="5.5", unit_0="MΩ")


# The address to come back to names the job; whoever is led there said it themselves.
@pytest.mark.leaks
def test_a_draft_of_the_bench_outlives_the_session_too(crew: Crew, shop: Shop) -> None:
    order = shop.an_accepted_order("chen")
    workshop.start_diagnosis(order, by=shop.actor("chen"), at=shop.later())
    crew.at("chen", write_findings, order.number)
    everybodys_session_ends()
    crew.at("chen", send_and_stand_at_the_door, "Write down the diagnosis")
    crew.at("chen", come_in, "chen")
    assert (
        crew.at("chen", lambda page: page.locator("[data-step=diagnose] [name=findings]").input_value())
        == "The belt is worn through."
    )
    assert BACK in crew.at("chen", what_is_said)
