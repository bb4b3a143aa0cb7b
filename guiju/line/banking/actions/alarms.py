"""What somebody has to look at: raised once by the clock or by a verb, and acknowledged by whoever answers for the outlet."""

from __future__ import annotations

from datetime import date, datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_
from guiju.line.banking import queries
from guiju.line.banking.events import CashAlarmRaised
from guiju.line.banking.models import CashAlarm
from guiju.line.banking.rules import Alarm
from guiju.standing.people.models import Unit


class NotDue(Refusal):
    """It is where it should be by now, or it was said once."""

    sentence = N_("Nothing has to be said of this now.")


def raise_alarm(unit: Unit, *, kind: Alarm, on: date, subject: str, by: Actor, at: datetime) -> CashAlarm:
    """Say that cash is not where it should be by now; each thing once.

    on       the business day that it is about
    subject  the number of the bag or the deposit, or the till
    raises   NotDue
    source   3.10, S6-31, S6-35
    """
    with doing("banking.raise_alarm", unit_id=unit.pk, by=by, at=at, kind=kind, subject=subject) as deed:
        if queries.Due(unit, kind, on, subject) not in queries.due(at, unit=unit):
            raise NotDue
        alarm = tell(unit, kind, on=on, subject=subject, deed=deed)
        if alarm is None:
            raise NotDue
        deed.about(alarm)
    return alarm


def acknowledge(alarm: CashAlarm, *, by: Actor, at: datetime) -> CashAlarm:
    """Somebody has looked at it; again changes nothing."""
    with doing("banking.acknowledge", on=alarm, by=by, at=at):
        CashAlarm.objects.filter(pk=alarm.pk, seen_at__isnull=True).update(seen_by=by.natural_person_id, seen_at=at)
        alarm.refresh_from_db()
    return alarm


def tell(unit: Unit, kind: Alarm, *, on: date, subject: str, deed: Deed) -> CashAlarm | None:
    """The same within another deed; None where it was said before."""
    alarm, is_new = CashAlarm.objects.get_or_create(
        unit=unit, kind=kind, on=on, subject=subject, defaults={"at": deed.at}
    )
    if not is_new:
        return None
    deed.tell(CashAlarmRaised(alarm.pk, str(kind), unit.pk, subject))
    return alarm
