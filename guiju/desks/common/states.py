"""The chips of the trade: what a code is called on a screen, and the tone that says how it stands.

The words are those of the contexts' own rules; here they are only found.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext

from guiju.books.money import rules as money
from guiju.books.stock import rules as stock
from guiju.kernel.words import N_
from guiju.line.banking import rules as banking
from guiju.line.banking.rules import handing, petty
from guiju.line.cashier import rules as cashier
from guiju.line.cashier.rules import wallets
from guiju.line.dispatch import rules as dispatch
from guiju.line.exchange import rules as exchange
from guiju.line.followup import rules as followup
from guiju.line.intake import rules as intake
from guiju.line.quality import rules as quality
from guiju.line.receivables import rules as receivables
from guiju.line.registration import rules as registration
from guiju.line.storeroom import rules as storeroom
from guiju.line.telephone import rules as telephone
from guiju.line.workorder import rules as workorder
from guiju.line.workshop import rules as workshop
from guiju.oversight.notices import rules as notices
from guiju.oversight.reports import rules as reports
from guiju.oversight.webhooks import rules as webhooks
from guiju.readiness.academy import rules as academy
from guiju.readiness.counting import rules as counting
from guiju.readiness.custody import rules as custody
from guiju.readiness.requisitions import rules as requisitions
from guiju.readiness.supply import rules as supply
from guiju.readiness.transfers import rules as transfers
from guiju.readiness.upkeep import rules as upkeep
from guiju.standing.catalogue import rules as catalogue
from guiju.standing.people import rules as people
from guiju.standing.pricing import rules as pricing
from guiju.standing.pricing.rules import display
from guiju.standing.warranty import rules as warranty


class Tone(StrEnum):
    """How a thing stands, so that colour always means the same."""

    QUIET = "quiet"  # nothing to do, not begun or long done
    NEWS = "news"  # has come in, somebody should take it up
    BUSY = "busy"  # somebody is at it
    WAITING = "waiting"  # stands still until someone outside acts
    CHECK = "check"  # is being looked at by a second person
    GOOD = "good"  # done as it should be
    BAD = "bad"  # went wrong or is late


TONES: Mapping[str, Tone] = {
    code: tone
    for tone, codes in {
        Tone.QUIET: "DRAFT CLOSED CANCELLED DISPOSED SUPERSEDED VOID RETURNED WRITTEN_OFF REFUNDED NONE LEFT RETIRED COLLECTED NO_FAULT "
        "UNDETERMINED",
        Tone.NEWS: "REGISTERED RECEIVED APPOINTED NEW REQUESTED PENDING ASKED BILLED DISPATCHED ISSUED TO_TAKE TO_SETTLE "
        "OWED TO_RETURN",
        Tone.BUSY: "ACCEPTED ON_SITE DIAGNOSING REPAIRING RETURNING OPEN TRIAGED RESERVED COUNTING IN_STOCK",
        Tone.WAITING: "DUE AT_RISK AWAITING_PICKUP AWAITING_PARCEL QUOTED WAITING_PARTS ON_ORDER PROPOSED EXCHANGE_PENDING PART_PAID "
        "ON_CREDIT REMINDED_1 REMINDED_2 DEMAND_SENT DISPUTED HELD",
        Tone.CHECK: "QC_PENDING SITE_SIGNOFF DISPOSAL_REVIEW VARIANCE_REVIEW REVIEW",
        Tone.GOOD: "APPROVED READY DELIVERED PAID PASS PASSED SIGNED MET RESOLVED CONVERTED ACTIVE PUBLISHED VALID IN_WARRANTY "
        "REPAIR_WARRANTY CONTRACT GOODWILL REPAIRED GRANTED DONE SENT IN_TIME REACHED CREDITED",
        Tone.BAD: "DECLINED UNREPAIRABLE UNCOLLECTED FAIL FAILED EXPIRED REFUSED BREACHED REJECTED OVERDUE SUSPENDED OUT_OF_STOCK PARKED",
    }.items()
    for code in codes.split()
}  # fmt: skip

# Which words a code is looked up in: `{% badge quote.state "quote" %}`.
MACHINES: Mapping[str, Mapping[Any, str]] = {
    "order": workorder.LABELS,
    "billing": workorder.BILLING_LABELS,
    "channel": workorder.CHANNEL_LABELS,
    "coverage": warranty.LABELS,
    "ground": warranty.LABELS,
    "payer": warranty.PAYER_LABELS,
    "right_remedy": warranty.LABELS,
    "fee_collection": workorder.FEE_COLLECTION_LABELS,
    "held": workorder.HELD_LABELS,
    "hold": workorder.HOLD_LABELS,
    "bearer": workorder.BEARER_LABELS,
    "fault_family": catalogue.FAMILY_LABELS,
    "mode": workorder.MODE_LABELS,
    "outcome": workorder.OUTCOME_LABELS,
    "priority": workorder.PRIORITY_LABELS,
    "service_request": intake.REQUEST_LABELS,
    "call": telephone.CALL_LABELS,
    "call_back": telephone.CALL_BACK_LABELS,
    "call_back_reason": telephone.REASON_LABELS,
    "direction": telephone.DIRECTION_LABELS,
    "call_step": telephone.STEP_LABELS,
    "edition": telephone.EDITION_LABELS,
    "request_proof": intake.PROOF_LABELS,
    "request_refused": intake.REJECT_LABELS,
    "assignment": dispatch.END_LABELS,
    "registration": registration.STATE_LABELS,
    "request": storeroom.REQUEST_LABELS,
    "procurement": storeroom.PROCUREMENT_LABELS,
    "old_part": storeroom.OUTCOME_LABELS,
    "movement": stock.MOVEMENT_LABELS,
    "place": stock.PLACE_LABELS,
    "condition": stock.CONDITION_LABELS,
    "owner": stock.OWNER_LABELS,
    "transfer": transfers.LABELS,
    "requisition": requisitions.LABELS,
    "transfer_loss": transfers.CAUSE_LABELS,
    "count": counting.COUNT_LABELS,
    "count_kind": counting.KIND_LABELS,
    "count_bin": counting.BIN_LABELS,
    "count_cause": counting.CAUSE_LABELS,
    "count_unknown": counting.UNKNOWN_LABELS,
    "quote": workshop.QUOTE_LABELS,
    "line": workshop.LINE_LABELS,
    "mark": workshop.MARK_LABELS,
    "consent": workshop.CONSENT_LABELS,
    "commitment": workshop.COMMITMENT_LABELS,
    "delay": workshop.DELAY_LABELS,
    "remedy": workshop.REMEDY_LABELS,
    "work": workshop.WORK_LABELS,
    "unrepairable": workshop.UNREPAIRABLE_LABELS,
    "inspection": quality.RESULT_LABELS,
    "bill": cashier.BILL_LABELS,
    "method": cashier.METHOD_LABELS,
    "wallet": wallets.WALLET_LABELS,
    "asked_wallet": wallets.ASKED_LABELS,
    "wallet_back": wallets.BACK_LABELS,
    "credit": cashier.CREDIT_LABELS,
    "age": receivables.AGE_LABELS,
    "letter": {str(level): words for level, words in receivables.LEVEL_LABELS.items()},
    "entry": receivables.ENTRY_LABELS,
    "deposit": cashier.DEPOSIT_LABELS,
    "parts_deposit": cashier.PARTS_DEPOSIT_LABELS,
    "proof": cashier.PROOF_LABELS,
    "case": followup.CASE_LABELS,
    "exchange": exchange.STATE_LABELS,
    "exchange_ground": exchange.GROUND_LABELS,
    "exchange_choice": exchange.CHOICE_LABELS,
    "exchange_disposition": exchange.DISPOSITION_LABELS,
    "disposal": followup.DISPOSAL_LABELS,
    "price_list": pricing.LABELS,
    "wall": display.LABELS,
    "old_part_state": storeroom.OLD_PART_LABELS,
    "old_part_result": storeroom.RESULT_LABELS,
    "batch": storeroom.BATCH_LABELS,
    "idle": reports.IDLE_LABELS,
    "store_report": reports.KIND_LABELS,
    "person": people.STATUS_LABELS,
    "role": people.LABELS,
    "unit": people.KIND_LABELS,
    "task": academy.LABELS,
    "purchase": supply.REQUEST_LABELS,
    "purchase_purpose": supply.PURPOSE_LABELS,
    "purchase_method": supply.METHOD_LABELS,
    "sourcing": supply.SOURCING_LABELS,
    "purchase_order": supply.ORDER_LABELS,
    "goods_receipt": supply.RECEIPT_LABELS,
    "supplier": supply.SUPPLIER_LABELS,
    "supplier_account": supply.BANK_LABELS,
    "category": supply.CATEGORY_LABELS,
    "supplier_invoice": supply.INVOICE_LABELS,
    "inspected": upkeep.STATE_LABELS,
    "fire": upkeep.FIRE_LABELS,
    "controlled": custody.STATE_LABELS,
    "controlled_kind": custody.STORE_LABELS,
    "controlled_store": custody.STORE_STATE_LABELS,
    "controlled_direction": custody.DIRECTION_LABELS,
    "lock_group": custody.GROUP_LABELS,
    "lock_kind": custody.LOCK_LABELS,
    "protection": custody.PROTECTION_LABELS,
    "authority": custody.AUTHORITY_LABELS,
    "bag": banking.BAG_LABELS,
    "bank_deposit": banking.DEPOSIT_LABELS,
    "takings_batch": banking.BATCH_LABELS,
    "cash_alarm": banking.ALARM_LABELS,
    "holder": money.KIND_LABELS,
    "cash_hand_over": handing.HAND_STATE_LABELS,
    "hand": handing.HAND_LABELS,
    "cash_cause": handing.CAUSE_LABELS,
    "petty_expense": petty.EXPENSE_LABELS,
    "petty_state": petty.SPEND_LABELS,
    "approval": {
        "PENDING": N_("Waiting for a second person"),
        "ASKED": N_("Waiting for a second person"),
        "APPROVED": N_("Approved"),
        "GRANTED": N_("Approved"),
        "REJECTED": N_("Rejected"),
    },
    "session": cashier.SESSION_LABELS,
    "cash_move": cashier.CASH_MOVE_LABELS,
    "delivery": {"PENDING": N_("Waiting"), "DONE": N_("Done"), "PARKED": N_("Set aside"), "SENT": N_("Sent")},
    "message": notices.TEMPLATE_LABELS,
    "message_state": notices.LABELS,
    "way": notices.CHANNEL_LABELS,
    "store_alarm": notices.ALARM_LABELS,
    "warning": notices.STEP_LABELS,
    "warning_stage": notices.STAGE_LABELS,
    "webhook": webhooks.LABELS,
    "webhook_message": webhooks.DELIVERY_LABELS,
    "contact": {
        "REACHED": N_("Reached"),
        "NO_ANSWER": N_("No answer"),
        "MESSAGE_LEFT": N_("Message left"),
        "SENT": N_("Sent"),
    },
    "clock": {"OVERDUE": N_("Overdue"), "AT_RISK": N_("At risk"), "IN_TIME": N_("In time")},
}
# Without a machine, the work order's own words come first and the others in this order.
_USUAL = (
    "order", "billing", "coverage", "commitment", "request", "bill", "inspection", "case", "session", "clock", "quote",
    "service_request", "person", "price_list", "approval", "delivery", "contact",
)  # fmt: skip
OTHER_TONES: Mapping[tuple[str, str], Tone] = {
    ("quote", "ISSUED"): Tone.WAITING,
    ("session", "COUNTED"): Tone.CHECK,
    ("bag", "PACKED"): Tone.CHECK,
    ("cash_hand_over", "OFFERED"): Tone.WAITING,
    ("cash_hand_over", "COUNTED"): Tone.BAD,
    ("cash_hand_over", "ACCEPTED"): Tone.GOOD,
    ("cash_hand_over", "REFUSED"): Tone.QUIET,
    ("cash_hand_over", "WITHDRAWN"): Tone.QUIET,
    ("petty_state", "ASKED"): Tone.CHECK,
    ("petty_state", "PAID"): Tone.GOOD,
    ("petty_state", "REJECTED"): Tone.BAD,
    ("bag", "SEALED"): Tone.WAITING,
    ("bag", "IN_SAFE"): Tone.NEWS,
    ("bag", "RETRIEVED"): Tone.BUSY,
    ("bag", "DEPOSITED"): Tone.GOOD,
    ("bag", "RECONCILED"): Tone.GOOD,
    ("bag", "INCIDENT"): Tone.BAD,
    ("bank_deposit", "PREPARED"): Tone.BUSY,
    ("bank_deposit", "DEPOSITED"): Tone.GOOD,
    ("bank_deposit", "RECONCILED"): Tone.GOOD,
    ("bank_deposit", "EXCEPTION"): Tone.BAD,
    ("purchase", "SUBMITTED"): Tone.CHECK,
    ("purchase", "SOURCING"): Tone.BUSY,
    ("purchase", "AWARDED"): Tone.GOOD,
    ("sourcing", "AWARDED"): Tone.GOOD,
    ("sourcing", "ABANDONED"): Tone.QUIET,
    ("purchase_order", "DRAFT"): Tone.CHECK,
    ("purchase_order", "APPROVED"): Tone.NEWS,
    ("purchase_order", "SENT"): Tone.WAITING,
    ("purchase_order", "CONFIRMED"): Tone.WAITING,
    ("purchase_order", "SCHEDULED"): Tone.WAITING,
    ("purchase_order", "PART_RECEIVED"): Tone.WAITING,
    ("purchase_order", "RECEIVED_FULL"): Tone.GOOD,
    ("purchase_order", "SHORT_CLOSED"): Tone.QUIET,
    ("goods_receipt", "RECEIVED"): Tone.CHECK,
    ("goods_receipt", "ACCEPTED"): Tone.NEWS,
    ("goods_receipt", "PART_REJECTED"): Tone.BAD,
    ("goods_receipt", "PUT_AWAY"): Tone.GOOD,
    ("supplier", "PROPOSED"): Tone.CHECK,
    ("supplier", "ACTIVE"): Tone.GOOD,
    ("supplier", "SUSPENDED"): Tone.QUIET,
    ("supplier_account", "ASKED"): Tone.CHECK,
    ("supplier_account", "IN_FORCE"): Tone.GOOD,
    ("supplier_account", "REFUSED"): Tone.BAD,
    ("supplier_account", "REPLACED"): Tone.QUIET,
    ("supplier_invoice", "ENTERED"): Tone.NEWS,
    ("supplier_invoice", "MATCHED"): Tone.GOOD,
    ("supplier_invoice", "EXCEPTION"): Tone.BAD,
    ("supplier_invoice", "REFUSED"): Tone.QUIET,
    ("exchange", "APPRAISED"): Tone.CHECK,
    ("exchange", "OPTION_OFFERED"): Tone.WAITING,
    ("exchange", "ALLOCATED"): Tone.WAITING,
    ("exchange", "EXCHANGED"): Tone.BUSY,
    ("exchange", "REFUNDED"): Tone.BUSY,
    ("exchange", "WITHDRAWN"): Tone.QUIET,
    ("requisition", "ISSUED"): Tone.QUIET,
    ("requisition", "SIGNED"): Tone.WAITING,
    ("requisition", "WITHDRAWN"): Tone.QUIET,
    ("call", "RINGING"): Tone.NEWS,
    ("call", "IN_MENU"): Tone.QUIET,
    ("call", "WAITING"): Tone.WAITING,
    ("call", "TALKING"): Tone.BUSY,
    ("call", "ENDED"): Tone.QUIET,
    ("call", "ABANDONED"): Tone.BAD,
    ("call_back", "OPEN"): Tone.WAITING,
    ("call_back", "GIVEN_UP"): Tone.BAD,
    ("transfer", "SENT"): Tone.WAITING,
    ("transfer", "PART_RECEIVED"): Tone.BUSY,
    ("count", "FROZEN"): Tone.NEWS,
    ("count", "COUNTED"): Tone.CHECK,
    ("count", "RECOUNT"): Tone.BUSY,
    ("count_bin", "DUE"): Tone.NEWS,
    ("count_bin", "OPEN"): Tone.BUSY,
    ("count_bin", "DONE"): Tone.GOOD,
    ("request", "ISSUED"): Tone.GOOD,
    ("old_part_state", "KEPT"): Tone.WAITING,
    ("old_part_state", "SENT"): Tone.BUSY,
    ("old_part_state", "RECEIVED"): Tone.GOOD,
    ("old_part_state", "CREDITED"): Tone.GOOD,
    ("old_part_state", "SCRAPPED"): Tone.QUIET,
    ("old_part_state", "MISSING"): Tone.BAD,
    ("batch", "SENT"): Tone.BUSY,
    ("batch", "RECEIVED"): Tone.CHECK,
    ("batch", "CLOSED"): Tone.GOOD,
    ("request", "RETURNED"): Tone.QUIET,
    ("approval", "PENDING"): Tone.CHECK,
    ("approval", "ASKED"): Tone.CHECK,
    ("credit", "ASKED"): Tone.CHECK,
    ("credit", "STOPPED"): Tone.BAD,
    ("message_state", "QUEUED"): Tone.BUSY,
    **{("store_alarm", str(each)): Tone.BAD for each in notices.AT_A_DOOR},
    **{("store_alarm", str(each)): Tone.WAITING for each in set(notices.Alarm) - notices.AT_A_DOOR},
    ("warning", "EARLY"): Tone.NEWS,
    ("warning", "LAST"): Tone.WAITING,
    ("warning", "BROKEN"): Tone.BAD,
    ("message_state", "UNREACHABLE"): Tone.BAD,
    ("webhook", "ON"): Tone.GOOD,
    ("webhook", "PAUSED"): Tone.WAITING,
    ("person", "PENDING"): Tone.CHECK,
    ("wall", "UNLISTED"): Tone.WAITING,
    ("wall", "UNPROVED"): Tone.BAD,
    ("wall", "CHANGED"): Tone.BAD,
    ("wall", "STALE"): Tone.BAD,
    ("wall", "DUE_SOON"): Tone.WAITING,
    ("wall", "PROVED"): Tone.GOOD,
    ("controlled", "FIRST_AUTH"): Tone.WAITING,
    ("controlled", "RECOUNTED"): Tone.CHECK,
    ("controlled", "CLOSED"): Tone.GOOD,
    ("controlled", "DENIED"): Tone.BAD,
    ("controlled", "ALARM"): Tone.BAD,
    ("controlled", "DISCREPANCY"): Tone.BAD,
    ("controlled_store", "FROZEN"): Tone.BAD,
    ("priority", "HIGH"): Tone.WAITING,
    ("priority", "URGENT"): Tone.BAD,
}


def tone_of(code: str, machine: str = "") -> Tone:
    """The tone of a state; one that nobody has given a tone is quiet."""
    return OTHER_TONES.get((machine, code)) or TONES.get(code, Tone.QUIET)


def word_for(code: str, machine: str = "") -> str:
    """What a code is called; one that nobody has named shows itself, so that it is seen and named."""
    for name in (machine,) if machine in MACHINES else _USUAL:
        if code in MACHINES[name]:
            return gettext(MACHINES[name][code])
    return code.replace("_", " ").capitalize()
