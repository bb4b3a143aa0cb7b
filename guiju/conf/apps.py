"""The app that connects the others once all of them are loaded."""

from django.apps import AppConfig


class ConfConfig(AppConfig):
    """Stands last in the list of apps, so that every context is ready when reactions are connected."""

    name = "guiju.conf"
    label = "conf"

    def ready(self) -> None:
        from guiju.conf import wiring

        wiring.connect()
