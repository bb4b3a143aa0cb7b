"""How Django and the frame know the exchanges."""

from django.apps import AppConfig


class ExchangeDeskConfig(AppConfig):
    """The exchanges; it owns no tables."""

    name = "guiju.desks.exchange"
    label = "desks_exchange"

    def ready(self) -> None:
        """Put the desk into the navigation, and its lists into the register."""
        from django.utils.translation import gettext_lazy as _

        from guiju.desks.common import desk, listing
        from guiju.desks.exchange.lists import LISTS
        from guiju.desks.exchange.steps import counted

        listing.register(*LISTS)
        desk.register(
            desk.Desk(
                "exchange", _("Exchanges and refunds"), "exchange:home", "refresh", verbs=("exchange.see",), order=68, count=counted,
                pages=(
                    desk.Leaf(_("Units for exchange"), "exchange:units", "fridge"),
                    desk.Leaf(_("All exchanges and refunds"), "exchange:cases", "list"),
                ),
            )
        )  # fmt: skip
