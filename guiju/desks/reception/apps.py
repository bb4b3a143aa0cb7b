"""How Django and the frame know the reception."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReceptionConfig(AppConfig):
    """The reception; it owns no tables."""

    name = "guiju.desks.reception"
    label = "desks_reception"

    def ready(self) -> None:
        """Put the desk into the navigation, and what it knows into the search box."""
        from guiju.desks.common import desk, find, listing, opening
        from guiju.desks.reception import finding
        from guiju.desks.reception.views.lists import LISTS

        listing.register(*LISTS)
        desk.register(
            desk.Desk(
                "reception", _("Reception"), "reception:home", "phone", verbs=("intake.register",), order=10,
                homes=frozenset({"RC"}), pages=(
                    desk.Leaf(_("New customer"), "reception:new_customer", "user-plus", ("customers.enrol",)),
                    desk.Leaf(pgettext_lazy("of customers", "Requests"), "reception:requests", "mail", ("requests.see",)),
                    desk.Leaf(_("Registered appliances"), "reception:registrations", "fridge", ("registration.see",)),
                    desk.Leaf(_("Loaners"), "reception:loaners", "transfer", ("intake.see",)),
                    desk.Leaf(_("Telephone"), "reception:calls", "phone", ("telephone.see",)),
                    desk.Leaf(_("Sample of the month"), "reception:scores", "checklist", ("telephone.see",)),
                    desk.Leaf(_("Script"), "reception:call_script", "file-text", ("telephone.see",)),
                    desk.Leaf(_("All jobs"), "orders", "list", ("workorder.see",)),
                    desk.Leaf(_("All customers"), "reception:customers", "users", ("customers.see",)),
                    desk.Leaf(_("All appliances"), "reception:appliances", "fridge", ("catalogue.see",)),
                    desk.Leaf(_("All requests"), "reception:request_list", "list", ("requests.see",)),
                    desk.Leaf(_("All calls"), "reception:call_list", "list", ("telephone.see",)),
                    desk.Leaf(_("Prices on the wall"), "reception:wall", "camera", ("pricing.prove_display",)),
                    desk.Leaf(_("QR codes"), "reception:door", "qrcode", ("intake.submit",)),
                ),
            )
        )  # fmt: skip
        # Whoever writes what callers hear need not sit at the counter.
        desk.register(
            desk.Desk(
                "voice", _("Voice menu"), "reception:voice_menu", "adjustments", verbs=("telephone.write_menu",),
                section=desk.Section.SETUP, order=40,
                pages=(desk.Leaf(_("Script"), "reception:call_script", "file-text", ("telephone.write_script",)),),
            )
        )  # fmt: skip
        opening.register("reception", finding.at_the_counter, order=10)
        find.register(
            find.Finder("orders", _("Work orders"), finding.find_orders, verbs=("workorder.see",), order=10),
            find.Finder("customers", _("Customers"), finding.find_customers, verbs=("customers.see",), order=20),
            find.Finder("appliances", _("Appliances"), finding.find_appliances, verbs=("catalogue.see",), order=30),
        )
