"""What the house keeps of every deed, whatever it was about."""

from guiju.kernel.models.deeds import NOT_DONE, Approval, Counter, Delivery, News, TrailEntry, TrailSeal, Transition
from guiju.kernel.models.proofs import AskedSignature, Beat, Edition, Evidence, OnceKey, SealKey

__all__ = [
    "NOT_DONE",
    "Approval",
    "AskedSignature",
    "Beat",
    "Counter",
    "Delivery",
    "Edition",
    "Evidence",
    "News",
    "OnceKey",
    "SealKey",
    "TrailEntry",
    "TrailSeal",
    "Transition",
]
