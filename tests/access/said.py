"""What somebody types on a page or sends as a program, and about the job of which station."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.access.scene import Scene, today

Typed = Mapping[str, Any]
Fill = Callable[[Scene], Typed]
# What fills a blank of an address: for this route, and the station that is meant.
Key = Callable[[Scene, str, str], Any]


@dataclass(frozen=True)
class Said:
    """What is typed on a page, about the job of which station; `slug` names the verb where one route has many."""

    typed: Fill = lambda _scene: {}
    at: str = "paid"
    slug: str = ""


def soon(days: float) -> str:
    """A moment some days from now, as a form writes it."""
    return (timezone.localtime() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def day(days: int) -> str:
    """A day some days from now where our outlets are, as a form writes it."""
    return (today() + timedelta(days=days)).isoformat()


def plainly(**typed: Any) -> Fill:
    """What is typed, whatever the scene."""
    return lambda _scene: typed


def posted(*tables: Mapping[str, tuple[Any, ...]], space: str = "") -> dict[str, Said]:
    """The tables of a context, a line a route: what is typed, and the station."""
    return {space + route: Said(*said) for table in tables for route, said in table.items()}


def steps(table: Mapping[str, tuple[Any, ...]]) -> tuple[Said, ...]:
    """The verbs of one route, a line a slug."""
    return tuple(Said(*said, slug) for slug, said in table.items())


def named(table: Mapping[str, Said], slugs: Iterable[str]) -> tuple[Said, ...]:
    """Every step of a desk, also one that nobody has written a body for."""
    found = [(slug, table.get(slug, Said())) for slug in slugs]
    return tuple(Said(said.typed, said.at, slug) for slug, said in found)


PRESSING = plainly(priority="HIGH", reason="A baby is in the house")
HOLD = plainly(hold="CUSTOMER_REQUEST", reason="On holiday")


def proposal(_scene: Scene) -> Typed:
    """When the part would come, and what the customer has meanwhile."""
    return {
        "cause": "NO_STOCK", "basis": "The supplier's word", "promised_part_on": day(6), "promised_ready_at": soon(8),
        "remedy": "LOANER",
    }  # fmt: skip
