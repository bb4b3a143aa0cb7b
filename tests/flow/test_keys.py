"""A clerk with a queue: the main act of every desk by keyboard and scanner alone, and how many keys it takes.

A chord counts as the keys that are held for it. What a scanner reads is typed by the scanner; the customer's words, the
findings and the measured values are free text. Everything else is a key of the person, and is counted.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page

from guiju.line.cashier import actions as cashier
from guiju.line.cashier.models import Till
from guiju.line.intake import queries as intake
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom import queries as store
from guiju.line.storeroom.rules import OldPartOutcome
from guiju.line.workorder import queries as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.line.workshop import actions as workshop
from tests.flow.crew import A_DESK, Crew, Driver, SignedIn, driver
from tests.flow.test_walk_in_browser import CUSTOMER, PHONE, PHOTOS, House, _sign, a_known_customer, shop
from tests.line import stages
from tests.line.cast_line import Shop, a_picture, fresh

__all__ = ["driver", "shop"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# How many keys of a person the main act of a desk may take; measured, and one or two of air.
KEYS_MAX = {
    "reception: take in a known customer's appliance": 25,
    "reception: print ticket and claim tag": 1,
    "control room: assign": 2,
    "bench: accept": 1,
    "bench: start the diagnosis": 1,
    "stores: reserve and issue": 2,
    "inspection: pass with its values": 5,
    "till: take the money": 6,
    "till: hand over": 8,
    "track: approve the quote": 20,
}
# A scanner's keys come a few milliseconds apart; sent one by one from here, a busy machine would type them like a person.
SCAN = """text => {
  const at = document.activeElement;
  const key = (sign) => at.dispatchEvent(new KeyboardEvent("keydown", { key: sign, bubbles: true, cancelable: true }));
  for (const sign of text) if (key(sign) && at.matches("input")) at.value += sign;
  key("Enter");
}"""


class Hands:
    """Ten fingers and a scanner at one desk; every key that a finger presses is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, *keys: str) -> None:
        """Press these keys one after the other; a chord is as many keys as are held."""
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += len(key.split("+"))

    def type(self, text: str) -> None:
        """Type what is no free text: a piece of a telephone number, an amount, a code."""
        self.press(*text)

    def write(self, words: str) -> None:
        """Write free text, at once: typed letter by letter without a pause it would be a scanner's."""
        self.page.keyboard.insert_text(words)

    def scan(self, text: str) -> None:
        """Read a code with the scanner, which ends it with Enter."""
        self.page.evaluate(SCAN, text)

    def focus_is(self, selector: str) -> bool:
        """Whether the keys go there now."""
        return bool(self.page.evaluate("selector => document.activeElement.matches(selector)", selector))


class Count:
    """What each act took."""

    def __init__(self) -> None:
        self.took: dict[str, int] = {}

    def add(self, act: str, keys: int) -> None:
        self.took[act] = self.took.get(act, 0) + keys

    @property
    def too_many(self) -> list[str]:
        """The acts that take more than they may, and those that nobody did."""
        return [
            f"{act}: {self.took.get(act, 'nobody did it')}, at most {most}"
            for act, most in KEYS_MAX.items() if not 0 < self.took.get(act, 0) <= most
        ]  # fmt: skip


@pytest.fixture
def house(live_server: Any, driver: Driver, signed_in: SignedIn) -> Iterator[House]:
    """The outlet's browsers; the customer sits at a keyboard too."""
    opened = Crew(live_server.url, driver, signed_in, customer=A_DESK)
    yield opened
    opened.close()


@pytest.fixture
def count() -> Iterator[Count]:
    """The table of this run, told to whoever runs it with `-s`."""
    counted = Count()
    yield counted
    sys.stdout.write("".join(f"\n{keys:3} keys: {act}" for act, keys in counted.took.items()))


# --- Reception


def write_down(lin: Page, count: Count) -> str:
    """From the first page to the code that the customer scans; the address in it."""
    hands = Hands(lin)
    # The browser must know early that its dialog is answered by us.
    lin.on("filechooser", lambda _chooser: None)
    lin.goto("/reception/")
    assert hands.focus_is("#find")
    hands.type(PHONE[-4:])
    lin.locator("#look [role=option]").nth(1).wait_for()
    hands.press("ArrowDown", "Enter")
    lin.wait_for_url("**/take-in")
    assert hands.focus_is("[name=problem]")
    hands.write("The drum does not spin.")
    hands.press("Tab", "1")
    hands.press("Tab")
    hands.write("Bought second hand.")
    hands.press("Tab", "2")
    hands.press("Tab", "1")
    hands.press("Tab", "1")
    hands.press("Tab")
    assert hands.focus_is("[name=photos]")
    with lin.expect_file_chooser() as chosen:
        hands.press("Enter")
    chosen.value.set_files([_shot(n) for n in range(PHOTOS)])
    lin.locator("[data-photos-shown] li").nth(PHOTOS - 1).wait_for()
    hands.press("Tab", "Tab")
    assert hands.focus_is("[name=shelf]")
    hands.scan("SHELF-A-01")
    assert "/take-in" in lin.url
    hands.press("Tab", "Tab", "Enter")
    address = lin.locator("#signing .address").inner_text()
    count.add("reception: take in a known customer's appliance", hands.pressed)
    return address


def _shot(number: int) -> FilePayload:
    return {"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": a_picture(number)}


def sign_on_phone(customer: Page, address: str) -> str:
    """Read and sign on one's own telephone; what stood there."""
    customer.goto(address)
    read = customer.inner_text("main")
    form = customer.locator("main form")
    _sign(form, customer)
    form.locator("button.btn-primary").click()
    form.wait_for(state="detached")
    return read


def send(lin: Page, count: Count) -> str:
    """Wait until the signature has come over by itself, send the form, print; the number of the job."""
    hands = Hands(lin)
    lin.locator("#signing .notice-success").wait_for()
    hands.press("Control+Enter")
    number = lin.locator(".taken-number").inner_text()
    count.add("reception: take in a known customer's appliance", hands.pressed)
    printing = Hands(lin)
    # A paper in a tab of its own asks for a picture of the site, which papers have not.
    lin.context.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    with lin.expect_popup() as opened:
        printing.press("p")
    assert opened.value.request.get(f"/orders/{number}/papers/counter.pdf?language=en").ok
    opened.value.close()
    count.add("reception: print ticket and claim tag", printing.pressed)
    return number


# --- The other desks


def assign(bo: Page, count: Count) -> None:
    """The most urgent job is picked already: a digit sends the technician."""
    hands = Hands(bo)
    bo.goto("/control-room/")
    bo.locator("#pick [data-hotkey='1']").wait_for()
    hands.press("1")
    bo.get_by_text("waits for chen's answer").wait_for()
    count.add("control room: assign", hands.pressed)


def begin(chen: Page, tag: str, count: Count) -> None:
    """Scan the tag anywhere; accept; begin to look for the fault."""
    chen.goto("/bench/")
    hands = Hands(chen)
    hands.scan(tag)
    chen.wait_for_url("**/bench/WO-*/")
    hands.press("a")
    chen.get_by_role("button", name="Start the diagnosis").wait_for()
    count.add("bench: accept", hands.pressed)
    hands = Hands(chen)
    key = chen.get_by_role("button", name="Start the diagnosis").get_attribute("data-hotkey")
    hands.press(key or "no key")
    chen.locator("[data-step=diagnose]").wait_for()
    count.add("bench: start the diagnosis", hands.pressed)


def issue(shen: Page, tag: str, count: Count) -> None:
    """Scan the tag: what the store owes this job stands there; reserve it, give it out."""
    shen.goto("/stores/stock/")
    hands = Hands(shen)
    hands.scan(tag)
    shen.wait_for_url("**/stores/requests/**")
    hands.press("r")
    shen.get_by_role("button", name="Issue to the job").wait_for()
    # The button is there before the keys of the page are.
    shen.wait_for_load_state()
    hands.press("i")
    shen.get_by_role("button", name="Issue to the job").wait_for(state="detached")
    count.add("stores: reserve and issue", hands.pressed)


def inspect(qin: Page, tag: str, count: Count) -> None:
    """Scan the tag, write what was measured, tick what runs, let it pass."""
    qin.goto("/inspection/")
    hands = Hands(qin)
    hands.scan(tag)
    qin.wait_for_url("**/inspection/WO-*/")
    assert hands.focus_is("[name^=item_]")
    hands.write("5.5")
    hands.press("Tab", "Space")
    hands.press("Control+Enter")
    qin.wait_for_url("**/inspection/")
    count.add("inspection: pass with its values", hands.pressed)


def take_money(cai: Page, tag: str, count: Count) -> None:
    """Scan the customer's tag, draw the bill, type what the customer gives."""
    cai.goto("/till/")
    hands = Hands(cai)
    hands.scan(tag)
    cai.wait_for_url("**/till/jobs/**")
    hands.press("d")
    cai.locator("[name=tendered_minor]").wait_for()
    assert hands.focus_is("[name=tendered_minor]")
    hands.type("500")
    hands.press("Enter")
    cai.wait_for_url("**/till/receipts/**")
    count.add("till: take the money", hands.pressed)


def hand_over(cai: Page, tag: str, proof: str, count: Count) -> None:
    """Scan the appliance that was fetched, then the customer's half: nothing is typed, two boxes are ticked, and it goes."""
    hands = Hands(cai)
    hands.scan(tag)
    cai.wait_for_url("**/hand-over/")
    assert hands.focus_is("[name=claim_code]")
    # A hand that has left the field scans all the same.
    cai.evaluate("document.activeElement.blur()")
    hands.scan(proof)
    assert cai.input_value("[name=claim_code]") == proof
    assert hands.focus_is("[name=demonstrated]")
    hands.press("Space", "Tab", "Space")
    hands.press("Control+Enter")
    cai.get_by_text("Handed over by cai").wait_for()
    count.add("till: hand over", hands.pressed)


def approve(customer: Page, track: str, count: Count) -> None:
    """The customer at a keyboard: read the quote, sign by one's name, approve it whole."""
    customer.goto(track)
    hands = Hands(customer)
    while not hands.focus_is("[name=signature_typed]"):
        hands.press("Tab")
    hands.press("Space")
    # Past what signs on paper instead.
    while not hands.focus_is('form[action$="/approve"] button'):
        hands.press("Tab")
    hands.press("Enter")
    # Not by its words: the page speaks the customer's language.
    customer.locator('form[action$="/approve"]').wait_for(state="detached")
    count.add("track: approve the quote", hands.pressed)


# --- What the others do in between, by the clock of the pages


def quoted(shop: Shop, order: WorkOrder) -> None:
    """The fault is found, and the quote is sent."""
    chen = shop.actor("chen")
    workshop.diagnose(
        fresh(order),
        fault=shop.fault,
        cause=shop.defect,
        findings="The belt is worn through.",
        by=chen,
        at=timezone.now(),
    )
    quote = workshop.draft_quote(fresh(order), offers=stages.offers(shop), service_hours=8, by=chen, at=timezone.now())
    workshop.issue_quote(quote, by=shop.reception, at=timezone.now())


def asked_for_a_part(shop: Shop, order: WorkOrder) -> None:
    """The quote is approved; the repair needs a compressor."""
    by = shop.actor("chen")
    storeroom.request_part(fresh(order), part=shop.compressor, quantity=1, by=by, at=timezone.now())


def repaired(shop: Shop, order: WorkOrder) -> None:
    """The part is in, and the drum runs."""
    chen = shop.actor("chen")
    (request,) = store.requests_of(order)
    workshop.start_repair(fresh(order), by=chen, at=timezone.now())
    workshop.log_labour(fresh(order), minutes=1, task="Changed the compressor", by=chen, at=timezone.now())
    workshop.fit_part(
        request,
        quantity=1,
        old_condition="Burnt out",
        old_outcome=OldPartOutcome.RETURN_TO_CUSTOMER,
        by=chen,
        at=timezone.now(),
    )
    workshop.finish(fresh(order), work_done="Compressor changed.", by=chen, at=timezone.now())


@pytest.mark.shows("S6-09", "A09", "A10", "M02")
def test_the_main_act_of_every_desk_takes_few_keys(house: House, shop: Shop, count: Count) -> None:
    shop.an_appliance(a_known_customer(shop))
    address = house.at("lin", write_down, count)
    read = house.at(CUSTOMER, sign_on_phone, address)
    number = house.at("lin", send, count)
    order = WorkOrder.objects.get(number=number)
    check = intake.check_of(order)
    assert check is not None
    assert (order.state, order.shelf, check.condition) == (
        State.RECEIVED,
        "SHELF-A-01",
        "Bought second hand. Scratches.",
    )
    assert "The drum does not spin." in read
    assert intake.accessories_of(order)

    # What stands on the appliance, printed at another address than this one, and what the customer has.
    tag = f"https://repair.example/find?q={order.number}"
    track = f"/t/{workorder.track_token(order)}"
    house.at("bo", assign, count)
    house.at("chen", begin, tag, count)
    quoted(shop, order)
    house.at(CUSTOMER, approve, track, count)
    asked_for_a_part(shop, order)
    house.at("shen", issue, tag, count)
    repaired(shop, order)
    house.at("qin", inspect, tag, count)
    cashier.open_till_session(Till.objects.get(), float_minor=50000, by=shop.actor("cai"), at=timezone.now())
    house.at("cai", take_money, tag, count)
    claim = intake.tag_of(order)
    assert claim is not None
    house.at("cai", hand_over, tag, intake.claim_link(f"https://repair.example{track}", claim), count)
    order.refresh_from_db()
    assert (order.state, order.outcome) == (State.DELIVERED, "REPAIRED")
    assert count.too_many == []
    assert house.complaints == []
