"""The reports of the stores and of the tills, as they were made."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guiju.books.stock.models import Store
from guiju.kernel.actor import Actor
from guiju.kernel.constraints import AppendOnly, Never
from guiju.oversight.reports.rules import ReportKind
from guiju.standing.people.models import Person, Unit


class StoreReports(models.QuerySet["StoreReport"]):
    """Questions about many reports."""

    def visible_to(self, by: Actor) -> StoreReports:
        """Those of the units whose reports `by` sees."""
        return self.filter(by.scope("reports.see").q())


class StoreReport(models.Model):
    """What a store had, got, gave and has over a day, a week or a month (S6-22…24, 6.9).

    ends_on   exclusive
    cuts      the last move, step, request and old part that were known when it was made: the same question again gives the same figures
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    store = models.ForeignKey(Store, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    starts_on = models.DateField()
    ends_on = models.DateField()
    figures = models.JSONField()
    cuts = models.JSONField()
    made_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    confirmed_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=400, blank=True)

    objects = StoreReports.as_manager()

    class Meta:
        ordering = ("-starts_on", "-pk")
        indexes = [
            models.Index(fields=["unit", "-id"], name="store_report_of_unit"),
            models.Index(fields=["store"], condition=Q(confirmed_at__isnull=True), name="store_report_to_confirm"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["store", "kind", "starts_on"], name="a_store_report_is_made_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[each.value for each in ReportKind], ends_on__gt=F("starts_on")),
                name="a_store_report_is_of_a_known_period",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True, remark="")
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="a_store_report_says_who_confirmed_it",
            ),
            AppendOnly(name="a_store_report_is_never_rewritten", may_change=["confirmed_by", "confirmed_at", "remark"]),
            Never(name="a_store_report_is_confirmed_once", when="OLD.confirmed_at IS NOT NULL", events=("UPDATE",)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.store} {self.kind} {self.starts_on}"


class CashDays(models.QuerySet["CashDay"]):
    """Questions about many days."""

    def visible_to(self, by: Actor) -> CashDays:
        """Those of the outlets whose tills `by` sees."""
        return self.filter(by.scope("cashdays.see").q())


class CashDay(models.Model):
    """What an outlet took, gave back and has on one business day, by till and altogether (6.11, S6-30).

    cuts        the last payment, refund, deposit and move that were known when it was made: the same question again gives the same figures
    closed_by   whoever has looked at it and closed the day: nothing is booked on that day any more
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    business_on = models.DateField()
    figures = models.JSONField()
    cuts = models.JSONField()
    made_at = models.DateTimeField()
    closed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    closed_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=400, blank=True)

    objects = CashDays.as_manager()

    class Meta:
        ordering = ("-business_on", "-pk")
        indexes = [
            models.Index(fields=["unit", "-id"], name="cash_day_of_unit"),
            models.Index(fields=["unit"], condition=Q(closed_at__isnull=True), name="cash_day_to_close"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["unit", "business_on"], name="a_cash_day_is_made_once"),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True, closed_at__isnull=True, remark="")
                | Q(closed_by__isnull=False, closed_at__isnull=False),
                name="a_cash_day_says_who_closed_it",
            ),
            AppendOnly(name="a_cash_day_is_never_rewritten", may_change=["closed_by", "closed_at", "remark"]),
            Never(name="a_cash_day_is_closed_once", when="OLD.closed_at IS NOT NULL", events=("UPDATE",)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit} {self.business_on}"

    @property
    def takings_minor(self) -> int:
        """What all tenders brought that day, less what went back."""
        return sum(each["received_minor"] - each["paid_back_minor"] for each in self.figures["tenders"])

    @property
    def variance_minor(self) -> int:
        """What all drawers together were over, or short."""
        return sum(each["counted_minor"] - each["expected_minor"] for each in self.figures["sessions"])
