"""What takes long says how far it has come, can be stopped, is sent once, and leaves one free to go on."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from guiju.kernel.models import TrailEntry
from guiju.line.workorder.models import WorkOrder
from tests.flow.crew import Crew, crew, driver, has_stayed, shop, stays
from tests.line import stages
from tests.line.cast_line import Shop

__all__ = ["crew", "driver", "shop"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MANY = 12


def _kept_in(held: list[Route]) -> Callable[[Route], None]:
    """What is asked waits there until it is let go."""

    def keep(route: Route) -> None:
        held.append(route)

    return keep


def _until(page: Page, held: list[Route], many: int = 1) -> None:
    """Wait until so many requests wait."""
    while len(held) < many:
        page.wait_for_timeout(50)


def hold_all(bo: Page) -> tuple[str, str]:
    """Choose every row, give a reason, and watch how it goes on; what the line said on the way, and what stands there then."""
    bo.goto("/orders/")
    bo.check("[data-chooses-all]")
    bo.get_by_role("button", name="Let the work stand still").click()
    bo.select_option("[name=hold]", index=1)
    bo.fill("[name=reason]", "The power is off")
    stays(bo)
    # The second request waits until the line has been read.
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)
        if len(held) == 1:
            route.continue_()

    bo.route("**/lists/orders/acts/hold*", keep)
    button = bo.locator("form[data-row-by-row] .buttons button")
    button.click()
    bo.locator(".sending [role=status]", has_text=f"10 of {MANY + 1} rows").wait_for()
    said = bo.locator(".sending [role=status]").inner_text()
    assert button.get_attribute("aria-disabled") == "true"
    assert bo.locator(".sending progress").get_attribute("value") is not None
    # Pressed again it is not sent again.
    button.click(force=True)
    _until(bo, held, 2)
    assert len(held) == 2
    held[-1].continue_()
    bo.locator("[data-said]").wait_for()
    assert has_stayed(bo)
    return said, bo.locator("main").inner_text()


@pytest.mark.shows("M03")
def test_many_rows_are_done_one_after_the_other_and_counted_aloud(crew: Crew, shop: Shop) -> None:
    for _ in range(MANY):
        shop.a_received_order()
    over = stages.a_delivered_order(shop)
    said, then = crew.at("bo", hold_all)
    assert said == f"10 of {MANY + 1} rows, 0 of them not done"
    assert f"{MANY} done, 1 not" in then
    assert over.number in then
    assert WorkOrder.objects.exclude(hold="").count() == MANY
    assert TrailEntry.objects.filter(verb="workorder.hold").count() == MANY
    assert crew.heard == []


def release_and_stop(bo: Page) -> str:
    """Stop behind the first ten."""
    bo.goto("/orders/?hold=on")
    bo.check("[data-chooses-all]")
    bo.get_by_role("button", name="Let the work go on").click()
    bo.locator("form[data-row-by-row]").wait_for()
    first: list[Route] = []
    bo.route("**/lists/orders/acts/release*", _kept_in(first))
    bo.locator("form[data-row-by-row] .buttons button").click()
    _until(bo, first)
    bo.locator(".sending button").click()
    first[0].continue_()
    bo.locator("[data-said]").wait_for()
    assert len(first) == 1
    return bo.locator("[data-said]").inner_text()


def release_all(bo: Page) -> str:
    """All of them, to the end: the list stands there again and says so."""
    bo.unroute_all()
    bo.goto("/orders/?hold=on")
    bo.check("[data-chooses-all]")
    bo.get_by_role("button", name="Let the work go on").click()
    bo.locator("form[data-row-by-row] .buttons button").click()
    bo.wait_for_url("**/orders/?hold=on")
    return bo.locator("main").inner_text()


def test_what_is_stopped_leaves_the_rest_and_what_succeeds_leads_back(crew: Crew, shop: Shop) -> None:
    from guiju.line.workorder import actions as workorder

    orders = [shop.a_received_order() for _ in range(2 * MANY)]
    for order in orders:
        workorder.hold(order, hold="SAFETY", reason="It smells of gas", by=shop.actor("bo"), at=shop.later())
    assert (
        crew.at("bo", release_and_stop) == f"10 done, 0 not It was stopped: {2 * MANY - 10} rows were left as they are."
    )
    assert WorkOrder.objects.exclude(hold="").count() == 2 * MANY - 10
    assert f"{2 * MANY - 10} done." in crew.at("bo", release_all)
    assert not WorkOrder.objects.exclude(hold="").exists()
    assert crew.heard == []


def take_away(lin: Page, folder: str) -> tuple[str, str]:
    """Take the list away while the line is slow; go on reading meanwhile. What was said, and where the file lies."""
    lin.goto("/orders/")
    stays(lin)
    held: list[Route] = []
    lin.route("**/lists/orders/export*", _kept_in(held))
    lin.get_by_role("button", name="CSV").click()
    lin.locator(".sending [role=status]").wait_for()
    said = lin.locator(".sending [role=status]").inner_text()
    # One goes on: the menu opens, a row is looked at, and nothing is sent a second time.
    lin.locator(".listing-export [value=csv]").click(force=True)
    _until(lin, held)
    assert len(held) == 1
    with lin.expect_download() as got:
        held[0].continue_()
    path = f"{folder}/{got.value.suggested_filename}"
    got.value.save_as(path)
    lin.locator(".sending").wait_for(state="detached")
    assert has_stayed(lin)
    return said, path


def give_up(lin: Page) -> int:
    """Press Stop: nothing comes, and the button can be pressed again."""
    lin.unroute_all()
    lin.goto("/orders/")
    lin.route("**/lists/orders/export*", lambda _route: None)
    lin.get_by_role("button", name="XLSX").click()
    lin.locator(".sending button").click()
    lin.locator(".sending").wait_for(state="detached")
    assert lin.locator(".listing-export").get_attribute("aria-busy") is None
    return lin.locator(".trouble").count()


@pytest.mark.shows("M03")
def test_a_list_that_leaves_says_how_much_of_it_has_come(crew: Crew, shop: Shop, tmp_path: Path) -> None:
    made = {shop.a_registered_order().number for _ in range(3)}
    said, path = crew.at("lin", take_away, str(tmp_path))
    assert said == "The file is being written. You can go on reading here."
    rows: list[Any] = list(csv.reader(Path(path).read_text(encoding="utf-8-sig").splitlines()))
    assert {row[0] for row in rows[1:]} == made
    assert TrailEntry.objects.filter(verb="people.export_list").count() == 1
    assert crew.at("lin", give_up) == 0
    assert crew.heard == []
