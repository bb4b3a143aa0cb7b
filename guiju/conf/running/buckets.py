"""How often everybody came lately, known to all processes of a machine: a small table in a file that they share.

Each principal has one slot that holds one instant: when his bucket will be full again (the generic cell rate algorithm). A slot whose
instant has passed is free, so nothing need ever be swept; and of a full set of slots the one that is free soonest is given away, so a
flood of addresses can make us forget, and never refuse who has done nothing. See docs/decisions/0014-overload.md for what was measured.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":
    import fcntl

SETS = 4096
WAYS = 8
SLOT = struct.Struct("<Qd")
SET_BYTES = SLOT.size * WAYS


@dataclass(frozen=True, slots=True)
class Limit:
    """So many a minute in the long run, and so many at once before that."""

    per_minute: float
    burst: int


class Buckets:
    """The table. One for all processes that name the same file; any number of threads in each."""

    def __init__(self, file: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._mine = threading.Lock()
        file.parent.mkdir(parents=True, exist_ok=True)
        self._descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        os.ftruncate(self._descriptor, SETS * SET_BYTES)
        self._table = mmap.mmap(self._descriptor, SETS * SET_BYTES)

    def take(self, principal: str, limit: Limit) -> float:
        """Take one drop from the bucket of that principal: 0 if there was one, else in how many seconds there will be."""
        # The name itself is not kept: an address is somebody's.
        digest = hashlib.blake2b(principal.encode(), digest_size=16).digest()
        place = int.from_bytes(digest[:8]) % SETS * SET_BYTES
        mark = int.from_bytes(digest[8:]) or 1
        drop = 60 / limit.per_minute
        with self._alone(place):
            now = self._clock()
            at, full_at = self._slot(place, mark, now)
            # A clock that was set back must not shut anybody out for longer than an empty bucket takes to fill.
            full_at = min(max(full_at, now), now + drop * limit.burst)
            wait = full_at + drop - now - drop * limit.burst
            if wait > 1e-9:
                return wait
            SLOT.pack_into(self._table, at, mark, full_at + drop)
        return 0.0

    def _slot(self, place: int, mark: int, now: float) -> tuple[int, float]:
        """Where the principal's instant is kept, and the instant."""
        best, soonest = place, float("inf")
        for at in range(place, place + SET_BYTES, SLOT.size):
            whose, full_at = SLOT.unpack_from(self._table, at)
            if whose == mark:
                return at, full_at
            if full_at < soonest:
                best, soonest = at, full_at
        return best, now

    @contextmanager
    def _alone(self, place: int) -> Iterator[None]:
        with self._mine:
            self._lock(place, is_mine=True)
            try:
                yield
            finally:
                self._lock(place, is_mine=False)

    def _lock(self, place: int, *, is_mine: bool) -> None:
        # Windows knows other locks; there one process serves, and the lock of its threads is enough.
        if sys.platform != "win32":
            fcntl.lockf(self._descriptor, fcntl.LOCK_EX if is_mine else fcntl.LOCK_UN, SET_BYTES, place)

    def close(self) -> None:
        """Give the file back."""
        self._table.close()
        os.close(self._descriptor)
