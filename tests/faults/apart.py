"""A process of its own for each question, forked from one that has loaded everything; it may be killed anywhere."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn

from django.db import connection, connections


class Failed(Exception):
    """The harness itself went wrong in the other process."""


@dataclass(slots=True)
class Apart:
    """Somebody who acts in another process."""

    pid: int
    answers: int

    def result(self) -> Any:
        """What came of it; None where the process was killed before it could say."""
        with os.fdopen(self.answers, "rb") as said:
            text = said.read()
        os.waitpid(self.pid, 0)
        if not text:
            return None
        failure, got = pickle.loads(text)
        if failure:
            raise Failed(failure)
        return got


def begin(do: Callable[[], Any], *, database: str) -> Apart:
    """Let somebody begin with it."""
    connections.close_all()
    answers, says = os.pipe()
    pid = os.fork()
    if not pid:
        _live(do, database, says)
    os.close(says)
    return Apart(pid, answers)


def apart(do: Callable[[], Any], *, database: str) -> Any:
    """Do it in another process, and wait for what comes of it."""
    return begin(do, database=database).result()


def _live(do: Callable[[], Any], database: str, says: int) -> NoReturn:
    try:
        gc.disable()  # to look for rings would copy every page of the parent
        signal.alarm(120)  # whatever hangs in there ends
        connection.settings_dict["NAME"] = database
        got = pickle.dumps(("", do()))
    except BaseException:  # noqa: BLE001  # nothing may leave this process but through the pipe
        got = pickle.dumps((traceback.format_exc(), None))
    try:
        with os.fdopen(says, "wb") as out:
            out.write(got)
    finally:
        os._exit(0)


@contextmanager
def here(database: str) -> Generator[None]:
    """Act on that database in this process, as a server does that lives on."""
    connections.close_all()
    was, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], database
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = was
