"""The page on how much to keep: empty, planned, answered, measured; and a picture that says in words what it shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.timezone import now

from guiju.books.stock import actions as stock
from guiju.desks.stores.picture import picture
from guiju.readiness.planning.models import PlanRun, StockLevel, Suggestion
from guiju.readiness.planning.queries import Month
from guiju.readiness.supply.models import PurchaseRequest
from guiju.readiness.transfers.models import Transfer
from guiju.standing.catalogue.models import Part
from tests.cast import Cast

pytestmark = [pytest.mark.shows("S1-13", "S6-27"), pytest.mark.books_of("guiju.readiness.planning")]


def test_a_manager_plans_answers_and_sees_what_to_order(
    cast: Cast, signed_in: Callable[[str], Client], capsys: pytest.CaptureFixture[str]
) -> None:
    ma, shen = cast.actors["ma"], cast.actors["shen"]
    manager, keeper = signed_in("ma"), signed_in("shen")
    assert "There is no store to plan." in manager.get("/stores/levels/").content.decode()
    long_ago = now() - timedelta(days=200)
    store = stock.open_store(cast.units["FS01"], code="MAIN", names={"en": "Main"}, kind="OUTLET", by=ma, at=long_ago)
    shelf = stock.add_bin(store, code="A-1", by=ma, at=long_ago)
    pump = Part.objects.create(code="PMP-1", names={"en": "Drain pump"}, folded="pmp1", cost_minor=9000)
    stock.receive(pump, shelf, 9, document="DN-1", by=shen, at=long_ago)
    for days in (150, 120, 90, 60):
        said = {"reference": f"WO-{days}", "by": shen, "at": now() - timedelta(days=days)}
        stock.reserve(pump, shelf, 2, document=f"R{days}", **said)
        stock.issue(pump, shelf, 2, document=f"I{days}", **said)

    page = manager.get("/stores/levels/").content.decode()
    assert "This store was never planned." in page
    assert "No level is set yet." in page
    assert "Plan anew" not in keeper.get("/stores/levels/").content.decode()
    assert manager.post(f"/stores/levels/stores/{store.pk}/plan").status_code == 302
    row = Suggestion.objects.get()
    assert f"keep {row.level}, none set so far" in manager.get("/stores/levels/").content.decode()

    address = f"/stores/levels/{row.pk}/"
    shown = manager.get(address).content.decode()
    assert "are expected, and" in shown
    assert 'class="demand-bar"' in shown
    assert 'role="img"' in shown
    assert "It must last 3 months" in shown
    # A keeper reads it, and is told whose word it takes.
    assert "The outlet's manager answers it." in keeper.get(address).content.decode()
    refused = manager.post(f"{address}change", {"level": "12", "reason": ""})
    assert refused.status_code == 422
    assert manager.post(f"{address}change", {"level": "12", "reason": "A campaign"}).status_code == 302
    assert StockLevel.objects.get().level == 12
    assert "A campaign" in keeper.get(address).content.decode()
    listed = keeper.get("/stores/levels/").content.decode()
    assert "No suggestion waits for an answer." in listed
    # One is left of nine.
    assert "<strong>11 " in listed or "<strong>11<" in listed
    # The keeper asks for what is ticked, and it is on its way.
    assert keeper.post(f"/stores/levels/stores/{store.pk}/order", {"part": str(pump.pk)}).status_code == 302
    assert PurchaseRequest.objects.get().lines.get().quantity == 11
    assert "Everything is at its level." in keeper.get("/stores/levels/").content.decode()

    # The manager wants no fewer than twenty, and says why; the next plan keeps to it.
    least = f"/stores/levels/stores/{store.pk}/least"
    assert "Set a minimum" not in listed
    assert keeper.post(least, {"part": "PMP-1", "least": "20", "reason": "x"}).status_code == 403
    refused = manager.post(least, {"part": "pmp-1", "least": "20", "reason": ""})
    assert (refused.status_code, 'value="pmp-1"' in refused.content.decode()) == (422, True)
    assert manager.post(least, {"part": "pmp-1", "least": "20", "reason": "The hospital"}).status_code == 302
    assert "The hospital" in keeper.get("/stores/levels/").content.decode()

    call_command("plan", "FS01")
    assert "At least 20 are kept here, as was decided: The hospital." in manager.get(
        f"/stores/levels/{Suggestion.objects.latest('pk').pk}/"
    ).content.decode()  # fmt: skip
    assert "1 parts of FS01/MAIN, 1 to look at" in capsys.readouterr().out
    # What was answered stays answered; the new plan asks anew.
    assert "A campaign" in manager.get(address).content.decode()
    assert "The store was planned again since." not in manager.get(address).content.decode()
    newer = Suggestion.objects.latest("pk")
    assert f"keep {newer.level} instead of 12" in manager.get("/stores/levels/").content.decode()
    call_command("plan", "FS01", "--plain")
    assert "The store was planned again since." in manager.get(f"/stores/levels/{newer.pk}/").content.decode()


def test_what_a_centre_fills_is_fetched_and_not_bought(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    ma, lu, shen = cast.actors["ma"], cast.actors["lu"], cast.actors["shen"]
    manager, keeper = signed_in("ma"), signed_in("shen")
    long_ago = now() - timedelta(days=400)
    centre = stock.open_store(cast.units["HQ"], code="CDC", names={"en": "Centre"}, kind="HQ", by=lu, at=long_ago)
    store = stock.open_store(cast.units["FS01"], code="MAIN", names={"en": "Main"}, kind="OUTLET", by=ma, at=long_ago)
    shelf = stock.add_bin(store, code="A-1", by=ma, at=long_ago)
    pump = Part.objects.create(code="PMP-1", names={"en": "Drain pump"}, folded="pmp1", cost_minor=9000)
    stock.receive(pump, shelf, 12, document="DN-1", by=shen, at=long_ago)
    for days in range(60, 360, 30):
        said = {"reference": f"WO-{days}", "by": shen, "at": now() - timedelta(days=days)}
        stock.reserve(pump, shelf, 1, document=f"R{days}", **said)
        stock.issue(pump, shelf, 1, document=f"I{days}", **said)
    before = manager.get(f"/stores/levels/?store={store.pk}").content.decode()
    assert "is filled from HQ CDC" in before
    assert "0 of 1 stores are planned" in before
    assert "The worker plans the others by night." in before
    assert manager.post(f"/stores/levels/stores/{store.pk}/plan").status_code == 302
    row = Suggestion.objects.get()
    shown = manager.get(f"/stores/levels/{row.pk}/").content.decode()
    assert "HQ CDC fills this store: what it has is here within 3 days" in shown
    assert "Filled from" in shown
    manager.post(f"/stores/levels/{row.pk}/change", {"level": "9", "reason": "A campaign"})
    page = keeper.get("/stores/levels/").content.decode()
    assert "To be fetched from HQ CDC" in page
    assert "1 of 1 stores are planned" in page
    assert "Free at CDC" in page
    assert (
        keeper.post(f"/stores/levels/stores/{store.pk}/order", {"part": str(pump.pk)}, follow=True).status_code == 200
    )
    assert not PurchaseRequest.objects.exists()
    sent = keeper.post(f"/stores/levels/stores/{store.pk}/fetch", {"part": str(pump.pk)}, follow=True)
    transfer = Transfer.objects.get()
    assert f"Transfer {transfer.number} is asked for." in sent.content.decode()
    assert (transfer.source, transfer.target, transfer.lines.get().wanted) == (centre, store, 7)
    assert "Everything is at its level." in keeper.get("/stores/levels/").content.decode()
    # The centre is shown what all ask for, and what is asked of it.
    chief = signed_in("lu")
    assert chief.post(f"/stores/levels/stores/{centre.pk}/plan").status_code == 302
    wanted = Suggestion.objects.latest("pk")
    assert wanted.run.store == centre
    said = chief.get(f"/stores/levels/{wanted.pk}/").content.decode()
    assert "What was asked for here and in all stores that it fills" in said
    assert "Stores that it fills: 1." in said
    # The maker stops: all that will ever be asked for is proposed, at the centre alone.
    Part.objects.filter(pk=pump.pk).update(supply_ends_on=now().date() + timedelta(days=60))
    for each in (centre, store):
        chief.post(f"/stores/levels/stores/{each.pk}/plan")
    ending = Suggestion.objects.get(run__store=centre, run=PlanRun.objects.filter(store=centre).latest("pk"))
    assert ending.last_buy
    assert ending.last_buy > ending.level
    said = chief.get(f"/stores/levels/{ending.pk}/").content.decode()
    assert f'value="{ending.last_buy}"' in said
    assert 'value="Last-time buy"' in said
    assert Suggestion.objects.filter(run__store=store).latest("pk").last_buy is None
    wanted = ending
    chief.post(f"/stores/levels/{wanted.pk}/accept")
    asked = chief.get(f"/stores/levels/?store={centre.pk}").content.decode()
    assert "buys, and fills 1 other" in asked
    assert f"<strong>{wanted.level + 7}" in asked


def test_a_picture_stands_on_its_base_and_reaches_its_head() -> None:
    drawn = picture([None, 0, 4, 2], until=Month(2026, 3), span=2, rate_milli=1500, level=8)
    assert [bar.month for bar in drawn.bars] == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert [bar.is_named for bar in drawn.bars] == [False, False, True, False]
    assert [float(bar.y) + float(bar.height) for bar in drawn.bars] == [drawn.base] * 4
    # The level is the highest there is; four pieces are half as high.
    assert float(drawn.level_y) == 12
    assert float(drawn.bars[2].height) == pytest.approx((drawn.base - 12) / 2)
    assert float(drawn.bars[1].height) == 0
    assert picture([], until=Month(2026, 3), span=3, rate_milli=0, level=0).bars == ()
