"""What the front desk writes down: the request, the check at the counter, photos, accessories, the claim tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from guiju.kernel.constraints import AppendOnly, Never
from guiju.kernel.models import Evidence
from guiju.line.intake.rules import RequestState
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import Channel
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Person, Unit

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


class ServiceRequests(models.QuerySet["ServiceRequest"]):
    """Questions about many requests."""

    def visible_to(self, by: Actor) -> ServiceRequests:
        """Only those of the units whose front desk this person may see; a customer sees the one of the link."""
        return self.filter(by.scope("intake.see").q(own=Q(order_id=by.order_id, order_id__isnull=False)))


class ServiceRequest(models.Model):
    """What a customer asks for, by whatever channel; a job comes of it, or advice, or a referral (S6-01)."""

    number = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8)
    state = models.CharField(max_length=20, default=RequestState.NEW.value)
    # Whom to answer, where it is not the customer: a neighbour, a caretaker.
    contact = models.CharField(max_length=120, blank=True)
    order = models.OneToOneField(WorkOrder, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    objects = ServiceRequests.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["number"], name="service_request_number_is_unique"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in RequestState]), name="service_request_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=[channel.value for channel in Channel]), name="service_request_channel_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.CONVERTED.value) | Q(order__isnull=False),
                name="service_request_converted_has_its_order",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class IntakeCheck(models.Model):
    """How the appliance was when it came over the counter, signed by the customer."""

    order = models.OneToOneField(WorkOrder, models.PROTECT, related_name="+")
    condition = models.TextField()
    reproduced = models.BooleanField()
    serial_matches = models.BooleanField()
    discrepancy_note = models.CharField(max_length=300, blank=True)
    declared_value_minor = models.BigIntegerField(default=0)
    # What the customer said about the data on the appliance: none, saved elsewhere, may be erased.
    data_statement = models.CharField(max_length=300, blank=True)
    signature = models.ForeignKey(Evidence, models.PROTECT, related_name="+")
    received_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    received_by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            AppendOnly(name="intake_check_is_never_rewritten"),
            models.CheckConstraint(
                condition=Q(serial_matches=True) | ~Q(discrepancy_note=""),
                name="intake_check_says_which_serial_was_found",
            ),
            models.CheckConstraint(condition=~Q(condition=""), name="intake_check_describes_the_appliance"),
            models.CheckConstraint(condition=Q(declared_value_minor__gte=0), name="intake_check_value_is_no_debt"),
        ]


class IntakePhoto(models.Model):
    """One picture of the appliance as it came."""

    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="+")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [
            AppendOnly(name="intake_photo_is_never_rewritten"),
            models.UniqueConstraint(fields=["order", "evidence"], name="intake_photo_counts_once"),
        ]


class Accessory(models.Model):
    """A remote control, a cable, a basket: what came with the appliance and goes back with it (WO-13)."""

    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    quantity = models.PositiveIntegerField()
    returned_quantity = models.PositiveIntegerField(null=True)
    exception_note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "accessories"
        constraints = [
            AppendOnly(name="accessory_list_is_never_rewritten", may_change=["returned_quantity", "exception_note"]),
            models.CheckConstraint(condition=~Q(name=""), name="accessory_has_a_name"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="accessory_is_at_least_one"),
            models.CheckConstraint(
                condition=Q(returned_quantity__isnull=True) | Q(returned_quantity__lte=F("quantity")),
                name="accessory_returned_is_not_more_than_came",
            ),
            models.CheckConstraint(
                condition=Q(returned_quantity__isnull=True)
                | Q(returned_quantity=F("quantity"))
                | ~Q(exception_note=""),
                name="accessory_missing_has_an_exception",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.name}"


class ClaimTag(models.Model):
    """What the customer shows to get the appliance back.

    The six digits on it are kept nowhere: they are made again from the salt and the installation's secret, so a copy of the
    database opens no appliance.
    """

    order = models.OneToOneField(WorkOrder, models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    code_salt = models.CharField(max_length=32)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            AppendOnly(name="claim_tag_is_never_rewritten"),
            models.UniqueConstraint(fields=["number"], name="claim_tag_number_is_unique"),
            Never(
                name="claim_tag_is_given_for_what_was_received",
                when="(SELECT o.received_at FROM workorder_workorder o WHERE o.id = NEW.order_id) IS NULL",
                events=("INSERT",),
            ),
        ]

    def __str__(self) -> str:
        return self.number
