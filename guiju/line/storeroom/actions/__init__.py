"""The verbs of the storeroom, by family: requests and old parts, and what has to be bought."""

from guiju.line.storeroom.actions.buying import answer_none, buy_again, expect_on, lose_date
from guiju.line.storeroom.actions.requests import (
    ASKING_STATES,
    BinElsewhere,
    MoreThanUnused,
    NotTheTime,
    answer_available,
    cancel_request,
    issue,
    keep_old_parts,
    lock_numbered,
    mark_fitted,
    receive_stock,
    record_old_part,
    release_all,
    request_part,
    reserve_arrived,
    take_back,
)

__all__ = [
    "ASKING_STATES",
    "BinElsewhere",
    "MoreThanUnused",
    "NotTheTime",
    "answer_available",
    "answer_none",
    "buy_again",
    "cancel_request",
    "expect_on",
    "issue",
    "keep_old_parts",
    "lock_numbered",
    "lose_date",
    "mark_fitted",
    "receive_stock",
    "record_old_part",
    "release_all",
    "request_part",
    "reserve_arrived",
    "take_back",
]
