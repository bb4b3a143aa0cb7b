"""How much one process takes on at once."""

from __future__ import annotations

from dataclasses import dataclass

# Asked by machines that watch the house: never limited, never queued behind others. Whoever is busy must still say so.
WATCHED = frozenset({"/health", "/ready", "/metrics"})


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much one process takes on.

    threads         requests that are answered at the same time
    queue           requests that wait for a thread; strangers may fill the half of it, so that the counter goes on
    reading         bodies that are on their way at the same time; of strangers and of one address, the half
    body_bytes      a dozen photographs of 10 MB and the form around them
    idle_seconds    without a byte of a body
    body_seconds    for the whole of it: a dozen photographs over a bad line
    """

    threads: int = 8
    queue: int = 64
    reading: int = 200
    body_bytes: int = 130 * 1024 * 1024
    idle_seconds: float = 15
    body_seconds: float = 300
