"""The Django app of this context."""

from django.apps import AppConfig


class CustodyConfig(AppConfig):
    """Its label is the name of the context."""

    name = "guiju.readiness.custody"
    label = "custody"
