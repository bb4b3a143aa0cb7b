"""How a price list is written, examined, agreed to, shown and taken down, and how prices are held to it."""

from guiju.standing.pricing.actions.displaying import NothingInForce, ShownAlready, prove_display
from guiju.standing.pricing.actions.guarding import PriceOutsideList, hold_to_list
from guiju.standing.pricing.actions.leaflets import BoxedAlready, NothingForModel, make_leaflet
from guiju.standing.pricing.actions.showing import (
    ListsOverlap,
    NothingPriced,
    SamePerson,
    StartsInPast,
    Unfit,
    approve,
    check,
    publish,
    reopen,
    retire,
)
from guiju.standing.pricing.actions.writing import PricedAlready, add_line, draft_list, remove_line

__all__ = [
    "BoxedAlready",
    "ListsOverlap",
    "NothingForModel",
    "NothingInForce",
    "NothingPriced",
    "PriceOutsideList",
    "PricedAlready",
    "SamePerson",
    "ShownAlready",
    "StartsInPast",
    "Unfit",
    "add_line",
    "approve",
    "check",
    "draft_list",
    "hold_to_list",
    "make_leaflet",
    "prove_display",
    "publish",
    "remove_line",
    "reopen",
    "retire",
]
