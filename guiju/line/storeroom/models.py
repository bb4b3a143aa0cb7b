"""Requests for parts, what was ordered for them, and the old parts that came out."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guiju.books.stock.models import Bin
from guiju.kernel.actor import Actor
from guiju.kernel.constraints import Never
from guiju.line.storeroom.rules import (
    AuditResult,
    BatchState,
    OldPartOutcome,
    OldPartState,
    ProcurementKind,
    ProcurementState,
    RequestState,
)
from guiju.line.workorder.models import OfOrder, WorkOrder
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Person, Unit


class PartRequestQuerySet(models.QuerySet["PartRequest"]):
    """Requests, as far as the one who asks may see them."""

    def visible_to(self, by: Actor) -> PartRequestQuerySet:
        """Those of the jobs that `by` may see for the store's sake: a keeper's outlet, a technician's own jobs."""
        scope = by.scope("storeroom.see")
        return self.filter(scope.q(unit="order__unit_id", own=Q(order__technician_id=by.person_id)))


class PartRequest(OfOrder):
    """A job asks the store for a quantity of one part (S6-17)."""

    number = models.CharField(max_length=40, unique=True)
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    state = models.CharField(max_length=12, default=RequestState.REQUESTED)
    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    need_by = models.DateField(null=True)
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    bin = models.ForeignKey(Bin, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    fitted_quantity = models.PositiveIntegerField(default=0)
    returned_quantity = models.PositiveIntegerField(default=0)

    objects = PartRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="a_request_asks_for_something"),
            models.CheckConstraint(
                condition=Q(quantity__gte=F("fitted_quantity") + F("returned_quantity")),
                name="fitted_and_returned_parts_were_issued",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[str(state) for state in RequestState]), name="a_request_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["RESERVED", "ISSUED"]) | Q(bin__isnull=False),
                name="a_reserved_part_lies_in_a_bin",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "answer_by"], name="request_queue"),
            models.Index(fields=["order", "state"], name="request_of_order"),
            models.Index(fields=["state", "id"], name="request_by_state"),
            models.Index(fields=["answer_by"], name="request_by_answer_time"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def unused_quantity(self) -> int:
        """Issued, neither fitted nor returned."""
        return self.quantity - self.fitted_quantity - self.returned_quantity


class Procurement(models.Model):
    """What the store does to get a part that it does not have (S6-19); linked to the job by its request."""

    request = models.OneToOneField(PartRequest, on_delete=models.PROTECT, related_name="procurement")
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=ProcurementState.OPEN)
    need_by = models.DateField(null=True)
    expected_on = models.DateField(null=True)
    basis = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[str(kind) for kind in ProcurementKind]), name="a_procurement_is_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", ended_at__isnull=True) | (~Q(state="OPEN") & Q(ended_at__isnull=False)),
                name="an_ended_procurement_says_when",
            ),
            Never(
                name="a_part_is_ordered_once_its_deposit_is_left",
                when="(SELECT o.deposit_owed_minor FROM workorder_workorder o"
                " JOIN storeroom_partrequest r ON r.order_id = o.id WHERE r.id = NEW.request_id) > 0",
                events=("INSERT",),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request} {self.kind}"


class ReturnBatchQuerySet(models.QuerySet["ReturnBatch"]):
    """Parcels, as far as the one who asks may see them."""

    def visible_to(self, by: Actor) -> ReturnBatchQuerySet:
        """Those of the outlets whose stores `by` sees."""
        return self.filter(by.scope("storeroom.see").q())


class ReturnBatch(models.Model):
    """A parcel of old parts from an outlet to head office, opened there by another than who sent it (2.9)."""

    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=BatchState.SENT)
    carrier = models.CharField(max_length=80, blank=True)
    waybill = models.CharField(max_length=60)
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    received_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    received_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = ReturnBatchQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index(fields=["unit", "-id"], name="return_batch_of_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[str(state) for state in BatchState]), name="a_return_batch_is_in_a_known_state"
            ),
            models.CheckConstraint(condition=~Q(waybill=""), name="a_return_batch_has_its_waybill"),
            models.CheckConstraint(
                condition=Q(received_by__isnull=True, received_at__isnull=True, state="SENT")
                | Q(received_by__isnull=False, received_at__isnull=False)
                & ~Q(received_by=F("sent_by"))
                & ~Q(state="SENT"),
                name="a_return_batch_is_opened_by_another",
            ),
            Never(name="a_return_batch_over_never_changes", when="OLD.state = 'CLOSED'", events=("UPDATE", "DELETE")),
        ]

    def __str__(self) -> str:
        return self.number


class OldPart(models.Model):
    """A part that came out of an appliance, and what becomes of it (WO-9)."""

    tag = models.CharField(max_length=40, unique=True)
    order = models.ForeignKey(WorkOrder, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(PartRequest, on_delete=models.PROTECT, related_name="old_parts")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    serial = models.CharField(max_length=60, blank=True)
    condition = models.CharField(max_length=300)
    outcome = models.CharField(max_length=20)
    removed_at = models.DateTimeField()
    removed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=OldPartState.KEPT)
    # The last day on which it is sent to head office; none for what does not go there.
    due_on = models.DateField(null=True)
    batch = models.ForeignKey(ReturnBatch, on_delete=models.PROTECT, related_name="parts", null=True)
    is_sampled = models.BooleanField(default=False)
    result = models.CharField(max_length=16, blank=True)
    result_note = models.CharField(max_length=300, blank=True)
    audited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    audited_at = models.DateTimeField(null=True)
    scrap_asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    scrap_asked_at = models.DateTimeField(null=True)
    scrap_reason = models.CharField(max_length=300, blank=True)
    scrapped_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    scrapped_at = models.DateTimeField(null=True)
    # In minor units of the job's currency.
    credit_minor = models.PositiveBigIntegerField(null=True)
    credit_ref = models.CharField(max_length=60, blank=True)
    credited_at = models.DateTimeField(null=True)
    missing_at = models.DateTimeField(null=True)
    missing_note = models.CharField(max_length=300, blank=True)
    # The outlet pays for it at the settlement: what the part costs, in minor units; None where the catalogue knows no cost.
    is_chargeable = models.BooleanField(default=False)
    charge_minor = models.PositiveBigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["outcome", "id"], name="old_part_by_outcome"),
            models.Index(fields=["due_on"], condition=Q(state="KEPT", due_on__isnull=False), name="old_part_due"),
            models.Index(fields=["batch"], condition=Q(batch__isnull=False), name="old_part_in_batch"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[str(state) for state in OldPartState]), name="an_old_part_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["SENT", "RECEIVED", "CREDITED"]) | Q(batch__isnull=False),
                name="an_old_part_away_was_sent_in_a_parcel",
            ),
            models.CheckConstraint(
                condition=~Q(state="SCRAPPED")
                | Q(scrapped_by__isnull=False, scrap_asked_by__isnull=False) & ~Q(scrapped_by=F("scrap_asked_by")),
                name="an_old_part_is_destroyed_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(state="MISSING") | Q(missing_at__isnull=False, is_chargeable=True),
                name="a_missing_old_part_is_charged",
            ),
            models.CheckConstraint(
                condition=~Q(state="CREDITED") | Q(credit_minor__gt=0, outcome="CORE_CREDIT") & ~Q(credit_ref=""),
                name="a_credit_names_its_note",
            ),
            models.CheckConstraint(
                condition=Q(result="", audited_by__isnull=True)
                | Q(is_sampled=True, audited_by__isnull=False, result__in=[str(each) for each in AuditResult]),
                name="what_was_examined_was_in_the_sample",
            ),
            models.CheckConstraint(
                condition=Q(charge_minor__isnull=True) | Q(is_chargeable=True), name="what_is_charged_is_chargeable"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="an_old_part_is_something"),
            models.CheckConstraint(
                condition=Q(outcome__in=[str(outcome) for outcome in OldPartOutcome]),
                name="the_outcome_of_an_old_part_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.tag
