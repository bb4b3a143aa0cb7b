"""The Django app of the cashier's desk."""

from django.apps import AppConfig


class TillConfig(AppConfig):
    """Till."""

    name = "guiju.desks.till"
    label = "desks_till"

    def ready(self) -> None:
        """Put the desk into the navigation."""
        from guiju.desks.common import listing
        from guiju.desks.till.desk import declare
        from guiju.desks.till.views import bank_lists, lists, printing

        declare()
        listing.register(*lists.LISTS, printing.PRINTINGS, *bank_lists.LISTS)
