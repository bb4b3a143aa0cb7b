"""Who comes in, what a stranger learns, and what happens when the same thing is said twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.http import HttpResponse
from django.test import Client

from guiju.api.fields import Input, _mark_of
from guiju.kernel.models import Evidence
from guiju.line.workorder.models import HoldSpan
from tests.api.conftest import ROOT, Program, is_problem
from tests.line.cast_line import Shop, a_picture

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

As = Callable[..., Program]
HOLD = {"hold": "CUSTOMER_REQUEST", "reason": "On holiday."}


def test_the_same_key_is_done_once_and_answered_the_same(shop: Shop, program: As) -> None:
    order, lin = shop.a_received_order(), program("lin")
    first = lin.post(f"/orders/{order.number}/hold", key="k-1", **HOLD)
    again = lin.post(f"/orders/{order.number}/hold", key="k-1", **HOLD)
    assert first.status_code == again.status_code == 200
    assert first.content == again.content
    assert HoldSpan.objects.filter(order=order).count() == 1
    # Without the key the verb would be refused: the order is on hold already.
    assert lin.post(f"/orders/{order.number}/hold", **HOLD).status_code == 409


def test_the_same_key_for_something_else_is_refused(shop: Shop, program: As) -> None:
    order, other, lin = shop.a_received_order(), shop.a_received_order(), program("lin")
    lin.do(f"/orders/{order.number}/hold", key="k-1", **HOLD)
    is_problem(lin.post(f"/orders/{order.number}/hold", key="k-1", **HOLD | {"reason": "x"}), 422, "key_reused")
    is_problem(lin.post(f"/orders/{other.number}/hold", key="k-1", **HOLD), 422, "key_reused")


def test_a_picture_sent_twice_with_a_key_is_kept_once(shop: Shop, program: As) -> None:
    lin = program("lin")
    sent = [lin.send("/photos", a_picture(1), key="p-1", unit="FS01") for _ in range(2)]
    assert sent[0].content == sent[1].content
    assert Evidence.objects.count() == 1
    is_problem(lin.send("/photos", a_picture(2), key="p-1", unit="FS01"), 422, "key_reused")
    assert is_problem(lin.send("/photos", b"no picture", unit="FS01"), 422, "invalid")["field"] == "photo"
    assert is_problem(lin.send("/photos", a_picture(1)), 422, "invalid")["field"] == "unit"


def test_the_wrong_role_is_refused_where_the_right_one_succeeds(shop: Shop, program: As) -> None:
    shop.certified("chen")
    order = shop.a_received_order()
    is_problem(program("lin").post(f"/orders/{order.number}/assign", technician="P-chen"), 403, "not_allowed")
    assert program("bo").do(f"/orders/{order.number}/assign", technician="P-chen")["technician"] == "P-chen"


def test_a_key_opens_only_what_it_was_made_for(shop: Shop, keyed: As) -> None:
    order = shop.a_received_order()
    narrow = keyed("lin", ["workorder.see"])
    assert narrow.get(f"/orders/{order.number}").status_code == 200
    is_problem(narrow.post(f"/orders/{order.number}/hold", **HOLD), 403, "not_allowed")
    wide = keyed("lin", ["workorder.see", "workorder.hold"])
    assert wide.do(f"/orders/{order.number}/hold", **HOLD)["hold"] == "CUSTOMER_REQUEST"


def test_another_outlets_order_does_not_exist(shop: Shop, program: As) -> None:
    order = shop.a_received_order()
    zhou = program("zhou")
    for answer in (
        zhou.get(f"/orders/{order.number}"),
        zhou.post(f"/orders/{order.number}/hold", **HOLD),
        zhou.post("/orders/GZ02-NONE/hold", **HOLD),
    ):
        is_problem(answer, 404, "unknown")
    assert zhou.get("/orders").json()["items"] == []  # type: ignore[attr-defined]
    assert len(program("lin").get("/orders", state="RECEIVED").json()["items"]) == 1  # type: ignore[attr-defined]
    assert program("lin").get("/orders", state="READY").json()["items"] == []  # type: ignore[attr-defined]


def test_another_outlets_rows_cannot_be_named_in_a_body(shop: Shop, program: As) -> None:
    machine = shop.an_appliance()
    said = {
        "unit": "GZ02",
        "customer": machine.customer.pk,
        "appliance": machine.pk,
        "problem": "x",
        "terms_accepted": True,
    }
    assert is_problem(program("zhou").post("/orders", **said), 404, "unknown")["field"] == "customer"


def test_a_field_that_nobody_knows_is_refused_by_name(shop: Shop, program: As) -> None:
    order, lin = shop.a_received_order(), program("lin")
    answer = lin.post(f"/orders/{order.number}/hold", **HOLD, until="tomorrow")
    assert is_problem(answer, 422, "invalid")["field"] == "until"
    answer = lin.post(f"/orders/{order.number}/hold", hold="NAP", reason="x")
    assert is_problem(answer, 422, "invalid")["field"] == "hold"
    assert is_problem(lin.post(f"/orders/{order.number}/hold", hold=HOLD["hold"], reason="\x00"), 422, "invalid")


def _inputs(kind: type[Input] = Input) -> Iterator[type[Input]]:
    for each in kind.__subclasses__():
        yield each
        yield from _inputs(each)


def test_every_key_in_a_body_is_looked_for_among_what_the_asker_may_see() -> None:
    marks = {
        f"{each.__name__}.{name}": mark.look
        for each in _inputs() for name, field in each.model_fields.items() if (mark := _mark_of(field))
    }  # fmt: skip
    assert all(callable(look) for look in marks.values())
    assert {"RegisterOrder.customer", "Receive.photos", "OfferIn.item", "Approve.signature"} <= set(marks)


def test_figures_that_leave_the_calendar_are_refused(shop: Shop, program: As) -> None:
    order, lin = shop.a_received_order(), program("lin")
    for far in ("9999-12-31T23:59:59-12:00", "2026-12-01T10:00:00"):
        answer = lin.post(f"/orders/{order.number}/revise-promise", to=far, reason="x", cause="OTHER")
        assert is_problem(answer, 422, "invalid")["field"] == "to"
    is_problem(lin.get(f"/appliances/{10**30}"), 422, "invalid")
    is_problem(lin.get("/orders/%00"), 422, "invalid")


def test_a_body_that_is_no_json_is_said_so(shop: Shop, program: As) -> None:
    order = shop.a_received_order()
    path = f"{ROOT}/orders/{order.number}/hold"
    answer = program("lin").client.post(path, "{", content_type="application/json")
    is_problem(answer, 400, "unreadable")


def test_a_step_that_is_not_possible_names_those_that_are(shop: Shop, program: As) -> None:
    order = shop.a_registered_order()
    problem = is_problem(program("lin").post(f"/orders/{order.number}/claim-rework", problem="x"), 409, "wrong_state")
    assert set(problem["allowed"]) >= {"RECEIVED", "CANCELLED"}


def test_a_session_needs_the_proof_of_our_own_page_and_a_key_does_not(shop: Shop, keyed: As) -> None:
    order = shop.a_received_order()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(shop.cast.logins["lin"], backend="guiju.conf.backends.LoginBackend")
    path = f"/orders/{order.number}/hold"
    is_problem(Program(strict).post(path, **HOLD), 403, "no_proof")
    # A header that only looks like a key does not replace it.
    is_problem(Program(strict, Authorization="bearer x").post(path, **HOLD), 403, "no_proof")
    strict.get("/find")
    strict.cookies["csrftoken"] = "a" * 32
    with_proof = Program(strict, **{"X-CSRFToken": "a" * 32})
    assert with_proof.post(path, **HOLD).status_code == 200
    assert keyed("lin", ["workorder.see", "workorder.release_hold"]).do(f"/orders/{order.number}/release-hold")


def test_a_stranger_learns_nothing(shop: Shop, client: Client) -> None:
    for answer in (client.get(f"{ROOT}/orders"), client.get(f"{ROOT}/openapi.json")):
        is_problem(answer, 401, "sign_in_first")
    false_key: HttpResponse = client.get(f"{ROOT}/orders", headers={"Authorization": "Bearer gj_none_none"})
    is_problem(false_key, 401, "sign_in_first")


def test_the_description_is_served_and_tells_refusals(shop: Shop, program: As) -> None:
    told = program("lin").get("/openapi.json").json()  # type: ignore[attr-defined]
    hold = told["paths"]["/api/v1/orders/{number}/hold"]["post"]
    assert hold["responses"]["409"] == {"$ref": "#/components/responses/Conflict"}
    assert told["components"]["responses"]["Conflict"]["content"] == {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
    }
    assert "Idempotency-Key" in [each["name"] for each in hold["parameters"]]
    assert told["components"]["schemas"]["HoldIn"]["additionalProperties"] is False
