"""A real server in a process of its own, for those who come at the same instant, each over a connection of their own."""

from __future__ import annotations

import http.client
import json
import os
import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connection, connections

from tests.faults.saying import Verb
from tests.faults.story import ROOT, Answer, Story

# The proof that our own page sent the request: any secret does, if cookie and header say the same.
PROOF = "a" * 32


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_given: Any) -> None:
        """Say nothing of each request."""


@contextmanager
def served(NAME: str, **otherwise: Any) -> Generator[int]:  # noqa: N803
    """Serve that database for as long as the block lasts; gives the port. It ends by SIGKILL, as servers may.

    otherwise   settings of the connection that are other than ours, as Django calls them
    """
    connections.close_all()
    hearing, saying = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            connection.settings_dict.update(NAME=NAME, **otherwise)
            connection.ensure_connection()  # one that stays, as in a server that is never idle
            server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
            server.set_app(WSGIHandler())  # type: ignore[no-untyped-call]
            os.write(saying, str(server.server_port).encode())
            os.close(saying)
            server.serve_forever()
        finally:
            os._exit(1)
    os.close(saying)
    try:
        with os.fdopen(hearing) as told:
            yield int(told.read())
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def answers(port: int) -> bool:
    """Whether a server answers there."""
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        wire.request("GET", "/accounts/login/")
        return wire.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        wire.close()


def said(story: Story, verb: Verb, *, key: str, port: int) -> Answer:
    """Say the verb over the wire."""
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        cookies = {settings.SESSION_COOKIE_NAME: story.sessions[verb.by], settings.CSRF_COOKIE_NAME: PROOF}
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-CSRFToken": PROOF,
            "Idempotency-Key": key,
            "Content-Type": "application/json",
        }
        wire.request("POST", ROOT + verb.path.format_map(story.known), json.dumps(verb.says(story.known)), headers)
        answer = wire.getresponse()
        body = answer.read().decode()
    finally:
        wire.close()
    return Answer(answer.status, body, answer.headers.get("Retry-After", ""), "Idempotent-Replayed" in answer.headers)


def at_once(people: int, say: Callable[[int], Answer]) -> list[Answer]:
    """Everybody says it at the same instant."""
    ready, answers = threading.Barrier(people), dict[int, Answer]()

    def one(number: int) -> None:
        ready.wait(timeout=30)
        answers[number] = say(number)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[number] for number in range(people)]
