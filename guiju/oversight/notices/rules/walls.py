"""Who of an outlet is told that the proof of its price board is due, and how (PRC-5)."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.standing.pricing.rules.display import AWAITED, Wall

# Whose board it is: the counter before it is due, the manager too once it is missing.
WALL_ROLES: Mapping[Wall, tuple[str, ...]] = {
    each: ("RC",) if each is Wall.DUE_SOON else ("RC", "OM") for each in AWAITED
}
