"""What our own people are told of a store, or of cash that is not where it should be."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiju.books.stock.models import Store
from guiju.kernel.actor import Actor
from guiju.kernel.constraints import AppendOnly, Never
from guiju.line.banking.models import CashAlarm
from guiju.oversight.notices.rules import AT_A_DOOR, OF_CASH, Alarm
from guiju.readiness.custody.models import AccessSession
from guiju.standing.people.models import Person, Unit


class StoreAlarms(models.QuerySet["StoreAlarm"]):
    """Questions about many alarms of stores."""

    def visible_to(self, by: Actor) -> StoreAlarms:
        """One's own; who answers for a unit sees who was told there, and who has not looked."""
        return self.filter(by.scope("alarms.see").q(own=Q(person_id=by.person_id)))

    def waiting_for(self, by: Actor) -> StoreAlarms:
        """Those that this very person has not seen yet."""
        return self.filter(person=by.person_id or 0, seen_at__isnull=True)


class StoreAlarm(models.Model):
    """One of our people is told what is wrong at a store, or with cash: each thing once (3.10, 3.19, S2-87, S2-88, S6-28).

    session   the opening, for what happened at a door with two locks
    store     or the room, for what its upkeep lacks
    on        the day that it is about: of the opening, the Monday of the week, the day on which something falls due
    cash      or what banking says of cash that is not where it should be
    detail    which one, where a room has several: the extinguisher's number; of cash the till, the bag, the deposit or the person
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    session = models.ForeignKey(AccessSession, models.PROTECT, related_name="+", null=True)
    store = models.ForeignKey(Store, models.PROTECT, related_name="+", null=True)
    cash = models.ForeignKey(CashAlarm, models.PROTECT, related_name="+", null=True)
    on = models.DateField()
    detail = models.CharField(max_length=40, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    # What Django adds, for the type checker.
    person_id: int
    store_id: int | None
    cash_id: int | None

    objects = StoreAlarms.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=sorted(each.value for each in AT_A_DOOR),
                    session__isnull=False,
                    store__isnull=True,
                    cash__isnull=True,
                )
                | Q(
                    kind__in=sorted(each.value for each in set(Alarm) - AT_A_DOOR - OF_CASH),
                    session__isnull=True,
                    store__isnull=False,
                    cash__isnull=True,
                )
                | Q(
                    kind__in=sorted(each.value for each in OF_CASH),
                    session__isnull=True,
                    store__isnull=True,
                    cash__isnull=False,
                ),
                name="an_alarm_is_of_a_door_of_a_room_or_of_cash",
            ),
            models.UniqueConstraint(
                fields=["session", "kind", "person"],
                condition=Q(session__isnull=False),
                name="a_person_is_told_of_an_opening_once",
            ),
            models.UniqueConstraint(
                fields=["store", "kind", "on", "detail", "person"],
                condition=Q(store__isnull=False),
                name="a_person_is_told_of_a_room_once",
            ),
            models.UniqueConstraint(
                fields=["cash", "person"],
                condition=Q(cash__isnull=False),
                name="a_person_is_told_of_cash_once",
            ),
            AppendOnly(name="an_alarm_is_never_rewritten", may_change=["seen_at"]),
            Never(name="an_alarm_is_seen_once", when="OLD.seen_at IS NOT NULL", events=("UPDATE",)),
        ]
        indexes = [
            models.Index(fields=["person"], condition=Q(seen_at__isnull=True), name="alarm_still_to_see"),
            models.Index(fields=["person", "-id"], name="alarm_of_person"),
            models.Index(fields=["unit", "-id"], name="alarm_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about} {self.person_id}"

    @property
    def about(self) -> str:
        """The opening by its number, or the store, and which thing in it; of cash the till, the bag, the deposit or the person."""
        if self.cash_id is not None:
            return self.detail
        return self.session.number if self.session else f"{self.store} {self.detail}".strip()

    def belongs_to(self, by: Actor) -> bool:
        """It is whose it was told."""
        return self.person_id == by.person_id
