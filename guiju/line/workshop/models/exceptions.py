"""A price outside the list: asked for one job, granted by the network manager, and signed by the customer on its very line."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiju.kernel.constraints import AppendOnly, Never
from guiju.kernel.models import Evidence
from guiju.line.workorder.models import OfOrder
from guiju.line.workshop.rules import ExceptionReason
from guiju.standing.catalogue.models import Part, ServiceItem
from guiju.standing.people.models import Person


class PriceException(OfOrder):
    """What somebody wants to charge for one thing on one job although the list in force does not allow it (EX-10)."""

    item = models.ForeignKey(ServiceItem, on_delete=models.PROTECT, null=True, related_name="+")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, null=True, related_name="+")
    # Of one, in minor units of the order's currency.
    unit_minor = models.BigIntegerField()
    # What the list said when it was asked; both nothing where it names no such thing.
    list_min_minor = models.BigIntegerField()
    list_max_minor = models.BigIntegerField()
    reason = models.CharField(max_length=16)
    note = models.CharField(max_length=300)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(unit_minor__gt=0), name="an_exception_is_of_a_price"),
            models.CheckConstraint(
                condition=Q(item__isnull=True) ^ Q(part__isnull=True), name="an_exception_is_for_a_part_or_a_service"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=[str(reason) for reason in ExceptionReason]) & ~Q(note=""),
                name="an_exception_has_its_reason",
            ),
            AppendOnly(name="an_exception_is_never_edited"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.unit_minor}"

    @property
    def code(self) -> str:
        """The part number or the service code."""
        return (self.part or self.item).code  # type: ignore[union-attr]

    @property
    def description(self) -> str:
        """The part's or the service's name, in the reader's language."""
        return (self.part or self.item).name  # type: ignore[union-attr]

    def content(self) -> dict[str, object]:
        """What the network manager sees and grants, to the letter."""
        return {
            "order": self.order.number,
            "code": self.code,
            "unit_minor": self.unit_minor,
            "list_min_minor": self.list_min_minor,
            "list_max_minor": self.list_max_minor,
            "currency": self.order.currency,
            "reason": self.reason,
            "note": self.note,
        }


class LineSignature(models.Model):
    """The customer's own hand under one line whose price is outside the list; a signature under the whole quote is none."""

    line = models.OneToOneField("workshop.QuoteLine", on_delete=models.PROTECT, related_name="+")
    signature = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            Never(
                name="a_line_is_signed_while_the_quote_waits",
                when="(SELECT q.state FROM workshop_quote q JOIN workshop_quoteline l ON l.quote_id = q.id"
                " WHERE l.id = NEW.line_id) <> 'ISSUED'",
                events=("INSERT",),
            ),
            AppendOnly(name="a_signature_on_a_line_is_never_edited"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.signed_at:%Y-%m-%d}"
