"""Counts, their bins, what was found there, and who signed for the difference."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from guiju.books.stock.models import Bin, Standstill, Store
from guiju.kernel.actor import Actor, either
from guiju.kernel.constraints import AppendOnly, Never
from guiju.readiness.counting.rules import (
    AT_THE_SHELVES,
    BinState,
    Cause,
    CountKind,
    CountState,
    SheetState,
    UnknownOutcome,
)
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Person, Unit


def _words(members: Iterable[StrEnum]) -> list[str]:
    # Plain words in a fixed order: a migration must not change with the enumeration that it was written from.
    return sorted(member.value for member in members)


COUNTERS = ("first_counter", "second_counter", "recounter")
TAKE_PART = (*COUNTERS, "keeper", "successor")


def ways_to_see(by: Actor) -> list[Q] | None:
    """How a person comes to see a count: it is in their unit, or they count in it or answer for the store; nothing for who sees all."""
    return by.scope("counting.see").ways(*_parts_taken(by))


def leads_to_seen(by: Actor) -> list[Q]:
    """Columns with an index that lead to all of these, and to a few of other units perhaps."""
    return [by.scope("counting.see").q(), *_parts_taken(by)]


def _parts_taken(by: Actor) -> list[Q]:
    return [Q(**{role: by.person_id}) for role in TAKE_PART] if by.person_id else []


class StockCounts(models.QuerySet["StockCount"]):
    """Questions about counts."""

    def visible_to(self, by: Actor) -> StockCounts:
        """Those of the units whose counts this person may see, and those in which they count or answer for the store."""
        return self.filter(either(ways_to_see(by)))


class StockCount(models.Model):
    """Some bins of one store, counted by two people at one time.

    keeper      who answers for the store; of a full count and of a handover never one of the counters (5.2, 5.4)
    successor   who takes the store over, at a handover
    recounter   who counts again what is far off, unless the two exchange their bins
    round       from 1; one more each time that it is sent back
    """

    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    store = models.ForeignKey(Store, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=CountState.PLANNED.value)
    round = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=300, blank=True)
    planned_on = models.DateField()
    keeper = models.ForeignKey(Person, models.PROTECT, related_name="+")
    successor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    first_counter = models.ForeignKey(Person, models.PROTECT, related_name="+")
    second_counter = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recounter = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    planned_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True)
    handed_in_at = models.DateTimeField(null=True)
    explained_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = StockCounts.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "state", "id"], name="stock_count_of_a_unit"),
            models.Index(fields=["state", "id"], name="stock_count_by_state"),
            models.Index(fields=["unit", "id"], name="stock_count_in_order"),
            *(models.Index(fields=[role, "state"], name=f"stock_count_{role}") for role in COUNTERS),
            models.Index(fields=["store", "kind", "closed_at"], name="stock_count_of_a_store"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=_words(CountKind)), name="a_count_is_of_a_known_kind"),
            models.CheckConstraint(condition=Q(state__in=_words(CountState)), name="a_count_is_in_a_known_state"),
            models.CheckConstraint(condition=~Q(first_counter=F("second_counter")), name="a_count_has_two_counters"),
            models.CheckConstraint(
                condition=~Q(kind__in=["FULL", "HANDOVER"])
                | (
                    ~Q(first_counter=F("keeper"))
                    & ~Q(second_counter=F("keeper"))
                    & (Q(recounter__isnull=True) | ~Q(recounter=F("keeper")))
                ),
                name="the_keeper_counts_no_whole_store",
            ),
            models.CheckConstraint(
                condition=(Q(kind=CountKind.HANDOVER.value, successor__isnull=False) & ~Q(successor=F("keeper")))
                | (~Q(kind=CountKind.HANDOVER.value) & Q(successor__isnull=True)),
                name="a_store_is_handed_over_to_another",
            ),
            models.CheckConstraint(
                condition=~Q(kind=CountKind.SPOT.value) | ~Q(reason=""), name="a_spot_check_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["PLANNED", "CANCELLED"]) | Q(frozen_at__isnull=False),
                name="a_count_is_frozen_before_it_is_counted",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["COUNTED", "RECOUNT", "REVIEW", "APPROVED", "CLOSED"])
                | Q(handed_in_at__isnull=False),
                name="a_count_is_handed_in_before_it_is_judged",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["APPROVED", "CLOSED"]) | Q(approved_at__isnull=False),
                name="an_approved_count_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state="CLOSED", closed_at__isnull=False) | (~Q(state="CLOSED") & Q(closed_at__isnull=True)),
                name="a_closed_count_says_when",
            ),
            Never(
                name="a_count_is_of_its_stores_unit",
                when="NEW.unit_id <> (SELECT unit_id FROM stock_store WHERE id = NEW.store_id)",
            ),
            Never(
                name="a_difference_is_explained_before_it_is_approved",
                when="NEW.state IN ('REVIEW', 'APPROVED', 'CLOSED') AND EXISTS (SELECT 1 FROM counting_countline AS line"
                " JOIN counting_countedbin AS bin ON bin.id = line.counted_bin_id WHERE bin.count_id = NEW.id AND"
                " (line.counted_quantity IS NULL OR line.counted_quantity <> line.expected_quantity AND line.cause = ''))",
                events=["UPDATE"],
            ),
            Never(
                name="a_count_is_approved_before_it_is_booked",
                when="NEW.state IN ('APPROVED', 'CLOSED') AND NOT EXISTS (SELECT 1 FROM counting_countapproval AS signed"
                " WHERE signed.count_id = NEW.id AND signed.round = NEW.round)",
                events=["UPDATE"],
            ),
            Never(
                name="a_count_once_over_never_changes",
                when="OLD.state IN ('CLOSED', 'CANCELLED')",
                events=["UPDATE", "DELETE"],
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def counter_ids(self) -> frozenset[int]:
        """Who may count in it."""
        both = {self.first_counter_id, self.second_counter_id}
        return frozenset(both | ({self.recounter_id} if self.recounter_id else set()))

    @property
    def is_at_the_shelves(self) -> bool:
        """Whether bins can be counted now."""
        return self.state in AT_THE_SHELVES

    def belongs_to(self, by: Actor) -> bool:
        """It is of those who count, and of those who answer for the store."""
        return by.person_id is not None and by.person_id in self.counter_ids | {self.keeper_id, self.successor_id}


class CountedBin(models.Model):
    """A bin in the scope of a count; in one open count at a time."""

    count = models.ForeignKey(StockCount, models.PROTECT, related_name="bins")
    bin = models.ForeignKey(Bin, models.PROTECT, related_name="+")
    state = models.CharField(max_length=6, default=BinState.DUE.value)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["count", "bin"], name="a_bin_is_once_in_a_count"),
            models.UniqueConstraint(
                fields=["bin"], condition=~Q(state=BinState.FREE.value), name="a_bin_is_in_one_open_count"
            ),
            models.CheckConstraint(condition=Q(state__in=_words(BinState)), name="a_counted_bin_is_in_a_known_state"),
            Never(
                name="a_counted_bin_is_of_the_store",
                when="(SELECT store_id FROM stock_bin WHERE id = NEW.bin_id)"
                " <> (SELECT store_id FROM counting_stockcount WHERE id = NEW.count_id)",
            ),
            Never(name="a_bin_set_free_stays_free", when="OLD.state = 'FREE'", events=["UPDATE", "DELETE"]),
        ]

    def __str__(self) -> str:
        return f"{self.count} {self.bin}"


class Sheet(models.Model):
    """One person's pass over one bin, from standing before it to leaving it.

    round        the count's, at that time: in one round nobody counts the same bin twice
    standstill   how the stock book kept still meanwhile
    """

    counted_bin = models.ForeignKey(CountedBin, models.PROTECT, related_name="sheets")
    round = models.PositiveSmallIntegerField()
    counter = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, default=SheetState.OPEN.value)
    standstill = models.OneToOneField(Standstill, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["counted_bin"], condition=Q(state="OPEN"), name="a_bin_is_counted_by_one_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["counter"], condition=Q(state="OPEN"), name="a_counter_stands_before_one_bin"
            ),
            models.UniqueConstraint(
                fields=["counted_bin", "round", "counter"],
                condition=Q(state="FINISHED"),
                name="a_bin_is_recounted_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", ended_at__isnull=True)
                | Q(state__in=["FINISHED", "LEFT"], ended_at__isnull=False),
                name="a_sheet_that_ended_says_when",
            ),
            Never(
                name="a_bin_is_counted_by_a_counter_of_its_count",
                when="NOT EXISTS (SELECT 1 FROM counting_countedbin AS bin JOIN counting_stockcount AS c ON c.id = bin.count_id"
                " WHERE bin.id = NEW.counted_bin_id"
                " AND NEW.counter_id IN (c.first_counter_id, c.second_counter_id, coalesce(c.recounter_id, 0)))",
                events=["INSERT"],
            ),
            Never(
                name="nobody_counts_what_they_approved",
                when="EXISTS (SELECT 1 FROM counting_countapproval AS signed JOIN counting_countedbin AS bin"
                " ON bin.count_id = signed.count_id WHERE bin.id = NEW.counted_bin_id AND signed.person_id = NEW.counter_id)",
                events=["INSERT"],
            ),
            Never(name="a_sheet_once_ended_never_changes", when="OLD.state <> 'OPEN'", events=["UPDATE", "DELETE"]),
        ]

    def __str__(self) -> str:
        return f"{self.counted_bin} {self.counter}"


class SheetLine(models.Model):
    """How many of one part the counter has found so far; kept with every scan, so that no reload loses it."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="lines")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    quantity = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "part"], name="a_part_stands_once_on_a_sheet"),
            Never(
                name="an_ended_sheet_keeps_its_lines",
                when="(SELECT state FROM counting_sheet WHERE id = NEW.sheet_id) <> 'OPEN'",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.part.code}"


class UnknownScan(models.Model):
    """Something was scanned in the bin that names no part: kept as it was read, and answered in the review (F14)."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="unknown")
    text = models.CharField(max_length=120)
    times = models.PositiveIntegerField(default=1)
    outcome = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "text"], name="an_unknown_scan_stands_once_on_a_sheet"),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome__in=_words(UnknownOutcome)),
                name="an_unknown_scan_has_a_known_outcome",
            ),
            models.CheckConstraint(condition=~Q(text="") & Q(times__gt=0), name="an_unknown_scan_was_read"),
            AppendOnly(name="an_unknown_scan_is_kept", may_change=("times", "outcome", "note")),
        ]

    def __str__(self) -> str:
        return self.text


class CountLine(models.Model):
    """What the count says of one part in one bin. No figure of the book leaves the server from here before the count is handed in.

    frozen_quantity     what the book said at the freeze
    expected_quantity   what the book said when the bin had been counted: the frozen one and all moves since
    counted_quantity    what the last sheet found; both empty until then
    passes              how many sheets it stood on in this round
    is_due              whether it has to be counted, or counted again
    cost_minor          of one, when it was counted; empty where the catalogue has none
    accountable         who answers for the difference: the keeper unless somebody else is named
    serials             of a part that is tracked by them: which are missing or too much, with blanks between
    """

    counted_bin = models.ForeignKey(CountedBin, models.PROTECT, related_name="lines")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    frozen_quantity = models.PositiveBigIntegerField()
    expected_quantity = models.PositiveBigIntegerField(null=True)
    counted_quantity = models.PositiveBigIntegerField(null=True)
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="+")
    passes = models.PositiveSmallIntegerField(default=0)
    is_due = models.BooleanField(default=True)
    cost_minor = models.PositiveBigIntegerField(null=True)
    cause = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=300, blank=True)
    accountable = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    serials = models.CharField(max_length=2000, blank=True, default="", db_default="")

    class Meta:
        indexes = [models.Index(fields=["part", "counted_bin"], name="count_line_of_a_part")]
        constraints = [
            models.UniqueConstraint(fields=["counted_bin", "part"], name="a_part_stands_once_in_a_counted_bin"),
            models.CheckConstraint(
                condition=Q(counted_quantity__isnull=True, expected_quantity__isnull=True, sheet__isnull=True)
                | Q(counted_quantity__isnull=False, expected_quantity__isnull=False, sheet__isnull=False),
                name="a_counted_line_says_what_was_expected",
            ),
            models.CheckConstraint(
                condition=Q(cause="", accountable__isnull=True) | Q(cause__in=_words(Cause), accountable__isnull=False),
                name="a_difference_has_its_cause_and_who_answers_for_it",
            ),
            Never(
                name="a_line_of_a_count_that_is_over_never_changes",
                when="(SELECT state FROM counting_countedbin WHERE id = NEW.counted_bin_id) = 'FREE'",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.counted_bin} {self.part.code}"

    @property
    def difference(self) -> int:
        """Counted less expected; 0 until it is counted. Ask `queries.lines_of` before it is shown to anybody."""
        if self.counted_quantity is None or self.expected_quantity is None:
            return 0
        return self.counted_quantity - self.expected_quantity

    @property
    def document(self) -> str:
        """Under which its difference is booked, once."""
        return f"{self.counted_bin.count.number}/{self.pk}"


class CountApproval(models.Model):
    """Somebody who neither keeps the store nor counted accepts the differences, up to their limit (INV-7).

    limit_minor   the own limit of that day; empty is without limit
    """

    count = models.ForeignKey(StockCount, models.PROTECT, related_name="approvals")
    round = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=2)
    limit_minor = models.BigIntegerField(null=True)
    value_minor = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["count", "round", "person"], name="a_count_is_approved_by_different_people"
            ),
            AppendOnly(name="an_approval_of_a_count_stays"),
            Never(
                name="nobody_approves_what_they_kept_or_counted",
                when="EXISTS (SELECT 1 FROM counting_stockcount AS c WHERE c.id = NEW.count_id AND NEW.person_id IN"
                " (c.keeper_id, c.first_counter_id, c.second_counter_id, coalesce(c.recounter_id, 0), coalesce(c.successor_id, 0)))"
                " OR EXISTS (SELECT 1 FROM counting_sheet AS sheet JOIN counting_countedbin AS bin ON bin.id = sheet.counted_bin_id"
                " WHERE bin.count_id = NEW.count_id AND sheet.counter_id = NEW.person_id)",
                events=["INSERT"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count} {self.person}"
