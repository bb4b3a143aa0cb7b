"""Customers, machines and figures through the API."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.api.conftest import Program, is_problem
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

As = Callable[..., Program]


@pytest.mark.shows("G-6")
def test_a_customer_is_found_by_a_piece_of_the_number_and_never_shown_whole(shop: Shop, program: As) -> None:
    lin = program("lin")
    made = lin.do("/customers", unit="FS01", name="Liang Ming", phones=["13912345678"])
    found = lin.get("/customers", q="345678")
    assert [each["id"] for each in found.json()["items"]] == [made["id"]]  # type: ignore[attr-defined]
    assert "13912345678" not in found.content.decode().replace(" ", "")
    assert program("zhou").get("/customers", q="345678").json()["items"] == []  # type: ignore[attr-defined]
    is_problem(program("chen").get("/customers", q="345678"), 403, "not_allowed")
    refused = lin.post("/customers", unit="FS01", name="X", phones=["12"])
    assert is_problem(refused, 422, "not_a_number")["field"] == "phone"


def test_a_machine_is_found_by_its_serial_number(shop: Shop, program: As) -> None:
    machine = shop.an_appliance()
    lin = program("lin")
    found = lin.get("/appliances", q=machine.serial[-4:]).json()["items"]  # type: ignore[attr-defined]
    assert [each["id"] for each in found] == [machine.pk]
    assert lin.get(f"/appliances/{machine.pk}").json()["history"] == []  # type: ignore[attr-defined]
    is_problem(program("zhou").get(f"/appliances/{machine.pk}"), 404, "unknown")


def test_what_a_program_needs_to_name_is_listed(shop: Shop, program: As) -> None:
    _ = shop.compressor, shop.labour, shop.symptom
    stages.an_open_till(shop)
    bin, lin, cai = stages.a_bin(shop), program("lin"), program("cai")
    assert [each["code"] for each in lin.get("/parts", q="comp").json()["items"]] == ["COMP-1"]  # type: ignore[attr-defined]
    assert [each["code"] for each in lin.get("/service-items", line="WASHER").json()["items"]] == ["LABOUR-WASHER"]  # type: ignore[attr-defined]
    assert [each["code"] for each in lin.get("/codes", kind="SYMPTOM").json()["items"]] == ["NO-SPIN"]  # type: ignore[attr-defined]
    assert [each["code"] for each in cai.get("/tills").json()["items"]] == ["T1"]  # type: ignore[attr-defined]
    assert program("fu").get("/tills").json()["items"] == []  # type: ignore[attr-defined]
    assert [each["id"] for each in program("shen").get("/bins").json()["items"]] == [bin.pk]  # type: ignore[attr-defined]
    assert program("tang").get("/bins").json()["items"] == []  # type: ignore[attr-defined]
    assert lin.get("/service-items", line="NONE").json()["items"] == []  # type: ignore[attr-defined]


def test_a_figure_is_read_and_set_by_whoever_answers_for_it(shop: Shop, program: As) -> None:
    nie = program("nie")
    there = {each["key"]: each["value"] for each in nie.get("/figures").json()}  # type: ignore[attr-defined]
    said = {"value": there["wo.accept_minutes"] + 5, "starts_on": "2030-01-01", "reason": "Longer ways."}
    is_problem(program("lin").post("/figures/wo.accept_minutes/set", **said), 403, "not_allowed")
    assert nie.do("/figures/wo.accept_minutes/set", **said)["state"] == "SET"
    later = nie.get("/figures", on="2030-01-02").json()  # type: ignore[attr-defined]
    assert {each["key"]: each["value"] for each in later}["wo.accept_minutes"] == said["value"]
    assert is_problem(nie.post("/figures/no.such/set", **said), 422, "figure_unknown")["field"] == "key"
