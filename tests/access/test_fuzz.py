"""Every form and every query string of the site in hostile words: no failure of ours, nothing of theirs unescaped (G17).

The tap hears every answer too (G14): a hostile filter that shows another outlet's words fails the test that asked.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client, override_settings
from django.urls import path

from guiju.conf.urls import urlpatterns as ours
from tests.access import pages
from tests.access.asking import Question, written
from tests.access.fuzzing import NAIVE, Fuzz
from tests.access.scene import Scene
from tests.faults.findings import EVERYTHING, Findings, told, turn
from tests.tap import Tap

pytestmark = [pytest.mark.django_db, pytest.mark.no_books]

CASES, TWIN_CASES = (300_000, 400) if EVERYTHING else (90, 40)


def naive_page(request: Any) -> HttpResponse:
    """As one writes a page before one has been burnt."""
    page = int(request.GET.get("page") or 1)
    return HttpResponse(f"<p title='{request.GET.get('q', '')}'>{page}</p>")


def naive_form(request: Any) -> HttpResponse:
    return HttpResponseRedirect(request.POST.get("next", "/"))


urlpatterns = [path("naive/page", naive_page), path("naive/form", naive_form), *ours]


def let_in() -> dict[tuple[str, str], list[str]]:
    """Who gets in where, by the reviewed table."""
    return {key: [each.lstrip("+") for each in people.split()] for key, people in written("rows.txt").items()}


def questions(scene: Scene, chance: random.Random) -> Iterator[Question]:
    """All of them again and again, each time in another order."""
    every = list(pages.questions(scene))
    known = let_in()
    every = [each for each in every if each.key in known]
    while True:
        chance.shuffle(every)
        yield from every


@pytest.mark.slow
@pytest.mark.shows("G17", "G14", "T09", "T16", "T18", "T20")
@override_settings(ROOT_URLCONF=__name__)
def test_whatever_is_typed_nothing_breaks_and_nothing_comes_back_as_it_was(
    scene: Scene, clients: dict[str, Client], tap: Tap
) -> None:
    chance, ours, naive = random.Random(turn()), Findings("forms"), Findings("as one writes it at first")
    fuzz, asked = Fuzz(clients, let_in(), chance, ours), questions(scene, chance)
    for _ in ours.in_time(range(CASES)):
        fuzz.ask(next(asked))
    # What finds them out is always asked the same way: that they are found must not hang on a commit.
    twin = Fuzz(clients, {}, random.Random(TWIN_CASES), naive, NAIVE)
    twins = cycle((Question("page", "GET", "/naive/page"), Question("form", "POST", "/naive/form", {"next": "/"})))
    for _ in naive.in_time(range(TWIN_CASES)):
        twin.ask(next(twins))
    with told(ours, naive, rows=len(fuzz.names), heard_by_the_tap=tap.answers):
        assert not ours.found, "\n".join(ours.found[:20])
        for word in ("not escaped", "out of the house", "500"):
            assert any(word in each for each in naive.found), (word, naive.found[:5])
