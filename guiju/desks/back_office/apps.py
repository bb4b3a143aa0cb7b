"""The Django app of the back office."""

from django.apps import AppConfig


class BackOfficeConfig(AppConfig):
    """Back office."""

    name = "guiju.desks.back_office"
    label = "desks_back_office"

    def ready(self) -> None:
        """Put the desk into the navigation."""
        from guiju.desks.back_office.sections import declare
        from guiju.desks.back_office.views.lists import LISTS
        from guiju.desks.back_office.views.suppliers import SUPPLIER_PRICES, SUPPLIERS
        from guiju.desks.common import listing

        declare()
        listing.register(*LISTS, SUPPLIERS, SUPPLIER_PRICES)
