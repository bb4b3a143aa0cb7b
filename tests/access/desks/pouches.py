"""Cash in hand, and petty cash."""

from __future__ import annotations

from collections.abc import Mapping

from tests.access import pouches
from tests.access.said import Key, Said, posted

POSTED: Mapping[str, Said] = posted(pouches.TYPED)
NUMBERS: Mapping[str, Key] = dict.fromkeys(pouches.NUMBERED, lambda scene, _route, at: pouches.number(scene, at))
KEYS: Mapping[str, Key] = {
    **dict.fromkeys(pouches.PAGES, lambda scene, _route, _at: pouches.box(scene)),
    "till:petty_voucher": lambda scene, _route, _at: pouches.voucher(scene),
}
