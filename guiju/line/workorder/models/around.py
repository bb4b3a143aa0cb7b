"""What hangs on a work order: links, symptoms, custody, coverage decisions, promises, holds, contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from guiju.kernel.beginnings import Beginning
from guiju.kernel.constraints import AppendOnly, Never, NoOverlap
from guiju.line.workorder.models.order import WorkOrder, earlier, one_of
from guiju.line.workorder.rules import CUSTOMER_CAUSED, Bearer, Held, Hold
from guiju.standing.catalogue.models import FaultCode
from guiju.standing.people.models import Person, Unit
from guiju.standing.warranty.rules import Coverage

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


class TrackLink(models.Model):
    """A link given instead of the one before; the newest opens its order. As with the first, only its digest is compared."""

    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="links")
    salt = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [AppendOnly(name="track_link_is_never_rewritten")]


class OrderSymptom(models.Model):
    """What the customer says is wrong, in the product line's own codes."""

    order = models.ForeignKey(WorkOrder, models.CASCADE, related_name="symptoms")
    code = models.ForeignKey(FaultCode, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "code"], name="order_symptom_is_named_once")]


class Custody(models.Model):
    """One hand-over of the customer's appliance: from whom, to whom, where, when."""

    class Item(models.TextChoices):
        DEVICE = "DEVICE"
        ACCESSORY = "ACCESSORY"
        LOANER = "LOANER"

    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="custody")
    item = models.CharField(max_length=12, default=Item.DEVICE)
    from_held = models.CharField(max_length=20)
    to_held = models.CharField(max_length=20)
    from_holder = models.CharField(max_length=120)
    to_holder = models.CharField(max_length=120)
    place = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            AppendOnly(name="custody_is_never_rewritten"),
            models.CheckConstraint(
                condition=one_of("from_held", Held) & one_of("to_held", Held), name="custody_is_of_a_known_kind"
            ),
            models.CheckConstraint(condition=~Q(to_holder=""), name="custody_has_a_holder"),
            # S6-12: what stands in the shop stands somewhere.
            models.CheckConstraint(
                condition=~Q(to_held=Held.IN_SHOP.value) | ~Q(place=""), name="custody_in_the_shop_has_a_place"
            ),
        ]


class CoverageDecision(models.Model):
    """Who pays, with the reasons, the facts and the version of the terms that judged (WTY-6)."""

    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="coverage_decisions")
    # Made at the counter, before anybody has seen the fault; it binds nobody.
    is_precheck = models.BooleanField(default=False)
    coverage = models.CharField(max_length=20)
    because = models.JSONField(default=list)
    ends_on = models.DateField(null=True)
    version = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)
    # Each kind of cost apart, with the tree of statements that proves it (B03, WTY-6).
    covers = models.JSONField(default=list)
    # What the customer may have beside a repair, on the day of the decision (B08).
    rights = models.JSONField(default=list)
    at = models.DateTimeField()
    actor_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("pk",)
        constraints = [
            AppendOnly(name="coverage_decision_is_never_rewritten"),
            models.CheckConstraint(condition=one_of("coverage", Coverage), name="coverage_decision_is_of_a_known_kind"),
        ]


class ComeBacks(models.QuerySet["ComeBack"]):
    """Questions about many of them."""

    def visible_to(self, by: Actor, verb: str = "workorder.see") -> ComeBacks:
        """Those that are charged to the units in which this person may do that; a technician's own."""
        own = Q(technician_id=by.person_id, technician_id__isnull=False)
        return self.filter(by.scope(verb).q(unit="charged_to_id", own=own))


class ComeBack(models.Model):
    """A repair that did not hold: the same serial number with the same kind of fault, within the promise of an earlier repair (WO-11).

    bearer      who pays in the end: the outlet that made the repair, or the supplier of the part that it fitted and that failed again
    technician  who made the earlier repair; nobody's wages are touched by it
    days        from the hand-over of the earlier repair to the day on which it was complained of
    """

    order = models.OneToOneField(WorkOrder, models.PROTECT, related_name="+")
    # Where it came back, and as what: the outlet that is charged reads this, and not the job of another outlet.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    order_number = models.CharField(max_length=40, unique=True)
    # The repair that did not hold; in another outlet only its number is known here.
    earlier_number = models.CharField(max_length=40)
    # Who pays: the outlet that repaired it then.
    charged_to = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    bearer = models.CharField(max_length=10, default=Bearer.OUTLET.value)
    technician = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    fault_family = models.CharField(max_length=40)
    # Where one of the oldest was linked, nobody wrote the days down.
    days = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()

    objects = ComeBacks.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [
            models.Index(fields=["charged_to", "at", "id"], name="come_back_of_unit"),
            models.Index(fields=["technician", "id"], name="come_back_of_person"),
            models.Index(fields=["bearer", "id"], name="come_back_of_bearer"),
            models.Index(fields=["fault_family", "id"], name="come_back_of_fault"),
            models.Index(fields=["at", "id"], name="come_back_in_time"),
            models.Index(fields=["earlier_number"], name="come_back_of_repair"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(earlier_number="") & ~Q(fault_family=""), name="come_back_names_repair_and_fault"
            ),
            models.CheckConstraint(condition=one_of("bearer", Bearer), name="come_back_is_paid_by_a_known_bearer"),
            Beginning("earlier_number", name="come_back_is_found_by_the_beginning_of_its_repair"),
            AppendOnly(name="come_back_is_never_rewritten"),
        ]

    def __str__(self) -> str:
        return f"{self.earlier_number} {self.fault_family}"


class HoldSpan(models.Model):
    """One time that the work stood still, and for whose sake."""

    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="hold_spans")
    hold = models.CharField(max_length=24)
    reason = models.CharField(max_length=300)
    # Only what the customer causes stops the clock of the promise.
    is_paused = models.BooleanField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    actor_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("pk",)
        constraints = [
            AppendOnly(name="hold_span_is_never_rewritten", may_change=["ends_at"]),
            NoOverlap(["order"], "starts_at", "ends_at", name="hold_span_is_the_only_one_of_its_order"),
            models.CheckConstraint(condition=one_of("hold", Hold), name="hold_span_is_of_a_known_kind"),
            models.CheckConstraint(condition=~Q(reason=""), name="hold_span_has_a_reason"),
            models.CheckConstraint(
                condition=Q(is_paused=False) | Q(hold__in=sorted(hold.value for hold in CUSTOMER_CAUSED)),
                name="hold_span_pauses_for_the_customer_alone",
            ),
            models.CheckConstraint(condition=earlier("starts_at", "ends_at"), name="hold_span_runs_forward"),
            Never(
                name="hold_span_ends_once",
                when='OLD."ends_at" IS NOT NULL AND (NEW."ends_at" IS NULL OR NEW."ends_at" <> OLD."ends_at")',
                events=("UPDATE",),
            ),
        ]


class ContactAttempt(models.Model):
    """One try to reach the customer, and what came of it."""

    class Result(models.TextChoices):
        REACHED = "REACHED"
        NO_ANSWER = "NO_ANSWER"
        WRONG_NUMBER = "WRONG_NUMBER"
        LEFT_MESSAGE = "LEFT_MESSAGE"
        SENT = "SENT"

    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="contact_attempts")
    channel = models.CharField(max_length=16)
    outcome = models.CharField(max_length=16, choices=Result)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    actor_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("pk",)
        constraints = [
            AppendOnly(name="contact_attempt_is_never_rewritten"),
            models.CheckConstraint(
                condition=Q(outcome__in=["REACHED", "NO_ANSWER", "WRONG_NUMBER", "LEFT_MESSAGE", "SENT"]),
                name="contact_attempt_has_a_known_outcome",
            ),
        ]
