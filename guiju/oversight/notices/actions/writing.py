"""Writing to a customer: the message is put down in the outlet's words, and leaves the house later. No deed ever waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import override

from guiju.kernel import lifecycle
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_
from guiju.line.intake import queries as intake
from guiju.line.intake.models import ServiceRequest
from guiju.line.workorder import queries as orders
from guiju.line.workorder.models import WorkOrder
from guiju.oversight.notices import queries
from guiju.oversight.notices.models import Message
from guiju.oversight.notices.rules import (
    DOTS,
    HIDDEN,
    PURPOSES,
    Channel,
    MessageState,
    Purpose,
    Template,
    fill,
    not_before,
)
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy
from guiju.standing.policy.rules import Figure

_FIGURES = ("notice.quiet_from", "notice.quiet_until", "notice.silent")


class NoConsent(Refusal):
    """An offer needs the customer's yes."""

    sentence = N_("This customer has not agreed to hear of offers.")


def send(
    order: WorkOrder,
    template: Template,
    *,
    about: Mapping[str, str] | None = None,
    quote_id: int | None = None,
    by: Actor,
    at: datetime,
) -> Message | None:
    """Write to the customer of a job, in the customer's language; nothing where the outlet keeps silent about this.

    about     further words of the template, such as the amount
    quote_id  whose code it is; the code itself is put in when the message leaves
    source    S6-15 customer-visible progress, A12, CRM-3
    """
    link = f"{settings.GUIJU_ADDRESS}/t/{orders.track_token(order)}"
    words = {"number": order.number, "link": link, **(about or {})}
    return _write(order.unit, template, words, {"order": order, "quote_id": quote_id}, order.language, by=by, at=at)


def answer(
    request: ServiceRequest, template: Template, *, about: Mapping[str, str] | None = None, by: Actor, at: datetime
) -> Message | None:
    """Write to whoever asked for service, with the link to their own page."""
    link = f"{settings.GUIJU_ADDRESS}/request/mine/{intake.follow_token(request)}"
    words = {"number": request.number, "link": link, **(about or {})}
    return _write(request.unit, template, words, {"request": request}, request.language or "zh-hans", by=by, at=at)


def invite(order: WorkOrder, *, by: Actor, at: datetime) -> Message:
    """Offer a customer the yearly check of an appliance that we know.

    raises   NoConsent (CRM-3)
    """
    if not queries.recipient(order, None).wants(Template.CARE):
        raise NoConsent
    with doing("notices.invite", on=order, by=by, at=at) as deed:
        words = {"appliance": str(order.appliance)}
        made = send(order, Template.CARE, about=words, by=deed.consequence(), at=at)
    if made is None:
        raise NoConsent
    return made


def _write(
    unit: Unit,
    template: Template,
    words: dict[str, str],
    about: dict[str, Any],
    language: str,
    *,
    by: Actor,
    at: datetime,
) -> Message | None:
    figures = policy.figures(_FIGURES, unit=unit, on=unit.day(at))
    asked = PURPOSES[template] is Purpose.ASKED
    if not asked and str(template) in (figures["notice.silent"].value or "").replace(",", " ").split():
        return None
    with doing(
        "notices.send", on=about.get("order") or about.get("request"), by=by, at=at, template=str(template)
    ) as deed:
        if (told := _told_already(template, about, by)) is not None:
            return told
        recipient = queries.recipient(about.get("order"), about.get("request"))
        way = recipient.way()
        channel = way[0] if way else recipient.preferred
        wording = queries.wording(template, channel, language, unit=unit, on=unit.day(at))
        with override(language):
            named = {"outlet": unit.name, "phone": unit.phone, "code": DOTS, **words}
        next_at = at if asked else _morning(unit, figures, at)
        made = Message.objects.create(
            unit=unit, **about, deed=by.because, template=template, channel=channel if way else "",
            to_masked=queries.masked(*way) if way else "", language=language, version=wording.version,
            subject=fill(wording.subject, named)[:400], text=fill(wording.text, named), at=at, next_at=next_at,
            state=_first_state(reachable=way is not None, wanted=recipient.wants(template), later=next_at > at),
        )  # fmt: skip
        return _begun(made, deed, at)


def _begun(message: Message, deed: Deed, at: datetime) -> Message:
    lifecycle.begin(message, by=deed.by, at=at, deed=deed)
    return message


def _told_already(template: Template, about: dict[str, Any], by: Actor) -> Message | None:
    """The message about this very deed; news that is heard twice is told once."""
    if by.because is None:
        return None
    subject = {name: about[name] for name in ("order", "request") if name in about}
    return Message.objects.filter(deed=by.because, template=template, **subject).first()


def _first_state(*, reachable: bool, wanted: bool, later: bool) -> MessageState:
    if not wanted:
        return MessageState.UNWANTED
    if not reachable:
        return MessageState.UNREACHABLE
    return MessageState.HELD if later else MessageState.QUEUED


def _morning(unit: Unit, figures: Mapping[str, Figure], at: datetime) -> datetime:
    """Now, or when the quiet hours of the unit end."""
    here = at.astimezone(ZoneInfo(unit.time_zone))
    quiet = {"quiet_from": figures["notice.quiet_from"].value, "quiet_until": figures["notice.quiet_until"].value}
    return max(at, not_before(here, **quiet))


def when_allowed(message: Message, *, at: datetime) -> datetime:
    """When a message may go that is to be sent from now on."""
    if message.template in HIDDEN:
        return at
    unit = message.unit
    return _morning(unit, policy.figures(_FIGURES, unit=unit, on=unit.day(at)), at)


def way_of(message: Message) -> tuple[Channel, str] | None:
    """By which way the message goes now: its own while the address lasts, else another."""
    recipient = queries.recipient(message.order, message.request)
    own = Channel(message.channel) if message.channel else recipient.preferred
    return (own, recipient.addresses[own]) if recipient.addresses.get(own) else recipient.way()
