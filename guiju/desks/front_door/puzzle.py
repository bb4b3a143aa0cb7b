"""The proof that asks nobody to read crooked letters: a small sum that a browser does, and that costs a flood its time.

The page gives out a signed puzzle; a script finds the number whose digest with it begins with zeros. We check in one step. The
puzzle is signed with its time, so that none can be made or kept in stock; the request keeps its name, so that each is worth one.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.core import signing

from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_
from guiju.line.intake import rules

SALT = "guiju.front_door.puzzle"
# Long enough to fetch the machine's plate and a child; a shorter stock is no stock.
SECONDS_MAX = 2 * 60 * 60
# Nobody writes down what is wrong in less.
SECONDS_MIN = 3


class OpenTooLong(Refusal):
    """The puzzle is of this morning."""

    sentence = N_("This page was open for very long. What you wrote is still here: please send it again.")
    status = 422


class TooFast(Refusal):
    """No person types like this."""

    sentence = N_("That was very fast. Please look it over, and send it again.")
    status = 422


@dataclass(frozen=True, slots=True)
class Puzzle:
    """One puzzle as a page carries it.

    token    signed: its name, its bits and when it was given
    """

    token: str
    name: str
    bits: int
    given_at: int

    @classmethod
    def new(cls, *, bits: int, at: datetime) -> Self:
        """A puzzle that nobody has seen."""
        name, given_at = secrets.token_urlsafe(12), int(at.timestamp())
        return cls(signing.dumps({"n": name, "b": bits, "t": given_at}, salt=SALT), name, bits, given_at)

    @classmethod
    def read(cls, token: str, *, at: datetime) -> Self | None:
        """The puzzle of ours that came back while it counts; None for any other."""
        try:
            told = signing.loads(token[:400], salt=SALT)
        except signing.BadSignature:
            return None
        puzzle = cls(token, told["n"], told["b"], told["t"])
        return puzzle if 0 <= at.timestamp() - puzzle.given_at <= SECONDS_MAX else None

    def proves(self, answer: str, *, at: datetime) -> bool:
        """Whether it was solved; without a script it cannot be, and the request comes in unproven.

        raises   TooFast
        """
        if at.timestamp() - self.given_at < SECONDS_MIN:
            raise TooFast
        return rules.is_solved(self.token, answer, bits=self.bits)
