"""Purchases in pieces: each stays under a limit by itself, and together, within thirty days, they pass it (PUR-6, J08)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from guiju.readiness.supply.rules.reckoning import TOGETHER_DAYS, Asked


@dataclass(frozen=True)
class Piece:
    """One request, as far as it is about one category."""

    number: str
    amount_minor: int
    on: date


@dataclass(frozen=True)
class Split:
    """Several requests that look like one.

    limit    the key of the highest limit that each keeps to alone and all pass together
    pieces   the earliest first, at least two
    """

    category: str
    limit: str
    limit_minor: int
    pieces: tuple[Piece, ...]

    @property
    def total_minor(self) -> int:
        """What they come to together."""
        return sum(each.amount_minor for each in self.pieces)


def splits(asked: Iterable[Asked], limits: Mapping[str, int]) -> list[Split]:
    """What one unit asked for in pieces, the largest first; the same requests are told once, by the highest limit.

    limits   by their key: the most that one purchase may come to without passing it
    """
    sums: dict[str, dict[tuple[date, str], int]] = defaultdict(lambda: defaultdict(int))
    for each in asked:
        sums[each.category][each.on, each.number] += each.amount_minor
    found = [
        split
        for category, pieces in sums.items()
        for split in _of_category(category, [Piece(number, pieces[on, number], on) for on, number in sorted(pieces)], limits)
    ]  # fmt: skip
    return sorted(found, key=lambda each: (-each.total_minor, each.category))


def _of_category(category: str, pieces: Sequence[Piece], limits: Mapping[str, int]) -> list[Split]:
    """The windows of thirty days, the latest first; one that lies within another that was found says nothing new."""
    found: list[Split] = []
    for last in reversed(range(len(pieces))):
        first = pieces[last].on - timedelta(days=TOGETHER_DAYS - 1)
        window = [each for each in pieces[: last + 1] if each.on >= first]
        if len(window) > 1 and not any(set(window) <= set(each.pieces) for each in found):
            found.extend(_past(category, window, limits))
    return found


def _past(category: str, window: Sequence[Piece], limits: Mapping[str, int]) -> list[Split]:
    """The highest limit that the small ones of the window pass together; a large one was judged by that limit anyway."""
    for key, most in sorted(limits.items(), key=lambda each: (-each[1], each[0])):
        small = tuple(each for each in window if each.amount_minor <= most)
        if len(small) > 1 and sum(each.amount_minor for each in small) > most:
            return [Split(category, key, most, small)]
    return []
