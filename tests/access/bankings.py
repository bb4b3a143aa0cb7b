"""Takings at each stage between the drawer and the bank, for the two tables: cai has packed, lin has signed too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from guiju.kernel import evidence
from guiju.kernel.actor import Actor
from guiju.line.banking import actions as banking
from guiju.line.banking.models import CashAlarm
from guiju.line.banking.rules import Alarm
from tests.cast import password_of
from tests.line.cast_line import a_picture

if TYPE_CHECKING:
    from tests.access.scene import Scene

Fill = Callable[["Scene"], Mapping[str, Any]]
# A yuan of the takings that the paid jobs of the scene have left in the drawer.
YUAN = {100: 1}


def stand(scene: Scene) -> dict[str, Any]:
    """A bag and a deposit at each stage, made once."""
    made: dict[str, Any] = scene.__dict__.setdefault("bankings", {})
    if made:
        return made
    shop, then = scene.shop, timezone.now() - timedelta(minutes=1)
    cai: dict[str, Any] = {"by": shop.actor("cai"), "at": then}
    scene.order("paid")
    for number, stage in enumerate(("sealed", "incident", "packed")):
        bag = banking.seal_bag(scene.session, seal_number=f"{scene.word}{number}", pieces=YUAN, **cai)
        if stage != "packed":
            bag = banking.countersign_bag(bag, password=password_of("lin"), by=shop.actor("lin"), at=then)
        if stage == "incident":
            bag = banking.report_incident(bag, note=f"{scene.word} The seal is cut", **cai)
        made[stage] = bag
    bag = banking.unpack_bag(made["packed"], **cai)
    loose = banking.seal_bag(scene.session, seal_number=f"{scene.word}9", pieces=YUAN, **cai)
    loose = banking.countersign_bag(loose, password=password_of("lin"), by=shop.actor("lin"), at=then)
    # By a bag, for on some days the bank takes nothing else.
    made["deposit"] = _carried(scene, loose, cai)
    made["packed"] = banking.seal_bag(scene.session, seal_number=f"{scene.word}8", pieces=YUAN, **cai)
    unit = shop.unit
    made["night"] = banking.name_officer(
        unit, night=unit.day(then) + timedelta(days=1), officer=shop.cast.people["qin"], by=shop.actor("ma"), at=then
    )
    made["alarm"] = CashAlarm.objects.filter(unit=unit).first() or banking.raise_alarm(
        unit, kind=Alarm.PROMPT, on=unit.day(then), subject="T1", by=Actor.system("clock"), at=then
    )
    return made


def _carried(scene: Scene, bag: Any, cai: Mapping[str, Any]) -> Any:
    """On the way to the bank, on whatever day the tests are run."""
    from guiju.line.banking import queries

    is_open, queries.is_bank_day = queries.is_bank_day, lambda *_a: True
    try:
        return banking.prepare_bags([bag], **cai)
    finally:
        queries.is_bank_day = is_open


def bag(scene: Scene, at: str = "") -> str:
    """The number of the bag that stands there."""
    made = stand(scene)
    return str(made.get(at, made["sealed"]).number)


def deposit(scene: Scene, _at: str = "") -> str:
    """A deposit on the way."""
    return str(stand(scene)["deposit"].number)


def page_key(scene: Scene, route: str, at: str) -> Any:
    """What fills the blank of a page's address."""
    made = stand(scene)
    if "night" in route or "duty" in route:
        return made["night"].pk
    if "alarm" in route:
        return made["alarm"].pk
    return deposit(scene) if "deposit" in route or "slip" in route else bag(scene, at)


def photo(scene: Scene) -> Any:
    """A picture of the bank's slip."""
    return evidence.keep_photo(
        a_picture(77), unit_id=scene.shop.unit.pk, kind="DEPOSIT_SLIP", by=scene.shop.actor("cai"), at=timezone.now()
    )


def _said(**typed: Any) -> Fill:
    return lambda _scene: typed


API_KEYS: Mapping[str, Callable[[Scene, str], Any]] = {
    "bags": bag, "bank-deposits": deposit, "duty-nights": lambda scene, _at: stand(scene)["night"].pk,
    "cash-alarms": lambda scene, _at: stand(scene)["alarm"].pk,
}  # fmt: skip
NOTE = _said(note="The bank had no power")
SAID: Mapping[str, tuple[Any, ...]] = {
    # Nothing, for on some days no bank is open; the stories do it.
    "/till-sessions/{key}/seal-bag": (_said(seal_number="NEW-1", pieces={"100": 0}),),
    "/till-sessions/{key}/prepare-deposit": (_said(pieces={"100": 0}),),
    "/bags/{number}/unpack": (_said(), "packed"),
    "/bags/{number}/report-incident": (NOTE, "sealed"),
    "/bags/{number}/settle-incident": (_said(pieces={"100": 1}, note="Counted again"), "incident"),
    "/bank-deposits": (lambda scene: {"bags": [bag(scene, "packed")]},),
    "/bank-deposits/{number}/bank": (lambda scene: {"slip_number": "NEW-2", "photo": photo(scene).pk},),
    "/bank-deposits/{number}/take-back": (NOTE,),
    "/duty-nights": (
        lambda scene: {
            "unit": "FS01", "night": (scene.shop.unit.day(timezone.now()) + timedelta(days=3)).isoformat(), "officer": "P-bo",
        },
    ),
    "/duty-nights/{key}/check-seals": (_said(seen=[], camera_ok=True),),
}  # fmt: skip
