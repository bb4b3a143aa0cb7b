"""The quote, line by line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q

from guiju.kernel.constraints import AppendOnly, Never
from guiju.kernel.models import Evidence
from guiju.kernel.words import pick
from guiju.line.workorder.models import OfOrder
from guiju.line.workshop.models.exceptions import PriceException
from guiju.line.workshop.rules import (
    CODE_TRIES_MAX,
    QUOTED,
    Choosable,
    Chosen,
    Consent,
    LineKind,
    OptionKind,
    PartMark,
    QuoteState,
    choose,
)
from guiju.standing.catalogue.models import Part, ServiceItem
from guiju.standing.people.models import Person
from guiju.standing.pricing.models import PriceLine
from guiju.standing.warranty.rules import Paid

if TYPE_CHECKING:
    from guiju.line.workshop.models.consent import QuoteOption


# What counts of a quote that was answered or replaced never changes any more; of one that waits, what was sent.
_SENT = (
    "order_id",
    "number",
    "version",
    "currency",
    "price_list",
    "test_fee_minor",
    "digest",
    "valid_until",
    "covered",
)
_ANSWERED = (
    *_SENT, "place", "kind", "total_minor", "declined_minor", "forgone_minor", "discount_minor", "service_hours",
    "repair_warranty_days", "deposit_minor", "approved_digest",
)  # fmt: skip


def _differs(columns: Collection[str]) -> str:
    return "(" + " OR ".join(f"OLD.{name} <> NEW.{name}" for name in columns) + ")"


class Quote(OfOrder):
    """A priced offer, one version after another; at most one is approved (3.4).

    form    how its content is written for the seal: 1 before there were options, 2 since
    place   of the option that counts: the first one, until the customer has chosen; total, time, warranty and deposit are its
    """

    number = models.CharField(max_length=40, unique=True)
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, default=QuoteState.DRAFT)
    form = models.PositiveSmallIntegerField(default=2)
    place = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=16, default=OptionKind.REPAIR)
    currency = models.CharField(max_length=3)
    # The sum of the lines of the option that counts less the discount, and once it is approved less the lines that the customer declined.
    total_minor = models.BigIntegerField(default=0)
    declined_minor = models.BigIntegerField(default=0)
    # The part of the discount that went with the declined lines.
    forgone_minor = models.BigIntegerField(default=0)
    discount_minor = models.BigIntegerField(default=0)
    discount_reason = models.CharField(max_length=300, blank=True)
    # One of DiscountReason, by which discounts are counted; empty where nothing is taken off, or where it was before there were codes.
    discount_code = models.CharField(max_length=12, blank=True)
    service_hours = models.PositiveIntegerField()
    repair_warranty_days = models.PositiveIntegerField()
    # What is taken at the till before parts are ordered.
    deposit_minor = models.BigIntegerField(default=0)
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
                | (~Q(digest="") & ~Q(approved_digest="") & Q(decided_how__in=[str(how) for how in Consent])),
                name="an_approval_is_of_this_very_quote",
            ),
            Never(
                name="an_approved_quote_is_accepted_as_it_was_read",
                when="NEW.state = 'APPROVED' AND NEW.form > 1 AND NOT EXISTS (SELECT 1 FROM workshop_acceptance a"
                " WHERE a.quote_id = NEW.id AND a.digest = NEW.approved_digest AND a.place = NEW.place)",
            ),
            Never(
                name="what_was_sent_to_the_customer_never_changes",
                when=f"OLD.state <> 'DRAFT' AND {_differs(_SENT)}"
                f" OR OLD.state NOT IN ('DRAFT', 'ISSUED') AND {_differs(_ANSWERED)}",
                events=("UPDATE",),
            ),
            models.CheckConstraint(condition=Q(code_tries__lte=CODE_TRIES_MAX), name="a_code_is_tried_few_times"),
            models.CheckConstraint(
                condition=Q(deposit_minor__gte=0, deposit_minor__lte=F("total_minor")),
                name="a_deposit_is_no_more_than_the_quote",
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
                name="a_discount_has_the_code_of_its_reason",
                when="NEW.state = 'DRAFT' AND NEW.discount_minor > 0 AND NEW.discount_minor <> OLD.discount_minor"
                " AND NEW.discount_code = ''",
                events=("UPDATE",),
            ),
            Never(
                name="a_discount_stays_in_the_published_range",
                when="NEW.state IN ('ISSUED', 'APPROVED')"
                " AND NEW.total_minor < COALESCE((SELECT SUM(l.quantity * CASE WHEN l.exception_id IS NULL"
                " THEN l.list_min_minor ELSE l.unit_minor END)"
                " FROM workshop_quoteline l WHERE l.quote_id = NEW.id AND l.place = NEW.place AND NOT l.is_declined), 0)",
                events=("UPDATE",),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def covered_lines(self) -> list[Covered]:
        """What the customer does not pay, with the clause behind each."""
        return self.covered_of(self.place)

    def covered_of(self, place: int) -> list[Covered]:
        """What the customer does not pay of one option."""
        return [_covered(kept) for kept in self.covered if kept.get("place", 1) == place]

    @property
    def lines_minor(self) -> int:
        """The sum of all lines of the option that counts, before the discount."""
        return self.total_minor + self.discount_minor + self.declined_minor

    def lines_of(self, place: int | None = None) -> list[QuoteLine]:
        """The lines of one option, in their order; of the one that counts unless told otherwise. `lines` may be read already."""
        wanted = self.place if place is None else place
        return sorted((line for line in self.lines.all() if line.place == wanted), key=_in_order)

    @property
    def has_options(self) -> bool:
        """Whether there is something to choose from."""
        return any(line.place != self.place for line in self.lines.all())

    def content(self) -> dict[str, object]:
        """What was sent to the customer, to the letter: any change of it is another quote (T32)."""
        return _without_options(self) if self.form == 1 else _with_options(self)

    def choice(self, declined: Collection[int] = (), place: int | None = None) -> Chosen:
        """What one option comes to without these lines; `lines` may be read already.

        place   the option; the one that counts unless told otherwise
        """
        lines = [Choosable(each.amount_minor, each.least_minor, each.pk in declined) for each in self.lines_of(place)]
        counts = place is None or place == self.place
        off = self.discount_minor + self.forgone_minor if counts else self.option(place).discount_minor
        return choose(lines, off)

    def option(self, place: int | None = None) -> QuoteOption:
        """One of the options; `options` may be read already.

        raises   LookupError for a place that it does not have
        """
        wanted = self.place if place is None else place
        for each in self.options.all():
            if each.place == wanted:
                return each
        raise LookupError(f"{self.number} has no option {wanted}")


def _without_options(quote: Quote) -> dict[str, object]:
    """As quotes were sealed before there were options; what was sealed so stays provable so."""
    columns = ("kind", "item_id", "part_id", "quantity", "unit_minor", "amount_minor", "is_optional")
    return {
        "number": quote.number,
        "version": quote.version,
        "currency": quote.currency,
        "total_minor": quote.total_minor + quote.declined_minor - quote.forgone_minor,
        "discount_minor": quote.discount_minor + quote.forgone_minor,
        "service_hours": quote.service_hours,
        "repair_warranty_days": quote.repair_warranty_days,
        "lines": [[getattr(line, name) for name in columns] for line in quote.lines_of()],
        **(
            {"covered": [[each["code"], each["quantity"], each["paid"]["payer"]] for each in quote.covered]}
            if quote.covered
            else {}
        ),
    }


def _with_options(quote: Quote) -> dict[str, object]:
    said = ("number", "version", "currency", "price_list", "valid_until", "test_fee_minor")
    told = (
        "place", "kind", "note", "total_minor", "discount_minor", "deposit_minor", "service_hours", "repair_warranty_days",
    )  # fmt: skip
    listed = (
        "kind", "item_id", "part_id", "mark", "quantity", "unit_minor", "amount_minor", "list_min_minor", "list_max_minor",
        "exception_id", "is_optional",
    )  # fmt: skip
    options = [
        {name: getattr(option, name) for name in told}
        | {
            "lines": [[getattr(line, name) for name in listed] for line in quote.lines_of(option.place)],
            "covered": [
                [each["code"], each["quantity"], each["paid"]["payer"]]
                for each in quote.covered
                if each.get("place", 1) == option.place
            ],
        }
        for option in sorted(quote.options.all(), key=_by_place)
    ]
    return {"form": quote.form} | {name: getattr(quote, name) for name in said} | {"options": options}


def _by_place(option: QuoteOption) -> int:
    return option.place


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
    # Of the option that it belongs to.
    place = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=8)
    # Whether a part is new, the maker's own, or refurbished; empty for work, and where nobody was asked yet.
    mark = models.CharField(max_length=12, blank=True)
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
                condition=Q(kind__in=[str(kind) for kind in LineKind if kind in QUOTED]),
                name="a_quote_line_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(mark="") | Q(kind="PART", mark__in=[str(mark) for mark in PartMark]),
                name="only_a_part_has_a_mark",
            ),
            Never(name="a_quoted_part_says_what_it_is", when="NEW.kind = 'PART' AND NEW.mark = ''", events=("INSERT",)),
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
