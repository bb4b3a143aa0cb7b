"""The day of the demo company: jobs in every state that a carry-in reaches, from last month until a few minutes ago."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from guiju.conf.demo import (
    buying,
    counter,
    counts,
    credit,
    custody,
    door,
    hands,
    levels,
    pictures,
    storekeeping,
    takings,
    telephone,
    upkeep,
)
from guiju.conf.demo.company import Company
from guiju.conf.demo.walk import Story, Walk
from guiju.jobs import nightly
from guiju.kernel import evidence
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.rules import Method
from guiju.line.exchange import actions as exchange
from guiju.line.exchange.models import ExchangeCase
from guiju.line.exchange.rules import Choice, Ground
from guiju.line.followup import actions as followup
from guiju.line.intake import actions as intake
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom.models import OldPart
from guiju.line.storeroom.rules import OldPartOutcome
from guiju.line.workorder import actions as workorder
from guiju.line.workshop import actions as workshop
from guiju.line.workshop import queries as bench
from guiju.line.workshop.rules import DelayCause, Remedy, UnrepairableReason
from guiju.standing import catalogue
from guiju.standing.pricing import actions as pricing
from guiju.standing.pricing.rules.display import KIND

SAMPLE = Path(catalogue.__file__).parent / "data" / "open-repair-sample.csv"
LINE_OF = {
    "Vacuum": "VACUUM", "Toaster": "KITCHEN", "Small kitchen item": "KITCHEN", "Laptop": "LAPTOP", "Food processor": "KITCHEN",
    'Flat screen 15-17"': "TV", "TV and gaming-related accessories": "TV", "Coffee maker": "COFFEE", "Kettle": "KETTLE",
    "Large home electrical": "WASHER", "Aircon/dehumidifier": "AC", "Fan": "AC",
}  # fmt: skip
FAMILY = "陈林黄张李王吴刘蔡杨许郑谢郭洪曾廖赖徐周"
GIVEN = (
    "伟",
    "芳",
    "娜",
    "敏",
    "静",
    "丽",
    "强",
    "磊",
    "军",
    "洋",
    "艳",
    "勇",
    "杰",
    "娟",
    "涛",
    "明",
    "超",
    "霞",
    "平",
    "刚",
)


def stories(now: datetime) -> Iterator[Story]:
    """Published repairs of home appliances, each with a customer who never lived."""
    with SAMPLE.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["problem"] and row["product_category"] in LINE_OF]
    number = 0
    while True:
        for row in rows:
            number += 1
            name = FAMILY[number % len(FAMILY)] + GIVEN[(number * 7) % len(GIVEN)]
            bought = date(now.year - 1 - number % 6, number % 12 + 1, 15)
            yield Story(
                number, name, f"138{20260000 + number * 137:08d}", row["brand"] if row["brand"] != "Unknown" else "Guiju",
                LINE_OF[row["product_category"]], row["problem"][:200], bought,
            )  # fmt: skip


class Day:
    """Makes the jobs; `now` is when somebody opens the demo."""

    def __init__(self, company: Company, now: datetime) -> None:
        self.company = company
        self.now = now.astimezone(UTC).replace(second=0, microsecond=0)
        self._stories = stories(now)

    def walk(self, *, days: int = 0, hours: int = 0, outlet: str = "FS01", technician: str = "chen") -> Walk:
        """A job that began so long ago."""
        began = self.now - timedelta(days=days, hours=hours)
        return Walk(self.company, next(self._stories), began, outlet, technician)

    def tell(self) -> None:
        """Everything, oldest first."""
        credit.tell(self._paying(9001, "顺德酒店", days=44), self._paying(9002, "禅城幼儿园", days=6), self.now)
        self._last_month()
        self._settled_at_the_counter()
        self._on_the_bench()
        self._waiting()
        self._today()
        self._next_door()
        self._walls()
        storekeeping.tell(self.company, self.now)
        storekeeping.for_ourselves(self.company, self.now)
        counts.tell(self.company, self.now)
        self._old_parts()
        buying.tell(self.company, self.now)
        nightly.store_reports(self.now)
        # Agreed to, and not left yet: the store cannot order its panel.
        dear = (
            self.walk(hours=6, technician="wu").register().receive().assign().accept().diagnose().send_quote("DSP-900")
        )
        dear.approve().ask_part("DSP-900")
        levels.tell(self.company, self.now)

    def _paying(self, number: int, name: str, *, days: int, technician: str = "chen") -> Walk:
        """A job on a machine so old that no guarantee covers it; its story is no other's."""
        bought = date(self.now.year - 6, 3, 15)
        story = Story(number, name, f"139{number:08d}", "Guiju", "WASHER", "脱水时响声很大", bought)
        return Walk(self.company, story, self.now - timedelta(days=days), "FS01", technician)

    def _walls(self) -> None:
        """Foshan has shown that the prices hang there; Guangzhou is told that it has not."""
        outlet, by = self.company.units["FS01"], self.company.actors["lin"]
        photo = evidence.keep_photo(pictures.appliance(7, 3), unit_id=outlet.pk, kind=KIND, by=by, at=self.now)
        pricing.prove_display(unit=outlet, photo=photo, by=by, at=self.now)
        nightly.walls_due(self.now)

    def _old_parts(self) -> None:
        """One should have been sent by now, one has some days left, and one is on its way to head office."""
        bags = {
            days: self.walk(days=days, technician="wu").to_repairing("PMP-031").finish(OldPartOutcome.RETURN_TO_HQ)
            for days in (33, 20, 6)
        }
        for walk in bags.values():
            walk.pass_test().pay().hand_over()
        sent = list(OldPart.objects.filter(order=bags[20].order))
        shen = self.company.actors["shen"]
        storeroom.send_old_parts(
            unit=self.company.units["FS01"], parts=sent, carrier="顺丰", waybill="SF1400021", by=shen, at=self.now - timedelta(days=2)
        )  # fmt: skip
        nightly.old_parts_overdue(self.now)

    def _last_month(self) -> None:
        company = self.company
        for days in (34, 27, 21, 16):
            closed = self.walk(days=days).to_ready().pay().hand_over()
            followup.record_call(
                closed.fresh(), satisfaction=5, works=True, by=company.actors["lin"], at=closed.later(days=2)
            )
            followup.close(closed.fresh(), by=company.actors["ma"], at=closed.later(days=5))
        # Nobody has come for this one; two reminders went out.
        lost = self.walk(days=45).to_ready()
        for wait in (8, 23):
            order = lost.fresh()
            workorder.log_contact(
                order,
                channel="PHONE",
                outcome="NO_ANSWER",
                note="无人接听",
                by=company.actors["lin"],
                at=lost.later(days=wait),
            )
            followup.remind(order, by=company.actors["lin"], at=lost.later())
        # A repair that failed again within its warranty.
        back = self.walk(days=12).to_ready().pay().hand_over()
        followup.claim_rework(back.fresh(), problem="同一故障再次出现", by=company.actors["lin"], at=back.later(days=9))
        # Another one, looked into already: the bench found the same kind of fault, so whoever made the first repair pays.
        again = self.walk(days=10, technician="wu").to_ready().pay().hand_over()
        again.order = followup.claim_rework(
            again.fresh(), problem="修好一周后又不转了", by=company.actors["lin"], at=again.later(days=8)
        )
        again.receive().assign().accept().diagnose()

    def _settled_at_the_counter(self) -> None:
        self.walk(days=4).to_ready().pay(Method.WALLET).hand_over()
        self.walk(days=3, technician="wu").to_ready(None).pay()
        self.walk(days=3).to_ready("SWT-007").bill()
        self.walk(days=2, technician="wu").to_ready("HTR-055")
        sound = self.walk(days=2).register().receive().assign().accept().start_only()
        workshop.find_no_fault(
            sound.fresh(),
            tests="连续运行两小时，各项功能正常。",
            demonstration_offered=True,
            by=sound.by("chen"),
            at=sound.later(60),
        )
        gone = self.walk(days=5).register()
        intake.cancel(gone.fresh(), reason="顾客决定不修了", by=gone.desk, at=gone.later(hours=2))
        declined = self.walk(days=3).register().receive().assign().accept().diagnose().send_quote("PCB-210")
        workshop.decline_quote(declined.quote, reason="价格太高", by=declined.desk, at=declined.later(hours=3))
        dead = (
            self.walk(days=4, technician="wu")
            .register()
            .receive()
            .assign()
            .accept()
            .diagnose(finding="主板烧毁，无法修复。")
        )
        workshop.declare_unrepairable(
            dead.fresh(), reason=UnrepairableReason.UNECONOMIC, note="维修费用超过新机价格", second_opinion="陈志强",
            by=dead.by("wu"), at=dead.later(),
        )  # fmt: skip
        workshop.confirm_unrepairable(dead.fresh(), by=dead.by("ma"), at=dead.later(30))
        self.another_unit(hours=2)
        # There is none of the model: a newer one is offered, and the customer has not answered yet.
        walk, case = self.another_unit(hours=4)
        self.offer(walk, case, serial="FW-2026-0117", price_minor=159900)

    def offer(self, walk: Walk, case: ExchangeCase, *, serial: str, price_minor: int, is_new: bool = True) -> None:
        """The manager approves, and a unit of another model is offered for that price."""
        case = exchange.approve(case, choice=Choice.EXCHANGE, by=self.company.actors["nie"], at=walk.later(15))
        appliance = walk.fresh().appliance
        other = exchange.add_unit(
            unit=case.order.unit, brand=appliance.brand, line=appliance.line, serial=serial, is_new=is_new,
            price_minor=price_minor, by=walk.by("shen"), at=walk.later(15),
        )  # fmt: skip
        exchange.offer_unit(case, other=other, by=walk.desk, at=walk.later(15))

    def another_unit(self, *, hours: int, walk: Walk | None = None) -> tuple[Walk, ExchangeCase]:
        """Cannot be repaired, and the guarantee is over: another unit out of goodwill, appraised and confirmed, waits for the manager."""
        walk = (walk or self.walk(days=3, hours=hours, technician="wu")).register().receive().assign().accept()
        walk.diagnose(finding="压缩机卡死，同型号已停产。")
        workshop.declare_unrepairable(
            walk.fresh(), reason=UnrepairableReason.EOL_PART, note="配件已停产", second_opinion="陈志强",
            by=walk.by("wu"), at=walk.later(),
        )  # fmt: skip
        workshop.confirm_unrepairable(walk.fresh(), by=walk.by("ma"), at=walk.later(30))
        case = exchange.open_case(
            walk.fresh(),
            ground=Ground.GOODWILL,
            reason="停产无配件，老顾客",
            price_minor=129900,
            by=walk.desk,
            at=walk.later(20),
        )
        exchange.appraise(
            case, fault_confirmed=True, serial_verified=True, proof_verified=True, findings="压缩机卡死，序列号与发票一致。",
            by=walk.by("wu"), at=walk.later(15),
        )  # fmt: skip
        return walk, exchange.confirm_appraisal(case, by=walk.by("qin"), at=walk.later(15))

    def _on_the_bench(self) -> None:
        self.walk(days=1).to_repairing("MTR-100")
        self.walk(days=1, hours=3, technician="wu").to_repairing().finish()
        self.walk(days=2, technician="wu").to_repairing("PMP-031").finish().fail_test()
        self.walk(days=1, hours=2).register().receive().assign().accept().diagnose().send_quote(None).approve()
        # Overdue: promised long ago, still on the bench.
        self.walk(days=14).to_repairing()

    def _waiting(self) -> None:
        company = self.company
        self.walk(days=1, hours=4).register().receive().assign().accept().diagnose().send_quote("BAT-014")
        # Three ways to help, of which the customer has not chosen one yet.
        self.walk(days=1, hours=5, technician="wu").register().receive().assign().accept().diagnose().send_choice(
            "MTR-100"
        )
        short = (
            self.walk(days=2, technician="wu")
            .register()
            .receive()
            .assign()
            .accept()
            .diagnose()
            .send_quote("DSP-900")
            .approve()
        )
        short.ask_part("DSP-900")
        # So dear a part is ordered once its deposit is left.
        door.leave_deposit(company, short)
        expected = self.now.date() + timedelta(days=6)
        storeroom.answer_none(
            short.request, expected_on=expected, basis="供应商确认发货", by=company.actors["shen"], at=short.later()
        )
        reckoned: Any = bench.expected(short.fresh(), at=short.later())
        promised = workshop.propose_commitment(
            short.fresh(), cause=DelayCause.NO_STOCK, basis=reckoned.basis, promised_part_on=reckoned.part_on,
            promised_ready_at=reckoned.ready.at, remedy=Remedy.DISCOUNT, by=company.actors["lin"], at=short.later(),
        )  # fmt: skip
        workshop.sign_commitment(promised, signature=short.signature(), by=company.actors["lin"], at=short.later())
        workshop.wait_for_parts(short.fresh(), by=company.actors["wu"], at=short.later())
        door.lend(company, short)
        # The store has not answered this one yet.
        asked = self.walk(hours=5).register().receive().assign().accept().diagnose().send_quote("SWT-007").approve()
        asked.ask_part("SWT-007")

    def _today(self) -> None:
        company = self.company
        session = cashier.open_till_session(
            company.tills["FS01"], float_minor=50000, by=company.actors["cai"], at=self.now - timedelta(hours=4)
        )
        paid = self.walk(days=1, hours=5).to_ready("SWT-007")
        paid.at = max(paid.at, session.opened_at)
        paid.pay(Method.CASH).hand_over()
        self.walk(hours=2).register().receive().assign().accept().start_only()
        self.walk(hours=2).register().receive().assign().accept()
        # Her order is a minute old: what is told in the future is heard by nobody yet.
        just_in = self.walk()
        just_in.at = self.now - timedelta(minutes=5)
        just_in.register()
        recent = self.walk(hours=0)
        recent.at = self.now - timedelta(minutes=28)
        recent.register().receive().assign()
        for minutes in (50, 90, 130):
            fresh = self.walk()
            fresh.at = self.now - timedelta(minutes=minutes)
            fresh.register().receive()

        door.ask(company, self.now)
        telephone.tell(company, self.now)
        custody.tell(company, self.now)
        counter.tell(company, session, self.now)
        takings.tell(company, session, self.now)
        hands.tell(company, self._paying(9003, "梁惠珍", days=1, technician="wu"), self.now)
        upkeep.tell(company, self.now)

    def _next_door(self) -> None:
        """Guangzhou's few jobs, which nobody in Foshan sees."""
        self.walk(days=2, outlet="GZ02", technician="sun").register().receive().assign().accept().diagnose()
        self.walk(hours=6, outlet="GZ02", technician="sun").register().receive()
        self.walk(hours=3, outlet="GZ02", technician="sun").register()
