"""The exchange desk."""

from __future__ import annotations

from collections.abc import Mapping

from tests.access import exchanges
from tests.access.said import Key, Said, posted, steps

OPENED: Mapping[str, str] = {"exchange:picture": "exchanged"}
POSTED: Mapping[str, Said] = posted(exchanges.PAGES)
VERBS: Mapping[str, tuple[Said, ...]] = {"exchange:act": steps(exchanges.STEPS)}
NUMBERS: Mapping[str, Key] = {"exchange:*": lambda scene, _route, at: exchanges.number(scene, at)}
KEYS: Mapping[str, Key] = {"exchange:*": lambda scene, route, _at: exchanges.key(scene, route)}
