"""The Django app of this context."""

from django.apps import AppConfig


class CountingConfig(AppConfig):
    """Its label is the name of the context."""

    name = "guiju.readiness.counting"
    label = "counting"
