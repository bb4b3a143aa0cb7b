"""The verbs of banking, by family: bags, the safe, deposits, hand-overs, petty cash, the night's duty, and what the clock says."""

from guiju.line.banking.actions.alarms import acknowledge, raise_alarm
from guiju.line.banking.actions.bags import (
    count_wrong_password,
    countersign_bag,
    seal_bag,
    unpack_bag,
)
from guiju.line.banking.actions.deposits import bank_it, prepare, prepare_bags, record_nil, take_back
from guiju.line.banking.actions.duty import check_seals, name_officer
from guiju.line.banking.actions.hand_overs import (
    accept_cash,
    count_pouch,
    count_wrong_signature,
    explain_difference,
    offer_deposit,
    offer_pouch,
    refuse_cash,
    withdraw_cash,
)
from guiju.line.banking.actions.petty import (
    approve_petty,
    close_petty_box,
    count_petty,
    name_petty_keeper,
    open_petty_box,
    reject_petty,
    spend_petty,
    top_up_petty,
)
from guiju.line.banking.actions.safe import lock_up, report_incident, retrieve, settle_incident
from guiju.line.banking.actions.settlements import settle_tender
from guiju.line.banking.actions.statements import bring_statement, except_deposit, reconcile, settle_exception

__all__ = [
    "accept_cash",
    "acknowledge",
    "approve_petty",
    "bank_it",
    "bring_statement",
    "check_seals",
    "close_petty_box",
    "count_petty",
    "count_pouch",
    "count_wrong_password",
    "count_wrong_signature",
    "countersign_bag",
    "except_deposit",
    "explain_difference",
    "lock_up",
    "name_officer",
    "name_petty_keeper",
    "offer_deposit",
    "offer_pouch",
    "open_petty_box",
    "prepare",
    "prepare_bags",
    "raise_alarm",
    "reconcile",
    "record_nil",
    "refuse_cash",
    "reject_petty",
    "report_incident",
    "retrieve",
    "seal_bag",
    "settle_exception",
    "settle_incident",
    "settle_tender",
    "spend_petty",
    "take_back",
    "top_up_petty",
    "unpack_bag",
    "withdraw_cash",
]
