"""What was typed into a form that was sent when the session was over comes back to whoever typed it, also where no script runs.

The form has done nothing. What was typed waits on the server, under the session of the browser that sent it, while its owner signs
in again, and stands in the form again once: it is never sent by itself. Where scripts run they keep more (kept.js), and say so themselves.

Whose it is says a cookie that opens nothing: who signed in here last, signed. It is sure, because the key against foreign forms changes
with each sign-in: a page of somebody else's that lies open in another tab is turned away before anything is kept.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from guiju.desks.common import refill

Answer = Callable[[HttpRequest], HttpResponse]

KEPT = "typed"
WHOSE = "guiju_whose"
# The place on the page where the sentence stands.
MARK = refill.MARK
# Who was signed out signs in at once, or has gone home.
KEPT_FOR = timedelta(hours=1)
# The cookie outlives the session that it tells of, or it could say nothing about one that is over.
WHOSE_FOR = timedelta(seconds=2 * settings.SESSION_COOKIE_AGE)
# The largest form of the house has some eighty fields; more is no typing.
FIELDS_MAX = 200
LETTERS_MAX = 40_000
# Keys are made anew, and secrets are nowhere but in the head that knows them.
LEFT_OUT = re.compile(r"password|claim_code|^(csrfmiddlewaretoken|once)$")
# What was drawn comes as a picture in words. It is drawn again, as files are chosen again.
DRAWN = "data:"


def keep(request: Any, page: str) -> bool:
    """Keep what this stranger has just sent, if they signed in here before; whether there was something to keep.

    page   the page of ours that it was sent from, with its query
    """
    whose = _whose(request)
    is_scripts = request.htmx or "X-Sent-By" in request.headers
    if whose is None or is_scripts or request.method != "POST" or request.path.startswith("/account/"):
        return False
    sent = list(_sent(request))
    typed = [(name, value) for name, value in sent if not value.startswith(DRAWN)]
    if len(typed) > FIELDS_MAX or sum(len(name) + len(value) for name, value in typed) > LETTERS_MAX:
        return False
    request.session[KEPT] = {
        "whose": whose,
        "page": page,
        "path": request.path,
        "typed": typed,
        "has_files": bool(request.FILES) or len(typed) < len(sent),
        "until": time.time() + KEPT_FOR.total_seconds(),
    }
    return True


def _sent(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        if not LEFT_OUT.search(name):
            yield from ((name, str(value)) for value in values)


def _whose(request: HttpRequest) -> str | None:
    """Who signed in in this browser last; None where nobody did, or it is too long ago, or somebody wrote the cookie themself."""
    try:
        said = signing.TimestampSigner(salt=WHOSE).unsign(request.COOKIES.get(WHOSE, ""), max_age=WHOSE_FOR)
    except signing.BadSignature:
        return None
    return str(said)


class TypedMiddleware:
    """Remember who signed in here, and give what they typed back to them alone; stands after the one that says who is acting."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and put back what waits for this page."""
        if "Authorization" in request.headers:
            # A program has no window in which it typed.
            return self.get_response(request)
        was_in = request.user.is_authenticated
        kept = _waiting(request) if was_in else None
        response = self.get_response(request)
        _say_whose(request, response, was_in=was_in)
        if kept is not None and _is_its_page(request, response, kept):
            _give_back(request, response, kept)
        return response


def _say_whose(request: HttpRequest, response: HttpResponse, *, was_in: bool) -> None:
    if request.user.is_authenticated:
        whose = str(request.user.pk)
        if _whose(request) != whose:
            secure = settings.SESSION_COOKIE_SECURE
            signed = signing.TimestampSigner(salt=WHOSE).sign(whose)
            response.set_cookie(WHOSE, signed, WHOSE_FOR, secure=secure, httponly=True, samesite="Lax")
    elif was_in:
        # Who signs out leaves nothing behind.
        response.delete_cookie(WHOSE, samesite="Lax")


def _waiting(request: HttpRequest) -> dict[str, Any] | None:
    """What waits for this person; what was somebody else's, or has waited too long, is gone."""
    kept: dict[str, Any] | None = request.session.get(KEPT)
    if kept is None:
        return None
    if _is_theirs(kept, request) and time.time() < kept["until"]:
        return kept
    del request.session[KEPT]
    return None


def _is_theirs(kept: dict[str, Any], request: HttpRequest) -> bool:
    return bool(kept["whose"] == str(request.user.pk))


def _is_its_page(request: Any, response: HttpResponse, kept: dict[str, Any]) -> bool:
    """Is this the whole page that it was sent from? Where no browser said which one that was, the next page has it."""
    is_whole = request.method == "GET" and not request.htmx and response.status_code == 200 and not response.streaming
    is_page = response.get("Content-Type", "").startswith("text/html")
    return bool(is_whole and is_page and kept["page"] in {"/", request.get_full_path()})


def _give_back(request: HttpRequest, response: HttpResponse, kept: dict[str, Any]) -> None:
    filled = refill.refill(
        response.content.decode(),
        here=request.path,
        path=kept["path"],
        typed=[(name, value) for name, value in kept["typed"]],
        has_files=kept["has_files"],
    )
    if filled is not None:
        response.content = filled.encode()
        del request.session[KEPT]
