"""What the counter does to the customers' cards."""

from collections.abc import Sequence
from datetime import datetime

from guiju.kernel import turn
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.prepared import Prepared
from guiju.kernel.refusing import Refusal, refusing
from guiju.kernel.search import fold
from guiju.kernel.words import N_
from guiju.standing.customers import rules
from guiju.standing.customers.models import Address, Customer, Phone
from guiju.standing.people.models import Unit


class NotANumber(Refusal):
    """What was typed can't be called."""

    sentence = N_("Give a telephone number that can be called.")
    field = "phone"
    status = 422


class KnownAlready(Refusal):
    """The number stands on another customer's card in this unit."""

    sentence = N_("%(phone)s belongs to %(name)s, who is known already. Open that card instead of making a second one.")
    field = "phone"


class NameMissing(Refusal):
    """A card without a name can't be found again."""

    sentence = N_("Give the customer's name.")
    field = "name"
    status = 422


class NameTooLong(Refusal):
    """More than a card, a ticket or a label can show."""

    sentence = N_("A name is at most %(most)s characters long.")
    field = "name"
    status = 422


class NothingToCall(Refusal):
    """The last number can't be taken off a card."""

    sentence = N_("A customer keeps at least one telephone number. Add the new number first.")
    field = "phone"


def enrol(
    *,
    unit: Unit,
    name: str,
    phones: Sequence[str],
    kind: str = rules.Kind.PERSON,
    language: str = "zh-hans",
    purpose: str = rules.PURPOSE,
    consent_service: bool = False,
    consent_marketing: bool = False,
    by: Actor,
    at: datetime,
) -> Customer:
    """Make a card for a customer who is new to this unit.

    phones   at least one, as typed; without a country code they are numbers of the unit's own place
    raises   NameMissing, NameTooLong, NotANumber, KnownAlready
    source   G-6; capability A06
    """
    with doing("customers.enrol", on=None, unit_id=unit.pk, by=by, at=at) as deed:
        customer = Customer.objects.create(
            unit=unit,
            kind=rules.Kind(kind),
            **_named(name),
            language=language,
            purpose=purpose,
            consent_service=consent_service,
            consent_service_at=at if consent_service else None,
            consent_marketing=consent_marketing,
            consent_marketing_at=at if consent_marketing else None,
            enrolled_at=at,
        )
        if not phones:
            raise NotANumber
        kept: dict[int, Phone] = {}
        for typed in phones:
            phone = _keep_phone(customer, unit, typed, position=len(kept))
            kept[phone.pk] = phone
        deed.about(turn.keep(customer))
        deed.note(purpose=purpose, consent_service=consent_service, consent_marketing=consent_marketing)
    return customer


def change(
    customer: Customer,
    *,
    name: str | None = None,
    kind: str | None = None,
    language: str | None = None,
    by: Actor,
    at: datetime,
) -> Customer:
    """Correct what the card says; what is not given stays.

    raises   NameMissing, NameTooLong
    """
    with doing("customers.change", on=customer, by=by, at=at) as deed:
        customer = _lock(customer)
        before = {"kind": customer.kind, "language": customer.language, "renamed": False}
        if name is not None:
            named = _named(name)
            before["renamed"] = named["name"] != customer.name
            customer.name, customer.folded = named["name"], named["folded"]
        customer.kind = rules.Kind(kind) if kind is not None else customer.kind
        customer.language = language or customer.language
        customer.save(update_fields=["name", "folded", "kind", "language"])
        # The trail is kept for ever and read by many: it says that the name was corrected, not what it was.
        deed.note(before=before, after={"kind": customer.kind, "language": customer.language})
    return customer


def set_consent(
    customer: Customer, *, service: bool | None = None, marketing: bool | None = None, by: Actor, at: datetime
) -> Customer:
    """Write down what the customer agrees to from now on; the trail keeps what was agreed before.

    source   G-6, CRM-3
    """
    with doing("customers.set_consent", on=customer, by=by, at=at) as deed:
        customer = _lock(customer)
        before = {"service": customer.consent_service, "marketing": customer.consent_marketing}
        if service is not None and service != customer.consent_service:
            customer.consent_service, customer.consent_service_at = service, at
        if marketing is not None and marketing != customer.consent_marketing:
            customer.consent_marketing, customer.consent_marketing_at = marketing, at
        customer.save(
            update_fields=["consent_service", "consent_service_at", "consent_marketing", "consent_marketing_at"]
        )
        deed.note(before=before, after={"service": customer.consent_service, "marketing": customer.consent_marketing})
    return customer


def add_phone(customer: Customer, *, phone: str, by: Actor, at: datetime) -> Phone:
    """Put one more number on the card; a number that stands there already stays as it is.

    raises   NotANumber, KnownAlready
    """
    with doing("customers.add_phone", on=customer, by=by, at=at):
        return _keep_phone(_lock(customer), customer.unit, phone)


def remove_phone(phone: Phone, *, by: Actor, at: datetime) -> None:
    """Take a number off the card when the customer no longer answers to it.

    raises   NothingToCall
    """
    with doing("customers.remove_phone", on=phone.customer, by=by, at=at) as deed:
        customer = _lock(phone.customer)
        if not customer.phones.exclude(pk=phone.pk).exists():
            raise NothingToCall
        deed.note(phone=rules.mask(phone.e164))
        customer.phones.filter(pk=phone.pk).delete()


def read_phone(customer: Customer, *, by: Actor, at: datetime) -> list[str]:
    """Show the whole numbers, first the one to call first; who looked, and when, is written down.

    source   G-6
    """
    with doing("customers.read_phone", on=customer, by=by, at=at) as deed:
        numbers = [phone.e164 for phone in customer.phones.all()]
        deed.note(phones=[rules.mask(number) for number in numbers])
    return [rules.spell(number) for number in numbers]


def add_address(
    customer: Customer, *, line: str, region: str = "", postcode: str = "", by: Actor, at: datetime
) -> Address:
    """Write down where the customer is visited; the same address is kept once."""
    with doing("customers.add_address", on=customer, by=by, at=at):
        customer = _lock(customer)
        address, _ = Address.objects.get_or_create(
            customer=customer,
            region=region.strip(),
            line=line.strip(),
            postcode=postcode.strip(),
            defaults={"position": customer.addresses.count()},
        )
    return address


def _lock(customer: Customer) -> Customer:
    return Customer.objects.select_for_update(of=("self",)).select_related("unit").get(pk=customer.pk)


def _named(name: str) -> dict[str, str]:
    """The name as it is written and as it is searched, or a refusal that says what is the matter."""
    name = " ".join(name.split())
    if not name:
        raise NameMissing
    if len(name) > rules.NAME_LONGEST:
        raise NameTooLong(most=rules.NAME_LONGEST)
    return {"name": name, "folded": fold(name)}


def _keep_phone(customer: Customer, unit: Unit, typed: str, *, position: int | None = None) -> Phone:
    reading = rules.read(typed, region=rules.region_of(unit.jurisdiction))
    if reading.refused:
        raise NotANumber(*reading.because)
    standing = _STANDING.first(unit=unit.pk, e164=reading.e164)
    if standing is not None and standing.customer_id == customer.pk:
        return standing
    if standing is not None:
        raise _known(standing)
    # Two counters may type the same number at once: then the constraint decides, and the refusal can't name the other card.
    with refusing(phone_finds_one_customer_in_a_unit=KnownAlready(phone=rules.mask(reading.e164), name=customer.name)):
        return Phone.objects.create(
            customer=customer,
            unit=unit,
            e164=reading.e164,
            digits=rules.digits_of(reading.e164),
            position=customer.phones.count() if position is None else position,
        )


_STANDING: Prepared[Phone] = Prepared(
    lambda *, unit, e164: Phone.objects.select_related("customer").filter(unit_id=unit, e164=e164).order_by("pk")
)


def _known(standing: Phone) -> KnownAlready:
    return KnownAlready(phone=rules.mask(standing.e164), name=standing.customer.name, customer_id=standing.customer_id)
