"""A part that is for other models is neither asked for nor quoted; the sentence names one that fits."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guiju.line.storeroom import actions as storeroom
from guiju.line.workshop import actions as workshop
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import Fit
from guiju.standing.pricing.models import PriceLine
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cast_line import FOUNDED, Shop, names

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(shop: Shop) -> Any:
    """Another model of the same maker, on the same line."""
    return catalogue.add_model(
        brand=shop.model.brand, line=shop.line, code="WM-OTHER", by=shop.actor("nie"), at=FOUNDED
    )


def _part(shop: Shop, code: str, *models: Any, name: str = "Compressor") -> Any:
    then = {"by": shop.actor("nie"), "at": FOUNDED}
    return catalogue.add_part(code=code, names=names(name), lines=[shop.line], models=models, **then)


@pytest.mark.shows("F27", "S6-17", "S1-41")
def test_a_part_of_another_model_is_neither_asked_for_nor_quoted(shop: Shop, other: Any) -> None:
    theirs, hose = _part(shop, "COMP-9", other), _part(shop, "HOSE-9", other, name="Hose")
    order = stages.an_approved_order(shop)
    ask = {"order": order, "quantity": 1, "by": shop.actor("chen"), "at": shop.later()}
    with pytest.raises(catalogue.DoesNotFit) as refused:
        storeroom.request_part(part=theirs, **ask)
    assert refused.value.field == "part"
    assert (
        str(refused.value) == f"COMP-9 Compressor does not fit the model {shop.model.code}. COMP-1 Compressor fits it."
    )
    # One that names the model fits as well as one that names none; and so does what is used instead by now.
    exact = _part(shop, "HOSE-1", shop.model, other, name="Hose, new")
    with pytest.raises(catalogue.DoesNotFit) as refused:
        storeroom.request_part(part=hose, **ask)
    assert str(refused.value) == f"HOSE-9 Hose does not fit the model {shop.model.code}."
    catalogue.supersede_part(hose, successor=exact, by=shop.actor("nie"), at=shop.later())
    with pytest.raises(catalogue.DoesNotFit, match="HOSE-1 Hose, new fits it"):
        storeroom.request_part(part=hose, **ask)
    for part in (shop.compressor, exact):
        assert storeroom.request_part(part=part, **ask).part == part
    # Of another kind of appliance altogether.
    line = catalogue.add_line(code="OVENS", names=names("Ovens"), by=shop.actor("nie"), at=FOUNDED)
    lamp = catalogue.add_part(code="LAMP", names=names("Lamp"), lines=[line], by=shop.actor("nie"), at=FOUNDED)
    with pytest.raises(catalogue.DoesNotFit):
        storeroom.request_part(part=lamp, **ask)
    _ = shop.price_list
    found = stages.a_diagnosed_order(shop)
    quote = {"order": found, "service_hours": 8, "by": shop.actor("chen"), "at": shop.later()}
    labour, fitting = stages.offers(shop)
    with pytest.raises(catalogue.DoesNotFit) as refused:
        workshop.draft_quote(offers=[labour, workshop.Offer(part=theirs)], **quote)
    assert refused.value.field == "lines"
    assert workshop.draft_quote(offers=[labour, fitting], **quote).total_minor


@pytest.mark.shows("F27")
def test_whose_model_nobody_read_may_get_any_part_and_a_known_one_costs_one_question(shop: Shop, other: Any) -> None:
    theirs = _part(shop, "COMP-9", other)
    unread = catalogue.register_appliance(
        unit=shop.unit, brand=shop.model.brand, line=shop.line, customer=shop.a_customer(), serial="SN-UNREAD-1",
        by=shop.reception, at=shop.now,
    )  # fmt: skip
    order = stages.an_approved_order(shop, appliance=unread)
    assert storeroom.request_part(order, part=theirs, quantity=1, by=shop.actor("chen"), at=shop.later()).part == theirs
    with CaptureQueriesContext(connection) as asked:
        catalogue.refuse_unfit([theirs], unread)
    assert len(asked) == 0
    known = stages.an_approved_order(shop).appliance
    with CaptureQueriesContext(connection) as asked:
        catalogue.refuse_unfit([shop.compressor, _part(shop, "COMP-2", shop.model)], known)
    assert sum("catalogue_fit" in each["sql"] and each["sql"].startswith("SELECT") for each in asked) == 1


@pytest.mark.shows("F27")
def test_the_bench_shows_what_fits_first_and_asks_for_nothing_else(
    signed_in: Callable[[str], Client], shop: Shop, other: Any
) -> None:
    order = stages.an_approved_order(shop)
    _part(shop, "COMP-0", other)
    _part(shop, "COMP-5", shop.model)
    answer = signed_in("chen").get(f"/bench/{order.number}/parts?part=comp")
    text = answer.content.decode()
    assert_strict(text)
    # The one that names the model, the one for all of the line, and last what does not fit, without a button.
    assert [text.index(code) for code in ("COMP-5", "COMP-1", "COMP-0")] == sorted(
        text.index(code) for code in ("COMP-5", "COMP-1", "COMP-0")
    )
    assert (text.count("Ask for it"), text.lower().count("not for this model")) == (2, 1)
    # It is folded away, and says for which model it is.
    assert "Show 1 other that is not for" in text
    assert f"made for {other.code}" in text[text.index("<details") :]
    refused = signed_in("chen").post(f"/bench/{order.number}/ask-part", {"part": "COMP-0", "quantity": 1})
    assert refused.status_code == 422
    assert "does not fit the model" in refused.content.decode()


@pytest.mark.shows("F27")
def test_a_quote_offers_last_and_closed_what_does_not_fit(
    signed_in: Callable[[str], Client], shop: Shop, other: Any
) -> None:
    _ = shop.price_list
    order, chen = stages.a_diagnosed_order(shop), signed_in("chen")
    theirs = Fit.objects.create(part=shop.compressor, model=other)
    line = PriceLine.objects.get(part=shop.compressor)
    page = chen.get(f"/bench/{order.number}/").content.decode()
    group = page[page.index(f"Not for the model {shop.model.code}") :]
    choice = re.search(rf'<option value="{line.pk}"[^>]*>', group)
    assert choice is not None
    assert "disabled" in choice[0]
    # Sent all the same, the sentence stands at the line; fitted again, the same is quoted.
    labour = PriceLine.objects.get(item=shop.labour)
    typed = {"service_hours": 8, "rows": 2, "what_0": labour.pk, "what_1": line.pk, "quantity_0": 1, "quantity_1": 1}
    refused = chen.post(f"/bench/{order.number}/quote", typed)
    assert refused.status_code == 422
    assert re.search(r'id="quote-what_1_error">.*does not fit the model', refused.content.decode())
    theirs.delete()
    assert "Not for the model" not in chen.get(f"/bench/{order.number}/").content.decode()
    assert chen.post(f"/bench/{order.number}/quote", typed).status_code == 302


def test_the_card_of_a_part_says_which_models_it_fits(
    signed_in: Callable[[str], Client], shop: Shop, other: Any
) -> None:
    shen, exact = signed_in("shen"), _part(shop, "COMP-5", other)
    text = shen.get(f"/stores/parts/{exact.pk}/").content.decode()
    assert_strict(text)
    assert "WM-OTHER" in text
    assert "Fits:" not in shen.get(f"/stores/parts/{shop.compressor.pk}/").content.decode()
