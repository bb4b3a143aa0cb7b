"""Bags, deposits, who is on duty at night, and what somebody has to look at."""

from guiju.line.banking.models.bags import SafeBag
from guiju.line.banking.models.deposits import BankDeposit, CashAlarm
from guiju.line.banking.models.duty import DutyCheck, DutyRoster
from guiju.line.banking.models.statements import BankLine

__all__ = ["BankDeposit", "BankLine", "CashAlarm", "DutyCheck", "DutyRoster", "SafeBag"]
