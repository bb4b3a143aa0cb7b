"""What strangers asked the demo company from its website, and what it lends."""

from __future__ import annotations

from datetime import datetime, timedelta

from guiju.conf.demo import pictures
from guiju.conf.demo.company import Company
from guiju.conf.demo.walk import Walk
from guiju.kernel.actor import Actor
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.rules import Method
from guiju.line.intake import actions as intake
from guiju.line.intake.models import LoanerUnit
from guiju.standing.catalogue.models import FaultCode, ProductLine

ASKED = (
    ("欧阳雪", "13826660001", "WASHER", "海尔", "HR8801234", "脱水时声音很大，机身移动。", 150),
    ("何建国", "13826660002", "TV", "创维", "", "开机有声音，没有图像，屏幕全黑。", 25),
)


def ask(company: Company, now: datetime) -> None:
    """Two people wait for an answer, one of them too long; a third one was helped by advice."""
    unit = company.units["FS01"]
    stranger = Actor.stranger(unit.pk)
    symptom = FaultCode.objects.filter(kind="SYMPTOM", line=None).order_by("pk")[0]
    for number, (name, phone, line, brand, serial, problem, minutes) in enumerate(ASKED):
        intake.submit(
            unit=unit, channel="WEB", contact_name=name, phone=phone, product_line=ProductLine.objects.get(code=line), brand=brand,
            serial=serial, symptoms=[symptom], description=problem, proof="PUZZLE", mode="CARRY_IN", by=stranger,
            photos=[pictures.appliance(900 + number * 7, side) for side in (0, 2)], at=now - timedelta(minutes=minutes),
        )  # fmt: skip
    lin = company.actors["lin"]
    began = now - timedelta(days=1, hours=2)
    helped = intake.submit(
        unit=unit, channel="PHONE", contact_name="梁小姐", phone="13826660003", product_line=ProductLine.objects.get(code="AC"),
        description="空调制冷效果差，风很小。", by=lin, at=began,
    )  # fmt: skip
    helped = intake.triage(
        helped, product_line=ProductLine.objects.get(code="AC"), by=lin, at=began + timedelta(minutes=6)
    )
    intake.solve_by_advice(
        helped, advice="清洗过滤网后恢复正常。", confirmed=True, by=lin, at=began + timedelta(minutes=20)
    )


def leave_deposit(company: Company, waiting: Walk) -> None:
    """What the customer agreed to leave before the part is ordered, by card."""
    cashier.take_parts_deposit(
        waiting.fresh(), method=Method.CARD, terminal_ref="POS900002", by=company.actors["cai"], at=waiting.later()
    )


def lend(company: Company, waiting: Walk) -> None:
    """One unit is out with a customer who waits for a part and left a deposit, another one stands on the shelf."""
    unit, ma, began = company.units["FS01"], company.actors["ma"], waiting.at - timedelta(days=20)
    units: list[LoanerUnit] = [
        intake.add_loaner(unit=unit, description=what, serial=serial, deposit_minor=deposit, by=ma, at=began)
        for what, serial, deposit in (("备用迷你洗衣机", "BY-0001", 20000), ("备用电视机 32 寸", "BY-0002", 30000))
    ]
    loan = intake.lend(
        waiting.fresh(), loaner=units[0], condition="外观良好，附电源线和进水管。", signature=waiting.signature(), by=waiting.desk,
        at=waiting.later(),
    )  # fmt: skip
    cashier.take_deposit(
        loan, method=Method.CARD, terminal_ref="POS900001", by=company.actors["cai"], at=waiting.later()
    )
