"""The work order itself."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.db.models import Case, F, Q, Value, When

from guiju.kernel.actor import Actor, Kind
from guiju.kernel.beginnings import Beginning
from guiju.kernel.constraints import Never
from guiju.kernel.pieces import Pieces
from guiju.line.workorder.rules import (
    DEPOSIT_ASKED,
    ENDED,
    LABELS,
    OURS,
    PRIORITY_RANKS,
    TERMINAL,
    Billing,
    Channel,
    FeeCollection,
    Held,
    Hold,
    Mode,
    Outcome,
    Priority,
    State,
)
from guiju.standing.catalogue.models import Appliance
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Person, Unit
from guiju.standing.pricing.models import PriceList
from guiju.standing.warranty.rules import Coverage


def one_of(field: str, words: type[StrEnum], *, or_empty: bool = False) -> Q:
    return Q(**{f"{field}__in": [*_values(words), *([""] if or_empty else [])]})


def _values(words: Iterable[StrEnum]) -> list[str]:
    # Plain strings, so that a migration of today reads the same when the enum has grown.
    return sorted(word.value for word in words)


def _in_sql(words: frozenset[State]) -> str:
    return ", ".join(f"'{word}'" for word in sorted(words))


def earlier(first: str, then: str) -> Q:
    return Q(**{f"{first}__isnull": True}) | Q(**{f"{then}__isnull": True}) | Q(**{f"{first}__lte": F(then)})


def rank_of_priority() -> models.GeneratedField:
    """The place of a row's `priority` when a list is sorted by it: the database keeps it, so that an index can stand behind it."""
    places = [When(priority=word.value, then=Value(rank)) for word, rank in PRIORITY_RANKS.items()]
    return models.GeneratedField(
        expression=Case(*places, default=Value(len(places)), output_field=models.SmallIntegerField()),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )


# The columns that hold a code: their word in the sentence that refuses another one, and the codes.
CODES: tuple[tuple[str, str, type[StrEnum]], ...] = (
    ("state", "state", State), ("mode", "mode", Mode), ("held", "custody", Held), ("coverage", "coverage", Coverage),
    ("billing", "billing", Billing), ("priority", "priority", Priority), ("channel", "channel", Channel),
    ("fee_collection", "fee_collection", FeeCollection),
)  # fmt: skip


# A list is walked along one of these from its first row on, in one unit or in all, however many rows there are.
INDEXES = {
    "unit_and_state": ["unit", "state", "opened_at"], "technician": ["technician", "state"],
    "unit_technician": ["unit", "technician"],
    "promise": ["unit", "promised_at"], "opening": ["unit", "opened_at"], "state": ["state", "opened_at"],
    "number": ["unit", "number"], "promise_anywhere": ["promised_at"], "opening_anywhere": ["opened_at"],
    # Nearly all are of one priority: among those the key decides.
    "priority": ["unit", "priority_rank", "id"], "urgency_anywhere": ["priority_rank", "id"],
}  # fmt: skip

# An order has an outcome exactly when it is over for the customer; the database holds that. So the few that are open among a
# million are said by one equality, and these indexes hold those few alone, whatever was opened in ten years.
IS_OPEN = Q(outcome="")
INDEXES_OF_HELD = {"hold": ["unit", "id"], "hold_anywhere": ["id"]}
INDEXES_OF_OPEN = {"open_promise": ["unit", "promised_at"], "open_promise_all": ["promised_at"]}


class WorkOrders(models.QuerySet["WorkOrder"]):
    """Questions about many work orders."""

    def visible_to(self, by: Actor) -> WorkOrders:
        """Only those of the units that this person works for; a technician's own jobs; the one order of a customer's link."""
        mine = Q(technician_id=by.person_id, technician_id__isnull=False)
        if by.kind is Kind.CUSTOMER:
            mine = Q(pk=by.order_id)
        return self.filter(by.scope("workorder.see").q(own=mine))

    def open(self) -> WorkOrders:
        """Those that are not over for the customer."""
        return self.filter(IS_OPEN)

    def with_names(self) -> WorkOrders:
        """Bring what every list and ticket shows of an order."""
        return self.select_related(
            "unit", "customer__unit", "technician", "appliance__brand", "appliance__line", "appliance__model"
        )


class WorkOrder(models.Model):
    """The job for one appliance, from the counter to the paid hand-over."""

    number = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    mode = models.CharField(max_length=10, default=Mode.CARRY_IN.value)
    state = models.CharField(max_length=20, default=State.DRAFT.value)
    held = models.CharField(max_length=20, default=Held.NONE.value)
    # Where exactly: the shelf's code, or empty when a person has it.
    shelf = models.CharField(max_length=40, blank=True)
    coverage = models.CharField(max_length=20, default=Coverage.UNDETERMINED.value)
    billing = models.CharField(max_length=12, default=Billing.NONE.value)
    hold = models.CharField(max_length=24, blank=True)
    hold_reason = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=24, blank=True)
    priority = models.CharField(max_length=8, default=Priority.NORMAL.value)
    priority_rank = rank_of_priority()
    channel = models.CharField(max_length=8, default=Channel.COUNTER.value)
    appliance = models.ForeignKey(Appliance, models.PROTECT, related_name="+")
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+")
    problem = models.TextField()
    language = models.CharField(max_length=8)
    # The date that the customer heard first; what it became since is told by the revisions.
    first_promised_at = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    registered_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    technician = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    # The repair that this one has to make good (返修).
    parent = models.ForeignKey("self", models.PROTECT, related_name="rework", null=True)
    fee_collection = models.CharField(max_length=16, default=FeeCollection.ON_COLLECTION.value)
    terms_accepted_at = models.DateTimeField(null=True)
    test_fee_minor = models.BigIntegerField(default=0)
    # What is still to be left at the till before a part is ordered, and what lies there of the customer's for this job (C07).
    deposit_owed_minor = models.BigIntegerField(default=0)
    deposit_held_minor = models.BigIntegerField(default=0)
    price_list = models.ForeignKey(PriceList, models.PROTECT, related_name="+", null=True)
    currency = models.CharField(max_length=3)
    track_salt = models.CharField(max_length=64)
    track_digest = models.CharField(max_length=64, blank=True)
    qc_fail_count = models.PositiveIntegerField(default=0)
    refusal_count = models.PositiveIntegerField(default=0)

    objects = WorkOrders.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [
            *(models.Index(fields=fields, name=f"work_order_by_{name}") for name, fields in INDEXES.items()),
            *(
                models.Index(fields=fields, name=f"work_order_by_{name}", condition=IS_OPEN)
                for name, fields in INDEXES_OF_OPEN.items()
            ),
            *(
                models.Index(fields=fields, name=f"work_order_by_{name}", condition=~Q(hold=""))
                for name, fields in INDEXES_OF_HELD.items()
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="work_order_number_is_unique"),
            Pieces("number", length=3, name="work_order_is_found_by_a_piece_of_its_number"),
            Beginning("number", name="work_order_is_found_by_its_beginning"),
            Beginning("number", among=["unit"], name="work_order_of_a_unit_is_found_by_its_beginning"),
            models.UniqueConstraint(
                fields=["track_digest"], condition=~Q(track_digest=""), name="work_order_track_link_is_unique"
            ),
            # WO-1: what is in our hands belongs to exactly one order.
            models.UniqueConstraint(
                fields=["appliance"], condition=Q(held__in=_values(OURS)), name="work_order_has_the_appliance_to_itself"
            ),
            # CRM-2: two counters that register the same appliance at once make one order, not two.
            models.UniqueConstraint(
                fields=["appliance"],
                condition=~Q(state__in=_values(ENDED)),
                name="work_order_is_the_only_open_one_of_its_appliance",
            ),
            *(
                models.CheckConstraint(condition=one_of(field, codes), name=f"work_order_{word}_is_known")
                for field, word, codes in CODES
            ),
            models.CheckConstraint(
                condition=one_of("hold", Hold, or_empty=True) & (Q(hold="") | ~Q(hold_reason="")),
                name="work_order_hold_is_known_and_has_a_reason",
            ),
            models.CheckConstraint(
                condition=one_of("outcome", Outcome, or_empty=True)
                & (Q(state__in=_values(ENDED)) & ~Q(outcome="") | ~Q(state__in=_values(ENDED)) & Q(outcome="")),
                name="work_order_ends_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT.value)
                | Q(state=State.CANCELLED.value)
                | Q(registered_at__isnull=False, promised_at__isnull=False) & ~Q(track_digest=""),
                name="work_order_is_registered_with_a_promise",
            ),
            models.CheckConstraint(
                condition=~Q(held__in=_values({Held.IN_SHOP, Held.WITH_TECH})) | Q(received_at__isnull=False),
                name="work_order_holds_what_it_received",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_values(TERMINAL)) | ~Q(held__in=_values(OURS)),
                name="work_order_over_holds_no_appliance",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_values({State.READY, State.RETURNING, State.UNCOLLECTED}))
                | Q(ready_at__isnull=False),
                name="work_order_ready_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_values({State.DELIVERED, State.CLOSED}), delivered_at__isnull=False)
                | ~Q(state__in=_values({State.DELIVERED, State.CLOSED})) & Q(delivered_at__isnull=True),
                name="work_order_delivered_has_its_time",
            ),
            # I28: what comes later on the line did not happen earlier.
            models.CheckConstraint(
                condition=earlier("opened_at", "registered_at")
                & earlier("registered_at", "received_at")
                & earlier("received_at", "ready_at")
                & earlier("ready_at", "delivered_at"),
                name="work_order_times_run_forward",
            ),
            models.CheckConstraint(condition=Q(test_fee_minor__gte=0), name="work_order_test_fee_is_no_gift"),
            models.CheckConstraint(
                condition=Q(deposit_owed_minor=0) | Q(deposit_owed_minor__gt=0, state__in=_values(DEPOSIT_ASKED)),
                name="work_order_owes_a_deposit_while_parts_may_be_ordered",
            ),
            # C07: what is the customer's goes back before the job is over.
            models.CheckConstraint(
                condition=Q(deposit_held_minor=0) | Q(deposit_held_minor__gt=0) & ~Q(state__in=_values(ENDED)),
                name="work_order_over_holds_no_deposit",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="work_order_is_not_its_own_parent"
            ),
            # WO-12: corrections of what is over are reversal documents.
            Never(
                name="work_order_over_never_changes",
                when=f'OLD."state" IN ({_in_sql(TERMINAL)})',
                events=("UPDATE", "DELETE"),
            ),
            Never(
                name="work_order_outcome_is_set_once",
                when='OLD."outcome" <> \'\' AND NEW."outcome" <> OLD."outcome"',
                events=("UPDATE",),
            ),
            # WO-10: a promise changes only together with the revision that says so.
            Never(
                name="work_order_promise_never_changes_silently",
                when=(
                    'OLD."promised_at" IS NOT NULL AND (NEW."promised_at" IS NULL OR NEW."promised_at" <> OLD."promised_at")'
                    " AND NOT EXISTS (SELECT 1 FROM workorder_promiserevision said WHERE said.order_id = OLD.id"
                    ' AND said.old_at = OLD."promised_at" AND said.new_at = NEW."promised_at"'
                    " AND NOT EXISTS (SELECT 1 FROM workorder_promiserevision after"
                    " WHERE after.order_id = OLD.id AND after.number > said.number))"
                ),
                events=("UPDATE",),
            ),
            Never(
                name="work_order_first_promise_is_in_the_ledger",
                when=(
                    'OLD."promised_at" IS NULL AND NEW."promised_at" IS NOT NULL'
                    " AND NOT EXISTS (SELECT 1 FROM workorder_promiserevision said WHERE said.order_id = OLD.id"
                    ' AND said.number = 0 AND said.new_at = NEW."promised_at" AND said.new_at = NEW."first_promised_at")'
                ),
                events=("UPDATE",),
            ),
            Never(
                name="work_order_first_promise_never_changes",
                when='OLD."first_promised_at" IS NOT NULL AND (NEW."first_promised_at" IS NULL'
                ' OR NEW."first_promised_at" <> OLD."first_promised_at")',
                events=("UPDATE",),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def belongs_to(self, actor: Actor) -> bool:
        """Whether the job is this technician's, or the link's customer's."""
        if actor.kind is Kind.CUSTOMER:
            return actor.order_id == self.pk
        return self.technician_id is not None and self.technician_id == actor.person_id

    @property
    def label(self) -> str:
        """The English name of the state, translated where it is shown."""
        return LABELS[State(self.state)]
