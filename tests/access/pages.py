"""Every page of the site as a question: its address filled with rows of FS01, and what a person would type on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse
from django.utils import timezone

from guiju.desks.bench.steps import STEPS as BENCH
from guiju.desks.reception.steps import STEPS as COUNTER
from guiju.desks.track.views import ANSWERS
from guiju.line.intake.models import IntakePhoto
from guiju.line.workshop import queries as workshop
from guiju.line.workshop.models import PriceException
from guiju.standing.people import actions as people
from guiju.standing.people.models import SavedView
from guiju.standing.pricing.models import PriceLine
from tests.access import (
    bankings,
    cashdays,
    counts,
    custodies,
    exchanges,
    old_parts,
    owing,
    purchases,
    requisitions,
    shelves,
    telephones,
    tills,
    upkeeps,
    visitors,
)  # fmt: skip
from tests.access.asking import Question
from tests.access.scene import FIGURE, Scene, today
from tests.desks.reception.typed import photos, signed
from tests.line import stages

Typed = Mapping[str, Any]
Fill = Callable[[Scene], Typed]


@dataclass(frozen=True)
class Said:
    """What is typed on a page, about the job of which station; `slug` names the verb where one route has many."""

    typed: Fill = lambda _scene: {}
    at: str = "paid"
    slug: str = ""


@dataclass(frozen=True)
class Route:
    """A page of the site: its name, and the blanks of its address."""

    name: str
    keys: frozenset[str]


def routes(patterns: Any = None, space: str = "") -> Iterator[Route]:
    """Every page of the desks; sign-in is the library's, and the API has a table of its own."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if not hasattr(pattern, "url_patterns"):
            named = re.findall(r"<(?:\w+:)?(\w+)>", str(pattern.pattern))
            if pattern.name:
                yield Route(space + pattern.name, frozenset({*named, *pattern.pattern.regex.groupindex}))
        elif not str(pattern.pattern).startswith(("account", "api")):
            yield from routes(pattern.url_patterns, space + (f"{pattern.namespace}:" if pattern.namespace else ""))


def questions(scene: Scene) -> Iterator[Question]:
    """Every route by both methods; a route with many verbs once for each of them.

    A route whose blanks nobody has filled is left out, and then lacks its row.
    """
    for route in routes():
        try:
            yield from list(_both_ways(scene, route))
        except Unfilled:
            continue


class Unfilled(LookupError):
    """An address has a blank, and nobody has said with what it is filled."""


def _both_ways(scene: Scene, route: Route) -> Iterator[Question]:
    opened = Said(at=OPENED.get(route.name, "paid"), slug=FIRST.get(route.name, ""))
    yield Question(route.name, "GET", _address(scene, route, opened))
    for said in VERBS.get(route.name, (POSTED.get(route.name, Said()),)):
        row = f"{route.name}/{said.slug}" if route.name in VERBS else route.name
        yield Question(row, "POST", _address(scene, route, said), said.typed(scene))


def _address(scene: Scene, route: Route, said: Said) -> str:
    known: dict[str, Callable[[], Any]] = {
        "number": lambda: _number(scene, route.name, said.at),
        "code": lambda: _number(scene, route.name, said.at),
        "token": lambda: visitors.token(scene, route.name, said.at),
        "outlet": scene.shop.unit.code.lower,
        "line": lambda: scene.shop.line.code,
        "unit": lambda: scene.shop.unit.pk,
        "template": lambda: "QUOTE",
        "channel": lambda: "SMS",
        "language": lambda: "en",
        "receipt": lambda: scene.deposit(said.at if said.at.startswith("deposit") else "deposit due").receipt_number,
        "paper": lambda: "ticket",
        "slug": lambda: said.slug or "cancel",
        "step": lambda: "GREETING",
        "key": lambda: scene.deed.key if route.name == "back_office:deed" else FIGURE,
        "what": lambda: said.slug or "abandon",
        "listing": lambda: "orders",
        "book": lambda: "bench",
        "kind": lambda: purchases.kind_of(said.at),
        "act": lambda: "hold",
        "change": lambda: "drop",
        "pk": lambda: _pk(scene, route.name, said.at),
    }
    if not route.keys <= set(known):
        raise Unfilled(route.name)
    return reverse(route.name, kwargs={name: known[name]() for name in route.keys})


def _number(scene: Scene, route: str, at: str) -> str:
    numbers = {"exchange:": exchanges.number, "stores:count": counts.number, "stores:controlled": custodies.number}
    numbers["stores:requisition"] = requisitions.number
    numbers |= dict.fromkeys(bankings.NUMBERED, partial(bankings.number, route=route))
    numbers |= dict.fromkeys(
        ("back_office:paper", "back_office:purchase_file", "back_office:supplier", "stores:delivery", "stores:goods"),
        partial(purchases.number, route=route),
    )
    numbers |= dict.fromkeys(owing.NUMBERED, partial(owing.number, route=route))
    if told := [number for beginning, number in numbers.items() if route.startswith(beginning)]:
        return str(told[0](scene, at))
    if route.startswith("stores:"):
        return (scene.transfer(at) if route.startswith("stores:transfer") else scene.request(at)).number
    if route in {
        "till:receipt",
        "till:ask_refund",
        "till:approve_refund",
        "till:reject_refund",
        "till:pay_refund",
        "till:void_payment",
    }:
        return scene.payment(at).receipt_number
    if route in OF_REQUESTS:
        return visitors.number(scene, at)
    if route in {"back_office:person", "back_office:propose_refund"}:
        return person(scene, at) if route.endswith("person") else scene.bill(at).number
    is_of_prices = route.startswith("back_office:") and route != "back_office:messages_of_order"
    listed = scene.leaflet if route == "back_office:leaflet_paper" else scene.price_lists.get(at, scene.prices)
    return str(listed.number if is_of_prices else scene.order(at).number)


def _kept_view(scene: Scene) -> int:
    """A view that Lin keeps of the list of all jobs: her own, and nobody else's."""
    kept = SavedView.objects.filter(listing="orders", name="Mine").first()
    lin = scene.shop.cast.people["lin"]
    who = {"by": scene.shop.actor("lin"), "at": timezone.now()}
    return (kept or people.keep_view(lin, listing="orders", name="Mine", **who)).pk


def person(scene: Scene, at: str) -> str:
    """The number of the newcomer, or of whoever is meant."""
    return {"wu": "P-wu", "idle": str(scene.suspended.number)}.get(at, str(scene.newcomer.number))


def _sending(scene: Scene) -> Typed:
    line = scene.transfer("asked").lines.get().pk
    return {f"bin_{line}": scene.bin.pk, f"quantity_{line}": "1", "carrier": "Chen"}


def _pk(scene: Scene, route: str, at: str) -> int:
    order = scene.order("paid")
    rows: dict[str, Callable[[], Any]] = {
        "list_view": lambda: _kept_view(scene),
        "reception:appliance": lambda: order.appliance_id,
        "reception:take_in": lambda: scene.order("delivered").appliance_id,
        "till:ask_credit": lambda: order.customer_id,
        **dict.fromkeys(shelves.CARD, lambda: scene.shop.compressor.pk),
        **dict.fromkeys(("till:day", "till:day_paper", *cashdays.PAGES), lambda: cashdays.day(scene)),
        **dict.fromkeys(owing.PAGES, lambda: owing.account(scene, at).pk),
        **dict.fromkeys(bankings.PAGES, lambda: bankings.page_key(scene, route)),
        **dict.fromkeys(("till:session", *tills.PAGES), lambda: tills.number(scene, at)),
        **dict.fromkeys(
            ("stores:plan", "stores:least", "stores:order_lacking", "stores:fetch_lacking"), lambda: scene.bin.store_id
        ),
        **dict.fromkeys(("stores:level", "stores:accept_level", "stores:change_level"), lambda: scene.suggestion.pk),
        "stores:old_part": lambda: old_parts.part(scene, at).pk,
        "stores:shelf_act": lambda: shelves.heap(scene),
        "stores:old_part_act": lambda: old_parts.part(scene, at).pk,
        "stores:report": lambda: old_parts.report(scene),
        "stores:confirm_report": lambda: old_parts.report(scene),
        "stores:report_paper": lambda: old_parts.report(scene),
        "stores:batch": lambda: old_parts.batch(scene).pk,
        "stores:receive_batch": lambda: old_parts.batch(scene).pk,
        "order_picture": lambda: IntakePhoto.objects.filter(order=order)[0].evidence_id,
        "back_office:adopt": lambda: scene.draft.pk,
        "back_office:wall_photo": lambda: scene.proof.pk,
        "back_office:drop": lambda: scene.draft.pk,
        "back_office:resend": lambda: scene.stuck.pk,
        "back_office:file": lambda: scene.file.pk,
        "back_office:decide": lambda: scene.file.pk,
        "back_office:end_role": lambda: scene.grant.pk,
        "back_office:item": lambda: scene.work_check.pk,
        "back_office:end_item": lambda: scene.work_check.pk,
        "back_office:revoke": lambda: scene.key.pk,
        "back_office:webhook": lambda: (scene.silent if at == "silent" else scene.hook).pk,
        "back_office:webhook_message": lambda: scene.told.pk,
        "back_office:webhook_resend": lambda: scene.told.pk,
        "control_room:approve_exception": lambda: PriceException.objects.get(order=scene.order("excepted")).pk,
        "control_room:reject_exception": lambda: PriceException.objects.get(order=scene.order("excepted")).pk,
        "back_office:remove_line": lambda: scene.price.pk,
    }
    if route.startswith(("stores:upkeep", "stores:controlled")):
        return upkeeps.page_key(scene, route) if "upkeep" in route else custodies.page_key(scene, route, at)
    if route in rows:
        return int(rows[route]())
    if route.startswith("exchange:"):
        return exchanges.key(scene, route)
    if route in visitors.PAGES or route in {
        "front_door:picture", "reception:request_picture", "reception:registration_proof", "reception:signature",
        "reception:signature_picture",
    }:  # fmt: skip
        return visitors.key(scene, route)
    if route in telephones.PAGES:
        return telephones.key(scene, at if at in scene.__dict__.get("telephone", {}) else telephones.PAGES[route])
    if route.startswith("reception:"):
        return order.customer_id
    raise Unfilled(route)


# --- What is typed


def soon(days: float) -> str:
    """A moment some days from now, as a form writes it."""
    return (timezone.localtime() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def day(days: int) -> str:
    """A day some days from now where our outlets are, as a form writes it."""
    return (today() + timedelta(days=days)).isoformat()


def plainly(**typed: Any) -> Fill:
    """What is typed, whatever the scene."""
    return lambda _scene: typed


def _proposal(_scene: Scene) -> Typed:
    return {
        "cause": "NO_STOCK", "basis": "The supplier's word", "promised_part_on": day(6), "promised_ready_at": soon(8),
        "remedy": "LOANER",
    }  # fmt: skip


def _appliance(_scene: Scene) -> Typed:
    return {
        "condition": "A scratch", "reproduced": "yes", "shelf": "A-01", "photos": photos(), "accessories_name": ["Hose"],
        "accessories_quantity": ["2"], **signed(),
    }  # fmt: skip


def _law(_scene: Scene) -> Typed:
    said = 'jurisdiction = "CN-99"\nversion = "CN-99-1"\nnames = { en = "A place" }\nstarts_on = 2099-01-01\nsource = "Its gazette"\n'
    return {"file": SimpleUploadedFile("law.toml", said.encode(), "application/toml"), "reason": "Counsel, letter 12"}


def _quote(scene: Scene) -> Typed:
    line = PriceLine.objects.get(price_list=scene.shop.price_list, item=scene.shop.labour).pk
    return {"service_hours": "8", "rows": "3", "what_0": str(line), "quantity_0": "1", "price_0": "90"}


def _tested(scene: Scene) -> Typed:
    return {"verdict": "PASS", "shelf": "R-01"} | {f"item_{pk}": text for pk, text in scene.values.items()}


def _claimed(scene: Scene) -> Typed:
    given = stages.handing_over(scene.order("paid"))
    counted = {f"accessory_{pk}": count for pk, count in given["accessories_returned"].items()}
    return {
        "proof": "CLAIM_CODE",
        "claim_code": given["claim_code"],
        "demonstrated": "on",
        "old_parts": "RETURNED",
        **counted,
    }


def _dispute(**more: Any) -> Fill:
    return lambda scene: {"request": scene.request(str(more["of"])).number} | {
        name: text for name, text in more.items() if name != "of"
    }  # fmt: skip


def _valued(scene: Scene) -> Typed:
    chen, wu = scene.shop.cast.people["chen"], scene.shop.cast.people["wu"]
    return {"valuation_minor": "300", "valued_by": chen.pk, "valued_also_by": wu.pk, "photos": photos(1)}


def _newcomer(scene: Scene) -> Typed:
    return {
        "phone": "138 0000 1234", "name": "Ou Yang", "kind": "PERSON", "language": "zh-hans", "consent_service": "on",
        "line": scene.shop.line.pk, "brand": "Haier", "serial": "HA-1",
    }  # fmt: skip


def _role(scene: Scene) -> Typed:
    return {"do": "grant_role", "unit": scene.shop.unit.pk, "role": "RC", "starts_on": day(0)}


def _new_store(scene: Scene) -> Typed:
    return {"do": "open_store", "unit": scene.shop.unit.pk, "code": "NEW", "kind": "OUTLET", "name_en": "New"}


def _sheet(_scene: Scene) -> Typed:
    text = b"code,name_en,base_unit,is_serialised,cost\nCMP-10K,Compressor,PIECE,yes,380.00\n"
    return {"sheet": "PARTS", "file": SimpleUploadedFile("parts.csv", text, "text/csv")}


def _code(scene: Scene) -> Typed:
    return {"code": workshop.approval_code(scene.quote("coded"))}


# Pages of one request, by its number.
OF_REQUESTS = frozenset({
    "reception:request", "reception:request_act", "reception:request_picture", "reception:read_contact", "reception:convert",
    "reception:confirm_registration", "reception:refuse_registration", "reception:registration_proof",
})  # fmt: skip
# The station whose job a page is opened for, where it is another than the paid one; and the verb in its address.
OPENED: Mapping[str, str] = {
    "till:slip_picture": "banked",
    **counts.OPENED,
    "reception:receive": "registered", "bench:job": "accepted", "bench:parts": "accepted", "bench:do": "accepted",
    "inspection:test": "tested", "control_room:resolve_commitment": "breached", "back_office:price_list": "draft",
    "reception:convert": "triaged", "exchange:picture": "exchanged", "reception:registration_proof": "registration",
}  # fmt: skip
FIRST: Mapping[str, str] = {"bench:do": "start-diagnosis"}

PRESSING = plainly(priority="HIGH", reason="A baby is in the house")
HOLD = plainly(hold="CUSTOMER_REQUEST", reason="On holiday")
HOOK = {"name": "Our shop", "url": "https://news.example/hook", "types": ["workorder.ready", "quote.issued"]}
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
    "control_room:assign": Said(plainly(technician="P-chen"), "received"),
    "control_room:hand_on": Said(
        plainly(technician="P-wu", reason="Chen is ill", override_reason="Nobody else"), "accepted"
    ),
    "control_room:prioritise": Said(PRESSING, "accepted"),
    "control_room:hold": Said(HOLD, "accepted"),
    "control_room:release": Said(at="held"),
    "control_room:confirm_unrepairable": Said(at="unrepairable"),
    "control_room:reject_unrepairable": Said(plainly(reason="Try another board"), "unrepairable"),
    "control_room:approve_discount": Said(at="discounted"),
    "control_room:approve_exception": Said(at="excepted"),
    "control_room:reject_exception": Said(plainly(reason="Ask the other maker"), "excepted"),
    "control_room:reject_discount": Said(plainly(reason="Not for this one"), "discounted"),
    "control_room:resolve_commitment": Said(plainly(note="A loaner"), "breached"),
    "stores:available": Said(lambda scene: {"bin": scene.bin.pk}, "asked"),
    "stores:none": Said(plainly(kind="PURCHASE", expected_on=day(5), basis="The supplier"), "asked"),
    "stores:expect": Said(plainly(expected_on=day(9), basis="The supplier"), "on order"),
    "stores:arrived": Said(lambda scene: {"bin": scene.bin.pk}, "on order"),
    "stores:issue": Said(at="reserved"),
    "stores:take_back": Said(plainly(quantity="1"), "issued"),
    "stores:cancel": Said(at="asked"),
    "stores:ask_transfer": Said(
        lambda scene: {
            "source": scene.bin.store_id,
            "target": scene.van_bin.store_id,
            "part_1": "COMP-1",
            "quantity_1": "1",
            "reason": "For the van",
        }
    ),
    "stores:transfer_send": Said(_sending, "asked"),
    "stores:transfer_receive": Said(
        lambda scene: {"bin": scene.van_bin.pk, "part": "COMP-1", "quantity": "1", "condition": "GOOD"}, "sent"
    ),
    "stores:transfer_lose": Said(
        lambda scene: {"part": scene.shop.compressor.pk, "quantity": "1", "cause": "SHORT", "reason": "Not there"},
        "sent",
    ),
    "stores:transfer_refuse": Said(plainly(reason="None to spare"), "asked"),
    "stores:transfer_cancel": Said(plainly(reason="Not needed"), "asked"),
    **{route: Said(*said) for route, said in (custodies.TYPED | upkeeps.TYPED | shelves.SAID | bankings.TYPED).items()},
    "stores:receive": Said(lambda scene: {"document": "DN-9", "part": "COMP-1", "quantity": "1", "bin": scene.bin.pk}),
    "stores:plan": Said(),
    "stores:least": Said(plainly(part="COMP-1", least="2", reason="A school next door")),
    "stores:order_lacking": Said(lambda scene: {"part": str(scene.shop.compressor.pk)}),
    "stores:fetch_lacking": Said(lambda scene: {"part": str(scene.shop.compressor.pk)}),
    "stores:accept_level": Said(),
    "stores:change_level": Said(plainly(level="9", reason="A campaign")),
    "inspection:test": Said(_tested, "tested"),
    "inspection:allow": Said(at="tested"),
    "till:open": Said(lambda scene: {"till": scene.till.pk, "float_minor": "500"}),
    "till:draw": Said(at="ready"),
    "till:pay": Said(plainly(method="CARD", amount_minor="10", terminal_ref="C-1"), "billed"),
    "till:take_deposit": Said(plainly(method="CARD", terminal_ref="C-1"), "held"),
    "till:return_deposit": Said(at="held"),
    "till:take_parts_deposit": Said(plainly(method="CARD", terminal_ref="C-1"), "deposit owed"),
    "till:return_parts_deposit": Said(plainly(reason="Cancelled", method="CARD", bank_ref="C-1B"), "deposit due"),
    "till:ask_deposit_back": Said(plainly(reason="Another card"), "deposit held"),
    "till:approve_deposit_back": Said(at="deposit asked"),
    "till:hand_over": Said(_claimed),
    "till:ask_refund": Said(plainly(amount_minor="10", reason="Scratched by us")),
    "till:approve_refund": Said(at="refund asked"),
    "till:reject_refund": Said(plainly(reason="The work was good"), "refund asked"),
    "till:pay_refund": Said(at="refund granted"),
    "till:void_payment": Said(plainly(reason="The wrong job")),
    "till:ask_credit": Said(plainly(limit_minor="500", days="30")),
    **{f"till:{name}": Said(*said) for name, said in owing.STEPS.items()},
    "back_office:files": Said(_sheet),
    "back_office:export": Said(plainly(sheet="PARTS", way="xlsx")),
    "back_office:people": Said(
        lambda scene: {"unit": scene.shop.unit.pk, "number": "P-newer", "name": "Newer", "phone": ""}
    ),
    "back_office:keys": Said(plainly(label="Robot", verbs=["people.see"])),
    "back_office:prices": Said(plainly(scope="", starts_on="2099-01-01")),
    "back_office:add_item": Said(plainly(code="TORQUE", name_en="Torque", work="REPAIR", kind="CHECK")),
    "back_office:item": Said(plainly(name_en="Hose is tight and dry", work="REPAIR", kind="CHECK")),
    "back_office:adopt_profile": Said(_law),
    "back_office:set_terms": Said(
        plainly(version="T-2099", starts_on="2099-01-01", starts_by="INVOICE", whole_unit_months="24")
    ),
    "back_office:webhooks": Said(lambda scene: {"unit": scene.shop.unit.pk, **HOOK}),
    "back_office:price_list": Said(plainly(item="COMP-1", min_minor="500", unit="each")),
    "back_office:leaflets": Said(
        lambda scene: {
            "price_list": scene.shop.price_list.pk,
            "model": scene.shop.model.code,
            "languages": "en",
            "batch": "B-2",
        }
    ),
    "reception:wall": Said(lambda _scene: {"photo": photos(1)}),
    "back_office:check_list": Said(at="draft"),
    "back_office:approve_list": Said(at="checked"),
    "back_office:reopen_list": Said(plainly(reason="The test fee is old"), "checked"),
    "back_office:publish": Said(at="approved"),
    "track:ask_code": Said(at="quoted"),
    "set_language": Said(plainly(language="en", next="/")),
    **{
        name: Said(*said)
        for name, said in (
            telephones.POSTED
            | visitors.POSTED
            | exchanges.PAGES
            | purchases.PAGES
            | counts.POSTED
            | old_parts.PAGES
            | requisitions.PAGES
            | tills.PAGES
            | cashdays.PAGES
        ).items()
    },
}

COUNTER_TYPED: Mapping[str, Said] = {
    "issue-quote": Said(at="drafted"),
    "discount-quote": Said(plainly(discount_minor="10", code="REGULAR", reason="A good customer"), "dear"),
    "approve-quote": Said(lambda _scene: {"how": "SIGNATURE", **signed()}, "quoted"),
    "decline-quote": Said(plainly(reason="Too dear"), "quoted"),
    "sign-line": Said(lambda scene: {**signed(), "line": scene.quote("outside").lines.get().pk}, "outside"),
    "sign-commitment": Said(lambda _scene: signed(), "proposed"),
    "refuse-commitment": Said(plainly(note="Too late"), "proposed"),
    "propose-commitment": Said(_proposal, "on order"),
    "priority": Said(PRESSING, "accepted"),
    "renegotiate-commitment": Said(
        lambda scene: {**_proposal(scene), "promised_part_on": day(7), **signed()}, "signed"
    ),
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
BENCH_TYPED: Mapping[str, Said] = {
    "accept": Said(at="dispatched"),
    "refuse": Said(plainly(reason="No time today"), "dispatched"),
    "start-diagnosis": Said(at="accepted"),
    "approve-free": Said(at="free"),
    "diagnose": Said(
        lambda scene: {"fault": scene.shop.fault.pk, "cause": scene.shop.defect.pk, "findings": "The belt is worn"},
        "diagnosing",
    ),
    "quote": Said(_quote, "diagnosed"),
    "revise-quote": Said(_quote, "quoted"),
    "ask-exception": Said(
        plainly(code="COMP-1", unit_minor="700", reason="PRICE_ROSE", note="It rose since"), "diagnosed"
    ),
    "no-fault": Said(plainly(tests="Three washes", demonstration_offered="on"), "diagnosing"),
    "ask-part": Said(plainly(part="COMP-1", quantity="1"), "repairing"),
    "cancel-part": Said(_dispute(of="asked"), "asked"),
    "commitment": Said(_proposal, "on order"),
    "wait": Said(at="signed"),
    "start-repair": Said(at="issued"),
    "fit": Said(_dispute(of="repairing", quantity="1", old_condition="Burnt", old_outcome="SCRAP"), "repairing"),
    "labour": Said(plainly(minutes="30", task="Belt"), "repairing"),
    # It runs there already, and runs on.
    "start-timer": Said(at="timed"),
    "switch-timer": Said(at="repairing"),
    "stop-timer": Said(plainly(task="Belt"), "timed"),
    "correct-labour": Said(
        lambda scene: {"entry": scene.labour("finishing").pk, "minutes": "20", "reason": "Typed twice"}, "finishing"
    ),
    "checks": Said(lambda scene: {f"item_{scene.work_check.pk}": "yes"}, "repairing"),
    "finish": Said(plainly(work_done="Belt changed"), "finishing"),
    "unrepairable": Said(plainly(reason="EOL_PART", note="The maker is gone"), "diagnosed"),
    "return": Said(plainly(reassembled="on", accessories_complete="on", safety_checked="on", shelf="A-02"), "no fault"),
    "hold": Said(HOLD, "accepted"),
    "release": Said(at="held"),
    "resume": Said(at="resumable"),
}
TRACK_TYPED: Mapping[str, Said] = {
    "approve": Said(lambda _scene: signed(), "quoted"),
    "enter-code": Said(_code, "coded"),
    "decline": Said(plainly(reason="Too dear"), "quoted"),
    "sign-line": Said(lambda scene: {**signed(), "line": scene.quote("outside").lines.get().pk}, "outside"),
    "sign": Said(lambda _scene: signed(), "proposed"),
    "agree": Said(lambda _scene: signed(), "moved"),
    "ask-exchange": Said(plainly(ground="TWO_REPAIRS"), "received"),
    "agree-unit": Said(lambda _scene: signed(), "exchange offered"),
    "decline-unit": Said(plainly(note="The money, please"), "exchange offered"),
    "cancel-free": Said(plainly(reason="She waited long enough"), "breached"),
    "refuse": Said(plainly(note="Too late"), "proposed"),
    "cancel": Said(plainly(reason="Bought a new one"), "received"),
}
LOGIN = {"do": "make_login", "username": "newer", "password": "new here, square and true", "language": "en"}
PERSON = (
    Said(plainly(do="admit"), slug="admit"),
    Said(plainly(do="suspend", reason="Under inquiry"), "wu", "suspend"),
    Said(plainly(do="reinstate", reason="Nothing was found"), "idle", "reinstate"),
    Said(plainly(do="part_with", reason="Moved away"), "wu", "part_with"),
    Said(_role, "wu", "grant_role"),
    Said(plainly(**LOGIN), slug="make_login"),
)
NEW_VALUE = {"value": "6", "starts_on": "2099-01-05", "reason": "More photos settle disputes"}


def _named(steps: Mapping[str, Said], slugs: Iterator[str]) -> tuple[Said, ...]:
    """Every step of a desk, also one that nobody has written a body for."""
    found = [(slug, steps.get(slug, Said())) for slug in slugs]
    return tuple(Said(said.typed, said.at, slug) for slug, said in found)


# Routes behind which there are many verbs: each is a row of its own.
VERBS: Mapping[str, tuple[Said, ...]] = {
    "reception:act": _named(COUNTER_TYPED, (step.slug for step in COUNTER)),
    "bench:do": _named(BENCH_TYPED, iter(BENCH)),
    **{
        name: tuple(Said(*said, slug) for slug, said in verbs.items())
        for name, verbs in (telephones.VERBS | visitors.VERBS).items()
    },
    "stores:old_part_act": tuple(Said(*said, slug) for slug, said in old_parts.STEPS.items()),
    "stores:shelf_act": tuple(Said(*said, slug) for slug, said in shelves.STEPS.items()),
    "exchange:act": tuple(Said(*said, slug) for slug, said in exchanges.STEPS.items()),
    "track:answer": _named(TRACK_TYPED, iter(ANSWERS)),
    "back_office:person": PERSON,
    "back_office:paper_do": tuple(Said(*said) for said in purchases.STEPS),
    "back_office:supplier_do": tuple(Said(*said) for said in purchases.SUPPLIER_STEPS),
    "back_office:webhook": (
        Said(plainly(do="change", **HOOK), slug="change"), Said(plainly(do="pause"), slug="pause"),
        Said(plainly(do="resume"), "silent", "resume"), *(
            Said(plainly(do=name), slug=name) for name in ("rotate", "revoke", "send_test", "resend_failed")
        ),
    ),
    "back_office:decide": (Said(slug="commit"), Said(slug="abandon")),
    "back_office:figure": (
        Said(plainly(do="set", **NEW_VALUE), slug="set"), Said(plainly(do="draft", **NEW_VALUE), slug="draft"),
    ),
    "back_office:places": (
        Said(_new_store, slug="open_store"),
        Said(lambda scene: {"do": "add_bin", "store": scene.bin.store_id, "code": "B-9"}, slug="add_bin"),
        Said(lambda scene: {"do": "add_till", "unit": scene.shop.unit.pk, "code": "T9"}, slug="add_till"),
    ),
}  # fmt: skip
