"""How Django knows the desks' common frame."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    """The frame; it owns no tables."""

    name = "guiju.desks.common"
    label = "desks_common"

    def ready(self) -> None:
        """Make the lists that belong to no desk known, and put what somebody is warned of into their navigation."""
        from guiju.desks.common import desk, listing
        from guiju.desks.common.listing.alarms import ALARMS
        from guiju.desks.common.listing.alarms import SEE as SEE_ALARMS
        from guiju.desks.common.listing.jobs import JOBS
        from guiju.desks.common.listing.warnings import SEE, WARNINGS
        from guiju.oversight.notices.models import StoreAlarm
        from guiju.oversight.notices.queries import jobs_in_danger

        listing.register(JOBS, WARNINGS, ALARMS)
        desk.register(
            desk.Desk(
                "warnings", _("Promises at risk"), "warnings", "bell", verbs=(SEE,), order=95, count=jobs_in_danger
            ),
            desk.Desk(
                "alarms",
                _("Alarms of stores and cash"),
                "alarms",
                "alert-triangle",
                verbs=(SEE_ALARMS,),
                order=96,
                count=StoreAlarm.objects.waiting_for,
            ),
        )
