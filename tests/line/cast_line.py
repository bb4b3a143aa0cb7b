"""The counter and the bench of FS01 on a Monday: customers, appliances, and orders at each stage, all made by verbs.

    def test_…(shop, bo, chen_person):
        order = shop.a_received_order()
        dispatch.assign(order, technician=chen_person, by=bo, at=shop.now)

`shop.now` moves a minute on with every verb of the shop, so that what comes later is later.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from io import BytesIO
from itertools import count
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image, ImageDraw

from guiju.kernel import evidence
from guiju.kernel.actor import Actor
from guiju.kernel.models import Evidence
from guiju.line.dispatch import actions as dispatch
from guiju.line.intake import actions as intake
from guiju.line.workorder.models import WorkOrder
from guiju.readiness.academy import actions as academy
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import Appliance
from guiju.standing.customers import actions as customers
from guiju.standing.customers.models import Customer
from guiju.standing.pricing import actions as pricing
from tests.cast import FOUNDED, NOON, Cast
from tests.remembered import remembered
from tests.tap import canary

# What the list asks, in fen.
TEST_FEE = 3000
LABOUR = (8000, 16000)
COMPRESSOR = (38000, 62000)


def names(english: str) -> dict[str, str]:
    """A name that is the same in three languages: tests read the code, not the name."""
    return {"en": english, "zh-hans": english, "zh-hant": english}


def a_picture(number: int) -> bytes:
    """A small photograph that differs from every other number's."""
    picture = Image.new("RGB", (48, 36), (number * 37 % 256, number * 91 % 256, number * 53 % 256))
    ImageDraw.Draw(picture).line((0, number % 36, 47, (number * 7) % 36), fill="white")
    written = BytesIO()
    picture.save(written, "JPEG")
    return written.getvalue()


def a_drawing(number: int = 1) -> bytes:
    """A signature as the pad gives it."""
    picture = Image.new("L", (120, 40), "white")
    ImageDraw.Draw(picture).line((5, 20, 60, 5 + number % 30, 110, 35), fill="black", width=2)
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


@dataclass
class Shop:
    """One outlet with its lists, and what happens at its counter."""

    cast: Cast
    code: str = "FS01"
    now: datetime = NOON
    _numbers: Any = field(default_factory=lambda: count(1))

    # --- Who and where

    @property
    def unit(self) -> Any:
        return self.cast.units[self.code]

    def actor(self, name: str) -> Actor:
        """Somebody of the cast, as an actor."""
        return self.cast.actors[name]

    @property
    def reception(self) -> Actor:
        return self.actor("lin" if self.code == "FS01" else "zhou")

    @property
    def dispatcher(self) -> Actor:
        return self.actor("bo" if self.code == "FS01" else "jia")

    def later(self, **span: float) -> datetime:
        """Let time pass: `shop.later(minutes=31)`; a minute unless told otherwise."""
        self.now += timedelta(**(span or {"minutes": 1}))
        return self.now

    # --- The lists of the brand

    @cached_property
    @remembered
    def line(self) -> Any:
        return catalogue.add_line(code="WASHER", names=names("Washing machine"), by=self.actor("nie"), at=FOUNDED)

    @cached_property
    @remembered
    def model(self) -> Any:
        nie = self.actor("nie")
        brand = catalogue.add_brand(name="Guiju", by=nie, at=FOUNDED)
        return catalogue.add_model(
            brand=brand, line=self.line, code="GJ-100", names=names("GJ-100"), by=nie, at=FOUNDED
        )

    def _code(self, kind: str, code: str, family: str = "") -> Any:
        return catalogue.add_fault_code(
            kind=kind, code=code, names=names(code), line=self.line, family=family, by=self.actor("nie"), at=FOUNDED
        )

    @cached_property
    @remembered
    def symptom(self) -> Any:
        return self._code("SYMPTOM", "NO-SPIN", "DRIVE")

    @cached_property
    @remembered
    def fault(self) -> Any:
        return self._code("FAULT", "BELT-WORN", "DRIVE")

    @cached_property
    @remembered
    def defect(self) -> Any:
        """The cause that a warranty covers."""
        return self._code("CAUSE", "PRODUCT_DEFECT")

    @cached_property
    @remembered
    def misuse(self) -> Any:
        """The cause that a warranty excludes."""
        return self._code("CAUSE", "MISUSE")

    @cached_property
    @remembered
    def labour(self) -> Any:
        return self._item("LABOUR-WASHER", "LABOUR", fault_level=2, standard_minutes=60, service_hours=48)

    @cached_property
    @remembered
    def test(self) -> Any:
        return self._item("TEST-WASHER", "TEST", standard_minutes=30, service_hours=24)

    def _item(self, code: str, kind: str, **figures: int) -> Any:
        return catalogue.add_service_item(
            code=code, names=names(code), kind=kind, line=self.line, by=self.actor("nie"), at=FOUNDED, **figures
        )

    @cached_property
    @remembered
    def compressor(self) -> Any:
        return catalogue.add_part(
            code="COMP-1",
            names=names("Compressor"),
            lines=[self.line],
            returns_old=True,
            by=self.actor("nie"),
            at=FOUNDED,
        )

    @cached_property
    @remembered
    def price_list(self) -> Any:
        """The brand's list, drafted by the network manager and published by finance."""
        nie, xu = self.actor("nie"), self.actor("xu")
        drafted = pricing.draft_list(unit=None, currency="CNY", starts_on=date(2026, 1, 1), by=nie, at=FOUNDED)
        for what, (least, most) in (
            ({"item": self.test}, (TEST_FEE, TEST_FEE)), ({"item": self.labour}, LABOUR), ({"part": self.compressor}, COMPRESSOR),
        ):  # fmt: skip
            pricing.add_line(drafted, **what, min_minor=least, max_minor=most, unit="each", by=nie, at=FOUNDED)
        pricing.check(drafted, by=nie, at=FOUNDED)
        pricing.approve(drafted, by=xu, at=FOUNDED)
        return pricing.publish(drafted, by=xu, at=FOUNDED)

    def certify(self, name: str, *, ends_on: date = date(2030, 1, 1)) -> Any:
        """Let somebody repair washing machines."""
        return academy.certify(
            self.cast.people[name], line=self.line, task="REPAIR", starts_on=date(2024, 1, 8), ends_on=ends_on,
            basis="Passed the exam", by=self.actor("tao"), at=FOUNDED,
        )  # fmt: skip

    # --- The counter

    def a_customer(self, name: str = "Liang Ming", **more: Any) -> Customer:
        """A customer whose number nobody else has."""
        phone = f"139{next(self._numbers):08d}"
        return customers.enrol(
            unit=self.unit, name=name, phones=[phone], consent_service=True, by=self.reception, at=self.now, **more
        )

    def an_appliance(
        self, customer: Customer | None = None, *, purchased_on: date | None = date(2020, 5, 1)
    ) -> Appliance:
        """A washing machine, out of warranty unless it was bought lately."""
        customer = customer or self.a_customer()
        return catalogue.register_appliance(
            unit=self.unit, brand=self.model.brand, line=self.line, model=self.model, customer=customer,
            serial=f"SN{self.code}{next(self._numbers):06d}", purchased_on=purchased_on, by=self.reception, at=self.now,
        )  # fmt: skip

    def registering(self, **changed: Any) -> dict[str, Any]:
        """What the receptionist types to register; changed where the test says so."""
        appliance = changed.get("appliance") or self.an_appliance(**changed.pop("bought", {}))
        typed = {
            "unit": self.unit, "customer": appliance.customer, "appliance": appliance, "symptoms": [self.symptom],
            "problem": f"The drum does not spin. {canary(self.code)}", "terms_accepted": True,
        }  # fmt: skip
        return typed | changed

    @remembered
    def a_registered_order(self, **changed: Any) -> WorkOrder:
        """An order with its promise; the appliance is still with the customer."""
        _ = self.price_list, self.labour
        typed = self.registering(**changed)
        return intake.register(**typed, by=self.reception, at=self.later())

    def photos(self, number: int = 4) -> list[Evidence]:
        """Pictures of an appliance from all sides."""
        return [self.a_photo() for _ in range(number)]

    def a_photo(self, kind: str = "INTAKE") -> Evidence:
        return evidence.keep_photo(
            a_picture(next(self._numbers)), unit_id=self.unit.pk, kind=kind, by=self.reception, at=self.now
        )

    def a_signature(self) -> Evidence:
        return evidence.keep_signature(
            a_drawing(next(self._numbers)), unit_id=self.unit.pk, by=self.reception, at=self.now
        )

    def receiving(self, **changed: Any) -> dict[str, Any]:
        """What the receptionist does when the appliance comes over the counter."""
        typed = {
            "condition": "A scratch on the lid.", "reproduced": True, "shelf": "A-01", "accessories": [("Hose", 2), ("Lid", 1)],
        }  # fmt: skip
        for name, make in (("photos", self.photos), ("signature", self.a_signature)):
            if name not in changed:
                typed[name] = make()
        return typed | changed

    @remembered
    def a_received_order(self, *, receiving: dict[str, Any] | None = None, **changed: Any) -> WorkOrder:
        """An order whose appliance stands on our shelf."""
        order = self.a_registered_order(**changed)
        intake.receive(order, **self.receiving(**(receiving or {})), by=self.reception, at=self.later())
        return fresh(order)

    @remembered
    def a_dispatched_order(self, technician: str = "chen", **changed: Any) -> WorkOrder:
        """An order that a technician has been asked to do."""
        self.certified(technician)
        order = self.a_received_order(**changed)
        dispatch.assign(order, technician=self.cast.people[technician], by=self.dispatcher, at=self.later())
        return fresh(order)

    @remembered
    def an_accepted_order(self, technician: str = "chen", **changed: Any) -> WorkOrder:
        """An order that a technician has taken on."""
        order = self.a_dispatched_order(technician, **changed)
        dispatch.accept(order, by=self.actor(technician), at=self.later())
        return fresh(order)

    @remembered
    def certified(self, *people: str) -> None:
        """Make sure that these may repair washing machines."""
        for name in people:
            if name not in self._certified:
                self._certified[name] = self.certify(name)

    @cached_property
    def _certified(self) -> dict[str, Any]:
        return {}


def this_morning() -> datetime:
    """Six hours ago by the real clock, to the quarter of an hour: tests that follow one another begin alike, and are remembered."""
    now = timezone.now()
    return now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0) - timedelta(hours=6)


def fresh(order: WorkOrder) -> WorkOrder:
    """The order as the database has it now."""
    return WorkOrder.objects.with_names().get(pk=order.pk)


def told(kind: str) -> Iterable[dict[str, Any]]:
    """What was told of that kind, in order: `told("dispatch.Assigned")`."""
    from guiju.kernel.models import News

    return list(News.objects.filter(kind=kind).order_by("pk").values_list("payload", flat=True))


@pytest.fixture
def shop(cast: Cast) -> Shop:
    """FS01, with its price list, on a Monday at noon."""
    return Shop(cast)


@pytest.fixture
def other_shop(cast: Cast, shop: Shop) -> Shop:
    """GZ02, which sells by the same lists and sees nothing of FS01."""
    other = Shop(cast, code="GZ02")
    for name in ("line", "model", "symptom", "labour", "test", "price_list"):
        other.__dict__[name] = getattr(shop, name)
    other._numbers = shop._numbers
    return other
