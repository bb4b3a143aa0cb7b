"""Receipts are numbered without a gap per till and day, and the number names the till (FIN-4)."""

from __future__ import annotations

from datetime import datetime

from guiju.kernel.numbering import next_number, next_number_of_day
from guiju.line.cashier.models import TillSession
from guiju.standing.people.models import Unit


def receipt_number(series: str, *, unit: Unit, session: TillSession | None, at: datetime) -> str:
    """The next number: `RC-FS01.T1-20261201-00001` of a till's day, `RC-FS01-20261201-00001` of the outlet's year without a till.

    unit   the outlet whose job it is
    """
    if session is None:
        return next_number(series, unit.code, unit.day(at))
    till = session.till
    outlet = unit if till.unit_id == unit.pk else till.unit
    return next_number_of_day(series, f"{outlet.code}.{till.code}", outlet.day(at), place=till.reference)
