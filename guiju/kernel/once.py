"""Once: the same request, sent again, happens once and gets the same answer (F08).

The key is written in the transaction of the effect: there is no instant at which only one of the two exists.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import IntegrityError, connection

from . import turn
from .actor import Actor
from .models import OnceKey
from .plain import plain
from .prepared import Prepared
from .refusing import InFlight, Invalid, KeyReused, Refusal
from .words import N_, Sentence

KEY_LENGTH_MAX = 200


# The keys that this process is answering; SQLite has no lock that is merely tried.
_flying: set[tuple[str, str]] = set()
_counting = threading.Lock()


class Answer(NamedTuple):
    """What the request is answered with, and whether that is what an earlier one was told."""

    told: Any
    is_replayed: bool


def once(key: str | None, *, by: Actor, what: str, body: str | bytes, do: Callable[[], Any], waits: bool = True) -> Any:
    """Do this once for that key, and answer; without a key simply do it. The rest is as in `answered`.

    Whether the key is known is asked first: a page keeps beside its answer what no database undoes, such as a secret that is
    shown once, and a repetition must not make another.
    """
    return answered(key, by=by, what=what, body=body, do=do, waits=waits, asks_first=True).told


def answered(
    key: str | None,
    *,
    by: Actor,
    what: str,
    body: str | bytes,
    do: Callable[[], Any],
    waits: bool = True,
    asks_first: bool = False,
) -> Answer:
    """Do this once for that key; without a key simply do it.

    Hardly any request is a repetition, so nobody asks first whether this one is: it is done, and where the key turns out to be
    taken, all of it is undone and the first answer given.

    what         the verb or the address, so that one key is never two requests
    body         what was asked for: the same key with another body is refused
    do           opens its own deed and answers with plain JSON; what it refuses leaves no trace of the key
    waits        for the first request if it is still being answered, as a person does who clicked twice; else it is refused
    asks_first   a statement more, where `do` leaves behind what is no row and is not undone with it
    raises       KeyReused, InFlight, Invalid for a key that is too long, and whatever `do` raises
    source       F08, I38
    """
    if not key:
        return Answer(do(), False)
    if len(key) > KEY_LENGTH_MAX:
        raise Invalid(Sentence(N_("An idempotency key has at most 200 letters.")))
    request = _Request(_owner(by), str(plain(key)), what[:80], _digest(body))
    if asks_first and (known := request.kept()) is not None:
        return Answer(request.answer_of(known), True)
    try:
        with request.alone(waits=waits), turn.taking():
            request.be_first(waits=waits)
            return Answer(request.keep(do()), False)
    except InFlight:
        raise
    except (Refusal, IntegrityError) as error:
        # Somebody may have been quicker with the same key: then what we did is undone, and what we were refused is what the
        # winner did already. Either way his answer is ours.
        if (kept := request.kept()) is None:
            # What the refusal's own deed left behind went with our transaction: once more.
            if isinstance(error, Refusal) and error.afterwards is not None:
                error.afterwards()
            raise
        return Answer(request.answer_of(kept), True)


def forget(*, before: datetime) -> int:
    """Forget the answers of requests from before that moment; how many there were.

    Whoever sends one of these again does it anew, so the moment lies further back than anybody tries again.
    """
    return OnceKey.objects.filter(kept_at__lt=before).delete()[0]


_KEPT: Prepared[OnceKey] = Prepared(lambda *, owner, key: OnceKey.objects.filter(owner=owner, key=key))


@dataclass(frozen=True, slots=True)
class _Request:
    """A request as it is compared with an earlier one."""

    owner: str
    key: str
    what: str
    body_digest: str

    @contextmanager
    def alone(self, *, waits: bool) -> Iterator[None]:
        """Let no other thread of this process answer the same key meanwhile."""
        if waits:
            yield
            return
        name = (self.owner, self.key)
        with _counting:
            if name in _flying:
                raise InFlight
            _flying.add(name)
        try:
            yield
        finally:
            with _counting:
                _flying.discard(name)

    def be_first(self, *, waits: bool) -> None:
        """The same for the other processes: a lock that PostgreSQL gives up with the transaction."""
        if waits or connection.vendor != "postgresql":
            return
        number = int.from_bytes(hashlib.sha256(f"{self.owner} {self.key}".encode()).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
            (is_first,) = cursor.fetchone() or (True,)
        if not is_first:
            raise InFlight

    def kept(self) -> OnceKey | None:
        return _KEPT.first(owner=self.owner, key=self.key)

    def keep(self, answer: Any) -> Any:
        text = json.dumps(answer, ensure_ascii=False)
        OnceKey.objects.create(
            owner=self.owner, key=self.key, what=self.what, body_digest=self.body_digest, answer=text
        )
        # Through the text, so that the first answer is what every later one will be.
        return json.loads(text)

    def answer_of(self, kept: OnceKey) -> Any:
        if (kept.what, kept.body_digest) != (self.what, self.body_digest):
            raise KeyReused
        return json.loads(kept.answer)


def _owner(by: Actor) -> str:
    if by.person_id is not None:
        return f"person:{by.person_id}"
    return f"order:{by.order_id}" if by.order_id is not None else f"{by.kind}:{by.name}"[:120]


def _digest(body: str | bytes) -> str:
    return hashlib.sha256(body.encode("utf-8", "replace") if isinstance(body, str) else body).hexdigest()
