"""Every address of the API as a question: taken from its own description, filled with rows of FS01, and a body that says it all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from guiju.api.door import api
from guiju.line.workshop import queries as workshop
from guiju.line.workshop.models import PriceException
from tests.access import (
    bankings,
    cashdays,
    counts,
    custodies,
    exchanges,
    old_parts,
    owing,
    pouches,
    purchases,
    registers,
    requisitions,
    telephones,
    tills,
    upkeeps,
    visitors,
    wallets,
)
from tests.access.asking import Question
from tests.access.said import Said, day, plainly, soon
from tests.access.scene import FIGURE, Scene
from tests.line import stages
from tests.line.cast_line import a_drawing, a_picture

PREFIX = "/api/v1"


def addresses() -> Iterator[tuple[str, str]]:
    """The method and the address of each thing that the API can do, as it describes itself."""
    for path, operations in api.get_openapi_schema()["paths"].items():
        yield from ((method.upper(), path.removeprefix(PREFIX)) for method in operations)


def questions(scene: Scene) -> Iterator[Question]:
    """Each of them, as a program of FS01 would ask it; an address whose blank nobody has filled lacks its row."""
    for method, path in addresses():
        said = (SAID | registers.SAID | FROM_OUTSIDE).get(path, Said()) if method == "POST" else READ.get(path, Said())
        typed = said.typed(scene)
        address = PREFIX + path.format_map(_Blanks(scene, path, said.at))
        if method == "GET" and typed:
            address += "?" + "&".join(f"{name}={value}" for name, value in typed.items())
        yield Question(path, method, address, {} if method == "GET" else typed, as_json=path not in PICTURES)


class _Blanks(dict[str, Any]):
    """What fills the blanks of an address: a row of the kind that it begins with."""

    def __init__(self, scene: Scene, path: str, at: str) -> None:
        super().__init__()
        self.scene, self.kind, self.at = scene, path.split("/")[1], at

    def __missing__(self, name: str) -> Any:
        return KEYS[self.kind](self.scene, self.at)


FROM_OUTSIDE = {
    path: Said(*said)
    for path, said in (
        telephones.SAID
        | visitors.SAID
        | exchanges.SAID
        | custodies.SAID
        | bankings.SAID
        | pouches.SAID
        | upkeeps.SAID
        | purchases.SAID
        | counts.SAID
        | requisitions.SAID
        | tills.SAID
        | wallets.SAID
        | cashdays.SAID
        | old_parts.SAID
    ).items()
}
KEYS: Mapping[str, Callable[[Scene, str], Any]] = {
    **{kind: telephones.api_key(kind) for kind in telephones.KINDS},
    **visitors.API_KEYS,
    **exchanges.API_KEYS,
    **custodies.API_KEYS,
    **bankings.API_KEYS,
    **pouches.API_KEYS,
    **wallets.API_KEYS,
    **upkeeps.API_KEYS,
    **purchases.KEYS,
    "counts": counts.number,
    "requisitions": requisitions.number,
    **old_parts.API_KEYS,
    "telephone": lambda _scene, _at: "access.2",
    "orders": lambda scene, at: scene.order(at).number,
    "unclaimed": lambda scene, at: scene.order(at).number,
    "quotes": lambda scene, at: scene.quote(at).number,
    "price-exceptions": lambda scene, at: PriceException.objects.get(order=scene.order(at)).pk,
    "quote-lines": lambda scene, at: scene.quote(at).lines.get().pk,
    "bills": lambda scene, at: scene.bill(at).number,
    "payments": lambda scene, at: scene.payment(at).receipt_number,
    "parts-deposits": lambda scene, at: scene.deposit(at).receipt_number,
    "part-requests": lambda scene, at: scene.request(at).number,
    "labour": lambda scene, at: scene.labour(at).pk,
    "work-checks": lambda scene, _at: scene.work_check.pk,
    "checklist-items": lambda scene, _at: min(scene.values),
    "commitments": lambda scene, at: scene.commitment(at).pk,
    "customers": lambda scene, _at: scene.customer.pk,
    "appliances": lambda scene, at: scene.order(at).appliance_id,
    "tills": lambda scene, _at: scene.till.pk,
    "till-sessions": tills.number,
    "credits": owing.customer,
    "debts": lambda scene, _at: scene.debt.payment.receipt_number,
    "cash-days": lambda scene, _at: cashdays.day(scene),
    "figures": lambda _scene, _at: FIGURE,
    "figure-drafts": lambda scene, _at: scene.draft.pk,
    "phones": registers.phone,
    "parts": lambda scene, _at: scene.shop.compressor.code,
    "transfers": lambda scene, at: scene.transfer(at).number,
    "imports": lambda scene, _at: scene.file.pk,
    "price-lists": lambda scene, at: (
        (scene.shop.price_list if at == "published" else scene.price_lists.get(at, scene.prices)).number
    ),
    "price-lines": lambda scene, _at: scene.price.pk,
    "people": registers.person,
    "certificates": registers.certificate,
    "units": lambda _scene, _at: "FS01",
    "role-grants": lambda scene, _at: scene.grant.pk,
    "keys": lambda scene, _at: scene.key.pk,
    "stores": lambda scene, _at: scene.bin.store_id,
    "level-suggestions": lambda scene, _at: scene.suggestion.pk,
    "deliveries": lambda scene, _at: scene.stuck.pk,
    "problems": lambda _scene, _at: "not_allowed",
}
PICTURES = ("/photos", "/signatures")


def _signature(scene: Scene) -> int:
    return int(scene.signature.pk)


def _proposal(_scene: Scene, days: int = 6) -> Mapping[str, Any]:
    return {
        "cause": "NO_STOCK", "basis": "The supplier's word", "promised_part_on": day(days),
        "promised_ready_at": f"{soon(days + 2)}+08:00", "remedy": "LOANER",
    }  # fmt: skip


def _renegotiation(scene: Scene) -> Mapping[str, Any]:
    kept = ("basis", "promised_part_on", "promised_ready_at")
    return {name: text for name, text in _proposal(scene, 7).items() if name in kept} | {"signature": _signature(scene)}


def _registering(scene: Scene) -> Mapping[str, Any]:
    return {
        "unit": "FS01", "customer": scene.customer.pk, "appliance": scene.order("delivered").appliance_id,
        "problem": "It leaks", "terms_accepted": True,
    }  # fmt: skip


def _taken_in(scene: Scene) -> Mapping[str, Any]:
    new = {"appliance": {"brand": "Guiju", "line": "WASHER", "serial": "HA-9"}}
    return {**_registering(scene), **new, "customer": {"name": "Mei Lan", "phones": ["13900000009"]}}


def _received(scene: Scene) -> Mapping[str, Any]:
    return {
        "condition": "A scratch", "reproduced": True, "photos": [each.pk for each in scene.photos],
        "signature": _signature(scene), "shelf": "A-01",
    }  # fmt: skip


def _handing_over(scene: Scene) -> Mapping[str, Any]:
    given = stages.handing_over(scene.order("paid"))
    counted = {str(pk): count for pk, count in given["accessories_returned"].items()}
    return {
        "proof": "CLAIM_CODE",
        "claim_code": given["claim_code"],
        "demonstrated": True,
        "accessories_returned": counted,
    }


def _returned(scene: Scene) -> Mapping[str, Any]:
    return {"returned": _handing_over(scene)["accessories_returned"]}


def _values(scene: Scene) -> Mapping[str, Any]:
    return {"values": {str(pk): text for pk, text in scene.values.items()}}


def _valued(scene: Scene) -> Mapping[str, Any]:
    return {"valuation_minor": 30000, "valued_by": "P-chen", "valued_also_by": "P-wu", "photo": scene.photos[0].pk}


def _machine(scene: Scene) -> Mapping[str, Any]:
    return {"unit": "FS01", "brand": "Guiju", "line": "WASHER", "serial": "HA-3", "customer": scene.customer.pk}


def _picture(make: Callable[[int], bytes]) -> Callable[[Scene], Mapping[str, Any]]:
    return lambda _scene: {"unit": "FS01", "file": SimpleUploadedFile("x", make(77))}


HOLD = plainly(hold="CUSTOMER_REQUEST", reason="On holiday")
QUOTE = plainly(offers=[{"item": "LABOUR-WASHER", "unit_minor": 9000}], service_hours=8)
VALUE = plainly(value=6, starts_on="2099-01-05", reason="More photos settle disputes")
ITEM = plainly(code="NOISE", names={"en": "Noise"}, kind="CHECK")
READ: Mapping[str, Said] = {
    "/customers": Said(plainly(q="CANARY")), "/appliances": Said(plainly(q="SN")), "/codes": Said(plainly(kind="SYMPTOM")),
    "/parts": Said(plainly(q="comp")), "/service-items": Said(plainly(line="WASHER")),
    "/orders/{number}/checklist": Said(at="tested"),
    "/counts/accuracy": Said(plainly(since="2026-01-01T00:00:00Z", until="2199-01-01T00:00:00Z")),
    "/counts/{number}/lines": Said(at="review"),
    "/counts/{number}/sheet": Said(at="open"),
    "/price-compliance": Said(plainly(since="2026-11-01", until="2026-11-30")),
}  # fmt: skip
SAID: Mapping[str, Said] = {
    "/photos": Said(_picture(a_picture)),
    "/signatures": Said(_picture(a_drawing)),
    "/customers": Said(plainly(unit="FS01", name="Ou Yang", phones=["13912345678"], consent_service=True)),
    "/customers/{key}/change": Said(plainly(name="Liang Wu")),
    "/customers/{key}/set-consent": Said(plainly(marketing=True)),
    "/customers/{key}/add-phone": Said(plainly(phone="13912345678")),
    "/customers/{key}/add-address": Said(plainly(line="1 Zumiao Road")),
    "/appliances": Said(_machine),
    "/appliances/{key}/change": Said(plainly(invoice_no="I-1")),
    "/appliances/{key}/replace": Said(plainly(serial="SN-NEW-9")),
    "/orders": Said(_registering),
    "/take-in": Said(_taken_in),
    "/orders/{number}/receive": Said(_received, "registered"),
    "/orders/{number}/cancel": Said(plainly(reason="Bought a new one"), "received"),
    "/orders/{number}/renew-claim-code": Said(at="received"),
    "/orders/{number}/return-accessories": Said(_returned),
    "/orders/{number}/move-custody": Said(plainly(to="WITH_TECH", holder="chen", person="P-chen"), "accepted"),
    "/orders/{number}/revise-promise": Said(
        lambda _scene: {"to": f"{soon(9)}+08:00", "reason": "The board is worse than it looked", "cause": "DIAGNOSIS"},
        "accepted",
    ),
    "/orders/{number}/agree-to-promise": Said(
        lambda scene: {"agreed": "SIGNATURE", "signature": _signature(scene)}, "moved"
    ),
    "/orders/{number}/cancel-free": Said(plainly(reason="She waited long enough"), "breached"),
    "/orders/{number}/prioritise": Said(plainly(priority="HIGH", reason="A baby is in the house"), "accepted"),
    "/orders/{number}/hold": Said(HOLD, "accepted"),
    "/orders/{number}/release-hold": Said(at="held"),
    "/orders/{number}/log-contact": Said(plainly(channel="PHONE", outcome="REACHED"), "accepted"),
    "/orders/{number}/decide-coverage": Said(plainly(cause="PRODUCT_DEFECT"), "diagnosing"),
    "/orders/{number}/override-coverage": Said(
        plainly(coverage="IN_WARRANTY", reason="A gesture to a good customer"), "diagnosed"
    ),
    "/orders/{number}/assign": Said(plainly(technician="P-chen"), "received"),
    "/orders/{number}/hand-on": Said(
        plainly(technician="P-wu", reason="Chen is ill", override_reason="Nobody else"), "accepted"
    ),
    "/orders/{number}/accept": Said(at="dispatched"),
    "/orders/{number}/refuse": Said(plainly(reason="No time today"), "dispatched"),
    "/orders/{number}/request-part": Said(plainly(part="COMP-1", quantity=1), "repairing"),
    "/part-requests/{number}/answer-available": Said(lambda scene: {"bin": scene.bin.pk}, "asked"),
    "/part-requests/{number}/answer-none": Said(at="asked"),
    "/part-requests/{number}/expect-on": Said(
        lambda _scene: {"expected_on": day(9), "basis": "The supplier"}, "on order"
    ),
    "/part-requests/{number}/buy-again": Said(at="on order"),
    "/part-requests/{number}/reserve-arrived": Said(lambda scene: {"bin": scene.bin.pk}, "on order"),
    "/part-requests/{number}/issue": Said(at="reserved"),
    "/part-requests/{number}/take-back": Said(plainly(quantity=1), "issued"),
    "/part-requests/{number}/cancel": Said(at="asked"),
    "/part-requests/{number}/fit": Said(plainly(old_condition="Burnt", old_outcome="SCRAP"), "repairing"),
    "/part-requests/{number}/record-old-part": Said(
        plainly(quantity=1, condition="Burnt", outcome="SCRAP"), "repairing"
    ),
    "/stock/receive": Said(lambda scene: {"part": "COMP-1", "bin": scene.bin.pk, "quantity": 1, "document": "DN-9"}),
    "/orders/{number}/start-diagnosis": Said(at="accepted"),
    "/orders/{number}/diagnose": Said(
        plainly(fault="BELT-WORN", cause="PRODUCT_DEFECT", findings="The belt is worn"), "diagnosing"
    ),
    "/orders/{number}/find-no-fault": Said(plainly(tests="Three washes", demonstration_offered=True), "diagnosing"),
    "/orders/{number}/approve-free": Said(at="free"),
    "/orders/{number}/declare-unrepairable": Said(plainly(reason="EOL_PART", note="The maker is gone"), "diagnosed"),
    "/orders/{number}/confirm-unrepairable": Said(at="unrepairable"),
    "/orders/{number}/reject-unrepairable": Said(plainly(reason="Try another board"), "unrepairable"),
    "/orders/{number}/prepare-return": Said(
        plainly(reassembled=True, accessories_complete=True, safety_checked=True, shelf="A-02"), "no fault"
    ),
    "/orders/{number}/draft-quote": Said(QUOTE, "diagnosed"),
    "/orders/{number}/revise-quote": Said(QUOTE, "quoted"),
    "/quotes/{number}/issue": Said(at="drafted"),
    "/quotes/{number}/ask-code": Said(at="quoted"),
    "/quotes/{number}/enter-code": Said(lambda scene: {"code": workshop.approval_code(scene.quote("coded"))}, "coded"),
    "/quotes/{number}/approve": Said(lambda scene: {"how": "SIGNATURE", "signature": _signature(scene)}, "quoted"),
    "/quotes/{number}/decline": Said(at="quoted"),
    "/orders/{number}/ask-exception": Said(
        plainly(part="COMP-1", unit_minor=70000, reason="PRICE_ROSE", note="It rose since"), "diagnosed"
    ),
    "/price-exceptions/{key}/approve": Said(at="excepted"),
    "/price-exceptions/{key}/reject": Said(plainly(reason="Ask the other maker"), "excepted"),
    "/quote-lines/{key}/sign": Said(lambda scene: {"signature": _signature(scene)}, "outside"),
    "/quotes/{number}/discount": Said(plainly(discount_minor=100, code="REGULAR", reason="A good customer"), "dear"),
    "/quotes/{number}/approve-discount": Said(at="discounted"),
    "/quotes/{number}/reject-discount": Said(plainly(reason="Not for this one"), "discounted"),
    "/orders/{number}/start-repair": Said(at="issued"),
    "/orders/{number}/wait-for-parts": Said(at="signed"),
    "/orders/{number}/resume-repair": Said(at="resumable"),
    "/orders/{number}/start-timer": Said(at="timed"),
    "/orders/{number}/stop-timer": Said(plainly(task="Belt"), "timed"),
    "/labour/{key}/correct": Said(plainly(minutes=20, reason="Typed twice"), "finishing"),
    "/orders/{number}/check": Said(lambda scene: {"values": {scene.work_check.pk: "yes"}}, "repairing"),
    "/work-checks": Said(plainly(code="TORQUE", names={"en": "Torque"}, work="REPAIR", kind="CHECK")),
    "/orders/{number}/log-labour": Said(plainly(minutes=30, task="Belt"), "repairing"),
    "/orders/{number}/finish": Said(plainly(work_done="Belt changed"), "finishing"),
    "/orders/{number}/propose-commitment": Said(_proposal, "on order"),
    "/commitments/{key}/sign": Said(lambda scene: {"signature": _signature(scene)}, "proposed"),
    "/commitments/{key}/refuse": Said(at="proposed"),
    "/commitments/{key}/renegotiate": Said(_renegotiation, "signed"),
    "/commitments/{key}/meet": Said(at="signed"),
    "/commitments/{key}/resolve": Said(plainly(note="A loaner"), "breached"),
    "/checklist-items": Said(ITEM),
    "/orders/{number}/allow-self-check": Said(plainly(technician="P-chen"), "tested"),
    "/orders/{number}/pass": Said(_values, "tested"),
    "/orders/{number}/fail": Said(lambda scene: {**_values(scene), "defects": ["It hums"]}, "tested"),
    "/orders/{number}/draw-bill": Said(at="ready"),
    "/bills/{number}/pay": Said(plainly(method="CARD", amount_minor=1000, terminal_ref="C-1"), "billed"),
    "/orders/{number}/take-parts-deposit": Said(plainly(method="CARD", terminal_ref="C-1"), "deposit owed"),
    "/parts-deposits/{receipt}/return": Said(plainly(reason="Cancelled", bank_ref="C-1B"), "deposit due"),
    "/parts-deposits/{receipt}/ask-back": Said(plainly(reason="Another card"), "deposit held"),
    "/parts-deposits/{receipt}/approve-back": Said(at="deposit asked"),
    "/bills/{number}/propose-refund": Said(),
    "/payments/{receipt}/ask-refund": Said(plainly(amount_minor=1000, reason="Scratched by us")),
    "/payments/{receipt}/approve-refund": Said(at="refund asked"),
    "/payments/{receipt}/reject-refund": Said(plainly(reason="The work was good"), "refund asked"),
    "/payments/{receipt}/pay-refund": Said(
        lambda scene: {"amount_minor": 1000, "reason": f"{scene.word} scratched"}, "refund granted"
    ),
    "/payments/{receipt}/print": Said(),
    "/tills/{key}/open-display": Said(),
    "/bills/{number}/show": Said(tills.shown, "billed"),
    "/payments/{receipt}/void": Said(plainly(reason="The wrong job")),
    "/tills": Said(plainly(unit="FS01", code="T9")),
    "/tills/{key}/open-session": Said(plainly(float_minor=50000)),
    "/credits": Said(lambda scene: {"customer": scene.customer.pk, "limit_minor": 50000, "days": 30}),
    **{path: Said(*said) for path, said in owing.SAID.items()},
    "/orders/{number}/release-claim-code": Said(plainly(reason="Typed wrongly five times"), "paid"),
    "/orders/{number}/hand-over": Said(_handing_over),
    "/orders/{number}/record-call": Said(plainly(satisfaction=5, works=True), "delivered"),
    "/orders/{number}/close": Said(at="called"),
    "/orders/{number}/claim-rework": Said(plainly(problem="It does not spin again"), "delivered"),
    "/orders/{number}/remind": Said(at="forgotten"),
    "/unclaimed/{number}/send-demand": Said(plainly(legal_basis="Civil Code 453"), "reminded"),
    "/unclaimed/{number}/review-disposal": Said(_valued, "demanded"),
    "/unclaimed/{number}/approve-disposal": Said(at="valued"),
    "/unclaimed/{number}/dispose": Said(plainly(disposal="SALE", proceeds_minor=60000), "disposable"),
    "/unclaimed/{number}/welcome-back": Said(at="reminded"),
    "/figures/{key}/set": Said(VALUE),
    "/figures/{key}/draft": Said(VALUE),
}
