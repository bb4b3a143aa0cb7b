"""What was planned for a store, what a person made of it, and how many of a part are kept there."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from guiju.books.stock.models import Store
from guiju.kernel.constraints import AppendOnly, Never
from guiju.readiness.planning.rules.words import ECHELON_LABELS, ENGINE_LABELS, KIND_LABELS, Echelon, Engine, Kind
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Person

LEVEL_MAX = 1_000_000

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


def _words(members: Iterable[StrEnum]) -> list[str]:
    return sorted(member.value for member in members)


class PlanRuns(models.QuerySet["PlanRun"]):
    """Questions about plans."""

    def visible_to(self, by: Actor) -> PlanRuns:
        """The plans of the stores that this person may see."""
        return self.filter(by.scope("planning.see").q(unit="store__unit"))


class PlanRun(models.Model):
    """A store planned on a day, by which rule and for which aim.

    until         the first day of which nothing was counted any more
    target, aim   requests of 10,000 to be served at once, and what the rule aims at so that they are
    source        the store that fills it; nothing where it buys for itself
    """

    number = models.CharField(max_length=40, unique=True)
    store = models.ForeignKey(Store, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateField()
    months = models.PositiveIntegerField()
    span_months = models.PositiveIntegerField()
    engine = models.CharField(max_length=10, choices=[(each.value, ENGINE_LABELS[each]) for each in Engine])
    version = models.CharField(max_length=20)
    target_per_10000 = models.PositiveIntegerField()
    aim_per_10000 = models.PositiveIntegerField()
    is_learnt = models.BooleanField()
    figures = models.JSONField(default=dict)
    echelon = models.CharField(
        max_length=6, choices=[(each.value, ECHELON_LABELS[each]) for each in Echelon], default=Echelon.ALONE.value
    )
    source = models.ForeignKey(Store, models.PROTECT, related_name="+", null=True)

    objects = PlanRuns.as_manager()

    class Meta:
        indexes = [models.Index(fields=["store", "-id"], name="plan_of_a_store")]
        constraints = [
            models.CheckConstraint(condition=Q(engine__in=_words(Engine)), name="a_plan_is_reckoned_by_a_known_rule"),
            models.CheckConstraint(
                condition=Q(echelon="OUTLET", source__isnull=False)
                | Q(echelon__in=["ALONE", "CENTRE"], source__isnull=True),
                name="an_outlet_alone_is_filled_by_another_store",
            ),
            AppendOnly(name="a_plan_stays_as_it_was_reckoned"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def unit_id(self) -> int:
        """The unit whose store it is."""
        return self.store.unit_id


class Suggestions(models.QuerySet["Suggestion"]):
    """Questions about suggestions."""

    def visible_to(self, by: Actor) -> Suggestions:
        """Those for the stores that this person may see."""
        return self.filter(by.scope("planning.see").q(unit="run__store__unit"))

    def open(self) -> Suggestions:
        """Those of the newest plan of their store that nobody has answered, and that would change something."""
        newest = PlanRun.objects.filter(store=models.OuterRef("run__store")).order_by("-id").values("pk")[:1]
        return self.filter(run=models.Subquery(newest), changes=True, decision__isnull=True)


class Suggestion(models.Model):
    """So many of a part should be kept in a store.

    before       the level in force when it was reckoned
    changes      whether it is another one
    rate_milli   expected a month, in thousandths of the part's base unit
    history      what was asked for in each month up to the plan's, the newest last; null where nothing is known
    because      the reasons, each a word and its figures
    last_buy     how many to buy while the maker still takes an order
    """

    run = models.ForeignKey(PlanRun, models.PROTECT, related_name="suggestions")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    level = models.PositiveIntegerField()
    before = models.PositiveIntegerField(null=True)
    changes = models.BooleanField()
    rate_milli = models.PositiveBigIntegerField()
    service_per_10000 = models.PositiveIntegerField()
    kind = models.CharField(max_length=14, choices=[(each.value, KIND_LABELS[each]) for each in Kind])
    history = models.JSONField(default=list)
    because = models.JSONField(default=list)
    last_buy = models.PositiveIntegerField(null=True)

    objects = Suggestions.as_manager()

    class Meta:
        indexes = [models.Index(fields=["run", "id"], condition=Q(changes=True), name="suggestion_that_changes")]
        constraints = [
            models.UniqueConstraint(fields=["run", "part"], name="a_part_is_suggested_once_in_a_plan"),
            models.CheckConstraint(condition=Q(kind__in=_words(Kind)), name="a_suggestion_is_of_a_known_kind"),
            AppendOnly(name="a_suggestion_stays_as_it_was_reckoned"),
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.part_id}"

    @property
    def unit_id(self) -> int:
        """The unit whose store it is for."""
        return self.run.store.unit_id


class Decision(models.Model):
    """What a person made of a suggestion: accepted as it was, or changed for a reason."""

    suggestion = models.OneToOneField(Suggestion, models.PROTECT, related_name="decision")
    suggested = models.PositiveIntegerField()
    level = models.PositiveIntegerField()
    reason = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level=F("suggested")) | ~Q(reason=""), name="another_level_than_suggested_has_a_reason"
            ),
            Never(
                name="a_decision_is_about_what_was_suggested",
                when="NEW.suggested <> (SELECT level FROM planning_suggestion WHERE id = NEW.suggestion_id)",
                events=("INSERT",),
            ),
            AppendOnly(name="a_suggestion_is_answered_for_good"),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id}: {self.level}"


class StockLevels(models.QuerySet["StockLevel"]):
    """Questions about levels."""

    def visible_to(self, by: Actor) -> StockLevels:
        """Those of the stores that this person may see."""
        return self.filter(by.scope("planning.see").q(unit="store__unit"))


class StockLevel(models.Model):
    """So many of a part are kept in a store, free and on order together: what a person decided last."""

    store = models.ForeignKey(Store, models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    level = models.PositiveIntegerField()
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")

    objects = StockLevels.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["store", "part"], name="a_part_has_one_level_in_a_store"),
            Never(
                name="a_level_is_what_somebody_decided",
                when="NEW.level <> (SELECT level FROM planning_decision WHERE id = NEW.decision_id)"
                " OR NOT EXISTS (SELECT 1 FROM planning_decision AS d JOIN planning_suggestion AS s ON s.id = d.suggestion_id"
                " JOIN planning_planrun AS r ON r.id = s.run_id"
                " WHERE d.id = NEW.decision_id AND s.part_id = NEW.part_id AND r.store_id = NEW.store_id)",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.store} {self.part_id}: {self.level}"

    @property
    def unit_id(self) -> int:
        """The unit whose store it is."""
        return self.store.unit_id


class Minimums(models.QuerySet["Minimum"]):
    """Questions about minimums."""

    def visible_to(self, by: Actor) -> Minimums:
        """Those of the stores that this person may see."""
        return self.filter(by.scope("planning.see").q(unit="store__unit"))


class Minimum(models.Model):
    """Whatever the plan reckons, no fewer of the part are suggested for the store; a planner says why.

    least   in the part's base unit
    """

    store = models.ForeignKey(Store, models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    least = models.PositiveIntegerField()
    reason = models.CharField(max_length=200)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = Minimums.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["store", "part"], name="a_part_has_one_minimum_in_a_store"),
            models.CheckConstraint(
                condition=Q(least__gt=0) & ~Q(reason=""), name="a_minimum_keeps_something_and_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.store} {self.part_id}: {self.least}"

    @property
    def unit_id(self) -> int:
        """The unit whose store it is."""
        return self.store.unit_id
