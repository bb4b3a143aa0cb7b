"""The Django app of this context."""

from django.apps import AppConfig


class RequisitionsConfig(AppConfig):
    """Its label is the name of the context."""

    name = "guiju.readiness.requisitions"
    label = "requisitions"
    default_auto_field = "django.db.models.BigAutoField"
