"""What a program says to the registers of the house: lists, people, units, stores and periods."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from guiju.books.stock.models import StockMove
from guiju.readiness.academy.models import Certificate
from guiju.standing.customers.models import Phone
from tests.access.desks.back_office import LOGIN, person
from tests.access.said import Said, day, plainly, soon
from tests.access.scene import Scene

NAMED = {"en": "Newly named"}
__all__ = ["SAID", "certificate", "person", "phone"]
REASON = plainly(reason="Under inquiry")
LAW = 'jurisdiction = "XX"\nversion = "XX-1"\nstarts_on = 2099-01-01\nsource = "Gazette 9"\nnames = { en = "Somewhere" }\n'
SHEET = b"code,name_en,base_unit,is_serialised,cost\nCMP-10K,Compressor,PIECE,yes,380.00\n"


def _in_base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _month(_scene: Scene) -> Mapping[str, Any]:
    """Two years ago, when nothing was booked yet."""
    then = timezone.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0) - timedelta(days=730)
    return {"starts_at": then.isoformat(), "ends_at": (then + timedelta(days=30)).isoformat()}


def _adjusting(scene: Scene) -> Mapping[str, Any]:
    return {
        "part": "COMP-1", "bin": scene.bin.pk, "quantity": 1, "direction": "LOSS", "reason": "Broken", "document": "ADJ-9",
    }  # fmt: skip


def _pieces(**also: Any) -> Callable[[Scene], Mapping[str, Any]]:
    return lambda scene: {"part": "COMP-1", "bin": scene.bin.pk, "quantity": 1, "document": "PC-9"} | also


def _moving(scene: Scene) -> Mapping[str, Any]:
    return {**_pieces()(scene), "to_bin": scene.drawer.pk}


def _undoing(scene: Scene) -> Mapping[str, Any]:
    last = StockMove.objects.filter(kind="RECEIPT").order_by("-pk")[0]
    return {"moves": [last.pk], "reason": "Counted twice", "document": "UNDO-9"}


def certificate(_scene: Scene, at: str) -> str:
    """A certificate of Chen's, or the one of Wu's that is suspended."""
    return str(Certificate.objects.get(person__name="wu" if at == "suspended" else "chen").number)


def phone(scene: Scene, _at: str) -> int:
    """A number on the customer's card."""
    return int(Phone.objects.filter(customer=scene.customer).order_by("-pk")[0].pk)


MODEL = plainly(brand="GUIJU", line="WASHER", code="GJ-200")
PRICE = plainly(part="COMP-1", min_minor=50000, unit="each")
ROLE = plainly(role="RC", unit="FS01", starts_on=day(0))
SAID: Mapping[str, Said] = {
    "/phones/{key}/remove": Said(),
    "/brands": Said(plainly(name="Haier")),
    "/lines": Said(plainly(code="OVEN", names=NAMED)),
    "/models": Said(MODEL),
    "/codes": Said(plainly(kind="SYMPTOM", code="SMELLS", names=NAMED)),
    "/parts/{code}/supersede": Said(plainly(successor="ACCESS-2")),
    "/parts/{code}/end-supply": Said(plainly(ends_on="2030-01-01")),
    "/parts/{code}/fit-model": Said(lambda scene: {"model": scene.shop.model.pk, "reason": "The maker's list"}),
    "/parts/{code}/end-model": Said(lambda scene: {"model": scene.shop.model.pk, "reason": "The maker's list"}),
    "/parts/{code}/fit-line": Said(plainly(line="WASHER", reason="The maker's list")),
    "/parts/{code}/end-line": Said(plainly(line="WASHER", reason="The maker's list")),
    "/parts": Said(plainly(code="BELT-9", names=NAMED)),
    "/service-items": Said(plainly(code="CLEANING", names=NAMED, kind="OTHER")),
    "/starter": Said(),
    "/imports": Said(plainly(sheet="PARTS", content=_in_base64(SHEET), file_name="parts.csv")),
    "/imports/{key}/commit": Said(),
    "/imports/{key}/abandon": Said(),
    "/exports": Said(plainly(sheet="PARTS", form="csv")),
    "/open-repair/import": Said(lambda scene: {
        "unit": "FS01", "file_name": "ords.csv", "content": _in_base64(scene.open_repairs), "provider": "",
    }),
    "/open-repair/export": Said(plainly(provider="")),
    "/price-lists": Said(plainly(starts_on="2099-01-01")),
    "/price-lists/{number}/add-line": Said(PRICE),
    "/price-lists/{number}/check": Said(),
    "/price-lists/{number}/approve": Said(at="checked"),
    "/price-lists/{number}/reopen": Said(REASON, "checked"),
    "/price-lists/{number}/publish": Said(at="approved"),
    "/price-lists/{number}/make-leaflet": Said(
        lambda scene: {"model": scene.shop.model.code, "languages": ["en"], "batch": "B-2"}, "published"
    ),
    "/price-lists/{number}/retire": Said(lambda _scene: {"ends_on": day(30)}, "published"),
    "/price-lines/{key}/remove": Said(),
    "/display-proofs": Said(lambda scene: {"unit": "FS01", "photo": scene.wall.pk}),
    "/warranty-terms": Said(plainly(version="T-9", starts_on="2099-01-01", whole_unit_months=12)),
    "/warranty-profiles": Said(plainly(content=LAW, reason="Counsel's letter")),
    "/people/{number}/certify": Said(
        plainly(line="WASHER", task="INSTALLATION", starts_on=day(0), ends_on="2099-01-01", basis="Passed"), "wu"
    ),
    "/certificates/{number}/suspend": Said(REASON),
    "/certificates/{number}/reinstate": Said(REASON, "suspended"),
    "/figure-drafts/{draft}/adopt": Said(),
    "/figure-drafts/{draft}/drop": Said(),
    "/units": Said(plainly(code="ZH03", names=NAMED, kind="OUTLET", parent="SD")),
    "/units/{code}/change": Said(plainly(hours="8-20")),
    "/people": Said(plainly(unit="FS01", number="P-newer", name="Newer")),
    "/people/{number}/admit": Said(),
    "/people/{number}/suspend": Said(REASON, "wu"),
    "/people/{number}/reinstate": Said(REASON, "idle"),
    "/people/{number}/part-with": Said(REASON, "wu"),
    "/people/{number}/grant-role": Said(ROLE, "wu"),
    "/people/{number}/grant-leave": Said(
        lambda _scene: {"starts_at": f"{soon(20)}+08:00", "ends_at": f"{soon(21)}+08:00"}, "wu"
    ),
    "/people/{number}/make-login": Said(plainly(**{name: text for name, text in LOGIN.items() if name != "do"})),
    "/people/{number}/choose-language": Said(plainly(language="zh-hant"), "wu"),
    "/role-grants/{key}/end": Said(),
    "/keys/{key}/revoke": Said(),
    "/stores": Said(plainly(unit="FS01", code="NEW", names=NAMED, kind="OUTLET")),
    "/stores/{key}/add-bin": Said(plainly(code="B-9")),
    "/stores/{key}/plan": Said(),
    "/stores/{key}/order-lacking": Said(plainly(parts=["COMP-1"])),
    "/stores/{key}/fetch-lacking": Said(plainly(parts=["COMP-1"])),
    "/stores/{key}/keep-at-least": Said(plainly(part="COMP-1", least=2, reason="A school next door")),
    "/level-suggestions/{key}/accept": Said(),
    "/level-suggestions/{key}/change": Said(plainly(level=9, reason="A campaign")),
    "/stock/adjust": Said(_adjusting),
    "/stock/undo": Said(_undoing),
    "/transfers": Said(
        plainly(
            from_unit="FS01", from_store="MAIN", to_unit="FS01", to_store="VAN", lines=[{"part": "COMP-1", "quantity": 1}],
            reason="For the van",
        )
    ),
    "/transfers/{number}/send": Said(
        lambda scene: {"picks": [{"part": "COMP-1", "bin": scene.bin.pk, "quantity": 1}], "carrier": "Chen"}, "asked"
    ),
    "/transfers/{number}/receive": Said(lambda scene: {"part": "COMP-1", "bin": scene.van_bin.pk, "quantity": 1}, "sent"),
    "/transfers/{number}/declare-loss": Said(plainly(part="COMP-1", quantity=1, cause="SHORT", reason="Not there"), "sent"),
    "/transfers/{number}/refuse": Said(REASON, "asked"),
    "/transfers/{number}/cancel": Said(REASON, "asked"),
    "/stock/move": Said(_moving),
    "/stock/set-apart": Said(_pieces(becomes="DEFECTIVE", reason="Crushed")),
    "/stock/clear": Said(_pieces(condition="DEFECTIVE", reason="Tested")),
    "/stock/scrap": Said(_pieces(condition="DEFECTIVE", reason="Beyond repair")),
    "/stock/send-back": Said(_pieces(condition="TO_RETURN")),
    "/units/{code}/close-stock-period": Said(_month),
    "/units/{code}/close-money-period": Said(_month),
    "/deliveries/{key}/resend": Said(),
}  # fmt: skip
