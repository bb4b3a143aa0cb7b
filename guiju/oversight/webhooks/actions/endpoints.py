"""Endpoints: who hears what, and by which secret."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from guiju.kernel import lifecycle, secrets
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.oversight.webhooks import queries
from guiju.oversight.webhooks.models import Delivery, Endpoint
from guiju.oversight.webhooks.rules import (
    ARROWS,
    LABELS,
    TYPES,
    DeliveryState,
    EndpointState,
    Pause,
    Refused,
    read_url,
    secret_text,
)
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy


class NameTaken(Refusal):
    """Two endpoints of one unit under one name would be confused."""

    sentence = N_("There is an endpoint of that name in this unit already.")
    field = "name"


class NothingChosen(Refusal):
    """An endpoint that hears nothing is a mistake."""

    sentence = N_("Choose what the endpoint shall hear.")
    field = "types"
    status = 422


class AddressRefused(Refusal):
    """Nothing may be sent there."""

    sentence = N_("Nothing can be sent to this address.")
    field = "url"
    status = 422


class Revoked(Refusal):
    """What was revoked stays so; the receiver's programs believe in its secret no more."""

    sentence = N_("This endpoint was revoked. Add a new one.")


def add(*, unit: Unit, name: str, url: str, types: Iterable[str], by: Actor, at: datetime) -> tuple[Endpoint, str]:
    """Let an address of somebody else's program hear news of a unit and of those below it.

    types    published names, such as "workorder.ready"
    returns  the endpoint, and its secret as text: shown once, and kept nowhere
    raises   NameTaken, NothingChosen, AddressRefused
    source   M06
    """
    with (
        doing("webhooks.add", unit_id=unit.pk, by=by, at=at) as deed,
        refusing(endpoint_has_a_name_of_its_own=NameTaken),
    ):
        endpoint = Endpoint.objects.create(
            unit=unit, **_given(name, url, types), made_by_id=by.natural_person_id, made_at=at, rests_until=at
        )
        lifecycle.begin(endpoint, by=by, at=at, deed=deed)
        text = _with_a_secret(endpoint)
        deed.about(endpoint)
        deed.note(name=endpoint.name, url=endpoint.url, types=endpoint.types)
        queries.somebody_hears()
    return endpoint, text


def change(endpoint: Endpoint, *, name: str, url: str, types: Iterable[str], by: Actor, at: datetime) -> Endpoint:
    """Correct the name, the address, or what the endpoint hears from now on.

    raises   NameTaken, NothingChosen, AddressRefused, Revoked
    """
    with (
        doing("webhooks.change", on=endpoint, by=by, at=at) as deed,
        refusing(endpoint_has_a_name_of_its_own=NameTaken),
    ):
        endpoint = _lock(endpoint)
        given = _given(name, url, types)
        deed.note(before={each: getattr(endpoint, each) for each in given}, after=given)
        Endpoint.objects.filter(pk=endpoint.pk).update(**given)
        endpoint.refresh_from_db()
    return endpoint


def pause(endpoint: Endpoint, *, because: str = Pause.BY_HAND, by: Actor, at: datetime) -> Endpoint:
    """Send nothing there for the time being; what is told meanwhile waits.

    because  a person's wish, or what the house found out
    raises   WrongState
    """
    with doing("webhooks.pause", on=endpoint, by=by, at=at, because=str(because)) as deed:
        _step(endpoint, EndpointState.PAUSED, deed, at, paused_because=str(Pause(because)))
    return endpoint


def resume(endpoint: Endpoint, *, by: Actor, at: datetime) -> Endpoint:
    """Send there again: first what has waited, in the order in which it was told.

    raises   WrongState
    """
    with doing("webhooks.resume", on=endpoint, by=by, at=at) as deed:
        fresh = {"paused_because": "", "failures": 0, "troubled_at": None, "rests_until": at}
        _step(endpoint, EndpointState.ON, deed, at, **fresh)
        waiting = Delivery.objects.filter(endpoint=endpoint, state=DeliveryState.PENDING)
        # The days of the pause were not the message's fault: its time begins anew.
        deed.note(waiting=waiting.update(tries=0, since_at=at, next_at=at))
    return endpoint


def revoke(endpoint: Endpoint, *, by: Actor, at: datetime) -> Endpoint:
    """Send nothing there ever again, not even what waits.

    raises   WrongState
    """
    with doing("webhooks.revoke", on=endpoint, by=by, at=at) as deed:
        _step(endpoint, EndpointState.REVOKED, deed, at, paused_because="")
        waiting = Delivery.objects.filter(endpoint=endpoint, state=DeliveryState.PENDING)
        deed.note(given_up=waiting.update(state=DeliveryState.FAILED, done_at=at))
    return endpoint


def rotate(endpoint: Endpoint, *, by: Actor, at: datetime) -> tuple[Endpoint, str]:
    """Give the endpoint a new secret; for some hours messages are signed by the old one too.

    returns  the endpoint, and the new secret as text: shown once
    raises   Revoked
    source   webhooks.overlap_hours
    """
    with doing("webhooks.rotate", on=endpoint, by=by, at=at) as deed:
        endpoint = _lock(endpoint)
        hours = policy.figure("webhooks.overlap_hours", unit=endpoint.unit, on=endpoint.unit.day(at)).value
        until = at + timedelta(hours=hours)
        Endpoint.objects.filter(pk=endpoint.pk).update(
            old_salt=endpoint.salt, old_digest=endpoint.digest, old_until=until
        )
        text = _with_a_secret(endpoint)
        endpoint.refresh_from_db()
        deed.note(old_secret_until=until)
    return endpoint, text


def _given(name: str, url: str, types: Iterable[str]) -> dict[str, Any]:
    name, url, chosen = name.strip(), url.strip(), sorted(set(types))
    if not name:
        raise Invalid(Sentence(N_("Give the endpoint a name by which you know it.")), field="name")
    if not chosen or not set(chosen) <= set(TYPES):
        raise NothingChosen
    try:
        read_url(url, plain=bool(settings.GUIJU_WEBHOOKS_ALLOW))
    except Refused as refused:
        raise AddressRefused(refused.because) from None
    return {"name": name[:80], "url": url, "types": chosen}


def _with_a_secret(endpoint: Endpoint) -> str:
    salt = secrets.new_salt()
    made = queries.made_secret(endpoint.pk, salt)
    Endpoint.objects.filter(pk=endpoint.pk).update(salt=salt, digest=queries.digest_of(made))
    return secret_text(made)


def _lock(endpoint: Endpoint) -> Endpoint:
    locked = Endpoint.objects.select_for_update(of=("self",)).select_related("unit").get(pk=endpoint.pk)
    if locked.state == EndpointState.REVOKED:
        raise Revoked
    return locked


def _step(endpoint: Endpoint, to: EndpointState, deed: Deed, at: datetime, **also: Any) -> None:
    lifecycle.advance(endpoint, to=to, arrows=ARROWS, by=deed.by, at=at, deed=deed, labels=LABELS, **also)
