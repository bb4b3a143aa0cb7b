"""Lists: a page begins behind the last row of the page before, filters and orders are named beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guiju.line.workorder.models import WorkOrder
from tests.api.conftest import Program, is_problem
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

As = Callable[..., Program]


def pages(program: Program, path: str, **asked: Any) -> Iterator[dict[str, Any]]:
    """Every page, from the first to the last."""
    cursor: str | None = ""
    while cursor is not None:
        page: dict[str, Any] = program.get(path, **asked, **({"cursor": cursor} if cursor else {})).json()  # type: ignore[attr-defined]
        yield page
        cursor = page["next"]


def numbers(page: dict[str, Any]) -> list[str]:
    return [each["number"] for each in page["items"]]


def test_the_pages_of_a_list_hold_every_row_once(shop: Shop, program: As) -> None:
    made = [shop.a_registered_order().number for _ in range(5)]
    lin = program("lin")
    assert [numbers(page) for page in pages(lin, "/orders", limit=2, sort="id")] == [made[:2], made[2:4], made[4:]]
    assert [numbers(page) for page in pages(lin, "/orders", limit=5)] == [made[::-1]]


def test_a_row_that_is_entered_meanwhile_moves_no_page(shop: Shop, program: As) -> None:
    made = [shop.a_registered_order().number for _ in range(4)]
    lin = program("lin")
    first = lin.get("/orders", limit=2).json()  # type: ignore[attr-defined]
    late = shop.a_registered_order().number
    second = lin.get("/orders", limit=2, cursor=first["next"]).json()  # type: ignore[attr-defined]
    assert numbers(first) + numbers(second) == made[::-1]
    # Who begins anew sees it.
    assert numbers(lin.get("/orders", limit=1).json()) == [late]  # type: ignore[attr-defined]


def test_rows_of_equal_rank_are_told_apart_by_their_key(shop: Shop, program: As) -> None:
    made = {shop.a_registered_order().number for _ in range(5)}
    same = WorkOrder.objects.order_by("pk").values_list("promised_at", flat=True)[0]
    WorkOrder.objects.update(promised_at=same, first_promised_at=same)
    found = [
        number for page in pages(program("lin"), "/orders", limit=2, sort="-promised_at") for number in numbers(page)
    ]
    assert len(found) == len(made)
    assert set(found) == made


def test_the_next_page_is_also_in_the_header(shop: Shop, program: As) -> None:
    shop.a_registered_order(), shop.a_registered_order()
    lin = program("lin")
    answer = lin.get("/orders", limit=1, state="REGISTERED")
    link = answer["Link"]
    assert link.startswith("</api/v1/orders?")
    assert link.endswith('>; rel="next"')
    following = lin.client.get(link[1:].partition(">")[0])
    assert following.json()["next"] is None
    assert "Link" not in following


def test_a_filter_that_does_not_exist_is_refused_with_those_that_do(shop: Shop, program: As) -> None:
    lin = program("lin")
    problem = is_problem(lin.get("/orders", sttae="READY"), 422, "unknown_filter")
    assert problem["field"] == "sttae"
    assert {"state", "unit", "technician", "q"} <= set(problem["allowed"])
    assert "technician" in problem["detail"]
    assert lin.get("/orders", state="READY").status_code == 200
    assert is_problem(lin.get("/orders", state="SLEEPING"), 422, "invalid")["field"].startswith("state")
    assert is_problem(lin.get("/orders", sort="shoe_size"), 422, "invalid")["field"] == "sort"
    for limit in (0, 201):
        assert is_problem(lin.get("/orders", limit=limit), 422, "invalid")["field"] == "limit"


def test_a_cursor_is_good_for_its_own_list_alone(shop: Shop, program: As) -> None:
    shop.a_registered_order(), shop.a_registered_order()
    lin = program("lin")
    cursor = lin.get("/orders", limit=1).json()["next"]  # type: ignore[attr-defined]
    assert lin.get("/orders", limit=1, cursor=cursor).status_code == 200
    for asked in (
        {"cursor": cursor + "x"}, {"cursor": cursor, "state": "READY"}, {"cursor": cursor, "sort": "id"}, {"cursor": "1"},
    ):  # fmt: skip
        assert is_problem(lin.get("/orders", limit=1, **asked), 422, "cursor_invalid")["field"] == "cursor"
    is_problem(lin.get("/customers", limit=1, cursor=cursor), 422, "cursor_invalid")


def test_a_cursor_shows_nobody_more_than_they_may_see(shop: Shop, program: As) -> None:
    shop.a_registered_order(), shop.a_registered_order()
    cursor = program("lin").get("/orders", limit=1).json()["next"]  # type: ignore[attr-defined]
    assert program("zhou").get("/orders", limit=1, cursor=cursor).json()["items"] == []  # type: ignore[attr-defined]


def test_filters_narrow(shop: Shop, program: As) -> None:
    waiting, given = shop.a_received_order(), shop.a_dispatched_order()
    lin = program("lin")

    def found(**asked: Any) -> list[str]:
        return numbers(lin.get("/orders", sort="id", **asked).json())  # type: ignore[attr-defined]

    assert found(technician="P-chen") == [given.number]
    assert found(state=["RECEIVED", "DISPATCHED"]) == [waiting.number, given.number]
    assert found(customer=waiting.customer_id) == [waiting.number]
    assert found(q=waiting.appliance.serial) == [waiting.number]
    assert found(q=waiting.number.lower()) == [waiting.number]
    assert found(is_open="false") == []
    assert found(opened_before="2001-01-01T00:00:00+08:00") == []


# Every list, whose it is, and what may be asked of it besides.
LISTS = {
    "/orders": "lin", "/quotes": "lin", "/commitments": "lin",
    "/promise-outcomes": "lin", "/come-backs": "bo", "/part-requests": "shen", "/bills": "cai", "/receipts": "cai", "/printings": "cai",
    "/tills": "cai", "/till-sessions": "cai", "/credits": "cai", "/appliances": "lin", "/customers": "lin", "/requests": "lin",
    "/assignments": "bo", "/unclaimed": "ma", "/stock": "shen", "/stock-moves": "shen", "/bins": "shen", "/stores": "shen",
    "/money-moves": "cai", "/messages": "lin", "/trail": "ma", "/deliveries": "ad", "/units": "nie", "/people": "nie",
    "/role-grants": "nie", "/keys": "nie", "/price-lists": "lin", "/price-lines": "lin", "/warranty-terms": "nie",
    "/warranty-profiles": "nie",
    "/certificates": "bo", "/brands": "lin", "/lines": "lin", "/models": "lin", "/codes": "lin", "/parts": "lin",
    "/service-items": "lin", "/imports": "nie", "/figure-values": "nie", "/calls": "lin", "/call-backs": "lin", "/closed-days": "ma",
    "/loaners": "lin", "/wordings": "ma", "/message-attempts": "ma", "/webhook-endpoints": "ma", "/webhook-messages": "ma",
    "/webhook-attempts": "ma", "/deposits": "cai", "/cash-days": "cai", "/parts-deposits": "cai", "/debts": "cai",
    "/collections": "cai", "/exchange-cases": "lin", "/exchange-units": "shen",
    "/registrations": "lin", "/price-exceptions": "lin", "/warnings": "bo", "/wall-warnings": "ma", "/store-alarms": "ma",
    "/display-proofs": "lin",
    "/old-parts": "shen", "/store-reports": "shen", "/old-part-batches": "shen", "/transfers": "shen",
    "/requisitions": "chen", "/counts": "shen",
    "/level-minimums": "shen",
    "/level-suggestions": "shen", "/stock-levels": "shen", "/store-inspections": "shen", "/climate-readings": "shen",
    "/fire-equipment": "shen", "/controlled-stores": "shen", "/controlled-openings": "shen", "/custodian-grants": "shen",
    "/purchases": "shen", "/purchase-orders": "ma", "/goods-receipts": "shen", "/sourcings": "ma", "/suppliers": "shen",
    "/supplier-offers": "ma", "/supplier-invoices": "ma",
    "/bags": "cai", "/bank-deposits": "cai", "/duty-nights": "ma", "/cash-alarms": "ma", "/bank-lines": "fang",
    "/cash-hand-overs": "cai", "/petty-boxes": "fang", "/petty-expenses": "fang",
}  # fmt: skip


@pytest.fixture
def full_shop(shop: Shop) -> Shop:
    """Two of most things."""
    _ = shop.price_list, shop.labour, shop.test, shop.fault, shop.defect, shop.symptom, shop.misuse
    stages.a_delivered_order(shop)
    stages.a_requested_part(shop, stages.an_approved_order(shop))
    stages.a_quoted_order(shop)
    return shop


def test_a_long_page_takes_as_many_statements_as_a_short_one(full_shop: Shop, program: As) -> None:
    longer = 0
    for path, name in LISTS.items():
        asker = program(name)
        asker.get(path, limit=1)
        with CaptureQueriesContext(
            connection,
        ) as short:
            few = asker.get(path, limit=1).json()["items"]  # type: ignore[attr-defined]
        with CaptureQueriesContext(connection) as long:
            many = asker.get(path, limit=200).json()["items"]  # type: ignore[attr-defined]
        assert len(few) <= 1
        longer += len(many) > 1
        # Relations that no row of the short page has are not asked for: at most one statement each, however long the page.
        assert len(long) <= len(short) + 1, (path, len(many), [each["sql"] for each in long])
    assert longer > 15


def test_every_list_refuses_whoever_may_not_read_it(full_shop: Shop, program: As, keyed: As) -> None:
    stranger = keyed("lin", ["workorder.hold"])
    for path, name in LISTS.items():
        assert program(name).get(path).status_code == 200, path
        is_problem(stranger.get(path), 403, "not_allowed")


def values(schema: dict[str, Any], told: dict[str, Any]) -> list[str]:
    """Something of each kind that the description allows for a filter; nothing for a text, of which any will do."""
    if "$ref" in schema:
        return values(told["components"]["schemas"][schema["$ref"].rpartition("/")[2]], told)
    if "anyOf" in schema:
        return [each for one in schema["anyOf"] for each in values(one, told)]
    if "enum" in schema:
        return [str(each) for each in schema["enum"][:1]]
    kinds = {
        "boolean": ["true", "false"],
        "integer": ["1"],
        "date": ["2026-11-30"],
        "date-time": ["2026-11-30T00:00:00Z"],
        "uuid": [str(UUID(int=1))],
    }
    if schema.get("type") == "array":
        return values(schema["items"], told)
    return kinds.get(schema.get("format", ""), kinds.get(schema.get("type", ""), ["FS01"]))


def test_every_list_is_narrowed_by_each_of_its_filters(shop: Shop, program: As) -> None:
    told = program("lin").get("/openapi.json").json()  # type: ignore[attr-defined]
    failed, asked = [], 0
    for path, name in LISTS.items():
        asker = program(name)
        for each in told["paths"][f"/api/v1{path}"]["get"]["parameters"]:
            for value in () if each["name"] in ("cursor", "limit") else values(each["schema"], told):
                answer = asker.get(path, **{each["name"]: value})
                asked += 1
                if answer.status_code != 200:
                    failed.append((path, each["name"], value, answer.status_code, answer.content[:200]))
    assert failed == []
    assert asked > 250


def test_every_list_of_the_description_is_tried_here(program: As, shop: Shop) -> None:
    told = program("lin").get("/openapi.json").json()["paths"]  # type: ignore[attr-defined]
    lists = {
        path.removeprefix("/api/v1")
        for path, each in told.items()
        if "get" in each and any(one["name"] == "cursor" for one in each["get"].get("parameters", ()))
    }
    assert lists - set(LISTS) == set()
    assert set(LISTS) - lists == set()
