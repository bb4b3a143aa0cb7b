"""The Django app of this context."""

from django.apps import AppConfig


class ReceivablesConfig(AppConfig):
    """Its label is the name of the context."""

    name = "guiju.line.receivables"
    label = "receivables"
    default_auto_field = "django.db.models.BigAutoField"
