"""Takings at each stage between the drawer and the bank, for the two tables: cai has packed, lin has signed too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from guiju.kernel import evidence
from guiju.line.banking import actions as banking
from guiju.line.banking.models import CashAlarm
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
    made["deposit"] = carried(loose, cai)
    other = banking.seal_bag(scene.session, seal_number=f"{scene.word}7", pieces=YUAN, **cai)
    other = banking.countersign_bag(other, password=password_of("lin"), by=shop.actor("lin"), at=then)
    made["banked"] = banking.bank_it(carried(other, cai), slip_number=f"{scene.word}1", photo=photo(scene), **cai)
    third = banking.seal_bag(scene.session, seal_number=f"{scene.word}5", pieces=YUAN, **cai)
    third = banking.countersign_bag(third, password=password_of("lin"), by=shop.actor("lin"), at=then)
    made["by fang"] = carried(third, {"by": shop.actor("fang"), "at": then})
    content = f"date,amount,reference\n{shop.unit.day(then)},1.00,{scene.word}1\n".encode()
    (made["line"],) = banking.bring_statement(shop.unit, content=content, by=shop.actor("fang"), at=then)
    made["packed"] = banking.seal_bag(scene.session, seal_number=f"{scene.word}8", pieces=YUAN, **cai)
    unit = shop.unit
    made["night"] = banking.name_officer(
        unit, night=unit.day(then) + timedelta(days=1), officer=shop.cast.people["qin"], by=shop.actor("ma"), at=then
    )
    # Of the bag with which something is wrong.
    made["alarm"] = CashAlarm.objects.filter(unit=unit, kind="INCIDENT").get()
    return made


def carried(bag: Any, cai: Mapping[str, Any]) -> Any:
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


def deposit(scene: Scene, at: str = "") -> str:
    """A deposit on the way; or one that the bank has."""
    return str(stand(scene)["banked" if at == "banked" else "deposit"].number)


def page_key(scene: Scene, route: str) -> int:
    """The night or the alarm of a page's address."""
    if route == "till:settle_tender":
        return line(scene)
    return int(stand(scene)["night" if route == "till:night" else "alarm"].pk)


PAGES = ("till:night", "till:seen_alarm", "till:settle_tender")
NUMBERED = {
    f"till:{name}"
    for name in (
        "bag", "countersign_bag", "unpack_bag", "lock_up", "retrieve", "report_incident", "settle_incident", "bank_deposit",
        "slip_picture", "slip_record", "bank_it", "take_back", "reconcile", "settle_exception",
    )
}  # fmt: skip
NUMBERED.add("field:offer_deposit")
OF_DEPOSITS = {"field:offer_deposit"} | {
    f"till:{name}"
    for name in ("bank_deposit", "slip_picture", "slip_record", "bank_it", "take_back", "reconcile", "settle_exception")
}


def number(scene: Scene, at: str, *, route: str) -> str:
    """The number in a page's address."""
    return deposit(scene, at) if route in OF_DEPOSITS else bag(scene, at)


def line(scene: Scene, _at: str = "") -> int:
    """A line of the bank's statement that may confirm the deposit."""
    return int(stand(scene)["line"].pk)


def photo(scene: Scene, number: int = 76) -> Any:
    """A picture of the bank's slip."""
    return evidence.keep_photo(
        a_picture(number),
        unit_id=scene.shop.unit.pk,
        kind="DEPOSIT_SLIP",
        by=scene.shop.actor("cai"),
        at=timezone.now(),
    )


def _said(**typed: Any) -> Fill:
    return lambda _scene: typed


API_KEYS: Mapping[str, Callable[[Scene, str], Any]] = {
    "bank-lines": line,
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
    "/bank-deposits/{number}/bank": (lambda scene: {"slip_number": "NEW-2", "photo": photo(scene, 77).pk},),
    "/bank-deposits/{number}/take-back": (NOTE,),
    "/bank-deposits/{number}/reconcile": (lambda scene: {"line": line(scene)}, "banked"),
    "/bank-deposits/{number}/settle-exception": (_said(credited_minor=0, note="It never came"), "banked"),
    "/bank-lines": (_said(unit="FS01", statement="date,amount,reference\n2026-11-02,1.00,SL-9\n"),),
    "/bank-lines/{key}/settle-tender": (_said(tender="TRANSFER", fee_minor=99_999_999),),
    "/duty-nights": (
        lambda scene: {
            "unit": "FS01", "night": (scene.shop.unit.day(timezone.now()) + timedelta(days=3)).isoformat(), "officer": "P-bo",
        },
    ),
    "/duty-nights/{key}/check-seals": (_said(seen=[], camera_ok=True),),
}  # fmt: skip
NIGHT = _said(seen="", camera_ok="on")
TYPED: Mapping[str, tuple[Any, ...]] = {
    # Nothing, for on some days no bank is open; the stories do it.
    "till:prepare_deposit": (_said(pieces_100="0"),),
    "till:pack_bag": (_said(pieces_100="0", seal_number="NEW-1"),),
    "till:carry_bags": (lambda scene: {"bags": [0]},),
    "till:name_officer": (
        lambda scene: {
            "night": (scene.shop.unit.day(timezone.now()) + timedelta(days=3)).isoformat(), "officer": scene.shop.cast.people["bo"].pk,
        },
    ),
    "till:night": (NIGHT,),
    "till:countersign_bag": (_said(username="qin", password=password_of("lin")), "packed"),
    "till:unpack_bag": (_said(), "packed"),
    # Two have to stand in the open safe.
    "till:lock_up": (_said(), "sealed"),
    "till:retrieve": (_said(seal_ok="on"), "sealed"),
    "till:report_incident": (NOTE, "sealed"),
    "till:settle_incident": (_said(pieces_100="1", note="Counted again"), "incident"),
    "till:bank_it": (lambda scene: {"slip_number": "NEW-3", "photo": _picture()},),
    "till:take_back": (NOTE,),
    "till:reconcile": (lambda scene: {"line": line(scene)}, "banked"),
    "till:settle_exception": (_said(credited_minor="0", note="It never came"), "banked"),
    "till:settle_tender": (_said(tender="TRANSFER", fee_minor="999999"),),
    "till:bank_statement": (lambda _scene: {"file": _statement()},),
}  # fmt: skip


def _statement() -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(
        "statement.csv", b"date,amount,reference\n2026-11-02,1.00,SL-9\n", content_type="text/csv"
    )


def _picture() -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("slip.png", a_picture(78), content_type="image/png")
