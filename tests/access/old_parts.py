"""Old parts at each stage of their way, for the two tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from guiju.kernel.actor import Actor
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom.models import OldPart, ReturnBatch
from guiju.line.storeroom.rules import OldPartOutcome
from guiju.line.workshop import actions as workshop
from guiju.oversight.reports import actions as reports
from guiju.oversight.reports.models import StoreReport
from guiju.oversight.reports.rules import ReportKind
from tests.line import stages

if TYPE_CHECKING:
    from tests.access.scene import Scene

Fill = Callable[["Scene"], Mapping[str, Any]]


def part(scene: Scene, at: str) -> OldPart:
    """An old part of FS01 that has come so far."""
    rows: dict[str, OldPart] = scene.__dict__.setdefault("old_parts", {})
    wanted = at if at in WAYS else "bagged"
    if wanted not in rows:
        rows[wanted] = WAYS[wanted](scene)
    return OldPart.objects.get(pk=rows[wanted].pk)


def batch(scene: Scene) -> ReturnBatch:
    """The parcel that is on its way."""
    found = part(scene, "sent").batch
    assert found is not None
    return found


def report(scene: Scene) -> int:
    """The last report of the store of FS01, which waits for its keeper."""
    store, at = scene.bin.store, timezone.now()
    found = StoreReport.objects.filter(store=store).first()
    begin = store.unit.day(at) - timedelta(days=1)
    clock = Actor.system("clock")
    return (found or reports.make_report(store, kind=ReportKind.DAILY, starts_on=begin, by=clock, at=at)).pk


def _bagged(scene: Scene, outcome: OldPartOutcome = OldPartOutcome.RETURN_TO_HQ) -> OldPart:
    shop = scene.shop
    order, request = stages.a_repairing_order(shop, **scene.saying())
    assert request is not None
    workshop.fit_part(
        request, old_condition=f"{scene.word} burnt", old_outcome=outcome, by=shop.actor("chen"), at=shop.later()
    )
    return OldPart.objects.get(order=order)


def _scrap(scene: Scene) -> OldPart:
    return _bagged(scene, OldPartOutcome.SCRAP)


def _asked(scene: Scene) -> OldPart:
    shop = scene.shop
    return storeroom.ask_scrap(_scrap(scene), reason="Burnt through", by=shop.actor("shen"), at=shop.later())


def _missing(scene: Scene) -> OldPart:
    shop = scene.shop
    return storeroom.miss_old_part(_bagged(scene), note="Not on the shelf", by=shop.actor("shen"), at=shop.later())


def _sent(scene: Scene) -> OldPart:
    old, shop = _bagged(scene, OldPartOutcome.CORE_CREDIT), scene.shop
    storeroom.send_old_parts(
        unit=shop.unit, parts=[old], carrier=scene.word, waybill="SF-1", by=shop.actor("shen"), at=shop.later()
    )
    return old


def _came(scene: Scene) -> OldPart:
    old, shop = _sent(scene), scene.shop
    parcel = ReturnBatch.objects.get(parts=old)
    storeroom.receive_old_parts(parcel, found=[old], by=shop.actor("nie"), at=shop.later())
    return old


WAYS: Mapping[str, Callable[[Scene], OldPart]] = {
    "bagged": _bagged, "to scrap": _scrap, "scrap asked": _asked, "missing": _missing, "sent": _sent, "came": _came,
}  # fmt: skip


def _typed(**typed: Any) -> Fill:
    return lambda _scene: typed


PAGES: Mapping[str, tuple[Fill, str]] = {
    "stores:returns": (lambda scene: {"parts": [part(scene, "bagged").pk], "waybill": "SF-2"}, "bagged"),
    "stores:confirm_report": (_typed(remark="One box was open"), "bagged"),
    "stores:receive_batch": (lambda scene: {"found": [part(scene, "sent").pk]}, "sent"),
}
STEPS: Mapping[str, tuple[Fill, str]] = {
    "examine": (_typed(result="NO_FAULT", note="It runs"), "came"),
    "credit": (_typed(credit_minor="40", reference="CN-1"), "came"),
    "ask-scrap": (_typed(reason="Burnt through"), "to scrap"),
    "scrap": (_typed(), "scrap asked"),
    "miss": (_typed(note="Not on the shelf"), "bagged"),
    "find": (_typed(), "missing"),
}
API_KEYS: Mapping[str, Callable[[Scene, str], Any]] = {
    "store-reports": lambda scene, _at: report(scene),
    "old-parts": lambda scene, at: part(scene, at).tag,
    "old-part-batches": lambda scene, _at: batch(scene).number,
}
SAID: Mapping[str, tuple[Fill, str]] = {
    "/old-part-batches": (lambda scene: {"unit": "FS01", "parts": [part(scene, "bagged").tag], "waybill": "SF-3"}, "bagged"),
    "/old-part-batches/{number}/receive": (lambda scene: {"found": [part(scene, "sent").tag]}, "sent"),
    "/store-reports/{key}/confirm": (_typed(remark="One box was open"), "bagged"),
    "/old-parts/{tag}/examine": (_typed(result="NO_FAULT", note="It runs"), "came"),
    "/old-parts/{tag}/credit": (_typed(credit_minor=4000, reference="CN-1"), "came"),
    "/old-parts/{tag}/ask-scrap": (_typed(reason="Burnt through"), "to scrap"),
    "/old-parts/{tag}/scrap": (_typed(), "scrap asked"),
    "/old-parts/{tag}/miss": (_typed(note="Not on the shelf"), "bagged"),
    "/old-parts/{tag}/find": (_typed(), "missing"),
}  # fmt: skip
