"""What somebody may do who took over a shared screen by a PIN: the work of the till, and nothing that another has to answer for.

Whoever approves, countersigns, recounts, voids, closes by force, or goes to another desk signs in with the password.
"""

from __future__ import annotations

BY_PIN = frozenset(
    "workorder.see intake.see workshop.see cashier.see money.see banking.see catalogue.see pricing.see policy.see "
    "people.choose_language people.keep_view people.drop_view "
    "cashier.open_till_session cashier.move_cash cashier.count_till cashier.close_till_session "
    "cashier.draw_bill cashier.take_payment cashier.ask_wallet cashier.cancel_wallet "
    "cashier.print_receipt cashier.open_display cashier.show_bill "
    "cashier.take_deposit cashier.return_deposit cashier.take_parts_deposit cashier.return_parts_deposit "
    "cashier.ask_refund cashier.hand_over cashier.count_wrong_code".split()
)
