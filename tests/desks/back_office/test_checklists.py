"""The checklists in the browser: what head office asks for at the bench and at the final test, version by version."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from guiju.line.quality.models import ChecklistItem
from guiju.line.workshop.models import WorkCheckItem
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]
LIST = "/back-office/checklists/"
TORQUE = {
    "code": "TORQUE",
    "name_en": "Torque",
    "name_zh-hans": "扭矩",
    "work": "REPAIR",
    "kind": "MEASURE",
    "unit": "N·m",
}


@pytest.mark.shows("D07", "S6-16")
def test_head_office_asks_for_something_at_the_bench_and_changes_its_limit(signed_in: SignedIn, shop: Shop) -> None:
    browser = signed_in("nie")
    wrong = browser.post(f"{LIST}bench/", TORQUE)
    assert wrong.status_code == 422
    assert wrong.context["form"].errors["limit_max"] == ["A measurement needs a limit."]
    assert 'value="扭矩"' in wrong.content.decode()
    assert_strict(wrong.content.decode())
    added = browser.post(f"{LIST}bench/", TORQUE | {"limit_min": "4,5", "limit_max": "５．５", "is_required": "on"})
    first = WorkCheckItem.objects.get()
    assert added.headers["Location"] == f"{LIST}bench/{first.pk}/"
    assert (first.limit_min, first.limit_max, first.names) == (
        Decimal("4.5"), Decimal("5.5"), {"en": "Torque", "zh-hans": "扭矩"},
    )  # fmt: skip

    page = browser.get(added.headers["Location"]).content.decode()
    assert 'value="4.5"' in page, "the next version begins with what holds"
    assert_strict(page)
    kept = {name: text for name, text in TORQUE.items() if name != "code"}
    browser.post(added.headers["Location"], kept | {"limit_min": "5", "limit_max": "6", "is_required": "on"})
    old, new = WorkCheckItem.objects.order_by("version")
    assert (old.version, old.until, new.version, new.until, new.limit_min) == (1, new.since, 2, None, 5)
    listed = browser.get(LIST).content.decode()
    assert "From 5 to 6 N·m." in listed
    assert_strict(listed)


def test_what_is_asked_for_no_longer_can_come_back_as_another_version(signed_in: SignedIn, shop: Shop) -> None:
    browser = signed_in("nie")
    tick = {"name_en": "Hose is tight", "work": "REPAIR", "kind": "CHECK", "unit": "bar", "limit_min": "9"}
    browser.post(f"{LIST}bench/", tick | {"code": "HOSE"})
    item = WorkCheckItem.objects.get()
    assert (item.unit, item.limit_min) == ("", None), "what is ticked off has no limits"
    assert browser.post(f"{LIST}bench/{item.pk}/end").status_code == 302
    listed = browser.get(LIST).content.decode()
    assert "Nothing is asked for here yet." in listed
    assert "Asked for no longer" in listed
    page = browser.get(f"{LIST}bench/{item.pk}/").content.decode()
    assert "Another version brings it back." in page
    assert "Yes, ask for it no longer" not in page
    browser.post(f"{LIST}bench/{item.pk}/", tick)
    ended, back = WorkCheckItem.objects.order_by("version")
    assert (ended.version, bool(ended.until), back.version, back.until) == (1, True, 2, None)


@pytest.mark.shows("S6-16")
def test_the_limit_of_a_final_test_changes_and_each_line_has_its_own(signed_in: SignedIn, shop: Shop) -> None:
    leak = min(stages.a_checklist(shop))
    browser = signed_in("nie")
    said = {"name_en": "Insulation resistance", "kind": "MEASURE", "unit": "MΩ", "limit_min": "3", "is_safety": "on"}
    changed = browser.post(f"{LIST}test/{leak}/", said | {"line": shop.line.pk})
    newer = ChecklistItem.objects.get(code="LEAK", until__isnull=True)
    assert changed.headers["Location"] == f"{LIST}test/{newer.pk}/"
    assert (newer.version, newer.limit_min, newer.line) == (2, 3, shop.line)
    seen = signed_in("qin").get(LIST, {"line": shop.line.code}).content.decode()
    assert "At least 3 MΩ." in seen
    assert "Another item" not in seen


def test_only_head_office_writes_them_and_the_inspector_reads(signed_in: SignedIn, shop: Shop) -> None:
    leak = min(stages.a_checklist(shop))
    said = {"code": "X", "name_en": "X", "kind": "CHECK", "work": "REPAIR"}
    for who, reads in (("ma", 200), ("qin", 200), ("an", 200), ("lin", 403), ("shen", 403)):
        browser = signed_in(who)
        assert browser.get(LIST).status_code == reads
        assert browser.get(f"{LIST}test/{leak}/").status_code == reads
        for address in (f"{LIST}test/", f"{LIST}bench/", f"{LIST}test/{leak}/", f"{LIST}test/{leak}/end"):
            assert browser.post(address, said).status_code == 403
    assert signed_in("nie").post(f"{LIST}test/", said).status_code == 302
    assert signed_in("nie").get(f"{LIST}kitchen/").status_code == 404
