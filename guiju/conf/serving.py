"""Run what a running installation is made of: the web server, and beside it the worker of the night shift."""

import logging
import os
import subprocess
import sys
import threading
import time

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

log = logging.getLogger(__name__)
# How long a client may take to say what it wants; also how long a connection is kept that asks for nothing.
HEADER_MILLISECONDS = 10_000
# Connections that one process minds at once. One that waits costs a few kilobytes; the rest wait in the system's own queue.
CONNECTIONS = 2048
# A worker that dies at once, for example while the database restarts, must not be started in a tight loop.
PAUSE_BEFORE_RESTART_SECONDS = 2
# What a process that answers loads: where this succeeds, the end of such a process was not its own mistake.
APPLICATION = "guiju.conf.rsgi"
# How long a worker may take to finish the request or the delivery it is at before it is ended.
FAREWELL_SECONDS = 10


def command_line(command: str) -> list[str]:
    """How a command of guiju is started with the same Python."""
    return [sys.executable, "-m", "guiju.conf.cli", command]


class Companion:
    """A command of guiju that runs as long as the server does, and is started again whenever it ends.

    Its standard input is a pipe from us: it reads the end of it when we are gone, however we went, and must end then.
    """

    def __init__(self, command: str) -> None:
        self._command = command_line(command)
        self._stopping = threading.Event()
        self._process = self._start()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._command, stdin=subprocess.PIPE)

    def _watch(self) -> None:
        while not self._stopping.is_set():
            code = self._process.wait()
            self._let_go()
            if self._stopping.wait(PAUSE_BEFORE_RESTART_SECONDS):
                return
            log.warning("The worker ended with code %s; starting it again.", code)
            self._process = self._start()

    def _let_go(self) -> None:
        """Close our end of the pipe, which tells the worker to end."""
        if self._process.stdin:
            self._process.stdin.close()

    def stop(self) -> None:
        """Ask it to end, and end it if it does not."""
        self._stopping.set()
        self._let_go()
        self._process.terminate()
        try:
            self._process.wait(FAREWELL_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()


def become(address: str, port: int, *, processes: int, companion: str | None) -> None:
    """Go on as a program that does nothing but serve: what a command of guiju has loaded stays behind, about 45 MB of it."""
    if os.name == "nt":
        # There a program cannot become another: it starts one and ends, and whoever waits for it waits no more.
        serve(address, port, processes=processes, companion=companion)
        return
    sys.stdout.flush()
    # By itself glibc keeps a heap for nearly every thread, and what one has freed no other uses: 15 MB at eight clients.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    os.execv(  # noqa: S606 - the same Python, and no shell
        sys.executable,
        [sys.executable, "-m", "guiju.conf.serving", address, str(port), str(processes), companion or ""],
    )


def serve(address: str, port: int, *, processes: int, companion: str | None) -> None:
    """Answer requests until told to stop.

    processes   more than one for a big installation on PostgreSQL; SQLite writes one at a time anyway
    companion   the command that runs beside the server, or nothing
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.conf.settings")
    beside = Companion(companion) if companion else None
    try:
        while not _serve(address, port, processes):
            log.warning("The processes that answer died one after the other; starting the server again.")
            time.sleep(PAUSE_BEFORE_RESTART_SECONDS)
    finally:
        if beside:
            beside.stop()


def _serve(address: str, port: int, processes: int) -> bool:
    """Answer requests; True when we were told to stop, False when the server gave up because its processes died too often.

    It starts each of them again, and gives up when one dies twice within seconds: who kills them need not be our own mistake,
    but an application that cannot be loaded is, and would only fail again.
    """
    try:
        Granian(
            f"{APPLICATION}:application",
            address=address,
            port=port,
            interface=Interfaces.RSGI,
            workers=processes,
            backpressure=CONNECTIONS,
            http1_settings=HTTP1Settings(header_read_timeout=HEADER_MILLISECONDS),
            websockets=False,
            log_level=LogLevels.error,
            respawn_failed_workers=True,
            # One that is told to stop while it is still starting may not hear it; without a limit it is waited for without end.
            workers_kill_timeout=FAREWELL_SECONDS,
        ).serve()
    except SystemExit:
        if not _loads():
            raise
        return False
    return True


def _loads() -> bool:
    """Whether the application can be loaded; what stands in its way is said by the process that tries.

    One that was killed while it tried says nothing against the application.
    """
    return subprocess.run([sys.executable, "-c", f"import {APPLICATION}"], check=False).returncode <= 0


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), processes=int(sys.argv[3]), companion=sys.argv[4] or None)
