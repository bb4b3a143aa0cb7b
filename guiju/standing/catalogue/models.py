"""What is repaired, with what, and what was found before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q

from guiju.kernel.beginnings import Beginning
from guiju.kernel.constraints import Never
from guiju.kernel.models import Evidence
from guiju.kernel.pieces import Pieces
from guiju.kernel.remembered import remembered_list
from guiju.kernel.words import pick
from guiju.standing.catalogue import rules
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Unit

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


class Named(models.Model):
    """A row of the trade's own lists: a code that is printed, and a name in three languages."""

    code = models.CharField(max_length=40)
    names = models.JSONField(default=dict)
    is_active = models.BooleanField(default=True)

    class Meta:
        abstract = True
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def name(self) -> str:
        """The name in the reader's language, else in one that it has."""
        return pick(self.names)


@remembered_list
class Brand(models.Model):
    """A maker's name, written once however its letters are typed."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=240, unique=True)

    class Meta:
        ordering = ("name",)
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="brand_has_a_name")]

    def __str__(self) -> str:
        return self.name


@remembered_list
class ProductLine(Named):
    """A kind of appliance: what skills, codes, prices and warranty terms go by."""

    code = models.CharField(max_length=40, unique=True)

    class Meta(Named.Meta):
        constraints = [models.CheckConstraint(condition=~Q(code=""), name="product_line_has_a_code")]


@remembered_list
class Model(Named):
    """One type of one brand, as its plate says."""

    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+")
    line = models.ForeignKey(ProductLine, models.PROTECT, related_name="+")
    folded = models.CharField(max_length=600, db_index=True)

    class Meta(Named.Meta):
        constraints = [models.UniqueConstraint(fields=["brand", "code"], name="model_stands_once_in_its_brand")]


class Appliances(models.QuerySet["Appliance"]):
    """Questions about many appliances."""

    def visible_to(self, by: Actor) -> Appliances:
        """Only those that the units whose catalogue this person may see have registered."""
        scope = by.scope("catalogue.see")
        return self if scope.unit_ids is None else self.filter(unit_id__in=scope.unit_ids)


class Appliance(models.Model):
    """One machine, as one unit knows it; another outlet that meets the same serial keeps its own card (G-3)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+")
    line = models.ForeignKey(ProductLine, models.PROTECT, related_name="+")
    model = models.ForeignKey(Model, models.PROTECT, related_name="+", null=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", null=True)
    # Empty when the plate is gone or the machine has none.
    serial = models.CharField(max_length=rules.SERIAL_LONGEST, blank=True)
    # The serial as the search reads it.
    folded_serial = models.CharField(max_length=120, blank=True, db_index=True)
    # As the plate says, or as old as the owner says it is.
    made_in_year = models.PositiveSmallIntegerField(null=True)
    made_on = models.DateField(null=True)
    purchased_on = models.DateField(null=True)
    delivered_on = models.DateField(null=True)
    installed_on = models.DateField(null=True)
    # The picture of the invoice or of the guarantee card (B11).
    proof = models.ForeignKey(Evidence, models.PROTECT, related_name="+", null=True)
    # The unit in whose place this one was given: both serials are kept (B13).
    replaces = models.OneToOneField("self", models.PROTECT, related_name="+", null=True)
    replaced_on = models.DateField(null=True)
    invoice_no = models.CharField(max_length=60, blank=True)
    invoice_minor = models.PositiveBigIntegerField(null=True)
    invoice_currency = models.CharField(max_length=3, blank=True)
    registered_at = models.DateTimeField()

    objects = Appliances.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "folded_serial"], name="appliance_by_serial_in_a_unit")]
        constraints = [
            Pieces("folded_serial", length=3, name="appliance_is_found_by_a_piece_of_its_serial"),
            Beginning("folded_serial", name="appliance_is_found_by_its_beginning"),
            Beginning("folded_serial", among=["unit"], name="appliance_of_a_unit_is_found_by_its_beginning"),
            models.UniqueConstraint(
                fields=["unit", "brand", "folded_serial"],
                condition=~Q(folded_serial=""),
                name="appliance_serial_stands_once_in_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(serial="", folded_serial="") | (~Q(serial="") & ~Q(folded_serial="")),
                name="appliance_serial_can_be_searched",
            ),
            models.CheckConstraint(
                condition=Q(invoice_minor__isnull=True) | ~Q(invoice_currency=""),
                name="appliance_invoice_has_its_currency",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, replaced_on__isnull=True)
                | Q(replaces__isnull=False, replaced_on__isnull=False),
                name="appliance_replaces_another_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")), name="appliance_does_not_replace_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.brand.name} {self.line.name} {self.serial}".strip()


@remembered_list
class FaultCode(Named):
    """A symptom that the customer tells, a fault that the technician finds, or its cause."""

    kind = models.CharField(max_length=10, choices=rules.CHOICES_OF_CODE)
    line = models.ForeignKey(ProductLine, models.PROTECT, related_name="+", null=True)
    # Faults of one family count as the same fault again, for repair warranty and for exchange rights.
    family = models.CharField(max_length=40, blank=True)
    # The main part that has failed, by its class; empty where the fault is of no one part.
    part_class = models.CharField(max_length=40, blank=True)
    # The heaviest labour that this fault may be charged with (S1-38); empty where nobody has said so.
    labour_level = models.PositiveSmallIntegerField(null=True)

    class Meta(Named.Meta):
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="fault_code_stands_once_in_its_kind"),
            models.CheckConstraint(
                condition=Q(labour_level__isnull=True) | Q(labour_level__lte=4, kind=rules.CodeKind.FAULT.value),
                name="fault_code_allows_one_of_five_labour_levels",
            ),
        ]


@remembered_list
class Part(Named):
    """A spare part, counted in whole base units."""

    code = models.CharField(max_length=60, unique=True)
    base_unit = models.CharField(max_length=5, choices=rules.CHOICES_OF_UNIT, default=rules.BaseUnit.PIECE.value)
    is_serialised = models.BooleanField(default=False)
    # Comes in lots, which may have a last day on which they can be used.
    tracks_lots = models.BooleanField(default=False)
    returns_old = models.BooleanField(default=False)
    # What kind of part it is, where a guarantee names that kind as a main part: COMPRESSOR.
    part_class = models.CharField(max_length=40, blank=True)
    cost_minor = models.PositiveBigIntegerField(null=True)
    # The part that is used instead of this one from now on.
    superseded_by = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)
    # The last day on which the maker takes an order for it (last-time buy).
    supply_ends_on = models.DateField(null=True)
    lines = models.ManyToManyField(ProductLine, related_name="+")
    folded = models.CharField(max_length=600, db_index=True)

    class Meta(Named.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="part_has_a_code"),
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True) | ~Q(superseded_by=F("id")),
                name="part_is_not_its_own_successor",
            ),
        ]


# Which parts fit is asked with each quote.
remembered_list(Part.lines.through)


class Fits(models.QuerySet["Fit"]):
    """Questions about what fits."""

    def of(self, part: Any) -> Fits:
        """The models that one part names; a part, its key, or where a query will find it."""
        return self.filter(part=part)


@remembered_list
class Fit(models.Model):
    """A part fits one model; of a part that names none, every model of its product lines is meant (4.x "compatible models")."""

    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    model = models.ForeignKey(Model, models.PROTECT, related_name="+")

    objects = Fits.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "model"], name="a_part_fits_a_model_once"),
            Never(
                name="a_part_fits_models_of_its_lines",
                when="EXISTS (SELECT 1 FROM catalogue_part_lines l WHERE l.part_id = NEW.part_id) AND NOT EXISTS"
                " (SELECT 1 FROM catalogue_part_lines l JOIN catalogue_model m ON m.line_id = l.productline_id"
                " WHERE l.part_id = NEW.part_id AND m.id = NEW.model_id)",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part.code} · {self.model.code}"


@remembered_list
class ServiceItem(Named):
    """Something that is done for a fee: a test, labour of one fault level, or another service."""

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=rules.CHOICES_OF_ITEM)
    line = models.ForeignKey(ProductLine, models.PROTECT, related_name="+", null=True)
    # 0 inspection, 1 minor, 2 medium, 3 major, 4 special (domain 2.8).
    fault_level = models.PositiveSmallIntegerField(default=0)
    standard_minutes = models.PositiveIntegerField(default=0)
    # What the customer is told: so many hours from approval to ready (S6-41).
    service_hours = models.PositiveIntegerField(default=0)
    folded = models.CharField(max_length=600, db_index=True)

    class Meta(Named.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(fault_level__lte=4), name="service_item_has_one_of_five_fault_levels"),
            models.CheckConstraint(condition=~Q(code=""), name="service_item_has_a_code"),
        ]


class ServiceRecord(models.Model):
    """One earlier repair of an appliance, ours or somebody else's, with how it ended."""

    appliance = models.ForeignKey(Appliance, models.PROTECT, related_name="service_records")
    source = models.CharField(max_length=120)
    source_id = models.CharField(max_length=120)
    event_on = models.DateField(null=True)
    problem = models.TextField(blank=True)
    outcome = models.CharField(max_length=12, choices=rules.CHOICES_OF_OUTCOME)
    barrier = models.CharField(max_length=24, choices=rules.CHOICES_OF_BARRIER, blank=True)
    # The row as it came, cell by cell, so that it can be given back unchanged.
    raw = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="service_record_stands_once_in_its_source")
        ]
        indexes = [models.Index(fields=["appliance", "event_on"])]

    def __str__(self) -> str:
        return f"{self.source} {self.source_id}"


class ImportBatch(models.Model):
    """One file that was read: what it would change, and whether it did."""

    kind = models.CharField(max_length=20, choices=rules.CHOICES_OF_SHEET)
    state = models.CharField(max_length=10, choices=rules.CHOICES_OF_BATCH, default=rules.BatchState.STAGED.value)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    # The headings in the file's own order, and which of them was read as which column.
    columns = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    staged_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True)
    person_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state=rules.BatchState.COMMITTED.value, committed_at__isnull=False)
                | (~Q(state=rules.BatchState.COMMITTED.value) & Q(committed_at__isnull=True)),
                name="import_batch_is_committed_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.pk}"


class ImportRow(models.Model):
    """One row of a file: its cells as they came, what they would do, and why not."""

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="rows")
    # As a spreadsheet numbers it: the heading is row 1.
    row_number = models.PositiveIntegerField()
    raw = models.JSONField()
    verdict = models.CharField(max_length=8, choices=rules.CHOICES_OF_VERDICT)
    because = models.JSONField(default=list)
    column = models.CharField(max_length=120, blank=True)
    key = models.CharField(max_length=200, blank=True)
    # What an accepted row would write, and what stands there now.
    values = models.JSONField(default=dict)
    before = models.JSONField(default=dict)

    class Meta:
        ordering = ("batch", "row_number")
        constraints = [
            models.UniqueConstraint(fields=["batch", "row_number"], name="import_row_stands_once_in_its_batch"),
            models.CheckConstraint(
                condition=~Q(verdict="REJECTED") | ~Q(because=[]), name="import_row_is_rejected_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.row_number}"
