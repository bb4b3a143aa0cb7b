"""How Django knows the control room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ControlRoomConfig(AppConfig):
    """The control room; it owns no tables."""

    name = "guiju.desks.control_room"
    label = "desks_control_room"

    def ready(self) -> None:
        """Put the desk into the navigation."""
        from guiju.desks.common import desk, listing
        from guiju.desks.control_room.come_backs import LISTS as COME_BACKS
        from guiju.desks.control_room.jobs import unassigned
        from guiju.desks.control_room.promises import LISTS

        listing.register(*LISTS, *COME_BACKS)

        desk.register(
            desk.Desk(
                "control_room",
                _("Control room"),
                "control_room:board",
                "layout-kanban",
                verbs=("dispatch.assign", "dispatch.override"),
                order=20,
                homes=frozenset({"DP", "OM"}),
                count=unassigned,
                pages=(
                    desk.Leaf(_("All jobs"), "orders", "list", ("workorder.see",)),
                    desk.Leaf(_("In time"), "control_room:on_time", "clock", ("dispatch.see",)),
                    desk.Leaf(_("Promises"), "control_room:promises", "list", ("dispatch.see",)),
                    desk.Leaf(_("Come-backs"), "control_room:come_backs", "arrow-back-up", ("dispatch.see",)),
                    desk.Leaf(
                        _("Decisions"), "control_room:decisions", "checklist", ("workshop.confirm_unrepairable",)
                    ),
                ),
            )
        )
