"""How Django knows the customer's pages."""

from django.apps import AppConfig


class TrackConfig(AppConfig):
    """The customer's pages; no desk of the navigation leads here, only the link."""

    name = "guiju.desks.track"
    label = "desks_track"
