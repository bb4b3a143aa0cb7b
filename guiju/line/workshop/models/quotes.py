"""The quote, line by line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F, Q

from guiju.kernel.constraints import AppendOnly, Never
from guiju.kernel.models import Evidence
from guiju.kernel.words import pick
from guiju.line.workshop.models.exceptions import PriceException
from guiju.line.workshop.models.of_order import OfOrder
from guiju.line.workshop.rules import (
    Choosable,
    Chosen,
    Consent,
    LineKind,
    QuoteState,
    choose,
)
from guiju.standing.catalogue.models import Part, ServiceItem
from guiju.standing.people.models import Person
from guiju.standing.pricing.models import PriceLine
from guiju.standing.warranty.rules import Paid


class Quote(OfOrder):
    """A priced offer, one version after another; at most one is approved (3.4)."""

    number = models.CharField(max_length=40, unique=True)
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, default=QuoteState.DRAFT)
    currency = models.CharField(max_length=3)
    # The sum of the lines less the discount, and once it is approved less the lines that the customer declined.
    total_minor = models.BigIntegerField(default=0)
    declined_minor = models.BigIntegerField(default=0)
    # The part of the discount that went with the declined lines.
    forgone_minor = models.BigIntegerField(default=0)
    discount_minor = models.BigIntegerField(default=0)
    discount_reason = models.CharField(max_length=300, blank=True)
    service_hours = models.PositiveIntegerField()
    repair_warranty_days = models.PositiveIntegerField()
    test_fee_minor = models.BigIntegerField(default=0)
    price_list = models.CharField(max_length=60)
    # What somebody else pays for: [{"code": …, "names": …, "quantity": …, "paid": Paid.to_json()}], and by which law and terms.
    covered = models.JSONField(default=list)
    coverage_version = models.CharField(max_length=200, blank=True)
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    valid_until = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_how = models.CharField(max_length=12, blank=True)
    decided_note = models.CharField(max_length=400, blank=True)
    approved_digest = models.CharField(max_length=64, blank=True)
    signature = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, related_name="+")
    code_salt = models.CharField(max_length=32, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    code_confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "id"], name="quote_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["order", "version"], name="a_quote_version_exists_once"),
            models.UniqueConstraint(
                fields=["order"], condition=Q(state="APPROVED"), name="one_approved_quote_per_order"
            ),
            models.UniqueConstraint(
                fields=["order"], condition=Q(state__in=["DRAFT", "ISSUED"]), name="one_open_quote_per_order"
            ),
            models.CheckConstraint(
                condition=Q(state="DRAFT") | Q(state="SUPERSEDED") | (~Q(digest="") & Q(valid_until__isnull=False)),
                name="an_issued_quote_is_sealed_and_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state="APPROVED")
                | (
                    (Q(approved_digest=F("digest")) | Q(declined_minor__gt=0))
                    & ~Q(digest="")
                    & ~Q(approved_digest="")
                    & Q(decided_how__in=[str(how) for how in Consent])
                ),
                name="an_approval_is_of_this_very_quote",
            ),
            models.CheckConstraint(
                condition=Q(declined_minor=0, forgone_minor=0)
                | Q(declined_minor__gt=0, forgone_minor__gte=0, state__in=["APPROVED", "SUPERSEDED"]),
                name="lines_are_declined_by_approving_the_others",
            ),
            models.CheckConstraint(
                condition=~Q(decided_how="SIGNATURE") | Q(signature__isnull=False),
                name="a_signed_quote_has_its_signature",
            ),
            models.CheckConstraint(
                condition=~Q(decided_how="CODE") | Q(code_confirmed_at__isnull=False),
                name="a_quote_approved_by_code_had_its_code",
            ),
            models.CheckConstraint(condition=Q(total_minor__gte=0), name="a_quote_is_not_negative"),
            models.CheckConstraint(
                condition=Q(discount_minor=0) | (Q(discount_minor__gt=0) & ~Q(discount_reason="")),
                name="a_discount_has_its_reason",
            ),
            Never(
                name="a_discount_stays_in_the_published_range",
                when="NEW.state IN ('ISSUED', 'APPROVED')"
                " AND NEW.total_minor < COALESCE((SELECT SUM(l.quantity * CASE WHEN l.exception_id IS NULL"
                " THEN l.list_min_minor ELSE l.unit_minor END)"
                " FROM workshop_quoteline l WHERE l.quote_id = NEW.id AND NOT l.is_declined), 0)",
                events=("UPDATE",),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def covered_lines(self) -> list[Covered]:
        """What the customer does not pay, with the clause behind each."""
        return [_covered(kept) for kept in self.covered]

    @property
    def lines_minor(self) -> int:
        """The sum of all lines, before the discount."""
        return self.total_minor + self.discount_minor + self.declined_minor

    def content(self) -> dict[str, object]:
        """What was sent to the customer, to the letter: any change of it is another quote (T32)."""
        columns = ("kind", "item_id", "part_id", "quantity", "unit_minor", "amount_minor", "is_optional")
        return {
            "number": self.number,
            "version": self.version,
            "currency": self.currency,
            "total_minor": self.total_minor + self.declined_minor - self.forgone_minor,
            "discount_minor": self.discount_minor + self.forgone_minor,
            "service_hours": self.service_hours,
            "repair_warranty_days": self.repair_warranty_days,
            "lines": [[getattr(line, name) for name in columns] for line in sorted(self.lines.all(), key=_in_order)],
            **(
                {"covered": [[each["code"], each["quantity"], each["paid"]["payer"]] for each in self.covered]}
                if self.covered
                else {}
            ),
        }

    def agreed(self, declined: Collection[int] = ()) -> dict[str, object]:
        """What the customer puts a name under: what was sent, or exactly what was chosen of it (I29).

        declined   the keys of the lines that the customer does not want
        """
        if not declined:
            return self.content()
        chosen = self.choice(declined)
        return self.content() | {
            "total_minor": chosen.total_minor,
            "discount_minor": chosen.discount_minor,
            "declined": sorted(declined),
        }

    def choice(self, declined: Collection[int] = ()) -> Chosen:
        """What it comes to without these lines; `lines` may be read already."""
        lines = [Choosable(each.amount_minor, each.least_minor, each.pk in declined) for each in self.lines.all()]
        return choose(lines, self.discount_minor + self.forgone_minor)


def _covered(kept: Mapping[str, Any]) -> Covered:
    return Covered(kept["code"], pick(kept["names"]), kept["quantity"], kept["unit"], Paid.from_json(kept["paid"]))


@dataclass(frozen=True)
class Covered:
    """What somebody else pays for, as it is shown: it costs the customer nothing, and says why."""

    code: str
    description: str
    quantity: int
    unit: str
    paid: Paid


def _in_order(line: QuoteLine) -> int:
    return line.pk


class QuoteLine(models.Model):
    """One line of a quote, with the published range beside its price (PRC-1, PRC-2)."""

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=8)
    item = models.ForeignKey(ServiceItem, on_delete=models.PROTECT, null=True, related_name="+")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, null=True, related_name="+")
    # The published line, or, where the list names no such thing, none: then the exception stands for it.
    price_line = models.ForeignKey(PriceLine, on_delete=models.PROTECT, null=True, related_name="+")
    # By whose leave the price is outside the list (PRC-1).
    exception = models.ForeignKey(PriceException, on_delete=models.PROTECT, null=True, related_name="+")
    quantity = models.PositiveIntegerField()
    unit_minor = models.BigIntegerField()
    list_min_minor = models.BigIntegerField()
    list_max_minor = models.BigIntegerField()
    amount_minor = models.BigIntegerField()
    # The repair is possible without it, so the customer may leave it out.
    is_optional = models.BooleanField(default=False)
    is_declined = models.BooleanField(default=False)
    # Why it is the customer who pays (Paid.to_json); empty on a line from before anybody asked.
    paid = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="a_quote_line_is_for_something"),
            models.CheckConstraint(
                condition=Q(is_declined=False) | Q(is_optional=True), name="only_an_optional_line_is_declined"
            ),
            models.CheckConstraint(
                condition=Q(amount_minor=F("quantity") * F("unit_minor")), name="a_quote_line_multiplies_out"
            ),
            models.CheckConstraint(
                condition=Q(
                    price_line__isnull=False,
                    unit_minor__gte=F("list_min_minor"),
                    unit_minor__lte=F("list_max_minor"),
                )
                | Q(exception__isnull=False),
                name="a_quoted_price_is_in_the_published_range",
            ),
            Never(
                name="a_price_outside_the_list_was_granted",
                when="NEW.exception_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM workshop_priceexception e"
                " JOIN workshop_quote q ON q.order_id = e.order_id"
                " JOIN kernel_approval a ON a.subject_id = e.id AND a.subject_type = 'workshop.priceexception'"
                " WHERE e.id = NEW.exception_id AND q.id = NEW.quote_id AND e.unit_minor = NEW.unit_minor"
                " AND COALESCE(e.item_id, 0) = COALESCE(NEW.item_id, 0)"
                " AND COALESCE(e.part_id, 0) = COALESCE(NEW.part_id, 0)"
                " AND a.purpose = 'workshop.approve_exception' AND a.state = 'GRANTED')",
                events=("INSERT",),
            ),
            models.CheckConstraint(
                condition=Q(item__isnull=True, part__isnull=False, kind="PART")
                | (Q(item__isnull=False, part__isnull=True) & ~Q(kind="PART")),
                name="a_quote_line_is_a_part_or_a_service",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[str(kind) for kind in LineKind]), name="a_quote_line_is_of_a_known_kind"
            ),
            Never(
                name="an_issued_quote_keeps_its_lines",
                when="(SELECT q.state FROM workshop_quote q WHERE q.id = NEW.quote_id) <> 'DRAFT'",
                events=("INSERT",),
            ),
            AppendOnly(name="a_quote_line_is_never_edited", may_change=["is_declined"]),
            Never(
                name="a_line_is_declined_while_the_quote_waits",
                when="(SELECT q.state FROM workshop_quote q WHERE q.id = NEW.quote_id) <> 'ISSUED'",
                events=("UPDATE",),
            ),
        ]

    @property
    def why_paid(self) -> Paid | None:
        """Why it is the customer who pays; `None` where nobody asked."""
        return Paid.from_json(self.paid) if self.paid else None

    @property
    def least_minor(self) -> int:
        """The least that this line may come to after a discount: the list's, or exactly what was granted and signed."""
        return self.quantity * (self.list_min_minor if self.exception_id is None else self.unit_minor)

    @property
    def is_listed(self) -> bool:
        """Whether the published list names such a thing at all."""
        return self.price_line_id is not None

    @property
    def description(self) -> str:
        """The part's or the service's name, in the reader's language."""
        return (self.part or self.item).name  # type: ignore[union-attr]

    @property
    def code(self) -> str:
        """The part number or the service code."""
        return (self.part or self.item).code  # type: ignore[union-attr]
