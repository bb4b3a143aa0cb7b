"""The Django app of this context."""

from django.apps import AppConfig


class PricingConfig(AppConfig):
    """Its label is the name of the context."""

    name = "guiju.standing.pricing"
    label = "pricing"
