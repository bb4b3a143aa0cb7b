"""A step: one verb that a page offers on one row. A desk's table of steps decides what there is; nothing else does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404
from django.utils.functional import Promise
from django.utils.timezone import now

from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed


class WithVerb(Protocol):
    """Any desk's step, however much more it knows."""

    @property
    def verb(self) -> str:
        """The right that it takes."""
        ...


Kind = TypeVar("Kind", bound=WithVerb)


@dataclass(frozen=True)
class Step:
    """A verb that needs nothing but its row and its form.

    slug   the last word of its address
    verb   the right that it takes
    act    called with the row, the clean form, who and when; opens its deed itself
    form   the name that the page knows its form by; empty for a bare button
    """

    slug: str
    verb: str
    act: Callable[..., Any]
    said: str | Promise
    form: str = ""


def step_at(steps: Mapping[str, Kind], slug: str, *, by: Actor, on: Any) -> Kind:
    """The step of that address, if this person may take it on this row; asked before any form is read.

    raises   Http404, NotAllowed
    """
    step = steps.get(slug)
    if step is None:
        raise Http404
    if not by.may(step.verb, on=on):
        raise NotAllowed
    return step


def take(request: Request, step: Step, row: Any, form: BaseForm | None) -> bool:
    """Take the step, once for the key of its form; what is said then, or why not, stands where it was asked."""
    done = perform(request, form, lambda data: step.act(row, **data, by=request.actor, at=now()))
    if done:
        messages.success(request, str(step.said))
    return bool(done)
