"""The verbs of banking, by family: bags, the safe, deposits, the night's duty, and what the clock says."""

from guiju.line.banking.actions.alarms import acknowledge, raise_alarm
from guiju.line.banking.actions.bags import (
    count_wrong_password,
    countersign_bag,
    seal_bag,
    unpack_bag,
)
from guiju.line.banking.actions.deposits import bank_it, prepare, prepare_bags, record_nil, take_back
from guiju.line.banking.actions.duty import check_seals, name_officer
from guiju.line.banking.actions.safe import lock_up, report_incident, retrieve, settle_incident
from guiju.line.banking.actions.statements import bring_statement, except_deposit, reconcile, settle_exception

__all__ = [
    "acknowledge",
    "bank_it",
    "bring_statement",
    "check_seals",
    "count_wrong_password",
    "countersign_bag",
    "except_deposit",
    "lock_up",
    "name_officer",
    "prepare",
    "prepare_bags",
    "raise_alarm",
    "reconcile",
    "record_nil",
    "report_incident",
    "retrieve",
    "seal_bag",
    "settle_exception",
    "settle_incident",
    "take_back",
    "unpack_bag",
]
