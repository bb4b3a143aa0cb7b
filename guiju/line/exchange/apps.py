"""The Django app of exchanges."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Cases, appraisals, units in the place of others."""

    name = "guiju.line.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"
