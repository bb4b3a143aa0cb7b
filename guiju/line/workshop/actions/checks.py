"""The checklist of the bench: what head office asks for, and what the technician finds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Invalid, Refusal
from guiju.kernel.words import N_, Sentence
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import ItemKind, judge
from guiju.line.workshop.actions.labour import WORKED_IN
from guiju.line.workshop.models import WorkCheck, WorkCheckItem
from guiju.line.workshop.queries import attempt_of, open_checks, work_checklist
from guiju.line.workshop.rules import WorkKind
from guiju.standing.catalogue.models import ProductLine


class ChecksOpen(Refusal):
    """What is required of the work was not done, or not found in order."""

    sentence = N_("The checklist of this work is not done yet.")


def set_check(
    *,
    code: str,
    names: Mapping[str, str],
    work: WorkKind,
    kind: ItemKind,
    line: ProductLine | None = None,
    unit: str = "",
    limit_min: Decimal | None = None,
    limit_max: Decimal | None = None,
    is_required: bool = True,
    by: Actor,
    at: datetime,
) -> WorkCheckItem:
    """Say what is ticked off or measured at the bench from now on; of a code that is there already, this is the next version.

    raises  Invalid
    source  D07, S6-16
    """
    said: dict[str, Any] = {
        "names": dict(names), "work": str(work), "kind": str(kind), "line": line, "unit": unit, "limit_min": limit_min,
        "limit_max": limit_max, "is_required": is_required,
    }  # fmt: skip
    with doing("workshop.set_check", by=by, at=at, code=code) as deed:
        item, is_new = workorder.ask_for(WorkCheckItem, said, a_measurement="a_measured_work_check", code=code, at=at)
        if is_new:
            deed.note(item=item.pk, version=item.version)
    return item


def end_check(item: WorkCheckItem, *, by: Actor, at: datetime) -> WorkCheckItem:
    """Ask for it no longer; what was found stays. Ending it again changes nothing."""
    with doing("workshop.end_check", by=by, at=at, code=item.code):
        workorder.end_asking(item, at=at)
    return item


def check(order: WorkOrder, *, values: Mapping[int, str], by: Actor, at: datetime) -> list[WorkCheck]:
    """Write down what was ticked off and measured; what is out of its limits is written down as it is, and holds the work.

    values   item id → the number as measured, or "yes" / "no"; what is empty is left open, and the same again changes nothing
    raises   WrongState, Invalid at the item's field `item_<id>` for what is no number
    source   D07, S6-16
    """
    with doing("workshop.check", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        deed.still(order)
        workorder.require(order, *WORKED_IN)
        asked = {row.item.pk: row for row in work_checklist(order)}
        given = {key: text.strip() for key, text in values.items() if text.strip()}
        for key in given:
            if key not in asked:
                raise Invalid(Sentence(N_("This is not on the checklist of this job.")), field="values")
        readings = judge([asked[key].item.limit() for key in given], given).readings
        for reading in readings:
            item = asked[reading.item_id].item
            is_number = item.kind == ItemKind.CHECK or reading.value is not None
            if not is_number or (item.kind == ItemKind.CHECK and reading.text not in {"yes", "no"}):
                what = {"name": item.name, "text": reading.text}
                raise Invalid(Sentence(N_("%(name)s is not a number: %(text)s."), what), field=f"item_{item.pk}")
        attempt = attempt_of(order)
        new = [each for each in readings if asked[each.item_id].text != each.text]
        deed.note(values={asked[each.item_id].item.code: each.text for each in new})
        return WorkCheck.objects.bulk_create(
            WorkCheck(
                order=order, item_id=each.item_id, attempt=attempt, text=each.text[:40], value=each.value,
                passed=each.passed, technician_id=by.natural_person_id, at=at,
            )
            for each in new
        )  # fmt: skip


def refuse_open_checks(order: WorkOrder) -> None:
    """No work is finished whose required checks are open.

    raises   ChecksOpen, with each of them
    """
    if because := open_checks(order):
        raise ChecksOpen(*because)
