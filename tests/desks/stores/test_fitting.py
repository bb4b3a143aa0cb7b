"""The card of a part says what it fits; whoever keeps the catalogue names and ends it there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue import queries
from tests.desks.common.page import assert_strict
from tests.line.cast_line import FOUNDED, Shop, names

pytestmark = pytest.mark.django_db


@pytest.mark.shows("F27")
def test_what_a_part_fits_is_named_and_ended_on_its_card(signed_in: Callable[[str], Client], shop: Shop) -> None:
    then: dict[str, Any] = {"by": shop.actor("nie"), "at": FOUNDED}
    nie, shen, part = signed_in("nie"), signed_in("shen"), shop.compressor
    url = f"/stores/parts/{part.pk}/"
    oven = catalogue.add_line(code="OVENS", names=names("Ovens"), **then)
    twin = catalogue.add_brand(name="Haier", **then)
    catalogue.add_model(brand=twin, line=shop.line, code=shop.model.code, **then)

    def card(browser: Client) -> str:
        text: str = browser.get(url).content.decode()
        assert_strict(text)
        return text[text.index('id="fits"') :]

    def done(slug: str, **typed: Any) -> Any:
        return nie.post(url + slug, {"reason": "The maker's list", **typed})

    # Whoever keeps the store reads it, and says nothing of it.
    assert "It names no model" in card(shen)
    assert f"{url}fit-model" not in card(shen)
    assert shen.post(f"{url}fit-model", {"model": shop.model.code, "reason": "x"}).status_code == 403
    for typed, said in (
        ({"model": "NONE-1"}, "No model has this name"),
        ({"model": shop.model.code}, "Several makers"),
        ({"model": f"Haier:{shop.model.code}", "reason": ""}, "This is needed"),
    ):
        refused = done("fit-model", **typed)
        text = refused.content.decode()
        assert (refused.status_code, said in text) == (422, True)
        assert f'value="{typed["model"]}"' in text, "what was typed stays"
    assert done("fit-model", model=f"Haier:{shop.model.code}").status_code == 302
    assert done("fit-line", line=oven.pk).status_code == 302
    assert "Haier" in card(shen)
    refused = done("end-line", line=shop.line.pk)
    assert (refused.status_code, "End these first" in refused.content.decode()) == (422, True)
    named = queries.models_of(part)[0]
    assert done("end-model", model=named.pk).status_code == 302
    assert done("end-line", line=oven.pk).status_code == 302
    assert "It names no model" in card(shen)
