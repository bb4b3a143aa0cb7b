"""The verdict of a final test; how a value is judged stands with the work order, where the bench finds it too."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from guiju.kernel.words import N_
from guiju.line.workorder.rules import ItemKind, Limit, Reading, Verdict, judge, parse

__all__ = [
    "FAILURES_BEFORE_REVIEW",
    "RESULT_LABELS",
    "ItemKind",
    "Limit",
    "Reading",
    "Result",
    "Verdict",
    "judge",
    "parse",
]

# 3.2: from the second failure on, a senior technician or the manager looks at it.
FAILURES_BEFORE_REVIEW = 2


class Result(StrEnum):
    """How a final test ended."""

    PASS = "PASS"  # noqa: S105 - a verdict, not a password
    FAIL = "FAIL"


RESULT_LABELS: Mapping[Result, str] = {Result.PASS: N_("Passed"), Result.FAIL: N_("Failed")}
