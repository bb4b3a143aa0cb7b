"""News: what a deed tells is stored with it, and each reaction to it happens exactly once, after the deed is durable.

Why an outbox of our own and not a library of tasks: docs/decisions/0004-news-delivery.md.
"""

from __future__ import annotations

import dataclasses
import logging
import random
import time
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, NamedTuple, TypeVar, Union, dataclass_transform, get_args, get_origin, get_type_hints
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Min, QuerySet

from .actor import Actor
from .models import Delivery, News
from .plain import plain
from .refusing import TryAgain, taking_turns

log = logging.getLogger(__name__)

# First retry after five seconds, then four times as long each time: 5 s, 20 s, 80 s … the last 5.7 hours after the one before.
BACKOFF_SECONDS = 5
BACKOFF_FACTOR = 4
# After so many, that is after about eight hours, a person has to look: what failed for a whole shift will not mend itself.
ATTEMPTS_MAX = 8
# How often a reaction is begun when others are at the same rows, and how long the loser waits at most: longer than a deed takes.
TURNS = 3
TURN_SECONDS = 0.2
# Enough to see what is the matter, too little to fill the table.
ERROR_LENGTH_MAX = 2000

Reaction = Callable[..., None]
Event = TypeVar("Event", bound=type)

_events: dict[str, type] = {}
_reactions: dict[str, dict[str, Reaction]] = {}
# Reactions that are told nothing while nobody would hear it through them, so that a deed does not pay for them.
_wanted: dict[str, Callable[[], bool]] = {}


class Told(NamedTuple):
    """An event, and the deed that tells it."""

    event: Any
    entry_key: UUID
    unit_id: int | None
    at: datetime


@dataclass_transform(frozen_default=True)
def event(cls: Event) -> Event:
    """Make a class an event: frozen, plain values only, known as `<context>.<ClassName>`."""
    made: Any = cls
    if "__dataclass_fields__" not in vars(cls):
        made = dataclasses.dataclass(frozen=True, slots=True)(cls)
    if not made.__dataclass_params__.frozen:
        raise TypeError(f"{cls.__name__} can be changed; news cannot.")
    _events[kind_of(made)] = made
    return made  # type: ignore[no-any-return]


def kind_of(cls: type) -> str:
    """`guiju.line.dispatch.events.Assigned` is known as `dispatch.Assigned`."""
    path = cls.__module__.split(".")
    context = path[-2] if len(path) > 1 and path[-1] == "events" else path[-1]
    return f"{context}.{cls.__name__}"


def subscribe(event_class: type, reaction: Reaction, *, wanted: Callable[[], bool] | None = None) -> None:
    """Let the reaction hear that news. Called by `conf.wiring` alone; twice is once.

    wanted   asked when news is told: whether the reaction has anybody to pass it on to
    raises   TypeError for a class that is no event
    """
    kind = kind_of(event_class)
    if _events.get(kind) is not event_class:
        raise TypeError(f"{event_class.__name__} is not marked as an @event.")
    _reactions.setdefault(kind, {})[name_of(reaction)] = reaction
    if wanted is not None:
        _wanted[name_of(reaction)] = wanted


def name_of(reaction: Reaction) -> str:
    """The name by which a delivery finds its reaction again, in another process and after a restart."""
    return f"{reaction.__module__}.{reaction.__qualname__}"


def subscriptions() -> dict[str, list[str]]:
    """Which reactions hear which news: for the map of the house."""
    return {kind: list(reactions) for kind, reactions in _reactions.items()}


def store(told: Iterable[Told]) -> None:
    """Write the news and one delivery per reaction: two statements, whatever their number; none without news."""
    heard = [(_news(each), _hearing(kind_of(type(each.event)))) for each in told]
    if not heard:
        return
    for row, reactions in heard:
        row.listeners = len(reactions)
    News.objects.bulk_create([row for row, _ in heard])
    deliveries = [
        Delivery(news=row, reaction=reaction, next_at=row.told_at) for row, reactions in heard for reaction in reactions
    ]
    if deliveries:
        Delivery.objects.bulk_create(deliveries)


def _hearing(kind: str) -> list[str]:
    return [name for name in _reactions.get(kind, ()) if name not in _wanted or _wanted[name]()]


def _news(told: Told) -> News:
    kind = kind_of(type(told.event))
    if _events.get(kind) is not type(told.event):
        raise TypeError(f"{type(told.event).__name__} is not marked as an @event.")
    return News(
        kind=kind,
        payload=plain(told.event),
        told_at=told.at,
        entry_key=told.entry_key,
        unit_id=told.unit_id,
    )


def read(news: News) -> Any:
    """The event again, as it was told."""
    cls = _events[news.kind]
    return cls(**{name: _typed(hint, news.payload[name]) for name, hint in _hints(cls).items() if name in news.payload})


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _typed(hint: Any, value: Any) -> Any:
    """A plain value as the type that the event declares for it."""
    if value is None:
        return None
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _typed(next(each for each in inner if each is not type(None)), value)
    if origin in (tuple, list, frozenset):
        return origin(_typed(inner[0], each) for each in value)
    return _made(hint, value)


def _made(hint: Any, value: Any) -> Any:
    if hint in (datetime, date):
        return hint.fromisoformat(value)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return hint(**{name: _typed(each, value[name]) for name, each in _hints(hint).items()})
    if isinstance(hint, type) and (issubclass(hint, Enum) or hint in (UUID, Decimal)):
        return hint(value)
    return value


def deliver_due(now: datetime, limit: int = 100, *, breath: Callable[[], None] | None = None) -> int:
    """Bring about the reactions that are due, oldest first, at most `limit`; how many were attempted.

    breath   called after each of them: lets those write who wait behind us

    Any number of workers may do this at once. Each reaction happens exactly once, also when a worker is killed in it.
    """
    from .deed import current

    if current() is not None:
        raise transaction.TransactionManagementError("News is delivered after the deed, not inside it.")
    for done in range(limit):
        delivery_id = _claim(now)
        if delivery_id is None:
            return done
        _bring_about(delivery_id, now)
        if breath is not None:
            breath()
    return limit


@dataclasses.dataclass(frozen=True, slots=True)
class Waiting:
    """What is not brought about: how much is due, since how many seconds, and how much waits for a person."""

    due: int
    oldest_s: float
    parked: int


def waiting(now: datetime) -> Waiting:
    """How far the workers are behind."""
    found = _due(now).order_by().aggregate(due=Count("id"), oldest=Min("next_at"))
    oldest_s = (now - found["oldest"]).total_seconds() if found["oldest"] else 0.0
    return Waiting(found["due"], oldest_s, Delivery.objects.filter(state=Delivery.State.PARKED).count())


def _due(now: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=Delivery.State.PENDING, next_at__lte=now).order_by("next_at", "id")


def _claim(now: datetime) -> int | None:
    """Count the attempt before it is made, so that a reaction that kills its worker is parked like any other that fails.

    Nobody else tries again before the backoff is over; nobody can while it runs, because its row is locked.
    """
    with transaction.atomic():
        delivery = _due(now).select_for_update(skip_locked=True).first()
        if delivery is None:
            return None
        if delivery.attempts >= ATTEMPTS_MAX:
            Delivery.objects.filter(pk=delivery.pk).update(
                state=Delivery.State.PARKED, last_error=delivery.last_error or "The worker died in every attempt."
            )
            return delivery.pk
        wait = timedelta(seconds=BACKOFF_SECONDS * BACKOFF_FACTOR**delivery.attempts)
        Delivery.objects.filter(pk=delivery.pk).update(attempts=F("attempts") + 1, next_at=now + wait)
        return delivery.pk


def _bring_about(delivery_id: int, now: datetime) -> None:
    """The effect and the mark that it is done are one transaction: there is no instant at which only one of them is."""
    with transaction.atomic():
        pending = Delivery.objects.filter(pk=delivery_id, state=Delivery.State.PENDING)
        # Waits: somebody who looks for the next one may hold this row for a moment and let it go, because it is claimed already.
        delivery = pending.select_related("news").select_for_update(of=("self",)).first()
        if delivery is None:
            return
        try:
            _react_in_turn(delivery, now)
        except Exception as error:  # noqa: BLE001 - whatever it was, it is written down and tried again.
            _failed(delivery, error)
        else:
            pending.update(state=Delivery.State.DONE, done_at=now, last_error="")


def _react_in_turn(delivery: Delivery, now: datetime) -> None:
    """React; where somebody else was at the same rows, undo it and do it again at once: a reaction is repeatable (F24)."""
    for chance in range(TURNS, 0, -1):
        try:
            with taking_turns(), transaction.atomic():
                _react(delivery, now)
        except TryAgain:
            if chance == 1:
                raise
            log.info("%s lost a race on %s and tries again.", delivery.reaction, delivery.news)
            time.sleep(random.uniform(0, TURN_SECONDS))  # noqa: S311  # so that two who lost do not meet again
        else:
            return


def _react(delivery: Delivery, now: datetime) -> None:
    news = delivery.news
    reaction = _reactions.get(news.kind, {}).get(delivery.reaction)
    if reaction is None:
        raise LookupError(f"Nobody is called {delivery.reaction} any more.")
    reaction(read(news), by=Actor.system("news").consequence_of(news.entry_key), at=now)


def _failed(delivery: Delivery, error: Exception) -> None:
    parked = delivery.attempts >= ATTEMPTS_MAX
    log.error("%s failed on %s, attempt %s", delivery.reaction, delivery.news, delivery.attempts, exc_info=error)
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.PARKED if parked else Delivery.State.PENDING,
        last_error=str(plain(f"{type(error).__name__}: {error}"))[:ERROR_LENGTH_MAX],
    )


def resend(delivery: Delivery, *, by: Actor, at: datetime) -> Delivery:
    """Try a parked delivery again, with a fresh count of attempts; one that is not parked stays as it is."""
    from .deed import doing

    with doing("news.resend", on=delivery.news, by=by, at=at, reaction=delivery.reaction):
        Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.PARKED).update(
            state=Delivery.State.PENDING, attempts=0, next_at=at
        )
        delivery.refresh_from_db()
    return delivery
