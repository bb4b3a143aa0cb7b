"""What a customer was told, in which words, and where to write to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext, override

from guiju.kernel.actor import Actor
from guiju.kernel.verification import invariant
from guiju.line.intake.models import ServiceRequest
from guiju.line.workorder.models import WorkOrder
from guiju.oversight.notices.models import Attempt, Message, Preference, Wording
from guiju.oversight.notices.rules import (
    BUILT_IN,
    PURPOSES,
    SUBJECTS,
    Channel,
    MessageState,
    Purpose,
    Template,
    as_braces,
)
from guiju.standing.customers.models import Customer
from guiju.standing.customers.rules import mask
from guiju.standing.people.models import Unit

LANGUAGES = ("en", "zh-hans", "zh-hant")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is written to, by which ways, and to what they agreed.

    preferred   what the customer chose; the telephone where nothing was
    """

    addresses: dict[Channel, str]
    preferred: Channel
    to_service: bool
    to_offers: bool

    def way(self) -> tuple[Channel, str] | None:
        """The way that the customer prefers, else one by which they can be reached at all."""
        order = (self.preferred, *(each for each in Channel if each is not self.preferred))
        return next(((each, self.addresses[each]) for each in order if self.addresses.get(each)), None)

    def wants(self, template: Template) -> bool:
        """Have they agreed to be written to about this? (CRM-3)"""
        purpose = PURPOSES[template]
        return purpose is Purpose.ASKED or (self.to_offers if purpose is Purpose.COMMERCIAL else self.to_service)


@dataclass(frozen=True, slots=True)
class Words:
    """A wording in force: with braces, in one language; version 0 came with the house."""

    subject: str
    text: str
    version: int
    starts_on: date | None = None
    unit: Unit | None = None


def recipient(order: WorkOrder | None, request: ServiceRequest | None) -> Recipient:
    """Whom a message about this job, or about this request, is for."""
    if order is not None:
        return of_customer(order.customer)
    if request is None:
        raise ValueError("A message is about an order or about a request.")
    typed = {Channel.SMS: request.phone, Channel.EMAIL: request.email}
    if request.customer is not None:
        known = of_customer(request.customer)
        # What was typed today is where the answer is expected.
        addresses = {**known.addresses, **{way: typed[way] for way in typed if typed[way]}}
        return Recipient(
            addresses, known.preferred, known.to_service or request.consent_at is not None, known.to_offers
        )
    preferred = Channel.SMS if request.phone else Channel.EMAIL
    return Recipient(typed, preferred, request.consent_at is not None, to_offers=False)


def of_customer(customer: Customer) -> Recipient:
    """How a customer of ours is reached."""
    phone, chosen = customer.phones.first(), preference_of(customer)
    addresses = {Channel.SMS: phone.e164 if phone else ""}
    if chosen is not None and chosen.address:
        addresses[Channel(chosen.channel)] = chosen.address
    preferred = Channel(chosen.channel) if chosen else Channel.SMS
    return Recipient(addresses, preferred, customer.consent_service, customer.consent_marketing)


def preference_of(customer: Customer) -> Preference | None:
    """What the customer chose, if anything."""
    return Preference.objects.filter(customer=customer).first()


def masked(channel: Channel, address: str) -> str:
    """An address as lists show it: enough to recognise, too little to write to."""
    if channel is Channel.SMS:
        return mask(address)
    name, at, host = address.partition("@")
    return f"{name[:2]}***{at}{host}" if at else f"{address[:3]}***"


def wording(template: Template, channel: Channel, language: str, *, unit: Unit, on: date) -> Words:
    """The words in force: the unit's own, else those of the nearest unit above, else what came with the house."""
    rows = Wording.objects.filter(
        unit__code__in=unit.lineage, template=template, channel=channel, language=language, starts_on__lte=on
    ).select_related("unit")
    # The nearest unit; in it what began last, and of two that began on one day the one that was written last.
    best = min(
        rows,
        key=lambda row: (unit.lineage.index(row.unit.code), -row.starts_on.toordinal(), -row.version),
        default=None,
    )
    if best is None or not best.text:
        return built_in(template, language)
    return Words(
        best.subject or built_in(template, language).subject, best.text, best.version, best.starts_on, best.unit
    )


def built_in(template: Template, language: str) -> Words:
    """The words that came with the house."""
    with override(language):
        return Words(as_braces(gettext(SUBJECTS[template])), as_braces(gettext(BUILT_IN[template])), 0)


def versions(template: Template, channel: Channel, language: str, *, unit: Unit) -> Sequence[Wording]:
    """Everything that this unit ever said, the last first."""
    rows = Wording.objects.filter(unit=unit, template=template, channel=channel, language=language)
    return list(rows.select_related("made_by").order_by("-version"))


def messages_of(order: WorkOrder) -> list[Message]:
    """The messages about a job, newest first."""
    return list(Message.objects.filter(order=order).order_by("-pk"))


def messages(by: Actor) -> QuerySet[Message]:
    """Every message that the person may see, newest first."""
    return Message.objects.visible_to(by).select_related("unit", "order", "request").order_by("-pk")


def attempts_of(message: Message) -> Sequence[Attempt]:
    """Every attempt, the last first."""
    return list(Attempt.objects.filter(message=message).order_by("-pk"))


@invariant("A12")
def what_was_sent_was_taken() -> Iterator[str]:
    """Whatever counts as sent was taken by a carrier."""
    taken = Attempt.objects.filter(is_taken=True).values("message")
    for each in Message.objects.filter(state=MessageState.SENT).exclude(pk__in=taken):
        yield f"The message {each.pk} counts as sent, and no carrier took it."
