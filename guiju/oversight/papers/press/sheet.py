"""Facts become the words and figures of one language: the typesetter gets text only, never a number to reckon with.

What a value is follows from the name of its field (``_minor`` money, ``_at`` moment, ``_on`` day): the house names
units last, so the name can be trusted, and a new paper needs no code here.
"""

import inspect
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, get_currency_precision

from guiju.kernel.amounts import written
from guiju.kernel.words import Sentence
from guiju.oversight.papers.press.pictures import code_of, picture_svg
from guiju.oversight.papers.rules import Customer, Letterhead, last_digits, masked

Text = str | bool | None | list["Text"] | dict[str, "Text"]
"""All that a page is made of."""

LOCALES: Mapping[str, str] = {"en": "en_GB", "zh-hans": "zh_Hans_CN", "zh-hant": "zh_Hant_TW"}

UNBROKEN_MAX = 36
"""Letters in a row that still fit the narrowest column of A4; longer runs get places to break."""

UNBROKEN = re.compile(rf"[!-~]{{{UNBROKEN_MAX},}}")

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Characters that print nothing, and those that turn the direction of the text and so could forge a figure."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How one paper speaks: its language, its currency and its clock."""

    locale: Locale
    currency: str
    zone: ZoneInfo

    @classmethod
    def of(cls, letterhead: Letterhead, language: str) -> "Voice":
        """The voice of a letterhead in one of the three languages."""
        return cls(Locale.parse(LOCALES[language]), letterhead.currency, ZoneInfo(letterhead.time_zone))

    def money(self, minor: int) -> Text:
        """An amount twice: bare for a column whose head names the currency, and with its sign for a total."""
        exponent = get_currency_precision(self.currency)
        amount = Decimal(minor).scaleb(-exponent)
        pattern = "#,##0." + "0" * exponent if exponent else "#,##0"
        return {
            "figure": format_decimal(amount, pattern, locale=self.locale),
            "full": written(minor, self.currency, locale=self.locale, home=self.currency),
            "is_zero": minor == 0,
            "is_negative": minor < 0,
        }

    def number(self, value: int | Decimal) -> str:
        """A count or measure with all the places it was given."""
        places = max(0, -int(Decimal(value).as_tuple().exponent))
        return format_decimal(value, "#,##0." + "0" * places if places else "#,##0", locale=self.locale)

    def day(self, on: date) -> str:
        """A calendar day, the month in words where the language has them, so that 3/6 is never read as 6/3."""
        return format_date(on, "medium", locale=self.locale)

    def moment(self, at: datetime) -> str:
        """A moment by the outlet's clock, to the minute.

        raises   ValueError for a moment without a zone: its day would be a guess
        """
        if at.tzinfo is None:
            raise ValueError("a moment on a paper needs a time zone")
        local = at.astimezone(self.zone)
        return f"{self.day(local.date())} {time(local.hour, local.minute):%H:%M}"


def tell(value: object, voice: Voice, name: str = "") -> Text:
    """Turn facts into text, field by field."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Customer):
        return tell_customer(value, voice)
    # A sentence is a dataclass too, but it speaks for itself.
    if is_dataclass(value) and not isinstance(value, type | Sentence):
        return {known: tell(getattr(value, known), voice, known) for known in names_of(value)} | codes_of(value)
    if isinstance(value, tuple):
        return [tell(item, voice, name) for item in value]
    if isinstance(value, bytes):
        return picture_svg(value, is_logo=name == "brand_logo")
    return tell_plain(value, voice, name)


def tell_plain(value: object, voice: Voice, name: str) -> Text:
    """Turn one value into text."""
    if isinstance(value, int) and name.endswith("_minor"):
        return voice.money(value)
    if name.endswith("_per_mille"):
        # A place on a sketch is for the typesetter to measure, not for a reader: no thousands separator.
        return str(value)
    if isinstance(value, int | Decimal):
        return voice.number(value)
    if isinstance(value, datetime):
        return voice.moment(value)
    if isinstance(value, date):
        return voice.day(value)
    return breakable(CONTROL.sub("", str(value)))


def tell_customer(customer: Customer, voice: Voice) -> Text:
    """The customer with a masked telephone number: the full one stays on this side of the press."""
    return {
        "name": tell(customer.name, voice),
        "phone": masked(customer.phone),
        "phone_last": last_digits(customer.phone),
        "address": tell(customer.address, voice),
    }


def names_of(facts: object) -> list[str]:
    """What a set of facts says: its fields, and the sums that it draws from them. An address is for its code alone."""
    return _names_of(type(facts))  # type: ignore[arg-type]  # mypy takes a class's own __hash__ for that of its rows


@cache
def _names_of(kind: type) -> list[str]:
    sums = [name for name, _ in inspect.getmembers(kind, lambda member: isinstance(member, property))]
    return [field.name for field in fields(kind) if not field.name.endswith("_url")] + sums


def codes_of(facts: object) -> dict[str, Text]:
    """An address is printed as its code and nothing else: ``status_url`` becomes ``status_code``."""
    addresses = [field.name for field in fields(facts) if field.name.endswith("_url")]  # type: ignore[arg-type]
    return {f"{name.removesuffix('_url')}_code": _code(getattr(facts, name)) for name in addresses}


def _code(url: str | None) -> Text:
    return {**code_of(url)} if url else None


def breakable(text: str) -> str:
    """Let a run of letters too long for any line break, so that it can't print over its neighbour."""
    return UNBROKEN.sub(lambda run: "\u200b".join(re.findall(rf".{{1,{UNBROKEN_MAX // 3}}}", run.group())), text)
