"""Which news others may hear, under which name, and which of its fields.

The names are promises: a class may be renamed, its published name never. Each field is listed on purpose: a text that somebody typed, a
name or a telephone number is told to nobody outside (T53), and a person of the house is not told either.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from guiju.books.stock import events as stock
from guiju.kernel.plain import plain
from guiju.kernel.words import N_
from guiju.line.cashier import events as cashier
from guiju.line.dispatch import events as dispatch
from guiju.line.exchange import events as exchange
from guiju.line.followup import events as followup
from guiju.line.intake import events as intake
from guiju.line.quality import events as quality
from guiju.line.receivables import events as receivables
from guiju.line.registration import events as registration
from guiju.line.storeroom import events as storeroom
from guiju.line.telephone import events as telephone
from guiju.line.workorder import events as workorder
from guiju.line.workshop import events as workshop
from guiju.standing.policy import events as policy


@dataclass(frozen=True, slots=True)
class Published:
    """What is told of one kind of news.

    fields   of the event, beside the order's id and number
    says     the sentence that the page and the manual say of it
    """

    type: str
    fields: tuple[str, ...]
    says: str


def _as(type_: str, fields: str, says: str) -> Published:
    return Published(type_, tuple(fields.split()), says)


PUBLISHED: Mapping[type, Published] = {
    intake.RequestSubmitted: _as("service_request.received", "request_id number channel due_at", N_("Somebody asks for service.")),
    intake.RequestTriaged: _as("service_request.triaged", "request_id number", N_("Somebody has looked at the request.")),
    intake.RequestPrioritised: _as(
        "service_request.prioritised", "request_id number was priority", N_("The request is more, or less, pressing than before.")
    ),
    intake.RequestSolved: _as("service_request.advised", "request_id number", N_("Advice was enough.")),
    intake.RequestConverted: _as("service_request.converted", "request_id number", N_("An order came of the request.")),
    intake.RequestLinked: _as("service_request.linked", "request_id number original", N_("The request repeats an earlier one.")),
    intake.RequestRejected: _as("service_request.rejected", "request_id number", N_("We cannot help, and said where else to go.")),
    intake.RequestCancelled: _as("service_request.cancelled", "request_id number", N_("Nobody asks any more.")),
    intake.RequestClosed: _as("service_request.closed", "request_id number", N_("What was asked for is done.")),
    intake.RequestReopened: _as("service_request.reopened", "request_id number times", N_("The customer came back about it.")),
    registration.Registered: _as("registration.received", "registration_id number", N_("An owner registered an appliance.")),
    registration.Confirmed: _as(
        "registration.confirmed", "registration_id number appliance_id serial", N_("A registered appliance is on the books.")
    ),
    registration.Refused: _as("registration.refused", "registration_id number", N_("A registration was not taken over.")),
    intake.Registered: _as("workorder.registered", "promised_at", N_("An order was registered.")),
    intake.DeviceReceived: _as("workorder.received", "tag_number", N_("The appliance is in the house.")),
    intake.Cancelled: _as("workorder.cancelled", "was is_held", N_("The customer cancelled the order.")),
    workorder.CoverageDecided: _as("workorder.coverage_decided", "coverage", N_("It was decided who pays.")),
    workorder.CameBack: _as("workorder.came_back", "earlier_number charged_to", N_("An earlier repair did not hold: this one is free.")),
    workorder.RightRaised: _as("workorder.right_raised", "grounds", N_("The customer may have more than a repair.")),
    workorder.PromiseRevised: _as("workorder.promise_revised", "old_at new_at accepted", N_("The promised date changed.")),
    workorder.PromiseAgreed: _as("workorder.promise_agreed", "promised_at how", N_("The customer agreed to the new date.")),
    workorder.Prioritised: _as("workorder.prioritised", "was priority", N_("The job is more, or less, pressing than before.")),
    workorder.PutOnHold: _as("workorder.held", "hold", N_("The order was put on hold.")),
    workorder.HoldReleased: _as("workorder.released", "hold", N_("The hold on the order ended.")),
    dispatch.Assigned: _as("workorder.assigned", "accept_by", N_("A technician was asked to do the job.")),
    dispatch.Escalated: _as("workorder.escalated", "refusals", N_("The job came back more than once.")),
    dispatch.Accepted: _as("workorder.accepted", "", N_("The technician took the job.")),
    workshop.Diagnosed: _as("workorder.diagnosed", "fault_code cause_code coverage", N_("The fault is known.")),
    workshop.NoFaultFound: _as("workorder.no_fault_found", "", N_("Nothing is wrong with the appliance.")),
    workshop.RepairFinished: _as("workorder.repair_finished", "", N_("The work is done and waits for the test.")),
    workshop.DeclaredUnrepairable: _as("workorder.unrepairable", "reason", N_("The appliance cannot be repaired.")),
    workshop.ReturnPrepared: _as("workorder.ready", "", N_("The appliance is ready for collection.")),
    exchange.CaseOpened: _as("exchange.opened", "case_id case_number ground", N_("An exchange or a refund is asked for.")),
    exchange.CaseAppraised: _as("exchange.appraised", "case_id case_number", N_("Two people agree on what is wrong with the unit.")),
    exchange.CaseApproved: _as("exchange.approved", "case_id case_number choice", N_("The exchange or the refund is granted.")),
    exchange.CaseRejected: _as("exchange.rejected", "case_id case_number", N_("The exchange or the refund is not granted.")),
    exchange.CaseWithdrawn: _as("exchange.withdrawn", "case_id case_number", N_("The customer chose the repair after all.")),
    exchange.OptionOffered: _as(
        "exchange.option_offered", "case_id case_number", N_("Another model or the money is offered: there is no unit of the same one.")
    ),
    exchange.UnitOffered: _as(
        "exchange.unit_offered", "case_id case_number difference_minor currency", N_("A used unit or another model is offered.")
    ),
    exchange.UnitAgreed: _as("exchange.unit_agreed", "case_id case_number", N_("The customer signed for the unit that was offered.")),
    # What the customer wrote is between the customer and the outlet.
    exchange.UnitDeclined: _as(
        "exchange.unit_declined", "case_id case_number", N_("The customer does not want the unit that was offered.")
    ),
    exchange.UnitAllocated: _as("exchange.unit_kept", "case_id case_number serial", N_("A unit is kept for the customer.")),
    exchange.UnitExchanged: _as(
        "exchange.done", "case_id case_number old_serial new_serial", N_("The customer has another unit.")
    ),
    exchange.OldUnitDisposed: _as(
        "exchange.closed", "case_id case_number disposition", N_("It is known what became of the old unit.")
    ),
    quality.Passed: _as("workorder.ready", "", N_("The appliance is ready for collection.")),
    quality.Failed: _as("workorder.test_failed", "times needs_review", N_("The final test failed.")),
    cashier.Delivered: _as("workorder.delivered", "outcome", N_("The customer has the appliance back.")),
    followup.Closed: _as("workorder.closed", "", N_("The order is over.")),
    followup.ReworkOpened: _as("workorder.rework_opened", "parent_id parent_number", N_("A repair came back.")),
    followup.Reminded: _as("workorder.reminded", "times", N_("The customer was reminded to collect.")),
    followup.UnclaimedDemandSent: _as(
        "workorder.demand_sent", "owed_minor currency perform_until", N_("The formal demand to collect and pay went out.")
    ),
    followup.Disposed: _as(
        "workorder.disposed", "proceeds_minor surplus_minor currency", N_("Uncollected goods were disposed of.")
    ),
    workshop.QuoteIssued: _as(
        "quote.issued", "quote_id version total_minor currency valid_until", N_("A quote waits for the customer's answer.")
    ),
    workshop.QuoteApproved: _as("quote.approved", "quote_id how", N_("The customer agreed to the quote.")),
    workshop.QuoteDeclined: _as("quote.declined", "quote_id expired", N_("The customer did not agree to the quote.")),
    workshop.CommitmentProposed: _as(
        "parts_commitment.proposed",
        "commitment_id promised_part_on promised_ready_at",
        N_("A part is missing, and the customer is asked to sign a new date."),
    ),
    workshop.CommitmentSigned: _as(
        "parts_commitment.signed", "commitment_id revision promised_part_on", N_("The customer signed the new date.")
    ),
    workshop.CommitmentRefused: _as("parts_commitment.refused", "commitment_id", N_("The customer did not sign.")),
    workshop.CommitmentMet: _as("parts_commitment.met", "commitment_id", N_("The part came in time.")),
    workshop.CommitmentBreached: _as(
        "parts_commitment.breached", "commitment_id remedy", N_("The signed date has passed without the part.")
    ),
    workshop.CancelledFree: _as(
        "workorder.cancelled_free", "commitment_id", N_("The customer went free of charge, because a date was not kept.")
    ),
    storeroom.Requested: _as("part_request.requested", "request_id part_code quantity", N_("A job asks for a part.")),
    storeroom.Answered: _as(
        "part_request.answered", "request_id part_code is_available expected_on", N_("The store said whether it has it.")
    ),
    storeroom.Issued: _as("part_request.issued", "request_id part_code quantity all_issued", N_("A part went to the job.")),
    storeroom.TakenBack: _as("part_request.taken_back", "request_id part_code quantity", N_("Unused parts came back.")),
    storeroom.OldPartAudited: _as("old_part.examined", "tag result is_charged", N_("Head office has examined an old part.")),
    cashier.Billed: _as("bill.drawn", "bill_id total_minor currency", N_("A bill was drawn.")),
    cashier.Paid: _as(
        "payment.taken", "payment_id receipt_number amount_minor remaining_minor currency", N_("A payment was taken.")
    ),
    cashier.PaymentVoided: _as(
        "payment.voided", "payment_id receipt_number amount_minor currency", N_("A payment was taken wrongly and is void.")
    ),
    cashier.Refunded: _as("refund.paid", "refund_id amount_minor currency", N_("Money went back to the customer.")),
    cashier.UnitRefunded: _as(
        "exchange.refunded", "case_id case_number amount_minor deduction_minor currency", N_("The price of a unit went back.")
    ),
    cashier.DifferenceRefunded: _as(
        "exchange.difference_refunded", "case_id case_number amount_minor currency", N_("What the other unit cost less went back.")
    ),
    cashier.SessionClosed: _as(
        "till.closed", "session_id till_code variance_minor currency", N_("A till was counted and closed.")
    ),
    receivables.Collected: _as(
        "credit.collected", "receipt_number amount_minor remaining_minor currency", N_("A customer has paid on the account.")
    ),
    receivables.Dunned: _as(
        "credit.reminded", "letter level overdue_minor since currency", N_("A customer was reminded of what is overdue.")
    ),
    receivables.WrittenOff: _as(
        "credit.written_off", "number receipt_number amount_minor currency", N_("What a customer owed was given up.")
    ),
    intake.LoanerLent: _as("loaner.lent", "loan_id serial", N_("A loaner went out.")),
    cashier.DepositTaken: _as(
        "loan_deposit.taken", "loan_id receipt_number amount_minor currency", N_("A deposit for a loaner was taken.")
    ),
    cashier.DepositSettled: _as(
        "loan_deposit.settled", "loan_id back_minor kept_minor currency", N_("A deposit went back, or was kept in part.")
    ),
    cashier.PartsDepositTaken: _as(
        "parts_deposit.taken", "quote_id receipt_number amount_minor currency",
        N_("The deposit before parts was taken: they may be ordered."),
    ),
    cashier.PartsDepositCredited: _as(
        "parts_deposit.credited", "receipt_number bill_number amount_minor currency",
        N_("A deposit before parts has paid of the bill."),
    ),
    cashier.PartsDepositReturned: _as(
        "parts_deposit.returned", "receipt_number return_number amount_minor currency",
        N_("What was left of a deposit before parts went back."),
    ),
    intake.LoanerReturned: _as("loaner.returned", "loan_id serial", N_("A loaner came back.")),
    stock.Received: _as("stock.received", "part_id part_code store_id bin_id quantity", N_("Parts came into a bin.")),
    stock.Adjusted: _as("stock.adjusted", "part_id part_code store_id bin_id quantity", N_("A count found more or less.")),
    intake.ClaimCodeRenewed: _as("claim_tag.renewed", "tag_number", N_("What a lost claim tag proved was called back.")),
    workshop.ExceptionAsked: _as(
        "price_exception.asked", "exception_id code unit_minor currency", N_("A price outside the published list was asked for.")
    ),
    workshop.ExceptionDecided: _as(
        "price_exception.decided", "exception_id granted", N_("A price outside the published list was granted or refused.")
    ),
    workshop.DiscountAsked: _as(
        "discount.asked", "quote_id discount_minor currency", N_("A discount waits for the manager's approval.")
    ),
    workshop.DiscountDecided: _as("discount.decided", "quote_id granted", N_("A discount was approved or refused.")),
    telephone.Rang: _as("call.rang", "call_id direction", N_("The telephone rings.")),
    telephone.Answered: _as("call.answered", "call_id", N_("Somebody speaks with the caller.")),
    telephone.HungUp: _as("call.ended", "call_id state", N_("A call is over, answered or abandoned.")),
    telephone.LedTo: _as("call.led_to", "call_id request_id", N_("An order or a request came of a call.")),
    telephone.CallBackPromised: _as("call_back.promised", "call_back_id due_at", N_("A call is owed to somebody.")),
    telephone.CallBackEnded: _as("call_back.ended", "call_back_id state tries", N_("The call that was owed was made or given up.")),
    telephone.MenuPublished: _as("voice_menu.published", "menu_id version", N_("Callers hear another voice menu.")),
    policy.DayClosed: _as("calendar.closed", "day_id on", N_("A unit, or the whole brand, is closed on a day.")),
    policy.DayReopened: _as("calendar.reopened", "day_id on", N_("It is open on that day after all.")),
    policy.ValueSet: _as("figure.set", "key starts_on", N_("A figure of the house has another value from a day on.")),
}  # fmt: skip

# What an endpoint may choose from: a name once, in the order of the line.
TYPES: Mapping[str, str] = {each.type: each.says for each in PUBLISHED.values()}
# Sent by hand, to see whether messages arrive; no endpoint needs to choose it.
TEST = "webhook.test"


def content_of(news: Any, *, unit: str) -> Mapping[str, Any]:
    """What is told of one piece of news.

    unit   the code of the unit where it happened; empty for the whole brand
    """
    told = {field.name: plain(getattr(news, field.name)) for field in dataclasses.fields(news)}
    fields = PUBLISHED[type(news)].fields
    # Some stations call an order's number `number`; outside it has one name, and a `number` is that of a request.
    number = told.get("order_number") or ("" if "number" in fields else told.get("number"))
    order = {"order_id": told.get("order_id"), "order_number": number}
    kept = {name: told[name] for name in fields}
    return {"unit": unit, **{name: value for name, value in order.items() if value}, **kept}


def body_of(type_: str, *, at: datetime, content: Mapping[str, Any]) -> str:
    """The message as it is sent, byte for byte, each time that it is tried."""
    moment = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return json.dumps({"type": type_, "timestamp": moment, "data": content}, ensure_ascii=False, separators=(",", ":"))
