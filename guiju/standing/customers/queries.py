"""Who is this? Answered for the unit that asks, with numbers masked."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Prefetch, Q

from guiju.kernel.actor import Actor
from guiju.kernel.paging import newest, once_in_a_search
from guiju.kernel.search import either, fold
from guiju.kernel.verification import invariant
from guiju.standing.customers import rules
from guiju.standing.customers.models import Customer, Customers, Phone
from guiju.standing.people.models import Unit

# A clerk reads one screen; whoever is not on it is found by typing one more letter.
SHOWN_MOST = 50


@dataclass(frozen=True)
class Found:
    """One customer as a list shows it."""

    customer_id: int
    name: str
    kind: str
    language: str
    unit_id: int
    unit_code: str
    phones_masked: tuple[str, ...]

    @property
    def phone_masked(self) -> str:
        """The number to call first, masked."""
        return self.phones_masked[0] if self.phones_masked else ""


def find(text: str, *, by: Actor, most: int = SHOWN_MOST) -> list[Found]:
    """The customers of whom any number or name holds this piece of text, in either script, newest first."""
    keys = meant(text, by=by, most=most)
    return shown(Customer.objects.filter(pk__in=keys[:most]), most=most)


@once_in_a_search
def meant(text: str, *, by: Actor, most: int = SHOWN_MOST) -> list[int]:
    """The keys of the customers whom this text means, the newest first: all of them while they are few, otherwise at least so many."""
    folded, digits = fold(text), rules.fragment_of(text)
    if not folded:
        return []
    named = newest(Customer.objects.visible_to(by), "folded", folded, most=most)
    if not digits:
        return named
    # A number's card is as new as the number: both are written when somebody is enrolled.
    numbers = newest(Phone.objects.visible_to(by), "digits", digits, most=most)
    owners = Phone.objects.filter(pk__in=numbers).order_by().values_list("customer_id", flat=True)
    return sorted({*named, *owners}, reverse=True)


def by_phone(unit: Unit, e164: str) -> Customer | None:
    """The customer of this unit who has exactly this number."""
    phone = Phone.objects.select_related("customer").filter(unit=unit, e164=e164).first() if e164 else None
    return phone.customer if phone is not None else None


def matching(text: str) -> Q | None:
    """What a customer must satisfy to be meant by this text; None when the text says nothing."""
    folded = fold(text)
    if not folded:
        return None
    digits = rules.fragment_of(text)
    if not digits:
        return Q(folded__holds=folded)
    named = Customer.objects.filter(folded__holds=folded)
    return either(named.values("pk"), Phone.objects.filter(digits__holds=digits).values("customer_id"))


def shown(customers: Customers, *, most: int = SHOWN_MOST) -> list[Found]:
    """These customers as a list shows them, in two statements however many they are."""
    rows = customers.select_related("unit").prefetch_related(Prefetch("phones")).order_by("-pk")[:most]
    return [card(customer) for customer in rows]


def card(customer: Customer) -> Found:
    """One customer as a list shows it."""
    return Found(
        customer_id=customer.pk,
        name=customer.name,
        kind=customer.kind,
        language=customer.language,
        unit_id=customer.unit_id,
        unit_code=customer.unit.code,
        phones_masked=tuple(rules.mask(phone.e164) for phone in customer.phones.all()),
    )


@invariant("G-6")
def numbers_are_found_as_they_are_written() -> Iterator[str]:
    """The digits by which a number is found, and the folded name, agree with what the card says."""
    for phone in Phone.objects.exclude(unit_id=F("customer__unit_id")):
        yield f"Phone {phone.pk} stands in another unit than its customer."
    for phone in Phone.objects.only("pk", "e164", "digits").iterator():
        if phone.digits != rules.digits_of(phone.e164):
            yield f"Phone {phone.pk} would not be found by its own digits."
    for customer in Customer.objects.only("pk", "name", "folded").iterator():
        if customer.folded != fold(customer.name):
            yield f"Customer {customer.pk} would not be found by the name on the card."
