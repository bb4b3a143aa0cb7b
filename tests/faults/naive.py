"""Twins of the kernel as one would write it at first: each harness must find them out in the very run that finds us whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from guiju.kernel import once
from guiju.kernel.models import Counter
from tests.faults.story import Answer, Story, patched


def _durably(run: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
    if sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK TO")):
        return None
    got = run(sql, parameters, many, context)
    ours = context["connection"]
    if ours.in_atomic_block:
        ours.connection.commit()
    return got


@contextmanager
def without_transaction() -> Iterator[None]:
    """Each statement is durable by itself, whatever becomes of those after it."""
    with connection.execute_wrapper(_durably):
        yield


def _again(_key: Any, *, do: Callable[[], Any], **_about: Any) -> once.Answer:
    return once.Answer(do(), is_replayed=False)


@contextmanager
def without_key() -> Iterator[None]:
    """The key of the request is not looked at."""
    with patched(once, answered=_again):
        yield


@contextmanager
def counting_up() -> Iterator[None]:
    """Whatever is said, somebody reads a number and writes the next one: two of them at once count one."""

    def ask(_story: Story, _verb: Any, *, key: str) -> Answer:
        with transaction.atomic():
            counter = Counter.objects.order_by("pk")[0]
            Counter.objects.filter(pk=counter.pk).update(last=counter.last + 1)
        return Answer(200, key)

    with patched(Story, ask=ask):
        yield


@contextmanager
def looking_first(there: Callable[[], Any], changes: Mapping[str, int]) -> Iterator[None]:
    """Verbs as a book without locks has them: somebody looks how much lies there, and writes how much then does.

    there     the places that are looked at; of those the fullest
    changes   by how much each verb changes it; a count writes down what it saw
    """

    def ask(_story: Story, verb: Any, *, key: str) -> Answer:
        with transaction.atomic():
            place = there().order_by("-balance", "pk")[0]
            if place.balance + changes[verb.name] < 0:
                return Answer(422, key)
            there().filter(pk=place.pk).update(balance=place.balance + changes[verb.name])
            done = Counter.objects.order_by("pk")[0]
            Counter.objects.filter(pk=done.pk).update(last=F("last") + 1)
        return Answer(200, key)

    with patched(Story, ask=ask):
        yield
