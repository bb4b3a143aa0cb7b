"""Whoever signs with the own password: on the own screen, or as the second on the screen of the first, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms as plain
from django.forms import BaseForm
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.desks.common.asked import Request
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed, Refusal
from guiju.kernel.words import N_
from guiju.standing.people import queries as people
from guiju.standing.people.actions import WrongPassword
from guiju.standing.people.models import Login
from guiju.standing.people.rules import APPROVERS


class SignForm(forms.Form):
    """Signed with the own password."""

    password = plain.CharField(
        label=_("Password"), max_length=200, strip=False,
        widget=plain.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip


class SecondForm(SignForm):
    """The same on whoever's screen it is: with the name as well where that is somebody else's.

    Nothing of it is drawn again: a password that was refused is typed anew.
    """

    username = plain.CharField(
        label=_("Name to sign in"), max_length=150, widget=plain.TextInput(attrs={"autocomplete": "off"})
    )
    field_order: Sequence[str] | None = ("username", "password")

    def __init__(self, *args: Any, for_another: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if not for_another:
            del self.fields["username"]


class UseYourOwnScreen(Refusal):
    """A password alone does not sign for somebody who comes in by two keys."""

    sentence = N_("This person signs in with a second factor: sign on your own telephone or screen.")
    field = "username"


def whoever_signs(username: str, *, at: datetime) -> Actor | None:
    """Whoever comes in by that name; nobody, if no one does. Whether the password is theirs, the verb asks.

    raises   UseYourOwnScreen
    """
    login = Login.objects.filter(username=username.strip()).first()
    actor = people.actor_for(login, at) if login is not None else None
    if actor is not None and actor.roles & APPROVERS and _has_second_factor(login):
        raise UseYourOwnScreen
    return actor


def signed(request: Request, form: BaseForm, act: Callable[[Actor, Mapping[str, Any]], Any]) -> bool:
    """Sign, and say in the form why it was not; no key of a form keeps the digest of a password, so this is no `perform`.

    act   gets whoever signs, by the name in the form where it has one, and the rest of the data
    """
    if not form.is_valid():
        return False
    try:
        data = dict(form.cleaned_data)
        who: Actor | None = request.actor
        if "username" in data:
            who = whoever_signs(data.pop("username"), at=now())
        if who is None:
            raise WrongPassword
        act(who, data)
    except Refusal as refusal:
        if isinstance(refusal, NotAllowed):
            raise
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True


def _has_second_factor(login: Login | None) -> bool:
    from allauth.mfa.models import Authenticator

    return login is not None and Authenticator.objects.filter(user=login).exists()
