"""The published prices for everybody: by model, by the code in the box, as a board; no login."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from guiju.oversight.papers.queries import prices as papers
from guiju.standing.catalogue.models import Model
from guiju.standing.pricing import actions as pricing
from guiju.standing.pricing.actions.leaflets import BoxedAlready
from guiju.standing.pricing.models import PriceLeaflet
from tests.desks.common.page import assert_strict
from tests.kernel.racing import together
from tests.line.cast_line import Shop
from tests.oversight.papers.reading import words_on
from tests.standing.pricing.conftest import shown

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]


def stranger() -> Client:
    client = Client()
    client.cookies["guiju_language"] = client.cookies["django_language"] = "en"
    return client


def made(shop: Shop, **odd: object) -> PriceLeaflet:
    told = {"languages": ["en", "zh-hans"], "serial_from": "A001", "serial_to": "A999", "model": shop.model} | odd
    return pricing.make_leaflet(shop.price_list, **told, by=shop.actor("nie"), at=shop.later())  # type: ignore[arg-type]


@pytest.mark.shows("S1-40", "C02", "PRC-4")
def test_a_stranger_looks_a_model_up_and_reads_every_price(shop: Shop) -> None:
    _ = shop.price_list
    code = shop.model.code
    browser = stranger()
    page = browser.get(f"/p/?q={code[:4]}").content.decode()
    assert_strict(page)
    assert f"/p/line/{shop.line.code}/" in page
    page = browser.get(f"/p/line/{shop.line.code}/").content.decode()
    assert_strict(page)
    for text in ("¥380.00 – ¥620.00", "Remote fee" if "km=" in page else "If we come to your home"):
        assert text in page
    assert "We know no model" in browser.get("/p/?q=NO-SUCH").content.decode()
    assert browser.get("/p/line/NO-SUCH/").status_code == 404


@pytest.mark.shows("EX-8")
def test_the_page_works_out_what_a_visit_costs_and_nobody_types_it(shop: Shop) -> None:
    _ = shop.price_list
    browser = stranger()
    page = browser.get(f"/p/line/{shop.line.code}/?zone=RURAL&km=27.4&appliances=2").content.decode()
    assert "¥34.80" in page
    assert "17.4 km at" in page
    odd = browser.get(f"/p/line/{shop.line.code}/?zone=RURAL&km=-1&appliances=2")
    assert odd.status_code == 422
    assert_strict(odd.content.decode())


@pytest.mark.shows("S1-40", "PRC-3", "C02")
def test_the_code_in_the_box_leads_to_the_printed_prices_for_ever_and_to_those_of_today(shop: Shop) -> None:
    leaflet, nie, xu = made(shop), shop.actor("nie"), shop.actor("xu")
    browser = stranger()
    address = f"/p/box/{leaflet.token}"
    assert leaflet.number in browser.get(address).content.decode()
    today = shop.unit.day(shop.now)
    dearer = pricing.draft_list(unit=None, starts_on=today + timedelta(days=4), by=nie, at=shop.later())
    for line in shop.price_list.lines.select_related("item", "part"):
        most = line.max_minor + (1000 if line.part else 0)
        pricing.add_line(
            dearer,
            item=line.item,
            part=line.part,
            min_minor=line.min_minor,
            max_minor=most,
            unit="each",
            by=nie,
            at=shop.now,
        )
    shown(dearer, by=nie, and_by=xu, at=shop.now)
    old = browser.get(f"/p/line/{shop.line.code}/?list={shop.price_list.number}").content.decode()
    assert "¥380.00 – ¥620.00" in old
    assert browser.get(f"/p/line/{shop.line.code}/?list={dearer.number}").status_code == 200
    draft = pricing.draft_list(unit=None, starts_on=today + timedelta(days=90), by=nie, at=shop.later())
    assert browser.get(f"/p/line/{shop.line.code}/?list={draft.number}").status_code == 404
    assert browser.get("/p/box/nothing").status_code == 404


@pytest.mark.shows("S1-39", "C02")
def test_the_network_manager_makes_a_leaflet_and_prints_it_in_two_languages(shop: Shop, signed_in: SignedIn) -> None:
    office = signed_in("nie")
    typed = {
        "price_list": str(shop.price_list.pk), "model": shop.model.code.lower(), "languages": ["en", "zh-hans"],
        "serial_from": "A001", "serial_to": "A999", "batch": "",
    }  # fmt: skip
    address = "/back-office/prices/leaflets/"
    for odd, sentence in (
        ({"serial_from": "", "serial_to": ""}, "Say for which machines"),
        ({"serial_to": "A0"}, "as many letters as the first"),
        ({"serial_to": ""}, "a first and a last"),
        ({"serial_from": "A 1"}, "letters, figures"),
        ({"model": "NO-SUCH"}, "no model of this code"),
    ):
        refused = office.post(address, typed | odd)
        assert (refused.status_code, sentence in refused.content.decode()) == (422, True), sentence
    assert signed_in("xu").post(address, typed).status_code == 403
    assert office.post(address, typed).status_code == 302
    assert "in their box already" in office.post(address, typed | {"serial_from": "A500"}).content.decode()
    page = office.get(address).content.decode()
    assert_strict(page)
    leaflet = PriceLeaflet.objects.get()
    pdf = office.get(f"/back-office/prices/leaflets/{leaflet.number}.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf.content)) == 2
    assert Client().get(f"/back-office/prices/leaflets/{leaflet.number}.pdf").status_code == 302


@pytest.mark.shows("PT-5", "PT-10")
def test_the_board_stands_on_a_screen_and_on_paper(shop: Shop) -> None:
    _ = shop.price_list
    browser = stranger()
    page = browser.get("/p/board/FS01/")
    assert page["Refresh"] == "3600"
    assert_strict(page.content.decode())
    assert "¥80.00 – ¥160.00" in page.content.decode()
    assert browser.get("/p/board/FS01/paper.pdf").content.startswith(b"%PDF")
    assert browser.get("/p/board/NO-SUCH/").status_code == 404


def test_a_model_has_one_leaflet_for_a_serial(shop: Shop) -> None:
    from guiju.standing.pricing import queries

    first = made(shop)
    second = made(shop, serial_from="B001", serial_to="B100", languages=["zh-hant"])
    with pytest.raises(pricing.BoxedAlready):
        made(shop, serial_from="A900", serial_to="B050")
    assert queries.leaflet_in_box(shop.model, "a500") == first
    assert queries.leaflet_in_box(shop.model, "B007") == second
    assert queries.leaflet_in_box(shop.model, "C001") is None
    assert queries.leaflet_in_box(shop.model, "A5000") is None
    assert isinstance(shop.model, Model)


@pytest.mark.shows("S1-39", "WTY-5")
def test_the_leaflet_says_what_the_law_gives_with_its_clauses(shop: Shop) -> None:
    leaflet = made(shop, languages=["en"])
    printed = "".join(
        words_on(papers.leaflet(leaflet, address="https://x.example", printed_by="nie", at=shop.now)).split()
    )
    for said in (
        "Money back within 7 days",
        "(TG-1 [S][17])",
        "Whole unit: 12 months",
        "(TG-4, TG-5 [S][20])",
        "(TG-6 [S][17])",
    ):
        assert said.replace(" ", "") in printed, said
    assert "Chinarepair,exchangeandreturn".lower() in printed.replace(":", "").lower()


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("first", "last", "is_refused"),
    [("A100", "A200", True), ("A999", "B100", True), ("B001", "B100", False), ("A01", "A99", False)],
)
def test_the_database_lets_no_machine_have_two_leaflets(shop: Shop, first: str, last: str, is_refused: bool) -> None:
    standing = made(shop)
    copy = PriceLeaflet.objects.get(pk=standing.pk)
    copy.pk, copy.number, copy.token, copy.serial_from, copy.serial_to = None, "PX-9", "another", first, last
    copy._state.adding = True
    if not is_refused:
        copy.save(force_insert=True)
        return
    with pytest.raises(IntegrityError, match="a_machine_has_one_leaflet_in_its_box"), transaction.atomic():
        copy.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_of_two_who_print_for_the_same_machines_at_once_one_is_refused(shop: Shop) -> None:
    _ = shop.price_list, shop.model
    at = shop.later()
    told = {"languages": ["en"], "serial_from": "A001", "serial_to": "A999", "model": shop.model}

    def make(_number: int) -> str:
        return pricing.make_leaflet(shop.price_list, **told, by=shop.actor("nie"), at=at).number

    got = together(4, make)
    assert len([each for each in got if isinstance(each, str)]) == 1, got
    assert all(isinstance(each, (str, BoxedAlready)) for each in got), got
