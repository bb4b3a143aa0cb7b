"""A count is blind: a figure that stands nowhere but in the book is looked for in all that leaves the server."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now
from django.utils.translation import override

from guiju.kernel.refusing import Refusal
from guiju.oversight.papers.press.typesetter import inputs
from guiju.oversight.papers.queries import store as papers
from guiju.oversight.papers.queries.shared import Print
from guiju.readiness.counting import actions as counting
from guiju.readiness.counting.models import StockCount
from tests.readiness.counting.conftest import Room

pytestmark = [pytest.mark.django_db, pytest.mark.books_of("guiju.readiness.counting")]

# So many boards does the book say are there; and as a reader would see it written.
CANARY = 7391
# As a number of its own: a random key of a form may hold the same digits.
WRITTEN = re.compile(r"(?<![\w-])7[, ]?391(?![\w-])")
PAGES = ("stores/counts/", "stores/counts/{}/", "stores/counts/{}/shelf/", "stores/counts/plan/", "find?q={}")
PROGRAMS = ("counts", "counts/{}/lines", "counts/{}/sheet", "stores/{store}/due-counts")


def told(room: Room, count: StockCount, browsers: Mapping[str, Client]) -> Iterator[tuple[str, str]]:
    """All that the house says of the count to anybody: its pages, the API, the paper."""
    for who, browser in browsers.items():
        for address in PAGES:
            address = f"/{address.format(count.number)}"  # noqa: PLW2901
            yield f"{who} {address}", browser.get(address, follow=True).content.decode()
        for address in PROGRAMS:
            address = f"/api/v1/{address.format(count.number, store=room.store.pk)}"  # noqa: PLW2901
            yield f"{who} {address}", browser.get(address).content.decode()
    for language in ("en", "zh-hans", "zh-hant"):
        with override(language):
            sheet = papers._sheet(count, "https://x/", Print("https://x/", "lin", now()))
        yield f"paper in {language}", json.dumps(inputs(sheet, language))


def refusals(room: Room, count: StockCount) -> Iterator[tuple[str, str]]:
    """Every refusal that somebody at the shelves can run into."""
    who: dict[str, Any] = {
        "lin": room.cast.actors["lin"],
        "qin": room.cast.actors["qin"],
        "fang": room.cast.actors["fang"],
    }
    tries: list[Callable[[Any], Any]] = [
        lambda by: counting.open_bin(count, bin=room.bins["A-01"], by=by, at=room.at()),
        lambda by: counting.finish_bin(count, by=by, at=room.at()),
        lambda by: counting.hand_in(count, by=by, at=room.at()),
        lambda by: counting.tally(count, part=room.board, quantity=-1, by=by, at=room.at()),
        lambda by: counting.scan(count, text="PCB-01", by=by, at=room.at()),
        lambda by: counting.explain(count, by=room.cast.actors["shen"], at=room.at()),
        lambda by: counting.approve(count, by=by, at=room.at()),
    ]
    for name, actor in who.items():
        for attempt in tries:
            try:
                attempt(actor)
            except Refusal as refusal:
                yield f"refusal to {name}", f"{refusal} {refusal.params} {refusal.because}"


def leaks(pairs: Iterator[tuple[str, str]]) -> list[str]:
    return [where for where, text in pairs if WRITTEN.search(text)]


@pytest.mark.shows("F10", "T43")
def test_no_page_program_paper_or_refusal_says_what_the_book_expects(
    room: Room, signed_in: Callable[[str], Client]
) -> None:
    # Two who count, the keeper, who approves, and who audits.
    browsers = {who: signed_in(who) for who in ("lin", "qin", "shen", "fang", "an")}
    room.put(room.board, "A-01", CANARY)
    room.put(room.board, "A-02", 1)
    count = room.plan("CYCLE", "A-01")
    counting.freeze(count, **room.who("fang"))
    assert leaks(told(room, count, browsers)) == []
    assert leaks(refusals(room, count)) == []
    # Nor does whoever counts read it where the stock is shown to others; the keeper, who does not count, does.
    at_shelf = f"/stores/shelf/?bin={room.bins['A-01'].pk}&part={room.board.pk}"
    shown = (
        "/stores/stock/",
        f"/stores/parts/{room.board.pk}/",
        at_shelf,
        "/api/v1/stock",
        "/stores/moves/?all=1",
        "/api/v1/stock-moves",
    )
    for who, sees in (("qin", set()), ("shen", set(shown))):
        assert set(leaks((each, browsers[who].get(each).content.decode()) for each in shown)) == sees, who
    count.refresh_from_db()
    # Lin stands before the bin now, has scanned one, and hands in far too few.
    counting.tally(count, part=room.board, quantity=100, **room.who("lin"))
    assert leaks(told(room, count, browsers)) == []
    counting.finish_bin(count, **room.who("lin"))
    counting.hand_in(count, **room.who("lin"))
    count.refresh_from_db()
    assert leaks(told(room, count, browsers)) == [], "handed in, and still to be recounted"
    counting.recount(count, **room.who("shen"))
    count.refresh_from_db()
    room.sheet(count, "qin", "A-01", board=CANARY - 5000)
    assert leaks(told(room, count, browsers)) == []
    counting.hand_in(count, **room.who("qin"))
    count.refresh_from_db()
    # Now, and only now: so the canary is alive, and would have been heard.
    sung = leaks(told(room, count, browsers))
    assert {"paper in en", f"shen /stores/counts/{count.number}/", f"fang /api/v1/counts/{count.number}/lines"} <= set(
        sung
    )
