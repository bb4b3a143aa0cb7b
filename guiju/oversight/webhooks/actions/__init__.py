"""The verbs of the webhooks: endpoints are kept, news is told to them, and what was told is sent."""

from guiju.oversight.webhooks.actions.endpoints import (
    AddressRefused,
    NameTaken,
    NothingChosen,
    Revoked,
    add,
    change,
    pause,
    resume,
    revoke,
    rotate,
)
from guiju.oversight.webhooks.actions.sending import Errand, carry, claim, forget, record
from guiju.oversight.webhooks.actions.telling import NotOver, resend, resend_failed, send_test, tell
from guiju.oversight.webhooks.actions.wire import Answer, post

__all__ = [
    "AddressRefused", "Answer", "Errand", "NameTaken", "NotOver", "NothingChosen", "Revoked",
    "add", "carry", "change", "claim", "forget", "pause", "post", "record", "resend", "resend_failed", "resume", "revoke", "rotate",
    "send_test", "tell",
]  # fmt: skip
