"""The verbs of the messages: writing to a customer, carrying it, the words in which it is done; and warning our own people."""

from guiju.oversight.notices.actions.alarms import acknowledge_alarm, warn_of_opening, warn_of_room
from guiju.oversight.notices.actions.carriers import Carrier, Letter, Mail, NoteBook, Undeliverable, carrier_for
from guiju.oversight.notices.actions.carrying import Errand, NotAgain, carry, claim, record, resend
from guiju.oversight.notices.actions.cash import warn_of_cash
from guiju.oversight.notices.actions.warning import NobodyToWarn, acknowledge_warning, warn, warn_wall
from guiju.oversight.notices.actions.wordings import AddressMissing, WordingRefused, prefer, set_wording
from guiju.oversight.notices.actions.writing import NoConsent, answer, invite, send

__all__ = [
    "AddressMissing", "Carrier", "Errand", "Letter", "Mail", "NoConsent", "NobodyToWarn", "NotAgain", "NoteBook", "Undeliverable",
    "WordingRefused", "acknowledge_alarm", "acknowledge_warning", "answer", "carrier_for", "carry", "claim", "invite", "prefer", "record",
    "resend", "send", "set_wording", "warn", "warn_of_cash", "warn_of_opening", "warn_of_room", "warn_wall",
]  # fmt: skip
