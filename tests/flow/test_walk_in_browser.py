"""Domain 8.1 no. 1 once more, through Chromium: every role at its own desk, from the phone search to the receipt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Playwright, sync_playwright

from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries as till
from guiju.line.intake import queries as intake
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.standing.customers import actions as customers
from guiju.standing.customers.models import Customer
from tests.cast import FOUNDED, password_of
from tests.line import stages
from tests.line.cast_line import Shop, a_picture, this_morning
from tests.plugin import chromium
from tools.fonts import use_our_font

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# Nothing here is timed: a machine with other work may take a minute to start a browser and draw its first page.
PATIENCE_MS = 120_000
CUSTOMER = "the customer"
NAME, PHONE = "Liang Ming", "13900001111"
PHOTOS = 4

What = ParamSpec("What")
Answer = TypeVar("Answer")


# --- The browsers


class House:
    """Every person's own browser, signed in when it is first used.

    All of them live in a thread of their own, because the driver's loop and Django's rows do not mix: between two
    deeds the test may read the database.
    """

    def __init__(self, address: str) -> None:
        self.complaints: list[str] = []
        self._address = address
        self._pages: dict[str, Page] = {}
        self._thread = ThreadPoolExecutor(1)
        self._play: Playwright = self._thread.submit(lambda: sync_playwright().start()).result()
        self._browser = self._thread.submit(
            self._play.chromium.launch, executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        ).result()

    def at(
        self, who: str, deed: Callable[Concatenate[Page, What], Answer], *what: What.args, **how: What.kwargs
    ) -> Answer:
        """Let somebody do something in their browser; who fails says what stood on the page."""

        def done() -> Answer:
            page = self._page_of(who)
            try:
                return deed(page, *what, **how)
            except Exception as error:
                error.add_note(f"{who} stood at {page.url}:\n{page.inner_text('body')}")
                raise

        self._let_in(who)
        return self._thread.submit(done).result()

    def close(self) -> None:
        """Close every browser."""
        self._thread.submit(self._browser.close).result()
        self._thread.submit(self._play.stop).result()
        self._thread.shutdown()

    def _let_in(self, who: str) -> None:
        """What must be done for somebody before the browser's thread opens the first page: here nothing, they sign in there."""

    def _page_of(self, who: str) -> Page:
        if who not in self._pages:
            context = self._browser.new_context(base_url=self._address, locale="en-GB")
            context.set_default_timeout(PATIENCE_MS)
            self._listen(context, who)
            self._pages[who] = context.new_page()
            if who != CUSTOMER:
                _sign_in(self._pages[who], who)
        return self._pages[who]

    def _listen(self, context: BrowserContext, who: str) -> None:
        """Write down whatever a page complains of; a breach of the content policy is an error of the console too."""

        def heard(line: ConsoleMessage) -> None:
            if line.type == "error" or "Content Security" in line.text:
                self.complaints.append(f"{who}: {line.text}")

        context.on("console", heard)
        context.on("weberror", lambda error: self.complaints.append(f"{who}: {error.error}"))


@pytest.fixture
def house(live_server: Any) -> Iterator[House]:
    """The outlet's browsers, closed at the end."""
    use_our_font()
    opened = House(live_server.url)
    yield opened
    opened.close()


@pytest.fixture
def shop(shop: Shop, settings: Any, tmp_path: Path) -> Shop:
    """FS01 this morning, ready to open: pages act by the real clock, and what came before them must be earlier."""
    settings.MEDIA_ROOT = tmp_path
    shop.now = this_morning()
    _ = shop.price_list, shop.symptom, shop.fault, shop.defect
    shop.certified("chen")
    stages.a_bin(shop, holding=1)
    stages.a_checklist(shop)
    cashier.add_till(unit=shop.unit, code="T1", by=shop.actor("ma"), at=FOUNDED)
    return shop


def a_known_customer(shop: Shop) -> Customer:
    """Somebody who was here before."""
    return customers.enrol(
        unit=shop.unit, name=NAME, phones=[PHONE], consent_service=True, by=shop.reception, at=shop.now
    )


# --- What hands do


def _sign_in(page: Page, who: str) -> None:
    page.goto("/account/login/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", password_of(who))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/account/login" not in url)


def _write(form: Page | Locator, **typed: str) -> None:
    for name, words in typed.items():
        form.locator(f'[name="{name}"]').fill(words)


def _choose(form: Locator, name: str, code: str) -> None:
    """Choose from a list by a piece of what it says."""
    option = form.locator(f"[name={name}] option", has_text=code)
    form.locator(f"[name={name}]").select_option(value=option.get_attribute("value"))


def _press(place: Page | Locator, button: str) -> None:
    place.get_by_role("button", name=button).first.click()


def _sign(form: Page | Locator, page: Page) -> None:
    """Draw a signature with the mouse."""
    canvas = form.locator("canvas").first
    canvas.scroll_into_view_if_needed()
    # The pad is fitted once its size is known; ink from before that would be lost.
    page.wait_for_timeout(200)
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 180, box["y"] + 90, steps=8)
    page.mouse.up()
    assert form.locator("[data-signature-drawn]").first.input_value().startswith("data:image/png")


def _sit_down(page: Page, desk: str) -> None:
    """Go to one's desk by the list of desks."""
    page.goto("/")
    page.get_by_role("link", name=desk).first.click()


def _find(page: Page, text: str) -> None:
    """Type into the search box of the reception."""
    _sit_down(page, "Reception")
    box = page.locator("[name=q]").first
    box.fill(text)
    box.press("Enter")
    # The only thing found is opened at once.
    page.wait_for_url(lambda url: "q=" in url or text in url or "/customers/" in url)


# --- What people do


def take_in(lin: Page, phone: str, name: str) -> str:
    """Find the customer by phone, agree, and take the appliance over the counter; the number of the job."""
    _find(lin, phone)
    lin.get_by_role("heading", name=name).wait_for()
    lin.get_by_role("row").get_by_role("link", name="New job").click()
    _write(lin, problem="The drum does not spin.", condition="A scratch on the lid.", shelf="A-01")
    lin.get_by_label("NO-SPIN").check()
    lin.locator("[name=reproduced][value=yes]").check()
    shots = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": a_picture(n)} for n in range(PHOTOS)]
    lin.set_input_files("[name=photos]", shots)  # type: ignore[arg-type]
    lin.locator("[name=accessories_name]").first.fill("Hose")
    lin.locator("[name=accessories_quantity]").first.fill("2")
    _sign(lin, lin)
    lin.locator("[name=terms_accepted]").check()
    _press(lin, "Take in and print")
    return lin.inner_text(".taken-number")


def assign(bo: Page, number: str) -> None:
    """Ask the one technician who is certified."""
    _sit_down(bo, "Control room")
    bo.locator("tr", has_text=number).get_by_role("link", name="Assign").click()
    _press(bo.locator("#pick .row-link", has_text="chen"), "Assign")
    bo.get_by_text("waits for chen's answer").wait_for()


def diagnose(chen: Page, number: str) -> None:
    """Accept the job, find the fault, and draw up the quote."""
    _sit_down(chen, "Bench")
    chen.locator("a.job-row", has_text=number).click()
    _press(chen, "Accept the job")
    _press(chen, "Start the diagnosis")
    found = chen.locator("[data-step=diagnose]")
    _choose(found, "fault", "BELT-WORN")
    _choose(found, "cause", "PRODUCT_DEFECT")
    _write(found, findings="The belt is worn through.", name_0="Insulation", value_0="5.5", unit_0="MΩ")
    _press(found, "Write down the diagnosis")


def draw_up_quote(chen: Page) -> None:
    """Offer the labour and the part, at the lowest listed price."""
    quote = chen.locator("[data-step=quote]")
    for at, code in enumerate(("LABOUR-WASHER", "COMP-1")):
        _choose(quote, f"what_{at}", code)
    _write(quote, service_hours="8")
    _press(quote, "Draw up the quote")
    chen.get_by_text("The quote is drawn up.").wait_for()


def send_quote(lin: Page, number: str) -> str:
    """Send the quote; the address of the customer's own page."""
    _find(lin, number)
    lin.locator("#step-issue-quote form button").click()
    lin.locator("#step-issue-quote").wait_for(state="detached")
    return lin.get_by_role("link", name="Open it").get_attribute("href") or ""


def approve(customer: Page, link: str) -> None:
    """Read the quote on the customer's own page and sign it."""
    customer.goto(link)
    form = customer.locator('form[action$="/approve"]')
    _sign(form, customer)
    # Not by its word: the page speaks the customer's language.
    form.locator("button.btn-primary").click()
    form.wait_for(state="detached")


def ask_part(chen: Page) -> None:
    """Look the part up by its name, and ask the store for it."""
    chen.reload()
    chen.locator("#step-ask-part summary").first.click()
    chen.locator("#step-ask-part [type=search]").press_sequentially("Compr", delay=20)
    _press(chen.locator("#parts-found"), "Ask for it")
    chen.get_by_text("The store was asked.").wait_for()


def issue_part(shen: Page) -> None:
    """Answer that the part is here, and give it out."""
    _sit_down(shen, "Stores")
    shen.get_by_role("link", name="Compressor").click()
    _press(shen, "Reserve")
    _press(shen, "Issue to the job")
    shen.get_by_role("button", name="Issue to the job").wait_for(state="detached")


def repair(chen: Page) -> None:
    """Fit the part, note the time, and say what was done."""
    chen.reload()
    _press(chen, "Start the repair")
    fit = chen.locator("[data-step=fit]")
    fit.locator("[name=old_outcome]").select_option("RETURN_TO_CUSTOMER")
    _write(fit, old_condition="Burnt out")
    _press(fit, "It is fitted")
    chen.get_by_text("Old part: Compressor").wait_for()
    _write(chen.locator("[data-step=labour]"), minutes="45", task="Changed the compressor")
    _press(chen.locator("[data-step=labour]"), "Note the time")
    chen.get_by_text("45 minutes").wait_for()
    _write(chen.locator("[data-step=finish]"), work_done="Compressor changed, the drum runs.")
    _press(chen.locator("[data-step=finish]"), "The work is done")
    chen.get_by_text("Somebody else tests it now.").wait_for()


def inspect(qin: Page, number: str) -> None:
    """Measure, check, and let it pass."""
    _sit_down(qin, "Inspection")
    qin.get_by_role("link", name=number).click()
    qin.get_by_label("Insulation resistance").fill("5.5")
    qin.get_by_role("group", name="Runs").get_by_label("Yes, in order").check()
    _write(qin, shelf="R-01")
    _press(qin, "It passes")
    qin.get_by_role("button", name="It passes").wait_for(state="detached")


def take_money(cai: Page, number: str) -> tuple[int, str]:
    """Open the till, draw the bill and take cash; what the address of the printed receipt answers."""
    _sit_down(cai, "Till")
    _write(cai, float_minor="500")
    _press(cai, "Open the till")
    cai.get_by_role("link", name=number).click()
    _press(cai, "Draw the bill")
    cai.locator("[name=method][value=CASH]").check()
    _write(cai, tendered_minor="500")
    _press(cai, "Take the money")
    # Of the original too it is written down who printed it: it is a form, and opens the paper beside this page.
    sheet = cai.locator("form", has=cai.get_by_role("button", name="Print the original"))
    proof = sheet.locator("[name=csrfmiddlewaretoken]").input_value()
    printed = cai.request.post(
        sheet.get_attribute("action") or "", form={"csrfmiddlewaretoken": proof}, headers={"Referer": cai.url}
    )
    cai.get_by_role("link", name="Back to the job").click()
    return printed.status, printed.headers["content-type"]


def hand_over(cai: Page, claim_code: str) -> None:
    """Give the appliance to whoever knows the code of the tag."""
    cai.get_by_role("link", name="Hand over").click()
    _write(cai, claim_code=claim_code)
    cai.locator("[name=demonstrated]").check()
    cai.locator("[name=old_parts][value=RETURNED]").check()
    _press(cai, "Hand it over")
    cai.get_by_text("Handed over by cai").wait_for()


@pytest.mark.shows("S6-09", "C06")
def test_a_walk_in_goes_from_the_phone_search_to_the_receipt(house: House, shop: Shop) -> None:
    shop.an_appliance(a_known_customer(shop))

    number = house.at("lin", take_in, PHONE, NAME)
    house.at("bo", assign, number)
    house.at("chen", diagnose, number)
    house.at("chen", draw_up_quote)
    link = house.at("lin", send_quote, number)
    house.at(CUSTOMER, approve, link)
    house.at("chen", ask_part)
    house.at("shen", issue_part)
    house.at("chen", repair)
    house.at("qin", inspect, number)
    printed = house.at("cai", take_money, number)
    tag = intake.tag_of(WorkOrder.objects.get(number=number))
    assert tag is not None
    house.at("cai", hand_over, intake.claim_code(tag))

    order = WorkOrder.objects.get(number=number)
    bill = till.bill_of(order)
    assert (order.state, order.outcome) == (State.DELIVERED, "REPAIRED")
    assert bill is not None
    assert (bill.total_minor, bill.owed_minor) == (stages.MIN_LABOUR + stages.MIN_COMPRESSOR, 0)
    assert printed == (200, "application/pdf")
    assert house.complaints == []
