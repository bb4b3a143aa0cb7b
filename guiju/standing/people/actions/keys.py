"""Keys by which a program acts as one person, and for a few verbs only."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from guiju.kernel import reach
from guiju.kernel.actor import Actor, rights_of
from guiju.kernel.deed import doing
from guiju.kernel.refusing import NotAllowed, Refusal
from guiju.kernel.words import N_
from guiju.standing.people import events, queries
from guiju.standing.people.models import ApiKey, Person, Unit

# 32 bytes cannot be guessed, so a plain digest is enough: there is no password here to be found in a list.
SECRET_BYTES = 32
PREFIX_BYTES = 4
# A key that makes keys could not be revoked for good.
NEVER_BY_KEY = frozenset({"people.make_api_key", "people.revoke_api_key"})


class KeyForNothing(Refusal):
    """A key without verbs opens nothing."""

    sentence = N_("Say what the key is for, and name at least one thing that it may do.")
    field = "verbs"
    status = 422


class KeyOpensTooMuch(Refusal):
    """A key never opens more than its person may."""

    sentence = N_("You may not do this yourself, or no key may: %(verbs)s.")
    field = "verbs"


def make_api_key(person: Person, *, label: str, verbs: Iterable[str], by: Actor, at: datetime) -> tuple[ApiKey, str]:
    """Make a key that lets a program do some of what one may do oneself. Its text is shown this once and kept nowhere.

    raises   KeyForNothing, KeyOpensTooMuch, NotAllowed when asked for by a key
    source   T56
    """
    wanted = sorted(set(verbs))
    with doing("people.make_api_key", on=person, by=by, at=at, label=label, verbs=wanted) as deed:
        if by.only is not None:
            raise NotAllowed
        if not wanted or not label.strip():
            raise KeyForNothing
        too_much = [verb for verb in wanted if verb in NEVER_BY_KEY or not _may(by, verb)]
        if too_much:
            raise KeyOpensTooMuch(verbs=", ".join(too_much))
        prefix, secret = secrets.token_hex(PREFIX_BYTES), secrets.token_urlsafe(SECRET_BYTES)
        text = f"{queries.KEY_MARK}_{prefix}_{secret}"
        key = ApiKey.objects.create(
            person=person, label=label.strip(), prefix=prefix, digest=queries.digest_of(text), verbs=wanted, made_at=at
        )
        deed.about(key)
    return key, text


def _may(by: Actor, verb: str) -> bool:
    try:
        rights_of(verb)
    except KeyError:
        return False
    return by.may(verb)


@reach.as_house
def use_api_key(text: str, *, at: datetime) -> Actor | None:
    """Who acts by this key, cut down to what the key is for; its day of use is noted once a day.

    returns   None for a key that is unknown or revoked, or whose person may not act now
    """
    return come_in_by_key(text, at=at).actor


class CameIn(NamedTuple):
    """Who comes in, where they work, and which edition of the lists stands (kernel.remembered)."""

    actor: Actor | None = None
    unit: Unit | None = None
    edition: str | None = None


def come_in_by_key(text: str, *, at: datetime) -> CameIn:
    """The same with what whoever answers a program needs besides, and the statement that finds the key has anyway."""
    found = queries.key_of(text)
    actor = queries.actor_by_key(found, at) if found is not None else None
    if found is None or actor is None:
        return CameIn()
    unit = found.person.unit
    if found.last_used_on != (today := unit.day(at)):
        with doing("people.use_api_key", on=found, by=Actor.system("api"), at=at):
            ApiKey.objects.filter(pk=found.pk).update(last_used_on=today)
    return CameIn(actor, unit, getattr(found, "edition", None))


def revoke_api_key(key: ApiKey, *, by: Actor, at: datetime) -> ApiKey:
    """Let a key open nothing any more. Revoking it again changes nothing."""
    with doing("people.revoke_api_key", on=key, by=by, at=at) as deed:
        key = ApiKey.objects.select_for_update(of=("self",)).select_related("person").get(pk=key.pk)
        if key.revoked_at is None:
            key.revoked_at = at
            key.save(update_fields=["revoked_at"])
            deed.tell(events.KeyRevoked(key.person_id, key.prefix))
    return key
