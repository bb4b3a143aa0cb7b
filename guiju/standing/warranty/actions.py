"""What is promised with a repair, and what stops the warranty's clock."""

from collections.abc import Iterable
from datetime import date, datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.prepared import Prepared
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.standing.catalogue.models import Appliance, Part, ProductLine
from guiju.standing.catalogue.rules import Cause
from guiju.standing.warranty import queries, rules
from guiju.standing.warranty.models import Pause, RepairWarranty, Terms


class RepairWarrantyTooShort(Refusal):
    """Less than the law lets anybody promise."""

    sentence = N_("A repair is warranted for at least %(least)s days.")
    field = "repair_warranty_days"
    status = 422


class TermsTaken(Refusal):
    """Two sets of terms for one product line on one day, or two of one version."""

    sentence = N_("Other terms of this product line hold on some of these days, or have this version.")
    field = "starts_on"


def set_terms(
    *,
    line: ProductLine | None,
    version: str,
    starts_on: date,
    whole_unit_months: int | None = None,
    starts_by: str = rules.StartsBy.INVOICE,
    excluded_causes: Iterable[str] = rules.EXCLUDED_UNLESS_TERMS_SAY,
    repair_warranty_days: int | None = None,
    by: Actor,
    at: datetime,
) -> Terms:
    """Promise something to those who buy from a day on; the terms before end on that day.

    line        None: for every line without terms of its own
    whole_unit_months, repair_warranty_days
                None: what the dated figures of the policy say
    raises      RepairWarrantyTooShort, TermsTaken, Invalid
    source      TG-3, TG-4, TG-11, TG-14; WTY-6
    """
    with doing("warranty.set_terms", by=by, at=at) as deed:
        causes = sorted(excluded_causes)
        if unknown := set(causes) - set(Cause):
            said = {"cell": ", ".join(sorted(unknown)), "words": ", ".join(Cause)}
            raise Invalid(Sentence(N_("%(cell)s is not one of %(words)s."), said), field="excluded_causes")
        if repair_warranty_days is not None:
            _refuse_short(repair_warranty_days)
        before = Terms.objects.filter(queries.of_line(line), ends_on__isnull=True, starts_on__lt=starts_on)
        before.update(ends_on=starts_on)
        with refusing(warranty_terms_of_a_line_never_overlap=TermsTaken, warranty_terms_version=TermsTaken):
            terms = Terms.objects.create(
                line=line,
                version=version,
                whole_unit_months=whole_unit_months,
                starts_by=rules.StartsBy(starts_by),
                excluded_causes=causes,
                repair_warranty_days=repair_warranty_days,
                starts_on=starts_on,
            )
        deed.about(terms)
    return terms


def start_repair_warranty(
    appliance: Appliance,
    *,
    order_number: str,
    fault_family: str = "",
    part: Part | None = None,
    handed_over_on: date | None = None,
    days: int | None = None,
    by: Actor,
    at: datetime,
) -> RepairWarranty:
    """Promise that the repair holds, from the hand-over on; the same promise for the same order is made once.

    part            None: the labour
    handed_over_on  the unit's day of `at` unless given
    days            what the terms or the policy say unless given; at least 30
    raises          RepairWarrantyTooShort
    source          S6-42, TG-11; EX-7
    """
    with doing("warranty.start_repair_warranty", on=appliance, by=by, at=at, order=order_number) as deed:
        starts_on = handed_over_on or appliance.unit.day(at)
        if days is None:
            days = queries.repair_warranty_days(appliance, on=starts_on)
        _refuse_short(days)
        scope = rules.Scope.PART if part else rules.Scope.LABOUR
        promise, _ = RepairWarranty.objects.get_or_create(
            order_number=order_number,
            scope=scope,
            part=part,
            defaults={
                "appliance": appliance,
                "fault_family": fault_family,
                "days": days,
                "starts_on": starts_on,
                "ends_on": rules.repair_warranty_ends_on(starts_on, days=days),
            },
        )
        deed.note(scope=scope, starts_on=promise.starts_on, ends_on=promise.ends_on)
    return promise


def start_repair_warranties(
    appliance: Appliance,
    *,
    order_number: str,
    parts: Iterable[Part | None],
    fault_family: str,
    handed_over_on: date,
    days: int,
    by: Actor,
    at: datetime,
) -> list[RepairWarranty]:
    """The same for a whole repair at once, each promise as a deed of its own; `None` among the parts is the labour.

    raises   RepairWarrantyTooShort
    """
    _refuse_short(days)
    standing = {each.part_id: each for each in _PROMISED(order_number=order_number)}
    made = []
    for part in parts:
        scope = rules.Scope.PART if part else rules.Scope.LABOUR
        with doing("warranty.start_repair_warranty", on=appliance, by=by, at=at, order=order_number) as deed:
            promise = standing.get(part.pk if part else None) or RepairWarranty(
                appliance=appliance,
                order_number=order_number,
                scope=scope,
                part=part,
                fault_family=fault_family,
                days=days,
                starts_on=handed_over_on,
                ends_on=rules.repair_warranty_ends_on(handed_over_on, days=days),
            )
            deed.note(scope=scope, starts_on=promise.starts_on, ends_on=promise.ends_on)
        made.append(promise)
    RepairWarranty.objects.bulk_create([each for each in made if each.pk is None])
    return made


_PROMISED: Prepared[RepairWarranty] = Prepared(
    lambda *, order_number: RepairWarranty.objects.filter(order_number=order_number)
)


def open_pause(
    appliance: Appliance, *, order_number: str, cause: str, starts_on: date | None = None, by: Actor, at: datetime
) -> Pause:
    """Stop the warranty's clock because the owner is without the appliance; it is stopped once for an order and a cause.

    starts_on   the unit's day of `at` unless given
    source      TG-7, WTY-1
    """
    with doing("warranty.open_pause", on=appliance, by=by, at=at, order=order_number):
        day = starts_on or appliance.unit.day(at)
        defaults = {"appliance": appliance, "starts_on": day}
        pause, _ = Pause.objects.get_or_create(
            order_number=order_number, cause=rules.PauseCause(cause), ends_on=None, defaults=defaults
        )
    return pause


def close_pause(
    appliance: Appliance, *, order_number: str, cause: str, ends_on: date | None = None, by: Actor, at: datetime
) -> Pause | None:
    """Let the clock run again from a day on; nothing happens where no pause is open.

    ends_on   the unit's day of `at` unless given; exclusive: on that day the owner has the appliance again
    """
    with doing("warranty.close_pause", on=appliance, by=by, at=at, order=order_number) as deed:
        standing = Pause.objects.select_for_update().filter(
            appliance=appliance, order_number=order_number, cause=rules.PauseCause(cause), ends_on__isnull=True
        )
        pause = standing.first()
        if pause is not None:
            pause.ends_on = max(ends_on or appliance.unit.day(at), pause.starts_on)
            pause.save(update_fields=["ends_on"])
            deed.note(days=(pause.ends_on - pause.starts_on).days)
    return pause


def close_pauses(
    appliance: Appliance, *, order_number: str, ends_on: date | None = None, by: Actor, at: datetime
) -> list[Pause]:
    """The same for whatever this order stopped the clock for, each as a deed of its own."""
    standing = _STANDING(appliance=appliance.pk, order_number=order_number)
    closed = (
        close_pause(appliance, order_number=order_number, cause=cause, ends_on=ends_on, by=by, at=at)
        for (cause,) in standing
    )
    return [pause for pause in closed if pause is not None]


_STANDING: Prepared[tuple[str]] = Prepared(
    lambda *, appliance, order_number: Pause.objects.filter(
        appliance_id=appliance, order_number=order_number, ends_on__isnull=True
    ).values_list("cause")
)


def _refuse_short(days: int) -> None:
    if days < rules.LEAST_REPAIR_WARRANTY_DAYS:
        raise RepairWarrantyTooShort(least=rules.LEAST_REPAIR_WARRANTY_DAYS)
