"""Petty cash: a box with a float of its own, never out of takings (FIN-3). Plain values in and out."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from guiju.kernel.words import N_


class BoxState(StrEnum):
    """Whether a box is in use."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"


class Expense(StrEnum):
    """What petty cash is spent on."""

    POSTAGE = "POSTAGE"
    TRANSPORT = "TRANSPORT"
    OFFICE = "OFFICE"
    CLEANING = "CLEANING"
    TOOLS = "TOOLS"
    REFRESHMENTS = "REFRESHMENTS"
    OTHER = "OTHER"


EXPENSE_LABELS: Mapping[Expense, str] = {
    Expense.POSTAGE: N_("Post and couriers"),
    Expense.TRANSPORT: N_("Bus, taxi, parking"),
    Expense.OFFICE: N_("Paper and office supplies"),
    Expense.CLEANING: N_("Cleaning"),
    Expense.TOOLS: N_("Small tools and consumables"),
    Expense.REFRESHMENTS: N_("Tea and water"),
    Expense.OTHER: N_("Something else"),
}


class Entry(StrEnum):
    """What a line of the book of a box says."""

    FLOAT = "FLOAT"
    EXPENSE = "EXPENSE"
    COUNT = "COUNT"
    BACK = "BACK"


ENTRY_LABELS: Mapping[Entry, str] = {
    Entry.FLOAT: N_("Topped up by finance"),
    Entry.EXPENSE: N_("Petty expense"),
    Entry.COUNT: N_("Counted"),
    Entry.BACK: N_("Float given back"),
}


class SpendState(StrEnum):
    """Where an expense stands: up to the limit it is paid at once, above it another approves."""

    ASKED = "ASKED"
    PAID = "PAID"
    REJECTED = "REJECTED"


SPEND_LABELS: Mapping[SpendState, str] = {
    SpendState.ASKED: N_("Waits for approval"),
    SpendState.PAID: N_("Paid"),
    SpendState.REJECTED: N_("Not approved"),
}
