"""How telephone numbers are read and shown. Plain values in and out."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from guiju.kernel.words import N_, Sentence


class Kind(StrEnum):
    """Who the customer is in law."""

    PERSON = "PERSON"
    COMPANY = "COMPANY"


LABELS: Mapping[Kind, str] = {Kind.PERSON: N_("Person"), Kind.COMPANY: N_("Company")}
CHOICES_OF_KIND = [(kind.value, LABELS[kind]) for kind in Kind]

# What a clerk says when the customer asks why we want the number; a shop with another purpose gives its own words.
PURPOSE = N_("To repair the appliance and to reach its owner about it.")

# Signs that a card, a ticket and a label can show.
NAME_LONGEST = 120

# No number of any country is longer than 15 digits (E.164); with signs, spaces and an extension a person types at most this much.
TYPED_LENGTH_MAX = 40

# The numbering plans of places that ISO 3166-2 also lists under China.
_OWN_PLANS = {"TW": "TW", "CN-TW": "TW", "HK": "HK", "CN-HK": "HK", "MO": "MO", "CN-MO": "MO"}


@dataclass(frozen=True)
class Reading:
    """A number as it is kept, or why it can't be one."""

    e164: str
    because: tuple[Sentence, ...] = ()

    @property
    def refused(self) -> bool:
        """True when what was typed is no telephone number."""
        return bool(self.because)


def region_of(jurisdiction: str) -> str:
    """Whose numbering plan a number without a country code belongs to: CN-44 is CN; Taiwan and Hong Kong have their own."""
    if jurisdiction in _OWN_PLANS:
        return _OWN_PLANS[jurisdiction]
    country = jurisdiction[:2].upper()
    return country if country in phonenumbers.SUPPORTED_REGIONS else "CN"


def read(typed: str, *, region: str) -> Reading:
    """Read what a person typed as a number that can be dialled from anywhere.

    region   two letters, ISO 3166-1: where a number without a country code is
    """
    refused = Reading(
        "",
        (Sentence(N_("%(typed)s is not a telephone number that can be called."), {"typed": typed[:TYPED_LENGTH_MAX]}),),
    )
    if len(typed) > TYPED_LENGTH_MAX:
        return refused
    try:
        number = phonenumbers.parse(typed, region)
    except NumberParseException:
        return refused
    if not phonenumbers.is_valid_number(number) or number.extension:
        return refused
    return Reading(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def digits_of(e164: str) -> str:
    """The digits by which a number is found: with the country code, and as it is dialled at home."""
    return f"{e164.removeprefix('+')} {at_home(e164)}"


def fragment_of(typed: str) -> str | None:
    """The digits of a piece of a number, or None when letters say that no number is meant."""
    digits = "".join(str(int(c)) for c in typed if c.isdecimal())
    if not digits or any(c.isalpha() for c in typed):
        return None
    return digits.removeprefix("00") if len(digits) > 2 else digits


def mask(e164: str) -> str:
    """A number as lists show it: enough to recognise, too little to call. 138****5678"""
    digits = at_home(e164)
    shown_first, shown_last = (3, 4) if len(digits) >= 10 else (2, 2)
    return f"{digits[:shown_first]}{'*' * (len(digits) - shown_first - shown_last)}{digits[-shown_last:]}"


def spell(e164: str) -> str:
    """A number as a person reads it aloud: +86 138 1234 5678."""
    return phonenumbers.format_number(phonenumbers.parse(e164), PhoneNumberFormat.INTERNATIONAL)


def at_home(e164: str) -> str:
    """The digits that are dialled in the number's own country: 13812345678."""
    number = phonenumbers.parse(e164)
    written = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    return "".join(c for c in written if c.isdigit())
