"""The weekly inspections of the stores, their climate, their air, their fire equipment, and what their bins are for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from guiju.books.stock.models import Bin, Store
from guiju.kernel.constraints import AppendOnly, Never, NoOverlap
from guiju.kernel.models import Evidence
from guiju.readiness.upkeep import rules
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Person

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


Row = TypeVar("Row", bound=models.Model)


class OfStores(models.QuerySet[Row]):
    """Questions about what hangs on a store."""

    def visible_to(self, by: Actor) -> Self:
        """What belongs to the stores of the units whose upkeep this person may see."""
        return self.filter(by.scope("upkeep.see").q(unit="store__unit"))


class OfStore(models.Model):
    """Belongs to one store, and so to its unit."""

    store = models.ForeignKey(Store, models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def unit_id(self) -> int:
        """The unit of the store."""
        return self.store.unit_id


class Inspection(OfStore):
    """A store is looked at once a week by a designated person.

    week_on  the Monday; due_at: the first instant after its Sunday
    results  whether each item was in order, as it was seen: the score can be reckoned again (GRC-5)
    """

    week_on = models.DateField()
    due_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=[(each.value, rules.STATE_LABELS[each]) for each in rules.State], default=rules.State.DUE.value
    )  # fmt: skip
    results = models.JSONField(default=dict)
    score = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=400, blank=True)
    photo = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    objects = OfStores.as_manager()

    class Meta:
        ordering = ("-week_on", "store")
        constraints = [
            models.UniqueConstraint(fields=["store", "week_on"], name="a_store_is_inspected_once_a_week"),
            models.CheckConstraint(condition=Q(state__in=sorted(rules.State)), name="inspection_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state="DONE")
                | Q(done_by__isnull=False, done_at__isnull=False, score__isnull=False, score__lte=100),
                name="a_done_inspection_says_who_and_how",
            ),
            models.CheckConstraint(
                condition=~Q(state="DONE") | Q(score=100) | ~Q(note=""), name="what_is_not_in_order_says_what_is_done"
            ),
            Never(
                name="an_inspection_once_done_is_never_edited",
                when="OLD.state = 'DONE' AND (NEW.state <> 'DONE' OR NEW.score <> OLD.score OR NEW.done_by_id <> OLD.done_by_id)",
                events=["UPDATE"],
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.store} {self.week_on}"


class ClimateReading(OfStore):
    """How warm and how damp it was in a store, and what was done where that was outside its limits."""

    read_at = models.DateTimeField()
    # The day on the store's own clock.
    read_on = models.DateField()
    celsius_tenths = models.SmallIntegerField()
    humidity_tenths = models.SmallIntegerField()
    is_outside = models.BooleanField()
    read_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    action = models.CharField(max_length=400, blank=True)
    acted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    acted_at = models.DateTimeField(null=True)

    objects = OfStores.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index(fields=["store", "read_on"], name="climate_of_a_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(humidity_tenths__gte=0, humidity_tenths__lte=1000)
                & Q(celsius_tenths__gte=-600, celsius_tenths__lte=800),
                name="a_reading_is_one_of_this_world",
            ),
            models.CheckConstraint(
                condition=Q(action="", acted_by__isnull=True)
                | (~Q(action="") & Q(acted_by__isnull=False, is_outside=True)),
                name="what_is_done_about_the_climate_names_who",
            ),
            AppendOnly(name="a_reading_is_never_changed", may_change=["action", "acted_by", "acted_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.store} {self.read_at:%Y-%m-%d %H:%M}"


class Ventilation(OfStore):
    """Windows were open, or a fan ran, from then to then; empty while they still are."""

    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = OfStores.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            NoOverlap(["store"], "started_at", "ended_at", name="a_store_is_aired_once_at_a_time"),
            models.CheckConstraint(condition=Q(ended_at__gte=F("started_at")), name="airing_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.store} {self.started_at:%Y-%m-%d %H:%M}"


class FireEquipment(OfStore):
    """An extinguisher and what else fights fire, where it is, until when it serves, and when it is looked at again."""

    kind = models.CharField(max_length=14, choices=[(each.value, rules.FIRE_LABELS[each]) for each in rules.Fire])
    number = models.CharField(max_length=40)
    place = models.CharField(max_length=80)
    expires_on = models.DateField()
    checked_on = models.DateField()
    next_check_on = models.DateField()
    retired_on = models.DateField(null=True)

    objects = OfStores.as_manager()

    class Meta:
        ordering = ("store", "number")
        constraints = [
            models.UniqueConstraint(fields=["store", "number"], name="fire_equipment_number_is_free"),
            models.CheckConstraint(condition=~Q(number="") & ~Q(place=""), name="fire_equipment_has_number_and_place"),
            models.CheckConstraint(condition=Q(kind__in=sorted(rules.Fire)), name="fire_equipment_is_of_a_known_kind"),
            models.CheckConstraint(
                condition=Q(next_check_on__gt=F("checked_on")), name="fire_equipment_is_checked_again_later"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class BinUse(OfStore):
    """What a bin is for: a container for small items, and which hazardous goods alone lie in its group.

    segregation  bins of one group share the air and the floor; in one group lies one kind of hazardous goods at most (INV-10)
    """

    bin = models.OneToOneField(Bin, models.PROTECT, related_name="+")
    segregation = models.CharField(max_length=20)
    hazard = models.CharField(
        max_length=12, blank=True, choices=[(each.value, rules.HAZARD_LABELS[each]) for each in rules.Hazard]
    )
    is_container = models.BooleanField(default=False)

    objects = OfStores.as_manager()

    class Meta:
        ordering = ("store", "segregation", "bin")
        constraints = [
            models.CheckConstraint(condition=~Q(segregation=""), name="a_bin_is_in_a_segregation_group"),
            models.CheckConstraint(condition=Q(hazard__in=["", *sorted(rules.Hazard)]), name="a_bin_is_for_a_known_hazard"),
            Never(
                name="incompatible_goods_never_share_a_group",
                when="NEW.hazard <> '' AND EXISTS (SELECT 1 FROM upkeep_binuse u WHERE u.store_id = NEW.store_id"
                " AND u.segregation = NEW.segregation AND u.hazard <> '' AND u.hazard <> NEW.hazard AND u.bin_id <> NEW.bin_id)",
            ),
            Never(
                name="a_bin_is_used_in_its_own_store",
                when="NEW.store_id <> (SELECT b.store_id FROM stock_bin b WHERE b.id = NEW.bin_id)",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.bin} {self.segregation}"


class PartNature(models.Model):
    """Whether a part is small, and which hazard it is; for the whole brand."""

    part = models.OneToOneField(Part, models.PROTECT, related_name="+")
    is_small = models.BooleanField(default=False)
    hazard = models.CharField(
        max_length=12, blank=True, choices=[(each.value, rules.HAZARD_LABELS[each]) for each in rules.Hazard]
    )

    class Meta:
        ordering = ("part",)
        constraints = [
            models.CheckConstraint(
                condition=Q(hazard__in=["", *sorted(rules.Hazard)]), name="a_part_is_of_a_known_hazard"
            )
        ]

    def __str__(self) -> str:
        return f"{self.part_id} {self.hazard}"
