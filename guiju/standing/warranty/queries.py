"""Is this repair free, and why?"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from guiju.kernel import turn
from guiju.kernel.prepared import Prepared
from guiju.kernel.verification import invariant
from guiju.standing.catalogue.models import Appliance, ProductLine
from guiju.standing.policy import queries as policy
from guiju.standing.warranty import rules
from guiju.standing.warranty.models import Pause, RepairWarranty, Terms
from guiju.standing.warranty.rules import Verdict


def judge(appliance: Appliance, *, cause: str = "", fault_family: str = "", on: date) -> Verdict:
    """Say whether the repair of this machine is free on that day, until when, and why.

    cause, fault_family   empty while nobody has looked inside
    source                WTY-1, WTY-6; B06; EX-1
    """
    return rules.decide(facts(appliance, cause=cause, fault_family=fault_family, on=on))


def facts(appliance: Appliance, *, cause: str = "", fault_family: str = "", on: date) -> rules.Facts:
    """All that the verdict is made of. The terms are those of the day of the sale, because they were promised then."""
    sold_on = appliance.purchased_on or appliance.installed_on or on
    terms = terms_for(appliance.line, on=sold_on)
    months = terms.whole_unit_months if terms else None
    version = terms.version if terms else ""
    if months is None:
        figure = policy.figure("warranty.whole_unit_months", unit=appliance.unit, on=sold_on)
        months = int(figure.value)
        version = f"{version}/{figure.version}".strip("/")
    # A card that was made this moment has no past.
    is_new = turn.is_new(appliance)
    pauses = [] if is_new else _PAUSES(appliance=appliance.pk)
    promises = [] if is_new else _PROMISES(appliance=appliance.pk)
    return rules.Facts(
        on=on,
        purchased_on=appliance.purchased_on,
        installed_on=appliance.installed_on,
        starts_by=rules.StartsBy(terms.starts_by) if terms else rules.StartsBy.INVOICE,
        whole_unit_months=months,
        excluded_causes=frozenset(terms.excluded_causes) if terms else rules.EXCLUDED_UNLESS_TERMS_SAY,
        cause=cause,
        fault_family=fault_family,
        breaks=tuple(rules.Break(each.starts_on, each.ends_on) for each in pauses),
        earlier=tuple(
            rules.Earlier(each.order_number, each.fault_family, each.starts_on, each.ends_on) for each in promises
        ),
        version=version,
    )


def terms_for(line: ProductLine, *, on: date) -> Terms | None:
    """The terms of this line on that day, else those for all lines."""
    return min(_TERMS(line=line.pk, on=on), key=lambda terms: terms.line_id is None, default=None)


def _holding(*, line: Any, on: Any) -> QuerySet[Terms]:
    concerning = Q(line_id=line) | Q(line__isnull=True)
    return Terms.objects.filter(concerning, Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on)


_TERMS: Prepared[Terms] = Prepared(_holding)
_PAUSES: Prepared[Pause] = Prepared(
    lambda *, appliance: Pause.objects.filter(appliance_id=appliance).order_by("starts_on", "pk")
)
_PROMISES: Prepared[RepairWarranty] = Prepared(
    lambda *, appliance: RepairWarranty.objects.filter(appliance_id=appliance).order_by("ends_on", "pk")
)


def repair_warranty_days(appliance: Appliance, *, on: date) -> int:
    """For how many days a repair of this machine is promised, when it is handed over on that day."""
    terms = terms_for(appliance.line, on=on)
    if terms is not None and terms.repair_warranty_days is not None:
        return terms.repair_warranty_days
    return int(policy.figure("warranty.repair_warranty_days", unit=appliance.unit, on=on).value)


def repair_warranties(order_number: str) -> list[RepairWarranty]:
    """The promises that came with one repair, labour first, as they are printed (S6-42)."""
    rows = RepairWarranty.objects.filter(order_number=order_number).select_related("part")
    return sorted(rows, key=lambda each: (each.scope != rules.Scope.LABOUR, each.pk))


def of_line(line: ProductLine | None) -> Q:
    """Terms of exactly this line, or those for all."""
    return Q(line=line) if line is not None else Q(line__isnull=True)


@invariant("WTY-1")
def promises_end_when_their_days_are_over() -> Iterator[str]:
    """Each repair warranty ends its days after the hand-over, and is on the machine's own unit's books once."""
    for promise in RepairWarranty.objects.iterator():
        if promise.ends_on != rules.repair_warranty_ends_on(promise.starts_on, days=promise.days):
            yield f"Repair warranty {promise.pk} of {promise.order_number} does not end when its days are over."
