"""Requisitions, line by line: who asked, who signed, who handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from guiju.books.stock.models import Store
from guiju.kernel.actor import either
from guiju.kernel.constraints import Never
from guiju.readiness.requisitions.rules import LABELS, NOT_SIGNED, State, in_use
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Person, Unit

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


def ways_to_see(by: Actor) -> list[Q] | None:
    """It is of their unit, or they asked for it themselves; nothing for who sees all."""
    own = [Q(asked_by=by.person_id)] if by.person_id else []
    return by.scope("requisitions.see").ways(*own)


class Requisitions(models.QuerySet["Requisition"]):
    """Questions about many requisitions."""

    def visible_to(self, by: Actor) -> Requisitions:
        """Those of the units whose requisitions this person may see, and one's own."""
        return self.filter(either(ways_to_see(by)))

    def with_names(self) -> Requisitions:
        """With the rows that a page names."""
        return self.select_related("unit", "store", "asked_by", "signed_by", "issued_by")


class Requisition(models.Model):
    """Parts for the house's own use, which no job needs: a tool, a consumable, a display piece (F05).

    asked_by    who needs them; `signed_by` answers for the use; `issued_by` hands them out: three people (G-5)
    purpose     what they are for
    end_reason  why it was refused or withdrawn
    """

    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    store = models.ForeignKey(Store, models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=[(state.value, LABELS[state]) for state in State], default=State.ASKED.value
    )
    purpose = models.CharField(max_length=200)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    signed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    signed_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    issued_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=200, blank=True)

    objects = Requisitions.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "id"], name="requisition_of_a_unit"),
            models.Index(fields=["state", "id"], name="requisition_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=sorted(state.value for state in State)), name="requisition_is_in_a_known_state"
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="requisition_says_what_for"),
            models.CheckConstraint(
                condition=~Q(state__in=["SIGNED", "ISSUED"]) | Q(signed_by__isnull=False, signed_at__isnull=False),
                name="requisition_is_handed_out_once_signed",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("asked_by")),
                name="requisition_is_signed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(issued_by__isnull=True) | (~Q(issued_by=F("asked_by")) & ~Q(issued_by=F("signed_by"))),
                name="requisition_is_handed_out_by_a_third",
            ),
            models.CheckConstraint(
                condition=Q(state="ISSUED", issued_by__isnull=False, issued_at__isnull=False)
                | (~Q(state="ISSUED") & Q(issued_by__isnull=True, issued_at__isnull=True)),
                name="requisition_that_was_handed_out_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["REFUSED", "WITHDRAWN"]) | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="requisition_that_ended_says_why",
            ),
            Never(
                name="requisition_keeps_who_asked_and_signed",
                when="OLD.asked_by_id <> NEW.asked_by_id"
                " OR (OLD.signed_by_id IS NOT NULL AND (NEW.signed_by_id IS NULL OR OLD.signed_by_id <> NEW.signed_by_id))",
                events=["UPDATE"],
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def belongs_to(self, by: Actor) -> bool:
        """Whether this person asked for it."""
        return self.asked_by_id == by.person_id

    @property
    def is_over(self) -> bool:
        """Whether nothing will be handed out because of it."""
        return self.state in NOT_SIGNED


class RequisitionLine(models.Model):
    """So many of one part; what was handed out, and what of it came back unused."""

    requisition = models.ForeignKey(Requisition, models.PROTECT, related_name="lines")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    wanted = models.PositiveIntegerField()
    issued = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["requisition", "part"], name="requisitionline_of_a_part_stands_once"),
            models.CheckConstraint(condition=Q(wanted__gt=0), name="requisitionline_asks_for_something"),
            models.CheckConstraint(
                condition=Q(issued__lte=F("wanted")), name="requisitionline_gives_no_more_than_signed"
            ),
            models.CheckConstraint(
                condition=Q(returned__lte=F("issued")), name="requisitionline_takes_back_no_more_than_given"
            ),
            Never(
                name="requisitionline_is_handed_out_once_signed",
                when="NEW.issued > 0 AND (SELECT r.state FROM requisitions_requisition r WHERE r.id = NEW.requisition_id)"
                " <> 'ISSUED'",
            ),
            Never(
                name="requisitionline_is_what_was_signed",
                when="OLD.wanted <> NEW.wanted OR OLD.part_id <> NEW.part_id",
                events=["UPDATE"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requisition} {self.part}"

    @property
    def in_use(self) -> int:
        """What of it the house has now."""
        return in_use(issued=self.issued, returned=self.returned)
