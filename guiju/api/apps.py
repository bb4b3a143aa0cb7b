"""How Django knows the API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The door for programs; it owns no tables."""

    name = "guiju.api"
    label = "api"
