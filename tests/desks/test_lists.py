"""Lists: filtered by a plain form, sorted and turned along an index, seen as each person likes, taken away, and acted on row by row."""

from __future__ import annotations

import csv
import io
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from guiju.desks.common.listing import many, page
from guiju.kernel import paging
from guiju.kernel.models import TrailEntry
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import Hold
from guiju.standing.catalogue.models import Appliance
from guiju.standing.customers import actions as customers
from guiju.standing.people.models import SavedView
from guiju.standing.policy import actions as policy
from tests.desks.common.page import assert_strict
from tests.desks.seat import Seat, said
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = [pytest.mark.django_db]

HOLD = str(next(iter(Hold)))
SignedIn = Callable[[str], Client]


def page_of(client: Client, path: str, **asked: Any) -> str:
    response = client.get(path, asked)
    assert response.status_code == 200, (path, response.status_code)
    return str(response.content.decode())


def numbers(html: str) -> list[str]:
    """The jobs on the page, from the first to the last."""
    return re.findall(r'<a href="/orders/(WO-[\w-]+)/">', html)


def link(html: str, rel: str) -> str:
    found = re.search(rf'rel="{rel}" href="([^"]+)"', html)
    return found[1].replace("&amp;", "&") if found else ""


@pytest.fixture
def few_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "ROWS", 2)


@pytest.mark.shows("M03")
def test_the_pages_of_a_list_hold_every_row_once_there_and_back(
    shop: Shop, signed_in: SignedIn, few_rows: None
) -> None:
    made = [shop.a_registered_order().number for _ in range(5)][::-1]
    lin = signed_in("lin")
    first = page_of(lin, "/orders/")
    assert numbers(first) == made[:2]
    second = page_of(lin, "/orders/" + link(first, "next"))
    third = page_of(lin, "/orders/" + link(second, "next"))
    assert (numbers(second), numbers(third), link(third, "next")) == (made[2:4], made[4:], "")
    assert numbers(page_of(lin, "/orders/" + link(third, "prev"))) == made[2:4]
    # A page that would begin before the first row is the first.
    assert numbers(page_of(lin, "/orders/" + link(page_of(lin, "/orders/" + link(third, "prev")), "prev"))) == made[:2]
    assert_strict(third)


def test_a_place_in_one_list_opens_no_other(shop: Shop, signed_in: SignedIn, few_rows: None) -> None:
    for _ in range(3):
        shop.a_registered_order()
    lin = signed_in("lin")
    onward = link(page_of(lin, "/orders/"), "next")
    assert lin.get("/orders/" + onward).status_code == 200
    assert lin.get("/orders/" + onward + "&state=READY").status_code == 422


def test_rows_without_a_value_come_last_whichever_way_the_list_goes(shop: Shop) -> None:
    machines = [shop.a_registered_order().appliance_id for _ in range(5)]
    for year, pk in zip((2019, 2021, 2020), machines, strict=False):
        Appliance.objects.filter(pk=pk).update(made_in_year=year)
    a, b, c, d, e = machines
    for is_back, wanted in ((False, [a, c, b, d, e]), (True, [b, c, a, e, d])):
        order = paging.Order("made_in_year", is_back=is_back, may_be_empty=True)
        seen, behind = [], None
        while True:
            found = paging.page(Appliance.objects.all(), order, limit=2, behind=behind)
            seen.append([row.pk for row in found.rows])
            if found.after is None:
                break
            behind = found.after
        assert seen == [wanted[:2], wanted[2:4], wanted[4:]]
        # And back again, over the border of those without a value.
        back = paging.page(Appliance.objects.all(), order, limit=2, behind=found.before, is_backward=True)
        assert [row.pk for row in back.rows] == wanted[2:4]
        back = paging.page(Appliance.objects.all(), order, limit=2, behind=back.before, is_backward=True)
        assert [row.pk for row in back.rows] == wanted[:2]


def test_a_filter_narrows_the_list_and_its_chip_takes_it_away(shop: Shop, signed_in: SignedIn) -> None:
    registered, received = shop.a_registered_order(), shop.a_received_order()
    lin = signed_in("lin")
    html = page_of(lin, "/orders/", state="RECEIVED")
    assert numbers(html) == [received.number]
    assert 'class="chip listing-chip" href="?all=1"' in html
    assert set(numbers(page_of(lin, "/orders/?all=1"))) == {registered.number, received.number}
    for typed in (received.number.lower(), received.number[:-1], received.customer.name, received.appliance.serial[:4]):
        assert received.number in numbers(page_of(lin, "/orders/", q=typed)), typed
    # A day that is none is said at its field, and the other filters stand as they were typed.
    wrong = lin.get("/orders/", {"opened_from": "yesterday", "state": "RECEIVED"})
    assert wrong.status_code == 422
    assert 'value="RECEIVED" selected' in wrong.content.decode()


def test_the_last_day_of_a_span_is_wholly_in_it(shop: Shop, signed_in: SignedIn) -> None:
    order = shop.a_registered_order()
    day = shop.unit.day(order.opened_at).isoformat()
    lin = signed_in("lin")
    assert numbers(page_of(lin, "/orders/", opened_from=day, opened_to=day)) == [order.number]
    assert numbers(page_of(lin, "/orders/", opened_to="2020-01-01")) == []


def test_who_may_not_see_customers_finds_no_job_by_a_name(shop: Shop, signed_in: SignedIn) -> None:
    order = shop.a_received_order()
    name = order.customer.name
    assert numbers(page_of(signed_in("lin"), "/orders/", q=name)) == [order.number]
    assert numbers(page_of(signed_in("qin"), "/orders/", q=name)) == []
    assert numbers(page_of(signed_in("qin"), "/orders/", q=order.number)) == [order.number]


def test_another_outlets_rows_are_on_no_list(shop: Shop, other_shop: Shop, signed_in: SignedIn) -> None:
    ours, theirs = shop.a_registered_order().number, other_shop.a_registered_order().number
    assert numbers(page_of(signed_in("lin"), "/orders/")) == [ours]
    assert set(numbers(page_of(signed_in("nie"), "/orders/"))) == {ours, theirs}
    act = signed_in("lin").post("/lists/orders/acts/hold", {"chosen": [WorkOrder.objects.get(number=theirs).pk]})
    assert act.status_code == 302, "a row that one may not see cannot be chosen"


# --- How each person likes to see it


@pytest.mark.shows("M03")
def test_each_person_chooses_columns_and_their_order(shop: Shop, signed_in: SignedIn) -> None:
    shop.a_registered_order()
    lin = signed_in("lin")
    assert lin.post("/lists/orders/columns", {"column": ["state", "number"]}).status_code == 302
    assert heads(page_of(lin, "/orders/?all=1")) == ["State", "Job"]
    lin.post("/lists/orders/columns", {"column": ["state", "number"], "move": "number"})
    assert heads(page_of(lin, "/orders/?all=1")) == ["Job", "State"]
    assert "Appliance" in heads(page_of(signed_in("bo"), "/orders/"))


@pytest.mark.shows("M03")
def test_a_view_is_kept_opened_first_shared_by_a_manager_and_dropped(shop: Shop, signed_in: SignedIn) -> None:
    shop.a_registered_order()
    received = shop.a_received_order().number
    lin, ma, bo = signed_in("lin"), signed_in("ma"), signed_in("bo")
    assert lin.post("/lists/orders/views?state=RECEIVED", {"name": "On the shelf", "is_first": "on"}).status_code == 302
    opened = lin.get("/orders/", follow=True)
    assert numbers(opened.content.decode()) == [received]
    assert len(numbers(page_of(lin, "/orders/?all=1"))) == 2
    view = SavedView.objects.get(name="On the shelf")
    assert lin.post(f"/lists/orders/views/{view.pk}/share").status_code == 403
    ma.post("/lists/orders/views?state=RECEIVED", {"name": "Ours"})
    own = SavedView.objects.get(name="Ours")
    assert "Ours" not in page_of(bo, "/orders/")
    assert ma.post(f"/lists/orders/views/{own.pk}/share").status_code == 302
    assert "Ours" in page_of(bo, "/orders/")
    assert bo.post(f"/lists/orders/views/{own.pk}/drop").status_code == 403
    assert ma.post(f"/lists/orders/views/{own.pk}/drop").status_code == 302
    assert "Ours" not in page_of(bo, "/orders/")


def heads(html: str) -> list[str]:
    """The columns, without the one in which rows are ticked."""
    head = html.split("<thead>")[1].split("</thead>", maxsplit=1)[0]
    named = [re.sub(r"<[^>]+>", "", each).strip() for each in re.findall(r"<th[ >].*?</th>", head)]
    return [each for each in named if each != "Choose all rows of this page"]


# --- Taken away


def rows_of(response: Any) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.shows("M03")
def test_a_list_leaves_as_csv_as_it_is_filtered_and_that_it_did_is_in_the_trail(
    shop: Shop, signed_in: SignedIn
) -> None:
    shop.a_registered_order()
    received = shop.a_received_order()
    customers.change(received.customer, name="=HYPERLINK(1)", by=shop.reception, at=shop.later())
    lin = signed_in("lin")
    lin.post("/lists/orders/columns", {"column": ["number", "customer", "phone", "opened"]})
    answer = lin.post("/lists/orders/export?state=RECEIVED", {"form": "csv"})
    assert answer.headers["Content-Disposition"].endswith('.csv"')
    head, row = rows_of(answer)
    assert head == ["Job", "Customer", "Telephone", "Opened"]
    # What a spreadsheet would run is text; who may read numbers has them whole.
    assert row[:2] == [received.number, "'=HYPERLINK(1)"]
    assert received.customer.phones.get().e164 in row[2]
    entry = TrailEntry.objects.get(verb="people.export_list")
    assert (entry.facts["rows"], entry.facts["query"], entry.facts["listing"]) == (1, "state=RECEIVED", "orders")


def test_who_may_not_take_names_away_takes_nothing(shop: Shop, signed_in: SignedIn) -> None:
    shop.a_received_order()
    assert signed_in("bo").post("/lists/orders/export", {"form": "csv"}).status_code == 200
    assert signed_in("qin").post("/lists/orders/export", {"form": "csv"}).status_code == 403
    assert "list_export" not in page_of(signed_in("qin"), "/orders/")
    assert TrailEntry.objects.filter(verb="people.export_list").count() == 1


@pytest.mark.shows("M03")
def test_a_list_leaves_as_a_workbook_with_real_days_and_amounts(shop: Shop, signed_in: SignedIn) -> None:
    stages.a_paid_order(shop)
    answer = signed_in("cai").post("/lists/receipts/export", {"form": "xlsx"})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0)
    head, row = sheet.to_python()
    told = dict(zip(head, row, strict=True))
    assert isinstance(told["Amount"], float)
    assert told["Amount"] > 0
    assert told["Currency"] == "CNY"
    assert told["When"].year == shop.now.year


def test_more_rows_than_one_file_holds_are_refused_in_a_sentence(shop: Shop, signed_in: SignedIn) -> None:
    for _ in range(3):
        shop.a_registered_order()
    policy.set_value(
        "list.export_rows", value=2, unit=None, starts_on=shop.now.date(), reason="A small file",
        by=shop.actor("nie"), at=shop.later(),
    )  # fmt: skip
    lin = signed_in("lin")
    answer = lin.post("/lists/orders/export", {"form": "csv"}, follow=True)
    assert "These are more than 2 rows" in answer.content.decode()
    assert not TrailEntry.objects.filter(verb="people.export_list").exists()


# --- Done to many


@pytest.mark.shows("M03")
def test_many_jobs_are_held_and_what_was_not_is_named_with_its_reason(shop: Shop, signed_in: SignedIn) -> None:
    first, second = shop.a_received_order(), shop.a_received_order()
    over = stages.a_delivered_order(shop)
    bo, chosen = Seat(signed_in("bo")), [first.pk, second.pk, over.pk]
    asked = bo.post("/lists/orders/acts/hold", chosen=chosen)
    assert (asked.status_code, first.number in asked.content.decode()) == (200, True)
    assert not WorkOrder.objects.exclude(hold="").exists(), "it is only asked"
    empty = bo.post("/lists/orders/acts/hold", chosen=chosen, sure="1", hold=HOLD, reason="")
    assert empty.status_code == 422
    key = str(uuid.uuid4())
    for _ in range(2):
        done = bo.post(
            "/lists/orders/acts/hold", chosen=chosen, sure="1", hold=HOLD, reason="The power is off", once=key
        )
        html = done.content.decode()
        assert "2 done, 1 not" in html
        assert over.number in html
    assert set(WorkOrder.objects.exclude(hold="").values_list("pk", flat=True)) == {first.pk, second.pk}
    assert TrailEntry.objects.filter(verb="workorder.hold").count() == 2, "sent twice, done once"
    freed = bo.post("/lists/orders/acts/release", chosen=chosen[:2], sure="1")
    assert freed.status_code == 302
    assert not WorkOrder.objects.exclude(hold="").exists()


@pytest.mark.shows("M03")
def test_all_rows_of_a_list_as_it_is_filtered_are_chosen_at_once(
    shop: Shop, signed_in: SignedIn, few_rows: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    received, other = [shop.a_received_order() for _ in range(5)], shop.a_registered_order()
    bo, way = Seat(signed_in("bo")), "/lists/orders/acts/hold?state=RECEIVED"
    assert 'name="everything"' in page_of(bo.client, "/orders/?state=RECEIVED")
    assert 'name="everything"' not in page_of(bo.client, "/orders/?state=REGISTERED"), "one page is all there is"
    asked = said(bo.post(way, everything="1"))
    assert all(order.number in asked for order in received)
    assert other.number not in asked
    monkeypatch.setattr(many, "ROWS_MAX", 3)
    asked = said(bo.post(way, everything="1"))
    assert "At most 3 rows are done at once" in asked
    assert sum(order.number in asked for order in received) == 3


def test_a_script_is_answered_part_by_part_and_led_back_behind_the_last(shop: Shop, signed_in: SignedIn) -> None:
    first, second, key = shop.a_received_order(), shop.a_received_order(), str(uuid.uuid4())
    bo, way = signed_in("bo"), "/lists/orders/acts/hold?"
    typed = {"sure": "1", "hold": HOLD, "reason": "The power is off", "once": key}
    for _ in range(2):
        part = bo.post(way, {**typed, "chosen": first.pk, "before": "0"}, headers={"X-Sent-By": "rows"})
        assert part.json() == {"done": 1, "refused": []}
    # The same for the other row, and the form's key is one for all.
    last = bo.post(way, {**typed, "chosen": second.pk, "before": "1", "last": "1"}, headers={"X-Sent-By": "rows"})
    assert last.json() == {"done": 1, "refused": [], "go": "/orders/?all=1"}
    assert "Let the work stand still: 2 done." in page_of(bo, "/orders/")
    refused = bo.post(way, {**typed, "once": "", "chosen": first.pk, "last": "1"}, headers={"X-Sent-By": "rows"}).json()
    assert (refused["done"], refused["refused"][0][0], "go" in refused) == (0, first.number, False)
    # What a form lacks is said on its page, not to a script.
    assert bo.post(way, {**typed, "reason": "", "chosen": first.pk}, headers={"X-Sent-By": "rows"}).status_code == 422
    assert TrailEntry.objects.filter(verb="workorder.hold").count() == 2


@pytest.mark.shows("M03")
def test_many_jobs_are_assigned_to_one_technician(shop: Shop, signed_in: SignedIn) -> None:
    orders = [shop.a_received_order(), shop.a_received_order()]
    chen = Seat(signed_in("bo")).post(
        "/lists/orders/acts/assign", chosen=[each.pk for each in orders], sure="1", technician="P-chen"
    )
    assert chen.status_code in {302, 200, 409}
    given = WorkOrder.objects.filter(pk__in=[each.pk for each in orders], technician__isnull=False).count()
    # Whoever is not certified for it is refused for each job, in the trade's words.
    assert given == 2 or "certificate" in chen.content.decode()
    assert Seat(signed_in("lin")).post("/lists/orders/acts/assign", chosen=[orders[0].pk]).status_code == 403
