"""The stages after the counter, each reached by the verbs of the people who do it: diagnosed, quoted, repairing, tested, billed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from guiju.books.stock import actions as stock
from guiju.books.stock.models import Bin
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.models import Bill, TillSession
from guiju.line.cashier.rules import ClaimProof, Method
from guiju.line.intake import queries as intake
from guiju.line.quality import actions as quality
from guiju.line.quality.rules import ItemKind
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom.models import PartRequest
from guiju.line.storeroom.rules import OldPartOutcome
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.models import Quote
from guiju.line.workshop.rules import Consent
from tests.cast import FOUNDED
from tests.line.cast_line import Shop, fresh, names
from tests.remembered import remembered

MIN_COMPRESSOR = 38000
MIN_LABOUR = 8000


def a_bin(shop: Shop, *, holding: int = 0) -> Bin:
    """The bin of the store of FS01 in which compressors lie."""
    found = Bin.objects.filter(store__unit=shop.unit).first()
    if found is None:
        store = stock.open_store(
            unit=shop.unit, code="MAIN", names=names("Main store"), kind="OUTLET", by=shop.actor("ma"), at=FOUNDED
        )
        found = stock.add_bin(store=store, code="A-1", by=shop.actor("ma"), at=FOUNDED)
    if holding:
        document = f"DN-{shop.now.timestamp():.0f}-{holding}"
        storeroom.receive_stock(
            part=shop.compressor, bin=found, quantity=holding, document=document, by=shop.actor("shen"), at=shop.now
        )
    return found


@remembered
def a_diagnosed_order(shop: Shop, *, cause: Any = None, **changed: Any) -> WorkOrder:
    """A job whose fault is known; out of warranty unless it was bought lately."""
    order = shop.an_accepted_order("chen", **changed)
    chen = shop.actor("chen")
    workshop.start_diagnosis(order, by=chen, at=shop.later())
    workshop.diagnose(
        fresh(order),
        fault=shop.fault,
        cause=cause or shop.defect,
        findings="The belt is worn through.",
        by=chen,
        at=shop.later(minutes=20),
    )
    return fresh(order)


def offers(shop: Shop, *, parts: int = 1) -> list[workshop.Offer]:
    """Labour and a compressor, at the lowest listed price."""
    lines = [workshop.Offer(item=shop.labour)]
    return [*lines, workshop.Offer(part=shop.compressor, quantity=parts)] if parts else lines


@remembered
def a_quoted_order(shop: Shop, *, parts: int = 1, **changed: Any) -> tuple[WorkOrder, Quote]:
    """A job whose quote waits for the customer's answer."""
    _ = shop.price_list
    order = a_diagnosed_order(shop, **changed)
    quote = workshop.draft_quote(
        order, offers=offers(shop, parts=parts), service_hours=8, by=shop.actor("chen"), at=shop.later()
    )
    workshop.issue_quote(quote, by=shop.reception, at=shop.later())
    return fresh(order), Quote.objects.select_related("order").get(pk=quote.pk)


@remembered
def an_approved_order(shop: Shop, *, parts: int = 1, **changed: Any) -> WorkOrder:
    """A job that the customer agreed to."""
    order, quote = a_quoted_order(shop, parts=parts, **changed)
    workshop.approve_quote(
        quote, how=Consent.SIGNATURE, signature=shop.a_signature(), by=shop.reception, at=shop.later()
    )
    return fresh(order)


def a_requested_part(shop: Shop, order: WorkOrder, quantity: int = 1) -> PartRequest:
    """A compressor that the technician asked for."""
    return storeroom.request_part(
        order, part=shop.compressor, quantity=quantity, by=shop.actor("chen"), at=shop.later()
    )


def an_issued_part(shop: Shop, order: WorkOrder, quantity: int = 1) -> PartRequest:
    """A compressor in the technician's hands."""
    request = a_requested_part(shop, order, quantity)
    storeroom.answer_available(request, bin=a_bin(shop, holding=quantity), by=shop.actor("shen"), at=shop.later())
    return storeroom.issue(request, by=shop.actor("shen"), at=shop.later())


@remembered
def a_repairing_order(shop: Shop, *, parts: int = 1, **changed: Any) -> tuple[WorkOrder, PartRequest | None]:
    """A job on the bench, with its part in hand."""
    order = an_approved_order(shop, parts=parts, **changed)
    request = an_issued_part(shop, order, parts) if parts else None
    workshop.start_repair(fresh(order), by=shop.actor("chen"), at=shop.later())
    return fresh(order), request


@remembered
def a_finished_order(shop: Shop, *, parts: int = 1, **changed: Any) -> WorkOrder:
    """A job that waits for its final test."""
    order, request = a_repairing_order(shop, parts=parts, **changed)
    chen = shop.actor("chen")
    workshop.log_labour(order, minutes=45, task="Changed the compressor", by=chen, at=shop.later(minutes=45))
    if request is not None:
        workshop.fit_part(
            request,
            quantity=parts,
            old_condition="Burnt out",
            old_outcome=OldPartOutcome.RETURN_TO_CUSTOMER,
            by=chen,
            at=shop.later(),
        )
    workshop.finish(fresh(order), work_done="Compressor changed, drum runs.", by=chen, at=shop.later())
    return fresh(order)


@remembered
def a_checklist(shop: Shop) -> dict[int, str]:
    """What the inspector measures, with values that are within the limits."""
    nie = shop.actor("nie")
    leak = quality.add_item(
        code="LEAK",
        names=names("Insulation resistance"),
        kind=ItemKind.MEASURE,
        unit="MΩ",
        limit_min=Decimal(2),
        is_safety=True,
        by=nie,
        at=FOUNDED,
    )
    runs = quality.add_item(code="RUNS", names=names("Runs"), kind=ItemKind.CHECK, by=nie, at=FOUNDED)
    return {leak.pk: "5.5", runs.pk: "yes"}


@remembered
def a_ready_order(shop: Shop, *, parts: int = 1, **changed: Any) -> WorkOrder:
    """A job that passed its test and waits for its owner."""
    order = a_finished_order(shop, parts=parts, **changed)
    quality.pass_order(order, values=a_checklist(shop), shelf="R-01", by=shop.actor("qin"), at=shop.later())
    return fresh(order)


def an_open_till(shop: Shop) -> TillSession:
    """The till of FS01, with a float of ¥500."""
    till = cashier.add_till(unit=shop.unit, code="T1", by=shop.actor("ma"), at=FOUNDED)
    found = TillSession.objects.filter(till=till, state="OPEN").select_related("till__unit").first()
    return found or cashier.open_till_session(till, float_minor=50000, by=shop.actor("cai"), at=shop.later())


def a_bill(shop: Shop, order: WorkOrder) -> Bill:
    """What the job costs."""
    return cashier.draw_bill(order, by=shop.actor("cai"), at=shop.later())


@remembered
def a_paid_order(shop: Shop, *, parts: int = 1, **changed: Any) -> WorkOrder:
    """A job that is paid in cash and still on its shelf."""
    order = a_ready_order(shop, parts=parts, **changed)
    bill = a_bill(shop, order)
    an_open_till(shop)
    cashier.take_payment(
        bill,
        method=Method.CASH,
        amount_minor=bill.total_minor,
        tendered_minor=bill.total_minor + 1000,
        by=shop.actor("cai"),
        at=shop.later(),
    )
    return fresh(order)


def handing_over(order: WorkOrder, **changed: Any) -> dict[str, Any]:
    """What the cashier does at the counter when the owner comes."""
    tag = intake.tag_of(order)
    done = {
        "proof": ClaimProof.CLAIM_CODE,
        "claim_code": intake.claim_code(tag) if tag else "",
        "accessories_returned": {each.pk: each.quantity for each in intake.accessories_of(order)},
        "demonstrated": True,
    }
    return done | changed


@remembered
def a_delivered_order(shop: Shop, *, parts: int = 1, **changed: Any) -> WorkOrder:
    """A job that went home."""
    order = a_paid_order(shop, parts=parts, **changed)
    cashier.hand_over(order, **handing_over(order), by=shop.actor("cai"), at=shop.later())
    return fresh(order)


def ready_after_approval(shop: Shop, order: WorkOrder) -> WorkOrder:
    """A job whose quote was approved by other means, repaired and tested."""
    request, chen = an_issued_part(shop, fresh(order)), shop.actor("chen")
    workshop.start_repair(fresh(order), by=chen, at=shop.later())
    workshop.log_labour(fresh(order), minutes=45, task="Changed the compressor", by=chen, at=shop.later(minutes=45))
    workshop.fit_part(
        request, quantity=1, old_condition="Burnt out", old_outcome=OldPartOutcome.RETURN_TO_CUSTOMER, by=chen,
        at=shop.later(),
    )  # fmt: skip
    workshop.finish(fresh(order), work_done="Compressor changed, drum runs.", by=chen, at=shop.later())
    quality.pass_order(fresh(order), values=a_checklist(shop), shelf="R-01", by=shop.actor("qin"), at=shop.later())
    return fresh(order)
