"""Transfers between two stores, line by line, what came of them and what was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from guiju.books.stock.models import Bin, Store
from guiju.books.stock.rules import CONDITION_LABELS, Condition
from guiju.kernel.actor import either
from guiju.kernel.constraints import AppendOnly, Never
from guiju.readiness.transfers.rules import CAUSE_LABELS, LABELS, UNDER_WAY, Cause, State, on_the_way
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Person, Unit

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


def ways_to_see(by: Actor) -> list[Q] | None:
    """From either end; nothing for who sees all."""
    scope = by.scope("transfers.see")
    sent, received = scope.ways(), scope.ways(unit="to_unit")
    return None if sent is None or received is None else sent + received


class Transfers(models.QuerySet["Transfer"]):
    """Questions about many transfers."""

    def visible_to(self, by: Actor) -> Transfers:
        """Those from and to the units whose transfers this person may see."""
        return self.filter(either(ways_to_see(by)))


class Transfer(models.Model):
    """Parts go from a store of one unit to a store of another, or of the same.

    unit         the sender's; what is on the way is still that unit's
    from_code    the two stores as they are called, for whoever sees only one of them
    sent_by      who put it on the way; a loss is declared by somebody else
    """

    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    source = models.ForeignKey(Store, models.PROTECT, related_name="+")
    target = models.ForeignKey(Store, models.PROTECT, related_name="+")
    from_code = models.CharField(max_length=20)
    to_code = models.CharField(max_length=20)
    state = models.CharField(
        max_length=14, choices=[(state.value, LABELS[state]) for state in State], default=State.REQUESTED.value
    )
    reason = models.CharField(max_length=200)
    need_by = models.DateField(null=True)
    requested_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    carrier = models.CharField(max_length=120, blank=True)
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # Why it was refused or cancelled.
    end_reason = models.CharField(max_length=200, blank=True)

    objects = Transfers.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "sent_at"], name="transfer_by_state"),
            models.Index(fields=["unit", "id"], name="transfer_of_its_sender"),
            models.Index(fields=["to_unit", "id"], name="transfer_of_its_receiver"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=sorted(state.value for state in State)), name="transfer_is_in_a_known_state"
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="transfer_goes_to_another_store"),
            models.CheckConstraint(condition=~Q(reason=""), name="transfer_says_what_for"),
            models.CheckConstraint(
                condition=~Q(state__in=["SENT", "PART_RECEIVED", "CLOSED"])
                | Q(sent_by__isnull=False, sent_at__isnull=False),
                name="transfer_under_way_was_sent_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["CLOSED", "REFUSED", "CANCELLED"], ended_at__isnull=False)
                | (~Q(state__in=["CLOSED", "REFUSED", "CANCELLED"]) & Q(ended_at__isnull=True)),
                name="transfer_that_ended_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["REFUSED", "CANCELLED"]) | ~Q(end_reason=""), name="transfer_not_sent_says_why"
            ),
            Never(
                name="transfer_closes_with_nothing_on_the_way",
                when="NEW.state = 'CLOSED' AND EXISTS (SELECT 1 FROM transfers_transferline AS line"
                " WHERE line.transfer_id = NEW.id AND line.sent <> line.received + line.lost)",
                events=["UPDATE"],
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_under_way(self) -> bool:
        """Whether something of it is on the way."""
        return self.state in UNDER_WAY


class TransferLine(models.Model):
    """So many of one part; what was sent of it came, is lost, or is on the way (INV-5).

    lost   declared lost by a second person
    """

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="lines")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    wanted = models.PositiveIntegerField()
    sent = models.PositiveIntegerField(default=0)
    received = models.PositiveIntegerField(default=0)
    lost = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["transfer", "part"], name="transferline_of_a_part_stands_once"),
            models.CheckConstraint(condition=Q(wanted__gt=0), name="transferline_asks_for_something"),
            models.CheckConstraint(condition=Q(sent__lte=F("wanted")), name="transferline_sends_no_more_than_asked"),
            models.CheckConstraint(
                condition=Q(sent__gte=F("received") + F("lost")), name="transferline_receives_no_more_than_sent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.transfer} {self.part}"

    @property
    def on_the_way(self) -> int:
        """What was sent and has neither come nor been declared lost."""
        return on_the_way(sent=self.sent, received=self.received, lost=self.lost)


class Arrival(models.Model):
    """Pieces of a line came into a bin of the other store; what was damaged is set apart there at once."""

    line = models.ForeignKey(TransferLine, models.PROTECT, related_name="arrivals")
    bin = models.ForeignKey(Bin, models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    condition = models.CharField(max_length=12, choices=[(each.value, CONDITION_LABELS[each]) for each in Condition])
    received_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="arrival_is_of_something"),
            AppendOnly(name="arrival_is_never_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.quantity}"


class Loss(models.Model):
    """A second person declares that pieces of a line are lost: neither who sent them nor who received the others (INV-5)."""

    line = models.ForeignKey(TransferLine, models.PROTECT, related_name="losses")
    quantity = models.PositiveIntegerField()
    cause = models.CharField(max_length=8, choices=[(each.value, CAUSE_LABELS[each]) for each in Cause])
    reason = models.CharField(max_length=200)
    declared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="loss_is_of_something"),
            models.CheckConstraint(condition=~Q(reason=""), name="loss_says_why"),
            models.CheckConstraint(
                condition=Q(cause__in=sorted(each.value for each in Cause)), name="loss_has_a_known_cause"
            ),
            AppendOnly(name="loss_is_never_changed"),
            Never(
                name="loss_is_declared_by_a_second_person",
                when="NEW.declared_by_id IN (SELECT transfer.sent_by_id FROM transfers_transferline AS line"
                " JOIN transfers_transfer AS transfer ON transfer.id = line.transfer_id WHERE line.id = NEW.line_id)"
                " OR NEW.declared_by_id IN (SELECT arrival.received_by_id FROM transfers_transferline AS line"
                " JOIN transfers_transferline AS other ON other.transfer_id = line.transfer_id"
                " JOIN transfers_arrival AS arrival ON arrival.line_id = other.id WHERE line.id = NEW.line_id)",
                events=["INSERT"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.cause} {self.quantity}"
