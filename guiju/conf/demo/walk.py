"""One job of the demo company on its way along the line, told by the verbs of those who carry it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from guiju.conf.demo import pictures
from guiju.conf.demo.company import Company
from guiju.kernel import evidence
from guiju.kernel.models import Evidence
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.rules import ClaimProof, Method
from guiju.line.dispatch import actions as dispatch
from guiju.line.intake import actions as intake
from guiju.line.intake import queries as front_desk
from guiju.line.quality import actions as quality
from guiju.line.quality.models import ChecklistItem
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom.models import PartRequest
from guiju.line.storeroom.rules import OldPartOutcome
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.models import Diagnosis, Quote, WorkCheckItem
from guiju.line.workshop.rules import Consent, OptionKind, PartMark
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import Brand, FaultCode, ProductLine, ServiceItem
from guiju.standing.customers import actions as customers
from guiju.standing.pricing import queries as pricing
from guiju.standing.pricing.rules import Place

WORKED = {"PLUG": "yes", "SCREWS": "yes", "TRIAL": "10"}
READINGS = {"INSULATION": "12.5", "LEAKAGE": "0.12", "FUNCTION": "yes", "CLEAN": "yes"}


@dataclass(frozen=True)
class Story:
    """What the customer brings and says: taken from a published repair, with a customer of our own."""

    number: int
    customer: str
    phone: str
    brand: str
    line: str
    problem: str
    purchased_on: date | None
    language: str = "zh-hans"


@dataclass
class Walk:
    """A job and its clock; each step takes some minutes."""

    company: Company
    story: Story
    at: datetime
    outlet: str = "FS01"
    technician: str = "chen"
    order: Any = field(default=None)
    quote: Any = field(default=None)
    request: Any = field(default=None)

    def by(self, login: str) -> Any:
        """Somebody, acting."""
        return self.company.actors[login]

    @property
    def desk(self) -> Any:
        """The receptionist of the outlet."""
        return self.by("lin" if self.outlet == "FS01" else "zhou")

    def later(self, minutes: int = 4, *, hours: int = 0, days: int = 0) -> datetime:
        """Let time pass."""
        self.at += timedelta(minutes=minutes, hours=hours, days=days)
        return self.at

    def fresh(self) -> WorkOrder:
        """The order as it is now."""
        order: WorkOrder = WorkOrder.objects.with_names().get(pk=self.order.pk)
        self.order = order
        return order

    # --- The counter

    def register(self) -> Walk:
        story, unit = self.story, self.company.units[self.outlet]
        customer = customers.enrol(
            unit=unit, name=story.customer, phones=[story.phone], language=story.language, consent_service=True,
            by=self.desk, at=self.at,
        )  # fmt: skip
        line = ProductLine.objects.get(code=story.line)
        brand = Brand.objects.filter(name=story.brand).first() or catalogue.add_brand(
            name=story.brand, by=self.by("nie"), at=self.at
        )
        appliance = catalogue.register_appliance(
            unit=unit, brand=brand, line=line, customer=customer, serial=f"{story.line[:2]}{story.number:07d}",
            purchased_on=story.purchased_on, by=self.desk, at=self.at,
        )  # fmt: skip
        symptom = FaultCode.objects.filter(kind="SYMPTOM", line=None).order_by("pk")[story.number % 4]
        self.order = intake.register(
            unit=unit, customer=customer, appliance=appliance, symptoms=[symptom], problem=story.problem,
            terms_accepted=True, by=self.desk, at=self.later(),
        )  # fmt: skip
        return self

    def receive(self) -> Walk:
        intake.receive(
            self.fresh(), condition="外壳有轻微划痕，无磕碰。", reproduced=True, photos=self.photos(), signature=self.signature(),
            shelf=f"R-{self.story.number % 12 + 1:02d}", accessories=[("电源线", 1), ("说明书", 1)],
            declared_value_minor=80000, by=self.desk, at=self.later(),
        )  # fmt: skip
        return self

    def photos(self, sides: int = 4) -> list[Evidence]:
        """The appliance from four sides."""
        return [
            evidence.keep_photo(
                pictures.appliance(self.story.number, side),
                unit_id=self.order.unit_id,
                kind="INTAKE",
                by=self.desk,
                at=self.at,
            )
            for side in range(sides)
        ]

    def signature(self) -> Evidence:
        """The customer's scribble."""
        return evidence.keep_signature(
            pictures.signature(self.story.number + self.at.minute), unit_id=self.order.unit_id, by=self.desk, at=self.at
        )

    # --- Control room and bench

    def assign(self) -> Walk:
        person = self.company.people[self.technician]
        by = self.by("bo" if self.outlet == "FS01" else "jia")
        dispatch.assign(self.fresh(), technician=person, by=by, at=self.later(10))
        return self

    def accept(self) -> Walk:
        dispatch.accept(self.fresh(), by=self.by(self.technician), at=self.later(5))
        return self

    def diagnose(self, *, cause: str = "WEAR", finding: str = "零件磨损，需要更换。") -> Walk:
        technician = self.by(self.technician)
        workshop.start_diagnosis(self.fresh(), by=technician, at=self.later(15))
        faults = FaultCode.objects.filter(kind="FAULT").order_by("pk")
        fault = faults.filter(line__code=self.story.line).first() or faults.filter(line=None)[0]
        workshop.diagnose(
            self.fresh(), fault=fault, cause=FaultCode.objects.get(kind="CAUSE", code=cause), findings=finding,
            measurements=[{"name": "电源电压", "value": "221", "unit": "V"}], by=technician, at=self.later(20),
        )  # fmt: skip
        return self

    def start_only(self) -> Walk:
        workshop.start_diagnosis(self.fresh(), by=self.by(self.technician), at=self.later(15))
        return self

    def send_quote(self, part: str | None) -> Walk:
        found = Diagnosis.objects.filter(order=self.fresh()).values_list("fault__labour_level", flat=True).last()
        labour = f"LABOUR-{1 if found == 1 else 2}"
        offers = [workshop.Offer(item=ServiceItem.objects.get(code=labour))]
        if part:
            offers.append(workshop.Offer(part=self.company.parts[part]))
        technician = self.by(self.technician)
        draft = workshop.draft_quote(self.fresh(), offers=offers, service_hours=16, by=technician, at=self.later())
        workshop.issue_quote(draft, by=self.desk, at=self.later())
        self.quote = Quote.objects.select_related("order").get(pk=draft.pk)
        return self

    def send_choice(self, part: str) -> Walk:
        """A refurbished part, a new one that is warranted for longer, or only the work with a part that holds for now."""
        found = Diagnosis.objects.filter(order=self.fresh()).values_list("fault__labour_level", flat=True).last()
        labour = workshop.Offer(item=ServiceItem.objects.get(code=f"LABOUR-{1 if found == 1 else 2}"))
        fitted = self.company.parts[part]
        (listed,) = pricing.lines_for(
            [(None, fitted)], unit=self.order.unit, on=self.order.unit.day(self.at), place=Place.SHOP
        )
        dear = listed.max_minor if listed else None
        new = workshop.Alternative(
            [labour, workshop.Offer(part=fitted, unit_minor=dear)],
            24,
            OptionKind.REPLACE_MODULE,
            180,
            "全新原厂件，保修更长",
        )
        work = workshop.Alternative([labour], 8, OptionKind.REPAIR, None, "只做清洁、紧固，暂不换件")
        draft = workshop.draft_quote(
            self.fresh(), offers=[labour, workshop.Offer(part=fitted, mark=PartMark.REFURBISHED)], service_hours=16,
            note="翻新件，价格较低", others=[new, work], by=self.by(self.technician), at=self.later(),
        )  # fmt: skip
        workshop.issue_quote(draft, by=self.desk, at=self.later())
        self.quote = Quote.objects.select_related("order").get(pk=draft.pk)
        return self

    def approve(self) -> Walk:
        workshop.approve_quote(
            self.quote, how=Consent.SIGNATURE, signature=self.signature(), by=self.desk, at=self.later(30)
        )
        return self

    def ask_part(self, part: str) -> Walk:
        self.request = storeroom.request_part(
            self.fresh(), part=self.company.parts[part], quantity=1, by=self.by(self.technician), at=self.later()
        )
        return self

    def get_part(self, part: str) -> Walk:
        self.ask_part(part)
        shen = self.by("shen")
        bin = next(each for each in self.company.bins.values() if _lies_in(each, self.company.parts[part]))
        self.request = storeroom.answer_available(self.request, bin=bin, by=shen, at=self.later())
        self.request = storeroom.issue(self.request, by=shen, at=self.later())
        return self

    def repair(self) -> Walk:
        workshop.start_repair(self.fresh(), by=self.by(self.technician), at=self.later())
        return self

    def finish(self, old: OldPartOutcome = OldPartOutcome.RETURN_TO_CUSTOMER) -> Walk:
        technician = self.by(self.technician)
        workshop.log_labour(self.fresh(), minutes=45, task="拆机、更换、装机", by=technician, at=self.later(45))
        if isinstance(self.request, PartRequest):
            workshop.fit_part(
                self.request, old_condition="磨损，不能再用", old_outcome=old, by=technician,
                at=self.later(),
            )  # fmt: skip
        self.check()
        workshop.finish(
            self.fresh(),
            work_done="更换损坏零件，整机测试运行正常。",
            advice="请定期清洁。",
            by=technician,
            at=self.later(),
        )
        return self

    def check(self) -> Walk:
        found = {item.pk: WORKED[item.code] for item in WorkCheckItem.objects.filter(code__in=WORKED)}
        workshop.check(self.fresh(), values=found, by=self.by(self.technician), at=self.later())
        return self

    # --- Quality, till

    def readings(self) -> dict[int, str]:
        """Measured values, all within their limits."""
        return {item.pk: READINGS[item.code] for item in ChecklistItem.objects.filter(code__in=READINGS)}

    def pass_test(self) -> Walk:
        quality.pass_order(self.fresh(), values=self.readings(), shelf="取机-01", by=self.by("qin"), at=self.later(20))
        return self

    def fail_test(self) -> Walk:
        quality.fail_order(self.fresh(), values={}, defects=["运行时仍有异响"], by=self.by("qin"), at=self.later(20))
        return self

    def bill(self) -> Any:
        return cashier.draw_bill(self.fresh(), by=self.by("cai"), at=self.later())

    def pay(self, method: Method = Method.CARD) -> Walk:
        bill = self.bill()
        if bill.owed_minor:
            cashier.take_payment(
                bill, method=method, amount_minor=bill.owed_minor, terminal_ref=f"POS{self.story.number:06d}",
                wallet="WECHAT" if method == Method.WALLET else "",
                tendered_minor=None, by=self.by("cai"), at=self.later(),
            )  # fmt: skip
        return self

    def hand_over(self) -> Walk:
        order = self.fresh()
        tag = front_desk.tag_of(order)
        cashier.hand_over(
            order, proof=ClaimProof.CLAIM_CODE, claim_code=front_desk.claim_code(tag) if tag else "",
            accessories_returned={each.pk: each.quantity for each in front_desk.accessories_of(order)}, demonstrated=True,
            signature=self.signature(), by=self.by("cai"), at=self.later(),
        )  # fmt: skip
        return self

    def to_repairing(self, part: str | None = "BLT-020") -> Walk:
        """From the counter to the bench with the part in hand."""
        self.register().receive().assign().accept().diagnose().send_quote(part).approve()
        if part:
            self.get_part(part)
        return self.repair()

    def to_ready(self, part: str | None = "BLT-020") -> Walk:
        """Repaired and tested."""
        return self.to_repairing(part).finish().pass_test()


def _lies_in(bin: Any, part: Any) -> bool:
    from guiju.books.stock.models import StockAccount

    return StockAccount.objects.filter(bin=bin, part=part, kind="BIN", balance__gt=0).exists()
