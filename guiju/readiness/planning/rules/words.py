"""The words of planning: kinds of demand, states of a suggestion, reasons; and the bounds that the kinds are told by."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from guiju.kernel.words import N_

# Syntetos, Boylan & Croston 2005: asked for in three periods of four is often; sizes whose CV² is under one half are even.
GAP_OFTEN = 1.32
CV2_EVEN = 0.49
# Fewer known periods than these tell no kind from another.
HISTORY_SHORT = 12


class Kind(StrEnum):
    """How a part is asked for."""

    SMOOTH = "SMOOTH"
    ERRATIC = "ERRATIC"
    INTERMITTENT = "INTERMITTENT"
    LUMPY = "LUMPY"
    NEW = "NEW"
    NONE = "NONE"


KIND_LABELS: Mapping[Kind, str] = {
    Kind.SMOOTH: N_("Often and even"),
    Kind.ERRATIC: N_("Often and uneven"),
    Kind.INTERMITTENT: N_("Now and then"),
    Kind.LUMPY: N_("Now and then, uneven"),
    Kind.NEW: N_("Short history"),
    Kind.NONE: N_("Never asked for"),
}
