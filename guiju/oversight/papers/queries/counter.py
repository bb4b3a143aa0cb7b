"""What the counter prints: the ticket, the claim tag, the labels of the accessories, the loan agreement."""

from __future__ import annotations

from django.utils.translation import gettext

from guiju.kernel.words import Sentence
from guiju.line.cashier import queries as till
from guiju.line.intake import queries as intake
from guiju.line.storeroom import queries as storeroom
from guiju.line.workorder import queries as orders
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import Mode
from guiju.line.workshop import queries as workshop
from guiju.line.workshop.rules import DELAY_LABELS, REMEDY_LABELS, DelayCause, Remedy
from guiju.oversight.papers import rules
from guiju.oversight.papers.queries.shared import (
    Print,
    accessories,
    customer,
    device,
    letterhead,
    signature,
    track_address,
    unclaimed_notice,
)
from guiju.oversight.papers.wording import channel_word, coverage_word, fee_word, mode_word


def ticket(order: WorkOrder, how: Print) -> rules.Ticket:
    """The work-order ticket with its tear-off copy (6.1)."""
    check = intake.check_of(order)
    tag = intake.tag_of(order)
    coverage = orders.coverage_of(order)
    letter = letterhead(order, order.number, how, stays_here=True)
    return rules.Ticket(
        letterhead=letter,
        received_at=order.received_at or order.registered_at or order.opened_at,
        channel=channel_word(order.channel),
        mode=mode_word(order.mode),
        customer=customer(order),
        device=device(order),
        receptionist=check.received_by_name if check else how.printed_by,
        # With these two the appliance is claimed: they are the customer's, and stand on no paper for others.
        claim_code=intake.claim_code(tag) if tag and not how.is_filed else "—",
        proof_url=letter.status_url if how.is_filed else intake.claim_link(track_address(order, how), tag),
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
        accessories=accessories(order),
        data_statement=(check.data_statement or None) if check else None,
        declared_value_minor=(check.declared_value_minor or None) if check else None,
        test_fee_minor=order.test_fee_minor,
        price_list_version=order.price_list.number if order.price_list else None,
        fee_collection=fee_word(order.fee_collection),
        freight_terms=_freight(order),
        storage_terms=unclaimed_notice(order.unit, at=how.at),
        parts_wait=_parts_wait(order),
        signature=signature(order.customer.name, gettext("Signed"), check.at) if check else None,
    )


def claim_tag(order: WorkOrder, how: Print) -> rules.ClaimTag | None:
    """The claim tag, once the appliance was received (6.2)."""
    tag = intake.tag_of(order)
    if tag is None:
        return None
    return rules.ClaimTag(
        letterhead=letterhead(order, tag.number, how, stays_here=True),
        work_order_number=order.number,
        device=device(order),
        customer=customer(order),
        promised_ready_at=order.promised_at,
        claim_code=intake.claim_code(tag),
        proof_url=intake.claim_link(track_address(order, how), tag),
        unclaimed_notice=unclaimed_notice(order.unit, at=how.at),
        shelf_code=order.shelf or None,
        accessories=accessories(order),
    )


def accessory_labels(order: WorkOrder, how: Print) -> rules.AccessoryLabels | None:
    """A label for each bag of accessories, where any were handed in (A10)."""
    tag, bags = intake.tag_of(order), accessories(order)
    if tag is None or not bags:
        return None
    return rules.AccessoryLabels(
        letterhead=letterhead(order, tag.number, how, stays_here=True),
        work_order_number=order.number,
        device=device(order),
        customer=customer(order),
        accessories=bags,
        shelf_code=order.shelf or None,
    )


def loan(order: WorkOrder, how: Print) -> rules.LoanAgreement | None:
    """The agreement on what was lent last for this repair (A17)."""
    lent = next(iter(reversed(intake.loans_of(order))), None)
    if lent is None:
        return None
    left = till.deposits_of(order).get(lent.pk)
    return rules.LoanAgreement(
        letterhead=letterhead(order, f"{order.number}/{lent.loaner.serial}", how),
        work_order_number=order.number,
        customer=customer(order),
        device=device(order),
        loaner_name=lent.loaner.description,
        loaner_serial_number=lent.loaner.serial,
        deposit_minor=lent.deposit_minor,
        deposit_receipt_number=left.receipt_number if left else None,
        deposit_taken_at=left.at if left else None,
        deposit_kept_minor=left.kept_minor if left else None,
        condition=lent.condition_out,
        lent_at=lent.lent_at,
        lent_by=lent.lent_by_name,
        promised_ready_at=order.promised_at,
        returned_at=lent.returned_at,
        condition_back=lent.condition_back or None,
        deposit_back_minor=lent.deposit_back_minor,
        excepted_because=lent.excepted_because or None,
        signature=signature(order.customer.name, gettext("Signed"), lent.lent_at),
    )


def _freight(order: WorkOrder) -> str | None:
    """Who pays the way, where the appliance travels (3.2, 4.3): nothing is said of one that is carried in."""
    if Mode(order.mode) in {Mode.CARRY_IN, Mode.ON_SITE}:
        return None
    return gettext("In warranty we pay the way there and back; otherwise it is charged as the price list says.")


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
        signature=signature(order.customer.name, gettext("Signed"), found.signed_at) if found.signed_at else None,
    )
