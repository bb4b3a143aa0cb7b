"""A PostgreSQL server of one's own, durable as a real one, to be killed or to lose its power."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

from tests.faults.installed import children, kill, until
from tools import postgres

# Small, because a power cut reads and writes all of it again; as durable as the server is by itself.
SETTINGS = "-c listen_addresses='' -c timezone=UTC -c max_connections=60 -c shared_buffers=64MB -c max_wal_size=128MB"


@dataclass(slots=True)
class Cluster:
    """Where its data and its socket are."""

    programs: Path
    data: Path
    socket: Path

    def make(self) -> None:
        """Make its data folder, and bring into it all that the test database has now."""
        postgres.run([str(self.programs / "initdb"), "-D", str(self.data), "-U", "guiju", "-A", "trust", "-E", "UTF8", "-N",
                      f"--locale={postgres.LOCALE}", "--wal-segsize=1"])  # fmt: skip
        self.start()
        known = connection.settings_dict
        dumped = subprocess.run(
            # Without its grants: the roles that they name are of the server that it came from.
            [str(self.programs / "pg_dump"), "--no-owner", "--no-privileges", "-h", known["HOST"], "-U", known["USER"],
             "-p", known["PORT"] or "5432", known["NAME"]],
            check=True, capture_output=True,
        )  # fmt: skip
        subprocess.run(
            [str(self.programs / "psql"), "-q", "-h", str(self.socket), "-U", "guiju", "-d", "postgres", "-v", "ON_ERROR_STOP=1"],
            input=dumped.stdout, check=True, capture_output=True,
        )  # fmt: skip

    def start(self) -> None:
        """Start it; after a fall it brings itself to where it was."""
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        postgres.run([str(self.programs / "pg_ctl"), "-D", str(self.data), "-w", "-t", "100", "-l", str(self.socket / "log"),
                      "-o", f"{SETTINGS} -k {self.socket}", "start"])  # fmt: skip

    def kill(self) -> bool:
        """End it and all its children at once, as the kernel does that is short of memory."""
        try:
            first = int((self.data / "postmaster.pid").read_text(encoding="ascii").split()[0])
        except (OSError, ValueError, IndexError):
            return False
        others = children(first)
        gone = kill(first)
        for pid in others:
            kill(pid)
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in (first, *others)), "PostgreSQL is gone")
        return gone

    @property
    def address(self) -> str:
        """As in DATABASE_URL."""
        return f"postgres://guiju@/postgres?host={self.socket}"

    @property
    def settings(self) -> dict[str, Any]:
        """As in Django's settings."""
        return {"NAME": "postgres", "USER": "guiju", "PASSWORD": "", "HOST": str(self.socket), "PORT": ""}

    def set(self, **named: str) -> None:
        """Set what one may at any time, for all who come from now on."""
        with psycopg.connect(dbname="postgres", user="guiju", host=str(self.socket), autocommit=True) as admin:
            for name, value in named.items():
                admin.execute(f"ALTER SYSTEM SET {name} = {value}")
            admin.execute("SELECT pg_reload_conf()")


@contextmanager
def cluster(folder: Path | None = None) -> Generator[Cluster]:
    """Run one for as long as the block lasts.

    folder   for its data; default one that goes with it
    """
    programs = postgres.programs()
    assert programs is not None
    # Short, because the name of a socket may have no more than about a hundred letters; not in memory, because it is to last.
    own = Path(tempfile.mkdtemp(prefix="guiju-pg-", dir="/tmp"))
    _give(own)
    made = Cluster(programs, (folder or own) / "data", own)
    try:
        if folder is not None:
            _give(folder)
        made.make()
        yield made
    finally:
        made.kill()
        shutil.rmtree(own, ignore_errors=True)


def _give(folder: Path) -> None:
    """PostgreSQL refuses to be run by root, and must own its folder."""
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
