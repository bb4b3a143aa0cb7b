"""What wallets, rounded cash and refunds by another tender would miss."""

from __future__ import annotations

from collections.abc import Mapping

from tests.faults.sabotage.ways import Saboteur, instead

WALLETS = "tests/line/cashier/test_wallets.py"
ROUNDING = "tests/line/cashier/test_rounding.py"

# Where the loss of these constraints is seen.
CONSTRAINTS: Mapping[str, str] = {
    WALLETS: (
        "a_bill_waits_for_one_wallet_payment a_number_of_a_wallet_pays_once a_payment_by_wallet_names_it "
        "one_tender_at_a_time_settles_a_bill a_wallet_pays_what_it_was_asked_for a_payment_of_a_wallet_answers_one_request "
        "what_a_wallet_paid_has_its_number what_a_wallet_paid_is_never_forgotten a_payers_code_is_not_kept "
        "what_a_wallet_was_asked_never_changes a_wallet_request_is_never_erased a_wallet_gives_back_no_more_than_it_paid "
        "what_goes_back_by_a_wallet_never_changes"
    ),
    ROUNDING: "nothing_but_cash_is_rounded a_refund_by_another_tender_was_approved_so",
}

SABOTEURS: Mapping[str, Saboteur] = {
    "unsigned_notification": Saboteur(
        "whoever posts to the door of a wallet is believed",
        instead("guiju.line.cashier.actions.providers.alipay", "check", lambda *_said: None),
        WALLETS,
    ),
    "pending_at_the_count": Saboteur(
        "a till is counted while a wallet may still pay into it",
        instead("guiju.line.cashier.actions.closing", "refuse_while_asked", lambda _session: None),
        WALLETS,
    ),
    "refund_by_any_tender": Saboteur(
        "what was approved for the card goes back in cash",
        instead("guiju.line.cashier.actions.refunds", "_another", lambda _payment, _method: ""),
        ROUNDING,
    ),
}
