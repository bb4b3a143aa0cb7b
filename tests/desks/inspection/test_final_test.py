"""The final test in the browser."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guiju.line.quality import actions as quality
from guiju.line.quality import queries
from guiju.line.workorder.rules import State
from guiju.line.workshop import actions as workshop
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cast_line import Shop, a_picture, fresh

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]


@pytest.mark.shows("S6-16", "WO-7", "D07")
def test_a_repair_within_its_limits_passes_onto_the_shelf(signed_in: SignedIn, shop: Shop) -> None:
    order, values = stages.a_finished_order(shop), stages.a_checklist(shop)
    inspector = signed_in("qin")
    assert order.number in inspector.get("/inspection/").content.decode()
    page = inspector.get(f"/inspection/{order.number}/").content.decode()
    assert "At least 2 MΩ." in page
    assert_strict(page)
    typed = {f"item_{key}": value for key, value in values.items()} | {"verdict": "PASS", "shelf": "R-09"}
    photo = SimpleUploadedFile("a.jpg", a_picture(91), "image/jpeg")
    answer = inspector.post(f"/inspection/{order.number}/", typed | {"photos": [photo]})
    assert answer.headers["Location"] == "/inspection/"
    assert (fresh(order).state, fresh(order).shelf) == (State.READY, "R-09")
    (done,) = queries.inspections_of(order)
    assert (done.result, done.photos.count()) == ("PASS", 1)
    after = inspector.get(f"/inspection/{order.number}/").content.decode()
    assert "There is nothing to test now" in after
    assert_strict(after)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1.5", "Insulation resistance is 1.5 MΩ; it must be at least 2 MΩ."),
        ("lots", "Insulation resistance is not a number: lots."),
        ("1e99", "Insulation resistance is not a number: 1e99."),
        ("", "Insulation resistance is not answered."),
    ],
)
@pytest.mark.shows("D07")
def test_a_value_outside_its_limits_is_said_at_the_value(
    signed_in: SignedIn, shop: Shop, typed: str, sentence: str
) -> None:
    order, values = stages.a_finished_order(shop), stages.a_checklist(shop)
    leak, runs = (f"item_{key}" for key in values)
    sent = {leak: typed, runs: "yes", "note": "Drum turns", "verdict": "PASS"}
    answer = signed_in("qin").post(f"/inspection/{order.number}/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert answer.context["form"].errors[leak] == [sentence]
    assert "Drum turns" in page
    assert f'value="{typed}"' in page or not typed
    assert_strict(page)
    assert fresh(order).state == State.QC_PENDING


@pytest.mark.shows("S6-16")
def test_a_failed_test_goes_back_to_the_bench_with_its_defects(signed_in: SignedIn, shop: Shop) -> None:
    order, values = stages.a_finished_order(shop), stages.a_checklist(shop)
    leak = f"item_{next(iter(values))}"
    inspector = signed_in("qin")
    without = inspector.post(f"/inspection/{order.number}/", {leak: "0.5", "verdict": "FAIL"})
    assert without.context["form"].errors["defects"] == ["Say what is not in order."]
    assert 'value="0.5"' in without.content.decode()
    sent = {leak: "0.5", "defects": "Leaks\n\nStill rattles", "verdict": "FAIL"}
    assert inspector.post(f"/inspection/{order.number}/", sent).status_code == 302
    assert fresh(order).state == State.REPAIRING
    assert queries.inspections_of(order)[0].defects == ["Leaks", "Still rattles"]


@pytest.mark.shows("WO-6", "D13", "T03")
def test_only_an_inspector_of_the_outlet_who_did_not_repair_it_decides(signed_in: SignedIn, shop: Shop) -> None:
    order, values = stages.a_finished_order(shop), stages.a_checklist(shop)
    typed = {f"item_{key}": value for key, value in values.items()} | {"verdict": "PASS"}
    address = f"/inspection/{order.number}/"
    refused = {who: signed_in(who).post(address, typed).status_code for who in ("ma", "chen", "cai", "he")}
    assert refused == {"ma": 403, "chen": 403, "cai": 403, "he": 404}
    assert fresh(order).state == State.QC_PENDING
    assert signed_in("qin").post(address, typed).status_code == 302


def test_a_job_that_is_not_finished_says_what_it_can_become(signed_in: SignedIn, shop: Shop) -> None:
    order, _ = stages.a_repairing_order(shop, parts=0)
    answer = signed_in("qin").post(f"/inspection/{order.number}/", {"verdict": "PASS"})
    assert answer.status_code == 422
    assert "From here it can become:" in str(answer.context["form"].non_field_errors())


@pytest.mark.shows("WO-6", "D13")
def test_the_own_repair_is_marked_and_no_form_is_offered(signed_in: SignedIn, shop: Shop) -> None:
    order = stages.a_finished_order(shop)
    technician = signed_in("chen")
    assert "Your own repair" in technician.get("/inspection/").content.decode()
    page = technician.get(f"/inspection/{order.number}/").content.decode()
    assert "Somebody else has to test it." in page
    assert 'name="verdict"' not in page
    assert 'name="verdict"' in signed_in("qin").get(f"/inspection/{order.number}/").content.decode()


@pytest.mark.shows("D07")
def test_the_limits_stand_beside_the_field_and_the_test_before_too(signed_in: SignedIn, shop: Shop) -> None:
    order, values = stages.a_finished_order(shop), stages.a_checklist(shop)
    inspector = signed_in("qin")
    page = inspector.get(f"/inspection/{order.number}/").content.decode()
    assert_strict(page)
    assert 'data-low="2"' in page
    assert "data-high" not in page
    assert "The test before" not in page
    assert "Insulation resistance: not in order." in page
    found = dict(zip(values, ("1.5", "no"), strict=True))
    defects = ["Insulation resistance: not in order."]
    quality.fail_order(order, values=found, defects=defects, by=shop.actor("qin"), at=shop.later())
    chen = shop.actor("chen")
    workshop.finish(fresh(order), work_done="Dried and sealed.", by=chen, at=shop.later(minutes=30))
    page = inspector.get(f"/inspection/{order.number}/").content.decode()
    assert_strict(page)
    assert "The test before: 1.5 MΩ" in page
    assert "The test before: not in order" in page
