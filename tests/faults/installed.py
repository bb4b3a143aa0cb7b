"""`guiju serve` as an installation runs it, on a database of its own, with its processes to be killed one by one."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from tests.faults.serving import answers

PATIENCE_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Installed:
    """A running installation: its port and its first process."""

    port: int
    pid: int

    def workers(self) -> list[int]:
        """The processes that answer requests."""
        return [pid for pid in children(self.pid) if not {"work", "resource_tracker"} & set(_words(pid))]

    def night(self) -> list[int]:
        """The process of the night shift."""
        return [pid for pid in children(self.pid) if "work" in _words(pid)]


@contextmanager
def installed(address: str, *, processes: int = 2, twin: str = "") -> Generator[Installed]:
    """Run it for as long as the block lasts.

    address   of its database, as in DATABASE_URL
    twin      what it does without, see tests.faults.twins
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ, "DATABASE_URL": address, "GUIJU_SECRET_KEY": settings.SECRET_KEY, "GUIJU_FAULTS_TWIN": twin,
        "GUIJU_DATA": str(Path(settings.MEDIA_ROOT).parent), "DJANGO_SETTINGS_MODULE": "tests.faults.twins",
    }  # fmt: skip
    # What `guiju serve` does when it has looked whether the tables are there; those of a test know nothing of migrations.
    serve = f"from guiju.conf.serving import serve; serve('127.0.0.1', {port}, processes={processes}, companion='work')"
    command = [sys.executable, "-c", serve]
    log = Path(settings.MEDIA_ROOT).parent / "serve.log"
    with (
        log.open("w") as out,
        subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out) as process,
    ):
        try:
            until(lambda: answers(port) or process.poll() is not None, "the server answers")
            if process.poll() is not None:
                pytest.fail(log.read_text(encoding="utf-8"))
            yield Installed(port, process.pid)
        finally:
            for pid in (*children(process.pid), process.pid):
                kill(pid)


def until(what: object, says: str, patience: float = PATIENCE_SECONDS) -> None:
    """Wait for it."""
    deadline = time.monotonic() + patience
    while not what():  # type: ignore[operator]
        if time.monotonic() > deadline:
            pytest.fail(f"In {patience} seconds it was not so: {says}")
        time.sleep(0.05)


def children(pid: int) -> list[int]:
    """The processes that it started, and those that they did."""
    found: list[int] = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            own = [int(child) for child in listed.read_text(encoding="ascii").split()]
        except OSError:
            continue
        for child in own:
            found += [child, *children(child)]
    return found


def _words(pid: int) -> list[str]:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ["resource_tracker"]
    return command.replace(".", " ").replace("\0", " ").replace("(", " ").split()


def kill(pid: int) -> bool:
    """End it at once; False where it was gone already."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
