"""Bags, deposits, who is on duty at night, what goes from hand to hand, petty cash, and what somebody has to look at."""

from guiju.line.banking.models.bags import SafeBag
from guiju.line.banking.models.deposits import BankDeposit, CashAlarm
from guiju.line.banking.models.duty import DutyCheck, DutyRoster
from guiju.line.banking.models.hand_overs import CashHandOver, HandedReceipt
from guiju.line.banking.models.petty import PettyBox, PettyEntry, PettyExpense
from guiju.line.banking.models.settlements import TenderSettlement
from guiju.line.banking.models.statements import BankLine

__all__ = [
    "BankDeposit", "BankLine", "CashAlarm", "CashHandOver", "DutyCheck", "DutyRoster", "HandedReceipt", "PettyBox", "PettyEntry",
    "PettyExpense", "SafeBag", "TenderSettlement",
]  # fmt: skip
