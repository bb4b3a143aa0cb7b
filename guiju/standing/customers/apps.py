"""The Django app of this context."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Its label is the name of the context."""

    name = "guiju.standing.customers"
    label = "customers"
