"""What every list of things to check has in common: versions, limits, and since when each holds. Each station has a table of its own."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from guiju.kernel.constraints import AppendOnly, Never
from guiju.kernel.words import pick
from guiju.line.workorder.rules import ItemKind, Limit
from guiju.standing.catalogue.models import ProductLine


class CheckItem(models.Model):
    """One thing to tick off or to measure, in one version; without a line it holds for all (D07, S6-16)."""

    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    line = models.ForeignKey(ProductLine, on_delete=models.PROTECT, null=True, related_name="+")
    names = models.JSONField(default=dict)
    kind = models.CharField(max_length=8)
    unit = models.CharField(max_length=12, blank=True)
    limit_min = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    limit_max = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    is_safety = False

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """The item in the reader's language."""
        return pick(self.names)

    def limit(self) -> Limit:
        """The item as plain facts for the rules."""
        return Limit(self.pk, self.name, ItemKind(self.kind), self.unit, self.limit_min, self.limit_max, self.is_safety)


def in_versions(an_item: str, a_measurement: str) -> list[BaseConstraint]:
    """What the database holds of each such table: versions that follow one another, and limits that a figure can keep.

    an_item, a_measurement  as the names of the sentences say them: "a_work_check", "a_measured_work_check"
    """
    return [
        models.UniqueConstraint(fields=["code", "version"], name=f"{an_item}_version_exists_once"),
        models.UniqueConstraint(
            fields=["code"], condition=Q(until__isnull=True), name=f"one_version_of_{an_item}_is_in_force"
        ),
        models.CheckConstraint(
            condition=Q(kind__in=[str(kind) for kind in ItemKind]), name=f"{an_item}_is_of_a_known_kind"
        ),
        models.CheckConstraint(
            condition=Q(kind="CHECK", limit_min__isnull=True, limit_max__isnull=True)
            | (Q(kind="MEASURE") & (Q(limit_min__isnull=False) | Q(limit_max__isnull=False))),
            name=f"{a_measurement}_has_a_limit",
        ),
        models.CheckConstraint(
            condition=Q(limit_min__isnull=True) | Q(limit_max__isnull=True) | Q(limit_min__lte=F("limit_max")),
            name=f"the_limits_of_{a_measurement}_are_in_order",
        ),
        AppendOnly(name=f"{an_item}_is_never_rewritten", may_change=["until"]),
        Never(name=f"{an_item}_ends_once", when="OLD.until IS NOT NULL", events=("UPDATE",)),
    ]
