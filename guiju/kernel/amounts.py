"""Money in whole minor units; the one way to round and the one way to share out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from typing import Self

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, get_currency_symbol

# Digits behind the point, from ISO 4217. A currency that is not here is not traded in, and is refused.
EXPONENTS = {
    "CNY": 2,
    "HKD": 2,
    "MOP": 2,
    "TWD": 2,
    "USD": 2,
    "EUR": 2,
    "GBP": 2,
    "SGD": 2,
    "MYR": 2,
    "JPY": 0,
    "KRW": 0,
    "KWD": 3,
}
# The language of nobody: there each currency has a sign of its own.
ROOT = Locale("root")
# Ten million million minor units: above any invoice, and far enough below what a bigint holds that sums of it fit too.
MINOR_MAX = 10**13


@cache
def _sign(currency: str, home: str) -> str:
    # The first two letters of a code are its country's, but for money of no one country, such as EUR.
    try:
        speech = Locale.parse(f"und_{home[:2]}") if currency == home else ROOT
    except (UnknownLocaleError, ValueError):
        speech = ROOT
    return str(get_currency_symbol(currency, speech))


def written(minor: int, currency: str, *, locale: Locale, home: str) -> str:
    """An amount as this language writes it, with a sign that cannot be misread where it stands.

    home   the currency of the place: it has its own short sign, ¥178.00; another has the one that tells it apart, NT$178.00
    """
    text = str(format_currency(Decimal(minor).scaleb(-EXPONENTS[currency]), currency, locale=locale))
    return text.replace(str(get_currency_symbol(currency, locale)), _sign(currency, home))


def round_half_up(value: Decimal) -> int:
    """Round to a whole number; a half goes away from zero, for charges and refunds alike.

    source   2.2 "rounding HALF_UP at line level"
    """
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def allocate(total: int, weights: Sequence[int | Decimal]) -> list[int]:
    """Share a whole out by weight, so that the parts always sum to it.

    Each gets what its weight gives, rounded towards zero; what is left goes one by one to the largest remainders, and among
    equal ones to the first. 100 by 1, 1, 1 is 34, 33, 33.

    raises   ValueError for negative weights, or when nothing carries any
    """
    shares = [Decimal(weight) for weight in weights]
    carried = sum(shares)
    if carried <= 0 or min(shares) < 0:
        raise ValueError("A whole is shared out by weights that are not negative and not all nothing.")
    sign, size = (-1, -total) if total < 0 else (1, total)
    # Fractions are kept exact by multiplying out: no division happens before the remainder is known.
    parts = [divmod(size * share, carried) for share in shares]
    result = [int(part) for part, _remainder in parts]
    order = sorted(range(len(parts)), key=lambda index: (-parts[index][1], index))
    for index in order[: size - sum(result)]:
        result[index] += 1
    return [sign * part for part in result]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the minor unit of its currency (fen, cents), never a fraction of it."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"Money is a whole number of minor units, not {self.minor!r}.")
        if self.currency not in EXPONENTS:
            raise ValueError(f"{self.currency!r} is no currency that is traded in.")

    @classmethod
    def of(cls, text: str | Decimal | int, currency: str) -> Self:
        """Read an amount as people write it: "88", "88.5", "1,234.00".

        raises   ValueError for more digits than the currency has, and for amounts beyond `MINOR_MAX`
        """
        try:
            amount = Decimal(text.replace(",", "").strip() if isinstance(text, str) else text)
        except InvalidOperation:
            raise ValueError(f"{text!r} is not an amount.") from None
        if not amount.is_finite():
            raise ValueError(f"{text!r} is not an amount.")
        minor = amount.scaleb(EXPONENTS[currency])
        if abs(minor) > MINOR_MAX:
            raise ValueError(f"{text!r} is more than any bill.")
        if minor != minor.to_integral_value():
            raise ValueError(f"{currency} has no such small unit as {text!r}.")
        return cls(int(minor), currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in the major unit, with all its digits."""
        return Decimal(self.minor).scaleb(-EXPONENTS[self.currency])

    def __str__(self) -> str:
        return f"{self.decimal} {self.currency}"

    def __bool__(self) -> bool:
        return self.minor != 0

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def times(self, rate: Decimal | int) -> Money:
        """Multiply by a count or a rate, rounded once, half up."""
        return Money(round_half_up(self.minor * Decimal(rate)), self.currency)

    def shared(self, weights: Sequence[int | Decimal]) -> list[Money]:
        """Share out by weight; the parts sum to the whole."""
        return [Money(part, self.currency) for part in allocate(self.minor, weights)]

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise ValueError(f"{self} and {other} are different money.")
        return other.minor
