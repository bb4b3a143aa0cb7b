"""Writing to a customer, through whichever carrier the installation has."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext, override

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.line.workorder import queries as orders
from guiju.line.workorder.models import WorkOrder
from guiju.oversight.notices.models import Message
from guiju.oversight.notices.rules import HIDDEN, WORDING, MessageState, Template
from guiju.standing.customers.rules import mask

log = logging.getLogger(__name__)


class Carrier(Protocol):
    """Takes a text to a telephone: an SMS gateway, or the one that only writes it down."""

    channel: str

    def carry(self, phone: str, text: str) -> None:
        """Send it, or raise; the news that asked for it is then tried again."""


class NoteBook:
    """The carrier of the demo and of a shop without a gateway: the message is kept and read on the screen."""

    channel = "NOTE"

    def carry(self, phone: str, text: str) -> None:
        """Nothing leaves the house."""
        log.info("A message of %s letters for %s", len(text), mask(phone))


def carrier() -> Carrier:
    """The carrier that the settings name."""
    made: Carrier = import_string(settings.GUIJU_CARRIER)()
    return made


def send(
    order: WorkOrder, template: Template, *, about: Mapping[str, str] | None = None, by: Actor, at: datetime
) -> Message:
    """Write to the customer of a job, in the customer's language; without a telephone it is noted that we could not.

    about   further words of the template, such as the amount or the code
    source  S6-15 customer-visible progress, A12
    """
    with doing("notices.send", on=order, by=by, at=at, template=str(template)):
        phone = order.customer.phones.first()
        carried = carrier()
        with override(order.language):
            words = {
                "outlet": order.unit.name,
                "number": order.number,
                "link": f"{settings.GUIJU_ADDRESS}/t/{orders.track_token(order)}",
            }
            text = gettext(WORDING[template]) % {**words, **(about or {})}
        if phone is not None:
            carried.carry(phone.e164, text)
        kept = text.replace((about or {}).get("code", "\0"), "••••••") if template in HIDDEN else text
        return Message.objects.create(
            order=order,
            template=template,
            channel=carried.channel,
            to_masked=mask(phone.e164) if phone else "",
            language=order.language,
            text=kept,
            state=MessageState.SENT if phone else MessageState.UNREACHABLE,
            at=at,
        )
