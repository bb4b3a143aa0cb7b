"""The checklist of a job: what is asked, what was found last, and what holds the work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from guiju.kernel.prepared import Prepared
from guiju.kernel.words import Sentence
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import judge
from guiju.line.workshop.models import RepairSummary, WorkCheck, WorkCheckItem
from guiju.line.workshop.rules import WorkKind


@dataclass(frozen=True)
class Checked:
    """One item of a job's checklist, and what was found last: nothing as long as it is open."""

    item: WorkCheckItem
    text: str
    passed: bool | None


def attempt_of(order: WorkOrder) -> int:
    """Which attempt at the repair this is: one more than were finished."""
    return RepairSummary.objects.filter(order=order).count() + 1


def work_checklist(order: WorkOrder) -> list[Checked]:
    """What is to be ticked off and measured on this job, by work; a repair that comes back from the test is checked anew."""
    items = _CHECKLIST(order=order.pk, line=order.appliance.line_id)
    return [Checked(item, getattr(item, "text", None) or "", getattr(item, "passed", None)) for item in items]


def _with_what_was_found(*, order: Any, line: Any) -> QuerySet[WorkCheckItem]:
    attempts = RepairSummary.objects.filter(order_id=order).order_by().values("order").annotate(made=Count("pk"))
    found = WorkCheck.objects.filter(
        Q(attempt__gt=Coalesce(Subquery(attempts.values("made")), 0)) | Q(item__work=WorkKind.DIAGNOSIS),
        order_id=order,
        item=OuterRef("pk"),
    ).order_by("-pk")
    items = WorkCheckItem.objects.filter(Q(line__isnull=True) | Q(line_id=line), until__isnull=True)
    shown = items.annotate(text=Subquery(found.values("text")[:1]), passed=Subquery(found.values("passed")[:1]))
    return shown.order_by("work", "pk")


_CHECKLIST: Prepared[WorkCheckItem] = Prepared(_with_what_was_found)


def open_checks(order: WorkOrder) -> tuple[Sentence, ...]:
    """Why the work is not finished yet, a sentence for each required item."""
    required = [each for each in work_checklist(order) if each.item.is_required]
    return judge([each.item.limit() for each in required], {each.item.pk: each.text for each in required}).because


def checks_of(order: WorkOrder) -> list[WorkCheck]:
    """What was found last for each item, also for those that nobody asks for any more."""
    rows = WorkCheck.objects.filter(order=order).select_related("item", "technician").order_by("pk")
    return sorted({each.item.code: each for each in rows}.values(), key=lambda each: (each.item.work, each.item_id))
