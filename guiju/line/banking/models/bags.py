"""Numbered bags with takings, sealed by two, from the drawer to the bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from guiju.kernel.constraints import Never
from guiju.line.banking import rules
from guiju.line.banking.models.common import changes, pieces_add_up, words
from guiju.line.banking.models.deposits import BankDeposit
from guiju.line.banking.models.duty import DutyRoster
from guiju.line.banking.rules import BagState, Batch
from guiju.line.cashier.models import TillSession
from guiju.readiness.custody.models import AccessSession, ControlledStore
from guiju.standing.people.models import Person, Unit

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


class SafeBags(models.QuerySet["SafeBag"]):
    """Questions about bags."""

    def visible_to(self, by: Actor) -> SafeBags:
        """Those of the units whose takings this person may see."""
        return self.filter(by.scope("banking.see").q())

    def with_names(self) -> SafeBags:
        """With the rows that a page names."""
        return self.select_related(
            "unit", "session__till", "sealed_by", "countersigned_by", "safe", "put_in__first_by", "put_in__second_by",
            "duty__officer", "taken_out__first_by", "taken_out__second_by", "carried_by", "deposit", "settled_by",
        )  # fmt: skip


_BY_TWO = (
    "NEW.{which}_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM custody_accesssession s WHERE s.id = NEW.{which}_id"
    " AND s.store_id = NEW.safe_id AND s.is_emergency = false AND s.second_by_id IS NOT NULL AND s.first_by_id <> s.second_by_id)"
)


class SafeBag(models.Model):
    """Takings of one session of a till in a numbered bag.

    number        ours; `seal_number` is the one printed on the bag
    pieces        how many of each note and coin: {denomination in minor units: how many}
    put_in, taken_out   the opening of the safe in which it happened: its two custodians signed there
    duty          whose night it is on which it was put in
    carried_by    who has it in hand, from the safe to the bank
    found_minor, found_pieces   what a third person counted after an incident
    """

    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    session = models.ForeignKey(TillSession, models.PROTECT, related_name="+")
    seal_number = models.CharField(max_length=40)
    business_on = models.DateField()
    batch = models.CharField(max_length=8, choices=[(each.value, rules.BATCH_LABELS[each]) for each in Batch])
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    pieces = models.JSONField(default=dict)
    state = models.CharField(
        max_length=12,
        choices=[(each.value, rules.BAG_LABELS[each]) for each in BagState],
        default=BagState.PACKED.value,
    )
    due_at = models.DateTimeField()
    sealed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField()
    wrong_passwords = models.PositiveSmallIntegerField(default=0)
    countersigned_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    countersigned_at = models.DateTimeField(null=True)
    safe = models.ForeignKey(ControlledStore, models.PROTECT, null=True, related_name="+")
    put_in = models.ForeignKey(AccessSession, models.PROTECT, null=True, related_name="+")
    put_in_at = models.DateTimeField(null=True)
    duty = models.ForeignKey(DutyRoster, models.PROTECT, null=True, related_name="+")
    taken_out = models.ForeignKey(AccessSession, models.PROTECT, null=True, related_name="+")
    taken_out_at = models.DateTimeField(null=True)
    carried_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    deposit = models.ForeignKey(BankDeposit, models.PROTECT, null=True, related_name="bags")
    incident_note = models.CharField(max_length=300, blank=True)
    incident_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    incident_at = models.DateTimeField(null=True)
    found_minor = models.BigIntegerField(null=True)
    found_pieces = models.JSONField(default=dict)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    settled_note = models.CharField(max_length=300, blank=True)

    objects = SafeBags.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=["unit", "-id"], name="safebag_of_a_unit"),
            models.Index(fields=["state", "id"], name="safebag_by_state"),
            models.Index(fields=["due_at"], condition=Q(state__in=words(rules.UNDER_WAY)), name="safebag_under_way"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=words(BagState)), name="bag_state_is_known"),
            models.CheckConstraint(condition=Q(batch__in=["DAY", "EVENING"]), name="bag_is_of_day_or_evening"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_bag_holds_something"),
            models.CheckConstraint(condition=~Q(seal_number=""), name="a_bag_has_its_number"),
            models.UniqueConstraint(fields=["unit", "seal_number"], name="a_bag_number_is_used_once_in_an_outlet"),
            models.UniqueConstraint(
                fields=["session"], condition=Q(state="PACKED"), name="one_bag_of_a_till_waits_for_its_second_signature"
            ),
            pieces_add_up("what_is_in_a_bag_is_worth_its_amount"),
            # FIN-7
            models.CheckConstraint(
                condition=~Q(state__in=words(rules.SIGNED))
                | (Q(countersigned_by__isnull=False) & ~Q(countersigned_by=F("sealed_by"))),
                name="a_bag_is_sealed_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(state="IN_SAFE") | Q(safe__isnull=False, put_in__isnull=False, duty__isnull=False),
                name="a_bag_in_the_safe_names_who_put_it_there",
            ),
            Never(
                name="a_bag_goes_through_the_safes_door_by_two",
                when=f"({_BY_TWO.format(which='put_in')}) OR ({_BY_TWO.format(which='taken_out')})",
            ),
            Never(
                name="who_puts_a_bag_in_the_safe_is_not_on_duty",
                when="NEW.put_in_id IS NOT NULL AND EXISTS (SELECT 1 FROM custody_accesssession s"
                " JOIN banking_dutyroster r ON r.id = NEW.duty_id WHERE s.id = NEW.put_in_id"
                " AND r.officer_id IN (s.first_by_id, s.second_by_id))",
            ),
            models.CheckConstraint(
                condition=~Q(state="RETRIEVED") | Q(carried_by__isnull=False), name="a_bag_on_the_way_has_its_carrier"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["DEPOSITED", "RECONCILED"]) | Q(deposit__isnull=False),
                name="a_bag_at_the_bank_is_of_a_deposit",
            ),
            models.CheckConstraint(
                condition=~Q(state="INCIDENT") | ~Q(incident_note=""), name="what_is_wrong_with_a_bag_is_said"
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True)
                | (
                    ~Q(settled_by=F("sealed_by"))
                    & ~Q(settled_by=F("countersigned_by"))
                    & ~Q(settled_by=F("incident_by"))
                    & ~Q(settled_note="")
                    & Q(found_minor__isnull=False)
                ),
                name="what_happened_to_a_bag_is_found_out_by_a_third",
            ),
            Never(
                name="what_was_sealed_stays_as_it_was_sealed",
                when=changes(
                    "unit_id", "session_id", "seal_number", "business_on", "batch", "amount_minor", "currency", "sealed_by_id",
                    "countersigned_by_id", "number",
                ),
                events=["UPDATE"],
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def reference(self) -> str:
        """How the money book knows this bag, wherever it lies."""
        return f"BAG-{self.pk}"

    @property
    def worth_minor(self) -> int:
        """What is in it: what was sealed, or what a third person found after an incident."""
        return self.amount_minor if self.found_minor is None else self.found_minor

    def belongs_to(self, by: Actor) -> bool:
        """A bag is of those who have it in hand or signed for it."""
        mine = {self.sealed_by_id, self.countersigned_by_id, self.carried_by_id}
        return by.person_id is not None and by.person_id in mine
