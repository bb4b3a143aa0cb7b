"""What somebody asks to be bought, who approved it, and what was bought without asking first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from guiju.kernel.constraints import Never
from guiju.readiness.supply.models.sourcing import Sourcing
from guiju.readiness.supply.rules import HANDS, Category, Purpose, RequestState
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Person, Unit

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor

_APPROVED = ["APPROVED", "AWARDED", "SOURCING"]


class PurchaseRequests(models.QuerySet["PurchaseRequest"]):
    """Questions about purchase requests."""

    def visible_to(self, by: Actor) -> PurchaseRequests:
        """Those of the units whose buying this person may see, and one's own."""
        return self.filter(by.scope("supply.see").q(own=Q(requested_by_id=by.person_id)))


class PurchaseRequest(models.Model):
    """Somebody asks that something is bought for a unit (3.8).

    reference      the job that waits for it
    joined         the numbers of other requests that were one purchase with it when it was approved (PUR-6)
    weight_minor   what it was judged by: its own worth and theirs; empty until it is approved
    decision       the minutes in which a body decided together, above its threshold (S2-36)
    people_min     how many different people ask, approve, buy, receive and pay: one each, or fewer in a shop that is too small (5.4)
    few_because    why fewer do
    """

    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=8)
    is_emergency = models.BooleanField(default=False)
    reference = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=400)
    need_by = models.DateField(null=True)
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=10, default=RequestState.DRAFT.value)
    requested_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    # Why it was returned, rejected or cancelled.
    said = models.CharField(max_length=400, blank=True)
    weight_minor = models.PositiveBigIntegerField(null=True)
    joined = models.JSONField(default=list)
    decision = models.CharField(max_length=80, blank=True)
    people_min = models.PositiveSmallIntegerField(default=HANDS)
    few_because = models.CharField(max_length=300, blank=True)
    sourcing = models.ForeignKey(Sourcing, models.PROTECT, null=True, related_name="requests")

    objects = PurchaseRequests.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=["unit", "state", "submitted_at"], name="purchase_of_unit"),
            models.Index(fields=["state", "id"], name="purchase_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in RequestState]), name="a_purchase_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=[purpose.value for purpose in Purpose]),
                name="a_purchase_is_for_a_known_purpose",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_purchase_says_what_for"),
            models.CheckConstraint(
                condition=Q(is_emergency=False) | ~Q(reference=""), name="an_emergency_purchase_names_its_job"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_APPROVED)
                | Q(decided_by__isnull=False, decided_at__isnull=False, weight_minor__isnull=False),
                name="an_approved_purchase_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")) | Q(people_min__lt=HANDS),
                name="a_purchase_is_approved_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(people_min=HANDS, few_because="")
                | (Q(people_min__gte=1, people_min__lt=HANDS) & ~Q(few_because="")),
                name="a_purchase_by_few_says_why",
            ),
            Never(
                name="an_approved_purchase_keeps_its_people",
                when="OLD.state NOT IN ('DRAFT', 'SUBMITTED') AND NEW.people_min <> OLD.people_min",
                events=("UPDATE",),
            ),
            Never(
                name="a_purchase_by_few_is_reviewed",
                when="NEW.state = 'APPROVED' AND NEW.people_min < 5"
                " AND NOT EXISTS (SELECT 1 FROM supply_emergencyreview v WHERE v.request_id = NEW.id)",
                events=("UPDATE",),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["SOURCING", "AWARDED"]) | Q(sourcing__isnull=False),
                name="a_sourced_purchase_names_its_sourcing",
            ),
            Never(
                # Lines of several people may stand on one request: none of them approves it.
                name="nobody_approves_a_line_of_their_own",
                when="NEW.state = 'APPROVED' AND NEW.people_min = 5 AND EXISTS (SELECT 1 FROM supply_requestline l"
                " WHERE l.request_id = NEW.id AND l.asked_by_id = NEW.decided_by_id)",
                events=("UPDATE",),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def belongs_to(self, by: Actor) -> bool:
        """A request is of the person who asks."""
        return by.person_id is not None and by.person_id == self.requested_by_id


class RequestLine(models.Model):
    """So many of one thing: a part of the catalogue, or something in words.

    category         what it is added up with (PUR-6)
    estimate_minor   what one is thought to cost; empty until somebody says so
    origin           for whom it is, as they call it: the number of a job's part request; each has one line that stands
    withdrawn_at     nobody needs it any more
    """

    request = models.ForeignKey(PurchaseRequest, models.PROTECT, related_name="lines")
    part = models.ForeignKey(Part, models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=80)
    quantity = models.PositiveIntegerField()
    estimate_minor = models.PositiveBigIntegerField(null=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    origin = models.CharField(max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="a_purchase_line_asks_for_something"),
            models.CheckConstraint(
                condition=Q(part__isnull=False, words="") | (Q(part__isnull=True) & ~Q(words="")),
                name="a_purchase_line_is_a_part_or_words",
            ),
            models.CheckConstraint(
                condition=Q(part__isnull=False) | Q(category__in=[each.value for each in Category]),
                name="a_purchase_line_is_of_a_known_category",
            ),
            models.UniqueConstraint(
                fields=["origin"],
                condition=~Q(origin="") & Q(withdrawn_at__isnull=True),
                name="what_waits_is_asked_to_be_bought_once",
            ),
            Never(
                name="a_purchase_line_is_fixed_once_approved",
                when="(SELECT r.state FROM supply_purchaserequest r WHERE r.id = OLD.request_id)"
                " NOT IN ('DRAFT', 'SUBMITTED') AND (OLD.quantity <> NEW.quantity"
                " OR coalesce(OLD.estimate_minor, -1) <> coalesce(NEW.estimate_minor, -1)"
                " OR coalesce(OLD.part_id, 0) <> coalesce(NEW.part_id, 0) OR OLD.words <> NEW.words"
                " OR OLD.request_id <> NEW.request_id)",
                events=("UPDATE",),
            ),
            Never(
                name="no_line_is_added_to_an_approved_purchase",
                when="(SELECT r.state FROM supply_purchaserequest r WHERE r.id = NEW.request_id)"
                " NOT IN ('DRAFT', 'SUBMITTED')",
                events=("INSERT",),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request.number} {self.name}"

    @property
    def name(self) -> str:
        """What it is."""
        return self.part.code if self.part is not None else self.words

    @property
    def amount_minor(self) -> int:
        """What all of it is thought to cost; nothing where nobody has said."""
        return self.quantity * (self.estimate_minor or 0)


class EmergencyReview(models.Model):
    """What was bought at once, or by fewer people than five, is looked at afterwards by somebody who had no part in it (3.8, 5.4)."""

    request = models.OneToOneField(PurchaseRequest, models.PROTECT, related_name="review")
    due_on = models.DateField()
    reviewed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    was_justified = models.BooleanField(null=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("due_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True, was_justified__isnull=True)
                | (Q(reviewed_by__isnull=False, reviewed_at__isnull=False, was_justified__isnull=False) & ~Q(note="")),
                name="a_review_says_who_when_and_what",
            ),
            Never(
                name="a_review_is_by_somebody_who_had_no_part",
                when="NEW.reviewed_by_id IS NOT NULL AND EXISTS (SELECT 1 FROM supply_purchaserequest r"
                " WHERE r.id = NEW.request_id AND NEW.reviewed_by_id IN (r.requested_by_id, r.decided_by_id))",
            ),
            Never(name="a_review_is_made_once", when="OLD.reviewed_at IS NOT NULL", events=("UPDATE",)),
        ]

    def __str__(self) -> str:
        return self.request.number
