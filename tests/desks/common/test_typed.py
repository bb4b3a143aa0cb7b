"""What was typed into a form whose session was over comes back where no script runs: to its owner, once, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from guiju.desks.common import refill, typed
from guiju.standing.customers.models import Customer
from tests.cast import Cast, password_of

Browser = Callable[[str], Client]
BACK = "data-came-back"
ROW = 'Lane <4>, "North" & South'


@pytest.fixture(autouse=True)
def _own_desks() -> None:
    """The real desks, not the showcase."""


@pytest.fixture
def page() -> str:
    return reverse("reception:new_customer")


def sent_too_late(lin: Client, page: str, **more: Any) -> Any:
    """The page was open, the session ended, the form was sent."""
    assert lin.get(page).status_code == 200
    Session.objects.all().delete()
    entered = {"name": ROW, "phone": "13800000001", "password": "p", "once": "k"} | more
    return lin.post(page, entered, headers={"Referer": f"http://testserver{page}"})


def come_in(browser: Client, who: str) -> str:
    """Sign in in the same browser; the address that one is led to."""
    answer = browser.post(reverse("account_login"), {"login": who, "password": password_of(who), "next": "/"})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_it_stands_in_the_form_again_and_is_not_sent_by_itself(cast: Cast, signed_in: Browser, page: str) -> None:
    lin = signed_in("lin")
    door = sent_too_late(lin, page)["Location"]
    assert door == f"{reverse('account_login')}?next={page}%23came-back&sent=1"
    assert "data-kept>" in lin.get(door).content.decode()
    come_in(lin, "lin")
    elsewhere = lin.get(reverse("find")).content.decode()
    assert BACK not in elsewhere
    html = lin.get(page).content.decode()
    assert html.count(BACK) == 1
    assert 'value="Lane &lt;4&gt;, &quot;North&quot; &amp; South"' in html
    assert 'value="13800000001"' in html
    assert not Customer.objects.filter(name=ROW).exists()
    # Once: whoever opens the page again begins anew.
    again = lin.get(page).content.decode()
    assert BACK not in again
    assert "13800000001" not in again


def test_nobody_else_is_given_it_and_afterwards_it_is_gone(cast: Cast, signed_in: Browser, page: str) -> None:
    lin = signed_in("lin")
    sent_too_late(lin, page)
    come_in(lin, "ma")
    answer = lin.get(page)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "13800000001" not in html
    assert BACK not in html
    lin.post(reverse("account_logout"))
    come_in(lin, "lin")
    assert "13800000001" not in lin.get(page).content.decode()


def test_nothing_is_kept_of_a_stranger_of_who_signed_out_of_a_script_or_of_too_much(
    cast: Cast, signed_in: Browser, client: Client, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_kept(browser: Client, **headers: str) -> bool:
        browser.post(page, {"name": ROW}, headers={"Referer": f"http://testserver{page}"} | headers)
        return typed.KEPT in browser.session

    lin = signed_in("lin")
    sent_too_late(lin, page)
    # The twin of all that follows.
    assert dict(lin.session[typed.KEPT]["typed"]) == {"name": ROW, "phone": "13800000001"}
    assert not is_kept(client)
    client.cookies[typed.WHOSE] = lin.cookies[typed.WHOSE].value.replace(":", "0:", 1)
    assert not is_kept(client)
    chen = signed_in("chen")
    chen.get(reverse("find"))
    assert chen.cookies[typed.WHOSE]["httponly"]
    assert chen.cookies[typed.WHOSE]["samesite"] == "Lax"
    Session.objects.all().delete()
    assert not is_kept(chen, **{"HX-Request": "true"})
    assert not is_kept(chen, **{"X-Sent-By": "upload"})
    monkeypatch.setattr(typed, "LETTERS_MAX", 5)
    assert not is_kept(chen)
    monkeypatch.undo()
    assert is_kept(chen)
    wei = signed_in("lin")
    wei.get(reverse("find"))
    wei.post(reverse("account_logout"))
    assert not is_kept(wei)


def test_foreign_pages_leave_nothing_here_and_lead_nowhere_else(cast: Cast, page: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.logins["lin"], backend="guiju.conf.backends.LoginBackend")
    html = strict.get(page).content.decode()
    token = html.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    Session.objects.all().delete()
    assert strict.post(page, {"name": ROW}).status_code == 403
    assert typed.KEPT not in strict.session
    entered = {"name": ROW, "csrfmiddlewaretoken": token}
    answer = strict.post(page, entered, headers={"Referer": "https://evil.example/x"})
    assert answer["Location"] == f"{reverse('account_login')}?next=/%23came-back&sent=1"
    assert strict.session[typed.KEPT]["page"] == "/"


def test_too_late_is_too_late_and_files_are_asked_for_again(
    cast: Cast, signed_in: Browser, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lin = signed_in("lin")
    sent_too_late(lin, page, photo=SimpleUploadedFile("a.jpg", b"x"))
    come_in(lin, "lin")
    assert "Choose photographs and files again" in lin.get(page).content.decode()
    sent_too_late(lin, page)
    come_in(lin, "lin")
    until = lin.session[typed.KEPT]["until"]
    monkeypatch.setattr("guiju.desks.common.typed.time.time", lambda: until + 1)
    assert BACK not in lin.get(page).content.decode()


FORMS = """<main id="main">
<form method="post" action="/do"><input type=hidden name=id value=1><input name=note value="old"></form>
<details class="card"><summary>x</summary>
<form method="post" action="/do" id="second"><input type="hidden" name="id" value="2"><input name="note" value="ü">
<textarea name="words">
before</textarea><details>
<select name="kind"><option value="">-</option><option value="A" selected>a</option><option>B</option></select></details>
<input type="checkbox" name="tick" value="1" checked><input type="checkbox" name="tick" value="2"><input type="password" name="pw">
<button name="go" value="yes" formaction="/other">go</button></form></details>
<input name="late" form="second"></main>"""


def test_the_form_is_found_among_its_likes_and_each_control_holds_what_was_typed() -> None:
    sent = [
        ("id", "2"),
        ("note", 'a"b'),
        ("words", "</textarea><b>"),
        ("kind", "B"),
        ("tick", "2"),
        ("late", "l"),
        ("go", "yes"),
        ("gone", "<i>"),
        ("pw", "s"),
    ]
    html = refill.refill(FORMS, here="/here", path="/do", typed=sent, has_files=False)
    assert html is not None
    assert '<input type=hidden name=id value=1><input name=note value="old">' in html
    assert '<details class="card" open>' in html
    assert "<details open>\n<select" in html
    assert '<textarea name="words">\n&lt;/textarea&gt;&lt;b&gt;</textarea>' in html
    assert '<option value="A">a</option><option selected>B</option>' in html
    assert 'value="1"><input type="checkbox" name="tick" value="2" checked>' in html
    assert 'value="a&quot;b"' in html
    assert '<input name="late" form="second" value="l">' in html
    assert '<input type="password" name="pw">' in html
    assert "<li>&lt;i&gt;</li>" in html
    assert "not all of it could be put back" in html
    assert "<li>yes</li>" not in html
    assert "<li>s</li>" not in html
    assert refill.refill(FORMS, here="/here", path="/other", typed=sent, has_files=False) is not None


def test_where_the_form_is_no_more_the_page_shows_what_was_typed() -> None:
    html = refill.refill(FORMS, here="/here", path="/nowhere", typed=[("note", "x<y")], has_files=False)
    assert html is not None
    assert "no longer fits here" in html
    assert "<li>x&lt;y</li>" in html
    assert refill.refill("<p>", here="/", path="/", typed=[], has_files=False) is None
