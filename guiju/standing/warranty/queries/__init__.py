"""Is this repair free, and why? And what else is the customer's right?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value

from guiju.kernel import reach, turn
from guiju.kernel.prepared import Prepared
from guiju.kernel.remembered import Remembered
from guiju.kernel.verification import invariant
from guiju.standing.catalogue.models import Appliance, FaultCode, ProductLine
from guiju.standing.catalogue.models import Model as ModelRow
from guiju.standing.catalogue.rules import SERIAL_OF_ONE_MAKER, CodeKind
from guiju.standing.warranty import rules
from guiju.standing.warranty.models import PastRepair, Pause, RepairWarranty, Terms
from guiju.standing.warranty.queries.law import (
    HOUSE,
    WHOLE_UNIT,
    Book,
    Statutory,
    figure,
    laws_in,
    laws_on,
    profiles,
    shipped,
    statutory,
)
from guiju.standing.warranty.rules import Right, TermsSaid, Verdict

__all__ = [
    "HOUSE",
    "WHOLE_UNIT",
    "Book",
    "Considered",
    "Happened",
    "Statutory",
    "consider",
    "days_away",
    "fault_word",
    "figure",
    "fitted_again",
    "judge",
    "laws_in",
    "laws_on",
    "profiles",
    "promised_elsewhere",
    "promises_end_when_their_days_are_over",
    "refund",
    "repair_warranties",
    "repair_warranty_days",
    "repairs_of",
    "said",
    "same_terms",
    "shipped",
    "statutory",
    "terms_for",
]  # fmt: skip


@dataclass(frozen=True)
class Considered:
    """Who pays for a repair, and what the customer may have instead.

    comes_back   the earlier repair that did not hold, as far as the kinds of fault that are complained of tell
    """

    verdict: Verdict
    rights: tuple[Right, ...]
    comes_back: rules.Earlier | None = None


def judge(appliance: Appliance, *, cause: str = "", fault_family: str = "", part_class: str = "", on: date) -> Verdict:
    """Say whether the repair of this machine is free on that day, until when, and why, for each kind of cost.

    cause, fault_family, part_class   empty while nobody has looked inside
    source                            WTY-1, WTY-6; B03-B06; EX-1
    """
    return consider(appliance, cause=cause, fault_family=fault_family, part_class=part_class, on=on).verdict


def consider(
    appliance: Appliance,
    *,
    cause: str = "",
    fault_family: str = "",
    part_class: str = "",
    on: date,
    rights_on: date | None = None,
    received_on: date | None = None,
    waits_for_part: bool = False,
    fault_families: Iterable[str] = (),
    elsewhere: bool = False,
) -> Considered:
    """The verdict, and with it the rights that the customer has beside a repair; four statements.

    rights_on                     the day on which the rights are asked about; that of the verdict unless given
    received_on, waits_for_part   of the repair under way; `None` where none is
    fault_families                that are complained of; the one that was found stands for them
    elsewhere                     look whether another outlet repaired the same machine: one statement more
    source                        as `judge`; 4.1, 4.2; WTY-3, WO-11; EX-2, EX-5, EX-6
    """
    book, terms = _promised_on(appliance, on)
    happened = _happened(_cards(appliance, book))
    facts = _facts(appliance, book, terms, happened, on=on)
    facts = replace(facts, cause=cause, fault_family=fault_family, part_class=part_class)
    if elsewhere and fault_family:
        facts = replace(facts, earlier=(*facts.earlier, *promised_elsewhere(appliance, fault_family, on=on)))
    complained = sorted({fault_family} if fault_family else {*filter(None, fault_families)})
    verdict = rules.decide(facts)
    labour, is_excluded = verdict.cover(rules.Cost.LABOUR), bool(cause) and cause in facts.excluded_causes.value
    today = rights_on or on
    history = rules.History(
        on=today,
        starts_on=rules.starts_on(facts),
        # A repair that began under guarantee ends under it.
        is_covered=not is_excluded and labour is not None and labour.ends_on is not None and on < labour.ends_on,
        done=tuple(each for each in happened.done if each.handed_over_on >= (rules.starts_on(facts) or on)),
        breaks=facts.breaks,
        received_on=received_on,
        waits_for_part=waits_for_part,
        fault_families=frozenset(complained),
    )
    names = ("return_days", "exchange_days", "repairs_before_exchange", "max_repair_days", "late_remedies",
             "max_parts_days", "cumulative_repair_days")  # fmt: skip
    rights = rules.rights(history, rules.Figures({name: book.figure(name) for name in names}))
    back = (rules.came_back(replace(facts, fault_family=family)) for family in complained)
    return Considered(verdict, rights, next(filter(None, back), None))


@reach.as_house
def promised_elsewhere(appliance: Appliance, fault_family: str, *, on: date) -> tuple[rules.Earlier, ...]:
    """What other outlets promised of the same machine, told by maker and serial number: only the repair's number and its days.

    source   WO-11 "same product, same fault family"; a serial number too short to be one machine's alone tells nothing
    """
    if len(appliance.folded_serial) < SERIAL_OF_ONE_MAKER:
        return ()
    rows = RepairWarranty.objects.filter(
        appliance__brand=appliance.brand_id, appliance__folded_serial=appliance.folded_serial, fault_family=fault_family,
        starts_on__lte=on, ends_on__gt=on,
    ).exclude(appliance=appliance)  # fmt: skip
    told = rows.order_by("order_number", "ends_on").values_list("order_number", "fault_family", "starts_on", "ends_on")
    return tuple(rules.Earlier(*each) for each in told)


def fitted_again(order_number: str, part_class: str) -> bool:
    """Whether a repair fitted a part of that class: when it fails while it is promised, its supplier has to answer for it."""
    fitted = RepairWarranty.objects.filter(order_number=order_number, part__part_class=part_class)
    return bool(part_class) and fitted.exists()


def _promised_on(appliance: Appliance, on: date) -> tuple[Book, TermsSaid | None]:
    """Law and terms of the day of the sale, because they were promised then."""
    sold_on = appliance.purchased_on or appliance.delivered_on or appliance.installed_on or on
    return Book(appliance.unit, sold_on), _terms_said(appliance, on=sold_on)


def _restarts(appliance: Appliance, book: Book) -> bool:
    return appliance.replaces_id is not None and bool(book.law.figure("exchange_restarts").value)


def _cards(appliance: Appliance, book: Book) -> list[int]:
    """The cards whose days count: a unit that only takes the place of another goes on with the other's."""
    if appliance.replaces_id is None or _restarts(appliance, book):
        # A card that was made this moment has no past.
        return [] if turn.is_new(appliance) else [appliance.pk]
    return [appliance.pk, appliance.replaces_id]


def _facts(appliance: Appliance, book: Book, terms: TermsSaid | None, happened: Happened, *, on: date) -> rules.Facts:
    days = {
        rules.StartsBy.INVOICE: appliance.purchased_on,
        rules.StartsBy.DELIVERY: appliance.delivered_on,
        rules.StartsBy.INSTALLATION: appliance.installed_on,
    }
    return rules.Facts(
        on=on,
        purchased_on=appliance.purchased_on,
        delivered_on=appliance.delivered_on,
        installed_on=appliance.installed_on,
        made_on=appliance.made_on,
        exchanged_on=appliance.replaced_on if _restarts(appliance, book) else None,
        starts_by=rules.kinder_start(book.law.figure("starts_by"), terms, days),
        grace_days=book.law.figure("production_grace_days"),
        proof_required=book.law.figure("proof_required"),
        has_proof=appliance.proof_id is not None or bool(appliance.invoice_no),
        promises=rules.promised(
            book.law, appliance.line.code, main_parts=book.figure("main_parts_months"), whole_unit=book.whole_unit,
            terms=terms,
        ),
        excluded_causes=rules.kinder_causes(book.law.figure("excluded_causes"), terms),
        breaks=happened.breaks,
        earlier=happened.earlier,
        version="+".join(filter(None, (terms.version if terms else "", book.law.version))) or book.whole_unit.source,
    )  # fmt: skip


@dataclass(frozen=True)
class Happened:
    """What happened to an appliance, in the order of its days: away from its owner, promised, repaired."""

    breaks: tuple[rules.Break, ...]
    earlier: tuple[rules.Earlier, ...]
    done: tuple[rules.Done, ...]


def _happened(cards: list[int]) -> Happened:
    """All of it in one statement: the counter asks for each appliance that is put on it."""
    rows = sorted(_PAST(cards=cards) if cards else [], key=lambda row: (row[3], row[4] or date.max, row[1], row[2]))
    return Happened(
        breaks=tuple(rules.Break(first, last) for kind, _, _, first, last in rows if kind == "pause"),
        earlier=tuple(
            rules.Earlier(number, family, first, last)
            for kind, number, family, first, last in rows
            if kind == "promise" and last is not None
        ),
        done=tuple(
            rules.Done(number, family, last, kind == "counts")
            for kind, number, family, _, last in rows
            if kind in ("counts", "other") and last is not None
        ),
    )


def _past(*, cards: Any) -> QuerySet[Pause, Any]:
    pauses = Pause.objects.filter(appliance__pk__in=cards).order_by()
    promises = RepairWarranty.objects.filter(appliance__pk__in=cards).order_by()
    repairs = PastRepair.objects.filter(appliance__pk__in=cards).order_by()
    repaired = ("order_number", "fault_family", "received_on", "handed_over_on")
    return pauses.values_list(_word("pause"), "order_number", _word(""), "starts_on", "ends_on").union(
        promises.values_list(_word("promise"), "order_number", "fault_family", "starts_on", "ends_on"),
        repairs.filter(counts=True).values_list(_word("counts"), *repaired),
        repairs.filter(counts=False).values_list(_word("other"), *repaired),
        all=True,
    )


def _word(kind: str) -> Value:
    return Value(kind, output_field=CharField())


_PAST: Prepared[tuple[str, str, str, date, date | None]] = Prepared(_past)


def repairs_of(appliance: Appliance) -> list[PastRepair]:
    """The finished repairs of this unit, the first one first (RepairHistory)."""
    return list(PastRepair.objects.filter(appliance=appliance).order_by("handed_over_on", "pk"))


def fault_word(repair: PastRepair) -> str:
    """What was repaired, as the trade calls it; its family's code where no fault of it is on the lists any more."""
    code = FaultCode.objects.filter(kind=CodeKind.FAULT, family=repair.fault_family).order_by("pk").first()
    return code.name if code is not None and repair.fault_family else repair.fault_family or "—"


def days_away(appliance: Appliance, *, on: date) -> int:
    """On how many days until that day the owner was without it, each counted once."""
    book, _ = _promised_on(appliance, on)
    since = appliance.replaced_on if _restarts(appliance, book) else None
    began = since or appliance.purchased_on or appliance.delivered_on or appliance.installed_on or date.min
    return rules.days_lost(_happened(_cards(appliance, book)).breaks, since=began, on=on)


def refund(appliance: Appliance, *, on: date, price_minor: int | None = None) -> rules.Refund | None:
    """What is paid back when the appliance is returned on that day; `None` where price or date are not known.

    price_minor   what the card says unless another paper told
    source        TG-15, 4.2; EX-4
    """
    bought_on = appliance.purchased_on or appliance.delivered_on
    price = appliance.invoice_minor if price_minor is None else price_minor
    if price is None or bought_on is None:
        return None
    book = Book(appliance.unit, bought_on)
    # A unit that was given in another's place is used from the day on which it was given.
    used_since = appliance.replaced_on if _restarts(appliance, book) else None
    return rules.refund(
        price, bought_on=used_since or bought_on, on=on, breaks=_happened(_cards(appliance, book)).breaks,
        percent_day=book.figure("depreciation_percent_day"),
    )  # fmt: skip


def terms_for(line: ProductLine, *, on: date, model: ModelRow | None = None, jurisdiction: str = "") -> Terms | None:
    """The terms of this model on that day, else of the line, else those for all lines; the local ones before the others."""
    of_model = {"model": model.pk} if model is not None else {}
    return min(
        _TERMS(line=line.pk, place=jurisdiction, on=on, **of_model),
        key=lambda each: (each.model_id is None, each.line_id is None, not each.jurisdiction),
        default=None,
    )


def _holding(*, line: Any, place: Any, on: Any, model: Any = None) -> QuerySet[Terms]:
    of_model = Q(model__isnull=True) if model is None else Q(model_id=model) | Q(model__isnull=True)
    here = Q(jurisdiction="") | Q(jurisdiction=place)
    concerning = (Q(line_id=line) | Q(line__isnull=True)) & of_model & here
    return Terms.objects.filter(concerning, Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on).order_by()


_TERMS: Remembered[Terms] = Remembered(_holding)


def repair_warranty_days(appliance: Appliance, *, on: date) -> int:
    """For how many days a repair of this machine is promised, when it is handed over on that day."""
    terms = _terms_said(appliance, on=on)
    law_or_house = Book(appliance.unit, on).figure("repair_warranty_days").value
    if terms is not None and terms.repair_warranty_days is not None:
        return max(terms.repair_warranty_days, rules.LEAST_REPAIR_WARRANTY_DAYS)
    return int(law_or_house)


def repair_warranties(order_number: str) -> list[RepairWarranty]:
    """The promises that came with one repair, labour first, as they are printed (S6-42)."""
    rows = RepairWarranty.objects.filter(order_number=order_number).select_related("part")
    return sorted(rows, key=lambda each: (each.scope != rules.Scope.LABOUR, each.pk))


def same_terms(line: ProductLine | None, model: ModelRow | None, jurisdiction: str) -> Q:
    """Terms of exactly this model or line, or those for all, in exactly this place."""
    of_line = Q(line=line) if line is not None else Q(line__isnull=True)
    of_model = Q(model=model) if model is not None else Q(model__isnull=True)
    return of_line & of_model & Q(jurisdiction=jurisdiction)


def said(terms: Terms) -> TermsSaid:
    """What these terms say, in plain values."""
    return TermsSaid(
        version=terms.version,
        whole_unit_months=terms.whole_unit_months,
        months=terms.months,
        parts=terms.parts,
        starts_by=rules.StartsBy(terms.starts_by),
        excluded_causes=frozenset(terms.excluded_causes),
        repair_warranty_days=terms.repair_warranty_days,
    )


def _terms_said(appliance: Appliance, *, on: date) -> TermsSaid | None:
    terms = terms_for(
        appliance.line, on=on, model=appliance.model if appliance.model_id else None,
        jurisdiction=appliance.unit.jurisdiction,
    )  # fmt: skip
    return said(terms) if terms is not None else None


@invariant("WTY-1")
def promises_end_when_their_days_are_over() -> Iterator[str]:
    """Each repair warranty ends its days after the hand-over, and is on the machine's own unit's books once."""
    for promise in RepairWarranty.objects.iterator():
        if promise.ends_on != rules.repair_warranty_ends_on(promise.starts_on, days=promise.days):
            yield f"Repair warranty {promise.pk} of {promise.order_number} does not end when its days are over."
