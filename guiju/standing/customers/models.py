"""The people and companies whose appliances we repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from guiju.kernel.beginnings import Beginning
from guiju.kernel.constraints import Never
from guiju.kernel.pieces import Pieces
from guiju.standing.customers import rules
from guiju.standing.people.models import Unit

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


class Customers(models.QuerySet["Customer"]):
    """Questions about many customers."""

    def visible_to(self, by: Actor) -> Customers:
        """Only those of the units whose customers this person may see."""
        scope = by.scope("customers.see")
        return self if scope.unit_ids is None else self.filter(unit_id__in=scope.unit_ids)


class Customer(models.Model):
    """One person or company, known to one unit; another outlet's customers are not ours to see (G-3)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=rules.CHOICES_OF_KIND, default=rules.Kind.PERSON.value)
    name = models.CharField(max_length=rules.NAME_LONGEST)
    # The name as the search reads it: one script, one case, no spaces.
    folded = models.CharField(max_length=240, db_index=True)
    language = models.CharField(max_length=7, default="zh-hans")
    # What the data was collected for, in the words that the customer heard (G-6).
    purpose = models.CharField(max_length=200)
    consent_service = models.BooleanField(default=False)
    consent_service_at = models.DateTimeField(null=True)
    consent_marketing = models.BooleanField(default=False)
    consent_marketing_at = models.DateTimeField(null=True)
    enrolled_at = models.DateTimeField()

    objects = Customers.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "folded"], name="customer_by_name_in_a_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(consent_service=False) | Q(consent_service_at__isnull=False),
                name="customer_consent_to_service_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(consent_marketing=False) | Q(consent_marketing_at__isnull=False),
                name="customer_consent_to_marketing_has_its_time",
            ),
            Pieces("folded", length=2, name="customer_is_found_by_a_piece_of_the_name"),
            Beginning("folded", name="customer_is_found_by_the_beginning"),
            Beginning("folded", among=["unit"], name="customer_of_a_unit_is_found_by_the_beginning"),
            models.CheckConstraint(condition=~Q(name=""), name="customer_has_a_name"),
            models.CheckConstraint(condition=~Q(purpose=""), name="customer_data_has_a_purpose"),
        ]

    def __str__(self) -> str:
        return self.name


class Phones(models.QuerySet["Phone"]):
    """Questions about many numbers."""

    def visible_to(self, by: Actor) -> Phones:
        """Only those of the customers that this person may see."""
        scope = by.scope("customers.see")
        return self if scope.unit_ids is None else self.filter(unit_id__in=scope.unit_ids)


class Phone(models.Model):
    """One number of one customer; inside a unit it belongs to nobody else, so that a number finds one card."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="phones")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    e164 = models.CharField(max_length=16)
    # The digits as people type them, abroad and at home, apart by a space: "886912345678 0912345678".
    digits = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)

    objects = Phones.as_manager()

    class Meta:
        ordering = ("position", "pk")
        indexes = [models.Index(fields=["e164"], name="phone_by_number")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "e164"], name="phone_finds_one_customer_in_a_unit"),
            Pieces("digits", length=3, name="phone_is_found_by_a_piece_of_its_digits"),
            Never(
                name="phone_stands_in_the_unit_of_its_customer",
                when="NEW.unit_id <> (SELECT c.unit_id FROM customers_customer c WHERE c.id = NEW.customer_id)",
            ),
        ]

    def __str__(self) -> str:
        return rules.mask(self.e164)


class Address(models.Model):
    """Where a customer is visited, or where parcels go."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="addresses")
    region = models.CharField(max_length=120, blank=True)
    line = models.CharField(max_length=240)
    postcode = models.CharField(max_length=12, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        constraints = [models.CheckConstraint(condition=~Q(line=""), name="address_says_where")]

    def __str__(self) -> str:
        return f"{self.region} {self.line}".strip()
