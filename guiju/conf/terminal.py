"""A screen that several people share: who took it over by a PIN has the rights of the till alone, and a locked one answers nobody."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRedirect

from guiju.api.problems import problem
from guiju.conf.rights.by_pin import BY_PIN
from guiju.desks.common import terminal
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_
from guiju.standing.people import rules

# What a locked screen still reaches: whoever takes it over, and the way out.
OPEN = frozenset({"terminal_switch", "terminal_lock", "terminal_leave", "account_logout", "set_language"})


class ScreenLocked(Refusal):
    """Nobody has touched it for a while."""

    sentence = N_("This screen is locked. Take it over with your PIN.")
    status = 423


def limited(actor: Actor, request: Any) -> Actor:
    """The actor with the rights of the till alone, where they came by a PIN; the trail names the way they came."""
    # Whoever comes without a session came by no PIN.
    if getattr(request, "session", {}).get(terminal.CAME_BY) != rules.BY_PIN:
        return actor
    return replace(actor, channel=rules.BY_PIN, only=BY_PIN)


def demand(request: Any) -> HttpResponse | None:
    """Send whoever asks at a locked screen to where it is taken over; a program, and a script, are told so."""
    # A key brings its own person along: the screen beside it is nothing to it.
    if request.actor.channel == "api" or not getattr(request, "session", {}).get(terminal.LOCKED):
        return None
    if (getattr(request.resolver_match, "url_name", None) or "") in OPEN:
        return None
    refusal = ScreenLocked()
    if request.path.startswith("/api/"):
        return problem(refusal.status, refusal.code, str(refusal))
    answer: HttpResponse = redirect("terminal_switch")
    return HttpResponseClientRedirect(answer["Location"]) if request.htmx else answer
