"""The words of an order's codes as a paper prints them: those that the desks say, so that paper and screen never differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from guiju.kernel.words import N_
from guiju.line.workorder.rules import CHANNEL_LABELS, FEE_COLLECTION_LABELS, MODE_LABELS
from guiju.line.workshop.models.quotes import Covered
from guiju.standing.warranty.rules import LABELS as COVERAGE_LABELS
from guiju.standing.warranty.rules import PAYER_LABELS

# Short, unlike the catalogue's own "piece" and "gram": they stand behind a figure in a column of an 80 mm roll.
UNITS: Mapping[str, str] = {"PIECE": N_("pc"), "GRAM": N_("g"), "MM": N_("mm"), "ML": N_("ml")}


def channel_word(code: str) -> str:
    """How the customer came."""
    return _word(CHANNEL_LABELS, code)


def mode_word(code: str) -> str:
    """How the appliance comes and goes."""
    return _word(MODE_LABELS, code)


def fee_word(code: str) -> str:
    """When the customer pays."""
    return _word(FEE_COLLECTION_LABELS, code)


def coverage_word(code: str) -> str:
    """Who pays."""
    return _word(COVERAGE_LABELS, code)


def paid_by(line: Covered) -> str:
    """Who pays instead of the customer, and by which clause."""
    return f"{gettext(PAYER_LABELS[line.paid.payer])}: {line.paid.proof.said} {line.paid.proof.source}".strip()


def unit_word(code: str) -> str:
    """The base unit of a part; a service, which is done so many times, has none."""
    return _word(UNITS, code) if code else ""


def _word(words: Mapping[Any, str], code: str) -> str:
    return gettext(words.get(code, code))
