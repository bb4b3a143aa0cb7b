"""How each job of the scene came to stand where it stands: by the verbs of the people who do it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from guiju.line.cashier import actions as cashier
from guiju.line.cashier.models import Bill, PartsDeposit
from guiju.line.followup import actions as followup
from guiju.line.intake import actions as intake
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom.models import PartRequest
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import PromiseCause
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.models import PartsCommitment, PriceException, Quote
from guiju.line.workshop.rules import DiscountReason, ExceptionReason, UnrepairableReason
from tests.access import exchanges
from tests.line import stages
from tests.line.cashier import deposits
from tests.line.cast_line import Shop, fresh

if TYPE_CHECKING:
    from tests.access.scene import Scene


def tried(shop: Shop, order: WorkOrder) -> None:
    """Somebody tried to reach the customer."""
    workorder.log_contact(order, channel="PHONE", outcome="NO_ANSWER", by=shop.reception, at=shop.later())


def _accepted(scene: Scene) -> WorkOrder:
    return scene.shop.an_accepted_order(**scene.saying())


def _diagnosing(scene: Scene) -> WorkOrder:
    order = _accepted(scene)
    workshop.start_diagnosis(order, by=scene.shop.actor("chen"), at=scene.shop.later())
    return fresh(order)


def _free(scene: Scene) -> WorkOrder:
    """Diagnosed within its warranty."""
    shop = scene.shop
    young = shop.an_appliance(scene.customer, purchased_on=shop.now.date() - timedelta(days=30))
    return stages.a_diagnosed_order(shop, **scene.saying() | {"appliance": young})


def _no_fault(scene: Scene) -> WorkOrder:
    order, shop = _diagnosing(scene), scene.shop
    workshop.find_no_fault(
        order, tests="Three washes", demonstration_offered=True, by=shop.actor("chen"), at=shop.later()
    )
    return fresh(order)


def _unrepairable(scene: Scene) -> WorkOrder:
    shop = scene.shop
    order = stages.a_diagnosed_order(shop, **scene.saying())
    workshop.declare_unrepairable(
        order, reason=next(iter(UnrepairableReason)), note=f"{scene.word} burnt", by=shop.actor("chen"), at=shop.later()
    )
    return fresh(order)


def _drafted(scene: Scene) -> WorkOrder:
    shop = scene.shop
    order = stages.a_diagnosed_order(shop, **scene.saying())
    workshop.draft_quote(order, offers=stages.offers(shop), service_hours=8, by=shop.actor("chen"), at=shop.later())
    return fresh(order)


def _dear(scene: Scene) -> WorkOrder:
    """A quote above the lowest of the list, from which something can be taken off."""
    shop = scene.shop
    order = stages.a_diagnosed_order(shop, **scene.saying())
    offers = [workshop.Offer(item=shop.labour, unit_minor=16000)]
    workshop.draft_quote(order, offers=offers, service_hours=8, by=shop.actor("chen"), at=shop.later())
    return fresh(order)


def _discounted(scene: Scene) -> WorkOrder:
    """So much is taken off that the manager has to allow it."""
    order, shop = _dear(scene), scene.shop
    quote = Quote.objects.get(order=order)
    workshop.discount_quote(
        quote,
        discount_minor=6000,
        reason=f"{scene.word} waited",
        code=DiscountReason.WAITED,
        by=shop.reception,
        at=shop.later(),
    )
    return fresh(order)


def _excepted(scene: Scene) -> WorkOrder:
    """A price outside the list is asked for."""
    shop = scene.shop
    order = stages.a_diagnosed_order(shop, **scene.saying())
    workshop.ask_exception(
        order, part=shop.compressor, unit_minor=70000, reason=ExceptionReason.PRICE_ROSE, note=f"{scene.word} rose",
        by=shop.actor("chen"), at=shop.later(),
    )  # fmt: skip
    return fresh(order)


def _outside(scene: Scene) -> WorkOrder:
    """The price was granted and is on a quote that waits for the customer."""
    order, shop = _excepted(scene), scene.shop
    workshop.approve_exception(PriceException.objects.get(order=order), by=shop.actor("nie"), at=shop.later())
    offers = [workshop.Offer(part=shop.compressor, unit_minor=70000)]
    quote = workshop.draft_quote(order, offers=offers, service_hours=8, by=shop.actor("chen"), at=shop.later())
    workshop.issue_quote(quote, by=shop.reception, at=shop.later())
    return fresh(order)


def _asked(scene: Scene) -> WorkOrder:
    """Approved, and its part asked for."""
    order = stages.an_approved_order(scene.shop, **scene.saying())
    stages.a_requested_part(scene.shop, order)
    return order


def _on_order(scene: Scene) -> WorkOrder:
    order, shop = _asked(scene), scene.shop
    storeroom.answer_none(PartRequest.objects.get(order=order), by=shop.actor("shen"), at=shop.later())
    return order


def _reserved(scene: Scene) -> WorkOrder:
    order, shop = _asked(scene), scene.shop
    request, bin = PartRequest.objects.get(order=order), stages.a_bin(shop, holding=1)
    storeroom.answer_available(request, bin=bin, by=shop.actor("shen"), at=shop.later())
    return order


def _issued(scene: Scene) -> WorkOrder:
    order = _reserved(scene)
    storeroom.issue(PartRequest.objects.get(order=order), by=scene.shop.actor("shen"), at=scene.shop.later())
    return order


def _proposed(scene: Scene) -> WorkOrder:
    order, shop = _on_order(scene), scene.shop
    workshop.propose_commitment(order, **scene.proposing(), by=shop.actor("chen"), at=shop.later())
    return order


def signed(scene: Scene) -> WorkOrder:
    """Its part is on order, and the customer signed the date."""
    order, shop = _proposed(scene), scene.shop
    signature = shop.a_signature()
    commitment = PartsCommitment.objects.get(order=order)
    workshop.sign_commitment(commitment, signature=signature, by=shop.reception, at=shop.later())
    return fresh(order)


def _resumable(scene: Scene) -> WorkOrder:
    """It waits with the customer's signature, and its part has come."""
    order, shop = signed(scene), scene.shop
    workshop.wait_for_parts(order, by=shop.actor("chen"), at=shop.later())
    request, bin = PartRequest.objects.get(order=order), stages.a_bin(shop, holding=1)
    storeroom.reserve_arrived(request, bin=bin, by=shop.actor("shen"), at=shop.later())
    storeroom.issue(PartRequest.objects.get(order=order), by=shop.actor("shen"), at=shop.later())
    return fresh(order)


def _finishing(scene: Scene) -> WorkOrder:
    """Repaired without a part, and its time written down."""
    shop = scene.shop
    order, _none = stages.a_repairing_order(shop, parts=0, **scene.saying())
    workshop.log_labour(order, minutes=30, task=f"{scene.word} belt", by=shop.actor("chen"), at=shop.later(minutes=30))
    return fresh(order)


def _timed(scene: Scene) -> WorkOrder:
    """Its technician's time runs."""
    shop = scene.shop
    order, _none = stages.a_repairing_order(shop, parts=0, **scene.saying())
    workshop.start_timer(order, by=shop.actor("chen"), at=shop.later())
    return fresh(order)


def _held(scene: Scene) -> WorkOrder:
    shop = scene.shop
    order = shop.an_accepted_order(**scene.saying())
    workorder.hold(order, hold="CUSTOMER_REQUEST", reason=f"{scene.word} away", by=shop.reception, at=shop.later())
    return fresh(order)


def _moved(scene: Scene) -> WorkOrder:
    """Promised for another date, to which the customer has not agreed yet."""
    shop = scene.shop
    order = shop.an_accepted_order(**scene.saying())
    assert order.promised_at is not None
    workorder.revise_promise(
        order, to=order.promised_at + timedelta(days=2), cause=PromiseCause.WORKLOAD, reason=f"{scene.word} is ill",
        by=shop.reception, at=shop.later(),
    )  # fmt: skip
    return fresh(order)


def _billed(scene: Scene) -> WorkOrder:
    order = stages.a_ready_order(scene.shop, **scene.saying())
    stages.a_bill(scene.shop, order)
    return fresh(order)


def _owing(scene: Scene) -> WorkOrder:
    """Its customer agreed to leave a deposit before the part is ordered."""
    return deposits.an_order(scene.shop, **scene.saying())


def _depositing(scene: Scene) -> WorkOrder:
    """And has left it."""
    order = _owing(scene)
    deposits.left(scene.shop, order, method="CARD", terminal_ref="C-1")
    return fresh(order)


def _deposit_asked(scene: Scene) -> WorkOrder:
    """Somebody asked that it goes back although the repair goes on."""
    shop, order = scene.shop, _depositing(scene)
    left = PartsDeposit.objects.get(order=order)
    cashier.ask_deposit_back(left, reason=f"{scene.word} pays in cash", by=shop.reception, at=shop.later())
    return fresh(order)


def _deposit_due(scene: Scene) -> WorkOrder:
    """The customer has cancelled: it goes back."""
    shop, order = scene.shop, _depositing(scene)
    intake.cancel(order, reason="Too dear after all", by=shop.reception, at=shop.later())
    return fresh(order)


def _paid(scene: Scene) -> WorkOrder:
    """Paid, and still on its shelf."""
    shop, order = scene.shop, _billed(scene)
    bill = Bill.objects.get(order=order)
    cashier.take_payment(bill, method="CASH", amount_minor=bill.total_minor, by=shop.actor("cai"), at=shop.later())
    return fresh(order)


def _delivered(scene: Scene) -> WorkOrder:
    shop, order = scene.shop, _paid(scene)
    cashier.hand_over(order, **stages.handing_over(order), by=shop.actor("cai"), at=shop.later())
    return fresh(order)


def _called(scene: Scene) -> WorkOrder:
    """Delivered, and the customer was called."""
    shop, order = scene.shop, _delivered(scene)
    followup.record_call(order, satisfaction=5, works=True, by=shop.reception, at=shop.later())
    return fresh(order)


def _plain(make: Callable[..., Any]) -> Callable[[Scene], WorkOrder]:
    def stand(scene: Scene) -> WorkOrder:
        made = make(scene.shop, **scene.saying())
        order: WorkOrder = made[0] if isinstance(made, tuple) else made
        return fresh(order)

    return stand


STATIONS: dict[str, Callable[[Scene], WorkOrder]] = {
    "registered": _plain(Shop.a_registered_order), "received": _plain(Shop.a_received_order), "accepted": _accepted,
    "diagnosing": _diagnosing, "free": _free, "diagnosed": _plain(stages.a_diagnosed_order), "no fault": _no_fault,
    "unrepairable": _unrepairable, "drafted": _drafted, "quoted": _plain(stages.a_quoted_order), "asked": _asked,
    "on order": _on_order, "reserved": _reserved, "issued": _issued, "proposed": _proposed, "signed": signed,
    "resumable": _resumable,
    "dear": _dear, "discounted": _discounted, "excepted": _excepted, "outside": _outside,
    "repairing": _plain(stages.a_repairing_order), "finishing": _finishing, "timed": _timed, "tested": _plain(stages.a_finished_order),
    "ready": _plain(stages.a_ready_order), "billed": _billed, "paid": _paid, "refund asked": _paid, "refund granted": _paid,
    "delivered": _delivered, "called": _called, "held": _held, "moved": _moved,
    "deposit owed": _owing, "deposit held": _depositing, "deposit asked": _deposit_asked, "deposit due": _deposit_due, **exchanges.STATIONS,
}  # fmt: skip
