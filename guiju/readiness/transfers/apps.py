"""The Django app of this context."""

from django.apps import AppConfig


class TransfersConfig(AppConfig):
    """Its label is the name of the context."""

    name = "guiju.readiness.transfers"
    label = "transfers"
    default_auto_field = "django.db.models.BigAutoField"
