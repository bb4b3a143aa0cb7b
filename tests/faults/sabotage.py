"""Saboteurs: each takes one control away, and the run fails unless some test notices (`./run campaign sabotage`).

SABOTAGE=name   in the environment of a test run, takes that control away before the tables are made; never outside the tests
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any


@dataclass(frozen=True, slots=True)
class Saboteur:
    """One control, how it is taken away, and where it should be missed.

    on_postgresql   SQLite lets one write at a time, so the loss is seen there alone
    """

    control: str
    commit: Callable[[], None]
    missed_in: str
    on_postgresql: bool = False


def _without(name: str) -> Callable[[], None]:
    """Let the database hold no such constraint."""

    def commit() -> None:
        from django.apps import apps

        held = [(model, each) for model in apps.get_models() for each in model._meta.constraints if each.name == name]
        assert held, f"No model has a constraint {name}"
        for model, constraint in held:
            options: Any = model._meta
            options.constraints = [each for each in options.constraints if each is not constraint]

    return commit


def _instead(path: str, name: str, value: Any) -> Callable[[], None]:
    """Put something else in its place: in a module, or in a class of it after the colon."""

    def commit() -> None:
        from importlib import import_module

        module, _, inside = path.partition(":")
        where = import_module(module)
        if inside:
            where = getattr(where, inside)
        assert hasattr(where, name), f"{path} has no {name}"
        setattr(where, name, value)

    return commit


def _setting(**changed: Any) -> Callable[[], None]:
    def commit() -> None:
        from django.conf import settings

        for name, value in changed.items():
            setattr(settings, name, value)

    return commit


def _no_middleware(ending: str) -> Callable[[], None]:
    def commit() -> None:
        from django.conf import settings

        kept = [each for each in settings.MIDDLEWARE if not each.endswith(ending)]
        assert len(kept) == len(settings.MIDDLEWARE) - 1
        settings.MIDDLEWARE = kept

    return commit


def _everywhere(_actor: Any, _verb: str) -> Any:
    from guiju.kernel.actor import EVERYTHING

    return EVERYTHING


def _whatever_was_asked(_request: Any, kept: Any) -> Any:
    return json.loads(kept.answer)


def _kept_raw(file: Any, *, by: Any, at: Any, on: Any = None, **about: Any) -> Any:
    from guiju.kernel import evidence

    raw = evidence._read(file, evidence.PHOTO_BYTES_MAX, "photo")
    return evidence._keep(raw, (1, 1), "image/jpeg", on=on, by=by, at=at, **about)


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


def _policies(change: Callable[[str], str]) -> Callable[[], None]:
    """Row level security is installed in other words."""

    def commit() -> None:
        from guiju.kernel import isolation

        install = isolation._statements

        def changed(model: Any) -> tuple[str, ...]:
            statements = install(model)
            # Not every table is published: it is enough that some statement is another one.
            return tuple(filter(None, map(change, statements)))

        isolation._statements = changed

    return commit


def _replaced(pattern: str, by: str) -> Callable[[], None]:
    return _policies(lambda statement: re.sub(pattern, by, statement))


def _the_role(clause: str) -> Callable[[], None]:
    """The app's role is made with more than it needs."""

    def commit() -> None:
        from guiju.conf import roles

        making = roles.making

        def generous(role: str, password: str, *, is_there: bool) -> Iterator[str]:
            yield from making(role, password, is_there=is_there)
            yield clause.format(role=roles.quoted(role))

        roles.making = generous

    return commit


def _unasked(question: str) -> Callable[[], None]:
    """One weakness of the database is not looked for at the start."""

    def commit() -> None:
        from guiju.conf import weaknesses

        kept = tuple(ask for ask in weaknesses.QUESTIONS if ask.__name__ != question)
        assert len(kept) == len(weaknesses.QUESTIONS) - 1
        weaknesses.QUESTIONS = kept

    return commit


def _strangers_see_all() -> None:
    from guiju.kernel import reach

    text_of = reach.text_of
    reach.text_of = lambda actor: reach.EVERYWHERE if actor is None else text_of(actor)


def _without_saying(me: Any, query: Any, params: Any = None, **options: Any) -> Any:
    from django.db.backends.postgresql import base

    # The stubs know this class on some machines only.
    cursors: Any = base
    return cursors.ServerSideCursor.execute(me, query, params, **options)


_NO_TRANSACTION = SimpleNamespace(atomic=lambda **_how: nullcontext())
PIECES, TRANSFERS = "tests/books/stock/test_pieces.py", "tests/readiness/transfers/test_transfers.py"
STOCK, MONEY, TRAIL = "tests/books/stock/test_stock.py", "tests/books/money/test_money.py", "tests/kernel/test_trail.py"
DEED, FAILING, APPROVAL = "tests/kernel/test_deed.py", "tests/conf/test_failing.py", "tests/kernel/test_approval.py"
BILLS, TILL_DESK = "tests/line/cashier/test_bills.py", "tests/line/cashier"
VOIDS, RECEIVABLES = "tests/line/cashier/test_voids.py", "tests/line/receivables"
DEPOSITS = "tests/line/cashier/test_parts_deposits.py"
QUALITY, QUOTES = "tests/line/quality/test_inspections.py", "tests/line/workshop/test_quotes.py"
EXCHANGES, REGISTRATIONS = "tests/line/exchange/test_constraints.py", "tests/line/registration"
COME_BACKS = "tests/line/workorder/test_come_back.py"
ORDERS, INTAKE = "tests/line/workorder/test_constraints.py", "tests/line/intake"
SCORING, EDITIONS = "tests/line/telephone/test_scoring.py", "tests/line/telephone/test_editions.py"
ENDPOINTS, EVIDENCE = "tests/oversight/webhooks/test_endpoints.py", "tests/kernel/test_evidence.py"
TYPED = "tests/desks/common/test_typed.py"
HOSTILE = "tests/faults/test_hostile_uploads.py"
CUSTODY = "tests/readiness/custody/test_sessions.py"
REQUISITIONS = "tests/readiness/requisitions/test_requisitions.py"
TAKINGS, HOURS = "tests/line/banking/test_takings.py", "tests/line/banking/test_hours.py"
COUNTS = "tests/readiness/counting/test_counts.py"
UPKEEP = "tests/readiness/upkeep/test_upkeep.py"
ISOLATION, WEAKNESSES = "tests/conf/test_isolation.py", "tests/conf/test_weaknesses.py"

# What the database holds true, and where its loss would be seen.
CONSTRAINTS: Mapping[str, str] = {
    "a_part_fits_a_model_once": "tests/standing/catalogue/test_fitting.py",
    "a_part_fits_models_of_its_lines": "tests/standing/catalogue/test_fitting.py",
    "stockaccount_has_a_bottom": STOCK,
    "stockaccount_holds_no_less_than_nothing": STOCK,
    "stockaccount_keeps_its_place": STOCK,
    "stockmove_says_why": STOCK,
    "stockmove_is_never_changed": STOCK,
    "stockmove_is_booked_once": STOCK,
    "stockmove_is_of_one_part": STOCK,
    "stockmove_period_is_open": STOCK,
    **dict.fromkeys(
        "a_bin_stands_still_once a_standstill_ends_after_it_starts a_standstill_ends_once a_standstill_is_kept"
        " stockmove_waits_for_the_count_of_its_bin stockmove_is_later_than_the_count_of_its_bin".split(),
        STOCK,
    ),
    "moneyaccount_has_a_bottom": MONEY,
    "moneyaccount_holds_no_less_than_nothing": MONEY,
    "moneymove_is_of_one_currency": MONEY,
    "moneymove_is_never_changed": MONEY,
    "moneymove_stays_in_its_unit": MONEY,
    "moneymove_period_is_open": MONEY,
    "work_order_is_the_only_open_one_of_its_appliance": ORDERS,
    "loaner_is_lent_to_one_order_at_a_time": INTAKE,
    "work_order_over_never_changes": ORDERS,
    "work_order_promise_never_changes_silently": "tests/line/workorder",
    "work_order_first_promise_never_changes": ORDERS,
    "work_order_outcome_is_set_once": ORDERS,
    "work_order_ends_with_an_outcome": ORDERS,
    "custody_is_never_rewritten": "tests/line/workorder",
    "a_till_has_one_open_session": BILLS,
    "a_bill_stays_within_what_was_approved": TILL_DESK,
    "refunds_stay_within_their_payment": TILL_DESK,
    "credit_stays_within_its_limit": TILL_DESK,
    "cash_goes_into_an_open_till": TILL_DESK,
    **dict.fromkeys(
        "a_debt_only_falls no_more_of_a_debt_is_paid_than_it_was a_debt_is_never_forgotten a_debt_is_what_was_put_on_credit"
        " what_is_collected_lies_in_a_till_or_has_its_reference cash_is_collected_in_an_open_till_of_the_outlet"
        " a_collection_pays_debts_of_its_own_account a_collection_pays_a_debt_once a_collection_is_never_edited"
        " credit_is_approved_before_use a_credit_account_is_in_a_known_state a_pause_is_ended_once_and_else_stays".split(),
        RECEIVABLES,
    ),
    **dict.fromkeys(
        "a_payment_is_void_before_its_till_is_counted what_went_back_cannot_be_void a_void_payment_is_not_refunded"
        " a_payment_is_void_for_a_reason a_void_is_never_edited".split(),
        VOIDS,
    ),
    **dict.fromkeys(
        "a_bag_is_sealed_by_two a_bag_holds_something what_is_in_a_bag_is_worth_its_amount a_bag_in_the_safe_names_who_put_it_there"
        " a_bag_at_the_bank_is_of_a_deposit a_bag_on_the_way_has_its_carrier a_bag_goes_through_the_safes_door_by_two"
        " what_is_deposited_is_worth_its_amount a_deposit_at_the_bank_has_its_slip nobody_carries_much_alone"
        " why_a_deposit_came_back_is_said a_deposit_is_something_or_said_to_be_nil what_was_sealed_stays_as_it_was_sealed"
        " what_was_prepared_stays_as_it_was_prepared nobody_is_their_own_escort who_carried_a_deposit_does_not_confirm_it"
        " an_exception_is_settled_by_somebody_else who_was_on_duty_stays_who_was_on_duty"
        " who_puts_a_bag_in_the_safe_is_not_on_duty a_bag_number_is_used_once_in_an_outlet a_slip_is_of_one_deposit"
        " one_bag_of_a_till_waits_for_its_second_signature".split(),
        TAKINGS,
    ),
    **dict.fromkeys(
        "work_order_owes_a_deposit_while_parts_may_be_ordered work_order_over_holds_no_deposit"
        " a_part_is_ordered_once_its_deposit_is_left a_quotes_deposit_is_held_once a_deposit_is_no_more_than_was_agreed"
        " a_deposit_is_credited_or_given_back_to_the_cent a_deposit_goes_back_for_a_reason"
        " cash_of_a_deposit_goes_back_against_a_signature a_deposit_goes_back_by_card_under_a_number"
        " a_deposit_goes_back_the_way_it_came_or_by_the_bank a_parts_deposit_is_settled_once a_parts_deposit_is_never_edited"
        " a_cash_parts_deposit_goes_into_an_open_till a_parts_deposit_by_card_has_its_reference"
        " a_payment_out_of_a_deposit_names_it a_deposit_pays_the_bill_of_its_own_job".split(),
        DEPOSITS,
    ),
    "a_charged_price_is_in_the_published_range": "tests/line/cashier/test_bills.py",
    **dict.fromkeys(
        "somebody_else_counts_again a_count_is_never_edited cash_moves_in_an_open_till a_till_is_counted_before_it_is_closed"
        " who_closes_for_another_says_why a_closing_is_countersigned_by_another a_session_is_never_erased"
        " no_more_float_leaves_than_came a_closed_session_is_never_reopened".split(),
        "tests/line/cashier/test_closing.py",
    ),
    **dict.fromkeys(
        "a_cash_day_is_made_once a_cash_day_says_who_closed_it a_cash_day_is_never_rewritten a_cash_day_is_closed_once".split(),
        "tests/oversight/reports/test_cash_days.py",
    ),
    **dict.fromkeys(
        "requisition_is_handed_out_once_signed requisition_is_signed_by_another requisition_is_handed_out_by_a_third"
        " requisition_keeps_who_asked_and_signed requisitionline_gives_no_more_than_signed requisitionline_is_handed_out_once_signed"
        " requisitionline_takes_back_no_more_than_given requisitionline_is_what_was_signed".split(),
        REQUISITIONS,
    ),
    **dict.fromkeys(
        "an_old_part_is_in_a_known_state an_old_part_away_was_sent_in_a_parcel an_old_part_is_destroyed_by_two"
        " a_missing_old_part_is_charged a_credit_names_its_note what_was_examined_was_in_the_sample what_is_charged_is_chargeable"
        " a_return_batch_is_in_a_known_state a_return_batch_has_its_waybill a_return_batch_is_opened_by_another"
        " a_return_batch_over_never_changes".split(),
        "tests/line/storeroom/test_old_parts.py",
    ),
    **dict.fromkeys(
        "a_store_report_is_made_once a_store_report_is_of_a_known_period a_store_report_says_who_confirmed_it"
        " a_store_report_is_never_rewritten a_store_report_is_confirmed_once".split(),
        "tests/oversight/reports/test_reports.py",
    ),
    "an_issued_quote_keeps_its_lines": QUOTES,
    "fitted_and_returned_parts_were_issued": "tests/line/storeroom",
    "nobody_inspects_their_own_repair": QUALITY,
    "an_inspection_is_never_edited": QUALITY,
    "a_self_check_was_allowed": "tests/desks/test_one_person_shop.py",
    "nobody_scores_their_own_call": SCORING,
    "call_mark_is_never_rewritten": SCORING,
    "voice_menu_once_published_is_never_edited": EDITIONS,
    "voice_menu_once_published_is_never_lost": EDITIONS,
    "call_back_once_ended_stays_ended": "tests/line/telephone/test_call_backs.py",
    "call_has_one_record_per_system": "tests/line/telephone/test_calls.py",
    **dict.fromkeys(
        "a_supplier_is_admitted_by_another_person a_supplier_asks_one_price_a_day a_price_of_the_past_is_never_edited"
        " a_supplier_has_one_account_to_verify an_account_is_never_edited an_account_is_verified_by_a_second_person"
        " a_purchase_is_approved_by_another_person nobody_approves_a_line_of_their_own a_purchase_line_is_fixed_once_approved"
        " a_review_is_by_somebody_who_had_no_part".split(),
        "tests/readiness/supply/test_asking.py",
    ),
    **dict.fromkeys(
        "an_award_has_its_quotes_or_its_exception an_exception_is_made_by_another_person no_more_is_ordered_than_was_approved"
        " only_the_central_buyer_buys_central_parts a_supplier_offers_once an_order_is_approved_by_another_person"
        " whoever_asked_does_not_approve_the_order an_order_goes_to_whoever_won a_line_is_bought_at_the_price_that_won"
        " no_more_comes_than_was_ordered what_is_inspected_has_come no_more_is_paid_than_was_accepted what_was_ordered_may_come"
        " accepted_and_rejected_are_what_came a_dear_delivery_is_seen_by_two the_receiver_had_no_hand_in_the_order"
        " a_delivery_note_is_received_once what_is_paid_was_matched the_payer_had_no_hand_in_the_purchase"
        " an_invoice_of_a_supplier_is_entered_once a_sent_order_is_cancelled_with_the_supplier a_part_is_bought_centrally_once"
        " money_goes_to_a_verified_account an_order_line_is_what_was_approved the_buyer_neither_asks_nor_approves".split(),
        "tests/readiness/supply/test_buying.py",
    ),
    "nobody_certifies_themself": "tests/readiness/academy",
    **dict.fromkeys(
        "a_count_is_approved_before_it_is_booked a_difference_is_explained_before_it_is_approved a_count_has_two_counters"
        " a_count_is_handed_in_before_it_is_judged a_count_is_in_a_known_state a_count_is_of_a_known_kind a_spot_check_says_why"
        " the_keeper_counts_no_whole_store a_store_is_handed_over_to_another a_count_is_frozen_before_it_is_counted"
        " a_count_is_of_its_stores_unit a_count_once_over_never_changes a_bin_is_in_one_open_count a_bin_is_once_in_a_count"
        " a_bin_set_free_stays_free a_counted_bin_is_in_a_known_state a_sheet_once_ended_never_changes an_ended_sheet_keeps_its_lines"
        " a_bin_is_counted_by_a_counter_of_its_count nobody_counts_what_they_approved an_unknown_scan_is_kept"
        " a_counted_line_says_what_was_expected a_difference_has_its_cause_and_who_answers_for_it"
        " a_line_of_a_count_that_is_over_never_changes a_part_stands_once_in_a_counted_bin an_approval_of_a_count_stays"
        " nobody_approves_what_they_kept_or_counted a_count_is_approved_by_different_people".split(),
        COUNTS,
    ),
    **dict.fromkeys(
        "a_plan_is_reckoned_by_a_known_rule a_plan_stays_as_it_was_reckoned a_suggestion_is_of_a_known_kind"
        " a_suggestion_stays_as_it_was_reckoned a_part_is_suggested_once_in_a_plan another_level_than_suggested_has_a_reason"
        " a_decision_is_about_what_was_suggested a_suggestion_is_answered_for_good a_level_is_what_somebody_decided"
        " a_part_has_one_level_in_a_store a_part_has_one_minimum_in_a_store a_minimum_keeps_something_and_says_why".split(),
        "tests/readiness/planning/test_planning.py",
    ),
    "an_outlet_alone_is_filled_by_another_store": "tests/readiness/planning/test_echelons.py",
    "nobody_grants_a_role_to_themself": "tests/standing/people",
    "a_revoked_key_stays_revoked": "tests/standing/people",
    "a_unit_keeps_its_place": "tests/standing/people/test_units.py",
    "price_lists_of_one_scope_never_overlap": "tests/standing/pricing",
    "price_list_author_is_not_its_approver": "tests/standing/pricing",
    "price_list_once_published_is_never_edited": "tests/standing/pricing",
    "a_value_once_set_is_never_edited": "tests/standing/policy",
    "a_figure_has_one_value_a_day": "tests/standing/policy/test_figures.py",
    "warranty_terms_are_never_edited": "tests/standing/warranty",
    "what_a_webhook_says_is_never_changed": ENDPOINTS,
    "what_was_revoked_hears_nothing_more": ENDPOINTS,
    "approval_by_two_persons": APPROVAL,
    "approval_content_is_never_changed": APPROVAL,
    "approval_names_who_decided": APPROVAL,
    "approval_one_alive_a_subject": APPROVAL,
    "asked_signature_is_given_and_taken_once": "tests/kernel/test_signing.py",
    "trail_entry_is_never_changed": DEED,
    "trail_seal_is_never_changed": TRAIL,
    "trail_seal_never_forks": TRAIL,
    "news_once_told_is_never_changed": "tests/kernel/test_refusing.py",
    "evidence_is_never_changed": EVIDENCE,
    "delivery_once_a_reaction": "tests/kernel/test_news.py",
    "counter_never_goes_back": "tests/kernel/test_numbering.py",
    "a_person_is_warned_of_a_promise_once": "tests/oversight/notices/test_warnings.py",
    "a_person_is_warned_of_a_part_once": "tests/oversight/notices/test_warnings.py",
    **dict.fromkeys(
        "a_person_is_warned_of_a_wall_once a_person_is_warned_of_a_bare_wall_once a_wall_warning_is_of_a_known_step"
        " a_wall_warning_is_never_rewritten".split(),
        "tests/oversight/notices/test_walls.py",
    ),
    "a_machine_has_one_leaflet_in_its_box": "tests/desks/track/test_prices.py",
    **dict.fromkeys(
        "display_proof_is_of_a_list_in_force display_proof_photo_is_of_that_wall a_photo_of_a_wall_proves_once"
        " display_proof_stays_as_it_was_shown".split(),
        "tests/standing/pricing/test_displays.py",
    ),
    "a_person_has_a_name": "tests/standing/people/test_staff.py",
    "bin_keeps_its_store": STOCK,
    "brand_has_a_name": "tests/standing/catalogue/test_lists.py",
    "call_score_is_of_the_one_who_spoke": SCORING,
    "closedperiod_stays_closed": MONEY,
    "moneyaccount_is_a_known_place": MONEY,
    "moneyaccount_is_in_real_money": MONEY,
    "moneyaccount_keeps_its_place": MONEY,
    "moneyaccount_one_a_place": MONEY,
    "moneymove_is_of_a_known_kind": MONEY,
    "moneymove_moves_something": MONEY,
    "stockaccount_bin_is_of_its_unit": STOCK,
    "stockaccount_is_a_known_place": STOCK,
    "stockaccount_lies_in_a_bin": STOCK,
    "stockaccount_names_its_job": STOCK,
    "stockaccount_one_a_bin": STOCK,
    "stockaccount_one_a_place": STOCK,
    "stockmove_goes_somewhere_else": STOCK,
    "stockmove_keeps_owner_and_lot": PIECES,
    "stockaccount_is_of_a_known_owner": PIECES,
    "stockaccount_promises_no_customers_part": PIECES,
    "lot_is_never_changed": PIECES,
    "serial_is_in_one_place": PIECES,
    "serial_is_where_its_part_can_be": PIECES,
    "serialmove_is_never_changed": PIECES,
    "stockmove_names_its_part": "tests/books/stock/test_card.py",
    "part_is_not_its_own_successor": "tests/standing/catalogue/test_lists.py",
    "transferline_sends_no_more_than_asked": TRANSFERS,
    "transferline_receives_no_more_than_sent": TRANSFERS,
    "transferline_asks_for_something": TRANSFERS,
    "transfer_goes_to_another_store": TRANSFERS,
    "transfer_says_what_for": TRANSFERS,
    "transfer_is_in_a_known_state": TRANSFERS,
    "transfer_that_ended_says_when": TRANSFERS,
    "transfer_under_way_was_sent_by_somebody": TRANSFERS,
    "transfer_not_sent_says_why": TRANSFERS,
    "transfer_closes_with_nothing_on_the_way": TRANSFERS,
    "arrival_is_never_changed": TRANSFERS,
    "arrival_is_of_something": TRANSFERS,
    "transferline_of_a_part_stands_once": TRANSFERS,
    "loss_is_declared_by_a_second_person": TRANSFERS,
    "loss_says_why": TRANSFERS,
    "loss_is_of_something": TRANSFERS,
    "loss_has_a_known_cause": TRANSFERS,
    "loss_is_never_changed": TRANSFERS,
    "stockmove_has_a_document": STOCK,
    "stockmove_is_of_a_known_kind": STOCK,
    "stockmove_moves_something": STOCK,
    "work_order_billing_is_known": ORDERS,
    "work_order_channel_is_known": ORDERS,
    "work_order_coverage_is_known": ORDERS,
    "work_order_custody_is_known": ORDERS,
    "work_order_delivered_has_its_time": ORDERS,
    "work_order_fee_collection_is_known": ORDERS,
    "work_order_hold_is_known_and_has_a_reason": ORDERS,
    "work_order_holds_what_it_received": ORDERS,
    "work_order_is_registered_with_a_promise": ORDERS,
    "work_order_mode_is_known": ORDERS,
    "work_order_over_holds_no_appliance": ORDERS,
    "work_order_priority_is_known": ORDERS,
    "work_order_ready_has_its_time": ORDERS,
    "work_order_state_is_known": ORDERS,
    "work_order_test_fee_is_no_gift": ORDERS,
    "work_order_times_run_forward": ORDERS,
    "a_bill_line_is_a_part_a_service_or_a_unit": EXCHANGES,
    "a_charge_for_a_unit_is_what_was_agreed_to": EXCHANGES,
    "exchange_appraisal_confirms_fault_serial_and_proof": EXCHANGES,
    "exchange_appraisal_is_confirmed_by_another": EXCHANGES,
    "exchange_appraisal_says_what_was_found": EXCHANGES,
    "exchange_case_is_in_a_known_state_for_a_known_ground": EXCHANGES,
    "exchange_case_is_open_once_for_an_order": EXCHANGES,
    "exchange_case_names_what_was_paid": EXCHANGES,
    "exchange_case_over_never_changes": EXCHANGES,
    "exchange_closed_owes_no_difference": EXCHANGES,
    "exchange_closed_says_what_became_of_the_old_unit": EXCHANGES,
    "exchange_difference_goes_back_by_another_than_granted_it": EXCHANGES,
    "exchange_difference_number_is_unique": EXCHANGES,
    "exchange_difference_was_agreed_to": EXCHANGES,
    "exchange_done_knows_both_units": EXCHANGES,
    "exchange_granted_says_what_was_chosen": EXCHANGES,
    "exchange_is_approved_by_somebody_else": EXCHANGES,
    "exchange_is_rejected_for_a_reason": EXCHANGES,
    "exchange_offer_adds_up": EXCHANGES,
    "exchange_offer_counts_one_at_a_time": EXCHANGES,
    "exchange_offer_declined_is_over_and_was_never_agreed_to": EXCHANGES,
    "exchange_offer_is_agreed_to_by_signature": EXCHANGES,
    "exchange_offer_is_never_rewritten": EXCHANGES,
    "exchange_offer_over_stays_as_it_was_answered": EXCHANGES,
    "exchange_outlet_fee_names_its_figure": EXCHANGES,
    "exchange_refund_adds_up": EXCHANGES,
    "exchange_refund_has_its_reference": EXCHANGES,
    "exchange_refund_is_paid_by_another_than_granted_it": EXCHANGES,
    "exchange_refund_number_is_unique": EXCHANGES,
    "exchange_refunded_says_how_much": EXCHANGES,
    "exchange_unit_costs_something": EXCHANGES,
    "exchange_unit_given_is_the_one_that_was_agreed_to": EXCHANGES,
    "exchange_unit_goes_to_one_customer": EXCHANGES,
    "exchange_unit_has_a_serial": EXCHANGES,
    "exchange_unit_is_never_edited": EXCHANGES,
    "exchange_unit_is_retired_for_a_reason": EXCHANGES,
    "exchange_unit_refurbished_is_never_new": EXCHANGES,
    "exchange_unit_serial_stands_once_in_a_unit": EXCHANGES,
    "exchange_unit_used_or_other_was_agreed_in_writing": EXCHANGES,
    "registration_channel_is_known": REGISTRATIONS,
    "registration_confirmed_has_its_card": REGISTRATIONS,
    "registration_decided_never_changes": REGISTRATIONS,
    "registration_is_refused_for_a_reason": REGISTRATIONS,
    "registration_names_unit_and_owner": REGISTRATIONS,
    "registration_proof_is_kept_once": REGISTRATIONS,
    "registration_proof_is_never_edited": REGISTRATIONS,
    "registration_puzzle_is_solved_once": REGISTRATIONS,
    "registration_state_is_known": REGISTRATIONS,
    "registration_words_are_never_rewritten": REGISTRATIONS,
    "come_back_names_repair_and_fault": COME_BACKS,
    "come_back_is_paid_by_a_known_bearer": COME_BACKS,
    "come_back_is_never_rewritten": COME_BACKS,
    **dict.fromkeys(
        "a_custodian_holds_a_lock_of_the_store a_store_is_counted_before_it_is_locked a_store_is_locked_by_those_who_opened_it"
        " a_store_is_opened_by_two_of_two_groups_in_time a_store_is_opened_once_at_a_time access_names_its_authority"
        " an_emergency_is_due_for_review controlled_movement_adds_up controlled_movement_has_its_authority"
        " controlled_movement_is_never_changed custodian_grant_is_never_rewritten nobody_holds_both_groups_of_a_store"
        " nobody_makes_themself_a_custodian nobody_opens_a_frozen_store nobody_reviews_their_own_emergency"
        " nothing_leaves_a_store_that_is_not_protected nothing_moves_behind_a_locked_door what_was_counted_stays_counted"
        " what_went_wrong_is_settled_by_a_third_person who_signed_in_stays_who_signed_in".split(),
        CUSTODY,
    ),
    **dict.fromkeys(
        "a_store_is_inspected_once_a_week a_done_inspection_says_who_and_how what_is_not_in_order_says_what_is_done"
        " an_inspection_once_done_is_never_edited a_reading_is_never_changed what_is_done_about_the_climate_names_who"
        " incompatible_goods_never_share_a_group a_store_is_aired_once_at_a_time fire_equipment_number_is_free"
        " a_reading_is_one_of_this_world".split(),
        UPKEEP,
    ),
}

# Row level security, and the role and the word by which it knows who asks: on PostgreSQL alone.
OF_ROWS: Mapping[str, tuple[str, Callable[[], None], str]] = {
    "rows_open": ("row level security is on", _replaced("^ALTER TABLE .* ENABLE .*", ""), ISOLATION),
    "rows_open_to_the_owner": ("row level security binds the owner too", _replaced("^ALTER TABLE .* FORCE .*", ""), ISOLATION),
    "rows_of_everybody": ("a policy asks for the unit", _replaced("USING .* WITH CHECK", "USING (true) WITH CHECK"), ISOLATION),
    "rows_into_any_unit": ("a row is written within reach", _replaced("WITH CHECK .*", "WITH CHECK (true)"), ISOLATION),
    "rows_published_to_strangers": (
        "who is nobody reads no published row", _replaced("(FOR SELECT) USING .*", r"\1 USING (true)"), ISOLATION,
    ),
    "rows_passed_by_a_role": ("the app's role is bound", _the_role("ALTER ROLE {role} BYPASSRLS"), ISOLATION),
    "rows_passed_by_a_superuser": ("the app's role is no superuser", _the_role("ALTER ROLE {role} SUPERUSER"), ISOLATION),
    "role_unasked": ("a start looks what its role may", _unasked("_role"), WEAKNESSES),
    "owner_serves": ("a start refuses to serve as the owner of the tables", _unasked("_owner"), WEAKNESSES),
    "grants_unasked": ("a start looks for rights beyond reading and writing", _unasked("_grants"), WEAKNESSES),
    "policies_unasked": (
        "a start looks whether the policies stand", _instead("guiju.kernel.isolation", "missing", lambda _c: []), WEAKNESSES,
    ),
    "books_open_to_the_app": (
        "the app's role changes no book", _instead("guiju.conf.roles", "_rights", lambda _m: "SELECT, INSERT, UPDATE, DELETE"), WEAKNESSES,
    ),
    "reach_unsaid": (
        "the database is told how far", _instead("guiju.kernel.postgresql.base:Cursor", "_is_said", lambda *_a: True), ISOLATION,
    ),
    "reach_for_the_session": (
        "what is said ends with its transaction", _instead("guiju.kernel.postgresql.base", "SAY", "SET guiju.units = '{}'; "), ISOLATION,
    ),
    "reach_remembered_too_long": (
        "a savepoint takes back what was said in it",
        _instead("guiju.kernel.postgresql.base", "_GOES_BACK", re.compile("(?!)")), ISOLATION,
    ),
    "reach_of_a_named_cursor": (
        "a cursor on the server is told how far", _instead("guiju.kernel.postgresql.base:ServerSideCursor", "execute", _without_saying),
        ISOLATION,
    ),
    "reach_of_everybody": ("a person reaches their units", _instead("guiju.kernel.reach", "text_of", lambda _a: "all"), ISOLATION),
    "reach_of_strangers": ("nobody reaches nothing", _strangers_see_all, ISOLATION),
}  # fmt: skip

SABOTEURS: Mapping[str, Saboteur] = {
    "no_right": Saboteur(
        "whoever asks may do it", _instead("guiju.kernel.actor:Actor", "role_for", lambda *_a, **_k: "RC"), DEED
    ),
    "no_scope": Saboteur(
        "everybody sees every unit", _instead("guiju.kernel.actor:Actor", "scope", _everywhere), "tests/line/workorder/test_visible_to.py"
    ),
    "no_door": Saboteur(
        "pages are open to strangers", _instead("guiju.conf.middleware:ActorMiddleware", "process_view", lambda *_a: None),
        "tests/conf/test_doors.py",
    ),
    "no_second_factor": Saboteur(
        "a password alone approves money", _instead("guiju.conf.second_factor", "demand", lambda *_a, **_k: None),
        "tests/conf/test_second_factor.py",
    ),
    "no_lockout": Saboteur("passwords may be guessed", _setting(AXES_ENABLED=False), "tests/conf/test_sign_in.py"),
    "no_limit": Saboteur(
        "anybody may come as often as they like", _instead("guiju.conf.running.buckets:Buckets", "take", lambda *_a: 0.0),
        "tests/conf/test_limits.py",
    ),
    "no_shedding": Saboteur(
        "the queue has no end", _instead("guiju.conf.running.gateway:Gateway", "_judge", lambda *_a, **_k: None),
        "tests/conf/test_gateway.py",
    ),
    "endless_patience": Saboteur(
        "slow bodies are waited for", _instead("guiju.conf.running.gateway:Gateway", "_patience", lambda _me, until: until + 3600),
        "tests/conf/test_gateway.py",
    ),
    "talkative_log": Saboteur(
        "the log quotes whom it is about", _instead("guiju.conf.running.logs:Discreet", "filter", lambda *_a: True),
        "tests/conf/test_watching.py",
    ),
    "open_figures": Saboteur(
        "anybody reads the figures", _instead("guiju.conf.running.health", "_may_watch", lambda _r: True), "tests/conf/test_watching.py"
    ),
    "endless_scans": Saboteur(
        "a JPEG is decoded as often as it says", _instead("guiju.kernel.evidence", "SCANS_MAX", 10**9), HOSTILE
    ),
    "endless_points": Saboteur(
        "a picture is as large as it says", _instead("guiju.kernel.evidence", "_judge_size", lambda *_a: None),
        "tests/kernel/test_evidence.py",
    ),
    "zipped_as_said": Saboteur(
        "a spreadsheet unfolds as far as it likes", _instead("guiju.standing.catalogue.rules.tables", "UNZIPPED_MAX", 10**12), HOSTILE
    ),
    "no_csrf": Saboteur("foreign pages may send our forms", _no_middleware("CsrfViewMiddleware"), "tests/conf/test_production.py"),
    "sample_foretold": Saboteur(
        "an outlet knows beforehand which old parts are examined",
        _instead("guiju.line.storeroom.actions.parcels", "sample", lambda *_a, **_k: frozenset()),
        "tests/line/storeroom/test_old_parts.py",
    ),
    "typed_for_anybody": Saboteur(
        "what was typed comes back to whoever signs in next", _instead("guiju.desks.common.typed", "_is_theirs", lambda *_a: True), TYPED
    ),
    "typed_by_anybody": Saboteur(
        "who signed in here last is whoever says so",
        _instead("guiju.desks.common.typed", "_whose", lambda request: request.COOKIES.get("guiju_whose", "").partition(":")[0] or None),
        TYPED,
    ),
    "no_once": Saboteur(
        "a key is not looked at", _instead("guiju.kernel.once:_Request", "kept", lambda _me: None), "tests/kernel/test_once.py"
    ),
    "any_body": Saboteur(
        "one key is two requests", _instead("guiju.kernel.once:_Request", "answer_of", _whatever_was_asked), "tests/kernel/test_once.py"
    ),
    "no_lock": Saboteur(
        "a row is read and not locked", _instead("guiju.kernel.locking", "lock", lambda rows, pk: rows.get(pk=pk)),
        "tests/line/workorder/test_locking.py tests/line/dispatch/test_races.py tests/line/intake/test_races.py", on_postgresql=True,
    ),
    "naive_stock": Saboteur(
        "what lies on a shelf is read and then written", _naive_books, "tests/books/stock/test_the_last_part.py", on_postgresql=True
    ),
    "power_is_cheap": Saboteur(
        "a paid bill may be lost with the power",
        _instead("guiju.conf.environment", "SQLITE_PRAGMAS", "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"),
        "tests/conf/test_environment.py",
    ),
    "names_in_the_air": Saboteur(
        "a file's name may be lost with the power", _instead("guiju.kernel.evidence", "_sync_folder", lambda _folder: None), EVIDENCE
    ),
    "photos_as_they_came": Saboteur(
        "a photograph keeps where it was taken", _instead("guiju.kernel.evidence", "keep_photo", _kept_raw), EVIDENCE
    ),
    "whole_numbers": Saboteur(
        "a list shows whole telephone numbers", _instead("guiju.standing.customers.rules", "mask", lambda number: number),
        "tests/standing/customers/test_find.py",
    ),
    "endless_tries": Saboteur(
        "a claim code may be guessed for ever", _instead("guiju.line.cashier.models:ClaimGuard", "is_locked", False), TILL_DESK
    ),
    "a_large_difference_stands": Saboteur(
        "however much a drawer differs, nobody else counts it",
        _instead("guiju.line.cashier.rules", "needs_second", lambda _variance, *, limit_minor: False), "tests/line/cashier/test_closing.py",
    ),
    "late_on_credit": Saboteur(
        "who is late, or suspended, buys on and takes it home",
        _instead("guiju.line.cashier.actions.owing", "stands_against", lambda _account, _on: None), RECEIVABLES,
    ),
    "reminded_for_ever": Saboteur(
        "a customer is written to again and again of the same debt",
        _instead("guiju.line.receivables.rules", "level", lambda _days, _levels: 3), RECEIVABLES,
    ),
    "tenders_uncounted": Saboteur(
        "a till is closed and nobody looked at the card terminal",
        _instead("guiju.line.cashier.queries.tills", "taken_by_tender", lambda _session: {}), "tests/line/cashier/test_closing.py",
    ),
    "any_mark": Saboteur(
        "whatever stands under an entry is our mark", _instead("guiju.kernel.secrets", "is_marked", lambda *_a: True), TRAIL
    ),
    "any_network": Saboteur(
        "webhooks go into our own network", _instead("guiju.oversight.webhooks.rules.addresses", "_is_public", lambda _a: True),
        "tests/oversight/webhooks/test_rules.py",
    ),
    "unsigned_webhooks": Saboteur(
        "a webhook is signed by anybody", _instead("guiju.oversight.webhooks.rules.signature", "sign", lambda *_a, **_k: "v1,"),
        "tests/oversight/webhooks/test_sending.py",
    ),
    "no_policy": Saboteur(
        "a page runs whatever stands in it", _no_middleware("CSPMiddleware"), "tests/desks/common/test_pages.py"
    ),
    "framed": Saboteur(
        "a foreign page shows ours in a frame", _no_middleware("XFrameOptionsMiddleware"),
        "tests/desks/common/test_pages.py tests/conf/test_production.py",
    ),
    "ordered_at_once": Saboteur(
        "a part is ordered before its deposit is left",
        _instead("guiju.line.workorder.actions", "refuse_without_deposit", lambda _order: None), DEPOSITS,
    ),
    "deposit_forgotten": Saboteur(
        "the appliance goes home and the deposit stays here",
        _instead("guiju.line.cashier.actions.delivery", "deposit_held", lambda _order: {}), DEPOSITS,
    ),
    "deposit_back_alone": Saboteur(
        "one person alone gives a deposit back while the repair goes on",
        _instead("guiju.line.cashier.actions.parts_deposits", "_way", lambda _deposit: "FREELY"), DEPOSITS,
    ),
    "a_count_that_sees": Saboteur(
        "whoever counts reads on the page how many there should be",
        _instead("guiju.readiness.counting.queries", "is_blind", lambda _count: False), "tests/readiness/counting/test_blind.py",
    ),
    "a_counter_who_reads": Saboteur(
        "whoever counts a bin reads elsewhere what lies in it",
        _instead("guiju.desks.common.blind", "shown", lambda lying, **_k: list(lying)), "tests/desks/stores/test_who_sees.py",
    ),
    "a_cent_between_stores": Saboteur(
        "the stores of an outlet need not sum to its worth",
        _instead("guiju.books.stock.queries.valuing", "allocate", lambda total, weights: [total // len(weights)] * len(weights)),
        "tests/desks/stores/test_worth.py",
    ),
    "opened_untold": Saboteur(
        "opening stock comes without its lot and its serials",
        _instead("guiju.readiness.supply.actions.files", "_untold", lambda *_a: None), "tests/readiness/supply/test_files.py",
    ),
    "float_to_the_bank": Saboteur(
        "more leaves the drawer than its takings",
        _instead("guiju.line.banking.actions.bags", "refuse_more_than_takings", lambda *_a: None), TAKINGS,
    ),
    "a_bank_without_holidays": Saboteur(
        "the bank is open every day", _instead("guiju.line.banking.queries", "is_bank_day", lambda *_a: True), TAKINGS
    ),
    "never_late": Saboteur(
        "no deposit is late", _instead("guiju.line.banking.models.deposits:BankDeposit", "is_late", False), TAKINGS
    ),
    "silent_clock": Saboteur(
        "nobody is told of cash that is not at the bank", _instead("guiju.line.banking.queries", "due", lambda *_a, **_k: []), HOURS
    ),
    "alone_at_the_safe": Saboteur(
        "whoever stands at a controlled store is let in",
        _instead("guiju.readiness.custody.rules", "judge", lambda *_a, **_k: SimpleNamespace(refused=False)), CUSTODY,
    ),
    "any_custodian": Saboteur(
        "a custodian signs without a password",
        _instead("guiju.standing.people.queries", "knows_password", lambda *_a: True), CUSTODY,
    ),
    "endless_window": Saboteur(
        "the second custodian comes whenever they like",
        _instead("guiju.readiness.custody.actions.doors", "_lapse", lambda *_a: None), CUSTODY,
    ),
    "unprotected": Saboteur(
        "what protects a store is not looked at", _instead("guiju.readiness.custody.queries", "weak", lambda *_a, **_k: []), CUSTODY
    ),
    "any_climate": Saboteur(
        "whatever the thermometer shows is right", _instead("guiju.readiness.upkeep.rules", "is_outside", lambda *_a: False), UPKEEP
    ),
    "anywhere": Saboteur(
        "hazardous goods lie wherever there is room", _instead("guiju.readiness.upkeep.queries", "why_not_there", lambda *_a: []), UPKEEP
    ),
    "always_small": Saboteur(
        "any unit buys with as few people as it likes", _instead("guiju.standing.people.queries", "is_small_shop", lambda _unit: True),
        "tests/readiness/supply/test_few.py",
    ),
    "one_hand_is_enough": Saboteur(
        "nobody counts how many people had a hand in a small shop's purchase",
        _instead("guiju.readiness.supply.actions.invoices", "refuse_too_few", lambda *_a, **_k: None), "tests/readiness/supply/test_few.py",
    ),
    "in_pieces_unseen": Saboteur(
        "nobody reads what was split to stay under a limit", _instead("guiju.readiness.supply.queries", "splits", lambda *_a: []),
        "tests/desks/back_office/test_buying.py",
    ),
    "under_the_minimum": Saboteur(
        "the plan suggests less than a planner wants at least",
        _instead("guiju.readiness.planning.actions.reckoning", "_raised", lambda each, _minimum: each),
        "tests/readiness/planning/test_planning.py",
    ),
    "never_idle": Saboteur(
        "dead stock keeps its worth in the report", _instead("guiju.oversight.reports.rules", "why_idle", lambda *_a, **_k: None),
        "tests/oversight/reports/test_reports.py",
    ),
    "quiet_doors": Saboteur(
        "nobody hears what is wrong at a store", _instead("guiju.oversight.notices.rules", "ALARM_ROLES", defaultdict(tuple)),
        "tests/oversight/notices/test_alarms.py",
    ),
    "through_the_door": Saboteur(
        "parts pass a locked door", _instead("guiju.readiness.upkeep.actions", "_through", lambda *_a: None),
        "tests/readiness/upkeep/test_guarded.py",
    ),
    "unasked": Saboteur(
        "the stock book asks nobody at its bins", _instead("guiju.books.stock.actions.booking", "pass_through", lambda *_a, **_k: None),
        f"{UPKEEP} tests/readiness/upkeep/test_guarded.py",
    ),
    "any_part_fits": Saboteur(
        "a part of another model is asked for", _instead("guiju.standing.catalogue.queries", "unfit", lambda *_a: []),
        "tests/line/storeroom/test_fitting.py",
    ),
    "told_to_the_counter": Saboteur(
        "whoever counts a part reads on the board how few there are",
        _instead("guiju.line.storeroom.queries.shortages", "_counted", lambda *_a: set()),
        "tests/line/storeroom/test_shortages.py",
    ),
    "uncounted": Saboteur(
        "whatever is counted is right", _instead("guiju.readiness.custody.rules", "differing", lambda *_a: []), CUSTODY
    ),
    "no_transaction": Saboteur(
        "a deed may be half done", _instead("guiju.kernel.turn", "transaction", _NO_TRANSACTION), DEED
    ),
    "no_trail": Saboteur("a deed leaves no trace", _instead("guiju.kernel.deed", "_write", lambda _deed: None), DEED),
    "no_mark": Saboteur("who writes into the trail needs no secret", _instead("guiju.kernel.trail", "mark", lambda _e: ""), TRAIL),
    "no_seal": Saboteur("the chain does not hold what it says", _instead("guiju.kernel.trail", "_fault", lambda *_a: iter(())), TRAIL),
    "no_news": Saboteur(
        "what happened is told to nobody", _instead("guiju.kernel.news", "store", lambda _told: None), "tests/kernel/test_news.py"
    ),
    "any_code": Saboteur(
        "any claim code opens the shelf", _instead("guiju.kernel.secrets", "matches", lambda *_a: True),
        "tests/kernel/test_secrets.py tests/line/cashier",
    ),
    "any_formula": Saboteur(
        "a spreadsheet runs what a customer wrote", _instead("guiju.standing.catalogue.rules.tables", "RUNS", ()),
        "tests/standing/catalogue/test_sheets.py",
    ),
    "dishonest_500": Saboteur(
        "a busy database is a fault of ours", _instead("guiju.api.transport", "refusal_of", lambda _e: None), FAILING
    ),
    "no_word_when": Saboteur(
        "nobody is told when to come again", _instead("guiju.api.transport:Busy", "retry_after_s", None), FAILING
    ),
    **{
        name: Saboteur(f"the database holds no {name}", _without(name), missed_in)
        for name, missed_in in CONSTRAINTS.items()
    },
    **{
        name: Saboteur(f"not so: {control}", commit, missed_in, on_postgresql=True)
        for name, (control, commit, missed_in) in OF_ROWS.items()
    },
}  # fmt: skip


def commit() -> None:
    """Take away the control that the environment names, if any."""
    if name := os.environ.get("SABOTAGE"):
        SABOTEURS[name].commit()
