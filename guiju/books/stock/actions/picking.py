"""What is asked of a store, and what is picked for it, in the words of every paper that lets parts out."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.books.stock.models import Bin
from guiju.books.stock.rules import ANY, Which
from guiju.standing.catalogue.models import Part


@dataclass(frozen=True, slots=True)
class Wish:
    """So many of a part."""

    part: Part
    quantity: int


@dataclass(frozen=True, slots=True)
class Pick:
    """So many of a part out of one bin, and which ones."""

    part: Part
    bin: Bin
    quantity: int
    which: Which = ANY
