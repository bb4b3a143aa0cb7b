"""Values that somebody set instead of the default of a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from guiju.kernel.constraints import AppendOnly, Never, NoOverlap
from guiju.kernel.remembered import remembered_list
from guiju.standing.people.models import Person, Unit
from guiju.standing.policy.rules import State

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


class ParameterValues(models.QuerySet["ParameterValue"]):
    """Questions about many values."""

    def visible_to(self, by: Actor) -> ParameterValues:
        """The brand's values, and those of the units whose figures this person may see."""
        scope = by.scope("policy.see")
        return self if scope.unit_ids is None else self.filter(Q(unit__isnull=True) | Q(unit_id__in=scope.unit_ids))


@remembered_list
class ParameterValue(models.Model):
    """A figure has this value, for the brand or for one unit and those under it, from one day to another.

    unit     empty for the brand
    value    as written down (rules.write); empty where the figure shall have none
    ends_on  the first day on which it no longer holds
    """

    key = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    value = models.JSONField(null=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    state = models.CharField(max_length=10)
    reason = models.CharField(max_length=240)
    set_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    objects = ParameterValues.as_manager()

    class Meta:
        ordering = ("key", "starts_on", "pk")
        constraints = [
            # The unit may be empty, which is a scope like any other (PLT-3).
            NoOverlap(
                ["key", "unit"], "starts_on", "ends_on",
                name="a_figure_has_one_value_a_day", condition=Q(state=State.SET.value),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name="a_value_holds_for_a_day_at_least"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_value_has_its_reason"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="a_value_is_in_a_known_state"
            ),
            Never(
                # What was judged by a value must be explained by it next year (G-4): only its end may come.
                name="a_value_once_set_is_never_edited",
                when_postgres="OLD.state = 'SET' AND (OLD.key, OLD.unit_id, OLD.value, OLD.starts_on) IS DISTINCT FROM "
                "(NEW.key, NEW.unit_id, NEW.value, NEW.starts_on)",
                when_sqlite="OLD.state = 'SET' AND (OLD.key IS NOT NEW.key OR OLD.unit_id IS NOT NEW.unit_id "
                "OR OLD.value IS NOT NEW.value OR OLD.starts_on IS NOT NEW.starts_on)",
                events=("UPDATE",),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["key", "state", "starts_on"], name="figure_in_force")]

    def __str__(self) -> str:
        return self.key

    def belongs_to(self, by: Actor) -> bool:
        """A draft is of the person who wrote it."""
        return by.person_id is not None and by.person_id == self.set_by_id


class ClosedDays(models.QuerySet["ClosedDay"]):
    """Questions about many closed days."""

    def visible_to(self, by: Actor) -> ClosedDays:
        """The brand's, and those of the units whose figures this person may see."""
        scope = by.scope("policy.see")
        return self if scope.unit_ids is None else self.filter(Q(unit__isnull=True) | Q(unit_id__in=scope.unit_ids))

    def standing(self) -> ClosedDays:
        """Those that nobody has withdrawn."""
        return self.filter(withdrawn_at=None)


@remembered_list
class ClosedDay(models.Model):
    """A day on which the brand, or a unit and those under it, is closed: a holiday, a move, a stocktaking (PLT Calendar).

    unit     empty for the brand
    """

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    reason = models.CharField(max_length=120)
    set_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = ClosedDays.as_manager()

    class Meta:
        ordering = ("on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "on"],
                condition=Q(unit__isnull=False, withdrawn_at=None),
                name="a_unit_closes_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["on"], condition=Q(unit__isnull=True, withdrawn_at=None), name="the_brand_closes_once_a_day"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_closed_day_has_its_reason"),
            # What was promised by a day must be explained by it next year: it may be withdrawn, and stays to be read.
            AppendOnly(name="a_closed_day_is_never_edited", may_change=["withdrawn_by", "withdrawn_at"]),
            Never(name="a_withdrawn_day_stays_withdrawn", when="OLD.withdrawn_at IS NOT NULL", events=("UPDATE",)),
        ]

    def __str__(self) -> str:
        return self.on.isoformat()
