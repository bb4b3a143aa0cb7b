"""A price outside the list, walked through the browser: asked at the bench, granted by the head office, signed by the customer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from guiju.line.workorder import queries as workorder
from guiju.line.workorder.rules import State
from guiju.line.workshop.models import LineSignature, PriceException, Quote, QuoteLine
from guiju.standing.pricing.models import PriceLine
from tests.desks.common.page import assert_strict
from tests.desks.reception.typed import once, signed
from tests.line import stages
from tests.line.cast_line import Shop, fresh

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]
DEAR = {"code": "comp-1", "unit_minor": "700", "reason": "PRICE_ROSE", "note": "The maker asks 650 since October"}


@pytest.mark.shows("EX-10", "S1-41")
def test_a_dear_compressor_from_the_bench_to_the_customers_hand(shop: Shop, signed_in: SignedIn) -> None:
    order, listed = stages.a_diagnosed_order(shop), shop.price_list
    bench, office, counter = (signed_in(name) for name in ("chen", "nie", "lin"))
    customer = Client()
    customer.cookies["django_language"] = customer.cookies["guiju_language"] = "en"
    line = PriceLine.objects.get(price_list=listed, part=shop.compressor)
    typed = {"service_hours": "8", "rows": "3", "what_0": str(line.pk), "quantity_0": "1", "price_0": "700"}
    refused = bench.post(f"/bench/{order.number}/quote", typed)
    assert refused.status_code == 422
    assert "network manager" in refused.content.decode()
    odd = bench.post(f"/bench/{order.number}/ask-exception", DEAR | {"code": "NO-SUCH", "unit_minor": "0"})
    assert "has this code" in odd.content.decode()
    assert bench.post(f"/bench/{order.number}/ask-exception", DEAR).status_code == 302
    asked = PriceException.objects.get(order=order)
    page = office.get("/control-room/decisions/").content.decode()
    assert "The maker asks 650 since October" in page
    assert_strict(page)
    silent = office.post(f"/control-room/{order.number}/exceptions/{asked.pk}/reject", {"reason": "no"})
    assert silent.status_code == 422
    assert counter.post(f"/control-room/{order.number}/exceptions/{asked.pk}/approve").status_code == 403
    assert office.post(f"/control-room/{order.number}/exceptions/{asked.pk}/approve").status_code == 302
    assert bench.post(f"/bench/{order.number}/quote", typed).status_code == 302
    assert counter.post(f"/reception/orders/{order.number}/issue-quote", once()).status_code == 302
    home = f"/t/{workorder.track_token(order)}"
    shown = customer.get(home).content.decode()
    assert "costs" in shown
    assert "Our published list says" in shown
    assert "Approve with your signature" not in shown
    assert_strict(shown)
    key = QuoteLine.objects.get(exception=asked).pk
    assert f'name="line" value="{key}"' in shown
    # Signed is the line that was read, and no other that waits meanwhile.
    assert customer.post(f"{home}/sign-line", signed() | once() | {"line": key + 999}).status_code != 302
    assert LineSignature.objects.count() == 0
    assert customer.post(f"{home}/sign-line", signed() | once() | {"line": key}).status_code == 302
    assert LineSignature.objects.count() == 1
    assert "Approve with your signature" in customer.get(home).content.decode()
    assert Quote.objects.get(order=order).state == "ISSUED"
    assert fresh(order).state == State.QUOTED
