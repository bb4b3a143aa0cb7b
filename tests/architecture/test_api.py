"""What a desk can do, a program can do: every verb of the rights table has its address, or a reason why it has none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import get_resolver
from ninja import Schema

from guiju.conf.rights import RIGHTS

# Verbs that a person may do and that have no address of their own. It may shrink, never grow without a reason.
ELSEWHERE = {
    # Inside another verb, which has one: the action looks at the figure, the order or the case and asks for the stronger right.
    "policy.set_money": "policy.set_value asks for it where the figure is money",
    "policy.set_service": "policy.set_value asks for it where the figure is of the service",
    "policy.set_back_office": "policy.set_value asks for it where the figure is of the back office",
    "workorder.override_coverage_against_customer": "workorder.override_coverage asks for it where the customer loses by it",
    "dispatch.override": "dispatch.assign asks for it where something speaks against the technician",
    "workshop.extend_commitment": "workshop.renegotiate_commitment asks for it from the third date on",
    "cashier.count_wrong_code": "cashier.hand_over counts a wrong code",
    # A program must not stand for a person at a lock, and no idempotency key keeps the digest of a password.
    "custody.sign_first": "a custodian signs in with the own password, at a page",
    "custody.sign_second": "the same",
    "custody.sign_out": "the same",
    "custody.open_in_emergency": "the same",
    "custody.count_wrong_password": "the signing for which it was tried counts it",
    "people.set_pin": "one sets one's own PIN with the own password, at a page",
    "banking.countersign_bag": "a second person signs with the own password, at a page",
    "banking.count_wrong_password": "the signing for which it was tried counts it",
    "banking.accept_cash": "whoever takes it signs with the own password, at a page",
    "banking.count_pouch": "the cashier counts it blind and signs with the own password, at a page",
    "banking.explain_difference": "whoever brought it signs with the own password, at a page",
    "banking.count_wrong_signature": "the signing for which it was tried counts it",
    "banking.lock_up": "done by the two who stand in the open safe, at a page",
    "banking.retrieve": "the same",
    # The stock book is moved by the store's own verbs, which know for which job.
    "stock.receive": "storeroom.receive_stock books it",
    "stock.reserve": "storeroom.answer_available books it",
    "stock.release": "storeroom.cancel_request books it",
    "stock.issue": "storeroom.issue books it",
    "stock.take_back": "storeroom.take_back books it",
    # Secrets and whole numbers are told to a person, on a page, once; an idempotency key would keep them in its answer.
    "people.make_api_key": "the secret is shown once, to the person; and a key must not make keys",
    "customers.read_phone": "a whole number is read at a desk, where the reading is written down",
    "telephone.read_number": "the same",
    # How a person likes to see the lists on a screen; a program asks for what it wants each time.
    "people.keep_view": "a person's lists look as the person likes",
    "people.drop_view": "the same",
    "people.share_view": "the same",
    "people.export_list": "a program reads the list itself, page by page, by a key whose every right was given",
    # An answer of many megabytes, which no idempotency key keeps.
    "dossier.seal": "the sealed file is taken by a person, at the order's page or by the command `guiju dossier`",
    # A program that has the customer's drawing sends it to /signatures.
    "evidence.ask_signature": "the QR code stands on the counter's screen",
    "evidence.give_signature": "the customer gives it, on the page behind the QR code",
    "evidence.take_signature": "the form on the counter takes it over",
}
# Two addresses for one verb: a picture and a drawing.
UNDER_ANOTHER_NAME = {"evidence.keep": {"evidence.photo", "evidence.signature"}}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The description of the API."""
    _ = get_resolver().url_patterns
    from guiju.api.door import api

    return api.get_openapi_schema(path_prefix="/api/v1/")


def said_by_programs(schema: dict[str, Any]) -> set[str]:
    """Every verb that has an address to send to."""
    return {each["post"]["operationId"] for each in schema["paths"].values() if "post" in each}


def for_people() -> set[str]:
    """Every verb that changes something and is not the house's alone."""
    return {verb for verb, holders in RIGHTS.items() if not verb.endswith(".see") and set(holders) - {"SY", "CU"}}


def test_every_verb_that_a_person_may_do_has_its_address(schema: dict[str, Any]) -> None:
    said = said_by_programs(schema)
    met = {verb for verb, names in UNDER_ANOTHER_NAME.items() if names <= said}
    assert sorted(for_people() - said - met - set(ELSEWHERE)) == []


def test_no_excuse_outlives_its_reason(schema: dict[str, Any]) -> None:
    assert sorted(set(ELSEWHERE) - for_people()) == []
    assert sorted(set(ELSEWHERE) & said_by_programs(schema)) == []


def test_an_address_is_named_like_the_right_that_it_asks_for(schema: dict[str, Any]) -> None:
    # These two ask for the right that the figure's family names.
    by_family = {"policy.set_value", "policy.adopt"}
    named = {name for names in UNDER_ANOTHER_NAME.values() for name in names}
    assert sorted(said_by_programs(schema) - set(RIGHTS) - by_family - named) == []


def _schemas(kind: type[Schema] = Schema) -> Iterator[type[Schema]]:
    for each in kind.__subclasses__():
        yield each
        yield from _schemas(each)


def test_no_two_schemas_share_a_name(schema: dict[str, Any]) -> None:
    """The library keeps schemas by their class's name: of two with one name the later would win."""
    places: dict[str, set[str]] = defaultdict(set)
    for each in _schemas():
        if each.__module__.startswith("guiju."):
            places[each.__name__].add(each.__module__)
    assert {name: sorted(where) for name, where in places.items() if len(where) > 1} == {}
    # Words that several contexts have are named by their context.
    assert {"WorkorderState", "WorkshopQuoteState", "PricingState"} <= set(schema["components"]["schemas"])
