"""A PIN: set by oneself behind the password, and tried a few times only."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_
from guiju.standing.people import queries, rules
from guiju.standing.people.actions.signing import WrongPassword
from guiju.standing.people.models import Person, Pin


class PinWeak(Refusal):
    """Easy to guess."""

    sentence = N_("Choose another PIN: %(why)s")
    field = "pin"
    status = 422


class PinWrong(Refusal):
    """Somebody else's, or mistyped; who has none is told the same."""

    sentence = N_("This is not the PIN of this person.")
    field = "pin"
    status = 422


class PinLocked(Refusal):
    """A short secret is tried a few times only."""

    sentence = N_(
        "This PIN is locked after too many wrong tries. Wait a quarter of an hour, or set it anew after signing in with the password."
    )
    field = "pin"
    status = 429


def set_pin(person: Person, *, pin: str, password: str, by: Actor, at: datetime) -> Pin:
    """Choose the digits by which one takes over a shared till screen; the old ones open nothing any more.

    raises   WrongPassword, PinWeak
    source   issue 7 "quick change of person by PIN"
    """
    with doing("people.set_pin", on=person, by=by, at=at):
        # Whoever sits at an open screen sets no PIN for its owner.
        if not queries.knows_password(person.pk, password):
            raise WrongPassword
        if (fault := rules.pin_fault(pin, known=(person.phone, person.number))) is not None:
            raise PinWeak(why=fault)
        kept = {"digest": make_password(pin), "set_at": at, "wrong_tries": 0, "locked_until": None}
        made, _is_new = Pin.objects.update_or_create(person=person, defaults=kept)
    return made


def come_in_by_pin(person: Person, *, pin: str, terminal: str, at: datetime) -> bool:
    """Whether this is the person's PIN; a wrong one counts, and is written down, so it is no refusal that undoes itself.

    terminal   who had the screen before, for the trail
    raises     PinLocked
    """
    house = Actor.system(rules.BY_PIN)
    with doing("people.come_in_by_pin", on=person, by=house, at=at, terminal=terminal) as deed:
        kept = Pin.objects.select_for_update(of=("self",)).filter(person=person).first()
        if kept is None:
            return False
        is_locked = kept.locked_until is not None and kept.locked_until > at
        if is_locked or kept.wrong_tries >= rules.PIN_TRIES_MAX:
            raise PinLocked
        is_right = check_password(pin, kept.digest)
        kept.wrong_tries = 0 if is_right else kept.wrong_tries + 1
        # Five at once, and after that one at a time, until there are none left.
        is_over = kept.wrong_tries >= rules.PIN_TRIES
        kept.locked_until = at + timedelta(minutes=rules.PIN_LOCK_MINUTES) if is_over else None
        kept.save(update_fields=["wrong_tries", "locked_until"])
        deed.note(is_right=is_right, wrong_tries=kept.wrong_tries)
    return is_right
