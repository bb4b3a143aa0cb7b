"""Notes and coins: which there are, what a handful of them is worth, and the fewest that make an amount."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.kernel.amounts import EXPONENTS
from guiju.kernel.refusing import Invalid
from guiju.kernel.words import N_, Sentence

# The notes and coins in use, in minor units, the largest first.
DENOMINATIONS: Mapping[str, tuple[int, ...]] = {
    "CNY": (100_00, 50_00, 20_00, 10_00, 5_00, 1_00, 50, 10),
    "HKD": (1000_00, 500_00, 100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50, 20, 10),
    "MOP": (1000_00, 500_00, 100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50, 20, 10),
    "TWD": (2000_00, 1000_00, 500_00, 200_00, 100_00, 50_00, 20_00, 10_00, 5_00, 1_00),
    "USD": (100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50, 25, 10, 5, 1),
    "EUR": (500_00, 200_00, 100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50, 20, 10, 5, 2, 1),
    "GBP": (50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50, 20, 10, 5, 2, 1),
    "SGD": (1000_00, 100_00, 50_00, 10_00, 5_00, 2_00, 1_00, 50, 20, 10, 5),
    "MYR": (100_00, 50_00, 20_00, 10_00, 5_00, 1_00, 50, 20, 10, 5),
    "JPY": (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 1),
    "KRW": (50_000, 10_000, 5_000, 1_000, 500, 100, 50, 10),
    "KWD": (20_000, 10_000, 5_000, 1_000, 500, 250, 100, 50, 20, 10, 5),
}
# More notes of one kind than lie in any drawer.
PIECES_MAX = 100_000


def worth(pieces: Mapping[int, int], currency: str, *, field: str = "pieces") -> int:
    """What a handful is worth, in minor units.

    pieces   how many of each note and coin: {denomination in minor units: how many}
    raises   Invalid for a note that is not in use, and for a number that nobody counts
    """
    for denomination, count in pieces.items():
        if denomination not in DENOMINATIONS[currency]:
            raise Invalid(Sentence(N_("There is no such note or coin.")), field=field)
        if not 0 <= count <= PIECES_MAX:
            raise Invalid(Sentence(N_("Count the notes and coins again.")), field=field)
    return sum(denomination * count for denomination, count in pieces.items())


def fewest(amount_minor: int, currency: str) -> dict[int, int]:
    """The fewest notes and coins that make the amount; what is smaller than the smallest coin is left out."""
    found: dict[int, int] = {}
    for denomination in DENOMINATIONS[currency]:
        count, amount_minor = divmod(amount_minor, denomination)
        if count:
            found[denomination] = count
    return found


def likely_notes(owed_minor: int, currency: str) -> list[int]:
    """What a customer most often lays down: exactly that, and the next round amounts of 10, 50 and 100 of the currency's main unit.

    Example: of 61.00 these are 61, 70, 100.
    """
    unit = 10 ** EXPONENTS[currency]
    rounded = (-(-owed_minor // (step * unit)) * step * unit for step in (10, 50, 100))
    return list(dict.fromkeys((owed_minor, *rounded)))


def kept_pieces(pieces: Mapping[int, int]) -> dict[str, int]:
    """As they are kept in a row: the largest first, and nothing of which there is none."""
    return {
        str(denomination): pieces[denomination] for denomination in sorted(pieces, reverse=True) if pieces[denomination]
    }
