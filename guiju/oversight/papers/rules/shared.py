"""What stands on several papers: the letterhead, the customer, the device, a signature.

The names carry the units, and the press prints by them: ``…_minor`` is money in the letterhead's currency,
``…_at`` a moment told in the letterhead's time zone, ``…_on`` a calendar day.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

HIDDEN_DIGITS_MIN = 4
"""Digits of a telephone number that no paper shows: fewer could be found by ringing round."""

SHOWN_LAST_MAX = 4
"""The customer recognises a number by its end; the claim tag asks for these digits."""

SHOWN_FIRST_MAX = 3
"""A mainland mobile number starts with three digits of its network, which point to nobody."""


class DoesNotAddUp(ValueError):
    """The total on the paper is not the sum of its lines."""


class Words(Protocol):
    """Text, or a sentence or label that is worded only when it is printed, in the language of the paper."""

    def __str__(self) -> str:
        """Word it in the language that is active."""


class Size(StrEnum):
    """What the paper is printed on."""

    A4 = "a4"
    A5 = "a5"
    ROLL_80MM = "roll-80mm"
    LABEL_50X30MM = "label-50x30mm"
    LABEL_60X40MM = "label-60x40mm"
    LABEL_70X50MM = "label-70x50mm"

    @property
    def millimetres(self) -> str:
        """Of a label, as people say it: 60 × 40 mm."""
        return self.removeprefix("label-").removesuffix("mm").replace("x", " × ") + " mm"


class AccessoryKind(StrEnum):
    """Which picture stands for an accessory on the device's label."""

    CHARGER = "charger"
    CABLE = "cable"
    BATTERY = "battery"
    REMOTE = "remote"
    MANUAL = "manual"
    BAG = "bag"
    STORAGE = "storage"
    KEY = "key"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What stands at the head and foot of every paper.

    status_url   ends in an opaque token of 128 bits; nothing personal may stand in it
    time_zone    IANA name of the outlet's zone
    version      of the price list or rule that the paper follows
    brand_logo   PNG, JPEG, GIF or WebP
    """

    brand_name: Words
    outlet_name: Words
    licence_number: str
    number: str
    status_url: str
    time_zone: str
    currency: str
    printed_at: datetime
    printed_by: Words
    version: str | None = None
    outlet_address: Words | None = None
    outlet_phone: str | None = None
    outlet_hours: Words | None = None
    complaint_phone: str | None = None
    brand_logo: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Who brought the device. The press masks the telephone number; the full one never reaches a page."""

    name: Words
    phone: str
    address: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """What was brought, by its short name and its plate."""

    name: Words
    brand: Words
    product_line: Words | None = None
    model: str | None = None
    serial_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who agreed, how (by hand, by one-time code, recorded) and when."""

    signed_by: Words
    method: Words
    signed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Accessory:
    """Something handed in with the device."""

    name: Words
    quantity: int = 1
    kind: AccessoryKind = AccessoryKind.OTHER
    note: Words | None = None


def must_equal(stated_minor: int, summed_minor: int) -> None:
    """Refuse a paper whose total is not the sum of its lines (G-7).

    raises   DoesNotAddUp
    """
    if stated_minor != summed_minor:
        raise DoesNotAddUp(f"the paper states {stated_minor}, its lines make {summed_minor}")


def last_digits(phone: str) -> str:
    """The end of a telephone number, by which its owner knows it; shorter for a short number."""
    digits = "".join(character for character in phone if character.isdigit())
    shown = max(0, min(SHOWN_LAST_MAX, len(digits) - HIDDEN_DIGITS_MIN))
    return digits[len(digits) - shown :]


def masked(phone: str) -> str:
    """A telephone number of which at least four digits are stars; one that is masked already stays as it is."""
    digits = "".join(character for character in phone if character.isdigit())
    if phone.count("*") >= HIDDEN_DIGITS_MIN and len(digits) <= SHOWN_FIRST_MAX + SHOWN_LAST_MAX:
        return phone
    last = last_digits(phone)
    shown_first = max(0, min(SHOWN_FIRST_MAX, len(digits) - len(last) - HIDDEN_DIGITS_MIN))
    return digits[:shown_first] + "*" * (len(digits) - shown_first - len(last)) + last
