"""The Django app of this context."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Its label is the name of the context."""

    name = "guiju.standing.catalogue"
    label = "catalogue"
