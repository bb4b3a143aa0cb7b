"""The app that connects the others once all of them are loaded."""

import sys

from django.apps import AppConfig


class ConfConfig(AppConfig):
    """Stands last in the list of apps, so that every context is ready when reactions are connected."""

    name = "guiju.conf"
    label = "conf"

    def ready(self) -> None:
        from guiju.conf import wiring

        # While the house is being built, reactions of unfinished contexts cannot be imported; goes with conf/building.py.
        try:
            wiring.connect()
        except ImportError as unfinished:
            sys.stderr.write(f"No news is wired yet: {unfinished}\n")
