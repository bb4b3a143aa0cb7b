"""A deed: permission, transaction, trail and news in one breath.

    with doing("dispatch.assign", on=order, by=by, at=at) as deed:
        ...
        deed.tell(Assigned(order.number))

The outermost deed is the durable transaction, unless a turn is open around it (kernel.turn). Inner deeds join it without a
savepoint: what is refused inside is refused as a whole. The trail of all of them is one INSERT at the end, their news two, so
that a deed costs the same few statements however many consequences it has.
"""

# ruff: noqa: SLF001  (Django documents _meta)

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import models, transaction

from . import news, reach, trail, turn
from .actor import Actor, unit_of
from .models import TrailEntry
from .plain import label_of, plain
from .refusing import NotAllowed, Refusal

_open: ContextVar[tuple[Deed, ...]] = ContextVar("open_deeds", default=())


@dataclass(eq=False, slots=True)
class Deed:
    """One deed while it is being done.

    key    names it in the trail, in the transitions, moves and news that it makes, and in its consequences
    role   the role by which it was allowed; empty for a consequence
    """

    verb: str
    by: Actor
    at: datetime
    role: str
    subject: models.Model | None
    unit_id: int | None
    facts: dict[str, Any]
    key: UUID = field(default_factory=uuid4)
    _trail: list[Deed] = field(default_factory=list)
    _told: list[news.Told] = field(default_factory=list)

    def consequence(self) -> Actor:
        """The same actor, acting because of this deed: needs no right of its own, and the trail shows the chain."""
        return self.by.consequence_of(self.key)

    def tell(self, event: Any) -> None:
        """Tell what happened: stored with the deed, delivered after it is durable, to each reaction exactly once."""
        self._told.append(news.Told(event, self.key, self.unit_id, self.at))

    def note(self, **facts: Any) -> None:
        """Write facts beside the deed, such as old and new values: `note(promised_at=[old, new])`."""
        self.facts.update(facts)

    def about(self, row: models.Model) -> None:
        """Name the row that the deed turned out to be about, once it exists."""
        self.subject = row
        if self.unit_id is None:
            self.unit_id = getattr(row, "unit_id", None)

    def still(self, row: models.Model) -> None:
        """Ask for the right again on the row as it is now that it is locked; it may have changed hands meanwhile.

        raises   NotAllowed
        """
        self.subject = row
        if self.by.role_for(self.verb, on=row, unit_id=self.unit_id) is None:
            raise NotAllowed

    def entry(self) -> TrailEntry:
        """The deed as it stands in the trail."""
        subject = self.subject
        entry = TrailEntry(
            key=self.key,
            verb=self.verb,
            person_id=self.by.person_id,
            actor_name=_fitting(self.by.name, 200),
            actor_kind=str(self.by.kind),
            role=self.role,
            channel=_fitting(self.by.channel, 20),
            unit_id=self.unit_id,
            subject_type="" if subject is None else subject._meta.label_lower,
            subject_id=None if subject is None else subject.pk,
            subject_label="" if subject is None else _fitting(label_of(subject), 200),
            at=self.at,
            because=self.by.because,
            facts=plain(self.facts),
        )
        entry.mark = trail.mark(entry)
        return entry


def _fitting(text: str, length_max: int) -> str:
    # A long name must not break the deed that records it.
    return str(plain(text))[:length_max]


@contextmanager
def doing(
    verb: str, *, by: Actor, at: datetime, on: Any = None, unit_id: int | None = None, **facts: Any
) -> Iterator[Deed]:
    """Do one deed whole, or not at all.

    on        the row that it is done to; its `unit_id` is the unit, unless `unit_id` names it
    at        an instant with its zone; the server's, never the client's (G-10)
    facts     kept in the trail
    raises    NotAllowed; TryAgain where another deed was at the same rows; KeyError for a verb that is in no row of the rights table
    source    G-1, F01, F24, I33
    """
    if at.utcoffset() is None:
        raise ValueError(f"{verb} at {at}: an instant needs its time zone.")
    if unit_id is None and on is not None:
        unit_id = unit_of(on)
    role = by.role_for(verb, on=on, unit_id=unit_id)
    if role is None:
        raise NotAllowed
    deed = Deed(verb, by, at.astimezone(UTC), role, on, unit_id, dict(facts))
    above = _open.get()
    try:
        # As far as these rights reach, also where a person's request has the house itself do something.
        with reach.of(by), _among(above, deed):
            yield from _joining(deed, above[0]) if above else _alone(deed)
    except Refusal as refusal:
        # Whoever opened the turn undoes it first, and does this after it.
        if not above and turn.current() is None and refusal.afterwards is not None:
            refusal.afterwards()
        raise


@contextmanager
def _among(above: tuple[Deed, ...], deed: Deed) -> Iterator[None]:
    token = _open.set((*above, deed))
    try:
        yield
    finally:
        _open.reset(token)


def _alone(deed: Deed) -> Iterator[Deed]:
    with turn.taking():
        deed._trail.append(deed)
        yield deed
        _write(deed)


def _joining(deed: Deed, outermost: Deed) -> Iterator[Deed]:
    # In the order in which they were begun, so that the trail tells the cause before its consequences.
    outermost._trail.append(deed)
    with transaction.atomic(savepoint=False):
        yield deed
    outermost._told.extend(deed._told)


def _write(outermost: Deed) -> None:
    """Write what this deed and those inside it leave behind, as the last statements of the transaction."""
    TrailEntry.objects.bulk_create([each.entry() for each in outermost._trail])
    news.store(outermost._told)


def current() -> Deed | None:
    """The deed that is being done here, if any."""
    open_now = _open.get()
    return open_now[-1] if open_now else None
