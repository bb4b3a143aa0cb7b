"""What the front desk writes down: the request, the check at the counter, photos, accessories, the claim tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from guiju.kernel.beginnings import Beginning
from guiju.kernel.constraints import AppendOnly, Never
from guiju.kernel.models import Evidence
from guiju.line.intake.rules import OPEN, Proof, RejectReason, RequestState
from guiju.line.workorder.models import WorkOrder, one_of, rank_of_priority
from guiju.line.workorder.rules import Channel, Priority
from guiju.standing.catalogue.models import Appliance, FaultCode, ProductLine
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Person, Unit

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


class ServiceRequests(models.QuerySet["ServiceRequest"]):
    """Questions about many requests."""

    def visible_to(self, by: Actor) -> ServiceRequests:
        """Only those of the units whose requests this person may see; who holds a link sees the one that it opens."""
        mine = Q(order_id=by.order_id, order_id__isnull=False) | Q(pk=by.request_id)
        return self.filter(by.scope("requests.see").q(own=mine))

    def waiting(self) -> ServiceRequests:
        """Those about which somebody has to do something, the most urgent first."""
        return self.filter(state__in=sorted(word.value for word in OPEN)).order_by(
            "priority_rank", "answered_at", "due_at", "pk"
        )

    def with_names(self) -> ServiceRequests:
        """Bring what a list shows of a request."""
        return self.select_related("unit", "customer", "line", "order", "duplicate_of", "duplicate_of_order")


# Every order of the counter has a request; only those from outside wait for an answer, and are on a list.
OUTSIDE = Q(due_at__isnull=False)
INDEXES_OF_OUTSIDE = {
    "service_request_by_due_time": ["unit", "state", "due_at"],
    "service_request_by_priority": ["unit", "priority_rank", "id"], "request_by_priority_anywhere": ["priority_rank", "id"],
    "request_from_outside": ["unit", "id"], "request_from_outside_anywhere": ["id"], "request_by_state_anywhere": ["state", "id"],
}  # fmt: skip


class ServiceRequest(models.Model):
    """What a customer asks for, by whatever channel; a job comes of it, or advice, or a referral (S6-01).

    What was typed stays as it was typed: the customer, the line and the appliance beside it are what we made of it. CRM-1: the
    unit is the one accountable outlet, always.
    """

    number = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # Whose card has that telephone; never shown to whoever asks.
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", null=True)
    channel = models.CharField(max_length=8)
    state = models.CharField(max_length=20, default=RequestState.NEW.value)
    priority = models.CharField(max_length=8, default=Priority.NORMAL.value)
    priority_rank = rank_of_priority()
    # Whom to answer, where it is not the customer: a neighbour, a caretaker.
    contact = models.CharField(max_length=120, blank=True)
    order = models.OneToOneField(WorkOrder, models.PROTECT, related_name="+", null=True)
    # The finished job about which the customer came back.
    earlier_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()
    # --- As it was typed
    contact_name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    email = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=8, blank=True)
    line = models.ForeignKey(ProductLine, models.PROTECT, related_name="+", null=True)
    brand = models.CharField(max_length=120, blank=True)
    model = models.CharField(max_length=60, blank=True)
    serial = models.CharField(max_length=60, blank=True)
    folded_serial = models.CharField(max_length=120, blank=True, db_index=True)
    description = models.TextField(blank=True)
    mode = models.CharField(max_length=10, blank=True)
    consent_at = models.DateTimeField(null=True)
    # --- How it came, and until when somebody answers
    proof = models.CharField(max_length=10, default=Proof.HOUSE.value)
    # The puzzle that was solved for it, so that one solution is worth one request.
    challenge = models.CharField(max_length=40, blank=True)
    follow_salt = models.CharField(max_length=64, blank=True)
    follow_digest = models.CharField(max_length=64, blank=True)
    due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    # --- What became of it
    appliance = models.ForeignKey(Appliance, models.PROTECT, related_name="+", null=True)
    coverage = models.CharField(max_length=20, blank=True)
    coverage_because = models.JSONField(default=list)
    advice = models.TextField(blank=True)
    reason_code = models.CharField(max_length=16, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    ended_at = models.DateTimeField(null=True)
    reopened_times = models.PositiveSmallIntegerField(default=0)
    duplicate_of = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)
    duplicate_of_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="+", null=True)

    objects = ServiceRequests.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [
            models.Index(fields=["unit", "phone"], name="service_request_by_phone"),
            models.Index(fields=["unit", "state", "id"], name="service_request_by_state"),
            *(models.Index(fields=fields, name=name, condition=OUTSIDE) for name, fields in INDEXES_OF_OUTSIDE.items()),
        ]
        constraints = [
            AppendOnly(
                name="service_request_words_are_never_rewritten",
                may_change=[
                    "priority", "priority_rank", "customer", "state", "order", "earlier_order", "line", "mode", "answered_at",
                    "appliance", "coverage", "coverage_because", "advice", "reason_code", "reason", "ended_at",
                    "reopened_times", "duplicate_of", "duplicate_of_order",
                ],
            ),
            models.UniqueConstraint(fields=["number"], name="service_request_number_is_unique"),
            Beginning("number", name="service_request_is_found_by_its_beginning"),
            models.UniqueConstraint(
                fields=["challenge"], condition=~Q(challenge=""), name="service_request_puzzle_is_solved_once"
            ),
            models.UniqueConstraint(
                fields=["follow_digest"], condition=~Q(follow_digest=""), name="service_request_link_is_unique"
            ),
            models.CheckConstraint(condition=one_of("state", RequestState), name="service_request_state_is_known"),
            models.CheckConstraint(condition=one_of("priority", Priority), name="service_request_priority_is_known"),
            models.CheckConstraint(condition=one_of("channel", Channel), name="service_request_channel_is_known"),
            models.CheckConstraint(condition=one_of("proof", Proof), name="service_request_proof_is_known"),
            models.CheckConstraint(
                condition=~Q(state=RequestState.CONVERTED.value) | Q(order__isnull=False, customer__isnull=False),
                name="service_request_converted_has_its_order",
            ),
            # Whoever waits for an answer can be answered, and agreed to it (3.1 "submit").
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(consent_at__isnull=False) & (~Q(phone="") | ~Q(email="")),
                name="service_request_can_be_answered",
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True)
                | ~Q(state__in=[RequestState.TRIAGED.value, RequestState.RESOLVED_BY_ADVICE.value])
                | Q(line__isnull=False) & ~Q(mode=""),
                name="service_request_triaged_says_what_and_how",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.DUPLICATE.value)
                | Q(duplicate_of__isnull=False)
                | Q(duplicate_of_order__isnull=False),
                name="service_request_duplicate_names_the_first",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=F("id")),
                name="service_request_does_not_repeat_itself",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.REJECTED.value) | one_of("reason_code", RejectReason),
                name="service_request_refused_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.RESOLVED_BY_ADVICE.value) | ~Q(advice=""),
                name="service_request_solved_says_how",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    def belongs_to(self, actor: Actor) -> bool:
        """Whether this is the one request that the actor's link opens."""
        return actor.request_id is not None and actor.request_id == self.pk


class RequestSymptom(models.Model):
    """One symptom that was ticked."""

    request = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="symptoms")
    code = models.ForeignKey(FaultCode, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "code"], name="request_symptom_is_ticked_once")]


class RequestPhoto(models.Model):
    """One picture that came with a request."""

    request = models.ForeignKey(ServiceRequest, models.PROTECT, related_name="photos")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [
            AppendOnly(name="request_photo_is_never_rewritten"),
            models.UniqueConstraint(fields=["request", "evidence"], name="request_photo_counts_once"),
        ]


class Knock(models.Model):
    """How often a stranger tried within an hour or a day; the address and the number are not kept, only their mark."""

    who = models.CharField(max_length=64)
    since = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["who", "since"], name="knock_is_counted_in_one_place")]


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
    database opens no appliance. A new salt makes what was printed before worthless.
    """

    order = models.OneToOneField(WorkOrder, models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    code_salt = models.CharField(max_length=32)
    given_at = models.DateTimeField()
    # When the paper was lost and its codes were called back.
    renewed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            AppendOnly(name="claim_tag_is_never_rewritten", may_change=["code_salt", "renewed_at"]),
            models.UniqueConstraint(fields=["number"], name="claim_tag_number_is_unique"),
            Never(
                name="claim_tag_is_given_for_what_was_received",
                when="(SELECT o.received_at FROM workorder_workorder o WHERE o.id = NEW.order_id) IS NULL",
                events=("INSERT",),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Loaners(models.QuerySet["LoanerUnit"]):
    """Questions about many loaners."""

    def visible_to(self, by: Actor) -> Loaners:
        """Only those of the units whose front desk this person may see."""
        return self.filter(by.scope("intake.see").q())

    def free(self) -> Loaners:
        """Those that stand on our shelf and may be lent."""
        return self.filter(retired_at=None).exclude(pk__in=Loan.objects.filter(returned_at=None).values("loaner"))


class LoanerUnit(models.Model):
    """A unit of ours that a customer uses while we repair theirs (A17)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    line = models.ForeignKey(ProductLine, models.PROTECT, related_name="+", null=True)
    description = models.CharField(max_length=200)
    serial = models.CharField(max_length=60)
    # What the customer leaves for it, in the outlet's currency.
    deposit_minor = models.BigIntegerField(default=0)
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    retired_because = models.CharField(max_length=300, blank=True)

    objects = Loaners.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["unit", "serial"], name="loaner_serial_stands_once_in_a_unit"),
            models.CheckConstraint(condition=~Q(serial=""), name="loaner_has_a_serial"),
            models.CheckConstraint(condition=Q(deposit_minor__gte=0), name="loaner_deposit_is_no_debt"),
        ]

    def __str__(self) -> str:
        return f"{self.description} {self.serial}"


class Loan(models.Model):
    """A loaner with a customer, for the time of one repair."""

    loaner = models.ForeignKey(LoanerUnit, models.PROTECT, related_name="+")
    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="+")
    deposit_minor = models.BigIntegerField()
    condition_out = models.CharField(max_length=400)
    signature = models.ForeignKey(Evidence, models.PROTECT, related_name="+")
    lent_at = models.DateTimeField()
    lent_by_name = models.CharField(max_length=120)
    returned_at = models.DateTimeField(null=True)
    condition_back = models.CharField(max_length=400, blank=True)
    # Kept from the deposit for damage, or less than was left: with the reason in the condition.
    deposit_back_minor = models.BigIntegerField(null=True)
    # The manager let the appliance go home although the loaner is out.
    excepted_at = models.DateTimeField(null=True)
    excepted_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["loaner"], condition=Q(returned_at__isnull=True), name="loaner_is_lent_to_one_order_at_a_time"
            ),
            AppendOnly(
                name="loan_is_never_rewritten",
                may_change=["returned_at", "condition_back", "deposit_back_minor", "excepted_at", "excepted_because"],
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True, deposit_back_minor__isnull=True)
                | Q(returned_at__gte=F("lent_at"), deposit_back_minor__gte=0, deposit_back_minor__lte=F("deposit_minor"))
                & ~Q(condition_back=""),
                name="loan_ended_says_what_came_back",
            ),
            models.CheckConstraint(
                condition=Q(excepted_at__isnull=True) | ~Q(excepted_because=""), name="loan_exception_says_why"
            ),
            models.CheckConstraint(condition=Q(deposit_minor__gte=0), name="loan_deposit_is_no_debt"),
            models.CheckConstraint(condition=~Q(condition_out=""), name="loan_says_how_it_went_out"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.loaner} · {self.order}"
