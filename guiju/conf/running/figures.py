"""What is counted while the house runs, of all its processes together, as Prometheus reads it.

Each process counts in its own memory, because a lock that all processes share would be waited for, and writes what it has to a file of
its own every two seconds; whichever process is asked adds up the files. A process that is killed loses two seconds of counting, and its
file stays until the next start, so that no counter goes back.
"""

from __future__ import annotations

import json
import logging
import os
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

log = logging.getLogger(__name__)

COUNTER, GAUGE, HISTOGRAM = "counter", "gauge", "histogram"
# Every figure there is: what it is, and what it tells whoever watches.
KNOWN: dict[str, tuple[str, str]] = {
    "guiju_requests_total": (COUNTER, "Requests that were answered."),
    "guiju_request_seconds": (HISTOGRAM, "How long the answer took in its thread, by desk."),
    "guiju_statements_total": (COUNTER, "Statements that the database was asked, by desk."),
    "guiju_limited_total": (COUNTER, "Requests that were refused with 429, by who came too often."),
    "guiju_turned_away_total": (
        COUNTER,
        "Requests that never reached a thread: full, slow, large, or the client left.",
    ),
    "guiju_requests_inside": (GAUGE, "Requests that are answered or wait for a thread now."),
    "guiju_bodies_on_their_way": (GAUGE, "Bodies that are being received now."),
    "guiju_worker_turns_total": (COUNTER, "Turns that the workers did."),
    "guiju_worker_beat_age_seconds": (GAUGE, "How long ago a worker last told that it lives."),
    "guiju_news_waiting": (GAUGE, "Reactions to news that are due and not yet brought about."),
    "guiju_news_oldest_seconds": (GAUGE, "How long the oldest of them has been due."),
    "guiju_news_parked": (GAUGE, "Reactions that failed too often and wait for a person."),
    "guiju_seals_waiting": (GAUGE, "Deeds that are in the trail and not yet in its chain."),
    "guiju_disk_free_bytes": (GAUGE, "Room on the disk of the data folder."),
}
# Seconds; a page of Guiju takes some hundredths.
EDGES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
EVERY_SECONDS = 2.0
# A file that nobody wrote for so long is of a process that has ended: its gauges tell of nothing any more.
ENDED_AFTER_SECONDS = 15.0

Key = tuple[str, tuple[tuple[str, str], ...]]
_counted: dict[Key, float] = defaultdict(float)
_measured: dict[str, Callable[[], float]] = {}
_lock = threading.Lock()


def count(name: str, by: float = 1.0, **labels: str) -> None:
    """Count something that happened."""
    _must_be(COUNTER, name)
    with _lock:
        _counted[name, tuple(sorted(labels.items()))] += by


def observe(name: str, seconds: float, **labels: str) -> None:
    """Note how long something took."""
    _must_be(HISTOGRAM, name)
    said = tuple(sorted(labels.items()))
    edge = next((f"{each:g}" for each in EDGES if seconds <= each), "+Inf")
    with _lock:
        _counted[f"{name}_bucket", (*said, ("le", edge))] += 1
        _counted[f"{name}_sum", said] += seconds


def measure(name: str, read: Callable[[], float]) -> None:
    """Tell from now on how much there is of something whenever anybody asks."""
    _must_be(GAUGE, name)
    _measured[name] = read


def _must_be(kind: str, name: str) -> None:
    if KNOWN[name][0] != kind:
        raise TypeError(f"{name} is no {kind}")


def forget() -> None:
    """Begin anew, as a process does."""
    with _lock:
        _counted.clear()
    _measured.clear()


def _own() -> list[tuple[str, dict[str, str], float]]:
    with _lock:
        found = [(name, dict(labels), value) for (name, labels), value in _counted.items()]
    return [*found, *((name, {}, float(read())) for name, read in _measured.items())]


# --- Kept for the other processes


def keep(folder: Path) -> None:
    """Write this process's figures down from now on."""
    threading.Thread(target=_keep_on, args=[folder], daemon=True, name="figures").start()


def _keep_on(folder: Path) -> None:
    while True:
        try:
            write(folder)
        except OSError:
            # A full disk must not end the counting; /ready says so of itself.
            log.warning("The figures could not be written.")
        time.sleep(EVERY_SECONDS)


def _file(folder: Path) -> Path:
    return folder / f"{os.getpid()}.json"


def write(folder: Path) -> None:
    """Write down what this process has counted."""
    folder.mkdir(parents=True, exist_ok=True)
    path = _file(folder)
    draft = path.with_suffix(".part")
    draft.write_text(json.dumps(_own()), encoding="utf-8")
    draft.replace(path)


def begin(folder: Path) -> None:
    """Put away what an earlier run of the server has counted."""
    for path in folder.glob("*.json"):
        path.unlink(missing_ok=True)


def _others(folder: Path) -> Iterator[tuple[str, dict[str, str], float]]:
    for path in folder.glob("*.json"):
        if path == _file(folder):
            continue
        try:
            is_alive = time.time() - path.stat().st_mtime < ENDED_AFTER_SECONDS
            said = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        for name, labels, value in said:
            if is_alive or KNOWN.get(name, ("",))[0] != GAUGE:
                yield name, labels, value


def collect(folder: Path) -> dict[Key, float]:
    """The figures of all processes, added up."""
    found: dict[Key, float] = defaultdict(float)
    for name, labels, value in (*_own(), *_others(folder)):
        found[name, tuple(sorted(labels.items()))] += value
    return found


# --- As Prometheus reads it (text format 0.0.4)


def text(found: dict[Key, float]) -> str:
    """All of it, each family with what it means."""
    lines = []
    for name, (kind, meaning) in KNOWN.items():
        rows = list(_rows(name, kind, found))
        if rows:
            lines += [f"# HELP {name} {meaning}", f"# TYPE {name} {kind}", *rows]
    return "\n".join(lines) + "\n"


def _rows(name: str, kind: str, found: dict[Key, float]) -> Iterator[str]:
    if kind != HISTOGRAM:
        yield from (_row(name, labels, value) for (each, labels), value in sorted(found.items()) if each == name)
        return
    for labels, total in sorted((labels, value) for (each, labels), value in found.items() if each == f"{name}_sum"):
        so_far = 0.0
        for edge in (*(f"{each:g}" for each in EDGES), "+Inf"):
            so_far += found.get((f"{name}_bucket", tuple(sorted((*labels, ("le", edge))))), 0.0)
            yield _row(f"{name}_bucket", (*labels, ("le", edge)), so_far)
        yield _row(f"{name}_sum", labels, total)
        yield _row(f"{name}_count", labels, so_far)


def _row(name: str, labels: tuple[tuple[str, str], ...], value: float) -> str:
    said = ",".join(f'{key}="{_plain(each)}"' for key, each in labels)
    return f"{name}{{{said}}} {value:g}" if said else f"{name} {value:g}"


def _plain(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
