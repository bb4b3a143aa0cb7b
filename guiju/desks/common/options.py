"""The options of a quote side by side, as a page shows them: each with its own lines, sums, time, warranty and deposit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from guiju.desks.common import words
from guiju.line.workshop.models import Quote, QuoteLine
from guiju.line.workshop.models.quotes import Covered
from guiju.line.workshop.rules import OPTION_LABELS, OptionKind, QuoteState

LETTERS = "ABC"


@dataclass(frozen=True)
class Shown:
    """One option; where there is only one, it has no letter."""

    place: int
    letter: str
    name: str
    note: str
    lines: Sequence[QuoteLine]
    covered_lines: Sequence[Covered]
    currency: str
    total_minor: int
    discount_minor: int
    discount_reason: str
    service_hours: int
    repair_warranty_days: int
    deposit_minor: int

    @property
    def label(self) -> str:
        """In one line, to choose from."""
        return f"{self.letter} · {self.name} · {words.money(self.total_minor, self.currency)}"


def shown_options(quote: Quote) -> list[Shown]:
    """What stands on the quote; once it was approved, what was agreed to alone. Only several options are asked for."""
    if not quote.has_options or quote.state == QuoteState.APPROVED:
        return [_of_quote(quote)]
    return [_of_option(quote, each.place) for each in sorted(quote.options.all(), key=lambda each: each.place)]


def _of_quote(quote: Quote) -> Shown:
    return Shown(
        quote.place, "", gettext(OPTION_LABELS[OptionKind(quote.kind)]), "", quote.lines_of(), quote.covered_lines,
        quote.currency, quote.total_minor, quote.discount_minor, quote.discount_reason, quote.service_hours,
        quote.repair_warranty_days, quote.deposit_minor,
    )  # fmt: skip


def _of_option(quote: Quote, place: int) -> Shown:
    option = quote.option(place)
    reason = quote.discount_reason if option.discount_minor else ""
    return Shown(
        place, LETTERS[place - 1], gettext(OPTION_LABELS[OptionKind(option.kind)]), option.note, quote.lines_of(place),
        quote.covered_of(place), quote.currency, option.total_minor, option.discount_minor, reason, option.service_hours,
        option.repair_warranty_days, option.deposit_minor,
    )  # fmt: skip


def place_asked(asked: str | None, quote: Quote | None) -> int | None:
    """The option that somebody chose on the page, if it is one of them; where there is only one, that one."""
    if quote is None:
        return None
    if not quote.has_options:
        return quote.place
    places = {str(line.place): line.place for line in quote.lines.all()}
    return places.get(asked or "")
