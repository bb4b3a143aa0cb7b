"""The figures of the house in the browser."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils.timezone import now

from guiju.standing.people.models import Unit
from guiju.standing.policy import queries
from guiju.standing.policy.models import ParameterValue
from tests.desks.common.page import assert_strict

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]
KEY = "intake.photos_min"
PAGE = f"/back-office/figures/{KEY}/"
LATER = "2099-01-05"


def typed(**other: str) -> dict[str, str]:
    """A value that the network manager may set."""
    return {"value": "6", "starts_on": LATER, "reason": "More photos settle disputes", "do": "set"} | other


def test_the_list_shows_what_holds_and_finds_by_name(signed_in: SignedIn) -> None:
    manager = signed_in("nie")
    page = manager.get("/back-office/", follow=True).content.decode()
    assert_strict(page)
    found = manager.get("/back-office/figures/?q=photos_min").content.decode()
    assert PAGE in found
    assert "cash.deposit_cutoff" not in found
    assert "No figure has this" in manager.get("/back-office/figures/?q=zzzz").content.decode()


def test_a_figure_is_set_from_a_day_on_by_whoever_answers_for_it(signed_in: SignedIn, fs01_unit: Unit) -> None:
    manager = signed_in("nie")
    assert signed_in("fang").post(PAGE, typed()).status_code == 403
    assert manager.post(PAGE, typed()).status_code == 302
    assert queries.figure(KEY, unit=fs01_unit, on=date(2099, 1, 5)).value == 6
    assert queries.figure(KEY, unit=fs01_unit, on=date(2099, 1, 4)).value == 4
    page = manager.get(PAGE).content.decode()
    assert "More photos settle disputes" in page
    assert_strict(page)


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"value": "many"}, "value", ""),
        ({"reason": ""}, "reason", "Say why the figure changes."),
        ({"starts_on": "2020-01-01"}, "starts_on", "A figure changes from today"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(
    signed_in: SignedIn, wrong: dict[str, str], field: str, sentence: str
) -> None:
    answer = signed_in("nie").post(PAGE, typed(**wrong))
    assert answer.status_code == 422
    (said,) = answer.context["form"].errors[field]
    assert sentence in said
    shown = answer.content.decode()
    assert wrong.get(field, "") in shown
    assert ("More photos settle disputes" in shown) is (field != "reason")
    assert_strict(shown)
    assert not ParameterValue.objects.exists()


def test_an_administrator_proposes_and_the_manager_sets(signed_in: SignedIn, fs01_unit: Unit) -> None:
    administrator, manager = signed_in("ad"), signed_in("nie")
    assert administrator.post(PAGE, typed()).status_code == 403
    assert administrator.post(PAGE, typed(do="draft", scope=str(fs01_unit.pk))).status_code == 302
    draft = ParameterValue.objects.get()
    assert (draft.state, draft.unit_id) == ("DRAFT", fs01_unit.pk)
    assert "More photos settle disputes" in manager.get("/back-office/figures/").content.decode()
    adopt = f"/back-office/figures/drafts/{draft.pk}/adopt"
    assert administrator.post(adopt).status_code == 403
    assert manager.post(adopt).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "SET"


def test_money_is_typed_as_people_write_it(signed_in: SignedIn) -> None:
    page = "/back-office/figures/cash.variance_limit/"
    assert 'value="20.00"' in signed_in("xu").get(page).content.decode()
    today = now().date()
    sent = {"value": "12.50", "starts_on": LATER, "reason": "Fewer recounts", "do": "set"}
    assert signed_in("xu").post(page, sent).status_code == 302
    assert ParameterValue.objects.get().value == 1250
    assert queries.figure("cash.variance_limit", unit=None, on=today).value == 2000
