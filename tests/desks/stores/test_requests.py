"""What the store keeper does with a request, in the browser."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom.models import PartRequest
from guiju.line.storeroom.rules import RequestState
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]


@pytest.fixture
def asked(shop: Shop) -> PartRequest:
    """A compressor that chen waits for."""
    return stages.a_requested_part(shop, stages.an_approved_order(shop))


def at(name: str, asked: PartRequest) -> str:
    """The address of what is done to the request."""
    return reverse(f"stores:{name}", args=[asked.number])


def state(asked: PartRequest) -> str:
    return PartRequest.objects.get(pk=asked.pk).state


@pytest.mark.shows("S6-17")
def test_the_queue_shows_what_waits_and_what_is_late(signed_in: SignedIn, asked: PartRequest) -> None:
    answer = signed_in("shen").get("/stores/")
    page = answer.content.decode()
    assert asked.order.number in page
    # The clock of the page is long after the cast's Monday.
    assert "is-late" in page
    assert_strict(page)
    assert "is-late" not in signed_in("tang").get("/stores/").content.decode()


@pytest.mark.shows("S6-18", "S6-21", "D10")
def test_a_part_on_the_shelf_is_reserved_from_the_chosen_bin_and_issued(
    signed_in: SignedIn, shop: Shop, asked: PartRequest
) -> None:
    bin = stages.a_bin(shop, holding=2)
    keeper = signed_in("shen")
    page = keeper.get(at("request", asked)).content.decode()
    assert "MAIN/A-1: 2 pieces free" in page
    assert_strict(page)
    assert keeper.post(at("available", asked), {"bin": bin.pk, "once": "a"}).status_code == 302
    assert state(asked) == RequestState.RESERVED
    assert_strict(keeper.get(at("request", asked)).content.decode())
    assert keeper.post(at("issue", asked), {"once": "b"}).status_code == 302
    assert state(asked) == RequestState.ISSUED
    assert_strict(keeper.get(at("request", asked)).content.decode())


@pytest.mark.shows("INV-2")
def test_a_bin_that_is_too_empty_says_so_at_the_bin(signed_in: SignedIn, shop: Shop) -> None:
    asked = stages.a_requested_part(shop, stages.an_approved_order(shop), quantity=3)
    bin = stages.a_bin(shop, holding=1)
    answer = signed_in("shen").post(at("available", asked), {"bin": bin.pk})
    assert answer.status_code == 422
    assert "3 of COMP-1 are wanted, and 1 are free." in str(answer.context["reserve"].errors["bin"])
    assert state(asked) == RequestState.REQUESTED


@pytest.mark.shows("S6-19", "D11")
def test_none_here_is_ordered_with_a_date_and_its_basis(signed_in: SignedIn, asked: PartRequest) -> None:
    keeper = signed_in("shen")
    typed = {"kind": "PURCHASE", "expected_on": "2099-01-05", "basis": ""}
    answer = keeper.post(at("none", asked), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say where this date is from." in str(answer.context["none"].errors["basis"])
    assert 'value="2099-01-05"' in page
    assert_strict(page)
    assert keeper.post(at("none", asked), typed | {"basis": "The supplier"}).status_code == 302
    assert state(asked) == RequestState.ON_ORDER
    page = keeper.get(at("request", asked)).content.decode()
    assert "The supplier" in page
    assert_strict(page)


def test_the_past_is_no_date_for_a_delivery(signed_in: SignedIn, asked: PartRequest) -> None:
    typed = {"kind": "TRANSFER", "expected_on": "2020-01-01", "basis": "GZ02"}
    answer = signed_in("shen").post(at("none", asked), typed)
    assert "The part cannot be expected in the past." in str(answer.context["none"].errors["expected_on"])
    assert 'value="GZ02"' in answer.content.decode()


@pytest.mark.shows("S6-19", "D11")
def test_the_date_moves_and_what_arrived_is_reserved(signed_in: SignedIn, shop: Shop, asked: PartRequest) -> None:
    storeroom.answer_none(asked, by=shop.actor("shen"), at=shop.later())
    keeper = signed_in("shen")
    typed = {"expected_on": "2099-02-01", "basis": "Their letter"}
    assert keeper.post(at("expect", asked), typed).status_code == 302
    assert "Their letter" in keeper.get(at("request", asked)).content.decode()
    bin = stages.a_bin(shop, holding=1)
    assert keeper.post(at("arrived", asked), {"bin": bin.pk}).status_code == 302
    assert state(asked) == RequestState.RESERVED


@pytest.mark.shows("S6-21")
def test_what_was_not_used_comes_back_and_no_more(signed_in: SignedIn, shop: Shop) -> None:
    asked = stages.an_issued_part(shop, stages.an_approved_order(shop, parts=2), quantity=2)
    keeper = signed_in("shen")
    answer = keeper.post(at("take_back", asked), {"quantity": "3"})
    assert answer.status_code == 422
    assert "Only 2 of this part" in str(answer.context["back"].errors["quantity"])
    assert 'value="3"' in answer.content.decode()
    assert keeper.post(at("take_back", asked), {"quantity": "2"}).status_code == 302
    assert state(asked) == RequestState.RETURNED


def test_cancelling_frees_the_part(signed_in: SignedIn, shop: Shop, asked: PartRequest) -> None:
    storeroom.answer_available(asked, bin=stages.a_bin(shop, holding=1), by=shop.actor("shen"), at=shop.later())
    assert signed_in("shen").post(at("cancel", asked), {}).status_code == 302
    assert state(asked) == RequestState.CANCELLED


def test_what_is_issued_cannot_be_cancelled_and_the_page_says_what_can(signed_in: SignedIn, shop: Shop) -> None:
    asked = stages.an_issued_part(shop, stages.an_approved_order(shop))
    answer = signed_in("shen").post(at("cancel", asked), {}, follow=True)
    assert "From here it can become: Returned unused." in answer.content.decode()


@pytest.mark.shows("F08")
def test_the_same_form_twice_is_once(signed_in: SignedIn, shop: Shop, asked: PartRequest) -> None:
    bin = stages.a_bin(shop, holding=2)
    keeper = signed_in("shen")
    for _ in range(2):
        assert keeper.post(at("available", asked), {"bin": bin.pk, "once": "the same"}).status_code == 302
    assert state(asked) == RequestState.RESERVED


@pytest.mark.parametrize(("who", "status"), [("tang", 404), ("cai", 404), ("chen", 403), ("ma", 403), ("shen", 302)])
@pytest.mark.shows("T01", "T03")
def test_only_the_keeper_of_the_outlet_answers(
    signed_in: SignedIn, shop: Shop, asked: PartRequest, who: str, status: int
) -> None:
    bin: Any = stages.a_bin(shop, holding=1)
    assert signed_in(who).post(at("available", asked), {"bin": bin.pk}).status_code == status
    assert (state(asked) == RequestState.RESERVED) == (who == "shen")


def test_a_technician_sees_the_own_request_and_may_only_cancel_it(signed_in: SignedIn, asked: PartRequest) -> None:
    page = signed_in("chen").get(at("request", asked)).content.decode()
    assert "Cancel the request" in page
    assert "Order it for the job" not in page
    assert signed_in("wu").get(at("request", asked)).status_code == 404


def test_the_desk_counts_what_waits(signed_in: SignedIn, shop: Shop, asked: PartRequest) -> None:
    assert 'desk-count">1<' in signed_in("shen").get("/stores/").content.decode()
    storeroom.answer_none(asked, by=shop.actor("shen"), at=shop.later() + timedelta(minutes=1))
    assert "desk-count" not in signed_in("shen").get("/stores/").content.decode()
