"""What the house keeps of its stores, purchases and tills on paper: every field, in each language, and from real rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from guiju.books.stock import actions as stock
from guiju.kernel.actor import Actor
from guiju.oversight.papers.press import print_pdf
from guiju.oversight.papers.press.sheet import Voice
from guiju.oversight.papers.rules import DoesNotAddUp, PurchaseFile
from guiju.oversight.reports import actions as reports
from guiju.oversight.reports.rules import ReportKind
from guiju.readiness.upkeep import actions as upkeep
from guiju.readiness.upkeep.rules import Item
from tests.cast import NOON
from tests.line import stages
from tests.line.cast_line import Shop
from tests.oversight.papers.reading import missing_glyphs, pages_of, squeezed, words_on
from tests.oversight.papers.samples.cash import CASH
from tests.oversight.papers.samples.morning import LANGUAGES, TOKEN
from tests.oversight.papers.samples.stores import STORES, purchase_file
from tests.oversight.papers.samples.tills import TILLS
from tests.readiness.custody.conftest import Door, door
from tests.readiness.supply.market import Market, market

__all__ = ["door", "market"]
CLOCK = Actor.system("clock")
SignedIn = Callable[[str], Client]
KEPT = STORES | TILLS | CASH
# Not words on a page: where the code leads, and what only decides how the page looks.
UNSAID = {"status_url", "brand_logo", "time_zone", "currency", "printed_at", "outlet_hours"}


def _said(facts: Any, voice: Voice, name: str = "") -> list[str]:
    """Every figure, day, moment and word of a paper, as it must stand there."""
    if is_dataclass(facts) and not isinstance(facts, type):
        inside = [field.name for field in fields(facts) if field.name not in UNSAID]
        return [word for each in inside for word in _said(getattr(facts, each), voice, each)]
    if isinstance(facts, tuple):
        return [word for each in facts for word in _said(each, voice, name)]
    if facts is None or facts == 0 or isinstance(facts, bool | bytes):
        return []
    if isinstance(facts, date):
        return [voice.moment(facts) if isinstance(facts, datetime) else voice.day(facts)]
    if isinstance(facts, int) and name.endswith("_minor"):
        return [str(voice.money(facts)["figure"])]  # type: ignore[index,call-overload]
    return [voice.number(facts) if not isinstance(facts, str) else facts]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", KEPT)
@pytest.mark.shows("G-9", "6.9", "6.11", "6.12", "6.13", "6.21", "6.26", "6.27")
def test_every_field_is_printed_in_each_language(name: str, language: str) -> None:
    paper = KEPT[name](language)
    pdf = print_pdf(paper, language)
    words = words_on(pdf)
    missing = [word for word in _said(paper, Voice.of(paper.letterhead, language)) if squeezed(word) not in words]
    assert missing == []
    assert TOKEN not in words
    assert missing_glyphs(pdf) == 0
    assert all(paper.letterhead.number in squeezed(page) for page in pages_of(pdf))


def test_an_order_is_the_sum_of_its_lines() -> None:
    whole = purchase_file("en")
    with pytest.raises(DoesNotAddUp):
        PurchaseFile(**{field.name: getattr(whole, field.name) for field in fields(whole)} | {"total_minor": 1})


def _words(answer: HttpResponse) -> str:
    assert answer.headers["Content-Type"] == "application/pdf"
    return words_on(answer.content)


@pytest.mark.django_db
@pytest.mark.shows("6.21")
def test_the_file_of_a_purchase_tells_who_did_what(market: Market, signed_in: SignedIn) -> None:
    order = market.ordered(market.asked(4))
    receipt = market.shelved(market.inspected(market.came(order, 4)))
    address = f"/back-office/buying/orders/{order.number}/file"
    words = _words(signed_in("xu").get(address))
    for word in (order.number, receipt.number, "HAIparts", "BEIparts", "DRUM-1", "¥400.00", "Approvedby"):
        assert word in words, word
    assert signed_in("shen").get(address).status_code == 403
    assert signed_in("he").get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.shows("6.26", "6.27")
def test_a_week_and_an_opening_are_printed_for_whoever_may_see_them(door: Door, signed_in: SignedIn) -> None:
    ma, shen, tang = door.by("ma"), signed_in("shen"), signed_in("tang")
    store = stock.open_store(door.cast.units["FS01"], code="S1", names={"en": "Parts"}, kind="OUTLET", by=ma, at=NOON)
    week = upkeep.make_due(store, by=CLOCK, at=NOON)
    upkeep.read_climate(store, celsius_tenths=400, humidity_tenths=500, by=ma, at=NOON)
    address = f"/stores/itself/inspections/{week.pk}/paper"
    assert squeezed("Due this week") in _words(shen.get(address))
    seen = dict.fromkeys(Item, True) | {Item.LEAKS: False}
    upkeep.inspect(week, results=seen, note="The pipe drips", by=ma, at=NOON)
    told = _words(shen.get(f"{address}?language=zh-hans"))
    for word in ("90/100", "Thepipedrips", "40.0", "50.0", "已检查"):
        assert word in told, word
    session = door.opened()
    door.take(session)
    record = f"/stores/controlled/openings/{session.number}/paper"
    told = _words(shen.get(record))
    for word in (session.number, squeezed(session.purpose), squeezed("Compressor COMP-1"), squeezed("Lock group 2")):
        assert word in told, word
    assert [tang.get(each).status_code for each in (address, record)] == [404, 404]
    assert shen.get(f"{address}?language=tlh").status_code == 404


@pytest.mark.django_db
@pytest.mark.shows("6.9")
def test_a_report_is_printed_as_it_was_made(shop: Shop, signed_in: SignedIn) -> None:
    bin = stages.a_bin(shop, holding=3)
    at = shop.now + timedelta(days=1)
    report = reports.make_report(bin.store, kind=ReportKind.DAILY, starts_on=shop.unit.day(shop.now), by=CLOCK, at=at)
    address = f"/stores/reports/{report.pk}/paper"
    told = _words(signed_in("shen").get(address))
    for word in ("COMP-1", squeezed("Daily report"), squeezed("Main store"), "Keeper"):
        assert word in told, word
    assert signed_in("tang").get(address).status_code == 404
    assert signed_in("lin").get(address).status_code == 403
