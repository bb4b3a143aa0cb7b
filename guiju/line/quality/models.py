"""The checklist of a product line, and the final tests made with it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiju.kernel.constraints import AppendOnly, Never
from guiju.kernel.models import Evidence
from guiju.kernel.remembered import remembered_list
from guiju.line.quality.rules import Result
from guiju.line.workorder.models import CheckItem, OfOrder, WorkOrder, in_versions
from guiju.standing.people.models import Person


@remembered_list
class ChecklistItem(CheckItem):
    """One thing to measure or to check before an appliance goes back (S6-16)."""

    is_safety = models.BooleanField(default=False)

    class Meta:
        constraints = in_versions("a_checklist_item", "a_measurement")


class SelfCheckLeave(models.Model):
    """The owner of a shop too small for an inspector lets a technician test their own repair of one job (5.4)."""

    order = models.ForeignKey(WorkOrder, on_delete=models.PROTECT, related_name="+")
    technician = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    allowed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "technician"], name="a_self_check_is_allowed_once"),
            AppendOnly(name="a_self_check_leave_stays"),
        ]

    @property
    def unit_id(self) -> int:
        """The outlet whose job it is."""
        return self.order.unit_id


class Inspection(OfOrder):
    """One final test of a job, by somebody who did not repair it (WO-6, D13)."""

    inspector = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=4)
    defects = models.JSONField(default=list)
    note = models.CharField(max_length=400, blank=True)
    is_self_check = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(result__in=[str(result) for result in Result]), name="an_inspection_has_a_known_result"
            ),
            AppendOnly(name="an_inspection_is_never_edited"),
            Never(
                name="nobody_inspects_their_own_repair",
                when="NOT NEW.is_self_check AND EXISTS (SELECT 1 FROM workshop_labourentry l"
                " WHERE l.order_id = NEW.order_id AND l.technician_id = NEW.inspector_id)",
            ),
            Never(
                name="a_self_check_was_allowed",
                when="NEW.is_self_check AND NOT EXISTS (SELECT 1 FROM quality_selfcheckleave a"
                " WHERE a.order_id = NEW.order_id AND a.technician_id = NEW.inspector_id)",
            ),
        ]
        indexes = [
            models.Index(fields=["order", "at"], name="inspection_of_order"),
            # The owner's list of each month (5.4).
            models.Index(fields=["at"], name="inspection_self_checks", condition=Q(is_self_check=True)),
            models.Index(fields=["id"], name="inspection_self_checks_by_key", condition=Q(is_self_check=True)),
        ]


class InspectionValue(models.Model):
    """What was measured or answered for one item, with the limits as they were."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="values")
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    limit_min = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    limit_max = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    passed = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "item"], name="an_item_is_answered_once"),
            AppendOnly(name="a_reading_is_never_edited"),
        ]


class InspectionPhoto(models.Model):
    """A photo that goes with a final test; a self-check of a small shop needs them (WO-6)."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="photos")
    photo = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [AppendOnly(name="an_inspection_photo_stays")]
