"""A case at each stage, made by the people who bring it there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from guiju.kernel.actor import Actor
from guiju.line.exchange import actions as exchange
from guiju.line.exchange.models import ExchangeCase, ExchangeUnit
from guiju.line.workorder.models import WorkOrder
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.warranty import actions as warranty
from tests.line.cast_line import Shop

PRICE = 300_000


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def twice_repaired(shop: Shop, clock: Actor) -> Callable[..., WorkOrder]:
    """A washing machine that comes back for the third time with the same fault, under guarantee, received at the counter."""

    def make(*, used_days: int = 200, price_minor: int | None = PRICE, **changed: Any) -> WorkOrder:
        shop.certified("chen")
        machine = shop.an_appliance(purchased_on=shop.now.date() - timedelta(days=used_days))
        catalogue.change_appliance(
            machine, invoice_no="F-77", invoice_minor=price_minor, by=shop.reception, at=shop.later()
        )
        for number in (1, 2):
            day = shop.now.date() - timedelta(days=60 * number)
            came = {"received_on": day, "handed_over_on": day + timedelta(days=10)}
            warranty.record_repair(
                machine, order_number=f"WO-OLD-{machine.pk}-{number}", fault_family="DRIVE", cause="PRODUCT_DEFECT", **came, by=clock,
                at=shop.now,
            )  # fmt: skip
            _away(machine, f"WO-OLD-{machine.pk}-{number}", day, day + timedelta(days=10), clock, shop)
        order: WorkOrder = shop.a_received_order(appliance=machine, **changed)
        return order

    return make


def _away(machine: Any, number: str, first: date, last: date, clock: Actor, shop: Shop) -> None:
    said: Any = {"order_number": number, "cause": "IN_REPAIR", "by": clock, "at": shop.now}
    warranty.open_pause(machine, starts_on=first, **said)
    warranty.close_pause(machine, ends_on=last, **said)


def a_case(shop: Shop, order: WorkOrder, ground: str = "TWO_REPAIRS", **typed: Any) -> ExchangeCase:
    return exchange.open_case(order, ground=ground, **typed, by=shop.reception, at=shop.later())


def found(**changed: Any) -> dict[str, Any]:
    """What the technician writes after a look."""
    return {
        "fault_confirmed": True, "serial_verified": True, "proof_verified": True, "findings": "The drum does not turn.",
    } | changed  # fmt: skip


def an_appraised_case(shop: Shop, order: WorkOrder, ground: str = "TWO_REPAIRS", **typed: Any) -> ExchangeCase:
    case = a_case(shop, order, ground, **typed)
    exchange.appraise(case, **found(), by=shop.actor("chen"), at=shop.later())
    return exchange.confirm_appraisal(case, by=shop.actor("qin"), at=shop.later())


def an_approved_case(
    shop: Shop, order: WorkOrder, choice: str = "EXCHANGE", ground: str = "TWO_REPAIRS", **typed: Any
) -> ExchangeCase:
    case = an_appraised_case(shop, order, ground, **typed)
    return exchange.approve(case, choice=choice, by=shop.actor("nie"), at=shop.later())


def a_unit(shop: Shop, serial: str = "NEW-1", **changed: Any) -> ExchangeUnit:
    told = {"brand": shop.model.brand, "line": shop.line, "model": shop.model} | changed
    return exchange.add_unit(unit=shop.unit, serial=serial, **told, by=shop.actor("shen"), at=shop.later())


def an_allocated_case(shop: Shop, order: WorkOrder, **typed: Any) -> ExchangeCase:
    case = an_approved_case(shop, order, **typed)
    return exchange.allocate(case, other=a_unit(shop), by=shop.actor("shen"), at=shop.later())


def an_agreed_case(
    shop: Shop, order: WorkOrder, *, price_minor: int = PRICE, serial: str = "OTHER-1", **unit: Any
) -> ExchangeCase:
    """No unit of the model is here: another one is offered for that price, and the customer has signed."""
    case = an_approved_case(shop, order)
    other = a_unit(shop, serial, price_minor=price_minor, **({"model": None} | unit))
    exchange.offer_unit(case, other=other, by=shop.reception, at=shop.later())
    return exchange.agree_to_unit(case, consent=shop.a_signature(), by=shop.reception, at=shop.later())
