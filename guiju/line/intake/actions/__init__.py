"""The verbs of the front desk: register, receive, cancel, and give accessories back."""

from guiju.kernel.refusing import Invalid, Refusal, WrongState
from guiju.line.intake.actions.counter import (
    AccessoriesMissing,
    DiscrepancyNotSigned,
    TooFewPhotos,
    receive,
    return_accessories,
)
from guiju.line.intake.actions.ordering import OpenAlready, TermsNotAccepted, cancel, register

__all__ = [
    "AccessoriesMissing",
    "DiscrepancyNotSigned",
    "Invalid",
    "OpenAlready",
    "Refusal",
    "TermsNotAccepted",
    "TooFewPhotos",
    "WrongState",
    "cancel",
    "receive",
    "register",
    "return_accessories",
]
