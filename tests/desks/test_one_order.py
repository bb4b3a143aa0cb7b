"""One order, alike at every desk: its pictures go nowhere without it, and its words are those of the papers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from django.utils import translation

from guiju.desks.common import orders
from guiju.desks.common.states import word_for
from guiju.line.intake import queries as intake
from guiju.line.workorder.rules import CHANNEL_LABELS, FEE_COLLECTION_LABELS, MODE_LABELS
from guiju.line.workshop.models import Quote
from guiju.oversight.papers import wording
from guiju.standing.warranty.rules import Coverage
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]


@pytest.mark.shows("T05")
def test_a_picture_is_shown_with_its_order_and_with_no_other(signed_in: SignedIn, shop: Shop) -> None:
    order, other = shop.a_received_order(), shop.a_received_order()
    pictures = [photo.evidence_id for photo in intake.photos_of(order)]
    assert len(pictures) >= 4
    lin = signed_in("lin")
    mine = lin.get(f"/orders/{order.number}/pictures/{pictures[0]}")
    assert mine.status_code == 200
    assert mine["Content-Type"].startswith("image/")
    assert mine["Cache-Control"] == "private, max-age=3600"
    assert b"".join(mine).startswith(b"\xff\xd8")
    assert lin.get(f"/orders/{other.number}/pictures/{pictures[0]}").status_code == 404
    assert signed_in("zhou").get(f"/orders/{order.number}/pictures/{pictures[0]}").status_code == 404


def test_one_picture_is_one_question(shop: Shop, django_assert_num_queries: Any) -> None:
    order, other = shop.a_received_order(), shop.a_received_order()
    check = intake.check_of(order)
    assert check is not None
    for pk in (intake.photos_of(order)[-1].evidence_id, check.signature_id):
        with django_assert_num_queries(1):
            assert orders.file_of(order, pk).pk == pk
        with pytest.raises(Http404):
            orders.file_of(other, pk)


def test_a_quotes_signature_belongs_to_its_order(shop: Shop) -> None:
    order = stages.an_approved_order(shop)
    signed = Quote.objects.get(order=order).signature_id
    assert signed is not None
    assert orders.file_of(order, signed).pk == signed


def test_the_dossier_says_how_the_customer_pays(signed_in: SignedIn, shop: Shop) -> None:
    order = shop.a_received_order()
    page = signed_in("lin").get(f"/orders/{order.number}/").content.decode()
    assert "How fees are collected" in page
    assert "On collection" in page


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_a_paper_calls_everything_as_the_desk_does(language: str) -> None:
    words = (
        (wording.channel_word, "channel", CHANNEL_LABELS),
        (wording.mode_word, "mode", MODE_LABELS),
        (wording.fee_word, "fee_collection", FEE_COLLECTION_LABELS),
        (wording.coverage_word, "coverage", Coverage),
    )
    with translation.override(language):
        for word, machine, codes in words:
            assert {code: word(code) for code in codes} == {code: word_for(code, machine) for code in codes}
