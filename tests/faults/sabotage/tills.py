"""What the receipts of the till would miss."""

from __future__ import annotations

from collections.abc import Mapping

from tests.faults.sabotage.ways import Saboteur, instead

PRINTS = "tests/line/cashier/test_printings.py"

# Where the loss of these constraints is seen.
CONSTRAINTS: Mapping[str, str] = {
    PRINTS: (
        "a_receipt_has_one_original a_refunds_receipt_has_one_original what_is_printed_is_a_payment_or_a_refund "
        "a_duplicate_is_printed_for_a_reason no_print_is_left_out what_is_void_is_not_printed a_print_is_never_forgotten"
    ),
}

SABOTEURS: Mapping[str, Saboteur] = {
    "a_duplicate_looks_like_the_original": Saboteur(
        "a receipt that was printed again does not say so",
        instead("guiju.oversight.papers.queries.outcomes", "_mark", lambda _how: None),
        PRINTS,
    ),
    "a_late_payment_joins_todays_drawer": Saboteur(
        "what is written late is counted with a drawer that was opened after it",
        instead(
            "guiju.line.cashier.actions.bills",
            "till_for",
            lambda _method, by, _at: __import__("guiju.line.cashier.queries", fromlist=["x"]).session_of(by),
        ),
        "tests/line/cashier/test_drawer_of_the_moment.py",
    ),
    "numbers_of_the_outlet": Saboteur(
        "the receipts of a till are numbered with those of the outlet",
        instead(
            "guiju.line.cashier.actions.bills",
            "receipt_number",
            lambda series, *, unit, session, at: _of_outlet(series, unit, at),
        ),
        PRINTS,
    ),
}


def _of_outlet(series: str, unit: object, at: object) -> str:
    from guiju.kernel.numbering import next_number

    return next_number(series, unit.code, unit.day(at))  # type: ignore[attr-defined]
