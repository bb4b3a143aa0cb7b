"""The verbs of custody, by family: the stores, the way in, what is done inside, and what was done in an emergency."""

from guiju.readiness.custody.actions.doors import (
    count_wrong_password,
    expire,
    open_session,
    require_open,
    sign_first,
    sign_second,
    withdraw,
)
from guiju.readiness.custody.actions.emergencies import miss_review, open_in_emergency, review
from guiju.readiness.custody.actions.inside import (
    carry_through,
    close_alarm,
    move_item,
    raise_alarm,
    recount,
    settle,
    sign_out,
)
from guiju.readiness.custody.actions.stores import add_lock, check_protection, end_grant, grant, set_up_store

__all__ = [
    "add_lock",
    "carry_through",
    "check_protection",
    "close_alarm",
    "count_wrong_password",
    "end_grant",
    "expire",
    "grant",
    "miss_review",
    "move_item",
    "open_in_emergency",
    "open_session",
    "raise_alarm",
    "recount",
    "require_open",
    "review",
    "set_up_store",
    "settle",
    "sign_first",
    "sign_out",
    "sign_second",
    "withdraw",
]
