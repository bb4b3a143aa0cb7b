"""The Django app of this context."""

from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    """Its label is the name of the context."""

    name = "guiju.readiness.upkeep"
    label = "upkeep"
