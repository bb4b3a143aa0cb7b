"""What cash from hand to hand, and petty cash, would miss."""

from __future__ import annotations

from collections.abc import Mapping

from tests.faults.sabotage.ways import Saboteur, instead

POUCHES, PETTY = "tests/line/banking/test_pouches.py", "tests/line/banking/test_petty.py"
FIELD = "tests/desks/field/test_field.py"

# Where the loss of these constraints is seen.
CONSTRAINTS: Mapping[str, str] = {
    POUCHES: (
        "nobody_gives_cash_while_something_is_on_the_way nobody_takes_cash_while_something_is_on_the_way"
        " cash_does_not_cross_between_two a_hand_over_is_signed_by_two"
        " a_pouch_that_differs_is_explained why_cash_was_not_taken_is_said what_was_offered_stays_as_it_was_offered"
        " nobody_hands_cash_to_themselves"
    ),
    PETTY: (
        "a_petty_box_code_is_used_once_in_an_outlet a_petty_expense_has_its_reason_and_its_paper a_paper_is_paid_once_out_of_a_box"
        " nobody_approves_their_own_petty_expense nobody_fills_or_counts_their_own_petty_box"
        " a_petty_count_that_differs_has_its_reason"
    ),
}

SABOTEURS: Mapping[str, Saboteur] = {
    "a_pouch_without_a_limit": Saboteur(
        "a technician walks about with whatever was paid",
        instead("guiju.line.cashier.actions.bills", "refuse_full_pouch", lambda *_a: None),
        POUCHES,
    ),
    "a_deposit_banked_while_it_is_offered": Saboteur(
        "who has offered a deposit to another brings it to the bank meanwhile",
        instead("guiju.line.banking.models.hand_overs:HandOvers", "under_way", lambda rows: rows.none()),
        POUCHES,
    ),
    "a_pouch_that_is_never_late": Saboteur(
        "nobody hears of cash that is not handed in",
        instead("guiju.line.banking.queries.pouches", "late", lambda *_a: []),
        POUCHES,
    ),
    "a_counter_who_reads_the_pouch": Saboteur(
        "whoever counts a pouch reads before what must come out",
        instead("guiju.line.banking.models.hand_overs:CashHandOver", "is_blind", False),
        FIELD,
    ),
    "petty_cash_out_of_nothing": Saboteur(
        "more is spent than lies in the box",
        instead("guiju.line.banking.actions.petty", "lies_in", lambda _box: 10**9),
        PETTY,
    ),
    "anybodys_signature": Saboteur(
        "cash is taken without the own password",
        instead("guiju.standing.people.actions", "refuse_wrong_password", lambda **_k: None),
        POUCHES,
    ),
}
