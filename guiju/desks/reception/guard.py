"""Who may open a page of the reception."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from guiju.kernel.refusing import NotAllowed

View = Callable[..., HttpResponseBase]


def needs(*verbs: str) -> Callable[[View], View]:
    """Only those who may do one of these somewhere; the verbs themselves ask again for the very row."""

    def guarded(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
            actor: Any = request.actor  # type: ignore[attr-defined]
            if not any(actor.may(verb) for verb in verbs):
                raise NotAllowed
            return view(request, *args, **more)

        return answer

    return guarded
