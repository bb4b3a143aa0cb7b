"""What the credit accounts would miss."""

from __future__ import annotations

from collections.abc import Mapping

from tests.faults.sabotage.ways import Saboteur, instead

RECEIVABLES = "tests/line/receivables"

# Where the loss of these constraints is seen.
CONSTRAINTS: Mapping[str, str] = {
    RECEIVABLES: (
        "a_debt_only_falls no_more_of_a_debt_is_paid_than_it_was a_debt_is_never_forgotten "
        "a_debt_is_what_was_put_on_credit what_is_collected_lies_in_a_till_or_has_its_reference "
        "cash_is_collected_in_an_open_till_of_the_outlet a_collection_pays_debts_of_its_own_account "
        "a_collection_pays_a_debt_once a_collection_is_never_edited credit_is_approved_before_use "
        "a_credit_account_is_in_a_known_state a_pause_is_ended_once_and_else_stays"
    ),
}

SABOTEURS: Mapping[str, Saboteur] = {
    "late_on_credit": Saboteur(
        "who is late, or suspended, buys on and takes it home",
        instead("guiju.line.cashier.actions.owing", "stands_against", lambda _account, _on: None),
        RECEIVABLES,
    ),
    "reminded_for_ever": Saboteur(
        "a customer is written to again and again of the same debt",
        instead("guiju.line.receivables.rules", "level", lambda _days, _levels: 3),
        RECEIVABLES,
    ),
}
