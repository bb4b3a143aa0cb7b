"""Counts in the browser: planned, counted on a phone, judged; and the figure that nobody is shown before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guiju.readiness.counting import queries
from guiju.readiness.counting.models import StockCount
from guiju.readiness.counting.rules import CountState
from tests.desks.common.page import assert_strict
from tests.readiness.counting.conftest import Room

pytestmark = [pytest.mark.django_db, pytest.mark.books_of("guiju.readiness.counting")]

SignedIn = Callable[[str], Client]


def at(name: str, count: StockCount) -> str:
    return reverse(f"stores:{name}", args=[count.number])


def sent(browser: Client, name: str, count: StockCount, **typed: Any) -> Any:
    return browser.post(at(name, count), typed)


def page(browser: Client, address: str) -> str:
    text = browser.get(address).content.decode()
    assert_strict(text)
    return text


@pytest.mark.shows("S6-25", "F09", "F11", "F14", "3.9")
def test_a_count_by_hand_from_the_plan_to_the_closed_book(signed_in: SignedIn, room: Room) -> None:
    room.put(room.board, "A-01", 10)
    keeper, counter, second, manager = (signed_in(name) for name in ("shen", "lin", "qin", "ma"))
    assert "There never was one." in page(keeper, reverse("stores:count_plan"))
    people = room.cast.people
    typed: dict[str, Any] = {
        "store": room.store.pk, "kind": "FULL", "keeper": people["shen"].pk, "first_counter": people["lin"].pk,
        "second_counter": people["lin"].pk,
    }  # fmt: skip
    refused = keeper.post(reverse("stores:count_plan"), typed)
    assert refused.status_code == 422
    assert "A count has two counters." in str(refused.context["form"].errors["second_counter"])
    assert keeper.post(reverse("stores:count_plan"), typed | {"second_counter": people["qin"].pk}).status_code == 302
    count = StockCount.objects.get()
    assert "The count has not begun." in page(keeper, at("count", count))
    sent(keeper, "count_freeze", count)
    assert "This count is blind" in page(keeper, at("count", count))

    # A receptionist with a phone: the bin first, then what lies in it; kept with every scan.
    assert "Which bin do you stand before?" in page(counter, at("count_shelf", count))
    answer = counter.post(at("count_shelf_scan", count), {"text": "PCB-01"}, follow=True)
    assert "First scan the bin" in answer.content.decode()
    sent(counter, "count_shelf_scan", count, text="ａ－０１")
    for _ in range(2):
        sent(counter, "count_shelf_scan", count, text="PCB-01")
    sent(counter, "count_shelf_scan", count, text="4006381333931")
    shown = page(counter, at("count_shelf", count))
    assert 'value="2"' in shown
    assert "4006381333931" in shown
    # A bar code in the field of a quantity is no quantity.
    refused = sent(counter, "count_shelf_tally", count, part=room.board.pk, quantity="4006381333931")
    assert refused.status_code == 422
    assert sent(counter, "count_shelf_tally", count, part=room.board.pk, quantity="9").status_code == 302
    sent(counter, "count_shelf_finish", count)
    for code in ("A-02", "B-01"):
        sent(second, "count_shelf_open", count, bin=count.bins.get(bin__code=code).pk)
        sent(second, "count_shelf_finish", count)
    assert "All bins are counted." in page(counter, at("count_shelf", count))
    sent(counter, "count_hand_in", count)

    assert "Counted 9 pieces, expected 10 pieces." in page(keeper, at("count", count))
    refused = sent(keeper, "count_explain", count)
    assert refused.status_code == 422
    (line,), (scan,) = queries.differing(count), queries.unknown_of(count)
    said = {f"cause-{line.pk}": "DAMAGED", f"outcome-{scan.pk}": "CUSTOMERS"}
    assert sent(keeper, "count_explain", count, **said).status_code == 302
    assert "count_approve" not in page(keeper, at("count", count))
    sent(manager, "count_approve", count)
    assert StockCount.objects.get().state == CountState.CLOSED
    closed = page(manager, at("count", count))
    assert "Damaged and thrown away" in closed
    assert count.number in page(manager, reverse("stores:counts"))
    for language in ("en", "zh-hans", "zh-hant"):
        assert manager.get(at("count_sheet", count), {"language": language}).content.startswith(b"%PDF")
    assert manager.get(at("count_sheet", count), {"language": "xx"}).status_code == 404


@pytest.mark.shows("3.9")
def test_what_is_far_off_is_recounted_sent_back_or_given_up_on_the_page(signed_in: SignedIn, room: Room) -> None:
    room.put(room.board, "A-01", 10)
    count = room.frozen("SPOT", "A-01", reason="Keys were lost")
    count = room.counted(count, ("lin", "A-01", {"board": 5}))
    keeper, manager, second = signed_in("shen"), signed_in("ma"), signed_in("qin")
    shown = page(keeper, at("count", count))
    assert "To be counted again by another" in shown
    sent(keeper, "count_recount", count)
    assert "Count at the shelf" in page(second, at("count", count))
    room.sheet(count, "qin", "A-01", board=5)
    sent(second, "count_hand_in", count)
    (line,) = queries.differing(count)
    answer = sent(keeper, "count_explain", count, **{f"cause-{line.pk}": "THEFT"})
    assert "say what was done to find out" in answer.content.decode()
    sent(keeper, "count_explain", count, **{f"cause-{line.pk}": "THEFT", f"note-{line.pk}": "Reported to the police."})
    answer = manager.post(at("count_approve", count), follow=True)
    assert "worth more than you may approve" in answer.content.decode()
    assert sent(manager, "count_reject", count, reason="").status_code == 422
    assert sent(manager, "count_reject", count, reason="Look behind the rack.").status_code == 302
    assert "This count is blind" in page(keeper, at("count", count))
    sent(second, "count_shelf_open", count, bin=count.bins.get().pk)
    sent(second, "count_shelf_leave", count)
    assert sent(manager, "count_cancel", count, reason="Another day.").status_code == 302
    assert StockCount.objects.get().state == CountState.CANCELLED
    assert signed_in("cai").get(at("count", count)).status_code == 404
    assert keeper.get(at("count_shelf", count)).status_code == 403
