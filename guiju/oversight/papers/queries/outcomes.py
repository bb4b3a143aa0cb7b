"""What the customer takes home: the repair report, the settlement list or receipt, the receipt for money given back."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import overload

from django.utils.translation import gettext, pgettext

from guiju.kernel.amounts import Money
from guiju.line.cashier import queries as till
from guiju.line.cashier.models import Bill, BillLine, HandOver, Payment
from guiju.line.cashier.rules import METHOD_LABELS, OLD_PARTS_LABELS, Method, OldParts
from guiju.line.cashier.rules.wallets import WALLET_LABELS, Wallet
from guiju.line.intake import queries as intake
from guiju.line.quality import queries as quality
from guiju.line.quality.models import Inspection
from guiju.line.storeroom import queries as storeroom
from guiju.line.storeroom.models import OldPart
from guiju.line.storeroom.rules import OUTCOME_LABELS, OldPartOutcome
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import Outcome
from guiju.line.workshop import queries as workshop
from guiju.line.workshop.models.quotes import Covered
from guiju.line.workshop.rules import QuoteState
from guiju.oversight.papers import rules
from guiju.oversight.papers.queries.shared import Print, customer, device, letterhead, photo
from guiju.oversight.papers.wording import paid_by, unit_word
from guiju.standing.warranty import queries as warranty

PHOTOS_MAX = 3
"""Of each kind, before and after: a row of the report holds five, and a report of many pages is read by nobody."""


def report(order: WorkOrder, how: Print) -> rules.RepairReport | None:
    """The repair report, once the job is ready (6.5)."""
    work, found = workshop.summary_of(order), next(iter(workshop.diagnoses_of(order)), None)
    if order.ready_at is None or order.received_at is None or found is None:
        return None
    passed = quality.last_pass(order)
    technician = work.technician if work else found.technician
    promises = warranty.repair_warranties(order.number)
    return rules.RepairReport(
        letterhead=letterhead(order, order.number, how),
        work_order_number=order.number,
        customer=customer(order),
        device=device(order),
        received_at=order.received_at,
        finished_at=order.ready_at,
        symptom=order.problem,
        findings=found.findings,
        cause=found.cause.name,
        work_done=(work.work_done,) if work else (gettext("Returned unrepaired."),),
        technician=technician.name,
        technician_badge=technician.number,
        parts=_fitted(order),
        labour=_labour(order),
        left_out=_left_out(order),
        measurements=(*_worked(order), *_measured(passed)),
        is_passed=passed is not None if work else None,
        inspector=passed.inspector.name if passed else None,
        inspected_at=passed.at if passed else None,
        advice=(work.advice or None) if work else None,
        days_in_repair=(order.unit.day(order.delivered_at or how.at) - order.unit.day(order.received_at)).days,
        is_unrepaired=work is None,
        is_self_checked=passed is not None and passed.is_self_check,
        photos=_photos(order, passed),
        repair_ordinal=_ordinal(order) if work else None,
        device_warranty_ends_on=_covered_until(order, order.unit.day(how.at)),
        repair_warranty_ends_on=promises[0].ends_on - timedelta(days=1) if promises else None,
    )


def _worked(order: WorkOrder) -> tuple[rules.Measurement, ...]:
    """What the bench measured and ticked off, with the limits of the version that asked for it."""
    return tuple(
        rules.Measurement(
            name=found.item.name,
            value=_yes(found.text) if found.value is None else _bare(found.value),
            unit=found.item.unit,
            passed=found.passed,
            lower_limit=_bare(found.item.limit_min),
            upper_limit=_bare(found.item.limit_max),
        )
        for found in workshop.checks_of(order)
    )


@overload
def _bare(value: Decimal) -> Decimal: ...
@overload
def _bare(value: None) -> None: ...
def _bare(value: Decimal | None) -> Decimal | None:
    """A measure without the zeros that the column gives it: nobody set a limit of 10.0000 minutes."""
    return None if value is None else value.normalize() + Decimal(0)


def _measured(passed: Inspection | None) -> tuple[rules.Measurement, ...]:
    """What the final test found, with the limits as they were."""
    return tuple(
        rules.Measurement(
            name=value.item.name,
            value=_yes(value.text) if value.value is None else _bare(value.value),
            unit=value.item.unit,
            passed=value.passed,
            lower_limit=_bare(value.limit_min),
            upper_limit=_bare(value.limit_max),
            is_safety=value.item.is_safety,
        )
        for value in (passed.values.select_related("item") if passed else ())
    )


def _photos(order: WorkOrder, passed: Inspection | None) -> tuple[rules.Photo, ...]:
    """How it came, and what the final test saw."""
    came = [photo(each.evidence, gettext("As it came")) for each in intake.photos_of(order)[:PHOTOS_MAX]]
    tested = passed.photos.select_related("photo")[:PHOTOS_MAX] if passed else ()
    seen = [photo(each.photo, gettext("At the final test")) for each in tested]
    return tuple(each for each in (*came, *seen) if each is not None)


def _covered_until(order: WorkOrder, on: date) -> date | None:
    """The last covered day of the appliance itself, with the days that it was out of use added; None once that is past."""
    ends_on = warranty.judge(order.appliance, on=on).ends_on
    return ends_on - timedelta(days=1) if ends_on and ends_on > on else None


def _ordinal(order: WorkOrder) -> int:
    """Which repair of this appliance it is."""
    earlier = WorkOrder.objects.filter(appliance_id=order.appliance_id, pk__lt=order.pk)
    return earlier.filter(outcome=Outcome.REPAIRED.value).count() + 1


def receipt(order: WorkOrder, how: Print) -> rules.Receipt | None:
    """The settlement list before the payment, the receipt after it (6.6)."""
    bill = till.bill_of(order)
    if bill is None:
        return None
    payments = list(bill.payments.all())
    code = till.receipt_code(bill)
    printed = how.printing
    # A part payment has its receipt too, and no code: the seal stands under what is settled.
    last = printed.payment if printed else payments[-1] if code else None
    return rules.Receipt(
        letterhead=letterhead(order, bill.number, how),
        work_order_number=order.number,
        customer=customer(order),
        device=device(order),
        lines=(*map(_charged, bill.lines.all()), *map(_free, till.covered_on(bill))),
        total_minor=bill.total_minor,
        discounts=(
            (rules.Discount(reason=bill.discount_reason, amount_minor=bill.discount_minor),)
            if bill.discount_minor
            else ()
        ),
        taxes=tuple(
            rules.TaxPart(rate=each.rate if each.rate_bp else "", net_minor=each.net_minor, tax_minor=each.tax_minor)
            for each in till.taxed(bill.lines.all())
        ),
        credited_test_minor=till.credited_fee_minor(bill),
        left_out=_left_out(order),
        payments=tuple(_received(payment) for payment in payments),
        refunds=_refunded(bill),
        credit_minor=bill.credit_minor,
        receipt_number=last.receipt_number if last else None,
        mark=_mark(how) if last else None,
        check_url=f"{how.base_url}r/{code}" if code else None,
        cashier=payments[-1].taken_by.name if payments else how.printed_by,
    )


def _charged(line: BillLine) -> rules.ChargeLine:
    return rules.ChargeLine(
        description=line.description,
        quantity=line.quantity,
        unit=unit_word(line.part.base_unit if line.part else ""),
        list_min_minor=line.list_min_minor,
        list_max_minor=line.list_max_minor,
        unit_price_minor=line.unit_minor,
        amount_minor=line.amount_minor,
        item_code=line.code,
    )


def _free(line: Covered) -> rules.ChargeLine:
    """What somebody else pays for costs the customer nothing, and says why."""
    return rules.ChargeLine(
        description=line.description,
        quantity=line.quantity,
        unit=unit_word(line.unit),
        list_min_minor=0,
        list_max_minor=0,
        unit_price_minor=0,
        amount_minor=0,
        item_code=line.code,
        note=paid_by(line),
    )


def refund(order: WorkOrder, how: Print) -> rules.RefundReceipt | None:
    """The receipt for what was given back last (FIN-8)."""
    bill = till.bill_of(order)
    given = [each for payment in bill.payments.all() for each in payment.refunds.all()] if bill else []
    if not given:
        return None
    last = (how.printing and how.printing.refund) or max(given, key=lambda each: (each.at, each.pk))
    payment = last.payment
    return rules.RefundReceipt(
        letterhead=letterhead(order, last.number, how),
        work_order_number=order.number,
        customer=customer(order),
        device=device(order),
        receipt_number=payment.receipt_number,
        method=gettext(METHOD_LABELS[Method(payment.method)]),
        paid_minor=payment.amount_minor,
        refunded_minor=last.amount_minor,
        refunded_at=last.at,
        reason=last.reason,
        approved_by=last.approval.decided_by_name or None,
        paid_by=last.paid_by.name,
        reference=payment.terminal_ref or None,
        mark=_mark(how),
    )


def _mark(how: Print) -> str | None:
    """That a paper is not the original, and which duplicate it is."""
    if how.printing is None:
        return pgettext("on a receipt that is only looked at", "COPY, not the original")
    if not how.printing.duplicates:
        return None
    said = pgettext("on a receipt that was printed again", "DUPLICATE no. %(count)s")
    return said % {"count": how.printing.duplicates}


def _method(payment: Payment) -> str:
    """How it was paid: which wallet; and of cash that was rounded, how much it was."""
    if payment.wallet:
        return gettext(WALLET_LABELS[Wallet(payment.wallet)])
    if payment.rounded_minor:
        said = gettext("Cash, rounded to %(amount)s")
        return said % {"amount": f"{Money(payment.came_minor, payment.bill.currency).decimal:f}"}
    return gettext(METHOD_LABELS[Method(payment.method)])


def _received(payment: Payment) -> rules.ReceivedPayment:
    is_changed = payment.tendered_minor is not None and payment.change_minor > 0
    return rules.ReceivedPayment(
        method=_method(payment),
        amount_minor=payment.amount_minor,
        paid_at=payment.at,
        reference=payment.terminal_ref or None,
        tendered_minor=payment.tendered_minor if is_changed else None,
        change_minor=payment.change_minor if is_changed else None,
    )


def _refunded(bill: Bill) -> tuple[rules.ReceivedPayment, ...]:
    return tuple(
        rules.ReceivedPayment(
            method=gettext(METHOD_LABELS[Method(payment.method)]),
            amount_minor=each.amount_minor,
            paid_at=each.at,
            reference=each.number,
        )
        for payment in bill.payments.all()
        for each in payment.refunds.all()
    )


def _fitted(order: WorkOrder) -> tuple[rules.FittedPart, ...]:
    """The parts that went in, at what they cost the customer, with the last day of their guarantee."""
    offer = workshop.approved_quote(order)
    agreed = [line for line in offer.lines_of() if not line.is_declined] if offer else []
    prices = {line.part_id: line.unit_minor for line in agreed}
    ends = {each.part_id: each.ends_on for each in warranty.repair_warranties(order.number)}
    old = {each.request_id: each for each in storeroom.old_parts_of(order)}
    given = till.hand_over_of(order) if old else None
    fitted = []
    for usage in workshop.usages_of(order):
        part, removed = usage.request.part, old.get(usage.request_id)
        fitted.append(
            rules.FittedPart(
                name=part.name,
                quantity=usage.quantity,
                unit=unit_word(part.base_unit),
                price_minor=prices.get(part.pk, 0) * usage.quantity,
                part_number=part.code,
                old_serial_number=removed.serial or None if removed else None,
                old_part=_old_part(removed, given) if removed else None,
                new_serial_number=usage.new_serial or None,
                warranty_ends_on=ends[part.pk] - timedelta(days=1) if part.pk in ends else None,
            )
        )
    return tuple(fitted)


def _old_part(removed: OldPart, given: HandOver | None) -> str:
    """What became of the part that came out; of the customer's own, what was said at the hand-over."""
    customers = {OldPartOutcome.RETURN_TO_CUSTOMER, OldPartOutcome.WAIVED}
    if removed.outcome in customers and given is not None and given.old_parts:
        return gettext(OLD_PARTS_LABELS[OldParts(given.old_parts)])
    return gettext(OUTCOME_LABELS[OldPartOutcome(removed.outcome)])


def _labour(order: WorkOrder) -> tuple[rules.LabourLine, ...]:
    """The priced labour of the approved quote; on a covered repair the time that was worked, free."""
    offer = workshop.approved_quote(order)
    if offer is not None:
        lines = [line for line in offer.lines_of() if line.part_id is None and not line.is_declined]
        return tuple(rules.LabourLine(task=line.description, price_minor=line.amount_minor) for line in lines)
    return tuple(
        rules.LabourLine(task=entry.said, price_minor=0, minutes=entry.minutes) for entry in workshop.labour_of(order)
    )


def _left_out(order: WorkOrder) -> tuple[str, ...]:
    """What was offered and not wanted: the lines left out of the approved quote, or all lines of a declined one."""
    return tuple(
        line.description
        for line in workshop.current_lines(order)
        if line.is_declined or line.quote.state == QuoteState.DECLINED
    )


def _yes(text: str) -> str:
    return gettext("in order") if text == "yes" else gettext("not in order")
