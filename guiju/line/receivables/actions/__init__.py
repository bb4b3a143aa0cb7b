"""The verbs of what is owed: it is paid, reminded of, or given up."""

from guiju.line.receivables.actions.collecting import collect
from guiju.line.receivables.actions.reminding import pause_letters, remind, resume_letters
from guiju.line.receivables.actions.writing_off import approve_write_off, ask_write_off, reject_write_off

__all__ = [
    "approve_write_off",
    "ask_write_off",
    "collect",
    "pause_letters",
    "reject_write_off",
    "remind",
    "resume_letters",
]
