"""The Django app of the quality inspector's desk."""

from django.apps import AppConfig


class InspectionConfig(AppConfig):
    """Inspection."""

    name = "guiju.desks.inspection"
    label = "desks_inspection"

    def ready(self) -> None:
        """Put the desk into the navigation."""
        from django.utils.translation import gettext_lazy as _

        from guiju.desks.common import desk
        from guiju.desks.inspection.views import waiting

        desk.register(
            desk.Desk(
                "inspection",
                _("Inspection"),
                "inspection:home",
                "clipboard-check",
                verbs=("quality.see",),
                order=50,
                count=waiting,
            )
        )
