"""Stores and their bins; the places where parts are, and the moves between them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q

from guiju.books.stock import rules
from guiju.kernel import ledger
from guiju.kernel.beginnings import Beginning
from guiju.kernel.constraints import AppendOnly, Never
from guiju.kernel.remembered import remembered_list
from guiju.kernel.words import pick
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Unit

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


def _words(members: Iterable[StrEnum]) -> list[str]:
    # Plain words in a fixed order: a migration must not change with the enumeration that it was written from.
    return sorted(member.value for member in members)


class Stores(models.QuerySet["Store"]):
    """Questions about stores."""

    def visible_to(self, by: Actor) -> Stores:
        """The stores of the units whose stock this person may see."""
        return self.filter(by.scope("stock.see").q())


@remembered_list
class Store(models.Model):
    """A room for parts, which belongs to a unit."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    names = models.JSONField(default=dict)
    kind = models.CharField(max_length=20, choices=[(kind.value, rules.STORE_LABELS[kind]) for kind in rules.StoreKind])

    objects = Stores.as_manager()

    class Meta:
        ordering = ("unit_id", "code")
        constraints = [
            models.UniqueConstraint(fields=["unit", "code"], name="store_code_is_free"),
            models.CheckConstraint(condition=Q(kind__in=_words(rules.StoreKind)), name="store_is_of_a_known_kind"),
            models.CheckConstraint(condition=~Q(code=""), name="store_has_a_code"),
            # What lies in a store is seen and booked under its unit: moving the store would move stock without a move.
            Never(name="store_keeps_its_unit", when="OLD.unit_id <> NEW.unit_id", events=["UPDATE"]),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """The store's name in the reader's language."""
        return pick(self.names)


class Bins(models.QuerySet["Bin"]):
    """Questions about bins."""

    def visible_to(self, by: Actor) -> Bins:
        """The bins of the stores that this person may see."""
        return self.filter(by.scope("stock.see").q(unit="store__unit"))


@remembered_list
class Bin(models.Model):
    """A shelf, a drawer or a box in a store; its code says where: aisle, rack, level, bin."""

    store = models.ForeignKey(Store, models.PROTECT, related_name="bins")
    code = models.CharField(max_length=40)

    objects = Bins.as_manager()

    class Meta:
        ordering = ("store_id", "code")
        constraints = [
            models.UniqueConstraint(fields=["store", "code"], name="bin_code_is_free"),
            models.CheckConstraint(condition=~Q(code=""), name="bin_has_a_code"),
            Never(name="bin_keeps_its_store", when="OLD.store_id <> NEW.store_id", events=["UPDATE"]),
        ]

    def __str__(self) -> str:
        return f"{self.store.code}/{self.code}"

    @property
    def unit_id(self) -> int:
        """The unit whose store it stands in."""
        return self.store.unit_id


class StockAccounts(models.QuerySet["StockAccount"]):
    """Questions about places."""

    def visible_to(self, by: Actor) -> StockAccounts:
        """The places of the units whose stock this person may see."""
        return self.filter(by.scope("stock.see").q())


ON_SHELF = Q(kind=rules.Place.BIN.value)
HELD = Q(kind=rules.Place.HELD.value, balance__gt=0)
SET_APART = Q(kind__in=_words(rules.SET_APART), balance__gt=0)
# What lies there now. No kinds are listed, as a constraint does: of a list with marks in it SQLite does not see that it is an index's.
LIES = Q(bin__isnull=False, balance__gt=0)
LOT_LONGEST = 40
SERIAL_LONGEST = 60


class StockAccount(ledger.Account):
    """How many of one part are in one place, in the part's base unit.

    bin         for what lies in the store
    reference   the job, the order or the transfer, for what is there because of one
    owner, lot  whose it is, and of which lot; a customer's part is promised to nobody else
    """

    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(place.value, rules.PLACE_LABELS[place]) for place in rules.Place])
    bin = models.ForeignKey(Bin, models.PROTECT, null=True, related_name="accounts")
    reference = models.CharField(max_length=80, blank=True)
    owner = models.CharField(
        max_length=12,
        choices=[(owner.value, rules.OWNER_LABELS[owner]) for owner in rules.Owner],
        default=rules.Owner.OWN.value,
    )
    lot = models.CharField(max_length=LOT_LONGEST, blank=True)

    objects = StockAccounts.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["reference", "kind"], condition=~Q(reference=""), name="stockaccount_by_reference"),
            models.Index(fields=["unit", "bin", "id"], condition=ON_SHELF, name="stockaccount_on_shelf"),
            models.Index(fields=["bin", "id"], condition=ON_SHELF, name="stockaccount_on_shelf_all"),
            models.Index(fields=["bin", "part"], condition=HELD, name="stockaccount_held_in_bin"),
            models.Index(fields=["unit", "bin", "id"], condition=SET_APART, name="stockaccount_set_apart"),
            models.Index(fields=["part", "unit"], condition=LIES, name="stockaccount_there_by_part"),
            models.Index(fields=["bin", "part"], condition=LIES, name="stockaccount_there_by_bin"),
        ]
        constraints = [
            *ledger.Account.Meta.constraints,
            # Two, because an empty bin is not equal to an empty bin in SQL.
            models.UniqueConstraint(
                fields=["part", "unit", "kind", "bin", "reference", "owner", "lot"],
                condition=Q(bin__isnull=False),
                name="stockaccount_one_a_bin",
            ),
            models.UniqueConstraint(
                fields=["part", "unit", "kind", "reference", "owner", "lot"],
                condition=Q(bin__isnull=True),
                name="stockaccount_one_a_place",
            ),
            models.CheckConstraint(condition=Q(kind__in=_words(rules.Place)), name="stockaccount_is_a_known_place"),
            models.CheckConstraint(
                condition=Q(kind__in=_words(rules.IN_A_BIN), bin__isnull=False)
                | (~Q(kind__in=_words(rules.IN_A_BIN)) & Q(bin__isnull=True)),
                name="stockaccount_lies_in_a_bin",
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=_words(rules.FOR_A_REFERENCE)) & ~Q(reference=""))
                | (~Q(kind__in=_words(rules.FOR_A_REFERENCE)) & Q(reference="")),
                name="stockaccount_names_its_job",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=_words(rules.WITHOUT_BOTTOM), may_go_negative=True)
                | (~Q(kind__in=_words(rules.WITHOUT_BOTTOM)) & Q(may_go_negative=False)),
                name="stockaccount_has_a_bottom",
            ),
            models.CheckConstraint(condition=Q(owner__in=_words(rules.Owner)), name="stockaccount_is_of_a_known_owner"),
            models.CheckConstraint(
                condition=~Q(kind__in=["FITTED", "HELD"]) | ~Q(owner="CUSTOMER"),
                name="stockaccount_promises_no_customers_part",
            ),
            Never(
                name="stockaccount_bin_is_of_its_unit",
                when="NEW.bin_id IS NOT NULL AND NEW.unit_id <> (SELECT store.unit_id FROM stock_bin AS bin"
                " JOIN stock_store AS store ON store.id = bin.store_id WHERE bin.id = NEW.bin_id)",
            ),
            Never(
                name="stockaccount_keeps_its_place",
                when="OLD.part_id <> NEW.part_id OR OLD.unit_id <> NEW.unit_id OR OLD.kind <> NEW.kind"
                " OR coalesce(OLD.bin_id, 0) <> coalesce(NEW.bin_id, 0) OR OLD.reference <> NEW.reference"
                " OR OLD.owner <> NEW.owner OR OLD.lot <> NEW.lot",
                events=["UPDATE"],
            ),
        ]

    def __str__(self) -> str:
        return " ".join(str(each) for each in (self.part, self.kind, self.bin or "", self.reference) if each)


class StockClosedPeriod(ledger.ClosedPeriod):
    """A time for which a unit's stock book is closed."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta(ledger.ClosedPeriod.Meta):
        pass


class Standstill(models.Model):
    """A bin in which nothing moves while it is counted; afterwards nothing is booked into the time before (G-5, F10).

    A promise to a job or its release moves nothing that can be counted, and is booked all the while.

    document       the count
    ends_at        empty while it stands still
    last_move_id   the newest move into or out of the bin at the end: what the book said then can be computed for ever
    """

    bin = models.ForeignKey(Bin, models.PROTECT, related_name="+")
    document = models.CharField(max_length=80)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    last_move_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["bin", "ends_at"], name="standstill_of_a_bin")]
        constraints = [
            models.UniqueConstraint(fields=["bin"], condition=Q(ends_at__isnull=True), name="a_bin_stands_still_once"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True, last_move_id__isnull=True)
                | Q(ends_at__gte=F("starts_at"), last_move_id__isnull=False),
                name="a_standstill_ends_after_it_starts",
            ),
            AppendOnly(name="a_standstill_is_kept", may_change=("ends_at", "last_move_id")),
            Never(name="a_standstill_ends_once", when="OLD.ends_at IS NOT NULL", events=["UPDATE"]),
        ]

    def __str__(self) -> str:
        return f"{self.bin} {self.document}"

    @property
    def unit_id(self) -> int:
        """The unit of the bin."""
        return self.bin.unit_id


# A move between two bins, or into or out of one; what is only promised stays where it lies.
_COUNTED_BINS = (
    "EXISTS (SELECT 1 FROM stock_stockaccount AS source, stock_stockaccount AS target, stock_standstill AS still"
    " WHERE source.id = NEW.source_id AND target.id = NEW.target_id"
    " AND coalesce(source.bin_id, 0) <> coalesce(target.bin_id, 0) AND still.bin_id IN (source.bin_id, target.bin_id)"
)


class StockMoves(models.QuerySet["StockMove"]):
    """Questions about moves."""

    def visible_to(self, by: Actor) -> StockMoves:
        """The moves into or out of units whose stock this person may see."""
        scope = by.scope("stock.see")
        return self.filter(scope.q(unit="source__unit") | scope.q(unit="target__unit"))


class StockMove(ledger.Move):
    """So many of a part went from one place to another.

    part         that of both its places, once more: a part's card is read along it, among a million moves as among a thousand
    reason       why, where a count or a correction moved them
    cost_minor   what the whole line cost, where that is known: a supplier's price
    """

    source = models.ForeignKey(StockAccount, models.PROTECT, related_name="moves_out")
    target = models.ForeignKey(StockAccount, models.PROTECT, related_name="moves_in")
    # Without a check of its own: its places have one, and it is theirs.
    part = models.ForeignKey(Part, models.PROTECT, related_name="+", null=True, db_constraint=False, db_index=False)
    reason = models.CharField(max_length=200, blank=True)
    cost_minor = models.PositiveBigIntegerField(null=True)

    objects = StockMoves.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "id"], name="stockmove_by_kind"),
            models.Index(fields=["at"], name="stockmove_by_day"),
            models.Index(fields=["part", "id"], name="stockmove_of_a_part"),
        ]
        constraints = [
            Beginning("document", name="stockmove_is_found_by_its_documents_beginning"),
            *ledger.book(
                "stockmove",
                table="stock_stockmove",
                periods="stock_stockclosedperiod",
                units="SELECT unit_id FROM stock_stockaccount WHERE id IN (NEW.source_id, NEW.target_id)",
            ),
            models.CheckConstraint(condition=Q(kind__in=_words(rules.Movement)), name="stockmove_is_of_a_known_kind"),
            models.CheckConstraint(
                condition=~Q(kind__in=_words(rules.WITH_A_REASON)) | ~Q(reason=""), name="stockmove_says_why"
            ),
            Never(
                name="stockmove_is_of_one_part",
                when="(SELECT part_id FROM stock_stockaccount WHERE id = NEW.source_id)"
                " <> (SELECT part_id FROM stock_stockaccount WHERE id = NEW.target_id)",
            ),
            Never(
                name="stockmove_waits_for_the_count_of_its_bin",
                when=f"{_COUNTED_BINS} AND still.ends_at IS NULL)",
                events=["INSERT"],
            ),
            Never(
                name="stockmove_is_later_than_the_count_of_its_bin",
                when=f"{_COUNTED_BINS} AND NEW.at < still.ends_at)",
                events=["INSERT"],
            ),
            Never(
                name="stockmove_names_its_part",
                when="NEW.part_id <> (SELECT part_id FROM stock_stockaccount WHERE id = NEW.source_id)",
                events=["INSERT"],
            ),
            Never(
                name="stockmove_keeps_owner_and_lot",
                when="NOT EXISTS (SELECT 1 FROM stock_stockaccount AS one JOIN stock_stockaccount AS other"
                " ON other.owner = one.owner AND other.lot = one.lot WHERE one.id = NEW.source_id AND other.id = NEW.target_id)",
                events=["INSERT"],
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse: only `kernel.ledger.post` writes moves, together with the balances."""
        raise TypeError("A move is written by kernel.ledger.post, never by itself.")


class Lot(models.Model):
    """What came together, and may be used until the same day.

    expires_on   the last day on which it may be used; none where it keeps
    """

    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    code = models.CharField(max_length=LOT_LONGEST)
    expires_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "code"], name="lot_stands_once"),
            models.CheckConstraint(condition=~Q(code=""), name="lot_has_a_code"),
            AppendOnly(name="lot_is_never_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} {self.code}"


class Serials(models.QuerySet["Serial"]):
    """Questions about single pieces."""

    def visible_to(self, by: Actor) -> Serials:
        """Those that are where this person may see the stock."""
        return self.filter(by.scope("stock.see").q(unit="account__unit"))


class Serial(models.Model):
    """One piece by the number on it, and the one place where it is (INV-4)."""

    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    number = models.CharField(max_length=SERIAL_LONGEST)
    account = models.ForeignKey(StockAccount, models.PROTECT, related_name="serials")

    objects = Serials.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "number"], name="serial_is_in_one_place"),
            models.CheckConstraint(condition=~Q(number=""), name="serial_has_a_number"),
            Never(
                name="serial_is_where_its_part_can_be",
                when="NEW.part_id <> (SELECT part_id FROM stock_stockaccount WHERE id = NEW.account_id)",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class SerialMove(models.Model):
    """This piece went with that move."""

    move = models.ForeignKey(StockMove, models.PROTECT, related_name="serials")
    serial = models.ForeignKey(Serial, models.PROTECT, related_name="moves")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["serial", "move"], name="serialmove_names_it_once"),
            AppendOnly(name="serialmove_is_never_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.move} {self.serial}"
