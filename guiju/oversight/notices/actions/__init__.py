"""The verbs of the messages: writing to a customer, carrying what was written, and the words in which it is done."""

from guiju.oversight.notices.actions.carriers import Carrier, Letter, Mail, NoteBook, Undeliverable, carrier_for
from guiju.oversight.notices.actions.carrying import Errand, NotAgain, carry, claim, record, resend
from guiju.oversight.notices.actions.wordings import AddressMissing, WordingRefused, prefer, set_wording
from guiju.oversight.notices.actions.writing import NoConsent, answer, invite, send

__all__ = [
    "AddressMissing", "Carrier", "Errand", "Letter", "Mail", "NoConsent", "NotAgain", "NoteBook", "Undeliverable", "WordingRefused",
    "answer", "carrier_for", "carry", "claim", "invite", "prefer", "record", "resend", "send", "set_wording",
]  # fmt: skip
