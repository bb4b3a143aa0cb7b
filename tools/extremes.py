"""What a quiet day does not bring, told into the demo company: `python -m tools.extremes`, before it is pictured.

Names that fill a line, a quote over two pages, a repair that failed twice, one that takes too long, money that goes back, a date
that nobody signed yet: pages and papers must bear them too. Prints the addresses that no link leads to, a line of JSON each, as
tools.places does. Runs with the settings of the demo company, and never in a real one.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from guiju.line.workshop.rules import DiscountReason
from tools.places import Place

if TYPE_CHECKING:
    from guiju.conf.demo.company import Company
    from guiju.conf.demo.day import Day
    from guiju.conf.demo.walk import Walk

# As long as a name may be: the counter meets some of them every month.
LONG_NAME = "Maria Magdalena Bartholomew-Featherstonehaugh von Hohenlohe-Langenburg zu Öhringen"
LONG_CHINESE = "新疆维吾尔自治区伊犁哈萨克自治州伊宁市第二人民医院后勤保障服务中心设备管理科值班室"
LONG_BRAND = "Guangdong Shunde International Household Electrical Appliances"
LONG_PART = "变频压缩机控制板组件（含散热器、电解电容、滤波电感及防潮涂层，适用于直流变频系列）"
LONG_PROBLEM = (
    "开机约二十分钟后显示屏闪烁并报 E37，随后压缩机停转，伴有明显的金属敲击声和焦糊味；断电十分钟后可再次启动，但制冷效果很差。"
    "顾客说三个月前在别处修过一次，换过主板，票据已遗失。The display shows “E37 – INVERTER OVERCURRENT”, see https://example.com/"
    "a-very-long-address-without-a-single-space-that-somebody-pasted-into-the-field-0123456789."
)


def known(now: datetime) -> Company:
    """The company as it stands, found again."""
    from guiju.books.stock.models import Bin
    from guiju.conf.demo.company import Company
    from guiju.conf.demo.people import COLLEAGUES
    from guiju.line.cashier.models import Till
    from guiju.standing.catalogue.models import Part
    from guiju.standing.people import queries
    from guiju.standing.people.models import Login, Unit

    company = Company(now)
    company.units = {unit.code: unit for unit in Unit.objects.all()}
    for each in COLLEAGUES:
        login = Login.objects.select_related("person__unit").get(username=each.login)
        actor = queries.actor_for(login, now)
        if login.person is not None and actor is not None:
            company.people[each.login], company.actors[each.login] = login.person, actor
    company.parts = {part.code: part for part in Part.objects.all()}
    company.bins = {bin.code: bin for bin in Bin.objects.filter(store__unit__code="FS01")}
    company.tills = {till.unit.code: till for till in Till.objects.select_related("unit")}
    return company


class Extremes:
    """The stories, one method each; each gives the addresses that no link leads to."""

    def __init__(self, company: Company, day: Day) -> None:
        self.company, self.day, self.now = company, day, day.now

    def walk(self, *, days: int = 0, hours: int = 0, technician: str = "wu", **told: Any) -> Walk:
        """A job that began so long ago, whose story is changed."""
        walk = self.day.walk(days=days, hours=hours, technician=technician)
        walk.story = replace(walk.story, number=walk.story.number + 5000, phone=f"139{walk.story.number:08d}", **told)
        return walk

    def tell(self) -> Iterator[Place]:
        """All of them."""
        stories: tuple[Callable[[], Iterator[Place]], ...] = (
            self.long_names,
            self.many_jobs,
            self.failed_twice,
            self.too_long,
            self.money_back,
            self.another_unit,
            self.deposit,
            self.unsigned,
            self.discount,
            self.undecided,
            self.on_a_telephone,
            self.requests,
        )
        self._make_room()
        for story in stories:
            yield from story()

    def _make_room(self) -> None:
        """Nobody's bench is full, and the belts do not run out: what is looked at here is neither how jobs are shared out nor the store."""
        from guiju.line.storeroom import actions as storeroom
        from guiju.standing.policy import actions as policy

        storeroom.receive_stock(
            part=self.company.parts["BLT-020"],
            bin=self.company.bins["A-01"],
            quantity=100,
            document="DN-EXTREMES",
            by=self.company.actors["shen"],
            at=self.now,
        )
        unit, began = self.company.units["FS01"], self.now - timedelta(days=100)
        policy.set_value(
            "dispatch.open_jobs_max",
            unit=unit,
            value=99,
            starts_on=unit.day(began),
            reason="旺季临时放宽",
            by=self.company.actors["nie"],
            at=began,
        )

    def long_names(self) -> Iterator[Place]:
        """Everything as long as it may be, and a quote of forty lines."""
        from guiju.line.workshop import actions as workshop
        from guiju.line.workshop.models import Quote
        from guiju.standing.catalogue.models import ServiceItem

        parts = self._long_parts()
        for number, name in enumerate((LONG_NAME, LONG_CHINESE)):
            walk = self.walk(hours=6, customer=name, brand=LONG_BRAND, line="AC", problem=LONG_PROBLEM)
            walk.register().receive().assign().accept().diagnose(finding=LONG_PROBLEM)
            labour = workshop.Offer(item=ServiceItem.objects.get(code="LABOUR-2"))
            offers = [
                labour,
                *(
                    workshop.Offer(part=part, quantity=1 + place % 3, is_optional=place % 5 == 0)
                    for place, part in enumerate(parts)
                ),
            ]
            told: dict[str, Any] = {"service_hours": 160, "by": walk.by("wu"), "at": walk.later()}
            draft = workshop.draft_quote(walk.fresh(), offers=offers, **told)
            workshop.issue_quote(draft, by=walk.desk, at=walk.later())
            walk.quote = Quote.objects.select_related("order").get(pk=draft.pk)
            if number:
                walk.approve().repair()
            yield from self._pages(f"long-{number}", walk)

    def _long_parts(self) -> list[Any]:
        """Thirty-nine parts on a list of the outlet's own."""
        from guiju.standing.catalogue import actions as catalogue
        from guiju.standing.catalogue.models import ProductLine
        from guiju.standing.pricing import actions as pricing

        unit, nie, xu = self.company.units["FS01"], self.company.actors["nie"], self.company.actors["xu"]
        lines = list(ProductLine.objects.filter(code="AC"))
        # Soon after midnight the jobs that are told began the day before.
        began = self.now - timedelta(days=1)
        listed = pricing.draft_list(unit=unit, currency="CNY", starts_on=unit.day(began), by=nie, at=began)
        parts = []
        for number in range(39):
            part = catalogue.add_part(
                code=f"LONG-{number:03d}-WITH-A-CODE",
                lines=lines,
                returns_old=True,
                cost_minor=1000,
                by=nie,
                at=began,
                names={
                    "en": f"Inverter control assembly with heat sink and filter choke, type {number}",
                    "zh-hans": f"{LONG_PART} {number} 型",
                },
            )
            pricing.add_line(
                listed, part=part, min_minor=123_400 + number, max_minor=9_876_500, unit="件", by=nie, at=began
            )
            parts.append(part)
        pricing.check(listed, by=nie, at=began)
        pricing.approve(listed, by=xu, at=began)
        pricing.publish(listed, by=xu, at=began)
        return parts

    def many_jobs(self) -> Iterator[Place]:
        """A list of more than one page."""
        for minutes in range(40):
            walk = self.walk()
            walk.at = self.now - timedelta(minutes=10 + minutes)
            walk.register()
        return iter(())

    def _covered(self, *, days: int, **told: Any) -> Walk:
        """A job under the guarantee, diagnosed."""
        bought = (self.now - timedelta(days=200)).date()
        walk = self.walk(days=days, purchased_on=bought, line="WASHER", **told)
        return walk.register().receive().assign().accept().diagnose(cause="WEAR")

    def _repaired(self, walk: Walk) -> Walk:
        from guiju.line.workshop import actions as workshop

        workshop.approve_free(walk.fresh(), by=walk.by("wu"), at=walk.later())
        return walk.get_part("BLT-020").repair().finish().pass_test().pay().hand_over()

    def failed_twice(self) -> Iterator[Place]:
        """The same fault for the third time: the customer may have more than a repair."""
        from guiju.line.intake import actions as intake

        first = self._repaired(self._covered(days=90))
        order = first.fresh()
        for days in (60, 1):
            again = self.walk(days=days, line="WASHER")
            again.order = intake.register(
                unit=order.unit,
                customer=order.customer,
                appliance=order.appliance,
                problem="又不脱水了，与上次相同。",
                terms_accepted=True,
                by=again.desk,
                at=again.at,
            )
            again.receive().assign().accept().diagnose(cause="WEAR")
            if days > 1:
                self._repaired(again)
            yield from self._pages(f"failed-{'twice' if days == 1 else 'once'}", again)

    def too_long(self) -> Iterator[Place]:
        """More days than the law allows."""
        from guiju.kernel.actor import Actor
        from guiju.line.workorder import actions as workorder

        late = self._covered(days=35)
        workorder.raise_rights(late.fresh(), by=Actor.system("clock"), at=self.now)
        yield from self._pages("too-long", late)

    def money_back(self) -> Iterator[Place]:
        """A refund that is asked for, and one that is paid."""
        from guiju.line.cashier import actions as cashier
        from guiju.line.cashier.models import Payment

        for number in range(2):
            walk = self.walk(days=3).to_ready().pay().hand_over()
            payment = Payment.objects.select_related("bill__order").get(bill__order=walk.order)
            asked: dict[str, Any] = {"amount_minor": 3000, "reason": "外壳划伤，协商退还部分费用。"}
            cashier.ask_refund(payment, **asked, by=walk.desk, at=walk.later())
            if number:
                cashier.approve_refund(payment, by=walk.by("ma"), at=walk.later())
                cashier.pay_refund(payment, **asked, by=walk.by("cai"), at=walk.later())
            yield Place(f"refund-{'paid' if number else 'asked'}", f"/till/receipts/{payment.receipt_number}/", "cai")
            yield from self._pages(f"refund-{number}", walk)

    def another_unit(self) -> Iterator[Place]:
        """A unit offered in exchange that costs less, used; one that the customer declined; one agreed to."""
        from guiju.line.exchange import actions as exchange

        for number, name in enumerate(("offered", "declined", "agreed")):
            walk, case = self.day.another_unit(hours=0, walk=self.walk(days=3))
            price = 99_900 + number * 30_000
            self.day.offer(walk, case, serial=f"EX-{number}", price_minor=price, is_new=bool(number))
            told: dict[str, Any] = {"by": walk.desk, "at": walk.later()}
            if name == "declined":
                exchange.decline_unit(case, note="太大了，放不下。可以退款吗？", **told)
            elif name == "agreed":
                exchange.agree_to_unit(case, consent=walk.signature(), **told)
            yield Place(f"unit-{name}-case", f"/exchanges/{case.number}/", "lin")
            yield from self._pages(f"unit-{name}", walk)

    def deposit(self) -> Iterator[Place]:
        """A loaner whose deposit is still to be taken; one whose deposit goes back in part."""
        from guiju.line.cashier import actions as cashier
        from guiju.line.cashier.rules import Method
        from guiju.line.intake import actions as intake

        for number in range(2):
            walk = self.walk(days=3).to_ready()
            told: dict[str, Any] = {"by": self.company.actors["ma"], "at": walk.at}
            loaner = intake.add_loaner(
                unit=walk.order.unit, description="备用吸尘器", serial=f"BY-9{number}", deposit_minor=15000, **told
            )
            loan = intake.lend(
                walk.fresh(),
                loaner=loaner,
                condition="外观良好，附软管和两个吸头。",
                signature=walk.signature(),
                by=walk.desk,
                at=walk.later(),
            )
            if number:
                cashier.take_deposit(
                    loan, method=Method.CARD, terminal_ref="POS-D1", by=walk.by("cai"), at=walk.later()
                )
                intake.take_loaner_back(
                    loan, condition="软管破裂。", deposit_back_minor=9000, by=walk.desk, at=walk.later()
                )
            walk.bill()
            name = "deposit-to-return" if number else "deposit-to-take"
            yield Place(name, f"/till/jobs/{walk.order.number}/", "cai")
            yield Place(f"{name}-hand-over", f"/till/jobs/{walk.order.number}/hand-over/", "cai")

    def unsigned(self) -> Iterator[Place]:
        """A new date that nobody has signed; one that was broken."""
        from guiju.conf.demo.door import leave_deposit
        from guiju.kernel.actor import Actor
        from guiju.line.storeroom import actions as storeroom
        from guiju.line.workshop import actions as workshop
        from guiju.line.workshop.rules import DelayCause, Remedy

        for number in range(2):
            walk = self.walk(days=6).register().receive().assign().accept().diagnose().send_quote("DSP-900").approve()
            leave_deposit(self.company, walk)
            walk.ask_part("DSP-900")
            part_on = (walk.at + timedelta(days=2)).date()
            storeroom.answer_none(
                walk.request, expected_on=part_on, basis="供应商确认发货", by=walk.by("shen"), at=walk.later()
            )
            promised = workshop.propose_commitment(
                walk.fresh(),
                cause=DelayCause.NO_STOCK,
                basis="供应商确认发货",
                promised_part_on=part_on,
                promised_ready_at=walk.at + timedelta(days=4),
                remedy=Remedy.DISCOUNT,
                by=walk.desk,
                at=walk.later(),
            )
            if number:
                workshop.sign_commitment(promised, signature=walk.signature(), by=walk.desk, at=walk.later())
                workshop.wait_for_parts(walk.fresh(), by=walk.by("wu"), at=walk.later())
                workshop.breach_commitment(promised, by=Actor.system("clock"), at=self.now)
            yield from self._pages("date-broken" if number else "date-unsigned", walk)

    def discount(self) -> Iterator[Place]:
        """A discount that the manager is asked for."""
        from guiju.line.workshop import actions as workshop

        walk = self.walk(hours=3).register().receive().assign().accept().diagnose()
        offers = [workshop.Offer(part=self.company.parts["MTR-100"], unit_minor=26000)]
        told: dict[str, Any] = {"service_hours": 8, "by": walk.by("wu"), "at": walk.later()}
        draft = workshop.draft_quote(walk.fresh(), offers=offers, **told)
        workshop.discount_quote(
            draft,
            discount_minor=7000,
            reason="老顾客，第三台机器",
            code=DiscountReason.REGULAR,
            by=walk.desk,
            at=walk.later(),
        )
        yield from self._pages("discount", walk)

    def undecided(self) -> Iterator[Place]:
        """What the manager must confirm; what stands still; what came back."""
        from guiju.line.dispatch import actions as dispatch
        from guiju.line.workorder import actions as workorder
        from guiju.line.workshop import actions as workshop
        from guiju.line.workshop.rules import UnrepairableReason

        dead = self.walk(hours=5).register().receive().assign().accept().diagnose()
        workshop.declare_unrepairable(
            dead.fresh(),
            reason=UnrepairableReason.UNECONOMIC,
            note="维修费用超过新机价格",
            second_opinion="陈志强",
            by=dead.by("wu"),
            at=dead.later(),
        )
        yield from self._pages("to-confirm", dead)
        still = self.walk(hours=4).register().receive().assign().accept()
        workorder.hold(
            still.fresh(),
            hold="CUSTOMER_REQUEST",
            reason="顾客要求等他出差回来再决定",
            by=still.by("wu"),
            at=still.later(),
        )
        yield from self._pages("on-hold", still)
        back = self.walk(hours=4).register().receive().assign()
        dispatch.refuse(back.fresh(), reason="没有这个型号的专用工具", by=back.by("wu"), at=back.later())
        workorder.prioritise(
            back.fresh(),
            priority="URGENT",
            reason="医院的设备，明天要用",
            by=self.company.actors["bo"],
            at=back.later(),
        )
        # Whoever refused it has nothing more to do with it.
        yield from (place for place in self._pages("came-back", back) if not place.name.endswith("-bench"))

    def on_a_telephone(self) -> Iterator[Place]:
        """The page on which a customer signs on their own telephone: open, signed, and over."""
        from guiju.conf.demo import pictures
        from guiju.kernel import signing
        from guiju.kernel.actor import Actor

        walk = self.walk(hours=2).register()
        content = {
            "language": "zh-hans",
            "title": "送修确认",
            "name": walk.story.customer,
            "lines": [
                ["机器", f"{LONG_BRAND} 空调器"],
                ["问题", LONG_PROBLEM],
                ["您接受的条件", "检测费 ¥30.00，不修也收取。"],
            ],
        }
        for name, ago, signs in (("open", 0, False), ("signed", 0, True), ("over", 60, False)):
            at = datetime.now(UTC) - timedelta(minutes=ago)
            asked = signing.ask(f"looks.{name}", walk.fresh(), content, by=walk.desk, at=at)
            if signs:
                stranger = Actor.stranger(walk.order.unit_id)
                signing.sign(asked, drawn=pictures.signature(7), name=walk.story.customer, by=stranger, at=at)
            yield Place(f"track-sign-{name}", f"/sign/{signing.link_of(asked)}", answers=410 if name == "over" else 200)

    def requests(self) -> Iterator[Place]:
        """Where a stranger's request stands, in every state that there is."""
        from guiju.line.intake import queries as intake
        from guiju.line.intake.models import ServiceRequest

        seen: set[str] = set()
        for request in ServiceRequest.objects.with_names().exclude(follow_digest="").order_by("pk"):
            if request.state not in seen:
                seen.add(request.state)
                yield Place(f"front-door-mine-{request.state.lower()}", f"/request/mine/{intake.follow_token(request)}")

    def _pages(self, name: str, walk: Walk) -> Iterator[Place]:
        """The job as each desk sees it, and as its customer does."""
        from guiju.line.workorder.queries import track_token

        number = walk.fresh().number
        yield Place(f"{name}-order", f"/orders/{number}/", "ma")
        yield Place(f"{name}-reception", f"/reception/orders/{number}/", "lin")
        yield Place(f"{name}-control-room", f"/control-room/{number}/", "bo")
        yield Place(f"{name}-bench", f"/bench/{number}/", "wu")
        yield Place(f"{name}-proof", f"/orders/{number}/proof/", "lin")
        yield Place(f"{name}-track", f"/t/{track_token(walk.order)}")
        yield Place(f"{name}-why", f"/t/{track_token(walk.order)}/why")


def main() -> None:
    """Tell them all, whole or not at all, and print what no link leads to."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.conf.settings")
    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.conf import settings
    from django.db import transaction

    from guiju.conf.demo.day import Day

    if not settings.DEMO or settings.PRODUCTION:
        sys.exit("Only the demo company has such days.")
    now = datetime.now(UTC)
    with transaction.atomic():
        company = known(now)
        places = list(Extremes(company, Day(company, now)).tell())
    for place in places:
        sys.stdout.write(json.dumps(asdict(place)) + "\n")


if __name__ == "__main__":
    main()
