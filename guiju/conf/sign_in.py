"""How people come in: by a name that a manager gave them, and not after too many wrong passwords."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class SignIn(DefaultAccountAdapter):  # type: ignore[misc, unused-ignore]
    """Nobody signs up: a login is made for a person by who may (`people.make_login`)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def claimed_name(request: HttpRequest | None, credentials: Mapping[str, Any] | None = None) -> str | None:
    """The name under which someone tries to come in; allauth's form and Django's call it differently."""
    given = (credentials or {}).get("username")
    if given is None and request is not None:
        given = request.POST.get("login")
    return given


def locked_out(request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    """Tell someone who tried too often to wait."""
    return render(request, "common/locked_out.html", status=429)
