"""One line and a few figures for every request: its route, how it went, how long it took, what it asked of the database, and who.

Who is a kind and a number. No name, telephone, address, link or text is written here: a log is read by people who may not see them,
and is kept where nobody would look for them (PIPL 6, T53).
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from guiju.conf.running import figures

access = logging.getLogger("guiju.access")
Answer = Callable[[HttpRequest], HttpResponse]

# What a proxy of ours may give, so that its log and ours are read together.
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
current: ContextVar[str] = ContextVar("request_id", default="")


class _Statements:
    """Counts what the database is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, execute: Any, *asked: Any) -> Any:
        self.asked += 1
        return execute(*asked)


class WatchMiddleware:
    """Stands around everything else."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and note how it went."""
        mark, statements, began = _request_id(request), _Statements(), time.perf_counter()
        before = current.set(mark)
        try:
            with connection.execute_wrapper(statements):
                answer = self.get_response(request)
            answer["X-Request-Id"] = mark
            _note(request, answer, seconds=time.perf_counter() - began, statements=statements.asked)
            return answer
        finally:
            current.reset(before)


def _request_id(request: HttpRequest) -> str:
    given = request.headers.get("X-Request-Id", "")
    is_ours = settings.SECURE_PROXY_SSL_HEADER and REQUEST_ID.fullmatch(given)
    return given if is_ours else uuid4().hex


def _note(request: HttpRequest, answer: HttpResponse, *, seconds: float, statements: int) -> None:
    route = _route(request)
    desk = route.partition(":")[0]
    method = request.method if request.method in METHODS else "OTHER"
    figures.count("guiju_requests_total", route=route, method=str(method), status=str(answer.status_code))
    figures.observe("guiju_request_seconds", seconds, desk=desk)
    figures.count("guiju_statements_total", statements, desk=desk)
    said = {"method": method, "route": route, "status": answer.status_code, "ms": round(seconds * 1000, 1)}
    access.info("request", extra={"said": {**said, "statements": statements, **_who(request)}})


def _route(request: HttpRequest) -> str:
    """The name of the address, which is written in our code; never the address itself, which may hold a link or a search."""
    match = request.resolver_match
    if match is None:
        return "static" if request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/") else "unknown"
    return match.view_name or match.route


def _who(request: Any) -> dict[str, Any]:
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"kind": "NOBODY"}
    number = next((each for each in (actor.person_id, actor.order_id, actor.request_id) if each is not None), None)
    return {"kind": actor.kind.value, "number": number, "unit": actor.unit_id, "channel": actor.channel}
