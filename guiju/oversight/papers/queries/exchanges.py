"""The papers of a right to more than a repair, gathered from the case, the guarantee and the bench."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext

from guiju.line.exchange import queries as exchange
from guiju.line.exchange.models import ExchangeCase
from guiju.line.exchange.rules import CHOICE_LABELS, GROUND_LABELS, STATE_LABELS, CaseState, Choice, Ground
from guiju.line.storeroom import queries as storeroom
from guiju.line.workorder import queries as orders
from guiju.line.workorder.models import WorkOrder
from guiju.oversight.papers import rules
from guiju.oversight.papers.queries.shared import Print, customer, device, letterhead, signature
from guiju.standing.catalogue.models import Appliance
from guiju.standing.warranty import queries as warranty
from guiju.standing.warranty.rules import Ground as Right


def appraisal(order: WorkOrder, how: Print) -> rules.AppraisalCertificate | None:
    """The certificate, once a technician has written the appraisal (6.31)."""
    case = exchange.case_of(order)
    if case is None or case.appraised_at is None or case.appraised_by is None:
        return None
    right, machine = exchange.right_of(case), order.appliance
    confirmed = case.confirmed_by is not None and case.confirmed_at is not None
    return rules.AppraisalCertificate(
        letterhead=letterhead(order, case.number, how, version=case.version or None),
        work_order_number=order.number,
        customer=customer(order),
        device=device(order),
        bought_on=machine.purchased_on,
        invoice_number=machine.invoice_no or None,
        price_minor=case.price_minor,
        ground=gettext(GROUND_LABELS[Ground(case.ground)]),
        rule=right.proof.said if right else (case.reason or None),
        clause=(right.proof.source or None) if right else None,
        repairs=_repairs(machine),
        days_out=warranty.days_away(machine, on=order.unit.day(case.settled_at or how.at)),
        findings=case.findings,
        is_fault_confirmed=bool(case.fault_confirmed),
        is_serial_verified=bool(case.serial_verified),
        is_proof_verified=bool(case.proof_verified),
        appraiser=case.appraised_by.name,
        appraised_at=case.appraised_at,
        inspector=case.confirmed_by.name if case.confirmed_by else None,
        confirmed_at=case.confirmed_at,
        technician_signature=signature(case.appraised_by.name, gettext("Appraised"), case.appraised_at),
        inspector_signature=signature(case.confirmed_by.name, gettext("Confirmed"), case.confirmed_at)
        if confirmed and case.confirmed_by and case.confirmed_at
        else None,
        **_decided(case),
    )


def _repairs(machine: Appliance) -> tuple[rules.PastRepair, ...]:
    """What was repaired before, whether it counts or not."""
    return tuple(
        rules.PastRepair(
            order_number=each.order_number,
            fault=warranty.fault_word(each),
            received_on=each.received_on,
            handed_over_on=each.handed_over_on,
            counts=gettext("counts") if each.counts else gettext("does not count"),
        )
        for each in warranty.repairs_of(machine)
    )


def _decided(case: ExchangeCase) -> dict[str, Any]:
    """What came of it, as far as it has come."""
    if case.state in {CaseState.REJECTED, CaseState.WITHDRAWN}:
        said = gettext(STATE_LABELS[CaseState(case.state)])
        return {"decision": said, "decision_note": case.decided_note or None, "decided_at": case.ended_at}
    if not case.choice:
        return {}
    return {
        "decision": gettext(CHOICE_LABELS[Choice(case.choice)]),
        "decision_note": case.decided_note or None,
        "decided_by": case.decided_by.name if case.decided_by else None,
        "decided_at": case.decided_at,
        "other_name": f"{case.other.brand.name} {case.other.model.code if case.other.model else ''}".strip()
        if case.other
        else None,
        "other_serial_number": case.other.serial if case.other else None,
        "refund_minor": case.refund_minor,
        "deduction_minor": case.deduction_minor,
        "days_used": case.days_used,
    }


def repair_status(order: WorkOrder, how: Print) -> rules.RepairStatusNote | None:
    """The note, once the producer's days are over (TG-10); kept with the order as long as its right is."""
    shown = orders.coverage_of(order)
    right = next((each for each in shown.rights if each.ground == Right.PARTS_90D), None) if shown else None
    if right is None or order.received_at is None:
        return None
    here, machine = order.unit.day, order.appliance
    received_on = here(order.received_at)
    most = warranty.figure("max_parts_days", unit=order.unit, on=machine.purchased_on or received_on).value
    return rules.RepairStatusNote(
        letterhead=letterhead(order, order.number, how, version=shown.version if shown else None),
        work_order_number=order.number,
        customer=customer(order),
        device=device(order),
        bought_on=machine.purchased_on,
        invoice_number=machine.invoice_no or None,
        received_on=received_on,
        days_here=(here(order.delivered_at or how.at) - received_on).days,
        due_since_on=received_on + timedelta(days=most + 1) if most is not None else None,
        parts=tuple(
            rules.MissingPart(
                name=asked.part.name,
                part_number=asked.part.code,
                quantity=asked.quantity,
                asked_on=here(asked.requested_at),
                expected_on=asked.procurement.expected_on if hasattr(asked, "procurement") else None,
            )
            for asked in storeroom.requests_of(order)
            if hasattr(asked, "procurement")
        ),
        rule=right.proof.said,
        clause=right.proof.source,
    )
