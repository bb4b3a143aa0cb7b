"""The typesetter: facts in, PDF out, with fonts that come along and nothing from the system.

What sets the type is loaded with the first paper: a process that prints none holds 6 MB less.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.utils.translation import override

from guiju.oversight.papers.press.labels import labels_for
from guiju.oversight.papers.press.sheet import LOCALES, Text, Voice, tell
from guiju.oversight.papers.rules import (
    SIZES,
    AccessoryLabels,
    AccessRecord,
    AppraisalCertificate,
    CashDayPaper,
    ClaimTag,
    CountSheet,
    DepositReceipt,
    DoorSheet,
    InspectionPaper,
    LoanAgreement,
    Paper,
    PartsCommitmentPaper,
    PettyBook,
    PickSlip,
    PriceBoard,
    PriceLeaflet,
    PurchaseFile,
    QuotePaper,
    Receipt,
    RefundReceipt,
    RegistrationLabel,
    RepairReport,
    RepairStatusNote,
    SafeLog,
    Size,
    SlipRecord,
    StoreReportPaper,
    Ticket,
)

if TYPE_CHECKING:
    import typst

log = logging.getLogger(__name__)

TEMPLATES: Final = Path(__file__).parent.parent / "templates"

TEMPLATE_OF: Final[Mapping[type, str]] = {
    Ticket: "ticket.typ",
    ClaimTag: "claim_tag.typ",
    QuotePaper: "quote.typ",
    PartsCommitmentPaper: "parts_commitment.typ",
    RepairReport: "repair_report.typ",
    Receipt: "receipt.typ",
    RefundReceipt: "refund.typ",
    DepositReceipt: "deposit.typ",
    AccessoryLabels: "accessory_labels.typ",
    DoorSheet: "door_sheet.typ",
    RegistrationLabel: "registration_label.typ",
    PriceLeaflet: "leaflet.typ",
    PriceBoard: "price_board.typ",
    LoanAgreement: "loan_agreement.typ",
    AppraisalCertificate: "appraisal.typ",
    RepairStatusNote: "repair_status.typ",
    PickSlip: "pick_slip.typ",
    CountSheet: "count_sheet.typ",
    StoreReportPaper: "store_report.typ",
    InspectionPaper: "inspection.typ",
    AccessRecord: "access_record.typ",
    PurchaseFile: "purchase_file.typ",
    CashDayPaper: "cash_day.typ",
    SlipRecord: "slip_record.typ",
    SafeLog: "safe_log.typ",
    PettyBook: "petty_book.typ",
}

SIMPLIFIED: Final = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei")
TRADITIONAL: Final = ("Noto Sans CJK TC", "Noto Sans TC", "Source Han Sans TC", "PingFang TC", "Microsoft JhengHei")
FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "en": SIMPLIFIED + TRADITIONAL,
    "zh-hans": SIMPLIFIED + TRADITIONAL,
    # One character code has two shapes in the two scripts: the family decides, the other only fills gaps.
    "zh-hant": TRADITIONAL + SIMPLIFIED,
}


class LanguageNotOffered(ValueError):
    """The papers are printed in English, simplified and traditional Chinese."""


class SizeNotOffered(ValueError):
    """The paper is not laid out for that size."""


def print_pdf(paper: Paper, language: str, *, size: Size | None = None) -> bytes:
    """Print a paper in one language; the same facts give the same bytes, so a signature can bind to their hash.

    language   "en", "zh-hans" or "zh-hant"
    size       one of rules.SIZES for this paper; its usual one when left out
    raises     LanguageNotOffered, SizeNotOffered, UnknownPicture
    """
    import typst

    # A Compiler shared by two threads fails with "Already borrowed"; a compile per paper takes milliseconds.
    return typst.compile(
        TEMPLATES / TEMPLATE_OF[type(paper)],
        root=TEMPLATES,
        font_paths=fonts(),
        sys_inputs=inputs(paper, language, size),
        timestamp=int(paper.letterhead.printed_at.timestamp()),
    )


def inputs(paper: Paper, language: str, size: Size | None = None) -> dict[str, str]:
    """What the typesetter is handed: one piece of JSON, in which no text can turn into markup."""
    return {"sheet": json.dumps(sheet(paper, language.lower(), size), ensure_ascii=False)}


def sheet(paper: Paper, language: str, size: Size | None) -> dict[str, Text]:
    """All that the typesetter sees of a paper: words, figures and pictures, each as text."""
    if language not in LOCALES:
        raise LanguageNotOffered(f"{language} is not one of {', '.join(LOCALES)}")
    chosen = size or SIZES[type(paper)][0]
    if chosen not in SIZES[type(paper)]:
        raise SizeNotOffered(f"{type(paper).__name__} is not printed on {chosen}")
    with override(language):
        return {
            "paper": tell(paper, Voice.of(paper.letterhead, language)),
            "labels": {**labels_for(paper)},
            "size": chosen.value,
            "language": language,
            "fonts": list(families(language)),
        }


@cache
def fonts() -> typst.Fonts:
    """The fonts that come with us, then the system's, for scripts that ours lack; read once in a process."""
    import typst

    try:
        ours = [str(files("noto_cjk_sans_otc"))]
    except ModuleNotFoundError:
        log.warning("noto-cjk-sans-otc is not installed: papers are set in the system's fonts")
        ours = []
    return typst.Fonts(include_system_fonts=True, font_paths=ours)


@cache
def families(language: str) -> tuple[str, ...]:
    """The families to set a language in, the best first; a machine without any of them prints Latin only."""
    known = set(fonts().families())
    return tuple(family for family in FAMILIES[language] if family in known) or ("Libertinus Serif",)
