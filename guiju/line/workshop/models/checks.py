"""The checklists of the bench, and what was ticked off and measured with them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guiju.kernel.constraints import AppendOnly, Never
from guiju.kernel.words import pick
from guiju.line.workorder.rules import ItemKind, Limit
from guiju.line.workshop.models.of_order import OfOrder
from guiju.line.workshop.rules import WorkKind
from guiju.standing.catalogue.models import ProductLine
from guiju.standing.people.models import Person


class WorkCheckItem(models.Model):
    """One thing to tick off or to measure at the bench, in one version; without a line it holds for all (D07).

    work         at which work it is due
    is_required  the work is not finished without it
    """

    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    line = models.ForeignKey(ProductLine, on_delete=models.PROTECT, null=True, related_name="+")
    work = models.CharField(max_length=12)
    names = models.JSONField(default=dict)
    kind = models.CharField(max_length=8)
    unit = models.CharField(max_length=12, blank=True)
    limit_min = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    limit_max = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    is_required = models.BooleanField(default=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="a_work_check_version_exists_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(until__isnull=True), name="one_version_of_a_work_check_is_in_force"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[str(kind) for kind in ItemKind], work__in=[str(work) for work in WorkKind]),
                name="a_work_check_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind="CHECK", limit_min__isnull=True, limit_max__isnull=True)
                | (Q(kind="MEASURE") & (Q(limit_min__isnull=False) | Q(limit_max__isnull=False))),
                name="a_measured_work_check_has_a_limit",
            ),
            models.CheckConstraint(
                condition=Q(limit_min__isnull=True) | Q(limit_max__isnull=True) | Q(limit_min__lte=F("limit_max")),
                name="the_limits_of_a_work_check_are_in_order",
            ),
            AppendOnly(name="a_work_check_is_never_rewritten", may_change=["until"]),
            Never(name="a_work_check_ends_once", when="OLD.until IS NOT NULL", events=("UPDATE",)),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """The item in the reader's language."""
        return pick(self.names)

    def limit(self) -> Limit:
        """The item as plain facts for the rules."""
        return Limit(self.pk, self.name, ItemKind(self.kind), self.unit, self.limit_min, self.limit_max, False)


class WorkCheck(OfOrder):
    """What was found for one item on one job, in one attempt; the last word counts."""

    item = models.ForeignKey(WorkCheckItem, on_delete=models.PROTECT, related_name="+")
    attempt = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    passed = models.BooleanField()
    technician = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_work_check_says_something"),
            AppendOnly(name="a_work_check_stays_as_it_was_found"),
        ]
        indexes = [models.Index(fields=["order", "item"], name="work_check_of_order")]
