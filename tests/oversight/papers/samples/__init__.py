"""Golden samples: the same morning in Foshan on ten papers, told in three languages.

Each paper comes full (every field), bare (no optional field) and crowded (long names, many lines).
"""

from collections.abc import Callable

from guiju.oversight.papers.rules import Paper
from tests.oversight.papers.samples import counter, exchanges, outcomes, promises

SAMPLES: dict[str, Callable[[str], Paper]] = {
    "ticket": counter.ticket,
    "bare_ticket": counter.bare_ticket,
    "crowded_ticket": counter.crowded_ticket,
    "claim_tag": counter.claim_tag,
    "bare_claim_tag": counter.bare_claim_tag,
    "crowded_claim_tag": counter.crowded_claim_tag,
    "quote": promises.quote,
    "bare_quote": promises.bare_quote,
    "approved_quote": promises.approved_quote,
    "crowded_quote": promises.crowded_quote,
    "parts_commitment": promises.parts_commitment,
    "bare_parts_commitment": promises.bare_parts_commitment,
    "repair_report": outcomes.repair_report,
    "bare_repair_report": outcomes.bare_repair_report,
    "receipt": outcomes.receipt,
    "settlement_list": outcomes.settlement_list,
    "bare_receipt": outcomes.bare_receipt,
    "crowded_receipt": outcomes.crowded_receipt,
    "credit_receipt": outcomes.credit_receipt,
    "unrepaired_report": outcomes.unrepaired_report,
    "refund": outcomes.refund,
    "deposit": outcomes.deposit,
    "bare_deposit": outcomes.bare_deposit,
    "accessory_labels": counter.accessory_labels,
    "registration_label": counter.registration_label,
    "bare_registration_label": counter.bare_registration_label,
    "crowded_registration_label": counter.crowded_registration_label,
    "loan_agreement": counter.loan_agreement,
    "pick_slip": counter.pick_slip,
    "appraisal": exchanges.appraisal,
    "refund_appraisal": exchanges.refund_appraisal,
    "bare_appraisal": exchanges.bare_appraisal,
    "repair_status": exchanges.repair_status,
}
