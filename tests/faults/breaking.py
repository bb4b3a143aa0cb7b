"""Steps of a verb, each SQL statement and each commit, and what may go wrong at one of them."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from django.db import connections

Step = Callable[[int, str, Callable[[], Any]], Any]


@contextmanager
def stepping(step: Step) -> Generator[None]:
    """Call `step(number, sql, go_on)` around every statement and every commit of the connection, from 1 on."""
    ours: Any = connections["default"]
    taken = 0

    def around(sql: str, go_on: Callable[[], Any]) -> Any:
        nonlocal taken
        taken += 1
        return step(taken, sql, go_on)

    def execute(run: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
        return around(sql, lambda: run(sql, parameters, many, context))

    commit = ours._commit
    ours._commit = lambda: around("COMMIT", commit)
    try:
        with ours.execute_wrapper(execute):
            yield
    finally:
        del ours._commit


@contextmanager
def counting() -> Generator[list[str]]:
    """Note every step."""
    steps: list[str] = []

    def note(_number: int, sql: str, go_on: Callable[[], Any]) -> Any:
        steps.append(sql)
        return go_on()

    with stepping(note):
        yield steps


def killed(at: int, when: str) -> Step:
    """Kill this very process before or after its step of that number."""

    def step(number: int, _sql: str, go_on: Callable[[], Any]) -> Any:
        if number == at and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        got = go_on()
        if number == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return got

    return step
