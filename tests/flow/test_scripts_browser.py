"""What pages do by themselves, script by script: choosing by keys, change at the till, limits of a test, live lists, signatures."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from guiju.line.workorder import queries as workorder
from guiju.line.workorder.rules import State
from guiju.line.workshop import actions as workshop
from guiju.line.workshop import queries as bench
from tests.desks.reception.stages import an_issued_quote
from tests.flow.crew import Crew, crew, driver, has_stayed, shop, stays
from tests.flow.test_walk_in_browser import CUSTOMER, _press, _sign
from tests.line import stages
from tests.line.cast_line import Shop, fresh

__all__ = ["crew", "driver", "shop"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ON = "document.activeElement"


def look_again(page: Page) -> None:
    """Look at once whether something has happened, as a page does that is looked at again; it would every five seconds."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


# --- reception/choosing.js


def choose_symptoms(lin: Page, address: str) -> None:
    """Digits tick, letters and arrows walk, Enter sends nothing, and the next Tab is out of the group."""
    lin.goto(address)
    stays(lin)
    boxes = lin.locator("[data-choose] [name=symptoms]")
    assert boxes.first.locator("xpath=ancestor::label").locator("kbd").inner_text() == "1"
    lin.focus("[name=problem]")
    lin.keyboard.press("Tab")
    lin.keyboard.press("1")
    assert boxes.first.is_checked()
    lin.keyboard.press("Enter")
    assert has_stayed(lin)
    lin.keyboard.press("1")
    assert not boxes.first.is_checked()
    lin.keyboard.press("Tab")
    assert not lin.evaluate(f"{ON}.matches('[name=symptoms]')")


def walk_by_letter(lin: Page) -> str:
    """From the first way of collecting the appliance's condition to the one that begins so; what one stands on."""
    chips = lin.locator("[data-sentences] button")
    letter = chips.nth(2).inner_text().strip()[0]
    chips.first.focus()
    lin.keyboard.press("ArrowRight")
    assert lin.evaluate(f"{ON}.dataset.sentence") == chips.nth(1).get_attribute("data-sentence")
    lin.keyboard.press(letter.lower())
    return str(lin.evaluate(f"{ON}.dataset.sentence"))[0]


def press(lin: Page, keys: str) -> None:
    """One key after another as a hand does it: six within a fifth of a second are a scanner's."""
    for key in keys:
        lin.keyboard.press(key)
        lin.wait_for_timeout(80)


def say_the_condition(lin: Page) -> tuple[str, str, str]:
    """One's own words, a sentence by its digit, and the sentence taken out again."""
    lin.fill("[name=condition]", "Found outside.")
    chip = lin.locator("[data-sentences] button").first
    chip.focus()
    press(lin, "1")
    said, pressed = lin.input_value("[name=condition]"), chip.get_attribute("aria-pressed") or ""
    press(lin, "1")
    assert chip.get_attribute("aria-pressed") == "false"
    return said, pressed, lin.input_value("[name=condition]")


def count_accessories(lin: Page) -> list[tuple[str, str]]:
    """The first chip by its digit, two more of it by `+`, one less by `-`; a row of one's own. What stands in the rows."""
    chip = lin.locator("[data-usual] button").first
    chip.focus()
    press(lin, "1++-")
    assert chip.locator("[data-pieces]").inner_text() == "×2"
    before = lin.locator(".accessory").count()
    lin.locator("[data-accessory-more]").click()
    assert lin.locator(".accessory").count() == before + 1
    lin.keyboard.type("Manual")
    names, counts = lin.locator("[name=accessories_name]"), lin.locator("[name=accessories_quantity]")
    return [
        (names.nth(at).input_value(), counts.nth(at).input_value())
        for at in range(before + 1)
        if names.nth(at).input_value()
    ]


@pytest.mark.shows("S6-07")
def test_an_appliance_is_described_by_keys(crew: Crew, shop: Shop) -> None:
    address = f"/reception/appliances/{shop.an_appliance().pk}/take-in"

    crew.at("lin", choose_symptoms, address)
    assert crew.at("lin", walk_by_letter).isalpha()
    said, pressed, after = crew.at("lin", say_the_condition)
    assert (said.startswith("Found outside. "), len(said) > 20, pressed, after) == (
        True,
        True,
        "true",
        "Found outside.",
    )
    (first, count), (own, _) = crew.at("lin", count_accessories)
    assert (bool(first), count, own) == (True, "2", "Manual")
    assert crew.heard == []


# --- till/tender.js


def give_change(cai: Page, number: str) -> dict[str, str]:
    """Lay notes down and type; the change that is shown after each."""
    cai.goto(f"/till/jobs/{number}/")
    given, change = cai.locator("[name=tendered_minor]"), cai.locator("[data-tender] output")
    cai.fill("[name=amount_minor]", "261.50")
    shown = {}
    for typed in ("300", "３００", "261.5", "200", "", "3oo"):
        given.fill(typed)
        shown[typed] = change.inner_text()
    given.fill("300")
    shown["coins"] = cai.locator("[data-coins]").inner_text()
    given.fill("")
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
        given.press(key)
        shown[f"keys {len(shown)}"] = given.input_value()
    note = cai.locator("[data-note]").last
    note.click()
    assert given.input_value() == note.get_attribute("data-note")
    assert given.evaluate("field => field === document.activeElement"), "Enter takes it"
    assert "¥" in change.inner_text()
    cai.locator("[name=method][value=CARD]").check()
    assert not cai.is_visible("[data-tender]")
    return shown


def test_the_change_is_shown_while_the_money_is_counted(crew: Crew, shop: Shop) -> None:
    order = stages.a_ready_order(shop)
    stages.an_open_till(shop)
    stages.a_bill(shop, order)

    assert crew.at("cai", give_change, order.number) == {
        "300": "¥38.50", "３００": "¥38.50", "261.5": "¥0.00", "200": "—", "": "—", "3oo": "—",
        "coins": "1 × ¥20.00, 1 × ¥10.00, 1 × ¥5.00, 3 × ¥1.00, 1 × ¥0.50",
        "keys 7": "460.00", "keys 8": "500.00", "keys 9": "460.00", "keys 10": "500.00",
    }  # fmt: skip
    assert crew.heard == []


# --- inspection/test.js


def measure(qin: Page, number: str) -> dict[str, str]:
    """Type values beside their limit; the words beside each."""
    qin.goto(f"/inspection/{number}/")
    field, verdict = qin.get_by_label("Insulation resistance"), qin.locator(".reading output").first
    assert not verdict.is_visible()
    found = {}
    for typed in ("5.5", "2", "1,9", "５．５", "lots"):
        field.fill(typed)
        found[typed] = verdict.inner_text().strip()
    field.fill("")
    assert not verdict.is_visible()
    return found


def name_defects(qin: Page) -> str:
    """Touch a defect twice, and another one; what is written."""
    quick = qin.locator("[data-quick] button")
    for at in (0, 0, 1):
        quick.nth(at).click()
    return qin.input_value("[name=defects]")


@pytest.mark.shows("D07")
def test_a_measured_value_is_judged_while_it_is_typed(crew: Crew, shop: Shop) -> None:
    order, _ = stages.a_finished_order(shop), stages.a_checklist(shop)

    within, below, nothing = "Within the limits", "Below the limit", "Not a figure"
    assert crew.at("qin", measure, order.number) == {
        "5.5": within, "2": within, "1,9": below, "５．５": within, "lots": nothing,
    }  # fmt: skip
    said = crew.at("qin", name_defects)
    assert said.splitlines() == ["Insulation resistance: not in order.", "Runs: not in order."]
    assert crew.heard == []


# --- common/live.js


def wait_for_work(qin: Page) -> None:
    """Nothing waits; half a number is typed."""
    qin.goto("/inspection/")
    qin.get_by_text("No repair waits for its final test.").wait_for()
    qin.locator("#find").press_sequentially("WO-2", delay=120)
    stays(qin)


def see_work_come(qin: Page, number: str) -> str:
    """The job stands there, marked as new; what was typed."""
    look_again(qin)
    qin.locator("#waiting tr.is-new", has_text=number).wait_for()
    assert has_stayed(qin)
    assert qin.evaluate(f"{ON}.id") == "find"
    return qin.input_value("#find")


def test_a_list_looks_again_and_leaves_what_is_typed(crew: Crew, shop: Shop) -> None:
    order, _ = stages.a_repairing_order(shop, parts=0)
    crew.at("qin", wait_for_work)

    chen = shop.actor("chen")
    workshop.log_labour(order, minutes=45, task="Changed the belt", by=chen, at=shop.later(minutes=45))
    workshop.finish(fresh(order), work_done="The drum runs.", by=chen, at=shop.later())

    assert crew.at("qin", see_work_come, order.number) == "WO-2"
    assert crew.heard == []


def begin_to_sign(customer: Page, link: str) -> str:
    """Draw a signature under the quote, and think; the number of the quote."""
    customer.goto(link)
    _sign(customer.locator('form[action$="/approve"]'), customer)
    stays(customer)
    return customer.locator("#quote .number").first.inner_text()


def still_sign(customer: Page) -> tuple[str, bool]:
    """Something has happened: the quote that one is signing, and whether the ink is there."""
    with customer.expect_response(lambda answer: "x-live" in answer.request.headers):
        look_again(customer)
    customer.wait_for_timeout(300)
    drawn = customer.locator('form[action$="/approve"] [data-signature-drawn]').first.input_value()
    return customer.locator("#quote .number").first.inner_text(), has_stayed(customer) and drawn.startswith(
        "data:image"
    )


def clear_and_look(customer: Page, number: str) -> str:
    """Wipe the ink away: now the new quote comes by itself."""
    customer.locator("[data-signature-clear]").first.click()
    customer.evaluate("document.activeElement.blur()")
    look_again(customer)
    customer.locator("#quote .number").first.filter(has_not_text=number).wait_for()
    return customer.locator("#quote .number").first.inner_text()


def test_a_signature_under_way_is_not_swept_away_by_a_new_quote(crew: Crew, shop: Shop) -> None:
    order, quote = stages.a_quoted_order(shop)
    link = f"/t/{workorder.track_token(fresh(order))}"

    before = crew.at(CUSTOMER, begin_to_sign, link)
    chen = shop.actor("chen")
    anew = workshop.revise_quote(fresh(order), offers=stages.offers(shop), service_hours=9, by=chen, at=shop.later())

    assert crew.at(CUSTOMER, still_sign) == (before, True)
    # Any other deed makes the page look once more.
    workshop.ask_code(anew, by=shop.reception, at=shop.later())
    assert crew.at(CUSTOMER, clear_and_look, before) == anew.number != quote.number
    assert crew.heard == []


# --- common/signature.js


def sign_clear_and_sign(customer: Page, link: str) -> tuple[str, str, str, str]:
    """Sign, turn the telephone, wipe it away, sign again; what would be sent each time."""
    customer.goto(link)
    form = customer.locator('form[action$="/approve"]')
    drawn = form.locator("[data-signature-drawn]").first
    _sign(form, customer)
    first = drawn.input_value()
    customer.set_viewport_size({"width": 700, "height": 390})
    customer.wait_for_timeout(200)
    turned = drawn.input_value()
    assert customer.evaluate(INK) > 0, "the ink is still to be seen"
    form.locator("[data-signature-clear]").first.click()
    cleared = drawn.input_value()
    assert customer.evaluate(INK) == 0
    _sign(form, customer)
    return first, turned, cleared, drawn.input_value()


INK = """() => { const pad = document.querySelector("canvas");
  const seen = pad.getContext("2d").getImageData(0, 0, pad.width, pad.height).data;
  let dark = 0; for (let at = 0; at < seen.length; at += 4) if (seen[at] < 128) dark += 1; return dark }"""


@pytest.mark.shows("A11")
def test_a_signature_survives_the_turn_and_can_be_wiped_away(crew: Crew, shop: Shop) -> None:
    order = an_issued_quote(shop)

    first, turned, cleared, again = crew.at(CUSTOMER, sign_clear_and_sign, f"/t/{workorder.track_token(fresh(order))}")

    assert first == turned
    assert cleared == ""
    assert again.startswith("data:image/png")
    assert crew.heard == []


# --- reception/signed.js


def ask_for_signature(lin: Page, number: str) -> str:
    """Show the code at the counter; its address."""
    lin.goto(f"/reception/orders/{number}/")
    _press(lin, "Let the customer sign on their own telephone")
    return lin.locator(".signing .address").inner_text()


def sign_on_telephone(customer: Page, address: str) -> None:
    """Sign there."""
    customer.goto(address[address.index("/sign/") :])
    _sign(customer, customer)
    customer.locator("main form button.btn-primary").click()
    customer.locator("main form").wait_for(state="detached")


def see_it_go_on(lin: Page) -> str:
    """Nobody presses anything at the counter; what the house says."""
    return lin.locator("#messages .notice-success").inner_text()


@pytest.mark.shows("A09")
def test_the_counter_goes_on_by_itself_when_the_customer_has_signed(crew: Crew, shop: Shop) -> None:
    order = an_issued_quote(shop)

    crew.at(CUSTOMER, sign_on_telephone, crew.at("lin", ask_for_signature, order.number))

    assert crew.at("lin", see_it_go_on)
    agreed = bench.current_quote(order)
    assert agreed is not None
    assert (agreed.state, fresh(order).state) == ("APPROVED", State.APPROVED)
    assert crew.heard == []


# --- bench/prices.js


def look_at_price(chen: Page, number: str) -> tuple[str, str]:
    """Choose what to offer; what the hint at the price said before and after."""
    chen.goto(f"/bench/{number}/")
    quote = chen.locator("[data-step=quote]")
    hint = quote.locator("[id$=price_0_helptext]")
    before = hint.inner_text()
    option = quote.locator("[name=what_0] option", has_text="COMP-1")
    quote.locator("[name=what_0]").select_option(value=option.get_attribute("value"))
    return before, hint.inner_text()


def test_the_listed_range_stands_beside_the_price(crew: Crew, shop: Shop) -> None:
    _ = shop.price_list
    order = stages.a_diagnosed_order(shop)

    before, after = crew.at("chen", look_at_price, order.number)

    assert "¥" not in before
    assert "¥" in after
    assert crew.heard == []
