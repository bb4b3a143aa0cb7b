"""The outlet's own words, and how a customer wants to hear them."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Max

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Invalid, Refusal
from guiju.kernel.words import N_, Sentence
from guiju.oversight.notices import rules
from guiju.oversight.notices.models import Preference, Wording
from guiju.oversight.notices.queries import LANGUAGES
from guiju.oversight.notices.rules import Channel, Template
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Unit


class WordingRefused(Refusal):
    """The words cannot be used."""

    sentence = N_("These words cannot be sent.")
    field = "text"
    status = 422


class AddressMissing(Refusal):
    """Somewhere to write to is needed."""

    sentence = N_("Give the address to write to.")
    field = "address"
    status = 422


def set_wording(
    *,
    unit: Unit,
    template: str,
    channel: str,
    language: str,
    text: str,
    subject: str = "",
    starts_on: date,
    by: Actor,
    at: datetime,
) -> Wording:
    """Say a message in other words from a day on, in a unit and those below it; an empty text is the house's own again.

    starts_on  today or later: what was told before was told in other words
    raises     WordingRefused, Invalid
    source     A12
    """
    kind, way = _known(template, channel, language)
    text, subject = text.strip(), subject.strip()
    with doing("notices.set_wording", unit_id=unit.pk, by=by, at=at, template=template, channel=channel) as deed:
        if starts_on < unit.day(at):
            raise Invalid(Sentence(N_("A wording begins today or later.")), field="starts_on")
        if text and (because := list(rules.faults(kind, way, text, subject))):
            raise WordingRefused(*because)
        # Whoever writes at the same time gets the next number, or is refused by the constraint: a version is never two texts.
        same = Wording.objects.filter(unit=unit, template=kind, channel=way, language=language)
        last = same.aggregate(last=Max("version"))["last"] or 0
        made = Wording.objects.create(
            unit=unit, template=kind, channel=way, language=language, version=last + 1, subject=subject, text=text,
            starts_on=starts_on, made_by_id=by.natural_person_id, made_at=at,
        )  # fmt: skip
        deed.about(made)
        deed.note(language=language, version=made.version, starts_on=starts_on)
    return made


def _known(template: str, channel: str, language: str) -> tuple[Template, Channel]:
    if template not in Template.__members__ or channel not in Channel.__members__ or language not in LANGUAGES:
        raise Invalid(Sentence(N_("There is no such message.")))
    return Template(template), Channel(channel)


def prefer(customer: Customer, *, channel: str, address: str = "", by: Actor, at: datetime) -> Preference:
    """Note how the customer wants to be told.

    address  for e-mail and WeChat; the telephone stands on the card
    raises   AddressMissing, Invalid
    """
    address = address.strip()
    with doing("notices.prefer", on=customer, by=by, at=at, channel=channel):
        if channel not in Channel.__members__:
            raise Invalid(Sentence(N_("There is no such way.")), field="channel")
        if channel == Channel.SMS:
            address = ""
        elif not address:
            raise AddressMissing
        elif channel == Channel.EMAIL:
            _refuse_no_mailbox(address)
        values = {"channel": channel, "address": address, "set_at": at}
        return Preference.objects.update_or_create(customer=customer, defaults=values)[0]


def _refuse_no_mailbox(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise Invalid(Sentence(N_("This is no e-mail address.")), field="address") from None
