"""What the books of stock and money would miss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.faults.sabotage.ways import Saboteur, instead


def _naive_books() -> None:
    """Balances as one would keep them at first: read, reckon, write; and nothing is locked meanwhile."""
    from guiju.kernel import ledger

    write = ledger._write

    def read_then_write(move_model: Any, lines: Any, changes: Mapping[int, int], **about: Any) -> Any:
        accounts = type(lines[0].source)._base_manager
        for pk, change in changes.items():
            accounts.filter(pk=pk).update(balance=accounts.get(pk=pk).balance + change)
        return write(move_model, lines, {}, **about)

    def unlocked(accounts: Any) -> dict[int, Any]:
        rows = list(accounts)
        return {row.pk: row for row in type(rows[0])._base_manager.filter(pk__in={row.pk for row in rows})}

    vars(ledger).update(_write=read_then_write, lock=unlocked)


# Where the loss of these constraints is seen.
CONSTRAINTS: Mapping[str, str] = {
    "tests/books/stock/test_stock.py": (
        "stockaccount_has_a_bottom stockaccount_holds_no_less_than_nothing stockaccount_keeps_its_place "
        "stockmove_says_why stockmove_is_never_changed stockmove_is_booked_once stockmove_is_of_one_part "
        "stockmove_period_is_open a_bin_stands_still_once a_standstill_ends_after_it_starts a_standstill_ends_once "
        "a_standstill_is_kept stockmove_waits_for_the_count_of_its_bin stockmove_is_later_than_the_count_of_its_bin "
        "bin_keeps_its_store stockaccount_bin_is_of_its_unit stockaccount_is_a_known_place stockaccount_lies_in_a_bin "
        "stockaccount_names_its_job stockaccount_one_a_bin stockaccount_one_a_place stockmove_goes_somewhere_else "
        "stockmove_has_a_document stockmove_is_of_a_known_kind stockmove_moves_something"
    ),
    "tests/books/money/test_money.py": (
        "moneyaccount_has_a_bottom moneyaccount_holds_no_less_than_nothing moneymove_is_of_one_currency "
        "moneymove_is_never_changed moneymove_stays_in_its_unit moneymove_period_is_open closedperiod_stays_closed "
        "moneyaccount_is_a_known_place moneyaccount_is_in_real_money moneyaccount_keeps_its_place "
        "moneyaccount_one_a_place moneymove_is_of_a_known_kind moneymove_moves_something"
    ),
    "tests/books/stock/test_pieces.py": (
        "stockmove_keeps_owner_and_lot stockaccount_is_of_a_known_owner stockaccount_promises_no_customers_part "
        "lot_is_never_changed serial_is_in_one_place serial_is_where_its_part_can_be serialmove_is_never_changed"
    ),
    "tests/books/stock/test_card.py": "stockmove_names_its_part",
}

SABOTEURS: Mapping[str, Saboteur] = {
    "naive_stock": Saboteur(
        "what lies on a shelf is read and then written",
        _naive_books,
        "tests/books/stock/test_the_last_part.py",
        on_postgresql=True,
    ),
    "a_cent_between_stores": Saboteur(
        "the stores of an outlet need not sum to its worth",
        instead(
            "guiju.books.stock.queries.valuing",
            "allocate",
            lambda total, weights: [total // len(weights)] * len(weights),
        ),
        "tests/desks/stores/test_worth.py",
    ),
}
