"""The words of an order's codes as a paper prints them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext

from guiju.kernel.words import N_

CHANNELS: Mapping[str, str] = {
    "COUNTER": N_("Counter"),
    "PHONE": N_("Telephone"),
    "WEB": N_("Web"),
    "QR": N_("QR code"),
    "CHAT": N_("Chat"),
    "EMAIL": N_("E-mail"),
    "API": N_("Program"),
}
MODES: Mapping[str, str] = {
    "CARRY_IN": N_("Carry-in repair"),
    "PICK_UP": N_("Pick-up repair"),
    "ON_SITE": N_("On-site repair"),
    "MAIL_IN": N_("Mail-in repair"),
}
FEES: Mapping[str, str] = {
    "ON_COLLECTION": N_("On collection"),
    "ON_QUOTE": N_("When the quote is approved"),
    "DEPOSIT": N_("With a deposit"),
    "CREDIT": N_("On credit"),
}
COVERAGES: Mapping[str, str] = {
    "UNDETERMINED": N_("Coverage not decided"),
    "IN_WARRANTY": N_("In warranty"),
    "OUT_OF_WARRANTY": N_("Out of warranty"),
    "REPAIR_WARRANTY": N_("Repair warranty"),
    "CONTRACT": N_("Service contract"),
    "GOODWILL": N_("Goodwill"),
    "DISPUTED": N_("In dispute"),
}
UNITS: Mapping[str, str] = {"PIECE": N_("pc"), "GRAM": N_("g"), "MM": N_("mm"), "ML": N_("ml"), "": N_("×")}


def _word(words: Mapping[str, str], code: str) -> str:
    return gettext(words.get(code, code)) if code or "" in words else ""


def channel_word(code: str) -> str:
    """How the customer came."""
    return _word(CHANNELS, code)


def mode_word(code: str) -> str:
    """How the appliance comes and goes."""
    return _word(MODES, code)


def fee_word(code: str) -> str:
    """When the customer pays."""
    return _word(FEES, code)


def coverage_word(code: str) -> str:
    """Who pays."""
    return _word(COVERAGES, code)


def unit_word(code: str) -> str:
    """The base unit of a part; a service is done so many times."""
    return _word(UNITS, code)
