"""The papers of an order, gathered from the line and printed: ticket, claim tag, quote, signed time limit, report, receipt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext, override

from guiju.kernel.words import Sentence
from guiju.line.cashier import queries as till
from guiju.line.cashier.rules import METHOD_LABELS, Method
from guiju.line.intake import queries as intake
from guiju.line.quality import queries as quality
from guiju.line.storeroom import queries as storeroom
from guiju.line.workorder import queries as orders
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop import queries as workshop
from guiju.line.workshop.models import Quote, QuoteLine
from guiju.line.workshop.rules import CONSENT_LABELS, DELAY_LABELS, REMEDY_LABELS, Consent, DelayCause, Remedy
from guiju.oversight.papers import rules
from guiju.oversight.papers.press import LanguageNotOffered, SizeNotOffered, bind, print_pdf
from guiju.oversight.papers.wording import channel_word, coverage_word, fee_word, mode_word, unit_word
from guiju.standing.warranty import queries as warranty


@dataclass(frozen=True)
class Print:
    """What a print needs beside the order: where the QR leads, who prints, when."""

    base_url: str
    printed_by: str
    at: datetime


def pdf(
    paper: str, order: WorkOrder, *, language: str, size: str = "", base_url: str, printed_by: str, at: datetime
) -> bytes | None:
    """A paper of an order as PDF; None where there is no such paper, or not yet, or not in that language or size.

    paper     ticket, claim-tag, quote, commitment, report or receipt; or counter, all that is handed out when an appliance comes
    size      a4, roll-80mm or label-60x40mm; the paper's usual one when empty
    base_url  the site's address with a slash at its end
    """
    if paper in TOGETHER and not size:
        how = {"language": language, "base_url": base_url, "printed_by": printed_by, "at": at}
        papers = [each for name in TOGETHER[paper] if (each := pdf(name, order, **how)) is not None]  # type: ignore[arg-type]
        return bind(papers) if papers else None
    gather = GATHER.get(paper)
    if gather is None or (size and size not in set(rules.Size)):
        return None
    try:
        with override(language):
            facts = gather(order, Print(base_url, printed_by, at))
        return None if facts is None else print_pdf(facts, language, size=rules.Size(size) if size else None)
    except (LanguageNotOffered, SizeNotOffered):
        return None


def ticket(order: WorkOrder, how: Print) -> rules.Ticket:
    """The work-order ticket with its tear-off copy (6.1)."""
    check = intake.check_of(order)
    tag = intake.tag_of(order)
    coverage = orders.coverage_of(order)
    return rules.Ticket(
        letterhead=_letterhead(order, order.number, how),
        received_at=order.received_at or order.registered_at or order.opened_at,
        channel=channel_word(order.channel),
        mode=mode_word(order.mode),
        customer=_customer(order),
        device=_device(order),
        receptionist=check.received_by_name if check else how.printed_by,
        claim_code=intake.claim_code(tag) if tag else "—",
        promised_ready_at=order.promised_at,
        coverage=coverage_word(order.coverage),
        purchased_on=order.appliance.purchased_on,
        purchase_invoice_number=order.appliance.invoice_no or None,
        warranty_result=" ".join(str(reason) for reason in coverage.because) if coverage else None,
        symptoms=tuple(
            rules.Symptom(code=symptom.code.code, name=symptom.code.name)
            for symptom in order.symptoms.select_related("code")
        ),
        problem=order.problem,
        is_reproduced=check.reproduced if check else None,
        appearance=(check.condition,) if check else (),
        accessories=_accessories(order),
        data_statement=(check.data_statement or None) if check else None,
        declared_value_minor=(check.declared_value_minor or None) if check else None,
        test_fee_minor=order.test_fee_minor,
        price_list_version=order.price_list.number if order.price_list else None,
        fee_collection=fee_word(order.fee_collection),
        parts_wait=_parts_wait(order),
        signature=_signature(order.customer.name, gettext("Signed"), check.at) if check else None,
    )


def claim_tag(order: WorkOrder, how: Print) -> rules.ClaimTag | None:
    """The claim tag, once the appliance was received (6.2)."""
    tag = intake.tag_of(order)
    if tag is None:
        return None
    return rules.ClaimTag(
        letterhead=_letterhead(order, tag.number, how),
        work_order_number=order.number,
        device=_device(order),
        customer=_customer(order),
        promised_ready_at=order.promised_at,
        claim_code=intake.claim_code(tag),
        shelf_code=order.shelf or None,
        accessories=_accessories(order),
    )


def quote(order: WorkOrder, how: Print) -> rules.QuotePaper | None:
    """The quote as it was sent, with its answer (6.3)."""
    offer = workshop.current_quote(order)
    if offer is None or offer.valid_until is None:
        return None
    found = next(iter(workshop.diagnoses_of(order)), None)
    return rules.QuotePaper(
        letterhead=_letterhead(order, offer.number, how, version=offer.price_list),
        revision=offer.version,
        work_order_number=order.number,
        customer=_customer(order),
        device=_device(order),
        fault=found.fault.name if found and found.fault else order.problem,
        cause=found.cause.name if found else None,
        lines=tuple(
            rules.QuoteLine(
                description=line.description,
                quantity=line.quantity,
                unit=unit_word(line.part.base_unit if line.part else ""),
                unit_price_minor=line.unit_minor,
                list_min_minor=line.list_min_minor,
                list_max_minor=line.list_max_minor,
                amount_minor=line.amount_minor,
                item_code=line.code,
                repair_warranty_days=offer.repair_warranty_days,
                choice=_choice(line),
                is_declined=line.is_declined,
            )
            for line in offer.lines.all()
        ),
        total_minor=offer.total_minor,
        discount_minor=offer.discount_minor,
        discount_reason=offer.discount_reason or None,
        expires_at=offer.valid_until,
        test_fee_minor=offer.test_fee_minor,
        service_hours=offer.service_hours,
        old_part_ownership=gettext("The old part belongs to the customer."),
        payment_terms=fee_word(order.fee_collection),
        prepared_by=offer.drafted_by.name,
        approval=_answer(order, offer, "APPROVED"),
        refusal=_answer(order, offer, "DECLINED"),
    )


def _choice(line: QuoteLine) -> str | None:
    if line.is_declined:
        return gettext("Left out by the customer")
    return gettext("May be left out") if line.is_optional else None


def commitment(order: WorkOrder, how: Print) -> rules.PartsCommitmentPaper | None:
    """The signed time limit for a missing part (6.4)."""
    found = workshop.living_commitment(order)
    if found is None:
        return None
    return rules.PartsCommitmentPaper(
        letterhead=_letterhead(order, f"{order.number}/{found.revision}", how),
        work_order_number=order.number,
        customer=_customer(order),
        device=_device(order),
        parts=tuple(
            rules.WaitedPart(
                name=asked.part.name,
                part_number=asked.part.code,
                quantity=asked.quantity,
                unit=unit_word(asked.part.base_unit),
            )
            for asked in storeroom.missing_parts(order)
        ),
        cause=gettext(DELAY_LABELS[DelayCause(found.cause)]),
        promised_part_on=found.promised_part_on,
        promised_ready_at=found.promised_ready_at,
        remedy=gettext(REMEDY_LABELS[Remedy(found.remedy)]),
        revision=found.revision,
        supplier_basis=found.basis,
        statutory_cap_on=found.cap_on,
        customer_signature=(
            _signature(order.customer.name, gettext("Signed"), found.signed_at) if found.signed_at else None
        ),
    )


def report(order: WorkOrder, how: Print) -> rules.RepairReport | None:
    """The repair report, once the job is ready (6.5)."""
    work, found = workshop.summary_of(order), next(iter(workshop.diagnoses_of(order)), None)
    if order.ready_at is None or order.received_at is None or found is None:
        return None
    passed = quality.last_pass(order)
    technician = work.technician if work else found.technician
    promises = warranty.repair_warranties(order.number)
    return rules.RepairReport(
        letterhead=_letterhead(order, order.number, how),
        work_order_number=order.number,
        customer=_customer(order),
        device=_device(order),
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
        measurements=tuple(
            rules.Measurement(
                name=value.item.name,
                value=value.value.normalize() + Decimal(0) if value.value is not None else _yes(value.text),
                unit=value.item.unit,
                passed=value.passed,
                lower_limit=value.limit_min,
                upper_limit=value.limit_max,
                is_safety=value.item.is_safety,
            )
            for value in (passed.values.all() if passed else ())
        ),
        is_passed=passed is not None if work else None,
        inspector=passed.inspector.name if passed else None,
        inspected_at=passed.at if passed else None,
        advice=(work.advice or None) if work else None,
        days_in_repair=(order.unit.day(order.delivered_at or how.at) - order.unit.day(order.received_at)).days,
        repair_warranty_ends_on=promises[0].ends_on - timedelta(days=1) if promises else None,
    )


def receipt(order: WorkOrder, how: Print) -> rules.Receipt | None:
    """The settlement list before the payment, the receipt after it (6.6)."""
    bill = till.bill_of(order)
    if bill is None:
        return None
    payments = list(bill.payments.all())
    return rules.Receipt(
        letterhead=_letterhead(order, bill.number, how),
        work_order_number=order.number,
        customer=_customer(order),
        device=_device(order),
        lines=tuple(
            rules.ChargeLine(
                description=line.description,
                quantity=line.quantity,
                unit=unit_word(line.part.base_unit if line.part else ""),
                list_min_minor=line.list_min_minor,
                list_max_minor=line.list_max_minor,
                unit_price_minor=line.unit_minor,
                amount_minor=line.amount_minor,
                item_code=line.code,
            )
            for line in bill.lines.all()
        ),
        total_minor=bill.total_minor,
        discounts=(
            (rules.Discount(reason=bill.discount_reason, amount_minor=bill.discount_minor),)
            if bill.discount_minor
            else ()
        ),
        payments=tuple(
            rules.ReceivedPayment(
                method=gettext(METHOD_LABELS[Method(payment.method)]),
                amount_minor=payment.amount_minor,
                paid_at=payment.at,
                reference=payment.terminal_ref or None,
            )
            for payment in payments
        ),
        receipt_number=payments[-1].receipt_number if payments and not bill.owed_minor else None,
        cashier=how.printed_by,
    )


GATHER: dict[str, Callable[[WorkOrder, Print], rules.Paper | None]] = {
    "ticket": ticket,
    "claim-tag": claim_tag,
    "quote": quote,
    "commitment": commitment,
    "report": report,
    "receipt": receipt,
}

# Papers that are printed at one press of a key.
TOGETHER: dict[str, tuple[str, ...]] = {"counter": ("ticket", "claim-tag")}


def _letterhead(order: WorkOrder, number: str, how: Print, *, version: str | None = None) -> rules.Letterhead:
    unit = order.unit
    brand = unit.parent.name if unit.parent else unit.name
    return rules.Letterhead(
        brand_name=brand,
        outlet_name=unit.name,
        licence_number=unit.licence_no,
        number=number,
        status_url=f"{how.base_url}t/{orders.track_token(order)}",
        time_zone=unit.time_zone,
        currency=order.currency,
        printed_at=how.at,
        printed_by=how.printed_by,
        version=version or (order.price_list.number if order.price_list else None),
        outlet_address=unit.address or None,
        outlet_phone=unit.phone or None,
        outlet_hours=unit.hours or None,
        complaint_phone=unit.phone or None,
    )


def _customer(order: WorkOrder) -> rules.Customer:
    phone = order.customer.phones.first()
    return rules.Customer(name=order.customer.name, phone=phone.e164 if phone else "")


def _device(order: WorkOrder) -> rules.Device:
    appliance = order.appliance
    return rules.Device(
        name=appliance.line.name,
        brand=appliance.brand.name,
        product_line=appliance.line.name,
        model=appliance.model.code if appliance.model else None,
        serial_number=appliance.serial,
    )


def _accessories(order: WorkOrder) -> tuple[rules.Accessory, ...]:
    return tuple(rules.Accessory(name=each.name, quantity=each.quantity) for each in intake.accessories_of(order))


def _signature(name: str, method: str, at: datetime) -> rules.Signature:
    return rules.Signature(signed_by=name, method=method, signed_at=at)


def _answer(order: WorkOrder, offer: Quote, state: str) -> rules.Signature | None:
    if offer.state != state or offer.decided_at is None:
        return None
    method = gettext(CONSENT_LABELS[Consent(offer.decided_how)]) if offer.decided_how else ""
    return _signature(order.customer.name, method, offer.decided_at)


def _parts_wait(order: WorkOrder) -> rules.PartsWait | None:
    found = workshop.living_commitment(order)
    if found is None:
        return None
    return rules.PartsWait(
        parts=tuple(Sentence("%(name)s", {"name": asked.part.name}) for asked in storeroom.missing_parts(order)),
        cause=gettext(DELAY_LABELS[DelayCause(found.cause)]),
        promised_part_on=found.promised_part_on,
        promised_ready_at=found.promised_ready_at,
        remedy=gettext(REMEDY_LABELS[Remedy(found.remedy)]),
        signature=_signature(order.customer.name, gettext("Signed"), found.signed_at) if found.signed_at else None,
    )


def _fitted(order: WorkOrder) -> tuple[rules.FittedPart, ...]:
    """The parts that went in, at what they cost the customer, with the last day of their guarantee."""
    offer = workshop.approved_quote(order)
    agreed = [line for line in offer.lines.all() if not line.is_declined] if offer else []
    prices = {line.part_id: line.unit_minor for line in agreed}
    ends = {each.part_id: each.ends_on for each in warranty.repair_warranties(order.number)}
    old = {each.request_id: each.serial for each in storeroom.old_parts_of(order)}
    fitted = []
    for usage in workshop.usages_of(order):
        part = usage.request.part
        fitted.append(
            rules.FittedPart(
                name=part.name,
                quantity=usage.quantity,
                unit=unit_word(part.base_unit),
                price_minor=prices.get(part.pk, 0) * usage.quantity,
                part_number=part.code,
                old_serial_number=old.get(usage.request_id) or None,
                new_serial_number=usage.new_serial or None,
                warranty_ends_on=ends[part.pk] - timedelta(days=1) if part.pk in ends else None,
            )
        )
    return tuple(fitted)


def _labour(order: WorkOrder) -> tuple[rules.LabourLine, ...]:
    """The priced labour of the approved quote; on a covered repair the time that was worked, free."""
    offer = workshop.approved_quote(order)
    if offer is not None:
        lines = [line for line in offer.lines.all() if line.part_id is None and not line.is_declined]
        return tuple(rules.LabourLine(task=line.description, price_minor=line.amount_minor) for line in lines)
    return tuple(
        rules.LabourLine(task=entry.task, price_minor=0, minutes=entry.minutes) for entry in workshop.labour_of(order)
    )


def _yes(text: str) -> str:
    return gettext("in order") if text == "yes" else gettext("not in order")
