"""FS01 with a job at every station, GZ02 and head office with rows of their own: each unit's words carry that unit's mark.

`scene.order("quoted")` is the job that stands there; all stations are made once, before anybody asks.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from guiju.books.stock import actions as stock
from guiju.books.stock.actions.picking import Pick, Wish
from guiju.kernel import evidence
from guiju.kernel.actor import Actor
from guiju.kernel.models import Delivery, TrailEntry
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.models import Bill, CreditAccount, PartsDeposit, Payment, Till, TillSession
from guiju.line.followup import actions as followup
from guiju.line.followup.models import UnclaimedCase
from guiju.line.storeroom.models import PartRequest
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import ItemKind
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.models import LabourEntry, PartsCommitment, Quote
from guiju.line.workshop.rules import DelayCause, Remedy, WorkKind
from guiju.oversight.webhooks import actions as webhooks
from guiju.oversight.webhooks.models import Delivery as Told
from guiju.readiness.academy import actions as academy
from guiju.readiness.academy.models import Certificate
from guiju.readiness.planning import actions as planning
from guiju.readiness.planning.models import Suggestion
from guiju.readiness.transfers import actions as transfers
from guiju.readiness.transfers.models import Transfer
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import Part
from guiju.standing.customers import actions as customers
from guiju.standing.people import actions as people
from guiju.standing.people.models import RoleGrant
from guiju.standing.policy import actions as policy
from guiju.standing.pricing import actions as pricing
from guiju.standing.pricing.models import PriceLine, PriceList
from tests.access import counts, owing, requisitions, tills
from tests.access.people import hire_the_others
from tests.access.stations import STATIONS, signed, tried
from tests.cast import FOUNDED
from tests.line import stages
from tests.line.cast_line import Shop, a_picture, fresh, names
from tests.tap import canary

# A figure of service, which the network manager sets, and one of money.
FIGURE = "intake.photos_min"
# Long enough ago for a second reminder, a demand, and its sixty days.
LONG_AGO = timedelta(days=200)
LATELY = timedelta(days=6)
MANY = 60
SAMPLE = Path(__file__).parents[2] / "guiju/standing/catalogue/data/open-repair-sample.csv"


def today() -> date:
    """The day where our outlets are: at the end of the one in London it is the next already."""
    return timezone.localdate(timezone=ZoneInfo("Asia/Shanghai"))


class Scene:
    """Rows for the addresses and bodies of requests; what has no other home belongs to FS01."""

    def __init__(self, shop: Shop, other: Shop) -> None:
        self.shop, self.other = shop, other
        self.word = canary("FS01")
        self._orders: dict[str, WorkOrder] = {}
        hire_the_others(shop.cast)
        # Chen has a job at every station; and the house allows it.
        policy.set_value(
            "dispatch.open_jobs_max", unit=None, value=MANY, starts_on=shop.unit.day(FOUNDED), reason="Everywhere at once",
            by=shop.actor("nie"), at=FOUNDED,
        )  # fmt: skip
        _ = shop.price_list, shop.labour, shop.fault, shop.defect, shop.symptom, shop.compressor
        shop._code("CAUSE", "NO_FAULT")
        self.values = stages.a_checklist(shop)
        self.work_check = workshop.set_check(
            code="HOSE", names=names("Hose is tight"), work=WorkKind.REPAIR, kind=ItemKind.CHECK, is_required=False,
            by=shop.actor("nie"), at=FOUNDED,
        )  # fmt: skip
        shop.now = timezone.now() - LONG_AGO
        self.customer = shop.a_customer(name=f"{self.word} Liang")
        customers.add_phone(self.customer, phone="13912340000", by=shop.reception, at=shop.later())
        self.session: TillSession = stages.an_open_till(shop)
        self.sessions = tills.made(self)
        self._long_ago()
        shop.now = timezone.now() - LATELY
        for place, make in STATIONS.items():
            self._orders[place] = make(self)
        # Whoever was asked half an hour ago can accept no more.
        shop.now = max(shop.now, timezone.now() - timedelta(minutes=10))
        self._orders["dispatched"] = fresh(shop.a_dispatched_order(**self.saying()))
        # A one-time code is good for minutes only.
        self._orders["coded"] = stages.a_quoted_order(shop, **self.saying())[0]
        workshop.ask_code(self.quote("coded"), by=shop.reception, at=timezone.now())
        self.till = cashier.add_till(unit=shop.unit, code="T2", by=shop.actor("ma"), at=shop.later())
        self.bin = stages.a_bin(shop, holding=3)
        self._set_apart()
        self.signature, self.photos = shop.a_signature(), shop.photos()
        self._money()
        self._elsewhere()
        self._back_office()

    def _set_apart(self) -> None:
        """Some pieces are broken, and some are to go back; another bin is empty."""
        shop, keeper = self.shop, self.shop.actor("shen")
        # Planned in two months' time, when what came and went by then is history.
        planning.plan(self.bin.store, by=shop.actor("ma"), at=shop.now + timedelta(days=62))
        self.suggestion = Suggestion.objects.get(part=shop.compressor)
        self.drawer = stock.add_bin(self.bin.store, code="A-9", by=shop.actor("ma"), at=shop.now)
        for document, condition in (("PC-1", "DEFECTIVE"), ("PC-2", "TO_RETURN")):
            stages.a_bin(shop, holding=2 if condition == "DEFECTIVE" else 1)
            said = {"condition": condition, "reason": "Crushed on the way", "document": document}
            stock.set_apart(shop.compressor, self.bin, 1, **said, by=keeper, at=shop.now)

        self._transfer()

    def _transfer(self) -> None:
        """From the store into the van: one is asked for, one is on the way."""
        shop, keeper = self.shop, self.shop.actor("shen")
        van = stock.open_store(shop.unit, code="VAN", names={}, kind="VAN", by=shop.actor("ma"), at=shop.now)
        self.van_bin = stock.add_bin(van, code="V-1", by=shop.actor("ma"), at=shop.now)
        self._transfers: dict[str, Transfer] = {}
        Part.objects.create(code="ACCESS-2", names={"en": "Newer compressor"}, folded="access2")
        for place in ("asked", "sent"):
            self._transfers[place] = transfers.request(
                source=self.bin.store,
                target=van,
                wishes=[Wish(shop.compressor, 1)],
                reason="For the van",
                by=keeper,
                at=shop.now,
            )
        stages.a_bin(shop, holding=4)
        pick = Pick(shop.compressor, self.bin, 1)
        transfers.send(self._transfers["sent"], picks=[pick], carrier="Chen", by=keeper, at=shop.now)

    # --- What stands where

    def transfer(self, place: str) -> Transfer:
        """The transfer that stands there."""
        return self._transfers.get(place, self._transfers["asked"])

    def order(self, place: str = "paid") -> WorkOrder:
        """The job that stands there."""
        return self._orders[place]

    def request(self, place: str) -> PartRequest:
        """What that job asked the store for."""
        return PartRequest.objects.get(order=self.order(place))

    def quote(self, place: str) -> Quote:
        """The last quote of that job."""
        return Quote.objects.filter(order=self.order(place)).order_by("-version")[0]

    def commitment(self, place: str) -> PartsCommitment:
        """The promised date of that job."""
        return PartsCommitment.objects.get(order=self.order(place))

    def bill(self, place: str) -> Bill:
        """What that job costs."""
        return Bill.objects.get(order=self.order(place))

    def labour(self, place: str) -> LabourEntry:
        """The first time that was noted on that job."""
        return LabourEntry.objects.filter(order=self.order(place)).order_by("pk")[0]

    def payment(self, place: str) -> Payment:
        """What was paid for that job."""
        return Payment.objects.get(bill__order=self.order(place))

    def deposit(self, place: str) -> PartsDeposit:
        """What was left for that job before its part was ordered."""
        return PartsDeposit.objects.get(order=self.order(place))

    # --- How it came to stand there

    def saying(self) -> dict[str, Any]:
        """A new job in the words of FS01."""
        appliance = self.shop.an_appliance(self.customer)
        return {"appliance": appliance, "problem": f"{self.word} does not spin", "contact": f"{self.word} Liu"}

    def proposing(self) -> dict[str, Any]:
        """A date in six days, because the store has none."""
        day = self.shop.now
        return {
            "cause": DelayCause.NO_STOCK, "basis": f"{self.word} ships on Friday", "remedy": Remedy.LOANER,
            "promised_part_on": self.shop.unit.day(day) + timedelta(days=6), "promised_ready_at": day + timedelta(days=8),
        }  # fmt: skip

    def _long_ago(self) -> None:
        """The jobs that need months: what nobody collects, and a signed date that was broken."""
        shop, ma = self.shop, self.shop.actor("ma")
        self._orders["breached"] = signed(self)
        names = ("reminded", "demanded", "valued", "disposable")
        for name in (*names, "forgotten"):
            self._orders[name] = stages.a_ready_order(shop, **self.saying())
        for days in (8, 23):
            shop.later(days=days)
            for name in names:
                tried(shop, self.order(name))
                followup.remind(fresh(self.order(name)), by=shop.reception, at=shop.later())
        tried(shop, self.order("forgotten"))
        shop.later(days=31)
        for name in names[1:]:
            followup.send_demand(self.case(name), legal_basis="Civil Code 453", by=ma, at=shop.later())
        shop.later(days=61)
        chen, wu = shop.cast.people["chen"], shop.cast.people["wu"]
        for name in names[2:]:
            followup.review_disposal(
                self.case(name), valuation_minor=30000, valued_by=chen, valued_also_by=wu, photo=shop.a_photo(), by=ma,
                at=shop.later(),
            )  # fmt: skip
        followup.approve_disposal(self.case("disposable"), by=shop.actor("fang"), at=shop.later())
        broken = self.commitment("breached")
        workshop.breach_commitment(broken, by=Actor.system("clock"), at=shop.later())
        self._orders = {place: fresh(order) for place, order in self._orders.items()}

    def case(self, place: str) -> UnclaimedCase:
        """What is done about the appliance that nobody collects."""
        return UnclaimedCase.objects.select_related("order__unit").get(order=self.order(place))

    def _money(self) -> None:
        """Refunds that were asked and granted, and credit that was asked."""
        shop, xu = self.shop, self.shop.actor("xu")
        asking = {"amount_minor": 1000, "reason": f"{self.word} scratched"}
        for place in ("refund asked", "refund granted"):
            cashier.ask_refund(self.payment(place), **asking, by=shop.reception, at=shop.later())
        cashier.approve_refund(self.payment("refund granted"), by=xu, at=shop.later())
        debtor = shop.a_customer(name=f"{self.word} Ltd")
        self.credit: CreditAccount = cashier.open_credit(
            debtor, limit_minor=100000, days=30, by=shop.actor("ma"), at=shop.later()
        )
        self.debt, self.stopped = owing.stand(shop, self.saying(), self.word)

    def _elsewhere(self) -> None:
        """GZ02 has customers, jobs, a store and a till too."""
        other, he = self.other, self.shop.actor("he")
        other.now, word = self.shop.now, canary("GZ02")
        strange = other.an_appliance(other.a_customer(name=f"{word} Zhao"))
        other.a_registered_order(appliance=other.an_appliance(strange.customer), problem=f"{word} leaks")
        self.elsewhere = other.a_received_order(appliance=strange, problem=f"{word} hums", contact=word)
        self.till_elsewhere: Till = cashier.add_till(unit=other.unit, code="G1", by=he, at=other.later())
        cashier.open_till_session(self.till_elsewhere, float_minor=1000, by=self.shop.actor("fu"), at=other.later())

    def _back_office(self) -> None:
        """Drafts, files, keys and people; those of head office in its own words."""
        shop, at, brand = self.shop, self.shop.later(), canary("HQ")
        nie, ad, ma = (shop.actor(name) for name in ("nie", "ad", "ma"))
        content = f"code,name_en,base_unit,is_serialised,cost\nCMP-09K,{brand},PIECE,yes,380.00\n".encode()
        self.file = catalogue.stage_import(sheet="PARTS", content=content, file_name=f"{brand}.csv", by=nie, at=at)
        self.key, _text = people.make_api_key(
            shop.cast.people["lin"], label=self.word, verbs=["workorder.see"], by=shop.reception, at=at
        )
        people.make_api_key(shop.cast.people["nie"], label=brand, verbs=["workorder.see"], by=nie, at=at)
        self.newcomer = people.hire(unit=shop.unit, number="P-new", name=f"{self.word} Newcomer", by=ma, at=at)
        people.hire(unit=shop.cast.units["HQ"], number="P-hq", name=f"{brand} Newcomer", by=ad, at=at)
        people.hire(unit=self.other.unit, number="P-gz", name=f"{canary('GZ02')} Newcomer", by=shop.actor("he"), at=at)
        self.suspended = people.hire(unit=shop.unit, number="P-idle", name=f"{self.word} Idle", by=ad, at=at)
        shop.certify("wu")
        academy.suspend(Certificate.objects.get(person__name="wu"), reason="Under inquiry", by=shop.actor("tao"), at=at)
        people.suspend(self.suspended, reason="Under inquiry", by=nie, at=at)
        self.open_repairs = SAMPLE.read_bytes()
        self.grant = RoleGrant.objects.get(person=shop.cast.people["wu"])
        day = shop.unit.day(at) + timedelta(days=400)
        self.draft = policy.draft_value(
            FIGURE, unit=shop.unit, value=5, starts_on=day, reason=f"{self.word} quarrels", by=nie, at=at
        )
        self.price_lists = {each: self._listed(day) for each in ("draft", "checked", "approved")}
        self.prices = self.price_lists["draft"]
        self.price: PriceLine = self.prices.lines.get()
        for each in ("checked", "approved"):
            pricing.check(self.price_lists[each], by=nie, at=at)
        pricing.approve(self.price_lists["approved"], by=shop.actor("xu"), at=at)
        self.leaflet = pricing.make_leaflet(
            shop.price_list, model=shop.model, languages=["en"], batch="B-1", by=nie, at=at
        )
        # One proof of the wall, and a photograph for the next.
        shown = shop.a_photo("DISPLAY")
        self.proof = pricing.prove_display(unit=shop.unit, photo=shown, by=shop.reception, at=shop.now)
        self.wall = evidence.keep_photo(
            a_picture(1900), unit_id=shop.unit.pk, kind="DISPLAY", by=shop.reception, at=timezone.now()
        )
        self._hooks()
        self.free_bin: Any = None
        self.counts = counts.made(self)
        self.requisitions = requisitions.made(self)
        self.deed = TrailEntry.objects.filter(subject_type="workorder.workorder", subject_id=self.order().pk)[0]
        self.stuck = Delivery.objects.order_by("pk")[0]
        Delivery.objects.filter(pk=self.stuck.pk).update(
            state=Delivery.State.PARKED, attempts=8, last_error="no answer", next_at=at
        )

    def _listed(self, day: date) -> PriceList:
        """A list of FS01 that nobody was shown yet."""
        by, at = self.shop.actor("nie"), self.shop.later()
        drafted = pricing.draft_list(unit=self.shop.unit, currency="CNY", starts_on=day, by=by, at=at)
        told: dict[str, Any] = {"unit": "each", "conditions": self.word, "by": by, "at": at}
        pricing.add_line(drafted, item=self.shop.labour, min_minor=8000, max_minor=9000, **told)
        return drafted

    def _hooks(self) -> None:
        """Programs of other people that hear the news of FS01, and one that hears GZ02's."""
        at, ma, he = self.shop.later(), self.shop.actor("ma"), self.shop.actor("he")
        hearing = {"url": "https://news.example/hook", "types": ["workorder.ready"], "at": at}
        self.hook, _secret = webhooks.add(unit=self.shop.unit, name=f"{self.word} shop", by=ma, **hearing)
        self.silent, _secret = webhooks.add(unit=self.shop.unit, name=f"{self.word} silent", by=ma, **hearing)
        webhooks.pause(self.silent, by=ma, at=at)
        webhooks.add(unit=self.other.unit, name=f"{canary('GZ02')} shop", by=he, **hearing)
        webhooks.send_test(self.hook, by=ma, at=at)
        self.told = Told.objects.get(endpoint=self.hook)
        Told.objects.filter(pk=self.told.pk).update(state="FAILED", done_at=at)
