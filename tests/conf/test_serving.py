"""The worker runs as long as the server does: started again when it dies, gone when the server goes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from guiju.conf import serving

# Stands for the worker: notes that it started, and lives until its standard input ends.
WORKER = "import os, sys; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); sys.stdin.read()"


def until(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not what():
        assert time.monotonic() < deadline, "it did not happen within ten seconds"
        time.sleep(0.02)


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[int]]:
    notes = tmp_path / "started"
    monkeypatch.setattr(serving, "PAUSE_BEFORE_RESTART_SECONDS", 0.05)
    monkeypatch.setattr(serving, "command_line", lambda _: [sys.executable, "-c", WORKER, str(notes)])
    return lambda: [int(line) for line in notes.read_text().split()] if notes.exists() else []


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_worker_that_is_killed_is_started_again(started: Callable[[], list[int]]) -> None:
    companion = serving.Companion("work")
    until(lambda: len(started()) == 1)
    os.kill(started()[0], 9)
    until(lambda: len(started()) == 2)
    companion.stop()
    until(lambda: not alive(started()[1]))
    time.sleep(0.2)
    assert len(started()) == 2


@pytest.mark.parametrize(("application", "starts"), [("this", 2), ("guiju_that_is_not_there", 1)])
def test_a_server_that_lost_its_processes_is_started_again_unless_its_application_cannot_be_loaded(
    monkeypatch: pytest.MonkeyPatch, application: str, starts: int
) -> None:
    """Granian gives up when one process dies twice within seconds, be it the first five of all: who killed it may be another."""
    started = list[int]()

    class GivesUpOnce:
        def __init__(self, *_target: object, **_how: object) -> None:
            started.append(1)

        def serve(self) -> None:
            if len(started) == 1:
                raise SystemExit(1)

    monkeypatch.setattr(serving, "Granian", GivesUpOnce)
    monkeypatch.setattr(serving, "PAUSE_BEFORE_RESTART_SECONDS", 0)
    monkeypatch.setattr(serving, "APPLICATION", application)
    try:
        serving.serve("127.0.0.1", 0, processes=1, companion=None)
    except SystemExit:
        assert starts == 1
    assert len(started) == starts


@pytest.mark.skipif(os.name == "nt", reason="there a program cannot become another")
def test_who_serves_has_left_behind_what_the_command_had_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    became = list[list[str]]()
    monkeypatch.setattr(os, "execv", lambda _program, arguments: became.append(arguments))
    serving.become("127.0.0.1", 8000, processes=2, companion="work")
    assert became[0][1:] == ["-m", "guiju.conf.serving", "127.0.0.1", "8000", "2", "work"]
    listed = "import sys, guiju.conf.serving; print([name for name in sys.modules if name.startswith('django')])"
    assert subprocess.run([sys.executable, "-c", listed], check=True, capture_output=True, text=True).stdout == "[]\n"
