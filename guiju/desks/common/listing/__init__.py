"""Every list of the house is declared, and drawn, filtered, sorted, chosen from and taken away in one way."""

from guiju.desks.common.listing.cells import Kind
from guiju.desks.common.listing.declared import Act, Column, Listing, at_slug, declared, register, to
from guiju.desks.common.listing.filters import Choice, Days, Filter, Tick, Words, begins, choices_of
from guiju.desks.common.listing.page import show, shown

__all__ = [
    "Act",
    "Choice",
    "Column",
    "Days",
    "Filter",
    "Kind",
    "Listing",
    "Tick",
    "Words",
    "at_slug",
    "begins",
    "choices_of",
    "declared",
    "register",
    "show",
    "shown",
    "to",
]
