"""What every page of the frame knows: the person, their desks, and what they can do."""

from functools import cache
from typing import Any

from django.http import HttpRequest

from guiju.desks.common import desk
from guiju.desks.common.place import here

# Each language is named in itself, so that a person who is lost in the wrong one finds the way back.
LANGUAGES = (("en", "English", "EN"), ("zh-hans", "简体中文", "简"), ("zh-hant", "繁體中文", "繁"))


class Can:
    """Asked in templates as `can.dispatch.assign`: whether this person holds the verb."""

    def __init__(self, actor: Any | None, path: str = "") -> None:
        self._actor = actor
        self._path = path

    def __getitem__(self, word: str) -> "Can":
        return Can(self._actor, f"{self._path}.{word}" if self._path else word)

    def __bool__(self) -> bool:
        return self._actor is not None and bool(self._actor.may(self._path))

    def __str__(self) -> str:
        return str(bool(self))


def frame(request: HttpRequest) -> dict[str, Any]:
    """The frame's own words; desks are counted only when a page draws the navigation."""
    actor = getattr(request, "actor", None)

    @cache
    def desks() -> list[desk.Door]:
        return desk.doors(actor, request.path)

    return {
        "actor": actor,
        "can": Can(actor),
        "desks": desks,
        "place": here(),
        "unit": getattr(request, "unit", None),
        "languages": LANGUAGES,
    }
