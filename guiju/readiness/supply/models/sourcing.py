"""How a supplier is found: who was asked, what each offered, and who was chosen why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from guiju.kernel.constraints import AppendOnly, Never
from guiju.readiness.supply.models.suppliers import Supplier
from guiju.readiness.supply.rules import Method, SourcingState
from guiju.standing.people.models import Person, Unit

if TYPE_CHECKING:
    from datetime import datetime

    from guiju.kernel.actor import Actor


class Sourcings(models.QuerySet["Sourcing"]):
    """Questions about sourcings."""

    def visible_to(self, by: Actor) -> Sourcings:
        """Those of one's units, and those in which a request of one's units is pooled (S2-48)."""
        scope = by.scope("supply.see")
        pooled = self.model.objects.filter(scope.q(unit="requests__unit")).values("pk")
        return self.filter(scope.q() | Q(pk__in=pooled))


class Sourcing(models.Model):
    """One search for a supplier, for one request or for those of many stores together (J07).

    unit             the buyer's
    quotes_needed    how many valid offers there must be before one is chosen
    closes_at        when a tender is opened: offers before, prices and award only after
    exception        why fewer must do, in the words of whoever asked; `excepted_by` is somebody else (PUR-7)
    reason           why this offer was chosen
    """

    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    method = models.CharField(max_length=10)
    weight_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    quotes_needed = models.PositiveSmallIntegerField()
    closes_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default=SourcingState.OPEN.value)
    buyer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    exception = models.CharField(max_length=400, blank=True)
    excepted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    excepted_at = models.DateTimeField(null=True)
    awarded_to = models.ForeignKey("SupplierQuote", models.PROTECT, null=True, related_name="+")
    awarded_at = models.DateTimeField(null=True)
    # On the unit's clock: what the validity of an offer is compared with.
    awarded_on = models.DateField(null=True)
    reason = models.CharField(max_length=400, blank=True)

    objects = Sourcings.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index(fields=["state", "id"], name="sourcing_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in SourcingState]), name="a_sourcing_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(method__in=[method.value for method in Method]), name="a_sourcing_is_by_a_known_method"
            ),
            models.CheckConstraint(
                condition=~Q(method__in=["QUOTE_3", "TENDER"]) | Q(quotes_needed__gte=3),
                name="a_comparison_asks_for_three_quotes",
            ),
            models.CheckConstraint(
                condition=Q(excepted_by__isnull=True) | (~Q(excepted_by=F("buyer")) & ~Q(exception="")),
                name="an_exception_is_made_by_another_person",
            ),
            models.CheckConstraint(
                condition=~Q(state=SourcingState.AWARDED.value)
                | (Q(awarded_to__isnull=False, awarded_at__isnull=False, awarded_on__isnull=False) & ~Q(reason="")),
                name="an_award_says_to_whom_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(method=Method.TENDER.value) | Q(closes_at__isnull=False), name="a_tender_closes_at_a_time"
            ),
            Never(
                name="an_award_has_its_quotes_or_its_exception",
                when="NEW.state = 'AWARDED' AND NEW.excepted_by_id IS NULL AND NEW.quotes_needed >"
                " (SELECT count(*) FROM supply_supplierquote q WHERE q.sourcing_id = NEW.id"
                " AND q.valid_until >= NEW.awarded_on)",
            ),
            Never(
                name="an_award_goes_to_a_quote_of_its_own",
                when="NEW.awarded_to_id IS NOT NULL AND NEW.id <>"
                " (SELECT q.sourcing_id FROM supply_supplierquote q WHERE q.id = NEW.awarded_to_id)",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def is_sealed(self, at: datetime) -> bool:
        """Whether nobody may look at the offers yet: a tender that has not closed."""
        return self.closes_at is not None and at < self.closes_at


class SupplierQuote(models.Model):
    """What one supplier offers for all of it; it is given once and never changed (4.9).

    total_minor   the sum of its lines
    """

    sourcing = models.ForeignKey(Sourcing, models.PROTECT, related_name="quotes")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    total_minor = models.PositiveBigIntegerField()
    lead_days = models.PositiveIntegerField()
    terms = models.CharField(max_length=200, blank=True)
    valid_until = models.DateField()
    basis = models.CharField(max_length=200)
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ("total_minor", "lead_days", "pk")
        constraints = [
            models.UniqueConstraint(fields=["sourcing", "supplier"], name="a_supplier_offers_once"),
            models.CheckConstraint(condition=~Q(basis=""), name="a_quote_says_where_it_is_from"),
            AppendOnly(name="a_quote_of_a_supplier_is_never_changed"),
            Never(
                name="a_tender_takes_no_quote_after_it_closed",
                when="NEW.taken_at >= (SELECT s.closes_at FROM supply_sourcing s WHERE s.id = NEW.sourcing_id)",
                events=("INSERT",),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sourcing.number} {self.supplier.code}"


class QuoteLine(models.Model):
    """What one of a requested line costs in this offer."""

    quote = models.ForeignKey(SupplierQuote, models.PROTECT, related_name="lines")
    line = models.ForeignKey("RequestLine", models.PROTECT, related_name="+")
    price_minor = models.PositiveBigIntegerField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["quote", "line"], name="a_quote_prices_a_line_once"),
            models.CheckConstraint(condition=Q(price_minor__gt=0), name="a_quote_has_a_price_for_each_line"),
            AppendOnly(name="a_line_of_a_quote_is_never_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.quote} {self.price_minor}"
