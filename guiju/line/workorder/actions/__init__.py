"""What is done to a work order by every station: open, advance, decide who pays, hand on, promise, hold."""

from guiju.kernel.refusing import Refusal, WrongState
from guiju.line.workorder.actions.care import (
    AlreadyHeld,
    NotHeld,
    PlaceMissing,
    PromiseInThePast,
    hold,
    log_contact,
    move_custody,
    prioritise,
    release_hold,
    revise_promise,
)
from guiju.line.workorder.actions.checklist import ask_for, end_asking
from guiju.line.workorder.actions.coverage import (
    decide_coverage,
    override_coverage,
    precheck_coverage,
    raise_rights,
)
from guiju.line.workorder.actions.life import (
    SERIES,
    ApplianceElsewhere,
    ModeNotOffered,
    OpenTwice,
    ReasonMissing,
    advance,
    give_to,
    lock,
    lock_behind,
    lock_seen,
    open_order,
    reasoned,
    require,
    set_billing,
)
from guiju.line.workorder.actions.links import renew_link
from guiju.line.workorder.queries import money, promise_from
from guiju.line.workorder.rules import State

__all__ = [
    "SERIES",
    "AlreadyHeld",
    "ApplianceElsewhere",
    "ModeNotOffered",
    "NotHeld",
    "OpenTwice",
    "PlaceMissing",
    "PromiseInThePast",
    "ReasonMissing",
    "Refusal",
    "State",
    "WrongState",
    "advance",
    "ask_for",
    "decide_coverage",
    "end_asking",
    "give_to",
    "hold",
    "lock",
    "lock_behind",
    "lock_seen",
    "log_contact",
    "money",
    "move_custody",
    "open_order",
    "override_coverage",
    "precheck_coverage",
    "prioritise",
    "promise_from",
    "raise_rights",
    "reasoned",
    "release_hold",
    "renew_link",
    "require",
    "revise_promise",
    "set_billing",
]
