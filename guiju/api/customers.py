"""Who is this? Cards of customers; numbers are masked, and whoever needs a whole one reads it at a desk, where it is written down."""

from __future__ import annotations

from typing import Annotated, Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from guiju.api import finding
from guiju.api.fields import Input, Key, Line, Name, Nothing, Search, Short
from guiju.api.finding import UnitCode
from guiju.api.lists import Filter, Listing, show
from guiju.api.problems import PROBLEMS
from guiju.api.verbs import Done, Output, Target, Verb, speak
from guiju.kernel import turn
from guiju.kernel.actor import Actor
from guiju.standing.customers import actions, queries
from guiju.standing.customers.models import Address, Customer
from guiju.standing.customers.rules import Kind, mask

PHONE = Target("key", Key, finding.phone)
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


class ChangeCustomer(Input):
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
        kept = turn.kept(row)
        return cls(**card(queries.card(kept or Customer.objects.select_related("unit").get(pk=row.pk))))


def card(found: queries.Found) -> dict[str, Any]:
    """A card as a list shows it."""
    return {
        "id": found.customer_id, "name": found.name, "kind": found.kind, "language": found.language,
        "unit": found.unit_code, "phones_masked": list(found.phones_masked),
    }  # fmt: skip


class PhoneOut(Schema):
    """A number on a card, masked; by `id` it is taken away."""

    id: int
    masked: str


class AddressOut(Schema):
    """Where the customer is visited."""

    line: str
    region: str
    postcode: str


class CustomerWhole(CustomerOut):
    """A card with its numbers and addresses."""

    phones: list[PhoneOut]
    addresses: list[AddressOut]


def visible(by: Actor) -> QuerySet[Customer]:
    """The cards that the asker may see, the newest first unless asked otherwise."""
    return Customer.objects.visible_to(by).select_related("unit").prefetch_related("phones")


def _by_text(text: str) -> Q:
    """A piece of the name or of a number."""
    wanted = queries.matching(text)
    return Q(pk=None) if wanted is None else wanted


router = Router(tags=["customers"])
speak(
    router,
    [
        Verb("/customers", actions.enrol, Enrol, CustomerOut),
        Verb("/customers/{key}/change", actions.change, ChangeCustomer, CustomerOut, CUSTOMER),
        Verb("/customers/{key}/set-consent", actions.set_consent, ConsentIn, CustomerOut, CUSTOMER),
        Verb("/customers/{key}/add-phone", actions.add_phone, PhoneIn, CustomerOut, CUSTOMER),
        Verb("/phones/{key}/remove", actions.remove_phone, Nothing, Done, PHONE),
        Verb("/customers/{key}/add-address", actions.add_address, AddressIn, Done, CUSTOMER),
    ],
)


show(
    router,
    [
        Listing(
            "/customers", "customers", "customers.see", CustomerOut, visible,
            lambda rows: [card(queries.card(row)) for row in rows],
            filters={
                "q": Filter(Search, _by_text), "unit": Filter(Short, "unit__code"), "kind": Filter(list[Kind], "kind"),
            },
            sorts={"id": "pk", "name": "folded"},
        ),
    ],
)  # fmt: skip


@router.get("/customers/{key}", response={200: CustomerWhole, **PROBLEMS}, operation_id="customers.customer")
def one(request: HttpRequest, key: Key) -> Any:
    """One card with its numbers, masked, and its addresses."""
    row = finding.customer(key, request.actor)  # type: ignore[attr-defined]
    return card(queries.card(row)) | {
        "phones": [{"id": each.pk, "masked": mask(each.e164)} for each in row.phones.all()],
        "addresses": [
            {"line": each.line, "region": each.region, "postcode": each.postcode}
            for each in Address.objects.filter(customer=row).order_by("pk")
        ],
    }
