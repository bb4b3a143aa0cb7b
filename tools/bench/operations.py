"""What is measured, as a clerk's program does it. Each works on whatever wire its people have."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from tools.bench import ground
from tools.bench.programs import Program, Wire

PHONE = "3000000122"
PART = "BENCH-007"
OPEN_ORDERS = "/orders?is_open=true&unit=FS01&sort=promised_at"
# What the inspector writes down for each check of the demo company.
MEASURED = {"INSULATION": "5", "LEAKAGE": "0.5"}


@dataclass
class People:
    """The shop's people with their programs, and what they share: the till, the bin, an order to look at."""

    who: Mapping[str, Any]
    programs: Mapping[str, Program]
    order: str
    appliance: int
    checklist: Mapping[str, str]
    work_checks: Mapping[str, str]
    codes: Mapping[str, str]
    session: str

    def __getitem__(self, name: str) -> Program:
        return self.programs[name]


def people(who: Mapping[str, Any], wire: Wire, session: str) -> People:
    """Everybody on this wire. The rows that they need are looked up past it."""
    from guiju.line.quality.models import ChecklistItem
    from guiju.line.workorder.models import WorkOrder
    from guiju.line.workshop.models import WorkCheckItem
    from guiju.standing.catalogue.models import FaultCode

    # None of those that the floor wrote again: their numbers are chance.
    orders = WorkOrder.objects.filter(unit__code="FS01", number__startswith="WO-").exclude(state="CLOSED")
    newest = orders.latest("pk")
    order = newest.number
    codes = {
        "symptom": FaultCode.objects.filter(kind="SYMPTOM", line=None).order_by("pk")[0].code,
        "fault": (FaultCode.objects.filter(kind="FAULT", line__code="WASHER").order_by("pk").first()
                  or FaultCode.objects.filter(kind="FAULT", line=None).order_by("pk")[0]).code,
    }  # fmt: skip
    checks = {str(each.pk): MEASURED.get(each.code, "yes") for each in ChecklistItem.objects.all()}
    programs = {name: Program(wire, who["keys"][name], session) for name in ground.PEOPLE}
    # What is ticked off at the bench before the work is called done.
    asked = WorkCheckItem.objects.filter(until__isnull=True, is_required=True)
    worked = {str(each.pk): "yes" if each.kind == "CHECK" else str(each.limit_min or each.limit_max) for each in asked}
    return People(who, programs, order, newest.appliance_id, checks, worked, codes, session)


def create(them: People) -> str:
    """A customer, an appliance, an order. Part lines follow the diagnosis in this trade and are in the walk-in."""
    order = them["lin"].do(
        "/take-in", unit="FS01",
        customer={"name": "梁明", "phones": [f"139{secrets.randbelow(10**8):08d}"], "consent_service": True},
        appliance={"brand": "Many", "line": "WASHER", "serial": f"B{secrets.token_hex(8)}", "purchased_on": "2020-05-01"},
        problem="The drum does not spin.", symptoms=[them.codes["symptom"]], terms_accepted=True,
    )  # fmt: skip
    return str(order["number"])


def pictures(them: People) -> tuple[list[int], list[int]]:
    """Four photographs and two signatures; sent before the clock starts, as a telephone sends them while people talk."""
    from PIL import Image

    def drawn(kind: str) -> bytes:
        # Random, because the same picture twice is refused.
        written = BytesIO()
        Image.frombytes("RGB", (48, 36), secrets.token_bytes(48 * 36 * 3)).save(written, kind)
        return written.getvalue()

    lin = them["lin"]
    photos = [lin.send("/photos", drawn("JPEG"), unit="FS01", kind="INTAKE") for _ in range(4)]
    return photos, [lin.send("/signatures", drawn("PNG"), unit="FS01") for _ in range(2)]


def walk_in(them: People, proofs: tuple[list[int], list[int]]) -> str:
    """From the customer at the counter to the paid appliance in their hands."""
    number = repaired(them, proofs)
    _pay_and_go(them, number)
    return number


def repaired(them: People, proofs: tuple[list[int], list[int]]) -> str:
    """From the customer at the counter to the appliance that passed its tests."""
    agreed = proofs[1][1]
    number = diagnosed(them, proofs)
    order, lin, chen = f"/orders/{number}", them["lin"], them["chen"]
    quote = draft(them, number)
    lin.do(f"/quotes/{quote}/issue")
    lin.do(f"/quotes/{quote}/approve", how="SIGNATURE", signature=agreed)
    asked = chen.do(f"{order}/request-part", part=ground.USED, quantity=2)["number"]
    them["shen"].do(f"/part-requests/{asked}/answer-available", bin=them.who["bin"])
    them["shen"].do(f"/part-requests/{asked}/issue")
    chen.do(f"{order}/start-repair")
    chen.do(f"{order}/log-labour", minutes=45, task="Changed the belt")
    chen.do(f"/part-requests/{asked}/fit", quantity=2, old_condition="Worn", old_outcome="SCRAP")
    chen.do(f"{order}/check", values=dict(them.work_checks))
    chen.do(f"{order}/finish", work_done="Belt changed.")
    them["qin"].do(f"{order}/pass", values=dict(them.checklist), shelf="R-01")
    return number


def diagnosed(them: People, proofs: tuple[list[int], list[int]]) -> str:
    """From the customer at the counter to the fault that was found."""
    photos, (received, _agreed) = proofs
    number = create(them)
    order, chen = f"/orders/{number}", them["chen"]
    them["lin"].do(
        f"{order}/receive", condition="A scratch.", reproduced=True, photos=photos, signature=received, shelf="A-01",
        accessories=[{"name": "Hose", "quantity": 1}],
    )  # fmt: skip
    them["bo"].do(f"{order}/assign", technician=_number("chen"))
    chen.do(f"{order}/accept")
    chen.do(f"{order}/start-diagnosis")
    chen.do(f"{order}/diagnose", fault=them.codes["fault"], cause="WEAR", findings="The belt is worn.")
    return number


def draft(them: People, number: str) -> str:
    """The quote of that job, with who pays for each line; another one takes its place when it is drawn up again."""
    offers = [{"item": "LABOUR-2"}, {"part": ground.USED, "quantity": 2}]
    return str(them["chen"].do(f"/orders/{number}/draft-quote", offers=offers, service_hours=8)["number"])


def verdict(them: People) -> Any:
    """An appliance's card, with who pays for each kind of cost and what the customer may have instead."""
    return them["lin"].page(f"/reception/appliances/{them.appliance}/")


def _pay_and_go(them: People, number: str) -> None:
    cai = them["cai"]
    bill = cai.do(f"/orders/{number}/draw-bill")
    cai.do(f"/bills/{bill['number']}/pay", method="CASH", amount_minor=bill["total_minor"])
    came = cai.get(f"/orders/{number}")["accessories"]
    cai.do(
        f"/orders/{number}/hand-over", proof="CLAIM_CODE", claim_code=_claim_code(number), demonstrated=True,
        accessories_returned={str(each["id"]): each["quantity"] for each in came},
    )  # fmt: skip


def _claim_code(number: str) -> str:
    """As it is printed on the customer's slip."""
    from guiju.line.intake import queries as intake
    from guiju.line.intake.models import ClaimTag
    from tools.bench import floor

    # Past Django: who reads a slip of paper asks no database, and is not counted.
    sql = "SELECT o.id, t.code_salt FROM intake_claimtag t JOIN workorder_workorder o ON o.id = t.order_id"
    (key, salt), *_ = floor.rows_of(f"{sql} WHERE o.number = '{number}'")
    return intake.claim_code(ClaimTag(order_id=key, code_salt=salt))


def _number(login: str) -> str:
    from guiju.conf.demo.people import COLLEAGUES

    return next(f"{each.unit}-{place:03d}" for place, each in enumerate(COLLEAGUES, start=1) if each.login == login)


READS: Mapping[str, Callable[[People], Any]] = {
    "open orders": lambda them: them["lin"].get(OPEN_ORDERS),
    "phone": lambda them: them["lin"].get(f"/customers?q={PHONE}"),
    "one part": lambda them: them["shen"].get(f"/stock?part={PART}&kind=BIN"),
    "all parts": lambda them: them["shen"].get("/stock?store=S1&kind=BIN&limit=200"),
    "page": lambda them: them["lin"].page(f"/reception/orders/{them.order}/"),
}
