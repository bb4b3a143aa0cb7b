"""Diagnosis, quote, parts commitment, labour and parts fitted."""

from guiju.line.workorder.models import OfOrder
from guiju.line.workshop.models.bench import (
    Diagnosis,
    DiagnosisPhoto,
    LabourEntry,
    PartUsage,
    RepairSummary,
    ReturnCheck,
)
from guiju.line.workshop.models.checks import WorkCheck, WorkCheckItem
from guiju.line.workshop.models.commitments import CommitmentRevision, FreeCancellation, PartsCommitment
from guiju.line.workshop.models.consent import Acceptance, ApprovalCode, QuoteOption
from guiju.line.workshop.models.exceptions import LineSignature, PriceException
from guiju.line.workshop.models.quotes import Covered, Quote, QuoteLine
from guiju.line.workshop.models.timers import LabourTimer

__all__ = [
    "Acceptance",
    "ApprovalCode",
    "CommitmentRevision",
    "Covered",
    "Diagnosis",
    "DiagnosisPhoto",
    "FreeCancellation",
    "LabourEntry",
    "LabourTimer",
    "LineSignature",
    "OfOrder",
    "PartUsage",
    "PartsCommitment",
    "PriceException",
    "Quote",
    "QuoteLine",
    "QuoteOption",
    "RepairSummary",
    "ReturnCheck",
    "WorkCheck",
    "WorkCheckItem",
]
