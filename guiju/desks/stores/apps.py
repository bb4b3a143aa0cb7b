"""The Django app of the store keeper's desk."""

from django.apps import AppConfig


class StoresConfig(AppConfig):
    """Stores."""

    name = "guiju.desks.stores"
    label = "desks_stores"

    def ready(self) -> None:
        """Put the desk into the navigation."""
        from guiju.desks.common import listing
        from guiju.desks.stores.desk import declare
        from guiju.desks.stores.views.controlled_log import ACCESS_LOG
        from guiju.desks.stores.views.counts import COUNTS
        from guiju.desks.stores.views.lists import LISTS
        from guiju.desks.stores.views.requisitions import REQUISITIONS
        from guiju.desks.stores.views.transfers import TRANSFERS

        declare()
        listing.register(*LISTS, TRANSFERS, REQUISITIONS, COUNTS, ACCESS_LOG)
