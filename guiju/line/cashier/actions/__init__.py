"""The verbs of the cashier, by family: the till, bills and payments, refunds, credit, the hand-over."""

from guiju.line.cashier.actions.bills import draw_bill, lock_numbered, take_payment
from guiju.line.cashier.actions.claims import count_wrong_code, release_claim_code
from guiju.line.cashier.actions.closing import (
    close_till_session,
    count_till,
    countersign,
    force_close,
    recount_till,
)
from guiju.line.cashier.actions.credit import (
    approve_credit,
    change_credit,
    close_credit,
    open_credit,
    reject_credit,
    resume_credit,
    suspend_credit,
)
from guiju.line.cashier.actions.delivery import hand_over
from guiju.line.cashier.actions.deposits import return_deposit, take_deposit
from guiju.line.cashier.actions.displays import open_display, show_bill
from guiju.line.cashier.actions.parts_deposits import (
    approve_deposit_back,
    ask_deposit_back,
    return_parts_deposit,
    take_parts_deposit,
)
from guiju.line.cashier.actions.printings import print_receipt
from guiju.line.cashier.actions.refunds import approve_refund, ask_refund, pay_refund, propose_refund, reject_refund
from guiju.line.cashier.actions.tills import add_till, move_cash, open_till_session
from guiju.line.cashier.actions.units import refund_difference, refund_unit
from guiju.line.cashier.actions.voids import void_payment
from guiju.line.cashier.actions.wallet_returns import retry_wallet_return
from guiju.line.cashier.actions.wallets import (
    ask_wallet,
    cancel_wallet,
    match_wallet,
    receive_wallet,
    return_wallet,
)

__all__ = [
    "add_till",
    "approve_credit",
    "approve_deposit_back",
    "approve_refund",
    "ask_deposit_back",
    "ask_refund",
    "ask_wallet",
    "cancel_wallet",
    "change_credit",
    "close_credit",
    "close_till_session",
    "count_till",
    "count_wrong_code",
    "countersign",
    "draw_bill",
    "force_close",
    "hand_over",
    "lock_numbered",
    "match_wallet",
    "move_cash",
    "open_credit",
    "open_display",
    "open_till_session",
    "pay_refund",
    "print_receipt",
    "propose_refund",
    "receive_wallet",
    "recount_till",
    "refund_difference",
    "refund_unit",
    "reject_credit",
    "reject_refund",
    "release_claim_code",
    "resume_credit",
    "retry_wallet_return",
    "return_deposit",
    "return_parts_deposit",
    "return_wallet",
    "show_bill",
    "suspend_credit",
    "take_deposit",
    "take_parts_deposit",
    "take_payment",
    "void_payment",
]
