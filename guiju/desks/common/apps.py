"""How Django knows the desks' common frame."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """The frame; it owns no tables."""

    name = "guiju.desks.common"
    label = "desks_common"

    def ready(self) -> None:
        """Make the list of all jobs known."""
        from guiju.desks.common import listing
        from guiju.desks.common.listing.jobs import JOBS

        listing.register(JOBS)
