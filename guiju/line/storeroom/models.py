"""Requests for parts, what was ordered for them, and the old parts that came out."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guiju.books.stock.models import Bin
from guiju.kernel.actor import Actor
from guiju.kernel.constraints import Never
from guiju.line.storeroom.rules import OldPartOutcome, ProcurementKind, ProcurementState, RequestState
from guiju.line.workorder.models import OfOrder, WorkOrder
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Person


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

    class Meta:
        indexes = [models.Index(fields=["outcome", "id"], name="old_part_by_outcome")]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="an_old_part_is_something"),
            models.CheckConstraint(
                condition=Q(outcome__in=[str(outcome) for outcome in OldPartOutcome]),
                name="the_outcome_of_an_old_part_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.tag
