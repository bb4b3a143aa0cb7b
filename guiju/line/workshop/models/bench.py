"""What happens on the bench: what was found, how long was worked, what went in, what was done."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from guiju.kernel.actor import Actor
from guiju.kernel.constraints import AppendOnly
from guiju.kernel.models import Evidence
from guiju.line.storeroom.models import PartRequest
from guiju.line.workorder.models import OfOrder
from guiju.standing.catalogue.models import FaultCode
from guiju.standing.people.models import Person


class Diagnosis(OfOrder):
    """What the technician found; with `is_no_fault`, that there is nothing to find."""

    fault = models.ForeignKey(FaultCode, on_delete=models.PROTECT, null=True, related_name="+")
    cause = models.ForeignKey(FaultCode, on_delete=models.PROTECT, related_name="+")
    is_no_fault = models.BooleanField(default=False)
    demonstration_offered = models.BooleanField(default=False)
    findings = models.TextField()
    measurements = models.JSONField(default=list)
    technician = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_no_fault=True) | Q(fault__isnull=False), name="a_diagnosis_names_the_fault"
            ),
            AppendOnly(name="a_diagnosis_is_never_edited"),
        ]
        indexes = [models.Index(fields=["order", "at"], name="diagnosis_of_order")]


class DiagnosisPhoto(models.Model):
    """A picture of the damage, as the technician found it."""

    diagnosis = models.ForeignKey(Diagnosis, on_delete=models.PROTECT, related_name="photos")
    photo = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [
            AppendOnly(name="a_picture_of_the_damage_stays"),
            models.UniqueConstraint(fields=["diagnosis", "photo"], name="a_picture_of_the_damage_counts_once"),
        ]


class LabourEntries(models.QuerySet["LabourEntry"]):
    """Questions about labour."""

    def standing(self) -> LabourEntries:
        """What counts: neither taken back, nor what takes something back."""
        return self.filter(undoes__isnull=True).exclude(pk__in=self.model.objects.exclude(undoes=None).values("undoes"))


class LabourEntry(OfOrder):
    """Time that a technician worked on a job, in minutes; with `undoes`, what takes another entry back (WO-12)."""

    technician = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveIntegerField()
    # Empty where the clock was stopped by something else than its technician.
    task = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    undoes = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = LabourEntries.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gt=0, minutes__lte=1440), name="labour_is_within_a_day"),
            models.CheckConstraint(
                condition=Q(undoes__isnull=True) | ~Q(reason=""), name="labour_is_taken_back_with_a_reason"
            ),
            models.UniqueConstraint(fields=["undoes"], name="an_entry_is_taken_back_once"),
            AppendOnly(name="labour_is_never_edited"),
        ]
        indexes = [models.Index(fields=["order", "technician"], name="labour_of_order")]

    def belongs_to(self, by: Actor) -> bool:
        """It belongs to whoever worked."""
        return self.technician_id == by.person_id

    @property
    def said(self) -> str:
        """What was worked on, or that nobody said it."""
        return self.task or gettext("Work, by the clock")


class PartUsage(OfOrder):
    """Parts that are now in the appliance."""

    request = models.ForeignKey(PartRequest, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    new_serial = models.CharField(max_length=60, blank=True)
    technician = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="a_usage_is_of_something"),
            AppendOnly(name="a_usage_is_never_edited"),
        ]
        indexes = [models.Index(fields=["order", "at"], name="usage_of_order")]


class RepairSummary(OfOrder):
    """What was done, in words for the customer; one per finished attempt (QC may send it back)."""

    attempt = models.PositiveSmallIntegerField()
    work_done = models.TextField()
    advice = models.TextField(blank=True)
    technician = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "attempt"], name="an_attempt_is_summed_up_once"),
            AppendOnly(name="a_summary_is_never_edited"),
        ]


class ReturnCheck(OfOrder):
    """The check before an appliance goes back unrepaired (WO-7)."""

    reassembled = models.BooleanField()
    accessories_complete = models.BooleanField()
    safety_checked = models.BooleanField()
    accepted_as_is = models.CharField(max_length=400, blank=True)
    technician = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reassembled=True, accessories_complete=True)
                & (Q(safety_checked=True) | ~Q(accepted_as_is="")),
                name="a_return_is_whole_and_safe_or_accepted_as_it_is",
            ),
            AppendOnly(name="a_return_check_is_never_edited"),
        ]
