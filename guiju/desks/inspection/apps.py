"""The Django app of the quality inspector's desk."""

from django.apps import AppConfig


class InspectionConfig(AppConfig):
    """Inspection."""

    name = "guiju.desks.inspection"
    label = "desks_inspection"

    def ready(self) -> None:
        """Put the desk into the navigation."""
        from django.utils.translation import gettext_lazy as _

        from guiju.desks.common import desk, listing, opening
        from guiju.desks.inspection.lists import LISTS
        from guiju.desks.inspection.views import at_the_test, waiting

        listing.register(*LISTS)
        opening.register("inspection", at_the_test, order=50)
        desk.register(
            desk.Desk(
                "inspection",
                _("Inspection"),
                "inspection:home",
                "clipboard-check",
                verbs=("quality.see",),
                order=50,
                homes=frozenset({"QC"}),
                count=waiting,
                pages=(
                    desk.Leaf(_("Tests of one's own repair"), "inspection:self_checks", "list"),
                    desk.Leaf(_("At the shelf"), "stores:shelf", "scan", ("stock.set_apart", "stock.clear")),
                ),
            )
        )
