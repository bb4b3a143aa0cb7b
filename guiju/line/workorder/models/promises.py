"""The ledger of promises: the first, each one after it, and what became of them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guiju.kernel.actor import Actor
from guiju.kernel.constraints import AppendOnly, Never
from guiju.kernel.models import Evidence
from guiju.line.workorder.models.order import WorkOrder, one_of
from guiju.line.workorder.rules import Agreed, PromiseCause
from guiju.standing.people.models import Person, Unit


class PromiseRevision(models.Model):
    """One line of the ledger: until when, why, what it rests on, and whether the customer agreed (WO-10, D04).

    number        0 is the first promise, which moved nothing; each line names the date that it takes the place of
    steps         how the date was reckoned, step by step; empty where a person named it
    basis, proof  what it rests on, in words and as a picture: the supplier's word, a measurement
    agreed        how the customer agreed; empty until that day
    """

    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="promise_revisions")
    number = models.PositiveSmallIntegerField()
    old_at = models.DateTimeField(null=True)
    new_at = models.DateTimeField()
    cause = models.CharField(max_length=12)
    reason = models.JSONField()
    steps = models.JSONField(default=list)
    basis = models.CharField(max_length=300, blank=True)
    proof = models.ForeignKey(Evidence, models.PROTECT, related_name="+", null=True)
    agreed = models.CharField(max_length=12, blank=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_note = models.CharField(max_length=300, blank=True)
    signature = models.ForeignKey(Evidence, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()
    actor_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("order", "number")
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="promise_revision_has_its_number_once"),
            models.CheckConstraint(condition=~Q(old_at=F("new_at")), name="promise_revision_changes_the_date"),
            models.CheckConstraint(
                condition=Q(number=0, old_at__isnull=True, cause=PromiseCause.FIRST.value)
                | Q(number__gt=0, old_at__isnull=False) & ~Q(cause=PromiseCause.FIRST.value),
                name="promise_revision_but_the_first_names_the_one_before",
            ),
            models.CheckConstraint(condition=one_of("cause", PromiseCause), name="promise_revision_has_a_known_cause"),
            models.CheckConstraint(
                condition=Q(agreed="", agreed_at__isnull=True)
                | one_of("agreed", Agreed) & Q(agreed_at__isnull=False, agreed_at__gte=F("at")),
                name="promise_revision_was_agreed_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(agreed=Agreed.SIGNATURE.value) | Q(signature__isnull=False),
                name="promise_revision_that_is_signed_has_its_signature",
            ),
            models.CheckConstraint(
                condition=~Q(agreed=Agreed.RECORDED.value) | ~Q(agreed_note=""),
                name="promise_revision_by_word_says_what_was_said",
            ),
            # D04: nobody puts a customer off for a part without a signature.
            models.CheckConstraint(
                condition=~Q(cause=PromiseCause.PART.value) | Q(agreed=Agreed.SIGNATURE.value),
                name="promise_revision_for_a_part_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(cause=PromiseCause.CUSTOMER.value) | ~Q(agreed=""),
                name="promise_revision_of_the_customer_is_agreed",
            ),
            Never(
                name="promise_revision_follows_the_one_before",
                when="NEW.number > 0 AND NOT EXISTS (SELECT 1 FROM workorder_promiserevision before"
                " WHERE before.order_id = NEW.order_id AND before.number = NEW.number - 1 AND before.new_at = NEW.old_at)",
                events=("INSERT",),
            ),
            Never(
                name="promise_revision_takes_the_place_of_what_stands",
                when="NEW.number > 0 AND NOT EXISTS (SELECT 1 FROM workorder_workorder o"
                " WHERE o.id = NEW.order_id AND o.promised_at = NEW.old_at)",
                events=("INSERT",),
            ),
            Never(
                name="promise_revision_is_agreed_once",
                when="OLD.agreed <> ''",
                events=("UPDATE",),
            ),
            AppendOnly(
                name="promise_revision_is_never_rewritten",
                may_change=["agreed", "agreed_at", "agreed_note", "signature"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.number}"

    @property
    def unit_id(self) -> int:
        """The outlet whose promise it is."""
        return self.order.unit_id


class PromiseOutcomes(models.QuerySet["PromiseOutcome"]):
    """Questions about many outcomes."""

    def visible_to(self, by: Actor, verb: str = "workorder.see") -> PromiseOutcomes:
        """Those of the units in which this person may do that; a technician's own."""
        own = Q(technician_id=by.person_id, technician_id__isnull=False)
        return self.filter(by.scope(verb).q(own=own))


class PromiseOutcome(models.Model):
    """Whether an order was ready when it was promised: written once, when it was ready first.

    agreed_at            the last date to which the customer agreed: the first, or a later one that was signed for
    paused_…             seconds that the customer caused: since receipt, and since that agreement
    late_…_minutes       after the date, with what the customer caused added to it; begun minutes are whole, none is kept
    """

    order = models.OneToOneField(WorkOrder, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    technician = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    first_at = models.DateTimeField()
    agreed_at = models.DateTimeField()
    last_at = models.DateTimeField()
    ready_at = models.DateTimeField()
    ready_on = models.DateField()
    revisions = models.PositiveSmallIntegerField()
    paused_first_seconds = models.PositiveIntegerField()
    paused_agreed_seconds = models.PositiveIntegerField()
    late_first_minutes = models.PositiveIntegerField()
    late_agreed_minutes = models.PositiveIntegerField()

    objects = PromiseOutcomes.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [
            models.Index(fields=["unit", "ready_at"], name="promise_outcome_of_unit"),
            models.Index(fields=["ready_at"], name="promise_outcome_anywhere"),
            models.Index(fields=["technician", "ready_at"], name="promise_outcome_of_person"),
        ]
        constraints = [AppendOnly(name="promise_outcome_is_never_rewritten")]

    def __str__(self) -> str:
        return f"{self.order_id}"
