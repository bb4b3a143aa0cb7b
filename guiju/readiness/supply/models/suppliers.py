"""From whom we buy, at which price since when, and to which account the money goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from guiju.kernel.constraints import AppendOnly, NoOverlap
from guiju.readiness.supply.rules import BankState, SupplierState
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Person

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


class Suppliers(models.QuerySet["Supplier"]):
    """Questions about suppliers."""

    def visible_to(self, by: Actor) -> Suppliers:
        """All of them for whoever buys or looks at buying somewhere: the list is the brand's (S2-48)."""
        return self if by.may("supply.see") else self.none()


class Supplier(models.Model):
    """A house that we buy from; the list is the brand's, and belongs to no unit.

    categories   what it sells, as rules.Category
    """

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    licence_no = models.CharField(max_length=60, blank=True)
    contact = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    categories = models.JSONField(default=list)
    state = models.CharField(max_length=10, default=SupplierState.PROPOSED.value)
    proposed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    admitted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects = Suppliers.as_manager()

    class Meta:
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="a_supplier_has_a_code_and_a_name"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in SupplierState]), name="a_supplier_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(admitted_by__isnull=True) | ~Q(admitted_by=F("proposed_by")),
                name="a_supplier_is_admitted_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(state=SupplierState.PROPOSED.value) | Q(admitted_by__isnull=False),
                name="a_supplier_in_use_was_admitted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def unit_id(self) -> None:
        """It belongs to no unit: deeds on it ask for rights in the whole brand."""
        return


class SupplierBank(models.Model):
    """An account of a supplier: in force only once a second person has verified it with the supplier (PUR-8).

    basis       what the change was asked with: the supplier's letter
    verified    how it was verified: whom one rang, and under which number that was known before
    """

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="banks")
    holder = models.CharField(max_length=120)
    bank = models.CharField(max_length=120)
    account = models.CharField(max_length=60)
    basis = models.CharField(max_length=200)
    verified = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, default=BankState.ASKED.value)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(holder="") & ~Q(bank="") & ~Q(account="") & ~Q(basis=""), name="an_account_is_told_whole"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in BankState]), name="an_account_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="an_account_is_verified_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[BankState.IN_FORCE.value, BankState.REPLACED.value])
                | (Q(decided_by__isnull=False) & ~Q(verified="")),
                name="an_account_in_force_was_verified",
            ),
            models.UniqueConstraint(
                fields=["supplier"],
                condition=Q(state=BankState.IN_FORCE.value),
                name="a_supplier_has_one_account_in_force",
            ),
            models.UniqueConstraint(
                fields=["supplier"],
                condition=Q(state=BankState.ASKED.value),
                name="a_supplier_has_one_account_to_verify",
            ),
            # Whoever swaps the number under a verified row has no verified row any more.
            AppendOnly(name="an_account_is_never_edited", may_change=["verified", "state", "decided_by", "decided_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.supplier.code} {self.masked}"

    @property
    def masked(self) -> str:
        """The account as lists show it: its last four characters."""
        return f"…{self.account[-4:]}"


class Offers(models.QuerySet["Offer"]):
    """Questions about prices."""

    def visible_to(self, by: Actor) -> Offers:
        """All of them for whoever sees suppliers."""
        return self if by.may("supply.see") else self.none()


class Offer(models.Model):
    """What one of a part costs at a supplier from a day on; the rows before it are the history of the price (S2-48).

    ends_on   the first day on which it no longer holds; empty while no other price is known
    basis     where the price is from: the list, the letter, the order
    """

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="offers")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    price_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    lead_days = models.PositiveIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    basis = models.CharField(max_length=200)
    set_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    objects = Offers.as_manager()

    class Meta:
        ordering = ("supplier", "part", "starts_on")
        indexes = [models.Index(fields=["part", "starts_on"], name="offer_of_part")]
        constraints = [
            NoOverlap(["supplier", "part", "currency"], "starts_on", "ends_on", name="a_supplier_asks_one_price_a_day"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="an_offer_holds_for_a_day_at_least",
            ),
            models.CheckConstraint(condition=Q(price_minor__gt=0), name="an_offer_has_a_price"),
            models.CheckConstraint(condition=~Q(basis=""), name="an_offer_says_where_it_is_from"),
            AppendOnly(name="a_price_of_the_past_is_never_edited", may_change=["ends_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.supplier.code} {self.part.code} {self.starts_on}"


class CentralPart(models.Model):
    """A part that only the central buyer buys, from a day on (S2-46, PUR-5); the row belongs to the brand."""

    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    set_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("part", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["part"], condition=Q(ended_at__isnull=True), name="a_part_is_bought_centrally_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_central_part_says_why"),
            AppendOnly(name="a_central_part_is_never_edited", may_change=["ended_at"]),
        ]

    def __str__(self) -> str:
        return self.part.code
