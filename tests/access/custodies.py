"""Controlled stores with an opening at each stage, for the two tables: shen and ma hold the locks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from guiju.kernel.actor import Actor
from guiju.readiness.academy import actions as academy
from guiju.readiness.custody import actions as custody
from guiju.readiness.custody.models import AccessSession, ControlledStore, CustodianGrant
from tests.cast import password_of

if TYPE_CHECKING:
    from tests.access.scene import Scene

STAGES = ("free", "asked", "first", "open", "counted", "alarm", "difference", "emergency")
Fill = Callable[["Scene"], Mapping[str, Any]]


def stand(scene: Scene) -> dict[str, AccessSession | ControlledStore]:
    """A store for each stage, for no store is opened twice at a time; made once."""
    made: dict[str, Any] = scene.__dict__.setdefault("custodies", {})
    if not made:
        then = timezone.now() - timedelta(hours=2)
        for name in ("shen", "ma"):
            academy.certify(
                scene.shop.cast.people[name], task="CUSTODY", starts_on=scene.shop.unit.day(then), basis="Exam",
                ends_on=scene.shop.unit.day(then) + timedelta(days=90), by=scene.shop.actor("tao"), at=then,
            )  # fmt: skip
        for stage in STAGES:
            made[f"{stage} store"] = _store(scene, stage)
            made[stage] = _session(scene, made[f"{stage} store"], stage)
    return made


def _store(scene: Scene, stage: str) -> ControlledStore:
    shop, then = scene.shop, timezone.now() - timedelta(hours=2)
    lu: dict[str, Any] = {"by": shop.actor("lu"), "at": then}
    store = custody.set_up_store(
        shop.unit, code=f"{stage}"[:20], names={"en": f"{scene.word} {stage}"}, kind="HIGH_VALUE_PARTS", **lu
    )
    for group, name in (("1", "shen"), ("2", "ma")):
        custody.add_lock(store, number=group, kind="KEY", lock_group=group, **lu)
        custody.grant(store, person=shop.cast.people[name], lock_group=group, starts_on=shop.unit.day(then), **lu)
    custody.check_protection(
        store, item="DOOR", is_ok=True, next_on=shop.unit.day(then) + timedelta(days=9), by=shop.actor("ma"), at=then
    )
    return store


def _session(scene: Scene, store: ControlledStore, stage: str) -> AccessSession | None:
    shop, now = scene.shop, timezone.now()
    # Long enough ago for an alarm.
    now -= timedelta(hours=1) if stage == "alarm" else timedelta(minutes=1)
    shen: dict[str, Any] = {"by": shop.actor("shen"), "at": now}
    ma: dict[str, Any] = {"by": shop.actor("ma"), "at": now}
    if stage == "free":
        return None
    if stage == "emergency":
        return custody.open_in_emergency(
            store, reason=f"{scene.word} water is coming in", password=password_of("shen"), **shen
        )
    session = custody.open_session(
        store, authority_kind="ISSUE_ORDER", authority=f"{scene.word}-1", purpose=f"{scene.word} part", **shen
    )
    if stage == "asked":
        return session
    session = custody.sign_first(session, password=password_of("shen"), **shen)
    if stage == "first":
        return session
    session = custody.sign_second(session, password=password_of("ma"), **ma)
    custody.move_item(session, item=f"{scene.word} board", direction="OUT", quantity=1, before=3, **shen)
    if stage in {"counted", "difference", "alarm"}:
        session = custody.recount(session, counted={1: 1 if stage == "difference" else 2}, **ma)
    if stage == "alarm":
        session = custody.raise_alarm(session, by=Actor.system("clock"), at=timezone.now())
    return session


def number(scene: Scene, at: str) -> str:
    """The number of the opening that stands there."""
    session: Any = stand(scene)[at if at in STAGES and at != "free" else "asked"]
    return str(session.number)


def store(scene: Scene, at: str = "free") -> int:
    """The store in which an opening stands there; one that is free otherwise."""
    return int(stand(scene)[f"{at if at in STAGES else 'free'} store"].pk)


def grant(scene: Scene, _at: str = "") -> int:
    """Shen's locks of the store that is free."""
    return int(CustodianGrant.objects.filter(store=store(scene), lock_group="1").order_by("-pk")[0].pk)


def page_key(scene: Scene, route: str, at: str) -> int:
    """The row of a page's address."""
    return grant(scene) if route.endswith("grant_end") else store(scene, at)


def _said(**typed: Any) -> Fill:
    return lambda _scene: typed


def _day(scene: Scene) -> str:
    return scene.shop.unit.day(timezone.now()).isoformat()


def _later(scene: Scene) -> str:
    return (scene.shop.unit.day(timezone.now()) + timedelta(days=9)).isoformat()


API_KEYS: Mapping[str, Callable[[Scene, str], Any]] = {
    "controlled-stores": store, "custodian-grants": grant, "controlled-openings": number,
}  # fmt: skip
OPENING = {"authority_kind": "COUNT", "authority": "SC-1", "purpose": "Count"}
NOTE = _said(note="A pipe had burst")
SAID: Mapping[str, tuple[Any, ...]] = {
    "/controlled-stores": (_said(unit="FS01", code="NEW", names={"en": "New"}, kind="SAFE"),),
    "/controlled-stores/{key}/add-lock": (_said(number="L9", kind="CARD", lock_group="1"),),
    "/controlled-stores/{key}/grant": (lambda scene: {"person": "P-cai", "lock_group": "1", "starts_on": _day(scene)},),
    "/controlled-stores/{key}/check": (
        lambda scene: {"item": "ALARM", "is_ok": True, "next_on": _later(scene)},
    ),
    "/controlled-stores/{key}/open": (_said(**OPENING),),
    "/custodian-grants/{key}/end": (_said(reason="Moved away"),),
    "/controlled-openings/{number}/withdraw": (_said(), "asked"),
    "/controlled-openings/{number}/move": (_said(item="Seal", direction="IN", quantity=1, before=0), "open"),
    "/controlled-openings/{number}/recount": (_said(counted={"1": 2}), "open"),
    "/controlled-openings/{number}/close-alarm": (NOTE, "alarm"),
    "/controlled-openings/{number}/settle": (NOTE, "difference"),
    "/controlled-openings/{number}/review": (NOTE, "emergency"),
}  # fmt: skip
# What is typed on the pages; whoever asks signs by the password of Shen, who asks for the first name.
SIGNED = _said(password=password_of("shen"))
TYPED: Mapping[str, tuple[Any, ...]] = {
    "stores:controlled_new": (lambda scene: {
        "unit": scene.shop.unit.pk, "kind": "SAFE", "code": "NEW", "name_en": "New",
    },),
    "stores:controlled_store_open": (_said(**OPENING), "free"),
    "stores:controlled_store_emergency": (
        _said(reason="Water comes through the ceiling", password=password_of("shen")), "free",
    ),
    "stores:controlled_store_lock": (_said(number="L9", kind="CARD", lock_group="1"), "free"),
    "stores:controlled_store_grant": (lambda scene: {
        "person": scene.shop.cast.people["cai"].pk, "lock_group": "1", "starts_on": _day(scene),
    }, "free"),
    "stores:controlled_store_check": (lambda scene: {"item": "ALARM", "is_ok": "on", "next_on": _later(scene)}, "free"),
    "stores:controlled_grant_end": (_said(reason="Moved away"),),
    "stores:controlled_first": (SIGNED, "asked"),
    "stores:controlled_second": (_said(password=password_of("ma"), camera_ok="on"), "first"),
    "stores:controlled_withdraw": (_said(), "asked"),
    "stores:controlled_move": (_said(direction="IN", item="Seal", quantity="1", before="0"), "open"),
    "stores:controlled_recount": (_said(line_1="2"), "open"),
    "stores:controlled_sign_out": (SIGNED, "counted"),
    "stores:controlled_close_alarm": (NOTE, "alarm"),
    "stores:controlled_settle": (NOTE, "difference"),
    "stores:controlled_review": (NOTE, "emergency"),
}  # fmt: skip
