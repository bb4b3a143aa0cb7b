"""The server that is measured: `guiju serve` as an installation runs it, its worker beside it."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE_SECONDS = 120
# Each request is counted against a limit, as in an installation; but one bench asks more than a hundred clerks do, and is not refused.
LIMITS = "key=6000000/600000,person=6000000/600000,address=6000000/600000,link=6000000/600000"


@dataclass(frozen=True)
class Server:
    """Where it listens, its process, and how long it took to answer for the first time."""

    port: int
    process: int
    start_ms: float


@contextmanager
def serving(environment: Mapping[str, str], processes: int = 1) -> Iterator[Server]:
    """Run it for as long as the block lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "guiju.conf.cli", "serve", "--port", str(port), "--processes", str(processes)]
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        env={**environment, "GUIJU_LIMITS": LIMITS},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(port, process)
        yield Server(port, process.pid, (time.perf_counter() - began) * 1000)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            asked.request("GET", "/accounts/login/")
            asked.getresponse().read()
        except OSError:
            time.sleep(0.02)
        else:
            return
        finally:
            asked.close()
    raise RuntimeError("The server does not answer.")


def memory_mb(process: int) -> tuple[float, float]:
    """What it and its children hold: the sum of their resident sizes, and of their proportional shares (PSS)."""
    resident = shared = 0.0
    for each in _family(process):
        try:
            told = Path(f"/proc/{each}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        for line in told.splitlines():
            if line.startswith("Rss:"):
                resident += int(line.split()[1]) / 1024
            elif line.startswith("Pss:"):
                shared += int(line.split()[1]) / 1024
    return resident, shared


def _family(process: int) -> list[int]:
    found = [process]
    for each in found:
        for listed in Path(f"/proc/{each}/task").glob("*/children"):
            found += [int(child) for child in listed.read_text(encoding="ascii").split()]
    return found
