"""Who is acting, in which language; and a door that is closed to strangers unless a page says otherwise.

Every request asks again who acts and what they may do: a person who is suspended is out at their next click, whatever
session, phone or key they come by (T39).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth import logout
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from guiju.api.problems import problem
from guiju.conf import second_factor, terminal
from guiju.desks.common import typed
from guiju.kernel import reach, remembered
from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_
from guiju.standing.people import actions as people
from guiju.standing.people import queries

Answer = Callable[[HttpRequest], HttpResponse]

# The pages of the sign-in library that a stranger must reach to stop being one; the rest of it needs a person.
SIGN_IN_PAGES = frozenset({
    "account_login", "account_logout", "account_inactive", "account_confirm_login_code",
    "mfa_authenticate", "mfa_login_webauthn",
})  # fmt: skip
SAFE = frozenset({"GET", "HEAD"})
API = "/api/"
BEARER = "Bearer "


class NotActive(Refusal):
    """The login stands, the person behind it may not act."""

    sentence = N_("This login opens nothing at the moment. Ask your manager.")
    status = 403


class SignInFirst(Refusal):
    """A program came without a key that opens anything."""

    sentence = N_("Sign in first, or send a valid key.")
    status = 401


class ActorMiddleware:
    """Put `request.actor` and `request.unit` on every request; both are None for strangers."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find out who acts before anything is answered."""
        with reach.house():
            edition = _find_out(request, timezone.now())
        with reach.of(request.actor), remembered.as_of(edition):  # type: ignore[attr-defined]
            response: Any = self.get_response(request)
            if response.streaming and not isinstance(response, FileResponse):
                response.streaming_content = reach.carried(response.streaming_content)
            return response  # type: ignore[no-any-return]

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Let in whoever acts, and anybody where the door stands open."""
        if getattr(view, "is_public", False):
            return None
        if getattr(request, "actor", None) is not None:
            if refused := terminal.demand(request):
                return refused
            return second_factor.demand(request, is_api=request.path.startswith(API))
        match = request.resolver_match
        if match is not None and match.url_name in SIGN_IN_PAGES:
            return None
        return _turn_away(request)


def _find_out(request: Any, at: datetime) -> str | None:
    """Put on the request who acts; gives the edition of the lists, where a statement brought it along."""
    key = request.headers.get("Authorization", "")
    if key.startswith(BEARER):
        return _by_key(request, key.removeprefix(BEARER).strip(), at)
    return _by_session(request, at)


def _by_key(request: Any, text: str, at: datetime) -> str | None:
    """A key alone decides: a session that comes along with it must not lend it more."""
    request.actor, request.unit, edition = people.come_in_by_key(text, at=at)
    return edition


def _by_session(request: Any, at: datetime) -> str | None:
    request.actor = request.unit = None
    person = queries.person_of(request.user) if request.user.is_authenticated else None
    if person is None:
        return None
    request.actor, edition = queries.coming(person, at)
    if request.actor is not None:
        request.actor = terminal.limited(request.actor, request)
        request.unit = person.unit
        _speak(request)
    return edition


def _speak(request: Any) -> None:
    """In the person's own language, unless they have chosen another one in this browser."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(request.user.language)
        request.LANGUAGE_CODE = translation.get_language()


def _turn_away(request: Any) -> HttpResponse:
    """Show a stranger the way in, and tell a person who may not act that they may not."""
    if request.path.startswith(API):
        refusal = SignInFirst()
        return problem(refusal.status, refusal.code, str(refusal))
    if request.user.is_authenticated:
        logout(request)
        return render(request, "403.html", {"refusal": NotActive()}, status=NotActive.status)
    # The page that one stood on, and whether something was sent from it: what was typed comes back there (kept.js, typed.py).
    page = _page_of(request)
    back = {"next": page} | ({} if request.method in SAFE else {"sent": "1"})
    if typed.keep(request, page):
        # No script leads the eye there.
        back["next"] = f"{page}#{typed.MARK}"
    door = f"{resolve_url(settings.LOGIN_URL)}?{urlencode(back, safe='/')}"
    # A fragment must not be replaced by a sign-in page: the whole page goes there.
    return HttpResponseClientRedirect(door) if request.htmx else HttpResponseRedirect(door)


def _page_of(request: Any) -> str:
    """The page that was asked for, or from which something was; the first page where it is none of ours."""
    if request.htmx:
        return str(request.htmx.current_url_abs_path or "/")
    if request.method in SAFE:
        return str(request.get_full_path())
    # Browsers say it among pages of one house (Referrer-Policy: same-origin). It is said by whoever asks, and so not believed.
    said: str = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    page = urlsplit(said)
    return str(urlunsplit(("", "", page.path or "/", page.query, "")))
