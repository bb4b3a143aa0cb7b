"""System calls of one process fail, or kill it: strace answers in the kernel's place (F06, F07)."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# By which SQLite writes, and by which it makes sure that what it wrote is on the disk.
WRITE, SYNC = "pwrite64", "fdatasync"


@dataclass(frozen=True, slots=True)
class Injected:
    """What happens to the calls of one kind.

    call   WRITE or SYNC
    what   as strace writes it: error=ENOSPC, error=EIO, signal=KILL
    at     from 1: which of the calls; with `on`, all from there on
    """

    call: str
    what: str
    at: int
    on: bool = False

    def __str__(self) -> str:
        return f"{self.what} at {self.call} {self.at}{' and all after it' if self.on else ''}"

    @property
    def option(self) -> str:
        """For strace."""
        return f"inject={self.call}:{self.what}:when={self.at}{'+' if self.on else ''}"


@contextmanager
def traced(pid: int, database: str, injected: Injected | None, log: Path) -> Generator[None]:
    """Answer that process's calls on that database, for as long as the block lasts.

    log   where the calls are written down
    """
    # Its rows and its log of changes; its lock file is no concern of the disk's.
    files = [word for ending in ("", "-wal") for word in ("-P", database + ending)]
    options = ["-e", injected.option] if injected else []
    # Named as the calls to look at too, else strace looks at every one and is slow.
    command = ["strace", "-o", str(log), "-e", f"trace={WRITE},{SYNC},fsync", *options, *files, "-p", str(pid)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr
        if "attached" not in (said := tracer.stderr.readline()):
            tracer.kill()
            raise OSError(said.strip())
        try:
            yield
        finally:
            # It lets go of a process that lives on; of one that was killed it has heard already.
            tracer.send_signal(signal.SIGTERM)


def calls(log: Path) -> dict[str, int]:
    """How many calls of each kind were written down."""
    made = re.findall(r"^(?:\d+ +)?(\w+)\(", log.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
    return {name: made.count(name) for name in sorted(set(made))}


def lacking() -> str:
    """What this machine lacks for it, in words; empty where it lacks nothing."""
    if shutil.which("strace") is None:
        return "there is no strace"
    with subprocess.Popen(["sleep", "30"]) as somebody:
        try:
            with traced(somebody.pid, "/dev/null", None, Path("/dev/null")):
                return ""
        except OSError as error:
            return f"nobody may be traced: {error}"
        finally:
            somebody.kill()
