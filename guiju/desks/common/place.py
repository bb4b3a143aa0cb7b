"""Where the person stands: the money, the zone and the dialling region that a page and its forms use."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Place:
    """The habits of one unit that a screen must know.

    currency  ISO 4217
    region    ISO 3166 country; a phone number without a prefix is of this region
    zone      IANA name
    """

    currency: str
    region: str
    zone: str


def default_place() -> Place:
    """The installation's own place, for strangers and for units that say nothing."""
    return Place(
        currency=getattr(settings, "GUIJU_CURRENCY", "CNY"),
        region=getattr(settings, "GUIJU_REGION", "CN"),
        zone=settings.TIME_ZONE,
    )


_here: ContextVar[Place | None] = ContextVar("place", default=None)


def here() -> Place:
    """The place of the page that is being answered."""
    return _here.get() or default_place()


def place_of(unit: Any | None) -> Place:
    """The place of a unit; what the unit does not say is the installation's."""
    usual = default_place()
    if unit is None:
        return usual
    return Place(
        currency=unit.currency or usual.currency,
        # A jurisdiction may be a province ("CN-GD"); telephones know countries only.
        region=(unit.jurisdiction or usual.region)[:2].upper(),
        zone=str(unit.time_zone or usual.zone),
    )


@contextmanager
def standing_in(place: Place) -> Iterator[None]:
    """Answer a page as it looks in that place: times in its zone, money in its currency."""
    token = _here.set(place)
    try:
        with timezone.override(ZoneInfo(place.zone)):
            yield
    finally:
        _here.reset(token)
