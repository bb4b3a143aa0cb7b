"""How old a debt is, which debt a payment pays first, and when a customer is written to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from guiju.kernel.words import N_
from guiju.line.cashier.rules import Method

# By what an account is paid; credit is what is paid, and a deposit is for a job.
PAID_BY = (Method.CASH, Method.CARD, Method.TRANSFER)


class Age(StrEnum):
    """How late a debt is, as an accountant reads it."""

    NOT_DUE = "NOT_DUE"
    TO_30 = "TO_30"
    TO_60 = "TO_60"
    TO_90 = "TO_90"
    OVER_90 = "OVER_90"


AGE_LABELS: Mapping[Age, str] = {
    Age.NOT_DUE: N_("Not due yet"),
    Age.TO_30: N_("1 to 30 days late"),
    Age.TO_60: N_("31 to 60 days late"),
    Age.TO_90: N_("61 to 90 days late"),
    Age.OVER_90: N_("More than 90 days late"),
}
_LATEST = ((0, Age.NOT_DUE), (30, Age.TO_30), (60, Age.TO_60), (90, Age.TO_90))

# The figures that say after how many days a customer is written to, the friendly letter first.
LEVELS = ("dunning.first_days", "dunning.second_days", "dunning.third_days")
LEVEL_LABELS: Mapping[int, str] = {
    1: N_("Reminder"),
    2: N_("Second reminder"),
    3: N_("Last reminder"),
}


class Entry(StrEnum):
    """Why an account went up or down."""

    CREDIT = "CREDIT"
    COLLECTED = "COLLECTED"
    WRITTEN_OFF = "WRITTEN_OFF"


ENTRY_LABELS: Mapping[Entry, str] = {
    Entry.CREDIT: N_("On credit"),
    Entry.COLLECTED: N_("Payment"),
    Entry.WRITTEN_OFF: N_("Written off"),
}


def age(days_overdue: int) -> Age:
    """How late that is: the day itself is in time, and thirty days late is still of the first thirty."""
    return next((each for most, each in _LATEST if days_overdue <= most), Age.OVER_90)


def aged(debts: Sequence[tuple[int, int]]) -> Mapping[Age, int]:
    """What is owed by how late it is; every age is named.

    debts   what is left, in minor units, and how many days late it is
    """
    sums = dict.fromkeys(Age, 0)
    for left_minor, days in debts:
        sums[age(days)] += left_minor
    return sums


def spread(amount_minor: int, debts: Sequence[tuple[int, int]]) -> Mapping[int, int]:
    """Which debt gets how much of a payment, the first in the list first; a debt that gets nothing is not named.

    debts    the key of each and what is left of it
    raises   ValueError where the payment is more than all of them
    Example: 150 for debts of 100 and 80: the first gets 100, the second 50.
    """
    sums: dict[int, int] = {}
    for key, left_minor in debts:
        part = min(left_minor, amount_minor)
        if part:
            sums[key] = part
        amount_minor -= part
    if amount_minor:
        raise ValueError(amount_minor)
    return sums


def level(days_overdue: int, levels: Sequence[int]) -> int:
    """How far the reminders have come for a debt so late: 0 for none yet.

    levels   after how many days each letter is due, rising
    """
    return sum(days_overdue >= days for days in levels)
