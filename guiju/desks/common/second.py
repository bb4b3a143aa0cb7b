"""The second of two signs on the screen of the first: by the own name and the own password."""

from __future__ import annotations

from datetime import datetime

from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_
from guiju.standing.people import queries as people
from guiju.standing.people.models import Login
from guiju.standing.people.rules import APPROVERS


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


def _has_second_factor(login: Login | None) -> bool:
    from allauth.mfa.models import Authenticator

    return login is not None and Authenticator.objects.filter(user=login).exists()
