"""Strangers at the open door are counted, so that nobody floods it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from guiju.kernel import secrets
from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_
from guiju.line.intake.models import Knock
from guiju.line.intake.rules import KNOCKS_OVER, Knocker, window_of
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy

LIMITS = {
    Knocker.ADDRESS: "request.address_limit",
    Knocker.UNPROVEN: "request.unproven_limit",
    Knocker.PHONE: "request.phone_limit",
}
# One statement for any number of processes: whoever counts is counted.
COUNT = """
    INSERT INTO intake_knock AS knock (who, since, until, times) VALUES (%s, %s, %s, 1)
    ON CONFLICT (who, since) DO UPDATE SET times = knock.times + 1
    RETURNING times
"""


class TooMany(Refusal):
    """More than a person sends."""

    sentence = N_(
        "Too many requests came from here just now. Please wait %(minutes)s minutes and send it again, or call us: %(phone)s"
    )
    status = 429


def knock(*, unit: Unit, address: str, phone: str = "", is_proven: bool, at: datetime) -> None:
    """Count one try of a stranger. Outside any deed: a try that is refused counts as well, and leaves no trail to fill.

    address   from which it came, as the network says
    raises    TooMany
    source    T33; limits are policy: request.address_limit, request.unproven_limit, request.phone_limit
    """
    limits = policy.figures(tuple(LIMITS.values()), unit=unit, on=unit.day(at))
    tries = {Knocker.ADDRESS: address, Knocker.PHONE: phone}
    if not is_proven:
        tries[Knocker.UNPROVEN] = address
    for kind, who in tries.items():
        if not who:
            continue
        since = window_of(at, KNOCKS_OVER[kind])
        until = since + KNOCKS_OVER[kind]
        if _count(f"{kind}:{who}", since, until) > int(limits[LIMITS[kind]].value):
            raise TooMany(minutes=-(-(until - at) // timedelta(minutes=1)), phone=unit.phone or "—")


def forget_knocks(*, at: datetime) -> int:
    """Forget what is over; how many rows that were."""
    return Knock.objects.filter(until__lt=at).delete()[0]


def _count(who: str, since: datetime, until: datetime) -> int:
    mark = secrets.mark_of(who.encode("utf-8", "replace"))
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [mark, adapt(since), adapt(until)])
        return int(cursor.fetchone()[0])
