"""The guarantee in the browser: the laws that count, and what the brand promises beyond them."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guiju.kernel.actor import Actor
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import ProductLine
from guiju.standing.warranty.models import GuaranteeProfile, Terms
from guiju.standing.warranty.rules import FIGURES
from tests.cast import NOON
from tests.desks.common.page import assert_strict
from tests.standing.warranty.test_law import HAINAN

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]
PAGE = "/back-office/guarantee/"


def law(text: str = HAINAN) -> SimpleUploadedFile:
    return SimpleUploadedFile("law.toml", text.encode(), "application/toml")


@pytest.mark.shows("WTY-6")
def test_head_office_adopts_a_law_by_file_and_everybody_reads_it(signed_in: SignedIn, nie: Actor) -> None:
    browser = signed_in("nie")
    refused = browser.post(f"{PAGE}laws/", {"file": law("jurisdiction = 3"), "reason": "Counsel"})
    assert refused.status_code == 422
    assert "version is missing." in str(refused.context["form"].errors["file"])
    assert "Counsel" in refused.content.decode()
    assert_strict(refused.content.decode())
    silent = browser.post(f"{PAGE}laws/", {"file": law(), "reason": ""})
    assert "reason" in silent.context["form"].errors
    binary = browser.post(f"{PAGE}laws/", {"file": SimpleUploadedFile("l", b"\xff\xfe"), "reason": "Counsel"})
    assert binary.context["form"].errors["file"] == ["The file is no text (UTF-8)."]

    assert browser.post(f"{PAGE}laws/", {"file": law(), "reason": "Counsel"}).headers["Location"] == PAGE
    assert GuaranteeProfile.objects.get().reason == "Counsel"
    twice = browser.post(f"{PAGE}laws/", {"file": law(), "reason": "Counsel"})
    assert twice.context["form"].errors["file"] == ["A profile of this version is in the book already."]

    page = signed_in("lin").get(PAGE).content.decode()
    for words in (
        "Hainan",
        "CN-46-1",
        "Days that a repair may take",
        "H-1",
        "It came with the house.",
        "Misuse",
        "Surroundings",
    ):
        assert words in page
    assert "Adopt a law" not in page
    assert_strict(page)


@pytest.mark.shows("WTY-5", "TG-4")
def test_head_office_promises_more_and_never_less_than_the_law(signed_in: SignedIn, nie: Actor) -> None:
    catalogue.load_starter(by=nie, at=NOON)
    fridge = ProductLine.objects.get(code="FRIDGE")
    browser = signed_in("nie")
    typed = {
        "version": "F-2099", "starts_on": "2099-01-01", "line": fridge.pk, "whole_unit_months": "36", "labour": "12",
        "travel": "24", "main_parts": "compressor 120\n\nEVAPORATOR: 60", "starts_by": "INVOICE",
        "excluded_causes": ["MISUSE", "ENVIRONMENT"],
    }  # fmt: skip
    wrong = browser.post(f"{PAGE}terms/", typed | {"main_parts": "compressor for ever"})
    assert wrong.context["form"].errors["main_parts"] == ["Write a class and its months, not: compressor for ever"]
    assert "compressor for ever" in wrong.content.decode()
    assert_strict(wrong.content.decode())
    less = browser.post(f"{PAGE}terms/", typed | {"travel": "3"})
    assert (less.status_code, Terms.objects.count()) == (422, 0)
    assert "The law gives 12 months for Travel" in str(less.context["form"].errors["whole_unit_months"])

    done = browser.post(f"{PAGE}terms/", typed)
    assert done.status_code == 302, done.context["form"].errors
    terms = Terms.objects.get()
    assert terms.months == {"LABOUR": 12, "TRAVEL": 24}
    assert terms.parts == {"COMPRESSOR": 120, "EVAPORATOR": 60}
    assert sorted(terms.excluded_causes) == ["ENVIRONMENT", "MISUSE"]
    page = browser.get(PAGE).content.decode()
    assert "COMPRESSOR 120, EVAPORATOR 60" in page
    assert "Not in force yet" in page
    assert_strict(page)


def test_only_head_office_writes_the_guarantee(signed_in: SignedIn, nie: Actor) -> None:
    for who, reads in (("ma", 200), ("an", 200), ("chen", 200), ("qin", 403), ("shen", 403)):
        browser = signed_in(who)
        assert browser.get(PAGE).status_code == reads
        assert browser.post(f"{PAGE}laws/", {"file": law(), "reason": "Counsel"}).status_code == 403
        assert browser.post(f"{PAGE}terms/", {"version": "X", "starts_on": "2099-01-01"}).status_code == 403
    assert (GuaranteeProfile.objects.count(), Terms.objects.count()) == (0, 0)


def test_every_figure_that_a_law_may_have_has_a_name_for_people() -> None:
    from guiju.desks.back_office import guarantee

    assert set(guarantee.FIGURES) == set(FIGURES)
