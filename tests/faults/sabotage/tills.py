"""What the receipts of the till would miss."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from tests.faults.sabotage.ways import Saboteur, instead

PRINTS = "tests/line/cashier/test_printings.py"
TAXES = "tests/line/cashier/test_taxes.py"
DISPLAYS = "tests/line/cashier/test_displays.py"

# Where the loss of these constraints is seen.
CONSTRAINTS: Mapping[str, str] = {
    PRINTS: (
        "a_receipt_has_one_original a_refunds_receipt_has_one_original what_is_printed_is_a_payment_or_a_refund "
        "a_duplicate_is_printed_for_a_reason no_print_is_left_out what_is_void_is_not_printed a_print_is_never_forgotten"
    ),
    TAXES: "a_bill_line_is_net_and_tax_and_discount the_tax_of_a_bill_line_is_of_its_rate",
    DISPLAYS: (
        "what_is_shown_as_given_is_for_a_bill what_is_shown_has_its_moment a_till_shows_the_bills_of_its_own_outlet"
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
    "a_rounding_a_line": Saboteur(
        "the tax is rounded line by line, so the parts are not the whole",
        instead(
            "guiju.line.cashier.rules.taxes",
            "allocate",
            lambda total, weights: [total * each // (sum(weights) or 1) for each in weights],
        ),
        TAXES,
    ),
    "a_screen_that_anybody_guesses": Saboteur(
        "the address of a till's screen needs no signature",
        instead("guiju.kernel.secrets", "read_sticker", lambda _purpose, token: int(token.partition("-")[0])),
        DISPLAYS,
    ),
    "a_bill_stays_on_the_screen": Saboteur(
        "the next customer reads the last one's bill",
        instead("guiju.line.cashier.queries.displays", "BILL_FOR", timedelta(days=1)),
        DISPLAYS,
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
