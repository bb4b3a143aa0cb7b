"""What the customer chooses from, and what was agreed to, byte for byte."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guiju.kernel.constraints import AppendOnly, Never
from guiju.kernel.models import Evidence
from guiju.line.workshop.models.quotes import Quote
from guiju.line.workshop.rules import OPTIONS_MAX, OptionKind


class QuoteOption(models.Model):
    """One way to help: its own lines (those of the same place), its own total, time and warranty (C05).

    deposit_minor   what is taken at the till before parts are ordered for it; 0 where the rule asks nothing
    """

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="options")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16)
    note = models.CharField(max_length=200, blank=True)
    service_hours = models.PositiveIntegerField()
    repair_warranty_days = models.PositiveIntegerField()
    # The sum of its lines less the discount.
    total_minor = models.BigIntegerField()
    discount_minor = models.BigIntegerField(default=0)
    deposit_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quote", "place"], name="an_option_has_a_place_of_its_own"),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=OPTIONS_MAX), name="a_quote_offers_few_enough_to_compare"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[str(kind) for kind in OptionKind]), name="an_option_is_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(total_minor__gte=0, discount_minor__gte=0), name="an_option_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(deposit_minor__gte=0, deposit_minor__lte=F("total_minor")),
                name="a_deposit_is_no_more_than_the_option_costs",
            ),
            AppendOnly(name="an_option_is_never_edited", may_change=["total_minor", "discount_minor", "deposit_minor"]),
            Never(
                name="an_issued_quote_keeps_its_options",
                when="(SELECT q.state FROM workshop_quote q WHERE q.id = NEW.quote_id) <> 'DRAFT'",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote_id}/{self.place}"


class ApprovalCode(models.Model):
    """A one-time code for a quote: kept as a keyed digest, good once, for a few minutes, and under what was read alone (T34).

    read_digest   of the very words under which it was entered
    void_at       a newer one was asked for
    """

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="+")
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    void_at = models.DateTimeField(null=True)
    read_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["quote"],
                condition=Q(used_at__isnull=True, void_at__isnull=True),
                name="one_code_counts_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True, read_digest="")
                | Q(used_at__lt=F("expires_at"), void_at__isnull=True) & ~Q(read_digest=""),
                name="a_code_is_used_in_time_for_what_was_read",
            ),
            Never(
                name="a_code_is_used_once",
                when="OLD.used_at IS NOT NULL OR OLD.void_at IS NOT NULL",
                events=("UPDATE",),
            ),
            AppendOnly(name="a_code_is_never_rewritten", may_change=["used_at", "void_at", "read_digest"]),
        ]


class Acceptance(models.Model):
    """What the customer read, byte for byte, and the proof of the yes; another version voids it (WO-2, WO-3, C06).

    content   the canonical bytes of quote version, option, lines, totals and language, as text
    digest    SHA-256 of them; the quote keeps it as `approved_digest`
    """

    quote = models.OneToOneField(Quote, on_delete=models.PROTECT, related_name="acceptance")
    place = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10)
    content = models.TextField()
    digest = models.CharField(max_length=64)
    how = models.CharField(max_length=12)
    note = models.CharField(max_length=400, blank=True)
    signature = models.OneToOneField(Evidence, on_delete=models.PROTECT, null=True, related_name="+")
    code = models.OneToOneField(ApprovalCode, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(how="SIGNATURE", signature__isnull=False)
                | Q(how="CODE", code__isnull=False)
                | (Q(how="RECORDED") & ~Q(note="")),
                name="an_acceptance_has_its_proof",
            ),
            Never(
                name="a_code_confirms_what_was_read_under_it",
                when="NEW.code_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM workshop_approvalcode c"
                " WHERE c.id = NEW.code_id AND c.quote_id = NEW.quote_id AND c.read_digest = NEW.digest)",
                events=("INSERT",),
            ),
            Never(
                name="an_acceptance_is_of_an_option_of_its_quote",
                when="NOT EXISTS (SELECT 1 FROM workshop_quoteoption o"
                " WHERE o.quote_id = NEW.quote_id AND o.place = NEW.place)",
                events=("INSERT",),
            ),
            Never(
                name="a_quote_is_accepted_while_it_waits",
                when="(SELECT q.state FROM workshop_quote q WHERE q.id = NEW.quote_id) <> 'ISSUED'",
                events=("INSERT",),
            ),
            AppendOnly(name="an_acceptance_is_never_edited"),
        ]

    def __str__(self) -> str:
        return f"{self.quote_id} {self.digest[:12]}"
