"""Price lists: what the customer is shown before the work, and nothing that was not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from guiju.kernel.constraints import AppendOnly, Never, NoOverlap
from guiju.kernel.models import Evidence
from guiju.kernel.remembered import remembered_list
from guiju.standing.catalogue.models import Model, Part, ServiceItem
from guiju.standing.people.models import Person, Unit
from guiju.standing.pricing import rules

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor

# The list may still be written on. Asked by the triggers that keep published lines as they were shown.
_NOT_DRAFT = "(SELECT p.state FROM pricing_pricelist p WHERE p.id = {row}.price_list_id) <> 'DRAFT'"


class PriceLists(models.QuerySet["PriceList"]):
    """Questions about many lists."""

    def visible_to(self, by: Actor) -> PriceLists:
        """What is published hangs on the wall; drafts are for those who may see the prices of their unit."""
        scope = by.scope("pricing.see")
        if scope.unit_ids is None:
            return self
        if scope.allows_nothing:
            return self.none()
        return self.filter(Q(state__in=rules.SHOWN) | Q(unit_id__in=scope.unit_ids))


@remembered_list
class PriceList(models.Model):
    """The prices of one scope in one span of days; without a unit it is the brand's."""

    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    currency = models.CharField(max_length=3, default="CNY")
    starts_on = models.DateField()
    # Exclusive. Open until the next list of the same scope is published.
    ends_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=rules.CHOICES_OF_STATE, default=rules.State.DRAFT.value)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    # Who had it examined, and the second person who agreed to exactly what was examined (3.23).
    checked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    checked_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    approved_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    published_at = models.DateTimeField(null=True)
    # Fewer than three people: the same person may do both, and it shows (domain 5.4).
    small_shop = models.BooleanField(default=False)

    objects = PriceLists.as_manager()

    class Meta:
        ordering = ("-starts_on", "-pk")
        indexes = [models.Index(fields=["-starts_on", "-id"], name="price_list_by_day")]
        constraints = [
            NoOverlap(
                fields=["unit"],
                start="starts_on",
                end="ends_on",
                name="price_lists_of_one_scope_never_overlap",
                condition=Q(state__in=rules.SHOWN),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="price_list_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, state__in=rules.UNSHOWN)
                | Q(published_at__isnull=False, state__in=rules.SHOWN),
                name="price_list_is_published_at_a_time",
            ),
            # A list that was published before lists were examined has neither, and stays as it was shown.
            Never(
                name="price_list_is_examined_before_it_is_approved",
                when="NEW.state IN ('CHECKED', 'APPROVED', 'PUBLISHED') AND OLD.state <> NEW.state AND NEW.checked_at IS NULL",
                events=["UPDATE"],
            ),
            Never(
                name="price_list_is_approved_before_it_is_shown",
                when="NEW.state IN ('APPROVED', 'PUBLISHED') AND OLD.state <> NEW.state AND NEW.approved_by_id IS NULL",
                events=["UPDATE"],
            ),
            Never(name="price_list_begins_as_a_draft", when="NEW.state <> 'DRAFT'", events=["INSERT"]),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("drafted_by")) | Q(small_shop=True),
                name="price_list_author_is_not_its_approver",
            ),
            Never(
                name="price_list_lines_are_not_by_its_approver",
                when="NEW.approved_by_id IS NOT NULL AND NOT NEW.small_shop AND EXISTS (SELECT 1 FROM pricing_priceline l"
                " WHERE l.price_list_id = NEW.id AND l.added_by_id = NEW.approved_by_id)",
                events=["UPDATE"],
            ),
            models.CheckConstraint(
                condition=~Q(state=rules.State.RETIRED.value) | Q(ends_on__isnull=False),
                name="price_list_retired_has_ended",
            ),
            # Once shown, only its end may be set, once, and it may be retired.
            Never(
                name="price_list_once_published_is_never_edited",
                when="OLD.state IN ('PUBLISHED', 'RETIRED') AND (NEW.state NOT IN ('PUBLISHED', 'RETIRED')"
                " OR OLD.state = 'RETIRED' OR NEW.number <> OLD.number"
                " OR COALESCE(NEW.unit_id, 0) <> COALESCE(OLD.unit_id, 0) OR NEW.currency <> OLD.currency OR NEW.starts_on <> OLD.starts_on"
                " OR (OLD.ends_on IS NOT NULL AND (NEW.ends_on IS NULL OR NEW.ends_on > OLD.ends_on)))",
                events=["UPDATE"],
            ),
            Never(name="price_list_once_published_is_never_deleted", when="OLD.state <> 'DRAFT'", events=["DELETE"]),
        ]

    def __str__(self) -> str:
        return self.number


@remembered_list
class PriceLine(models.Model):
    """What one service or one part costs, from the least to the most, both included."""

    price_list = models.ForeignKey(PriceList, models.PROTECT, related_name="lines")
    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="+", null=True)
    part = models.ForeignKey(Part, models.PROTECT, related_name="+", null=True)
    min_minor = models.PositiveBigIntegerField()
    max_minor = models.PositiveBigIntegerField()
    # What the price is for: "per piece", "per visit" (PRC-6).
    unit = models.CharField(max_length=40)
    # Where the work is done, where that makes a difference; empty: at home and in the shop alike.
    place = models.CharField(max_length=4, choices=rules.CHOICES_OF_PLACE, blank=True)
    conditions = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(min_minor__lte=F("max_minor")), name="price_line_least_is_not_above_most"
            ),
            models.CheckConstraint(
                condition=Q(item__isnull=False, part__isnull=True) | Q(item__isnull=True, part__isnull=False),
                name="price_line_is_for_one_item_or_one_part",
            ),
            models.CheckConstraint(condition=~Q(unit=""), name="price_line_says_what_it_is_per"),
            models.UniqueConstraint(fields=["price_list", "item", "place"], name="price_line_prices_an_item_once"),
            models.CheckConstraint(
                condition=Q(place="") | Q(place__in=[str(each) for each in rules.Place], part__isnull=True),
                name="price_line_of_a_part_is_the_same_everywhere",
            ),
            Never(name="price_line_is_of_something", when="NEW.min_minor = 0", events=["INSERT", "UPDATE"]),
            models.UniqueConstraint(fields=["price_list", "part"], name="price_line_prices_a_part_once"),
            Never(name="price_line_once_published_is_never_edited", when=_NOT_DRAFT.format(row="NEW")),
            Never(
                name="price_line_once_published_stays_where_it_is", when=_NOT_DRAFT.format(row="OLD"), events=["UPDATE"]
            ),
            Never(
                name="price_line_once_published_is_never_deleted", when=_NOT_DRAFT.format(row="OLD"), events=["DELETE"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.price_list} {self.item or self.part}"


class PriceLeaflet(models.Model):
    """What lies in the product box: the prices of one list for one model, in these languages, for these machines (6.7)."""

    number = models.CharField(max_length=40, unique=True)
    # The end of the address in its QR code.
    token = models.CharField(max_length=40, unique=True)
    model = models.ForeignKey(Model, models.PROTECT, related_name="+")
    price_list = models.ForeignKey(PriceList, models.PROTECT, related_name="+")
    # Their codes with commas, the first one first.
    languages = models.CharField(max_length=40)
    # Both included; empty where the maker counts by batches alone.
    serial_from = models.CharField(max_length=60, blank=True)
    serial_to = models.CharField(max_length=60, blank=True)
    batch = models.CharField(max_length=60, blank=True)
    made_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index(fields=["model", "serial_from"], name="leaflet_of_a_model_by_serial")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(serial_from="", serial_to="") & ~Q(batch=""))
                | (~Q(serial_from="") & Q(serial_to__gte=F("serial_from"))),
                name="leaflet_says_for_which_machines",
            ),
            models.CheckConstraint(condition=~Q(languages=""), name="leaflet_speaks_a_language"),
            Never(
                name="leaflet_is_of_a_list_that_was_published",
                when="(SELECT p.state FROM pricing_pricelist p WHERE p.id = NEW.price_list_id)"
                " NOT IN ('PUBLISHED', 'RETIRED')",
                events=["INSERT"],
            ),
            # Serial numbers are compared letter by letter and only with those of as many letters: 99 does not lie between 100 and 200.
            # A leaflet is written once and for all, so nothing but an INSERT has to be watched; the verb locks the model meanwhile.
            Never(
                name="a_machine_has_one_leaflet_in_its_box",
                when="NEW.serial_from <> '' AND EXISTS (SELECT 1 FROM pricing_priceleaflet l WHERE l.id <> NEW.id"
                " AND l.model_id = NEW.model_id AND l.serial_from <> '' AND length(l.serial_from) = length(NEW.serial_from)"
                " AND l.serial_from <= NEW.serial_to AND l.serial_to >= NEW.serial_from)",
                events=["INSERT"],
            ),
            AppendOnly(name="leaflet_stays_as_it_was_printed"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def unit_id(self) -> int | None:
        """Whose list it is of."""
        return self.price_list.unit_id

    @property
    def spoken(self) -> list[str]:
        """Its languages, the first one first."""
        return self.languages.split(",")


class DisplayProofs(models.QuerySet["DisplayProof"]):
    """Questions about many proofs."""

    def visible_to(self, by: Actor) -> DisplayProofs:
        """Those of the outlets whose prices this person may see."""
        return self.filter(by.scope("pricing.see").q())


class DisplayProof(models.Model):
    """A photograph that shows the price list in force on an outlet's wall, by whom and when (PRC-5)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    price_list = models.ForeignKey(PriceList, models.PROTECT, related_name="+")
    photo = models.ForeignKey(Evidence, models.PROTECT, related_name="+")
    proved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # The day on the outlet's clock.
    proved_on = models.DateField()
    proved_at = models.DateTimeField()

    objects = DisplayProofs.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            Never(
                name="display_proof_is_of_a_list_in_force",
                when="NOT EXISTS (SELECT 1 FROM pricing_pricelist p JOIN people_unit here ON here.id = NEW.unit_id"
                " LEFT JOIN people_unit home ON home.id = p.unit_id"
                " WHERE p.id = NEW.price_list_id AND p.state IN ('PUBLISHED', 'RETIRED') AND p.starts_on <= NEW.proved_on"
                " AND (p.ends_on IS NULL OR p.ends_on > NEW.proved_on)"
                " AND (p.unit_id IS NULL OR substr(here.path, 1, length(home.path)) = home.path))",
                events=["INSERT"],
            ),
            Never(
                name="display_proof_photo_is_of_that_wall",
                when="NOT EXISTS (SELECT 1 FROM kernel_evidence e WHERE e.id = NEW.photo_id AND e.kind = 'DISPLAY'"
                " AND e.unit_id = NEW.unit_id AND e.kept_at <= NEW.proved_at)",
                events=["INSERT"],
            ),
            # The same points are the same photograph, whenever they were sent.
            Never(
                name="a_photo_of_a_wall_proves_once",
                when="EXISTS (SELECT 1 FROM kernel_evidence n JOIN kernel_evidence e ON e.sha256 = n.sha256"
                " JOIN pricing_displayproof d ON d.photo_id = e.id WHERE n.id = NEW.photo_id)",
                events=["INSERT"],
            ),
            AppendOnly(name="display_proof_stays_as_it_was_shown"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.proved_on}"
