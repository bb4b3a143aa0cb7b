"""At the counter the customer signs one price outside the list by itself."""

from __future__ import annotations

from typing import Any

import pytest

from guiju.line.workshop import actions as workshop
from guiju.line.workshop import queries as bench
from guiju.line.workshop.models import LineSignature
from guiju.line.workshop.rules import ExceptionReason
from tests.desks.common.page import assert_strict
from tests.desks.reception.typed import once, signed
from tests.line import stages
from tests.line.cast_line import fresh

pytestmark = pytest.mark.django_db


@pytest.mark.shows("EX-10")
def test_the_line_that_was_read_is_signed_at_the_counter(shop: Any, lin_browser: Any) -> None:
    order, _ = stages.a_diagnosed_order(shop), shop.price_list
    asked = workshop.ask_exception(
        order, part=shop.compressor, unit_minor=70000, reason=ExceptionReason.RARE_PART, note="Made to order",
        by=shop.actor("chen"), at=shop.later(),
    )  # fmt: skip
    workshop.approve_exception(asked, by=shop.actor("nie"), at=shop.later())
    offers = [workshop.Offer(part=shop.compressor, unit_minor=70000)]
    draft = workshop.draft_quote(order, offers=offers, service_hours=8, by=shop.actor("chen"), at=shop.later())
    workshop.issue_quote(draft, by=shop.reception, at=shop.later())
    address = f"/reception/orders/{order.number}/"
    page = lin_browser.get(address).content.decode()
    assert_strict(page)
    (line,) = bench.unsigned_lines(bench.current_quote(fresh(order)))
    assert f'value="{line.pk}"' in page.split('id="step-sign-line"')[1]
    other = lin_browser.post(f"{address}sign-line", signed() | once() | {"line": line.pk + 1})
    assert (other.status_code == 302, LineSignature.objects.count()) == (False, 0)
    assert lin_browser.post(f"{address}sign-line", signed() | once() | {"line": line.pk}).status_code == 302
    assert LineSignature.objects.get().line_id == line.pk
