"""The proof that prices hang on a wall, given and read by programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import is_problem
from tests.line.cast_line import Shop, a_picture

pytestmark = pytest.mark.django_db


@pytest.mark.shows("PRC-5")
def test_a_program_gives_the_proof_and_reads_what_its_person_may_see(shop: Shop, program: Callable[[str], Any]) -> None:
    lin, listed = program("lin"), shop.price_list
    photo = lin.send("/photos", a_picture(1), unit="FS01", kind="DISPLAY").json()
    said = {"unit": "FS01", "photo": photo["id"]}
    is_problem(program("bo").post("/display-proofs", **said), 403, "not_allowed")
    given = [lin.post("/display-proofs", key="d-1", **said).json() for _ in range(2)]
    assert given[0] == given[1]
    assert {name: given[0][name] for name in ("unit", "price_list", "photo", "photo_sha256", "proved_by")} == {
        "unit": "FS01", "price_list": listed.number, "photo": photo["id"], "photo_sha256": photo["sha256"], "proved_by": "P-lin",
    }  # fmt: skip
    assert is_problem(lin.post("/display-proofs", **said), 409, "shown_already")["field"] == "photo"
    of_the_job = lin.photo(2)
    assert is_problem(lin.post("/display-proofs", unit="FS01", photo=of_the_job), 422, "invalid")["field"] == "photo"
    for name, narrowed in (("lin", {"unit": "FS01"}), ("nie", {"price_list": listed.number})):
        assert [each["id"] for each in program(name).get("/display-proofs", **narrowed).json()["items"]] == [
            given[0]["id"]
        ]
    assert program("zhou").get("/display-proofs").json()["items"] == []
