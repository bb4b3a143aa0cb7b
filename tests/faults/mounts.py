"""A file system of one's own in a file, to be taken its power from: what was not yet on its disk is gone (F05)."""

from __future__ import annotations

import fcntl
import os
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024
# The least that xfs takes; the file is sparse.
SIZE_MB = {"ext4": 256, "xfs": 400}
# From linux/fs.h: FS_IOC_SHUTDOWN, and its flag for "write nothing more, not even the journal", as `xfs_io -x -c shutdown` does.
SHUTDOWN, NOTHING_MORE = 0x8004587D, 2
# A killed process holds its files for a moment longer.
PATIENCE_TRIES = 50


@dataclass(frozen=True, slots=True)
class Disk:
    """A file system in a file, and where it is mounted."""

    image: Path
    at: Path

    def mount(self) -> None:
        """Bring it back; its journal is read then."""
        _run("mount", "-o", "loop", str(self.image), str(self.at))

    def cut(self) -> None:
        """Take its power away, this instant."""
        handle = os.open(self.at, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, SHUTDOWN, struct.pack("I", NOTHING_MORE))
        finally:
            os.close(handle)

    def unmount(self) -> None:
        """Let go of it, when those who were killed have."""
        for _ in range(PATIENCE_TRIES):
            if subprocess.run(["umount", str(self.at)], check=False, capture_output=True).returncode == 0:
                return
            subprocess.run(["sleep", "0.1"], check=True)
        _run("umount", "--lazy", str(self.at))


def lacking(kind: str) -> str:
    """What this machine lacks for it, in words; empty where it lacks nothing."""
    if os.geteuid() != 0:
        return "only root may mount a file system"
    if not Path("/dev/loop-control").exists():
        return "there are no loop devices"
    if shutil.which(f"mkfs.{kind}") is None:
        return f"there is no mkfs.{kind}"
    try:
        with disk(kind) as tried:
            tried.cut()
    except (OSError, subprocess.CalledProcessError) as error:
        return f"a file system cannot be mounted and shut down: {error}"
    return ""


@contextmanager
def disk(kind: str) -> Generator[Disk]:
    """Have one of that kind for as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="guiju-disk-"))
    folder.chmod(0o755)  # PostgreSQL, who is somebody else, passes through
    made = Disk(folder / "image", folder / "at")
    made.at.mkdir()
    with made.image.open("wb") as image:
        image.truncate(SIZE_MB[kind] * MEGABYTE)
    try:
        _run(f"mkfs.{kind}", "-q", str(made.image))
        made.mount()
        try:
            yield made
        finally:
            made.unmount()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
