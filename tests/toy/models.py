"""Kites, which belong to units and to children, and which fly."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q


class Kite(models.Model):
    """A kite, its string, and whose it is."""

    number = models.CharField(max_length=40, unique=True)
    unit_id = models.BigIntegerField(null=True)
    child_id = models.BigIntegerField(null=True)
    colour = models.CharField(max_length=20, default="red")
    string_metres = models.PositiveIntegerField(default=100)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(string_metres__lte=500), name="kite_string_is_not_too_long"),
            models.UniqueConstraint(fields=["unit_id", "colour"], name="kite_one_of_a_colour"),
            models.UniqueConstraint(fields=["child_id"], condition=Q(child_id__isnull=False), name="kite_one_a_child"),
        ]

    def __str__(self) -> str:
        return self.number

    def belongs_to(self, actor: Any) -> bool:
        """Is it the actor's own?"""
        return self.child_id is not None and self.child_id == actor.person_id


class Landing(models.Model):
    """That a kite came down: what a reaction writes, so that tests can count how often it happened."""

    kite_number = models.CharField(max_length=40)
    at = models.DateTimeField()
