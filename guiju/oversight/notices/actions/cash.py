"""Our own people are told of cash that is not where it should be by now; each thing once."""

from __future__ import annotations

from datetime import datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.line.banking.models import CashAlarm
from guiju.oversight.notices import queries
from guiju.oversight.notices.actions.alarms import tell_people
from guiju.oversight.notices.models import StoreAlarm
from guiju.oversight.notices.rules import Alarm


def warn_of_cash(alarm: CashAlarm, *, by: Actor, at: datetime) -> list[StoreAlarm]:
    """Tell everybody whom it concerns; of a pouch also whoever has it in hand. Nobody hears the same twice.

    raises   NobodyToWarn
    source   3.10, S6-31, S6-35
    """
    kind = Alarm(alarm.kind)
    with doing("notices.warn_of_cash", on=alarm, by=by, at=at, kind=kind) as deed:
        told = StoreAlarm.objects.filter(cash=alarm)
        people = queries.to_be_told(kind, alarm.unit, told, at=at)
        if kind == Alarm.POUCH_LATE:
            people += queries.holder_to_be_told(alarm, besides=people)
        rows = tell_people(people, alarm.unit, kind, at, on=alarm.on, cash=alarm, detail=alarm.subject)
        deed.note(warned=[person.number for person in people])
    return rows
