"""Every printed word that is not a fact, asked of gettext in the language that is active.

The typesetter fills the named places (``%(page)s``), for only it knows how many pages there are.
"""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from guiju.oversight.papers import rules
from guiju.oversight.papers.press.labels_of_cash import petty_labels, safe_labels, slip_labels
from guiju.oversight.papers.press.labels_of_counts import count_sheet_labels
from guiju.oversight.papers.press.labels_of_doors import door_sheet_labels, registration_label_labels
from guiju.oversight.papers.press.labels_of_exchanges import appraisal_labels, repair_status_labels
from guiju.oversight.papers.press.labels_of_money import cash_day_labels, deposit_labels, refund_labels
from guiju.oversight.papers.press.labels_of_prices import board_labels, leaflet_labels
from guiju.oversight.papers.press.labels_of_stores import (
    access_labels,
    inspection_labels,
    purchase_labels,
    store_report_labels,
)


def labels_for(paper: rules.Paper) -> dict[str, str]:
    """The labels of one paper: the common ones and its own."""
    return common_labels() | LABELS_OF[type(paper)]()


def common_labels() -> dict[str, str]:
    """What the head, the foot and the boxes of every paper say."""
    return {
        "licence": _("Licence no."),
        "scan": _("Scan to see the status"),
        "printed": _("Printed %(time)s by %(person)s"),
        "version": _("Price list and rules: %(version)s"),
        "page": _("Page %(page)s of %(pages)s"),
        "complaints": _("Complaints: %(phone)s"),
        "work_order": _("Work order"),
        "customer": _("Customer"),
        "phone": _("Telephone"),
        "address": _("Address"),
        "device": _("Device"),
        "brand": _("Brand"),
        "product_line": _("Product line"),
        "model": _("Model"),
        "serial_number": _("Serial no."),
        "customer_signature": _("Customer's signature"),
        "date": _("Date"),
        "promised_ready": _("Promised ready"),
        "accessories": _("Accessories"),
        "quantity": _("Quantity"),
        "yes": _("Yes"),
        "no": _("No"),
    }


def ticket_labels() -> dict[str, str]:
    """The ticket's own words."""
    return ticket_terms_labels() | {
        "title": _("Work order"),
        "received_at": _("Received"),
        "channel": _("Channel"),
        "mode": _("Way of repair"),
        "coverage": _("Coverage"),
        "purchased_on": _("Bought on"),
        "invoice_number": _("Purchase invoice no."),
        "warranty_check": _("Warranty check"),
        "warranty_ends_on": _("Covered until"),
        "complaint": _("What is wrong"),
        "symptoms": _("Symptoms"),
        "problem": _("In the customer's words"),
        "reproduced": _("Reproduced at the counter"),
        "condition": _("Condition at receipt"),
        "front": _("Front"),
        "back": _("Back"),
        "left": _("Left"),
        "right": _("Right"),
        "top": _("Top"),
        "no_damage": _("No visible damage was noted."),
        "seal_number": _("Seal no."),
        "no_accessories": _("No accessories were handed in."),
        "data_statement": _("Data and backup"),
        "receptionist": _("Receptionist"),
    }


def ticket_terms_labels() -> dict[str, str]:
    """What the ticket says of money, terms, the wait for a part and the tear-off copy."""
    return {
        "terms": _("Fees and terms"),
        "declared_value": _("Declared value"),
        "test_fee": _("Test fee"),
        "price_list": _("Price list"),
        "fee_collection": _("How fees are collected"),
        "payment_terms": _("Terms of payment"),
        "freight_terms": _("Freight"),
        "storage_terms": _("Storage and uncollected goods"),
        "privacy": _("Privacy"),
        "privacy_notice": _(
            "We use your name, telephone number and address for this repair only, and keep them no longer than the "
            "law and your warranty need."
        ),
        "parts_wait": _("Time limit when a part is missing"),
        "part": _("Part"),
        "cause": _("Cause"),
        "promised_part": _("Part promised by"),
        "remedy": _("If we miss the date"),
        "agreed": _("I have read the fees and terms above and agree to them."),
        "tear_off": _("Customer copy: tear off here"),
        "claim_code": _("Claim code"),
        "scan_claim": _("Scan to see the status, and to collect"),
        "keep": _("Keep this copy. Bring it with your ID, or with the one-time code that we send you."),
    }


def claim_tag_labels() -> dict[str, str]:
    """The claim tag's own words."""
    return {
        "title": _("Claim tag"),
        "tag_number": _("Tag no."),
        "phone_last": _("Telephone ends in"),
        "collect_at": _("Collect at"),
        "opening_hours": _("Opening hours"),
        "bring": _("Bring this tag with your ID, or with the one-time code that we send you."),
        "claim_code": _("Claim code"),
        "scan_claim": _("Scan to see the status, and to collect"),
        "unclaimed": _("If you do not collect"),
        "cut": _("Cut here: the lower half stays on the device"),
        "shelf": _("Shelf"),
    }


def quote_labels() -> dict[str, str]:
    """The quote's own words."""
    return quote_decision_labels() | {
        "title": _("Quote"),
        "revision": _("Version"),
        "valid_until": _("Valid until"),
        "diagnosis": _("Diagnosis"),
        "fault": _("Fault"),
        "cause": _("Cause"),
        "offer": _("What we offer to do"),
        "description": _("Description"),
        "unit_price": _("Unit price"),
        "list_range": _("List price"),
        "not_listed": _("not on the list"),
        "amount": _("Amount"),
        "warranty_share": _("Paid by warranty"),
        "tax": _("Tax"),
        "repair_warranty": _("Repair warranty, days"),
        "amounts_in": _("All amounts in %(currency)s"),
        "sum_warranty_share": _("Paid by warranty"),
        "discount": _("Discount"),
        "tax_included": _("Of which tax"),
        "tax_on_top": _("Plus tax"),
        "total": _("Total to pay"),
        "service_hours": _("Working time, hours"),
        "old_parts": _("Replaced parts"),
        "payment_terms": _("Terms of payment"),
        "prepared_by": _("Prepared by"),
        "test_fee": _("Test fee if you decline"),
    }


def quote_decision_labels() -> dict[str, str]:
    """What the customer puts a name under, on either side."""
    return {
        "approve": _("I approve"),
        "approve_text": _("Please repair as quoted above. Work or a price beyond this quote needs my approval again."),
        "by_signature": _("By signature"),
        "by_code": _("By one-time code"),
        "decline": _("I decline"),
        "decline_text": _("Please do not repair. Nothing is charged."),
        "decline_fee_text": _("Please do not repair. I pay the test fee of %(fee)s and nothing else."),
        "take_back": _("I collect the device"),
        "other_offer": _("Please make another offer"),
        "approved": _("Approved"),
        "declined": _("Declined"),
    }


def parts_commitment_labels() -> dict[str, str]:
    """The parts commitment's own words."""
    return {
        "title": _("Signed time limit for missing parts"),
        "revision": _("Revision"),
        "replaces": _("This revision replaces the earlier ones."),
        "missing": _("What is missing"),
        "part_number": _("Part no."),
        "part": _("Part"),
        "cause": _("Cause"),
        "supplier_basis": _("What the supplier told us"),
        "supplier_expected": _("Supplier expects"),
        "promise": _("What we promise"),
        "promised_part": _("Part promised by"),
        "statutory_cap": _("Latest date by law"),
        "remedy": _("If we miss the date"),
        "loaner": _("Loaner unit"),
        "lent_on": _("Lent on"),
        "return_by": _("Return by"),
        "deposit": _("Deposit"),
        "choices": _("If you do not agree"),
        "agreed": _("I agree to wait until the dates above."),
        "outlet_signature": _("For the outlet"),
    }


def repair_report_labels() -> dict[str, str]:
    """The repair report's own words."""
    return repair_result_labels() | {
        "title": _("Repair report"),
        "received_at": _("Received"),
        "finished_at": _("Finished"),
        "days_in_repair": _("Days in repair"),
        "ordinal": _("Repair no. of this device"),
        "software_version": _("Software version"),
        "found": _("What we found and did"),
        "symptom": _("Symptom"),
        "findings": _("Findings"),
        "cause": _("Cause"),
        "work_done": _("Work done"),
        "left_out": _("Left out by the customer"),
        "parts": _("Parts fitted"),
        "part": _("Part"),
        "old_serial": _("Old serial no."),
        "new_serial": _("New serial no."),
        "old_part": _("Old part"),
        "price": _("Price (%(currency)s)"),
        "warranty_until": _("Warranty until"),
        "labour": _("Labour"),
        "task": _("Task"),
        "minutes": _("Minutes"),
    }


def repair_result_labels() -> dict[str, str]:
    """What the report says of measuring, checking and guaranteeing."""
    return {
        "measurements": _("Measurements and safety tests"),
        "test": _("Test"),
        "measured": _("Measured"),
        "limits": _("Limits"),
        "at_least": _("at least %(limit)s"),
        "at_most": _("at most %(limit)s"),
        "result": _("Result"),
        "passed": _("Passed"),
        "failed": _("Failed"),
        "safety": _("Safety"),
        "quality": _("Quality control"),
        "inspector": _("Inspector"),
        "inspected_at": _("Checked"),
        "self_checked": _("Checked by the technician who did the repair; photos are kept."),
        "unrepaired": _("Returned unrepaired"),
        "unrepaired_text": _(
            "The device goes back as it came. Nothing was repaired, so this paper carries no repair warranty."
        ),
        "guarantee": _("Your warranty after this repair"),
        "device_warranty": _("Device covered until"),
        "repair_warranty": _("Repair covered until"),
        "advice": _("Our advice"),
        "photos": _("Photos"),
        "technician": _("Technician"),
        "badge": _("Badge no."),
        "received_back": _("I have received the device, tried it and counted the accessories."),
        "survey": _("Scan to tell us how we did"),
    }


def receipt_labels() -> dict[str, str]:
    """The settlement list's and the receipt's own words."""
    return {
        "title": _("Settlement list"),
        "title_paid": _("Receipt"),
        "receipt_number": _("Receipt no."),
        "charges": _("Charges"),
        "test_credited": _("Test, not charged: the repair went ahead"),
        "left_out": _("Left out by the customer"),
        "description": _("Description"),
        "list_price": _("List price"),
        "not_listed": _("not on the list"),
        "charged_price": _("Charged price"),
        "amount": _("Amount"),
        "amounts_in": _("All amounts in %(currency)s"),
        "subtotal": _("Sum of charges"),
        "discount": _("Discount"),
        "total": _("Total"),
        "tax_included": _("Of which tax"),
        "net_at": _("Without tax at %(rate)s"),
        "tax_at": _("Tax %(rate)s"),
        "untaxed": _("Not taxed"),
        "deposit_paid": _("Deposit paid"),
        "due": _("Still to pay"),
        "give_back": _("To give back"),
        "settled": _("Paid in full"),
        "on_credit": _("Owed on account"),
        "tendered": _("Cash given: %(given)s, change: %(change)s"),
        "refunded": _("Given back"),
        "payments": _("Payments"),
        "method": _("Method"),
        "reference": _("Reference"),
        "time": _("Time"),
        "invoice": _("Invoice"),
        "cashier": _("Cashier"),
        "not_receipt": _("This list is for you to check before you pay. It is not a receipt."),
        "promise": _("You pay no fee that is not on this list."),
        "check": _("Scan to check this receipt"),
    }


def accessory_labels() -> dict[str, str]:
    """The words of a label on a bag."""
    return {
        "title": _("Accessory"),
        "phone_last": _("Telephone ends in"),
        "shelf": _("Shelf"),
        "piece": _("%(number)s of %(count)s"),
    }


def loan_agreement_labels() -> dict[str, str]:
    """The loan agreement's own words."""
    return {
        "title": _("Loan agreement"),
        "loaner": _("Loaner unit"),
        "in_repair": _("Your device in repair"),
        "deposit": _("Deposit"),
        "lent_at": _("Lent on"),
        "lent_by": _("Lent by"),
        "condition": _("Condition when lent"),
        "terms": _("What we agree"),
        "came_back": _("How it came back"),
        "returned_at": _("Returned on"),
        "condition_back": _("Condition when returned"),
        "deposit_back": _("Deposit given back"),
        "deposit_kept": _("Deposit kept"),
        "deposit_receipt": _("Deposit receipt no."),
        "deposit_taken": _("Deposit taken on"),
        "deposit_open": _("To be left at the till"),
        "excepted": _("Device handed over before the loaner came back, because"),
        "term_use": _("The loaner stays ours. Please use it as your own device, and do not lend or sell it on."),
        "term_return": _("Please bring it back when you collect your device. We hand yours over once ours is back."),
        "term_deposit": _(
            "You get the deposit back in full when the loaner comes back in the condition written above."
        ),
        "term_free": _("Using the loaner costs you nothing."),
        "outlet_signature": _("For the outlet"),
    }


def pick_slip_labels() -> dict[str, str]:
    """The pick slip's own words."""
    return {
        "title": _("Pick slip"),
        "request": _("Request"),
        "part": _("Part"),
        "bin": _("Bin"),
        "state": _("State"),
        "need_by": _("Needed by"),
        "asked_by": _("Asked by"),
        "technician": _("Technician"),
        "scan_issue": _("Scan to hand out"),
        "nothing": _("The job waits for no part."),
        "picked_by": _("Picked by"),
    }


LABELS_OF: Mapping[type, Callable[[], dict[str, str]]] = {
    rules.Ticket: ticket_labels,
    rules.ClaimTag: claim_tag_labels,
    rules.QuotePaper: quote_labels,
    rules.PartsCommitmentPaper: parts_commitment_labels,
    rules.RepairReport: repair_report_labels,
    rules.Receipt: receipt_labels,
    rules.RefundReceipt: refund_labels,
    rules.DepositReceipt: deposit_labels,
    rules.AccessoryLabels: accessory_labels,
    rules.DoorSheet: door_sheet_labels,
    rules.RegistrationLabel: registration_label_labels,
    rules.PriceLeaflet: leaflet_labels,
    rules.PriceBoard: board_labels,
    rules.LoanAgreement: loan_agreement_labels,
    rules.AppraisalCertificate: appraisal_labels,
    rules.RepairStatusNote: repair_status_labels,
    rules.PickSlip: pick_slip_labels,
    rules.CountSheet: count_sheet_labels,
    rules.StoreReportPaper: store_report_labels,
    rules.InspectionPaper: inspection_labels,
    rules.AccessRecord: access_labels,
    rules.PurchaseFile: purchase_labels,
    rules.CashDayPaper: cash_day_labels,
    rules.SlipRecord: slip_labels,
    rules.SafeLog: safe_labels,
    rules.PettyBook: petty_labels,
}
