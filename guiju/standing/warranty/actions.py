"""What is promised with a repair, and what stops the warranty's clock."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.prepared import Prepared
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.standing.catalogue.models import Appliance, Model, Part, ProductLine
from guiju.standing.catalogue.rules import Cause
from guiju.standing.people import queries as people
from guiju.standing.warranty import queries, rules
from guiju.standing.warranty.models import GuaranteeProfile, PastRepair, Pause, RepairWarranty, Terms


class RepairWarrantyTooShort(Refusal):
    """Less than the law lets anybody promise."""

    sentence = N_("A repair is warranted for at least %(least)s days.")
    field = "repair_warranty_days"
    status = 422


class TermsTaken(Refusal):
    """Two sets of terms for one product line on one day, or two of one version."""

    sentence = N_("Other terms of this product line hold on some of these days, or have this version.")
    field = "starts_on"


class LessThanTheLaw(Refusal):
    """Terms that give less than the law are void where it holds (WTY-5)."""

    sentence = N_("These terms give less than the law.")
    field = "whole_unit_months"
    status = 422


class NoProfile(Refusal):
    """The file is no profile of a guarantee."""

    sentence = N_("This file is no profile of a guarantee.")
    field = "file"
    status = 422


class ProfileKnown(Refusal):
    """One version is one file."""

    sentence = N_("A profile of this version is in the book already.")
    field = "file"


def adopt_profile(content: str, *, reason: str, by: Actor, at: datetime) -> GuaranteeProfile:
    """Let a law count, as a file tells it (TOML, like those in guiju/standing/warranty/data); no code knows any place.

    reason   who looked at it: counsel's word, the gazette's number
    raises   NoProfile with a sentence for each thing that is wrong, ProfileKnown, Invalid
    source   4.1, 4.2; WTY-6
    """
    with doing("warranty.adopt_profile", by=by, at=at) as deed:
        if not reason.strip():
            raise Invalid(Sentence(N_("Say who looked at it, and where it is written.")), field="reason")
        try:
            told = tomllib.loads(content)
            profile = rules.read(told)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
            raise NoProfile(Sentence("%(what)s", {"what": str(wrong)})) from wrong
        except rules.Unreadable as wrong:
            raise NoProfile(*wrong.because) from wrong
        if profile.version in {each.version for each in queries.shipped()}:
            raise ProfileKnown
        with refusing(
            warranty_guaranteeprofile_version=ProfileKnown,
            guarantee_profile_ends_after_it_starts=NoProfile(Sentence(N_("It would end before it starts."))),
        ):
            row = GuaranteeProfile.objects.create(
                jurisdiction=profile.jurisdiction,
                version=profile.version,
                content=rules.content_of(told),
                starts_on=profile.starts_on,
                ends_on=profile.ends_on,
                reason=reason.strip()[:240],
                adopted_by_id=by.person_id,
                adopted_at=at,
            )
        deed.about(row)
    return row


def set_terms(
    *,
    line: ProductLine | None,
    version: str,
    starts_on: date,
    model: Model | None = None,
    jurisdiction: str = "",
    whole_unit_months: int | None = None,
    months: Mapping[str, int] | None = None,
    parts: Mapping[str, int] | None = None,
    starts_by: str = rules.StartsBy.INVOICE,
    excluded_causes: Iterable[str] = rules.EXCLUDED_UNLESS_TERMS_SAY,
    repair_warranty_days: int | None = None,
    by: Actor,
    at: datetime,
) -> Terms:
    """Promise something to those who buy from a day on; the terms before end on that day.

    line, model    None: for every line, or every model, without terms of its own
    jurisdiction   empty: wherever the brand sells
    whole_unit_months, repair_warranty_days
                   None: what the dated figures of the policy say
    months         of LABOUR, PARTS and TRAVEL where they differ from the whole unit's
    parts          of main parts by their class: {"COMPRESSOR": 120}
    raises         RepairWarrantyTooShort, LessThanTheLaw, TermsTaken, Invalid
    source         TG-3, TG-4, TG-5, TG-11, TG-14; WTY-5, WTY-6; B02-B04
    """
    with doing("warranty.set_terms", by=by, at=at) as deed:
        causes = sorted(excluded_causes)
        if unknown := set(causes) - set(Cause):
            raise _not_one_of(unknown, Cause, "excluded_causes")
        if unknown := set(months or {}) - set(rules.Cost):
            raise _not_one_of(unknown, rules.Cost, "months")
        if model is not None and line is None:
            line = model.line
        if repair_warranty_days is not None:
            _refuse_short(repair_warranty_days)
        new = Terms(
            line=line,
            model=model,
            jurisdiction=jurisdiction,
            version=version,
            whole_unit_months=whole_unit_months,
            months=dict(months or {}),
            parts={code.strip().upper(): each for code, each in (parts or {}).items()},
            starts_by=rules.StartsBy(starts_by),
            excluded_causes=causes,
            repair_warranty_days=repair_warranty_days,
            starts_on=starts_on,
        )
        _refuse_less(new)
        standing = queries.same_terms(line, model, jurisdiction)
        Terms.objects.filter(standing, ends_on__isnull=True, starts_on__lt=starts_on).update(ends_on=starts_on)
        with refusing(warranty_terms_of_a_line_never_overlap=TermsTaken, warranty_terms_version=TermsTaken):
            new.save(force_insert=True)
        deed.about(new)
    return new


def record_repair(
    appliance: Appliance,
    *,
    order_number: str,
    fault_family: str,
    cause: str,
    received_on: date,
    handed_over_on: date,
    by: Actor,
    at: datetime,
) -> PastRepair:
    """Count a repair that was finished, for the rights of the buyer; the same one is counted once.

    cause    the catalogue's code; what the appliance itself did wrong counts, what misuse broke does not (WTY-3)
    source   RepairHistory (2.7), TG-6; EX-2
    """
    with doing("warranty.record_repair", on=appliance, by=by, at=at, order=order_number) as deed:
        repair = _RECORDED.first(order_number=order_number) or PastRepair.objects.create(
            order_number=order_number,
            appliance=appliance,
            fault_family=fault_family,
            cause=cause,
            counts=rules.counts(cause),
            received_on=received_on,
            handed_over_on=handed_over_on,
        )
        deed.note(counts=repair.counts)
    return repair


_RECORDED: Prepared[PastRepair] = Prepared(
    lambda *, order_number: PastRepair.objects.filter(order_number=order_number).order_by()
)


def start_repair_warranty(
    appliance: Appliance,
    *,
    order_number: str,
    fault_family: str = "",
    part: Part | None = None,
    handed_over_on: date | None = None,
    days: int | None = None,
    continues: str = "",
    by: Actor,
    at: datetime,
) -> RepairWarranty:
    """Promise that the repair holds, from the hand-over on; the same promise for the same order is made once.

    part            None: the labour
    handed_over_on  the unit's day of `at` unless given
    days            what the terms or the policy say unless given; at least 30
    continues       the number of the order whose promise this rework kept: it ends when that one would have ended, though
                    never earlier than the law's 30 days; rework begins no new promise and takes none away (B09)
    raises          RepairWarrantyTooShort
    source          S6-42, TG-11; EX-7
    """
    with doing("warranty.start_repair_warranty", on=appliance, by=by, at=at, order=order_number) as deed:
        starts_on = handed_over_on or appliance.unit.day(at)
        days = _days_of(appliance, days, continues, starts_on=starts_on)
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
                "continues": continues,
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
    days: int | None = None,
    continues: str = "",
    by: Actor,
    at: datetime,
) -> list[RepairWarranty]:
    """The same for a whole repair at once, each promise as a deed of its own; `None` among the parts is the labour.

    raises   RepairWarrantyTooShort
    """
    days = _days_of(appliance, days, continues, starts_on=handed_over_on)
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
                continues=continues,
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


def _days_of(appliance: Appliance, days: int | None, continues: str, *, starts_on: date) -> int:
    if continues:
        days = _rest_of(continues, starts_on=starts_on)
    elif days is None:
        days = queries.repair_warranty_days(appliance, on=starts_on)
    _refuse_short(days)
    return days


def _rest_of(order_number: str, *, starts_on: date) -> int:
    """The days that are left of the promise of that order, at least those that the law demands of any repair."""
    ends = RepairWarranty.objects.filter(order_number=order_number).values_list("ends_on", flat=True)
    left = max(((each - starts_on).days for each in ends), default=0)
    return max(left, rules.LEAST_REPAIR_WARRANTY_DAYS)


def _not_one_of(unknown: Iterable[str], words: Iterable[str], field: str) -> Invalid:
    said = {"cell": ", ".join(sorted(unknown)), "words": ", ".join(words)}
    return Invalid(Sentence(N_("%(cell)s is not one of %(words)s."), said), field=field)


def _refuse_less(terms: Terms) -> None:
    """Nowhere where they hold may terms give less than the law (WTY-5)."""
    places = [terms.jurisdiction] if terms.jurisdiction else people.jurisdictions()
    wrong: dict[Sentence, None] = {}
    for place in places:
        law = rules.law_of(place, queries.profiles(), on=terms.starts_on)
        for code in [terms.line.code] if terms.line else sorted(law.lines):
            wrong |= dict.fromkeys(rules.less_than_the_law(law, code, queries.said(terms)))
    if wrong:
        raise LessThanTheLaw(*wrong)


def _refuse_short(days: int) -> None:
    if days < rules.LEAST_REPAIR_WARRANTY_DAYS:
        raise RepairWarrantyTooShort(least=rules.LEAST_REPAIR_WARRANTY_DAYS)
