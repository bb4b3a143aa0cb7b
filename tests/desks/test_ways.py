"""Every page without a blank in its address is reached by Ctrl-K, and whoever is offered a page may open it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from guiju.desks.common import desk
from tests.line.cast_line import Shop

# Addresses without a blank that are no page to go to, and why.
NO_PAGE: Mapping[str, str] = {
    "home": "leads to a person's own desk",
    "find": "the search box itself",
    "palette": "the palette itself",
    "live": "the stream of news",
    "health": "for machines",
    "ready": "for machines",
    "metrics": "for machines",
    "set_language": "a button at the foot of every page",
    "terminal_begin": "a button of the till",
    "terminal_switch": "a key on every page of a shared screen",
    "terminal_lock": "what a shared screen does by itself",
    "terminal_leave": "a link of the sheet on which people change",
    "design": "for whoever makes pages",
    "track_box": "for strangers: it leads to their own job",
    "front_door:choose": "for strangers",
    "prices:start": "for strangers: printed on the leaflet and the board",
    "receipt:keys": "for whoever checks a receipt without us",
    "reception:look": "what the box of the first page finds",
    "reception:door_paper": "a button of the door's page",
    "reception:ringing": "a part of the first page",
    "reception:log_call": "a button of the telephone",
    "reception:write_menu": "a button of the voice menu",
    "reception:try_menu": "a part of the voice menu",
    "reception:write_script": "a button of the script",
    "till:open": "a button of the till",
    "till:record_nil": "a button of the deposit board",
    "till:carry_bags": "a button of the deposit board",
    "till:name_officer": "a button of the deposit board",
    "back_office:export": "a file",
    "till:journal": "a file",
    "till:safe_log": "a button of the deposit board",
    "field:offer_pouch": "a button of the cash in hand",
    "back_office:propose_supplier": "a button of the list of suppliers",
}
PEOPLE = ("ad", "nie", "an", "lin", "bo", "chen", "qin", "shen", "cai", "fang", "ma")


def pages(patterns: Any, space: str = "", path: str = "") -> Iterator[str]:
    """The names of the house's own addresses that have no blank."""
    for each in patterns:
        below = path + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from pages(each.url_patterns, f"{space}{each.namespace}:" if each.namespace else space, below)
        elif "<" not in below and "(?P" not in below and each.callback.__module__.startswith("guiju.desks"):
            yield space + (each.name or "")
        elif each.name in NO_PAGE:
            yield each.name


def offered() -> set[str]:
    """What the navigation and the palette lead to."""
    desks = desk.registered()
    return {each.url for each in desks} | {leaf.url for each in desks for leaf in each.pages}


def lost(names: set[str], ways: set[str]) -> set[str]:
    """Pages to which nothing leads."""
    return names - ways - NO_PAGE.keys()


@pytest.mark.shows("M01")
def test_every_page_without_a_blank_is_reached_by_the_palette() -> None:
    found = set(pages(get_resolver().url_patterns))
    assert lost(found, offered()) == set()
    assert NO_PAGE.keys() <= found | {"set_language"}, "an exception for what is no address any more"
    assert not NO_PAGE.keys() & offered(), "an exception for what is a page after all"
    # A page that loses its way is found.
    assert lost(found, offered() - {"till:bills"}) == {"till:bills"}


@pytest.mark.django_db
@pytest.mark.shows("M01")
def test_whoever_is_offered_a_page_may_open_it(shop: Shop, signed_in: Callable[[str], Client]) -> None:
    asked: dict[str, tuple[str, int]] = {}
    for name in PEOPLE:
        browser = signed_in(name)
        for _desk, leaf, address in desk.leaves(shop.actor(name)):
            # Nobody else is asked for a page that somebody has opened: what each role may, tests/access asks.
            if leaf.url not in asked:
                asked[leaf.url] = (name, browser.get(address).status_code)
    ways = {leaf.url for each in desk.registered() for leaf in each.pages}
    assert ways - asked.keys() == set(), "nobody of these people is offered it"
    # A page may lead on, as the close of a till that nobody has opened; it may not shut anybody out.
    assert {url: found for url, found in asked.items() if found[1] not in {200, 302}} == {}
