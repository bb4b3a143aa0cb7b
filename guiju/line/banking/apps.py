"""The Django app of this context."""

from django.apps import AppConfig


class BankingConfig(AppConfig):
    """Its label is the name of the context."""

    name = "guiju.line.banking"
    label = "banking"
    default_auto_field = "django.db.models.BigAutoField"
