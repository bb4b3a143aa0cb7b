"""Every list of the house is declared: a page that shows rows in another way has its reason here, and only as long as it has one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guiju.desks.common import listing as lists
from tests.access.pages import routes
from tests.access.scene import Scene
from tests.desks.test_lists_walk import READERS, USUAL
from tests.line.cast_line import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.leaks]

EVERYBODY = ("lin", "bo", "chen", "shen", "qin", "cai", "ma", "nie", "ad")
# Rows on a page: a table's, or those of a card.
ROWS = re.compile(r'<tbody|class="rows"')

QUEUE = "a desk's work of this hour, drawn anew while one looks; the whole list is a page of its own"
OWN = "the house's own settings, a few rows that are set where they stand"
NOT_LISTS: Mapping[str, str] = {
    "reception:home": QUEUE, "reception:requests": QUEUE, "reception:calls": QUEUE, "reception:ringing": QUEUE,
    "control_room:board": QUEUE, "control_room:decisions": QUEUE, "bench:home": QUEUE, "stores:home": QUEUE,
    "inspection:home": QUEUE, "stores:controlled": QUEUE, "till:home": QUEUE, "exchange:home": QUEUE,
    "back_office:buying": QUEUE, "stores:deliveries": QUEUE, "till:bank": QUEUE, "till:drawers": QUEUE, "till:pouches": QUEUE,
    "field:home": "what one has in hand at this moment, and what waits for one's signature",
    "till:petty": "the few boxes of an outlet; the book of each is a page and a paper",
    "till:bank_statement": "what the bank booked and nobody has matched, the newest few",
    "till:books": "the chart of accounts, as it is documented; what it leads to is a file",
    "till:where": "every holder of cash at this moment, by outlet, with its sum",
    "stores:upkeep": QUEUE, "stores:on_the_way": QUEUE, "stores:picking": QUEUE,
    "stores:valuation": "sums by store, to the cent; what lies there is a list",
    "exchange:units": "the few units that stand ready, each given by itself",
    "reception:look": "what a scan or a few letters mean, at most a handful",
    "find": "the best few of each kind, for what was typed",
    "reception:scores": "one month's sample of each agent, with its averages",
    "reception:voice_menu": OWN, "reception:call_script": OWN, "back_office:figures": OWN, "back_office:calendar": OWN,
    "back_office:places": OWN, "back_office:wordings": OWN, "back_office:webhooks": OWN, "back_office:checklists": OWN,
    "back_office:leaflets": OWN,
    "back_office:in_pieces": "each finding with its few requests, and the limit that they pass together",
    "back_office:walls": "each outlet with its last proof, those that lack one first; the proofs themselves are a list of the API",
    "reception:wall": "the last proofs of one wall, beside the board to print",
    "back_office:files": "the last files that were brought in, each opened row by row on a page of its own",
    "reception:try_menu": "what a caller hears, step by step",
    "back_office:keys": "one's own keys, which nobody else may list",
    "design": "the components themselves, with examples",
    "stores:count_plan": "what is due in one store, the most urgent first",
    "back_office:compliance": "sums by outlet, and the bills of some days that are outside their list, each with what should go back",
    "control_room:on_time": "sums by outlet and technician; the jobs behind them are a list",
}  # fmt: skip
# Rows to which nothing is done that is the same for many.
NO_ACT: Mapping[str, str] = {
    "appliances": "each has its own card", "customers": "each has its own card, and consent is each one's own",
    "calls": "what was said is not done again", "requests": "each is answered by itself", "people": "each right is weighed by itself",
    "part-requests": "each is answered with its own bin or date", "old-parts": "each is handed out against its own signature",
    "stock-counts": "each is counted and decided by itself",
    "stock-moves": "an entry is undone line by line, each with its reason",
    "stock": "moved line by line, each with its document", "quotes": "a quote is the work of one technician",
    "access-log": "each opening is signed by its own two", "transfers": "each is sent and received by itself, by scan",
    "requisitions": "each is signed and handed out by itself",
    "bills": "money is taken one by one", "receipts": "money is given back one by one",
    "printings": "what was printed is not printed less",
    "debts": "each is paid, reminded of and given up on the page of its account", "price-lines": "a published price is not changed",
    "safe-log": "each bag is signed for by its own two", "bank-deposits": "each is banked by whoever carries it",
    "exchange_cases": "each is appraised and decided by itself",
    "supplier-prices": "a price that was noted is not changed; a new one ends it",
    "suppliers": "each is admitted by itself, by somebody who looked into it",
    "come-backs": "what did not hold is not changed",
    "promises": "what became of a promise is not changed", "self-checks": "they are looked at", "trail": "nothing in it can be changed",
}  # fmt: skip


@pytest.fixture
def scene(shop: Shop, other_shop: Shop, settings: Any, tmp_path: Path) -> Scene:
    settings.MEDIA_ROOT = tmp_path
    return Scene(shop, other_shop)


def shows_rows(browser: Client, route: str) -> bool:
    """Whether that page shows rows past the common machinery."""
    answer = browser.get(reverse(route))
    if answer.status_code != 200 or answer.streaming or not answer["Content-Type"].startswith("text/html"):
        return False
    html = answer.content.decode()
    main = html[html.find("<main") : html.rfind("</main>")]
    return bool(ROWS.search(main)) and "data-listing" not in main


@pytest.mark.shows("M03")
def test_a_page_of_rows_is_a_declared_list_or_has_its_reason(scene: Scene, signed_in: Callable[[str], Client]) -> None:
    browsers = [signed_in(name) for name in EVERYBODY]
    pages = [route.name for route in routes() if not route.keys and not route.name.startswith("front_door:")]
    found = {page for page in pages if any(shows_rows(browser, page) for browser in browsers)}
    past = ", ".join(sorted(found - set(NOT_LISTS)))
    assert not past, f"declare these as lists, or say why not: {past}"
    gone = set(NOT_LISTS) - set(pages)
    assert not gone, "no such page any more"


@pytest.mark.shows("M03")
def test_every_list_can_be_kept_arranged_taken_away_and_acted_on(
    shop: Shop, signed_in: Callable[[str], Client]
) -> None:
    for each in lists.declared():
        name = READERS.get(each.slug, USUAL)[0]
        html = signed_in(name).get(each.address(), {"all": "1"}).content.decode()
        for way in ("list_keep", "list_columns"):
            assert reverse(way, args=[each.slug]) in html, (each.slug, way)
        may = not each.is_personal or shop.actor(name).may("people.export_list")
        assert (reverse("list_export", args=[each.slug]) in html) is may, each.slug
        assert bool(each.acts) is not (each.slug in NO_ACT), f"{each.slug}: an act for many rows, or why not"
    assert set(NO_ACT) <= {each.slug for each in lists.declared()}
