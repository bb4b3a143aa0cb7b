"""A throwaway PostgreSQL server for the tests: made, used over a socket that nobody else can reach, and removed."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

# Nothing here outlives the run, so nothing waits for the disk: a killed program loses no row by that, only a machine that loses its power.
# What durability costs is measured on a server with its own settings. A socket alone: no port can be taken.
OPTIONS = " ".join(
    f"-c {setting}"
    for setting in (
        "listen_addresses=''", "max_connections=120", "timezone=UTC",
        "fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB",
        # Each query is about a few rows: to compile one takes longer than to answer it. What is dead is swept up; the planner goes by it.
        "jit=off",
    )
)  # fmt: skip
# With locale C, PostgreSQL takes Chinese characters for no letters at all.
LOCALE = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"


def programs() -> Path | None:
    """The folder with the newest server's programs, or nothing where none is installed."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: int(path.parts[-3]), default=None)
    found = newest or shutil.which("initdb")
    return Path(found).parent if found else None


def run(command: list[str]) -> None:
    """Run one of the server's programs; it refuses to be run by root."""
    if os.name == "posix" and os.geteuid() == 0:
        command = ["su", "postgres", "-s", "/bin/sh", "-c", shlex.join(command)]
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}\n{done.stderr}")


# For measuring: what the server does for durability of itself.
DURABLE = "-c listen_addresses='' -c max_connections=120 -c timezone=UTC -c shared_buffers=256MB"


@contextmanager
def server(folder_of_programs: Path, *, durable: bool = False, data: Path | None = None) -> Generator[str]:
    """Run a server for as long as the block lasts; gives its address.

    durable   with the server's own fsync and synchronous_commit, for measuring
    data      where its databases lie, and stay; they are made where there are none. Else they go with the block
    """
    # Short, because the name of a socket may have no more than about a hundred letters.
    folder = Path(tempfile.mkdtemp(prefix="guiju-pg-", dir="/tmp"))
    lies = data or folder / "data"
    program, options = str(folder_of_programs / "pg_ctl"), f"{DURABLE if durable else OPTIONS} -k {folder}"
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        if not (lies / "PG_VERSION").exists():
            _make(folder_of_programs, lies)
        run([program, "-D", str(lies), "-w", "-t", "300", "-l", str(folder / "log"), "-o", options, "start"])
        try:
            yield f"postgres://guiju@/guiju?host={folder}"
        finally:
            # What stays is put down in order, which also brings to the disk what was written without waiting for it.
            run([program, "-D", str(lies), "-w", "-t", "300", "-m", "fast" if data else "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make(folder_of_programs: Path, lies: Path) -> None:
    lies.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        shutil.chown(lies, "postgres")
    initdb = [str(folder_of_programs / "initdb"), "-D", str(lies), "-U", "guiju", "-A", "trust", "-E", "UTF8"]
    run([*initdb, f"--locale={LOCALE}"])
