"""Buying as a Django app."""

from django.apps import AppConfig


class SupplyConfig(AppConfig):
    """Its label is the name of the context."""

    name = "guiju.readiness.supply"
    label = "supply"
    default_auto_field = "django.db.models.BigAutoField"
