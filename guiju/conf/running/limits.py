"""How often one principal may come: a person, a key, a link, and for strangers an address.

Whoever comes too often is told when to come again, and the form that was sent is offered once more with what was typed, and with its
own key: sent twice, it is done once.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.api.problems import refused
from guiju.conf.running import figures
from guiju.conf.running.bounds import WATCHED
from guiju.conf.running.buckets import Buckets, Limit
from guiju.desks.common.addresses import address_of
from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_

Answer = Callable[[HttpRequest], HttpResponse]

API = "/api/"
# Above this the form is not read again only to be offered again: it holds photographs.
OFFERED_BYTES_MAX = 64 * 1024
# What nobody should find in the text of a page.
UNSAID = frozenset({"csrfmiddlewaretoken", "password", "password1", "password2", "code"})
# As many as are remembered to be refused without a look at the database.
REMEMBERED_MAX = 10_000


class TooOften(Refusal):
    """This principal has come more often than its limit allows."""

    sentence = N_("That was too often in a short time. Nothing was done; go on in %(seconds)s seconds.")
    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds=seconds)
        self.retry_after_s = seconds


class LimitMiddleware:
    """Counts requests; stands before the one that finds out who acts, and judges when that is known."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.limits: Mapping[str, Limit] = settings.GUIJU_LIMITS
        self.buckets = Buckets(Path(settings.RUN) / "buckets") if self.limits else None
        # Who is refused until when, by what they came with: they cost nothing until then.
        self._empty_until: dict[str, float] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, unless we know already that it is too often."""
        if self.buckets is None or request.path in WATCHED:
            return self.get_response(request)
        wait = self._empty_until.get(_credential(request), 0.0) - time.monotonic()
        if wait > 0:
            return _told(request, wait, "known")
        answer = self.get_response(request)
        if request.resolver_match is None and answer.status_code == 404:
            # An address that is none was asked for: only this is left to count.
            self._take("address", address_of(request), f"address:{address_of(request)}")
        return answer

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, kwargs: Mapping[str, Any]) -> Any:
        """Take a drop from the bucket of whoever asks."""
        if self.buckets is None or request.path in WATCHED:
            return None
        for kind, name, credential in _principals(request, kwargs):
            wait = self._take(kind, name, credential)
            if wait:
                return _told(request, wait, kind)
        return None

    def _take(self, kind: str, name: str, credential: str) -> float:
        limit = self.limits.get(kind)
        if limit is None or self.buckets is None:
            return 0.0
        wait = self.buckets.take(f"{kind}:{name}", limit)
        if wait and credential:
            if len(self._empty_until) >= REMEMBERED_MAX:
                self._empty_until.clear()
            self._empty_until[credential] = time.monotonic() + wait
        return wait


def _principals(request: Any, kwargs: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Who comes: the kind, which one, and by what they are known again before anybody is asked."""
    actor, address = request.actor, address_of(request)
    by_address = ("address", address, f"address:{address}")
    if "token" in kwargs:
        # Each link by itself; and who tries many of them is one stranger.
        return [("link", _digest(str(kwargs["token"])), ""), *([] if actor is not None else [by_address])]
    if actor is None:
        return [by_address]
    credential = _credential(request)
    if actor.channel == "api":
        return [("key", credential, credential)]
    return [("person", str(actor.person_id), credential)]


def _credential(request: HttpRequest) -> str:
    """What the request came with, as a mark that tells nothing."""
    shown = request.headers.get("Authorization") or request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return _digest(shown) if shown else f"address:{address_of(request)}"


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _told(request: HttpRequest, wait: float, kind: str) -> HttpResponse:
    """Say when to come again, and keep what was typed."""
    figures.count("guiju_limited_total", who=kind)
    refusal = TooOften(max(1, math.ceil(wait)))
    if request.path.startswith(API):
        return refused(request, refusal)
    known = {"refusal": refusal, "typed": _typed(request), "again": request.get_full_path()}
    page = render(request, "429.html", known, status=429)
    page["Retry-After"] = str(refusal.retry_after_s)
    return page


def _typed(request: HttpRequest) -> list[tuple[str, str]] | None:
    """The fields of the form; None where there is none to offer."""
    if request.method != "POST" or int(request.META.get("CONTENT_LENGTH") or 0) > OFFERED_BYTES_MAX:
        return None
    return [(name, value) for name in request.POST if name not in UNSAID for value in request.POST.getlist(name)]
