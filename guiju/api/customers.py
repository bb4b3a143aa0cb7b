"""Who is this? Cards of customers; numbers are masked, and whoever needs a whole one reads it at a desk, where it is written down."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from guiju.api import finding
from guiju.api.fields import Input, Key, Line, Name, Search, Short
from guiju.api.finding import UnitCode
from guiju.api.problems import PROBLEMS
from guiju.api.verbs import Done, Output, Target, Verb, speak
from guiju.kernel.refusing import NotAllowed
from guiju.standing.customers import actions, queries
from guiju.standing.customers.models import Customer
from guiju.standing.customers.rules import Kind

CUSTOMER = Target("key", Key, finding.customer)


class Enrol(Input):
    """A new customer."""

    unit: UnitCode
    name: Name
    phones: list[Short] = Field(max_length=10)
    kind: Kind = Kind.PERSON
    language: Annotated[str, Field(max_length=7)] = "zh-hans"
    consent_service: bool = False
    consent_marketing: bool = False


class Change(Input):
    """What is put right; what is not given stays."""

    name: Name | None = None
    kind: Kind | None = None
    language: Annotated[str, Field(max_length=7)] | None = None


class ConsentIn(Input):
    """What the customer agrees to from now on."""

    service: bool | None = None
    marketing: bool | None = None


class PhoneIn(Input):
    """One more number."""

    phone: Short


class AddressIn(Input):
    """Where the customer is visited."""

    line: Annotated[Line, Field(max_length=240)]
    region: Name = ""
    postcode: Annotated[str, Field(max_length=12)] = ""


class CustomerOut(Output):
    """A card as a list shows it."""

    id: int
    name: str
    kind: str
    language: str
    unit: str
    phones_masked: list[str]

    @classmethod
    def of(cls, result: Any, target: Any = None) -> CustomerOut:
        """The card as it is now."""
        row = result if isinstance(result, Customer) else target
        return cls(**card(queries.card(Customer.objects.select_related("unit").get(pk=row.pk))))


def card(found: queries.Found) -> dict[str, Any]:
    """A card as a list shows it."""
    return {
        "id": found.customer_id, "name": found.name, "kind": found.kind, "language": found.language,
        "unit": found.unit_code, "phones_masked": list(found.phones_masked),
    }  # fmt: skip


class Cards(Schema):
    """What was found; at most fifty."""

    customers: list[CustomerOut]


router = Router(tags=["customers"])
speak(
    router,
    [
        Verb("/customers", actions.enrol, Enrol, CustomerOut),
        Verb("/customers/{key}/change", actions.change, Change, CustomerOut, CUSTOMER),
        Verb("/customers/{key}/set-consent", actions.set_consent, ConsentIn, CustomerOut, CUSTOMER),
        Verb("/customers/{key}/add-phone", actions.add_phone, PhoneIn, CustomerOut, CUSTOMER),
        Verb("/customers/{key}/add-address", actions.add_address, AddressIn, Done, CUSTOMER),
    ],
)


@router.get("/customers", response={200: Cards, **PROBLEMS}, operation_id="customers")
def found(request: HttpRequest, q: Search) -> Any:
    """The customers of whom any number or name holds this piece of text."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.may("customers.see"):
        raise NotAllowed
    return {"customers": [card(each) for each in queries.find(q, by=actor)]}
