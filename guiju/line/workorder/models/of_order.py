"""What everything on a job has in common."""

from __future__ import annotations

from django.db import models

from guiju.kernel.actor import Actor
from guiju.line.workorder.models.order import WorkOrder


class OfOrder(models.Model):
    """Something on a job: seen by whoever sees the job, owned by whoever owns it."""

    order = models.ForeignKey(WorkOrder, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def unit_id(self) -> int:
        """The outlet whose job it is."""
        return self.order.unit_id

    def belongs_to(self, by: Actor) -> bool:
        """It belongs to whoever owns the job."""
        return self.order.belongs_to(by)
