"""How Django knows the open door."""

from django.apps import AppConfig


class FrontDoorConfig(AppConfig):
    """Pages for strangers; no desk of the navigation leads here."""

    name = "guiju.desks.front_door"
    label = "desks_front_door"
