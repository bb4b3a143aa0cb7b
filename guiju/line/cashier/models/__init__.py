"""Tills and their sessions, bills, payments, refunds, deposits, credit, and the hand-over."""

from guiju.line.cashier.models.bills import Bill, BillLine, Payment, Refund
from guiju.line.cashier.models.debts import Debt, Debts
from guiju.line.cashier.models.delivery import ClaimGuard, HandOver
from guiju.line.cashier.models.deposits import LoanDeposit, PartsDeposit
from guiju.line.cashier.models.displays import Display
from guiju.line.cashier.models.printings import Printing
from guiju.line.cashier.models.tills import CashMovement, CreditAccount, Till, TillCount, TillSession
from guiju.line.cashier.models.voids import Void
from guiju.line.cashier.models.wallets import WalletRequest, WalletRequests, WalletReturn

__all__ = [
    "Bill",
    "BillLine",
    "CashMovement",
    "ClaimGuard",
    "CreditAccount",
    "Debt",
    "Debts",
    "Display",
    "HandOver",
    "LoanDeposit",
    "PartsDeposit",
    "Payment",
    "Printing",
    "Refund",
    "Till",
    "TillCount",
    "TillSession",
    "Void",
    "WalletRequest",
    "WalletRequests",
    "WalletReturn",
]
