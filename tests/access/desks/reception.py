"""The front desk and its telephone."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.desks.reception.steps import STEPS as COUNTER
from tests.access import telephones, visitors
from tests.access.said import HOLD, PRESSING, Key, Said, Typed, day, named, plainly, posted, proposal, soon, steps
from tests.access.scene import Scene
from tests.desks.reception.typed import photos, signed


def _appliance(_scene: Scene) -> Typed:
    return {
        "condition": "A scratch",
        "reproduced": "yes",
        "shelf": "A-01",
        "photos": photos(),
        "accessories_name": ["Hose"],
        "accessories_quantity": ["2"],
        **signed(),
    }


def _valued(scene: Scene) -> Typed:
    chen, wu = scene.shop.cast.people["chen"], scene.shop.cast.people["wu"]
    return {"valuation_minor": "300", "valued_by": chen.pk, "valued_also_by": wu.pk, "photos": photos(1)}


def _newcomer(scene: Scene) -> Typed:
    return {
        "phone": "138 0000 1234",
        "name": "Ou Yang",
        "kind": "PERSON",
        "language": "zh-hans",
        "consent_service": "on",
        "line": scene.shop.line.pk,
        "brand": "Haier",
        "serial": "HA-1",
    }


OPENED: Mapping[str, str] = {
    "reception:receive": "registered",
    "reception:convert": "triaged",
    "reception:registration_proof": "registration",
}
POSTED: Mapping[str, Said] = {
    "reception:new_customer": Said(_newcomer),
    "reception:add_phone": Said(plainly(phone="138 0000 9999")),
    "reception:new_appliance": Said(lambda scene: {"line": scene.shop.line.pk, "brand": "Haier", "serial": "HA-2"}),
    "reception:take_in": Said(
        plainly(
            problem="It leaks",
            channel="COUNTER",
            fee_collection="ON_COLLECTION",
            language="zh-hans",
            terms_accepted="on",
            later="1",
        )
    ),
    "reception:receive": Said(_appliance, "registered"),
    "reception:wall": Said(lambda _scene: {"photo": photos(1)}),
    **posted(telephones.POSTED, visitors.POSTED),
}
COUNTER_TYPED: Mapping[str, Said] = {
    "issue-quote": Said(at="drafted"),
    "discount-quote": Said(plainly(discount_minor="10", code="REGULAR", reason="A good customer"), "dear"),
    "approve-quote": Said(lambda _scene: {"how": "SIGNATURE", **signed()}, "quoted"),
    "decline-quote": Said(plainly(reason="Too dear"), "quoted"),
    "sign-line": Said(lambda scene: {**signed(), "line": scene.quote("outside").lines.get().pk}, "outside"),
    "sign-commitment": Said(lambda _scene: signed(), "proposed"),
    "refuse-commitment": Said(plainly(note="Too late"), "proposed"),
    "propose-commitment": Said(proposal, "on order"),
    "priority": Said(PRESSING, "accepted"),
    "renegotiate-commitment": Said(lambda scene: {**proposal(scene), "promised_part_on": day(7), **signed()}, "signed"),
    "resolve-commitment": Said(plainly(note="A loaner"), "breached"),
    "renew-claim-code": Said(at="received"),
    "release": Said(at="held"),
    "call": Said(plainly(works="yes", satisfaction="5"), "delivered"),
    "remind": Said(at="forgotten"),
    "demand": Said(plainly(legal_basis="Civil Code 453"), "reminded"),
    "welcome-back": Said(at="reminded"),
    "review-disposal": Said(_valued, "demanded"),
    "approve-disposal": Said(at="valued"),
    "dispose": Said(plainly(disposal="SALE", proceeds_minor="600"), "disposable"),
    "contact": Said(plainly(channel="PHONE", outcome="REACHED", note="Called"), "accepted"),
    "promise": Said(lambda _scene: {"to": soon(9), "cause": "WORKLOAD", "reason": "We are late"}, "accepted"),
    "cancel-free": Said(plainly(reason="She waited long enough"), "breached"),
    "agree-to-promise": Said(plainly(agreed="RECORDED", agreed_note="By telephone at ten"), "moved"),
    "hold": Said(HOLD, "accepted"),
    "rework": Said(plainly(problem="It does not spin again"), "delivered"),
    "close": Said(at="called"),
    "cancel": Said(plainly(reason="Bought a new one"), "received"),
}
VERBS: Mapping[str, tuple[Said, ...]] = {
    "reception:act": named(COUNTER_TYPED, (step.slug for step in COUNTER)),
    **{name: steps(verbs) for name, verbs in (telephones.VERBS | visitors.VERBS).items()},
}
NUMBERS: Mapping[str, Key] = dict.fromkeys(
    (
        *(f"reception:{each}" for each in ("request", "request_act", "request_picture", "read_contact", "convert")),
        *(f"reception:{each}" for each in ("confirm_registration", "refuse_registration", "registration_proof")),
    ),
    lambda scene, _route, at: visitors.number(scene, at),
)


def _of_a_call(scene: Scene, route: str, at: str) -> int:
    return telephones.key(scene, at if at in scene.__dict__.get("telephone", {}) else telephones.PAGES[route])


KEYS: Mapping[str, Key] = {
    "reception:*": lambda scene, _route, _at: scene.order("paid").customer_id,
    **dict.fromkeys(telephones.PAGES, _of_a_call),
    **dict.fromkeys(
        (
            *visitors.PAGES, "front_door:picture", "reception:request_picture", "reception:registration_proof",
            "reception:signature", "reception:signature_picture",
        ),
        lambda scene, route, _at: visitors.key(scene, route),
    ),
    "reception:appliance": lambda scene, _route, _at: scene.order("paid").appliance_id,
    "reception:take_in": lambda scene, _route, _at: scene.order("delivered").appliance_id,
}  # fmt: skip
