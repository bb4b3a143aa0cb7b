"""What the customer is asked to agree to: the quote, and the signed time limit for a missing part."""

from __future__ import annotations

from django.utils.translation import gettext

from guiju.line.intake import queries as intake
from guiju.line.storeroom import queries as storeroom
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop import queries as workshop
from guiju.line.workshop.models import Covered, Quote, QuoteLine
from guiju.line.workshop.rules import (
    CONSENT_LABELS,
    DELAY_LABELS,
    MARK_LABELS,
    OPTION_LABELS,
    REMEDY_LABELS,
    Consent,
    DelayCause,
    OptionKind,
    PartMark,
    QuoteState,
    Remedy,
)
from guiju.oversight.papers import rules
from guiju.oversight.papers.queries.shared import Print, customer, device, letterhead, signature
from guiju.oversight.papers.wording import fee_word, paid_by, unit_word


def quote(order: WorkOrder, how: Print) -> rules.QuotePaper | None:
    """The quote as it was sent, with its answer (6.3)."""
    offer = workshop.current_quote(order)
    if offer is None or offer.valid_until is None:
        return None
    found = next(iter(workshop.diagnoses_of(order)), None)
    return rules.QuotePaper(
        letterhead=letterhead(order, offer.number, how, version=offer.price_list),
        revision=offer.version,
        work_order_number=order.number,
        customer=customer(order),
        device=device(order),
        fault=found.fault.name if found and found.fault else order.problem,
        cause=found.cause.name if found else None,
        lines=_lines(offer),
        total_minor=offer.total_minor,
        discount_minor=offer.discount_minor,
        discount_reason=offer.discount_reason or None,
        expires_at=offer.valid_until,
        test_fee_minor=offer.test_fee_minor,
        service_hours=offer.service_hours,
        old_part_ownership=gettext("The old part belongs to the customer."),
        payment_terms=fee_word(order.fee_collection),
        prepared_by=offer.drafted_by.name,
        options=_options(offer),
        approval=_answer(order, offer, "APPROVED"),
        refusal=_answer(order, offer, "DECLINED"),
    )


def _options(offer: Quote) -> tuple[rules.QuoteOption, ...]:
    """The ways to help, as long as none of several was agreed to."""
    if not offer.has_options or offer.state == QuoteState.APPROVED:
        return ()
    return tuple(
        rules.QuoteOption(
            mark="ABC"[each.place - 1],
            title=gettext(OPTION_LABELS[OptionKind(each.kind)]),
            note=each.note or None,
            lines=_lines(offer, each.place),
            total_minor=each.total_minor,
            service_hours=each.service_hours,
            discount_minor=each.discount_minor,
            discount_reason=offer.discount_reason or None if each.discount_minor else None,
        )
        for each in sorted(offer.options.all(), key=lambda each: each.place)
    )


def _lines(offer: Quote, place: int | None = None) -> tuple[rules.QuoteLine, ...]:
    """What the customer pays in one option, and after it what somebody else does."""
    counts = place is None or place == offer.place
    days = offer.repair_warranty_days if counts else offer.option(place).repair_warranty_days
    charged = tuple(
        rules.QuoteLine(
            description=line.description,
            quantity=line.quantity,
            unit=unit_word(line.part.base_unit if line.part else ""),
            unit_price_minor=line.unit_minor,
            list_min_minor=line.list_min_minor,
            list_max_minor=line.list_max_minor,
            amount_minor=line.amount_minor,
            item_code=line.code,
            repair_warranty_days=days,
            condition=gettext(MARK_LABELS[PartMark(line.mark)]) if line.mark else None,
            choice=_choice(line),
            is_declined=line.is_declined,
        )
        for line in offer.lines_of(place)
    )
    return (*charged, *map(_covered, offer.covered_of(place or offer.place)))


def _covered(line: Covered) -> rules.QuoteLine:
    """What somebody else pays for costs the customer nothing, and says why."""
    return rules.QuoteLine(
        description=line.description,
        quantity=line.quantity,
        unit=unit_word(line.unit),
        unit_price_minor=0,
        list_min_minor=0,
        list_max_minor=0,
        amount_minor=0,
        item_code=line.code,
        payer=paid_by(line),
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
    missing = storeroom.missing_parts(order)
    expected = [asked.procurement.expected_on for asked in missing if hasattr(asked, "procurement")]
    return rules.PartsCommitmentPaper(
        letterhead=letterhead(order, f"{order.number}/{found.revision}", how),
        work_order_number=order.number,
        customer=customer(order),
        device=device(order),
        parts=tuple(
            rules.WaitedPart(
                name=asked.part.name,
                part_number=asked.part.code,
                quantity=asked.quantity,
                unit=unit_word(asked.part.base_unit),
            )
            for asked in missing
        ),
        cause=gettext(DELAY_LABELS[DelayCause(found.cause)]),
        promised_part_on=found.promised_part_on,
        promised_ready_at=found.promised_ready_at,
        remedy=gettext(REMEDY_LABELS[Remedy(found.remedy)]),
        revision=found.revision,
        supplier_basis=found.basis,
        supplier_expected_on=max((day for day in expected if day is not None), default=None),
        statutory_cap_on=found.cap_on,
        loaner=_loaner(order),
        choices_if_refused=() if found.signed_at else _choices(),
        outlet_signature=signature(found.proposed_by.name, gettext("Put forward"), found.proposed_at),
        customer_signature=(
            signature(order.customer.name, gettext("Signed"), found.signed_at) if found.signed_at else None
        ),
    )


def _loaner(order: WorkOrder) -> rules.LoanerUnit | None:
    """What the customer uses meanwhile (A17)."""
    lent = next(iter(intake.loaners_out(order)), None)
    if lent is None:
        return None
    return rules.LoanerUnit(
        name=lent.loaner.description,
        serial_number=lent.loaner.serial,
        lent_on=order.unit.day(lent.lent_at),
        deposit_minor=lent.deposit_minor,
    )


def _choices() -> tuple[str, ...]:
    """What whoever does not want to wait may choose (3.3 "customer refuses")."""
    return (
        gettext("Cancel the repair free of charge and take the device back"),
        gettext("Wait with a loaner unit"),
        gettext("Have the repair moved to another outlet"),
        gettext("Exchange the device, where the law or the warranty entitles you to it"),
    )


def _answer(order: WorkOrder, offer: Quote, state: str) -> rules.Signature | None:
    if offer.state != state or offer.decided_at is None:
        return None
    method = gettext(CONSENT_LABELS[Consent(offer.decided_how)]) if offer.decided_how else ""
    return signature(order.customer.name, method, offer.decided_at)
