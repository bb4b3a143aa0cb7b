"""The printed words of the leaflet in the box and of the board on the wall."""

from django.utils.translation import gettext as _


def leaflet_labels() -> dict[str, str]:
    """The words of the repair price leaflet (6.7)."""
    return _common() | {
        "title": _("Repair price list"),
        "for_model": _("For this product"),
        "machines": _("For these machines"),
        "guarantee": _("What is free under guarantee"),
        "by_law": _("What the law gives you in any case"),
        "promise": _(
            "You pay nothing above these prices, and nothing that is not listed, unless you have signed for it before the work."
        ),
        "live": _("Scan: the prices of today, and these for ever"),
        "outlets": _("Repair and complaints"),
        "regulator": _("If we do not keep to it: consumer hotline 12315"),
    }


def board_labels() -> dict[str, str]:
    """The words of the price board (6.8)."""
    return _common() | {
        "title": _("Price board"),
        "live": _("Scan to read it on your own telephone"),
        "promise": _(
            "We charge nothing above these prices, and nothing that is not listed. The prices of all parts are on the page behind the code."
        ),
        "outlets": _("Complaints"),
        "regulator": _("Consumer hotline 12315"),
    }


def _common() -> dict[str, str]:
    return {
        "list": _("Price list"),
        "valid_from": _("In force from"),
        "price": _("Price"),
        "per": _("Per"),
        "hours": _("Ready within working hours"),
        "travel": _("If we come to your home"),
        "example": _("Example"),
        "amounts_in": _("Amounts in %(currency)s"),
    }
