"""The papers of an order, gathered from the line and printed: from the ticket at the counter to the receipt at the till."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import override

from guiju.line.cashier.models import Printing
from guiju.line.workorder.models import WorkOrder
from guiju.oversight.papers import rules
from guiju.oversight.papers.press import LanguageNotOffered, SizeNotOffered, bind, print_pdf
from guiju.oversight.papers.queries.cash import petty_book as petty_book
from guiju.oversight.papers.queries.cash import safe_log as safe_log
from guiju.oversight.papers.queries.cash import slip_record as slip_record
from guiju.oversight.papers.queries.counter import accessory_labels, claim_tag, loan, ticket
from guiju.oversight.papers.queries.deposits import deposit
from guiju.oversight.papers.queries.door import door_sheet as door_sheet
from guiju.oversight.papers.queries.door import registration_label as registration_label
from guiju.oversight.papers.queries.exchanges import appraisal, repair_status
from guiju.oversight.papers.queries.outcomes import receipt, refund, report
from guiju.oversight.papers.queries.prices import board as board
from guiju.oversight.papers.queries.prices import leaflet as leaflet
from guiju.oversight.papers.queries.promises import commitment, quote
from guiju.oversight.papers.queries.purchases import purchase_file as purchase_file
from guiju.oversight.papers.queries.shared import Print as Print
from guiju.oversight.papers.queries.store import count_sheet as count_sheet
from guiju.oversight.papers.queries.store import pick_slip
from guiju.oversight.papers.queries.storehouse import access_record as access_record
from guiju.oversight.papers.queries.storehouse import inspection as inspection
from guiju.oversight.papers.queries.storehouse import printed as printed
from guiju.oversight.papers.queries.storehouse import store_report as store_report
from guiju.oversight.papers.queries.tills import cash_day as cash_day
from guiju.standing.policy import queries as policy

GATHER: dict[str, Callable[[WorkOrder, Print], rules.Paper | None]] = {
    "ticket": ticket,
    "claim-tag": claim_tag,
    # The device's half of the claim tag alone, on the same labels as its accessories.
    "device-label": claim_tag,
    "accessory-labels": accessory_labels,
    "loan": loan,
    "appraisal": appraisal,
    "repair-status": repair_status,
    "quote": quote,
    "commitment": commitment,
    "pick-slip": pick_slip,
    "report": report,
    "receipt": receipt,
    "deposit": deposit,
    "refund": refund,
}

# What the customer was shown, signed or took home; neither the claim tag, which opens doors, nor what the house prints for itself.
SHOWN = (
    "ticket",
    "quote",
    "deposit",
    "commitment",
    "loan",
    "appraisal",
    "repair-status",
    "report",
    "receipt",
    "refund",
)

# Papers that are printed at one press of a key, each on its own size.
TOGETHER: dict[str, tuple[str, ...]] = {
    "counter": ("ticket", "claim-tag"),
    "labels": ("device-label", "accessory-labels"),
}

# Papers that one outlet prints on a sheet and another on a roll or a label: the outlet's own word is `paper.size.<paper>`.
SIZED = {name: name for name in ("ticket", "claim-tag", "accessory-labels", "pick-slip", "receipt", "refund")} | {
    "device-label": "accessory-labels",
    # On whatever receipts are printed on.
    "deposit": "receipt",
}


def pdf(
    paper: str, order: WorkOrder, *, language: str, size: str = "", base_url: str, printed_by: str, at: datetime,
    printing: Printing | None = None,
) -> bytes | None:  # fmt: skip
    """A paper of an order as PDF; None where there is no such paper, or not yet, or not in that language or size.

    paper     a key of GATHER; or of TOGETHER: counter, all that is handed out when an appliance comes; labels, all that is stuck on
    size      a rules.Size; what the outlet prints that paper on when empty
    base_url  the site's address with a slash at its end
    printing  the print that was written down; a receipt without one says that it is a copy
    """
    if paper in TOGETHER:
        how = {"language": language, "size": size, "base_url": base_url, "printed_by": printed_by, "at": at}
        papers = [each for name in TOGETHER[paper] if (each := pdf(name, order, **how)) is not None]  # type: ignore[arg-type]
        return bind(papers) if papers else None
    gather = GATHER.get(paper)
    if gather is None or (size and size not in set(rules.Size)):
        return None
    try:
        with override(language):
            facts = gather(order, Print(base_url, printed_by, at, printing=printing))
        if facts is None:
            return None
        return print_pdf(facts, language, size=rules.Size(size) if size else usual_size(paper, order, at=at))
    except (LanguageNotOffered, SizeNotOffered):
        return None


def filed(order: WorkOrder, *, base_url: str, printed_by: str, at: datetime) -> dict[str, bytes]:
    """Each paper of SHOWN that the order has, by its name, in the customer's language and on its usual sheet; no code opens anything."""
    how, language = Print(base_url, printed_by, at, is_filed=True), order.language or "zh-hans"
    made: dict[str, bytes] = {}
    for name in SHOWN:
        with override(language):
            facts = GATHER[name](order, how)
        if facts is not None:
            made[name] = print_pdf(facts, language)
    return made


def usual_size(paper: str, order: WorkOrder, *, at: datetime) -> rules.Size | None:
    """What the outlet prints this paper on; None for a paper of one size."""
    if paper not in SIZED:
        return None
    figure = policy.figure(f"paper.size.{SIZED[paper]}", unit=order.unit, on=order.unit.day(at))
    return rules.Size(figure.value)
