"""Laws and terms of the guarantee, and the repairs, promises and pauses that one appliance has."""

from django.db import models
from django.db.models import F, Q

from guiju.kernel.constraints import AppendOnly, Never, NoOverlap
from guiju.kernel.remembered import remembered_list
from guiju.standing.catalogue.models import Appliance, Model, Part, ProductLine
from guiju.standing.people.models import Person
from guiju.standing.warranty import rules


@remembered_list
class GuaranteeProfile(models.Model):
    """The law of one jurisdiction, as a file told it and somebody who asked counsel adopted it; those of the house come with it."""

    jurisdiction = models.CharField(max_length=20, db_index=True)
    version = models.CharField(max_length=40, unique=True)
    # As the file says it (rules.read).
    content = models.JSONField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    reason = models.CharField(max_length=240)
    adopted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    adopted_at = models.DateTimeField()

    class Meta:
        ordering = ("jurisdiction", "starts_on", "pk")
        constraints = [
            models.CheckConstraint(condition=~Q(jurisdiction=""), name="guarantee_profile_is_of_a_jurisdiction"),
            models.CheckConstraint(condition=~Q(reason=""), name="guarantee_profile_is_adopted_for_a_reason"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="guarantee_profile_ends_after_it_starts",
            ),
            AppendOnly(name="guarantee_profile_is_never_edited", may_change=["ends_on"]),
        ]

    def __str__(self) -> str:
        return self.version


@remembered_list
class Terms(models.Model):
    """What the brand promises beyond the law: for one model or one product line, in one jurisdiction, or everywhere."""

    line = models.ForeignKey(ProductLine, models.PROTECT, related_name="+", null=True)
    model = models.ForeignKey(Model, models.PROTECT, related_name="+", null=True)
    # Empty: wherever the brand sells.
    jurisdiction = models.CharField(max_length=20, blank=True)
    version = models.CharField(max_length=40, unique=True)
    # None: the dated figure `warranty.whole_unit_months` decides.
    whole_unit_months = models.PositiveSmallIntegerField(null=True)
    # Months of labour, parts and travel where they differ from the whole unit's: {"TRAVEL": 6}.
    months = models.JSONField(default=dict)
    # Months of main parts by their class: {"COMPRESSOR": 120}.
    parts = models.JSONField(default=dict)
    starts_by = models.CharField(
        max_length=12, choices=rules.choices(rules.StartsBy), default=rules.StartsBy.INVOICE.value
    )
    excluded_causes = models.JSONField(default=list)
    # None: the dated figure `warranty.repair_warranty_days` decides.
    repair_warranty_days = models.PositiveSmallIntegerField(null=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        ordering = ("line", "starts_on")
        constraints = [
            NoOverlap(
                fields=["line", "model", "jurisdiction"], start="starts_on", end="ends_on",
                name="warranty_terms_of_a_line_never_overlap",
            ),
            models.CheckConstraint(
                condition=Q(model__isnull=True) | Q(line__isnull=False), name="warranty_terms_of_a_model_name_its_line"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="warranty_terms_end_after_they_start",
            ),
            models.CheckConstraint(
                condition=Q(repair_warranty_days__isnull=True)
                | Q(repair_warranty_days__gte=rules.LEAST_REPAIR_WARRANTY_DAYS),
                name="warranty_terms_cover_a_repair_for_30_days",
            ),
            # Terms were promised to buyers: only their end may be set, once (G-4).
            AppendOnly(name="warranty_terms_are_never_edited", may_change=["ends_on"]),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.version


class Pause(models.Model):
    """Days on which the owner was without the appliance; they are added to the warranty (TG-7)."""

    appliance = models.ForeignKey(Appliance, models.PROTECT, related_name="+")
    order_number = models.CharField(max_length=40)
    cause = models.CharField(max_length=14, choices=rules.choices(rules.PauseCause))
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        ordering = ("appliance", "starts_on")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="warranty_pause_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["order_number", "cause"],
                condition=Q(ends_on__isnull=True),
                name="warranty_pause_is_open_once_for_an_order",
            ),
            AppendOnly(name="warranty_pause_is_never_edited", may_change=["ends_on"]),
            Never(
                name="warranty_pause_once_closed_stays_closed",
                when="OLD.ends_on IS NOT NULL AND (NEW.ends_on IS NULL OR NEW.ends_on <> OLD.ends_on)",
                events=["UPDATE"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_number} {self.cause}"


class RepairWarranty(models.Model):
    """The promise that comes with one repair, [starts_on, ends_on)."""

    appliance = models.ForeignKey(Appliance, models.PROTECT, related_name="+")
    order_number = models.CharField(max_length=40)
    scope = models.CharField(max_length=6, choices=rules.choices(rules.Scope))
    part = models.ForeignKey(Part, models.PROTECT, related_name="+", null=True)
    fault_family = models.CharField(max_length=40, blank=True)
    days = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    # The order whose promise a rework carried on: it begins no new one (B09).
    continues = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("appliance", "-ends_on")
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=rules.LEAST_REPAIR_WARRANTY_DAYS), name="repair_warranty_lasts_at_least_30_days"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="repair_warranty_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(scope=rules.Scope.LABOUR.value, part__isnull=True)
                | Q(scope=rules.Scope.PART.value, part__isnull=False),
                name="repair_warranty_of_a_part_names_it",
            ),
            models.UniqueConstraint(fields=["order_number", "part"], name="repair_warranty_of_a_part_is_given_once"),
            models.UniqueConstraint(
                fields=["order_number"],
                condition=Q(scope=rules.Scope.LABOUR.value),
                name="repair_warranty_of_labour_is_given_once",
            ),
            AppendOnly(name="repair_warranty_is_never_edited"),
        ]

    def __str__(self) -> str:
        return f"{self.order_number} {self.scope}"


class PastRepair(models.Model):
    """A repair that was finished, as the rights of a buyer count it (RepairHistory, WTY-3)."""

    appliance = models.ForeignKey(Appliance, models.PROTECT, related_name="+")
    order_number = models.CharField(max_length=40, unique=True)
    fault_family = models.CharField(max_length=40, blank=True)
    cause = models.CharField(max_length=40, blank=True)
    # A fault of the appliance itself was repaired; what misuse broke, or what no fault was, does not count.
    counts = models.BooleanField()
    received_on = models.DateField()
    handed_over_on = models.DateField()

    class Meta:
        ordering = ("appliance", "handed_over_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_over_on__gte=F("received_on")), name="past_repair_ends_after_it_began"
            ),
            AppendOnly(name="past_repair_is_never_edited"),
        ]

    def __str__(self) -> str:
        return self.order_number
