"""Whoever signs shows again who they are: by the own password, and not by guessing it."""

from __future__ import annotations

from collections.abc import Callable

from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_
from guiju.standing.people import queries

# A guesser at somebody else's password has that many tries at one thing that is signed.
WRONG_PASSWORDS_MAX = 3


class WrongPassword(Refusal):
    """Whoever signs shows again who they are."""

    sentence = N_("This password is wrong.")
    field = "password"
    status = 422


def knows_password(by: Actor, password: str) -> bool:
    """Whether the person who signs shows again who they are; asked before anything is locked, for it takes a while."""
    return by.person_id is not None and queries.knows_password(by.person_id, password)


def refuse_wrong_password(*, is_right: bool, count: Callable[[], object]) -> None:
    """Refuse, and let the caller count it afterwards: a deed of its own, because the signing is undone.

    raises   WrongPassword
    """
    if not is_right:
        refusal = WrongPassword()
        refusal.afterwards = count
        raise refusal
