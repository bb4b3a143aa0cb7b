"""The verbs of the storeroom: parts for jobs, deliveries, and the old parts that come out."""

from guiju.line.storeroom.actions.buying import answer_none, buy_again, expect_on, lose_date
from guiju.line.storeroom.actions.old_parts import (
    NobodyAsked,
    NotOverdue,
    NotToDestroy,
    SecondPersonNeeded,
    ask_scrap,
    charge_overdue,
    find_old_part,
    keep_old_parts,
    miss_old_part,
    record_old_part,
    scrap_old_part,
)
from guiju.line.storeroom.actions.parcels import (
    ExaminedAlready,
    NoCredit,
    NotForHeadOffice,
    NothingToSend,
    NotInTheParcel,
    NotSampled,
    OfAnotherOutlet,
    SentByYou,
    audit_old_part,
    credit_old_part,
    receive_old_parts,
    send_old_parts,
)
from guiju.line.storeroom.actions.requests import (
    ASKING_STATES,
    BinElsewhere,
    MoreThanUnused,
    NotTheTime,
    answer_available,
    cancel_request,
    issue,
    lock_numbered,
    mark_fitted,
    receive_stock,
    release_all,
    request_part,
    reserve_arrived,
    take_back,
)

__all__ = [
    "ASKING_STATES", "BinElsewhere", "ExaminedAlready", "MoreThanUnused", "NoCredit", "NobodyAsked", "NotForHeadOffice",
    "NotInTheParcel", "NotOverdue", "NotSampled", "NotTheTime", "NotToDestroy", "NothingToSend", "OfAnotherOutlet",
    "SecondPersonNeeded", "SentByYou",
    "answer_available", "answer_none", "ask_scrap", "audit_old_part", "buy_again", "cancel_request", "charge_overdue",
    "credit_old_part", "expect_on", "find_old_part", "issue", "keep_old_parts", "lock_numbered", "lose_date", "mark_fitted",
    "miss_old_part", "receive_old_parts", "receive_stock", "record_old_part", "release_all", "request_part", "reserve_arrived",
    "scrap_old_part", "send_old_parts", "take_back",
]  # fmt: skip
