"""Messages that went out, or could not."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiju.kernel.actor import Actor
from guiju.kernel.constraints import AppendOnly
from guiju.line.workorder.models import WorkOrder
from guiju.oversight.notices.rules import MessageState, Template


class MessageQuerySet(models.QuerySet["Message"]):
    """Questions about many messages."""

    def visible_to(self, by: Actor) -> MessageQuerySet:
        """Only those about jobs of the units whose messages this person may see."""
        return self.filter(by.scope("notices.see").q(unit="order__unit"))


class Message(models.Model):
    """One message to one customer; for a code, the text is kept without it."""

    order = models.ForeignKey(WorkOrder, on_delete=models.PROTECT, related_name="+")
    template = models.CharField(max_length=12)
    channel = models.CharField(max_length=12)
    to_masked = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    text = models.TextField()
    state = models.CharField(max_length=12)
    at = models.DateTimeField()

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(template__in=[str(each) for each in Template])
                & Q(state__in=[str(each) for each in MessageState]),
                name="a_message_is_of_a_known_kind",
            ),
            AppendOnly(name="a_message_is_never_edited"),
        ]
        indexes = [models.Index(fields=["order", "at"], name="message_of_order")]

    def __str__(self) -> str:
        return f"{self.template} {self.order}"
