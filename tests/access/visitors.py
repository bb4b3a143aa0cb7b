"""What came from outside, for the two tables: requests of strangers, loaners, messages, closed days, and what somebody is asked to sign."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from guiju.desks.front_door.views import DOOR
from guiju.kernel import secrets, signing
from guiju.kernel.actor import Actor
from guiju.kernel.models import AskedSignature
from guiju.line.cashier import receipts
from guiju.line.cashier.queries.displays import display_token
from guiju.line.cashier.rules import SealedLine, SealedReceipt
from guiju.line.intake import actions as intake
from guiju.line.intake import queries as requests
from guiju.line.intake.models import RequestPhoto, ServiceRequest
from guiju.line.registration import actions as registration
from guiju.line.workorder import queries as workorder
from guiju.oversight.notices import actions as notices
from guiju.oversight.notices.models import Message
from guiju.standing.customers import actions as customers
from guiju.standing.policy import actions as policy
from tests.access import tills
from tests.access.scene import Scene, today
from tests.desks.front_door.conftest import a_solved_puzzle
from tests.desks.reception.typed import signed
from tests.line.cast_line import a_picture, fresh
from tests.line.intake.test_loaners import a_loan, a_loaner

Fill = Callable[[Scene], Mapping[str, Any]]


def _rows(scene: Scene) -> Any:
    """The rows of FS01, each made when it is first asked about."""
    rows: dict[str, Any] = scene.__dict__.setdefault("visitors", {})
    if not rows:
        scene.shop.now = timezone.now() - timedelta(minutes=40)
        _ask(scene, rows)
        _lend(scene, rows)
        _register(scene, rows)
        shop, ma = scene.shop, scene.shop.actor("ma")
        rows["day"] = policy.close_day(
            shop.unit, on=shop.unit.day(shop.now) + timedelta(days=90), reason=f"{scene.word} stocktaking", by=ma,
            at=shop.later(),
        )  # fmt: skip
        customers.set_consent(scene.customer, marketing=True, by=shop.reception, at=shop.later())
        rows["message"] = notices.invite(fresh(scene.order("delivered")), by=shop.reception, at=shop.later())
        Message.objects.filter(pk=rows["message"].pk).update(state="FAILED")
        accepted = fresh(scene.order("accepted"))
        warned = notices.warn(accepted, by=Actor.system("clock"), at=accepted.promised_at)
        rows["warning"] = next(each for each in warned if each.person_id == accepted.technician_id)
        # The paper on the counter's screen is for a few minutes, and the pages read the real clock.
        rows["asked"] = signing.ask(
            "intake.receive", scene.order("registered").appliance, _paper(scene), by=shop.reception,
            at=timezone.now(),
        )  # fmt: skip
        rows["signed"] = signing.ask(
            "intake.receive", scene.order("received").appliance, _paper(scene), by=shop.reception,
            at=timezone.now(),
        )  # fmt: skip
        drawn = signed()
        by_link = Actor.stranger(shop.unit.pk)
        signing.sign(
            rows["signed"], drawn=drawn["signature"], name=scene.word, by=by_link, at=timezone.now()
        )  # fmt: skip
    return rows


def _ask(scene: Scene, rows: dict[str, Any]) -> None:
    """A request in each state that somebody asks about."""
    shop = scene.shop

    def asked(serial: str) -> ServiceRequest:
        return intake.submit(
            unit=shop.unit, channel="WEB", contact_name=f"{scene.word} Ou", phone="13800007788", product_line=shop.line,
            brand="Haier", serial=serial, symptoms=[shop.symptom], description=f"{scene.word} does not turn",
            photos=[a_picture(int(serial[1:]))], proof="PUZZLE", by=Actor.stranger(shop.unit.pk), at=shop.later(),
        )  # fmt: skip

    who: dict[str, Any] = {"by": shop.reception}
    rows["new"], rows["first"], rows["triaged"], rows["solved"] = (asked(f"R{number}") for number in range(1, 5))
    machine = shop.an_appliance(scene.customer)
    intake.triage(
        rows["triaged"], product_line=shop.line, customer=scene.customer, appliance=machine, at=shop.later(), **who
    )
    rows["machine"] = machine
    intake.triage(rows["solved"], product_line=shop.line, at=shop.later(), **who)
    intake.solve_by_advice(rows["solved"], advice="Clean the filter.", confirmed=True, at=shop.later(), **who)


def _paper(scene: Scene) -> dict[str, Any]:
    return {
        "title": "Receipt of an appliance",
        "language": "en",
        "unit": "FS01",
        "lines": [["Terms", scene.word]],
        "closing": "-",
    }


def _register(scene: Scene, rows: dict[str, Any]) -> None:
    """An appliance that its owner registered, with the proof."""
    rows["registration"] = registration.register(
        unit=scene.shop.unit, product_line=scene.shop.line, brand="Guiju", serial="GJ-2026-000776",
        purchased_on=scene.shop.now.date() - timedelta(days=9), contact_name=f"{scene.word} Mei", phone="13800007766",
        proofs=[a_picture(8)], channel="WEB", by=Actor.stranger(scene.shop.unit.pk), at=scene.shop.later(),
    )  # fmt: skip


def _lend(scene: Scene, rows: dict[str, Any]) -> None:
    rows["loaner"] = a_loaner(scene.shop, serial="LN-1")
    rows["loan"] = a_loan(scene.shop, scene.order("held"), loaner=a_loaner(scene.shop, serial="LN-2"))


# Which row stands in the address of a page or of the API, where the verb names no other.
PAGES: Mapping[str, str] = {
    "reception:retire_loaner": "loaner", "till:take_deposit": "loan", "till:return_deposit": "loan",
    "back_office:message": "message", "back_office:message_resend": "message",
    "back_office:reopen_day": "day",
}  # fmt: skip


def key(scene: Scene, route: str) -> int:
    """The key in the address of that page."""
    rows = _rows(scene)
    if route in {"front_door:picture", "reception:request_picture"}:
        return int(RequestPhoto.objects.get(request=rows["new"]).evidence_id)
    if route == "reception:registration_proof":
        return int(rows["registration"].proofs.get().evidence_id)
    if route == "reception:signature":
        return int(rows["asked"].pk)
    if route == "reception:signature_picture":
        return int(AskedSignature.objects.get(pk=rows["signed"].pk).pk)
    return int(rows[PAGES[route]].pk)


def number(scene: Scene, at: str) -> str:
    """The number of the request that stands there."""
    return str(_rows(scene)[at if at in _rows(scene) else "new"].number)


def token(scene: Scene, route: str, at: str) -> str:
    """The secret part of the address."""
    if route.startswith("front_door:"):
        rows = _rows(scene)
        return str(requests.follow_token(rows[at if at in rows else "new"]))
    if route.startswith("sign:"):
        return str(signing.link_of(_rows(scene)["asked"]))
    if route.startswith("receipt:"):
        line = SealedLine("LABOUR-2", 1, 12000, 12000, 10000, 15000)
        return receipts.code_of_receipt(SealedReceipt("FS01", "RC-1", "BL-1", "2026-11-30", "CNY", (line,), 0, 12000))
    if route.startswith(("display:", "prices:")):
        return display_token(tills.display(scene).till_id) if route.startswith("display:") else scene.leaflet.token
    if route.startswith("sticker:"):
        return f"d-{secrets.sticker(DOOR, scene.shop.unit.pk)}"
    return str(workorder.track_token(scene.order(at)))


def _plainly(**typed: Any) -> Fill:
    return lambda _scene: typed


def _hold(scene: Scene) -> Mapping[str, Any]:
    return {"chosen": [scene.order("accepted").pk], "sure": "1", "hold": "CUSTOMER_REQUEST", "reason": "On holiday"}


def _ordered(scene: Scene) -> Mapping[str, Any]:
    """All that a clerk types to make an order of a request whose customer and machine are known."""
    return {
        "machine": _rows(scene)["machine"].pk, "line": scene.shop.line.pk, "problem": "It leaks", "mode": "CARRY_IN",
        "fee_collection": "ON_COLLECTION", "language": "zh-hans", "terms_accepted": "on",
    }  # fmt: skip


def _asking(scene: Scene) -> Mapping[str, Any]:
    return {
        "product_line": scene.shop.line.pk, "description": "The drum does not turn.", "symptoms": [scene.shop.symptom.pk],
        "brand": "Haier", "contact_name": "Ou Yang", "phone": "138 0000 6655", "email": "", "serial": "HA-9",
        "consent": "on", "website": "",
    } | a_solved_puzzle()  # fmt: skip


def _closing(scene: Scene) -> Mapping[str, Any]:
    day = today() + timedelta(days=120)
    return {"unit": scene.shop.unit.pk, "on": day.isoformat(), "reason": "Stocktaking"}


def _registering(scene: Scene) -> Mapping[str, Any]:
    return {
        "product_line": scene.shop.line.pk, "brand": "Guiju", "serial": "GJ-2026-000777", "purchased_on": "2026-09-01",
        "contact_name": "Ou Yang", "phone": "138 0000 6644", "consent": "on", "website": "",
        "proofs": SimpleUploadedFile("invoice.jpg", a_picture(9), "image/jpeg"),
    } | a_solved_puzzle()  # fmt: skip


POSTED: Mapping[str, tuple[Fill, str]] = {
    "front_door:register": (_registering, "new"),
    "reception:confirm_registration": (_plainly(), "registration"),
    "reception:refuse_registration": (_plainly(reason="Of another shop"), "registration"),
    "reception:convert": (_ordered, "triaged"),
    "reception:loaners": (_plainly(description="Small washer", serial="LN-9", deposit_minor="200"), "new"),
    "reception:retire_loaner": (_plainly(reason="It is broken"), "new"),
    "sign:sign": (lambda _scene: signed(), "new"),
    "list_keep": (_plainly(name="Today"), "paid"),
    "list_act": (_hold, "paid"),
    "front_door:ask": (_asking, "new"),
    "back_office:calendar": (_closing, "new"),
    "back_office:messages_of_order": (_plainly(do="prefer", channel="EMAIL", address="a@b.example"), "delivered"),
    "back_office:wording": (
        lambda _scene: {"text": "Your quote is {amount}: {link}", "subject": "", "starts_on": today()}, "new",
    ),
}  # fmt: skip
VERBS: Mapping[str, Mapping[str, tuple[Fill, str]]] = {
    "reception:request_act": {
        "triage": (lambda scene: {"product_line": scene.shop.line.pk, "mode": "CARRY_IN"}, "new"),
        "priority": (_plainly(priority="HIGH", reason="A baby is in the house"), "new"),
        "solve": (_plainly(advice="Clean the filter.", confirmed="on"), "triaged"),
        "link": (lambda scene: {"original": number(scene, "first")}, "new"),
        "reopen": (_plainly(reason="It leaks again"), "solved"),
        "refuse": (_plainly(reason="OUT_OF_AREA", referral="Ask in Guangzhou."), "new"),
        "withdraw": (_plainly(reason="They called"), "new"),
    },
    "front_door:answer": {
        "withdraw": (_plainly(reason="I mended it myself"), "new"),
        "reopen": (_plainly(reason="It leaks again"), "solved"),
    },
}  # fmt: skip

# By the first word of an API's address: which row its brace names.
API_KEYS: Mapping[str, Callable[[Scene, str], Any]] = {
    "requests": number,
    "registrations": lambda scene, _at: _rows(scene)["registration"].number,
    "loaners": lambda scene, _at: _rows(scene)["loaner"].pk,
    "loans": lambda scene, _at: _rows(scene)["loan"].pk,
    "closed-days": lambda scene, _at: _rows(scene)["day"].pk,
    "messages": lambda scene, _at: _rows(scene)["message"].pk,
    "warnings": lambda scene, _at: _rows(scene)["warning"].pk,
    "webhook-endpoints": lambda scene, at: (scene.silent if at == "silent" else scene.hook).pk,
    "webhook-messages": lambda scene, _at: scene.told.pk,
}
_HOOK = {"name": "Our shop", "url": "https://news.example/hook", "types": ["workorder.ready"]}
_WORDS = {"template": "QUOTE", "channel": "SMS", "language": "en", "text": "Your quote is {amount}: {link}"}


def _converting(scene: Scene) -> Mapping[str, Any]:
    return {"customer": scene.customer.pk, "appliance": _rows(scene)["machine"].pk, "terms_accepted": True}


def _lending(scene: Scene) -> Mapping[str, Any]:
    return {"loaner": _rows(scene)["loaner"].pk, "condition": "Clean.", "signature": int(scene.signature.pk)}


def _registered(scene: Scene) -> Mapping[str, Any]:
    return {
        "unit": "FS01", "product_line": "WASHER", "brand": "Guiju", "serial": "GJ-2026-000778", "purchased_on": "2026-09-01",
        "contact_name": "Ou Yang", "phone": "13800006655", "proofs": [each.pk for each in scene.photos[:1]], "consent": True,
    }  # fmt: skip


SAID: Mapping[str, tuple[Fill, str]] = {
    "/registrations": (_registered, "new"),
    "/registrations/{number}/confirm": (_plainly(), "new"),
    "/registrations/{number}/refuse": (_plainly(reason="Of another shop"), "new"),
    "/requests": (
        _plainly(unit="FS01", channel="EMAIL", contact_name="Ou Yang", phone="13800007799", description="It leaks", consent=True),
        "new",
    ),
    "/requests/{number}/triage": (_plainly(product_line="WASHER"), "new"),
    "/requests/{number}/prioritise": (_plainly(priority="HIGH", reason="A baby is in the house"), "new"),
    "/requests/{number}/solve-by-advice": (_plainly(advice="Clean it.", confirmed=True), "triaged"),
    "/requests/{number}/convert": (_converting, "triaged"),
    "/requests/{number}/link-duplicate": (lambda scene: {"original": number(scene, "first")}, "new"),
    "/requests/{number}/reject": (_plainly(reason="OUT_OF_AREA", referral="Ask in Guangzhou."), "new"),
    "/requests/{number}/cancel": (_plainly(reason="They called"), "new"),
    "/requests/{number}/reopen": (_plainly(reason="It leaks again"), "solved"),
    "/requests/{number}/read-contact": (_plainly(), "new"),
    "/loaners": (_plainly(unit="FS01", description="Small washer", serial="LN-9"), "new"),
    "/loaners/{id}/retire": (_plainly(reason="It is broken"), "new"),
    "/orders/{number}/lend": (_lending, "received"),
    "/loans/{id}/take-back": (_plainly(condition="Clean."), "new"),
    "/loans/{id}/take-deposit": (_plainly(method="CARD", terminal_ref="C-1"), "new"),
    "/loans/{id}/return-deposit": (_plainly(), "new"),
    "/loans/{id}/except": (_plainly(reason="It comes tomorrow"), "new"),
    "/closed-days": (lambda scene: {name: text for name, text in _closing(scene).items() if name != "unit"} | {"unit": "FS01"}, "new"),
    "/closed-days/{key}/reopen": (_plainly(), "new"),
    "/customers/{key}/prefer": (_plainly(channel="EMAIL", address="a@b.example"), "new"),
    "/orders/{number}/invite": (_plainly(), "delivered"),
    "/messages/{key}/resend": (_plainly(), "new"),
    "/warnings/{key}/acknowledge": (_plainly(), "new"),
    "/wordings": (lambda _scene: {"unit": "FS01", **_WORDS, "starts_on": today().isoformat()}, "new"),
    "/webhook-endpoints": (_plainly(unit="FS01", **_HOOK), "new"),
    "/webhook-endpoints/{key}/change": (_plainly(**_HOOK), "new"),
    "/webhook-endpoints/{key}/resume": (_plainly(), "silent"),
}  # fmt: skip
