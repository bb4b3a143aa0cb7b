"""Who approves money comes in by two keys: what they know, and what they have (PLT-2)."""

from __future__ import annotations

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from guiju.api.problems import problem
from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_
from guiju.standing.people.rules import APPROVERS, BY_PIN

SET_UP = "mfa_index"
# What somebody without it still reaches: setting it up, and the way out.
OPEN = frozenset({"account_logout", "account_reauthenticate", "set_language", "account_change_password"})


class SecondFactorNeeded(Refusal):
    """Somebody who approves money came by a password alone."""

    sentence = N_("Whoever approves money signs in with a second factor. Set it up first.")
    status = 403


def demand(request: Any, *, is_api: bool) -> HttpResponse | None:
    """Let pass whoever needs no second factor or has shown it; send the others to where it is set up."""
    if not is_missing(request) or is_on_the_way(request):
        return None
    return _send_to_set_up(request, is_api=is_api)


def is_missing(request: Any) -> bool:
    """Whether this person approves money and has come, by the session, with a password alone; asks no statement."""
    if not settings.SECOND_FACTOR_DEMANDED or not request.actor.roles & APPROVERS:
        return False
    # A program comes by a key, which a person made who had come in properly; somebody's session beside it lends nothing.
    # By a PIN nobody comes to what the second factor guards (conf.terminal): money is approved by whoever signs in again.
    if request.actor.channel in {"api", BY_PIN}:
        return False
    return all(record["method"] != "mfa" for record in get_authentication_records(request, request.user))


def is_on_the_way(request: HttpRequest) -> bool:
    """Whether the page asked for is one by which a second factor is set up."""
    name = getattr(request.resolver_match, "url_name", None) or ""
    return name.startswith("mfa_") or name in OPEN


def _send_to_set_up(request: Any, *, is_api: bool) -> HttpResponse:
    """Say what is missing, at the page where it is set up; a program is refused."""
    refusal = SecondFactorNeeded()
    if is_api:
        return problem(refusal.status, refusal.code, str(refusal))
    if Authenticator.objects.filter(user=request.user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        # It was set up after this browser had come in by the password: whoever sits there shows it once.
        logout(request)
        messages.info(request, _("Please sign in again, with your second factor."))
        return _go("account_login", request)
    messages.warning(request, str(refusal))
    return _go(SET_UP, request)


def _go(name: str, request: Any) -> HttpResponse:
    answer: HttpResponse = redirect(name)
    return HttpResponseClientRedirect(answer["Location"]) if request.htmx else answer
