"""The Django app of this context."""

from django.apps import AppConfig


class WarrantyConfig(AppConfig):
    """Its label is the name of the context."""

    name = "guiju.standing.warranty"
    label = "warranty"
