"""The verbs of the quality inspector: pass, fail; and of head office: what is checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Q

from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.models import Evidence
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.remembered import Remembered
from guiju.kernel.words import N_, Sentence
from guiju.line.quality.events import Failed, Passed
from guiju.line.quality.models import ChecklistItem, Inspection, InspectionPhoto, InspectionValue, SelfCheckLeave
from guiju.line.quality.rules import FAILURES_BEFORE_REVIEW, ItemKind, Reading, Result, judge
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import Held, State
from guiju.standing.catalogue.models import ProductLine
from guiju.standing.people import queries as people
from guiju.standing.people.models import Person


class OwnRepair(Refusal):
    """Nobody tests their own work (WO-6)."""

    sentence = N_("You worked on this job. Somebody else has to test it.")


class NotWithinLimits(Refusal):
    """What is missing or outside its limits does not pass."""

    sentence = N_("This repair cannot pass yet.")
    field = "values"
    status = 422


class DefectMissing(Refusal):
    """The technician has to know what to mend."""

    sentence = N_("Say what is not in order.")
    field = "defects"
    status = 422


class NotASmallShop(Refusal):
    """Only an outlet with fewer than three people may test its own work."""

    sentence = N_("Only a shop with fewer than three people may test its own repairs, with photos.")


class NotAllowedByOwner(Refusal):
    """Even where nobody else can test it, somebody else has to know."""

    sentence = N_("The manager has not allowed you to test your own repair of this job. Ask them first.")


def allow_self_check(order: WorkOrder, *, technician: Person, by: Actor, at: datetime) -> SelfCheckLeave:
    """Let whoever repaired this job also test it, because the shop is too small for two; once for each job.

    raises   WrongState, NotASmallShop
    source   5.4 small-shop mode: "owner approval per case"
    """
    with doing("quality.allow_self_check", on=order, by=by, at=at, technician=technician.name) as deed:
        order = workorder.lock(order)
        workorder.require(order, State.QC_PENDING)
        if not people.is_small_shop(order.unit):
            raise NotASmallShop
        leave, _is_new = SelfCheckLeave.objects.get_or_create(
            order=order, technician=technician, defaults={"allowed_by_id": deed.by.natural_person_id, "at": at}
        )
    return leave


def add_item(
    *,
    code: str,
    names: Mapping[str, str],
    kind: ItemKind,
    line: ProductLine | None = None,
    unit: str = "",
    limit_min: Decimal | None = None,
    limit_max: Decimal | None = None,
    is_safety: bool = False,
    by: Actor,
    at: datetime,
) -> ChecklistItem:
    """Say what is measured or checked before an appliance of a line goes back; of a code that is there already, this is the next version.

    raises  Invalid
    source  S6-16, D07
    """
    said: dict[str, Any] = {
        "names": dict(names), "kind": str(kind), "line": line, "unit": unit, "limit_min": limit_min, "limit_max": limit_max,
        "is_safety": is_safety,
    }  # fmt: skip
    with doing("quality.add_item", by=by, at=at, code=code) as deed:
        item, is_new = workorder.ask_for(ChecklistItem, said, a_measurement="a_measurement", code=code, at=at)
        if is_new:
            deed.note(item=item.pk, version=item.version)
    return item


def end_item(item: ChecklistItem, *, by: Actor, at: datetime) -> ChecklistItem:
    """Ask for it no longer; what was found stays. Ending it again changes nothing."""
    with doing("quality.end_item", by=by, at=at, code=item.code):
        workorder.end_asking(item, at=at)
    return item


def checklist(order: WorkOrder) -> list[ChecklistItem]:
    """What has to be measured and checked on this job: what holds for all, and for its product line."""
    return _ITEMS(line=order.appliance.line_id)


_ITEMS: Remembered[ChecklistItem] = Remembered(
    lambda *, line: ChecklistItem.objects.filter(Q(line__isnull=True) | Q(line_id=line), until__isnull=True).order_by(
        "-is_safety", "pk"
    )
)


def pass_order(
    order: WorkOrder,
    *,
    values: Mapping[int, str],
    photos: Sequence[Evidence] = (),
    shelf: str = "",
    note: str = "",
    is_self_check: bool = False,
    by: Actor,
    at: datetime,
) -> Inspection:
    """Say that the repair is good, with every value within its limits; the appliance goes to the collection shelf.

    values         checklist item id → the number as measured, or "yes" / "no"
    is_self_check  a shop with fewer than three people tests its own work, with photos
    raises         WrongState, NotWithinLimits, OwnRepair, NotASmallShop, NotAllowedByOwner, Invalid
    source         S6-16, WO-6, WO-7, D07, D13
    """
    with doing("quality.pass_order", on=order, by=by, at=at, is_self_check=is_self_check) as deed:
        order = workorder.lock(order)
        workorder.require(order, State.QC_PENDING)
        items = checklist(order)
        verdict = judge([item.limit() for item in items], values)
        if verdict.because:
            raise NotWithinLimits(*verdict.because)
        inspection = _inspect(
            order,
            deed,
            at,
            result=Result.PASS,
            readings=verdict.readings,
            items=items,
            photos=photos,
            note=note,
            is_self_check=is_self_check,
        )
        step = partial(workorder.advance, order, to=State.READY, by=by, at=at, deed=deed, ready_at=at)
        if order.held == Held.WITH_TECH:
            workorder.move_custody(
                order,
                to=Held.IN_SHOP,
                holder=order.unit.name,
                place=shelf.strip() or order.shelf,
                step=step,
                by=deed.consequence(),
                at=at,
            )
        else:
            step()
        deed.tell(Passed(order.pk, order.number, inspection.pk))
    return inspection


def fail_order(
    order: WorkOrder,
    *,
    values: Mapping[int, str],
    defects: Iterable[str],
    photos: Sequence[Evidence] = (),
    note: str = "",
    is_self_check: bool = False,
    by: Actor,
    at: datetime,
) -> Inspection:
    """Send the repair back to the bench, saying what is not in order; the customer pays nothing for it.

    raises  WrongState, DefectMissing, OwnRepair, NotASmallShop, NotAllowedByOwner
    source  3.2 "fail": counted; from the second time on somebody senior looks at it
    """
    with doing("quality.fail_order", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        workorder.require(order, State.QC_PENDING)
        named = [defect.strip() for defect in defects if defect.strip()]
        if not named:
            raise DefectMissing
        items = checklist(order)
        answered = [item for item in items if values.get(item.pk, "").strip()]
        verdict = judge([item.limit() for item in answered], values)
        inspection = _inspect(
            order,
            deed,
            at,
            result=Result.FAIL,
            readings=verdict.readings,
            items=answered,
            photos=photos,
            note=note,
            is_self_check=is_self_check,
            defects=named,
        )
        times = order.qc_fail_count + 1
        workorder.advance(order, to=State.REPAIRING, by=by, at=at, deed=deed, qc_fail_count=times)
        deed.tell(Failed(order.pk, order.number, inspection.pk, times, needs_review=times >= FAILURES_BEFORE_REVIEW))
    return inspection


def _allow_oneself(order: WorkOrder, deed: Deed, at: datetime) -> None:
    """A manager who repairs needs nobody's leave but their own; it stands in the list all the same."""
    person = deed.by.natural_person_id
    if (
        deed.by.may("quality.allow_self_check", on=order)
        and not SelfCheckLeave.objects.filter(order=order, technician=person).exists()
    ):
        SelfCheckLeave.objects.create(order=order, technician_id=person, allowed_by_id=person, at=at)


def _inspect(
    order: WorkOrder,
    deed: Deed,
    at: datetime,
    *,
    result: Result,
    readings: Sequence[Reading],
    items: Sequence[ChecklistItem],
    photos: Sequence[Evidence],
    note: str,
    is_self_check: bool,
    defects: Sequence[str] = (),
) -> Inspection:
    """Keep the test with its values, its limits as they were, and its photos."""
    if is_self_check:
        if not people.is_small_shop(order.unit):
            raise NotASmallShop
        if not photos:
            raise Invalid(Sentence(N_("A self-check needs photos.")), field="photos")
        _allow_oneself(order, deed, at)
    with refusing(nobody_inspects_their_own_repair=OwnRepair, a_self_check_was_allowed=NotAllowedByOwner):
        inspection = Inspection.objects.create(
            order=order,
            inspector_id=deed.by.natural_person_id,
            result=result,
            defects=list(defects),
            note=note.strip(),
            is_self_check=is_self_check,
            at=at,
        )
    limits = {item.pk: item for item in items}
    InspectionValue.objects.bulk_create(
        InspectionValue(
            inspection=inspection,
            item_id=reading.item_id,
            text=reading.text,
            value=reading.value,
            limit_min=limits[reading.item_id].limit_min,
            limit_max=limits[reading.item_id].limit_max,
            passed=reading.passed,
        )
        for reading in readings
    )
    InspectionPhoto.objects.bulk_create(InspectionPhoto(inspection=inspection, photo=photo) for photo in photos)
    return inspection
