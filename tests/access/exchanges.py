"""Jobs at each stage of an exchange or a refund, for the two tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from guiju.line.cashier import actions as cashier
from guiju.line.exchange import actions as exchange
from guiju.line.exchange.models import ExchangeCase, ExchangeUnit
from guiju.line.workorder.models import WorkOrder
from tests.desks.reception.typed import signed
from tests.line import stages
from tests.line.cast_line import Shop, fresh

if TYPE_CHECKING:
    from tests.access.scene import Scene

PRICE = 90_000
FOUND = {"fault_confirmed": True, "serial_verified": True, "proof_verified": True, "findings": "The drum does not turn"}
Fill = Callable[["Scene"], Mapping[str, Any]]


def _asked(scene: Scene) -> WorkOrder:
    shop = scene.shop
    order = shop.a_received_order(**scene.saying())
    exchange.open_case(
        order, ground="GOODWILL", reason=f"{scene.word} waited", price_minor=PRICE, by=shop.reception, at=shop.later()
    )
    return fresh(order)


def _seen(scene: Scene) -> WorkOrder:
    order, shop = _asked(scene), scene.shop
    exchange.appraise(_of(order), **FOUND, by=shop.actor("chen"), at=shop.later())
    return order


def _appraised(scene: Scene) -> WorkOrder:
    order, shop = _seen(scene), scene.shop
    exchange.confirm_appraisal(_of(order), by=shop.actor("qin"), at=shop.later())
    return order


def _granted(scene: Scene) -> WorkOrder:
    order, shop = _appraised(scene), scene.shop
    exchange.approve(_of(order), choice="EXCHANGE", by=shop.actor("nie"), at=shop.later())
    return fresh(order)


def _optional(scene: Scene) -> WorkOrder:
    """There is none of the model, so the whole price may go back."""
    order, shop = _granted(scene), scene.shop
    _none_here()
    exchange.offer_option(_of(order), by=shop.reception, at=shop.later())
    return order


def _offered(scene: Scene) -> WorkOrder:
    """Another model is offered."""
    order, shop = _granted(scene), scene.shop
    _none_here()
    other = a_unit(shop, f"EX-OTHER-{order.pk}", model=None, price_minor=PRICE - 1000)
    exchange.offer_unit(_of(order), other=other, by=shop.reception, at=shop.later())
    return order


def _given(scene: Scene) -> WorkOrder:
    """Handed over, with a cheaper model, whose difference was paid back."""
    order, shop = _owed(scene), scene.shop
    cashier.refund_difference(_of(order), bank_ref="TT-1", by=shop.actor("xu"), at=shop.later())
    return fresh(order)


def _owed(scene: Scene) -> WorkOrder:
    """Handed over; the other unit cost less."""
    order, shop = _granted(scene), scene.shop
    _none_here()
    other = a_unit(shop, f"EX-GONE-{order.pk}", model=None, price_minor=PRICE - 1000)
    exchange.offer_unit(_of(order), other=other, by=shop.reception, at=shop.later())
    exchange.agree_to_unit(_of(order), consent=shop.a_signature(), by=shop.reception, at=shop.later())
    exchange.allocate(_of(order), other=other, by=shop.actor("shen"), at=shop.later())
    stages.a_bill(shop, fresh(order))
    given = stages.handing_over(order, signature=shop.a_signature())
    cashier.hand_over(fresh(order), **given, by=shop.actor("cai"), at=shop.later())
    return fresh(order)


def _none_here() -> None:
    """No unit of the model stands here any more: another one may be offered."""
    ExchangeUnit.objects.filter(serial="EX-1", retired_at=None).update(
        retired_at=timezone.now(), retired_because="Sent on"
    )


def a_unit(shop: Shop, serial: str, **changed: Any) -> ExchangeUnit:
    """A new washing machine of the shop's model."""
    told = {"brand": shop.model.brand, "line": shop.line, "model": shop.model} | changed
    return exchange.add_unit(unit=shop.unit, serial=serial, **told, by=shop.actor("shen"), at=shop.later())


def _of(order: WorkOrder) -> ExchangeCase:
    return ExchangeCase.objects.select_related("order__unit").get(order=order)


STATIONS: dict[str, Callable[[Scene], WorkOrder]] = {
    "exchange asked": _asked, "exchange seen": _seen, "exchange appraised": _appraised,
    "exchange granted": _granted, "exchange optional": _optional, "exchange offered": _offered, "exchange owed": _owed,
    "exchanged": _given,
}  # fmt: skip


def _unit(scene: Scene) -> int:
    """One of the model stands there, for whoever keeps one or takes one off the list."""
    here = ExchangeUnit.objects.filter(serial="EX-1", retired_at=None).first()
    return int((here or a_unit(scene.shop, "EX-1")).pk)


def _another(scene: Scene) -> int:
    """One of another model; where one of the order's own stands there, it is refused."""
    here = ExchangeUnit.objects.filter(serial="EX-2", retired_at=None).first()
    return int((here or a_unit(scene.shop, "EX-2", model=None, price_minor=PRICE)).pk)


def _while_it_is_here(scene: Scene) -> dict[str, Any]:
    """There is none of the model, says somebody; and one stands there."""
    _unit(scene)
    return {}


def _while_one_is_here(scene: Scene) -> dict[str, Any]:
    """Another one is offered only when none of the model stands there; here one does."""
    _unit(scene)
    return {"other": _another(scene)}


def _typed(**typed: Any) -> Fill:
    return lambda _scene: typed


API_KEYS: Mapping[str, Callable[[Scene, str], Any]] = {
    "exchange-cases": lambda scene, at: _of(scene.order(at or "exchange asked")).number,
    "exchange-units": lambda scene, _at: _another(scene),
}
_ON = "/exchange-cases/{number}"
SAID: Mapping[str, tuple[Fill, str]] = {
    "/orders/{number}/open-exchange": (
        _typed(ground="GOODWILL", reason="A customer of ten years", price_minor=PRICE), "received",
    ),
    f"{_ON}/appraise": (_typed(**FOUND), "exchange asked"),
    f"{_ON}/confirm": (_typed(), "exchange seen"),
    f"{_ON}/approve": (_typed(choice="EXCHANGE"), "exchange appraised"),
    f"{_ON}/reject": (_typed(reason="The plate was changed"), "exchange asked"),
    f"{_ON}/withdraw": (_typed(), "exchange asked"),
    f"{_ON}/offer-option": (_while_it_is_here, "exchange granted"),
    f"{_ON}/offer-unit": (_while_one_is_here, "exchange granted"),
    f"{_ON}/agree-to-unit": (lambda scene: {"consent": int(scene.signature.pk)}, "exchange offered"),
    f"{_ON}/decline-unit": (_typed(note="The money, please"), "exchange offered"),
    f"{_ON}/allocate": (lambda scene: {"other": _unit(scene)}, "exchange granted"),
    f"{_ON}/refund": (_typed(bank_ref="TT-1"), "exchange optional"),
    f"{_ON}/pay-difference": (_typed(bank_ref="TT-2"), "exchange owed"),
    f"{_ON}/dispose-old": (_typed(disposition="RETURN_HQ"), "exchanged"),
    "/exchange-units": (_typed(unit="FS01", brand="GUIJU", line="WASHER", serial="EX-9"), ""),
    "/exchange-units/{id}/retire": (_typed(reason="Sold over the counter"), ""),
}  # fmt: skip

# The pages of the desk: what is typed on each, and which job's case stands in its address.
PAGES: Mapping[str, tuple[Fill, str]] = {
    "exchange:units": (
        lambda scene: {"brand": scene.shop.model.brand.pk, "line": scene.shop.line.pk, "serial": "EX-8", "is_new": "on"}, "",
    ),
    "exchange:retire": (_typed(reason="Sold over the counter"), ""),
}  # fmt: skip


def _named(field: str) -> Mapping[str, Any]:
    return {name.replace("signature", field): value for name, value in signed().items()}


STEPS: Mapping[str, tuple[Fill, str]] = {
    "appraise": (
        _typed(**{name: "on" for name in FOUND if name != "findings"}, findings="It does not turn"),
        "exchange asked",
    ),
    "confirm": (_typed(), "exchange seen"),
    "approve": (_typed(choice="EXCHANGE"), "exchange appraised"),
    "reject": (_typed(reason="The plate was changed"), "exchange asked"),
    "withdraw": (_typed(), "exchange asked"),
    "offer-option": (_while_it_is_here, "exchange granted"),
    "offer-unit": (_while_one_is_here, "exchange granted"),
    "agree-unit": (lambda _scene: _named("consent"), "exchange offered"),
    "decline-unit": (_typed(note="The money, please"), "exchange offered"),
    "allocate": (lambda scene: {"other": _unit(scene)}, "exchange granted"),
    "pay-back": (_typed(bank_ref="TT-1"), "exchange optional"),
    "pay-difference": (_typed(bank_ref="TT-2"), "exchange owed"),
    "dispose": (_typed(disposition="RETURN_HQ"), "exchanged"),
}


def number(scene: Scene, at: str) -> str:
    """The number of the case of that job."""
    return str(_of(scene.order(at if at.startswith("exchange") else "exchange asked")).number)


def key(scene: Scene, route: str) -> int:
    """The key in the address of that page."""
    return _another(scene) if route == "exchange:retire" else int(_of(scene.order("exchanged")).consent_id or 0)
