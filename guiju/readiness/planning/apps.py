"""The Django app of this context."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Its label is the name of the context."""

    name = "guiju.readiness.planning"
    label = "planning"
    default_auto_field = "django.db.models.BigAutoField"
