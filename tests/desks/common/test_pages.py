"""The pages of the frame: strict, in three languages, and showing only what the person may enter."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from guiju.desks.common import desk, find, states, views
from tests.desks.common import showcase
from tests.desks.common.page import assert_strict, faults

LANGUAGES = ["en", "zh-hans", "zh-hant"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_frame_is_strict_in_every_language(ask: Any, everybody: Any, language: str) -> None:
    page = ask(actor=everybody, language=language).content.decode()
    assert_strict(page)
    assert f'<html lang="{language}">' in page
    assert "佛山禅城维修中心" in page
    assert ">¥88.50" in page or " ¥88.50" in page


def test_a_refused_form_is_strict_and_keeps_what_was_typed(ask: Any, everybody: Any) -> None:
    response = ask(actor=everybody, data={"phone": "12", "name": "<b>Li</b>", "once": "the-key"})
    page = response.content.decode()
    assert response.status_code == 422
    assert_strict(page)
    assert 'value="12"' in page
    assert "&lt;b&gt;Li&lt;/b&gt;" in page
    assert 'name="once" value="the-key"' in page


def test_a_fresh_form_has_a_fresh_key_each_time(ask: Any, everybody: Any) -> None:
    keys = {ask(actor=everybody).content.decode().split('name="once" value="')[-1].split('"')[0] for _ in range(3)}
    assert len(keys) == 3


def test_the_navigation_shows_only_desks_that_the_person_may_enter(ask: Any, everybody: Any) -> None:
    desk.register(desk.Desk("safe", "The safe", "show:till", "lock", verbs=("nobody.may",)))
    desk.register(desk.Desk("open", "The yard", "show:till", "truck", verbs=("nobody.may", "somebody.may")))
    page = ask(actor=everybody).content.decode()
    assert "The yard" in page
    assert "The safe" not in page


def test_a_desk_without_pages_takes_no_other_down(everybody: Any) -> None:
    before = desk.doors(everybody)
    desk.register(desk.Desk("ghost", "Ghost", "no-such-address", "x"))
    assert [door.slug for door in desk.doors(everybody)] == [door.slug for door in before]


def test_the_desk_that_one_sits_at_is_marked_and_counted(everybody: Any) -> None:
    here = [door for door in desk.doors(everybody, "/show/bench/WO-1/") if door.is_here]
    assert [(door.slug, door.count) for door in here] == [("bench", 12)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stranger_is_told_what_this_is(ask: Any, language: str) -> None:
    response = ask(views.home, "/", language=language)
    page = response.content.decode()
    assert response.status_code == 200
    assert_strict(page)
    assert 'href="/account/login/"' in page
    assert 'action="/track"' in page


def test_a_person_goes_to_their_own_desk(ask: Any, everybody: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(views.home, "/", actor=everybody).url == "/show/reception/"
    monkeypatch.setattr(desk, "_registry", {})
    page = ask(views.home, "/", actor=everybody)
    assert page.status_code == 200
    assert_strict(page.content.decode())


@pytest.mark.parametrize(
    ("code", "leads_to"),
    [("AbCd-1234_xyz", "/t/AbCd-1234_xyz"), (" https://repair.example/t/AbCd-1234_xyz/ ", "/t/AbCd-1234_xyz")],
)
def test_the_box_on_the_door_leads_to_the_repair(ask: Any, code: str, leads_to: str) -> None:
    response = ask(_asking(code), "/track")
    assert response.status_code == 302
    assert response.url == leads_to


@pytest.mark.parametrize("code", ["", "x", "../../admin", "https://evil.example/steal?x=1"])
def test_the_box_leads_nowhere_else(ask: Any, code: str) -> None:
    response = ask(_asking(code), "/track")
    assert response.status_code == 422
    assert_strict(response.content.decode())


def _asking(code: str) -> Any:
    def view(request: Any) -> Any:
        request.GET = request.GET.copy()
        request.GET["code"] = code
        return views.track(request)

    return view


class TestFind:
    def find(self, ask: Any, actor: Any, text: str) -> Any:
        def view(request: Any) -> Any:
            request.GET = request.GET.copy()
            request.GET["q"] = text
            return views.search(request)

        return ask(view, "/find", actor=actor)

    def test_the_only_hit_is_opened(self, ask: Any, everybody: Any) -> None:
        find.register(find.Finder("a", "Jobs", lambda _actor, text: [find.Hit(f"WO {text}", "/wo/1")]))
        assert self.find(ask, everybody, " 17 ").url == "/wo/1"

    def test_the_exact_hit_is_opened_among_many(self, ask: Any, everybody: Any) -> None:
        hits = [find.Hit("WO 17", "/wo/17", is_exact=True), find.Hit("WO 170", "/wo/170")]
        find.register(find.Finder("a", "Jobs", lambda _actor, _text: hits))
        assert self.find(ask, everybody, "17").url == "/wo/17"

    def test_several_hits_are_listed_and_nothing_found_says_so(self, ask: Any, everybody: Any) -> None:
        hits = [find.Hit("Li", "/c/1", detail="138 **** 5678"), find.Hit("Lin", "/c/2", state="READY")]
        find.register(find.Finder("a", "People", lambda _actor, text: hits if text == "li" else []))
        page = self.find(ask, everybody, "li").content.decode()
        assert_strict(page)
        assert page.index("138 **** 5678") < page.index("Ready for collection")
        assert "Nothing was found for “zz”." in self.find(ask, everybody, "zz").content.decode()

    def test_a_finder_is_asked_only_for_those_who_may(self, ask: Any, everybody: Any) -> None:
        secret = [find.Hit("secret", "/s/1"), find.Hit("secret", "/s/2")]
        find.register(find.Finder("s", "Secrets", lambda _actor, _text: secret, verbs=("nobody.may",)))
        assert "/s/1" not in self.find(ask, everybody, "x").content.decode()
        find.register(find.Finder("s", "Secrets", lambda _actor, _text: secret, verbs=("somebody.may",)))
        assert "/s/1" in self.find(ask, everybody, "x").content.decode()

    def test_a_stranger_finds_nothing(self, ask: Any) -> None:
        assert self.find(ask, None, "x").url.startswith("/account/login/")


@pytest.mark.parametrize(
    "name", ["400", "403", "403_csrf", "404", "409", "429", "500", "common/locked_out", "turned_away"]
)
def test_the_pages_that_say_no_need_nothing_from_the_request(name: str) -> None:
    page = render_to_string(f"{name}.html")
    assert_strict(page)
    assert 'href="/"' in page


@pytest.mark.django_db
@pytest.mark.no_books
@pytest.mark.parametrize("path", ["/account/login/", "/health", "/"])
def test_the_open_pages_answer_under_the_strict_policy(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    policy = response["Content-Security-Policy"]
    assert "'unsafe-inline'" not in policy
    assert "'unsafe-eval'" not in policy
    if path != "/health":
        assert_strict(response.content.decode())


@pytest.mark.django_db
@pytest.mark.no_books
def test_the_language_is_switched_by_a_real_form(client: Client) -> None:
    response = client.post("/language", {"language": "zh-hant", "next": "/"}, follow=True)
    assert '<html lang="zh-hant">' in response.content.decode()


@pytest.mark.parametrize(("sender", "status"), [("upload", 204), ("", 302)])
def test_a_script_that_sent_a_form_is_told_where_to_go(rf: RequestFactory, sender: str, status: int) -> None:
    from django.shortcuts import redirect

    from guiju.desks.common.middleware import PlaceMiddleware

    answer = PlaceMiddleware(lambda _request: redirect("/reception/"))(rf.post("/x", headers={"X-Sent-By": sender}))
    assert answer.status_code == status
    assert answer.headers.get("X-Go-To") == ("/reception/" if sender else None)


def test_chips_have_words_and_never_colour_alone() -> None:
    template = engines["django"].from_string('{% load trade %}{% badge "READY" %}{% badge "" label=text tone="bad" %}')
    assert template.render({"text": "<i>"}) == (
        '<span class="chip chip-good" data-state="READY">Ready for collection</span>\n'
        '<span class="chip chip-bad">&lt;i&gt;</span>\n'
    )


def test_can_asks_for_the_verb(rf: RequestFactory) -> None:
    from guiju.desks.common.context import Can

    template = engines["django"].from_string(
        "{% if can.dispatch.assign %}yes{% endif %}{% if can.nobody.may %}no{% endif %}"
    )
    assert template.render({"can": Can(showcase.Everybody())}) == "yes"
    assert template.render({"can": Can(None)}) == ""


@pytest.mark.parametrize(
    "bad",
    [
        "<p style='x'>a</p>", "<script>1</script>", "<p onclick='x'>a</p>", "<style>p{}</style>", "<p><b></p></b>",
        "<img src='https://cdn.example/x.png'>", "<p id='a'></p><p id='a'></p>", "<label for='nothing'>x</label>",
        "<svg><use href='/static/vendor/icons.svg#unicorn'></use></svg>",
    ],
)  # fmt: skip
def test_the_reader_of_pages_bites(bad: str) -> None:
    assert faults("<p class='x'>a</p><svg><use href='/static/vendor/icons.svg#check'></use></svg>") == []
    assert faults(bad)


# A chip that a template dresses by itself, and whether its words are written there.
OWN_CHIP = re.compile(
    r'class="[^"]*\bchip\b[^"]*"[^>]*>(?:\{% icon "[^"]+" %\})?\s*\{% (?:translate "|blocktranslate[^%]*%\})([^"{]+)'
)


def test_every_chip_begins_with_a_capital_letter() -> None:
    """The component sees to it; what a template dresses by itself begins so, and no state has another word."""
    template = engines["django"].from_string('{% load trade %}{% badge "" label=text tone="bad" %}')
    assert ">On hold<" in template.render({"text": "on hold"})
    assert ">等待中<" in template.render({"text": "等待中"})
    small = [
        f"{name}: {word}"
        for name, words in states.MACHINES.items()
        for word in words.values()
        if str(word)[0].islower()
    ]
    for page in sorted(Path("guiju/desks").rglob("*.html")):
        small += [
            f"{page.name}: {word}" for word in OWN_CHIP.findall(page.read_text(encoding="utf-8")) if word[0].islower()
        ]
    assert small == [], "write these as a badge"
    assert OWN_CHIP.findall('<span class="chip chip-bad">{% icon "x" %}{% translate "overdue" %}</span>') == ["overdue"]
