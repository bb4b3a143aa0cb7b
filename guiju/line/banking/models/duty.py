"""Who watches over the safe at night, and what that person found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from guiju.kernel.constraints import AppendOnly, Never
from guiju.standing.people.models import Person, Unit

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


class DutyRosters(models.QuerySet["DutyRoster"]):
    """Questions about nights."""

    def visible_to(self, by: Actor) -> DutyRosters:
        """Those of the units whose takings this person may see, and the own nights."""
        scope = by.scope("banking.see")
        if scope.unit_ids is None:
            return self
        return self.filter(Q(unit_id__in=scope.unit_ids) | Q(officer_id=by.person_id))


class DutyRoster(models.Model):
    """One person watches over the safe of an outlet in one night (S6-34).

    night   the day on which it begins
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    night = models.DateField()
    officer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    named_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    objects = DutyRosters.as_manager()

    class Meta:
        ordering = ("-night", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["unit", "night"], name="one_person_is_on_duty_a_night"),
            Never(
                # 5.4: safe custodian group 1, group 2 and the duty officer of the same night are three people.
                name="a_duty_officer_holds_no_lock_of_the_safe",
                when="EXISTS (SELECT 1 FROM custody_custodiangrant g JOIN custody_controlledstore c ON c.id = g.store_id"
                " WHERE c.unit_id = NEW.unit_id AND c.kind = 'SAFE' AND g.person_id = NEW.officer_id"
                " AND g.starts_on <= NEW.night AND (g.ends_on IS NULL OR g.ends_on > NEW.night))",
            ),
            Never(
                name="who_was_on_duty_stays_who_was_on_duty",
                when="(NEW.officer_id <> OLD.officer_id OR NEW.night <> OLD.night OR NEW.unit_id <> OLD.unit_id) AND ("
                "EXISTS (SELECT 1 FROM banking_dutycheck d WHERE d.roster_id = OLD.id)"
                " OR EXISTS (SELECT 1 FROM banking_safebag b WHERE b.duty_id = OLD.id))",
                events=["UPDATE"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.night.isoformat()} {self.officer_id}"

    def belongs_to(self, by: Actor) -> bool:
        """A night is of whoever watches."""
        return by.person_id == self.officer_id


class DutyCheck(models.Model):
    """The person on duty has looked at the seals and the camera.

    expected, seen   the seal numbers that lay there by the record, and those that were read off the bags
    """

    roster = models.ForeignKey(DutyRoster, models.PROTECT, related_name="checks")
    at = models.DateTimeField()
    expected = models.JSONField(default=list)
    seen = models.JSONField(default=list)
    seals_ok = models.BooleanField()
    camera_ok = models.BooleanField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(seals_ok=True, camera_ok=True) | ~Q(note=""), name="what_the_duty_officer_missed_is_said"
            ),
            AppendOnly(name="duty_check_is_never_changed"),
        ]

    @property
    def unit_id(self) -> int:
        """The outlet."""
        return self.roster.unit_id
