"""The life of a work order as a table of moves.

source   domain.md 3.2; the table is complete, and what no mode offers yet is declared in it and refused aloud.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from guiju.kernel.words import N_
from guiju.line.workorder.rules.words import Held, Mode


class State(StrEnum):
    DRAFT = "DRAFT"
    REGISTERED = "REGISTERED"
    AWAITING_PICKUP = "AWAITING_PICKUP"
    AWAITING_PARCEL = "AWAITING_PARCEL"
    RECEIVED = "RECEIVED"
    APPOINTED = "APPOINTED"
    DISPATCHED = "DISPATCHED"
    ACCEPTED = "ACCEPTED"
    ON_SITE = "ON_SITE"
    DIAGNOSING = "DIAGNOSING"
    NO_FAULT = "NO_FAULT"
    QUOTED = "QUOTED"
    APPROVED = "APPROVED"
    DECLINED = "DECLINED"
    WAITING_PARTS = "WAITING_PARTS"
    REPAIRING = "REPAIRING"
    QC_PENDING = "QC_PENDING"
    SITE_SIGNOFF = "SITE_SIGNOFF"
    UNREPAIRABLE = "UNREPAIRABLE"
    EXCHANGE_PENDING = "EXCHANGE_PENDING"
    READY = "READY"
    RETURNING = "RETURNING"
    UNCOLLECTED = "UNCOLLECTED"
    DELIVERED = "DELIVERED"
    CLOSED = "CLOSED"
    CANCELLED = "CANCELLED"
    DISPOSED = "DISPOSED"


@dataclass(frozen=True)
class Move:
    """One row of the table in 3.2: who may take an order from which states to which, by which verb."""

    verb: str
    froms: tuple[State, ...]
    to: State
    who: tuple[str, ...]
    # False: declared, but of a mode or a case that is not built yet; walking it is refused aloud.
    is_offered: bool = True


S = State
# The appliance is in our hands and the work is not over: a customer who cancels here still has to get it back.
_HELD_AT_WORK = (
    S.RECEIVED,
    S.DISPATCHED,
    S.ACCEPTED,
    S.DIAGNOSING,
    S.QUOTED,
    S.APPROVED,
    S.WAITING_PARTS,
    S.REPAIRING,
    S.QC_PENDING,
)
_MAY_BE_EXCHANGED = (
    S.UNREPAIRABLE,
    S.WAITING_PARTS,
    S.RECEIVED,
    S.DISPATCHED,
    S.ACCEPTED,
    S.DIAGNOSING,
    S.QUOTED,
    S.APPROVED,
    S.REPAIRING,
)
_AWAY = (S.AWAITING_PICKUP, S.AWAITING_PARCEL, S.APPOINTED)
_BEFORE_DELIVERY = tuple(s for s in State if s not in {S.DELIVERED, S.CLOSED, S.CANCELLED, S.DISPOSED, S.RECEIVED})

MOVES: tuple[Move, ...] = (
    Move("intake.register", (S.DRAFT,), S.REGISTERED, ("RC", "DP", "OM")),
    Move("intake.schedule_pickup", (S.REGISTERED,), S.AWAITING_PICKUP, ("DP",), is_offered=False),
    Move("intake.collect", (S.AWAITING_PICKUP,), S.AWAITING_PICKUP, ("DR", "TE"), is_offered=False),
    Move("intake.send_label", (S.REGISTERED,), S.AWAITING_PARCEL, ("RC",), is_offered=False),
    Move("intake.receive", (S.REGISTERED,), S.RECEIVED, ("RC", "TE", "OM")),
    Move("intake.receive", (S.AWAITING_PICKUP, S.AWAITING_PARCEL), S.RECEIVED, ("RC", "DR", "TE"), is_offered=False),
    Move("dispatch.appoint", (S.REGISTERED,), S.APPOINTED, ("DP",), is_offered=False),
    Move("dispatch.assign", (S.RECEIVED,), S.DISPATCHED, ("DP", "OM")),
    Move("dispatch.assign", (S.APPOINTED,), S.DISPATCHED, ("DP", "OM"), is_offered=False),
    Move("dispatch.accept", (S.DISPATCHED,), S.ACCEPTED, ("TE",)),
    Move("dispatch.assign", (S.DISPATCHED,), S.DISPATCHED, ("DP", "OM")),
    Move("dispatch.refuse", (S.DISPATCHED,), S.DISPATCHED, ("TE",)),
    Move("dispatch.time_out", (S.DISPATCHED,), S.DISPATCHED, ("SY",)),
    Move("dispatch.arrive", (S.ACCEPTED,), S.ON_SITE, ("TE",), is_offered=False),
    Move("workshop.start_diagnosis", (S.ACCEPTED,), S.DIAGNOSING, ("TE",)),
    Move("workshop.start_diagnosis", (S.ON_SITE,), S.DIAGNOSING, ("TE",), is_offered=False),
    Move("workshop.resume_repair", (S.ON_SITE,), S.REPAIRING, ("TE",), is_offered=False),
    Move("workshop.take_to_workshop", (S.ON_SITE, S.DIAGNOSING), S.RECEIVED, ("TE",), is_offered=False),
    Move("dispatch.report_no_access", (S.ON_SITE,), S.APPOINTED, ("TE",), is_offered=False),
    Move("workshop.find_no_fault", (S.DIAGNOSING,), S.NO_FAULT, ("TE",)),
    Move("workshop.issue_quote", (S.DIAGNOSING,), S.QUOTED, ("TE", "RC")),
    Move("workshop.approve_quote", (S.QUOTED,), S.APPROVED, ("CU", "RC")),
    Move("workshop.decline_quote", (S.QUOTED,), S.DECLINED, ("CU", "RC")),
    Move("workshop.expire_quote", (S.QUOTED,), S.DECLINED, ("SY",)),
    Move("workshop.revise_quote", (S.QUOTED, S.APPROVED, S.REPAIRING), S.QUOTED, ("TE",)),
    Move("workshop.approve_free", (S.DIAGNOSING,), S.APPROVED, ("SY", "TE")),
    Move("workshop.start_repair", (S.APPROVED,), S.REPAIRING, ("TE",)),
    Move("workshop.wait_for_parts", (S.APPROVED, S.REPAIRING), S.WAITING_PARTS, ("TE", "SK")),
    Move("workshop.resume_repair", (S.WAITING_PARTS,), S.REPAIRING, ("SK", "TE", "SY")),
    Move("dispatch.appoint", (S.WAITING_PARTS,), S.APPOINTED, ("DP",), is_offered=False),
    Move("workshop.finish", (S.REPAIRING,), S.QC_PENDING, ("TE",)),
    Move("quality.pass_order", (S.QC_PENDING,), S.READY, ("QC",)),
    Move("quality.pass_order", (S.QC_PENDING,), S.SITE_SIGNOFF, ("QC",), is_offered=False),
    Move("quality.fail_order", (S.QC_PENDING,), S.REPAIRING, ("QC",)),
    Move("workshop.confirm_unrepairable", (S.DIAGNOSING, S.REPAIRING), S.UNREPAIRABLE, ("TE", "OM")),
    # A right may rise at any time while the appliance is here (3.5, 4.1); the job goes back there when nothing comes of it.
    Move("exchange.open_case", _MAY_BE_EXCHANGED, S.EXCHANGE_PENDING, ("RC", "OM", "CU")),
    Move("exchange.allocate", (S.EXCHANGE_PENDING,), S.READY, ("SK",)),
    Move("cashier.refund_unit", (S.EXCHANGE_PENDING,), S.DELIVERED, ("FI",)),
    *(
        Move(verb, (S.EXCHANGE_PENDING,), back, who)
        for back in _MAY_BE_EXCHANGED
        for verb, who in (("exchange.reject", ("NM",)), ("exchange.withdraw", ("RC", "OM", "CU")))
    ),
    Move("workshop.prepare_return", (S.NO_FAULT, S.DECLINED, S.UNREPAIRABLE), S.READY, ("TE",)),
    Move("cashier.hand_over", (S.READY,), S.DELIVERED, ("RC", "CA", "OM")),
    Move("dispatch.send_back", (S.READY,), S.RETURNING, ("DP", "DR"), is_offered=False),
    Move("cashier.hand_over", (S.RETURNING, S.SITE_SIGNOFF), S.DELIVERED, ("DR", "TE", "CU"), is_offered=False),
    Move("dispatch.report_undelivered", (S.RETURNING,), S.READY, ("DR",), is_offered=False),
    Move("followup.remind", (S.READY,), S.UNCOLLECTED, ("SY", "RC")),
    Move("followup.welcome_back", (S.UNCOLLECTED,), S.READY, ("RC", "OM")),
    Move("followup.dispose", (S.UNCOLLECTED,), S.DISPOSED, ("OM", "FI")),
    Move("followup.close", (S.DELIVERED,), S.CLOSED, ("SY", "OM")),
    Move("intake.cancel", (S.DRAFT, S.REGISTERED), S.CANCELLED, ("CU", "RC", "OM")),
    Move("intake.cancel", (*_AWAY, S.ON_SITE), S.CANCELLED, ("CU", "RC", "OM"), is_offered=False),
    # An order whose appliance is already on its way home (no fault, declined, unrepairable) has nothing left to cancel.
    Move("intake.cancel", _HELD_AT_WORK, S.DECLINED, ("CU", "RC", "OM")),
    Move("intake.transfer", _BEFORE_DELIVERY, S.RECEIVED, ("NM", "OM"), is_offered=False),
)


def _arrows(moves: Iterable[Move]) -> dict[State, dict[State, str]]:
    """From each state to each other that it may reach; where two verbs walk one arrow, the earlier row names it."""
    arrows: dict[State, dict[State, str]] = {state: {} for state in State}
    for move in moves:
        for state in move.froms:
            if state is not move.to:
                arrows[state].setdefault(move.to, move.verb)
    return arrows


# What a work order may do today; an arrow of the whole table that is not in here is answered with NotOffered.
ARROWS: Mapping[State, Mapping[State, str]] = _arrows(move for move in MOVES if move.is_offered)
DECLARED: Mapping[State, Mapping[State, str]] = _arrows(MOVES)

CARRY_IN_STATES = frozenset(
    {
        S.DRAFT,
        *(move.to for move in MOVES if move.is_offered),
        *(s for move in MOVES if move.is_offered for s in move.froms),
    }
)
MODES_OFFERED = frozenset({Mode.CARRY_IN})
TERMINAL = frozenset({S.CLOSED, S.CANCELLED, S.DISPOSED})
# The order is over for the customer; an outcome is set here and nowhere else.
ENDED = frozenset({S.DELIVERED, *TERMINAL})
# Custody in which the customer's appliance is our responsibility (WO-1).
OURS = frozenset({Held.IN_TRANSIT_IN, Held.IN_SHOP, Held.WITH_TECH, Held.WITH_CARRIER_OUT})
# A technician's hands are full of these; a job in QC or waiting for its owner is out of them.
ON_THE_BENCH = frozenset(
    {
        S.DISPATCHED,
        S.ACCEPTED,
        S.ON_SITE,
        S.DIAGNOSING,
        S.QUOTED,
        S.APPROVED,
        S.WAITING_PARTS,
        S.REPAIRING,
    }
)
# The promise is still to be kept: the appliance is not ready yet and nobody has given the job up.
PROMISE_RUNS = frozenset(
    {S.REGISTERED, *_HELD_AT_WORK, *_AWAY, S.ON_SITE, S.UNREPAIRABLE, S.NO_FAULT, S.EXCHANGE_PENDING}
)
# A part may still be ordered, or the job may come back to where it may: the deposit that was agreed to is still asked for (C07).
DEPOSIT_ASKED = frozenset({S.APPROVED, S.WAITING_PARTS, S.REPAIRING, S.QC_PENDING, S.EXCHANGE_PENDING})
DIAGNOSIS_STATES = frozenset({S.DIAGNOSING})

LABELS: Mapping[State, str] = {
    S.DRAFT: N_("Draft"),
    S.REGISTERED: N_("Registered"),
    S.AWAITING_PICKUP: N_("Waiting for pick-up"),
    S.AWAITING_PARCEL: N_("Waiting for the parcel"),
    S.RECEIVED: N_("Received"),
    S.APPOINTED: N_("Visit booked"),
    S.DISPATCHED: N_("Dispatched"),
    S.ACCEPTED: N_("Accepted"),
    S.ON_SITE: N_("On site"),
    S.DIAGNOSING: N_("Diagnosing"),
    S.NO_FAULT: N_("No fault found"),
    S.QUOTED: N_("Waiting for the quote's approval"),
    S.APPROVED: N_("Approved"),
    S.DECLINED: N_("Declined"),
    S.WAITING_PARTS: N_("Waiting for parts"),
    S.REPAIRING: N_("Repairing"),
    S.QC_PENDING: N_("Waiting for quality control"),
    S.SITE_SIGNOFF: N_("Waiting for sign-off on site"),
    S.UNREPAIRABLE: N_("Unrepairable"),
    S.EXCHANGE_PENDING: N_("Exchange in progress"),
    S.READY: N_("Ready for collection"),
    S.RETURNING: N_("On its way back"),
    S.UNCOLLECTED: N_("Uncollected"),
    S.DELIVERED: N_("Handed over"),
    S.CLOSED: N_("Closed"),
    S.CANCELLED: N_("Cancelled"),
    S.DISPOSED: N_("Disposed of"),
}

# The state dictionary of 3.2. A draft is nobody's order yet, so the customer sees nothing of it.
CUSTOMER_SEES: Mapping[State, str] = {
    S.DRAFT: "",
    S.REGISTERED: N_("Order registered"),
    S.AWAITING_PICKUP: N_("Waiting for your device"),
    S.AWAITING_PARCEL: N_("Waiting for your device"),
    S.RECEIVED: N_("Device received"),
    S.APPOINTED: N_("Visit booked"),
    S.DISPATCHED: N_("Technician assigned"),
    S.ACCEPTED: N_("Technician assigned"),
    S.ON_SITE: N_("Technician has arrived"),
    S.DIAGNOSING: N_("Being tested"),
    S.NO_FAULT: N_("No fault found"),
    S.QUOTED: N_("Please approve the quote"),
    S.APPROVED: N_("Approved"),
    S.DECLINED: N_("Declined"),
    S.WAITING_PARTS: N_("Waiting for a part until %(date)s"),
    S.REPAIRING: N_("Being repaired"),
    S.QC_PENDING: N_("Final test"),
    S.SITE_SIGNOFF: N_("Please check and sign"),
    S.UNREPAIRABLE: N_("Cannot be repaired – options sent"),
    S.EXCHANGE_PENDING: N_("Exchange in progress"),
    S.READY: N_("Ready for collection"),
    S.RETURNING: N_("On its way back"),
    S.UNCOLLECTED: N_("Please collect"),
    S.DELIVERED: N_("Handed over"),
    S.CLOSED: N_("Closed"),
    S.CANCELLED: N_("Cancelled"),
    S.DISPOSED: N_("Disposed of"),
}


def is_offered(from_state: State, to_state: State, verb: str) -> bool:
    """False for a state of a mode that nobody has built yet, and for a move that the trade knows and we have not built."""
    if to_state not in CARRY_IN_STATES:
        return False
    known = [move for move in MOVES if move.verb == verb and from_state in move.froms and move.to is to_state]
    return not known or any(move.is_offered for move in known)


def verbs_between(from_state: State, to_state: State) -> frozenset[str]:
    """Every verb that may walk an arrow: a quote's refusal, its expiry and a cancellation all end in DECLINED."""
    return frozenset(move.verb for move in MOVES if from_state in move.froms and move.to is to_state)
