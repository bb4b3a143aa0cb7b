"""The verbs of the telephone: calls, the voice menu, call-backs, scores, and the texts that are spoken."""

from guiju.kernel.refusing import Invalid, NotAllowed, Refusal, WrongState
from guiju.line.telephone.actions.backs import (
    TriedTooLittle,
    finish_call_back,
    give_up_call_back,
    promise_call_back,
    try_call_back,
)
from guiju.line.telephone.actions.calls import (
    TakenAlready,
    answer,
    hang_up,
    lead_to,
    log,
    read_number,
    ring,
    tick,
    write_note,
)
from guiju.line.telephone.actions.editions import (
    NotFit,
    publish_menu,
    publish_script,
    write_menu,
    write_script,
)
from guiju.line.telephone.actions.scoring import NotDrawn, OwnCall, ScoredAlready, score
from guiju.line.telephone.actions.walking import press

__all__ = [
    "Invalid",
    "NotAllowed",
    "NotDrawn",
    "NotFit",
    "OwnCall",
    "Refusal",
    "ScoredAlready",
    "TakenAlready",
    "TriedTooLittle",
    "WrongState",
    "answer",
    "finish_call_back",
    "give_up_call_back",
    "hang_up",
    "lead_to",
    "log",
    "press",
    "promise_call_back",
    "publish_menu",
    "publish_script",
    "read_number",
    "ring",
    "score",
    "tick",
    "try_call_back",
    "write_menu",
    "write_note",
    "write_script",
]
