"""The Django app of the desk in the field."""

from django.apps import AppConfig


class FieldConfig(AppConfig):
    """Cash in hand."""

    name = "guiju.desks.field"
    label = "desks_field"

    def ready(self) -> None:
        """Put the desk into the navigation."""
        from django.utils.translation import gettext_lazy as _

        from guiju.desks.common import desk
        from guiju.desks.field.views import waiting

        desk.register(
            desk.Desk(
                "field",
                _("Cash in hand"),
                "field:home",
                "cash",
                verbs=("banking.offer_pouch", "banking.offer_deposit"),
                order=65,
                count=waiting,
            )
        )
