"""What the tables cannot show from the state of their scene, each with the place where it is shown."""

from __future__ import annotations

from collections.abc import Mapping

# Verbs that nobody does in the tables, and the story in which somebody does: its file, and words of it.
DONE_ELSEWHERE: Mapping[str, tuple[str, str]] = {
    "design": ("desks/common/test_pages.py", '"once": "the-key"'),
    "terminal_begin": ("conf/test_terminal.py", 'post("/terminal/begin"'),
    "terminal_lock": ("conf/test_terminal.py", 'post("/terminal/lock"'),
    "terminal_switch": ("conf/test_terminal.py", '"/terminal/", {"person"'),
    "own_pin": ("standing/people/test_pins.py", "people.set_pin(cai"),
    "set_language": ("desks/track/test_track.py", 'post("/language"'),
    "stores:part_end_model": ("desks/stores/test_fitting.py", '"end-model", model='),
    "/parts/{code}/end-model": ("standing/catalogue/test_fitting.py", "catalogue.end_model(part"),
    "stores:part_fit_line": ("desks/stores/test_fitting.py", '"fit-line", line='),
    "/parts/{code}/fit-line": ("standing/catalogue/test_fitting.py", "catalogue.fit_line(part"),
    "stores:order_lacking": ("desks/stores/test_levels.py", '/order", {"part": str(pump.pk)}'),
    "/stores/{key}/order-lacking": (
        "readiness/planning/test_planning.py",
        "planning.order(room.store, parts=[room.fuse], by=room.shen",
    ),
    "stores:fetch_lacking": ("desks/stores/test_levels.py", '/fetch", {"part": str(pump.pk)}'),
    "/stores/{key}/fetch-lacking": (
        "readiness/planning/test_echelons.py",
        "planning.fetch(stores.near, parts=[stores.cheap], by=shen",
    ),
    "stores:upkeep_shut": ("desks/stores/test_upkeep.py", 'do("shut", store.pk)'),
    "/stores/{key}/end-airing": ("readiness/upkeep/test_upkeep.py", "upkeep.end_airing(room.store"),
    "inspection:allow": ("desks/test_one_person_shop.py", 'done(qi, f"{test}allow")'),
    "/orders/{number}/allow-self-check": ("desks/test_one_person_shop.py", "quality_actions.allow_self_check("),
    "back_office:paper_do/few": ("readiness/supply/test_few.py", "supply.buy_with_few(row"),
    "/purchases/{number}/buy-with-few": ("readiness/supply/test_few.py", "supply.buy_with_few(row"),
    "back_office:paper_do/review-few": ("readiness/supply/test_few.py", "supply.review_few("),
    "/purchases/{number}/review-few": ("readiness/supply/test_few.py", "supply.review_few("),
    "back_office:propose_refund": ("line/cashier/test_compliance.py", "test_the_network_manager_reads_it_and_proposes"),
    "/bills/{number}/propose-refund": ("line/cashier/test_compliance.py", "cashier.propose_refund(judged.bill"),
    "till:release_code": ("desks/till/test_till.py", "ma.post(release"),
    "/orders/{number}/release-claim-code": ("desks/till/test_till.py", "ma.post(release"),
    # Her own, once it is counted.
    "till:close_till_session": ("desks/till/test_till.py", 'browser.post(f"{page}end"'),
    "/till-sessions/{key}/close": ("line/cashier/test_closing.py", "closed = cashier.close_till_session(session"),
    "till:return_deposit": ("desks/till/test_till.py", "cai.post(settle"),
    "/loans/{id}/return-deposit": ("line/cashier/test_loan_deposits.py", "cashier.return_deposit(loan"),
    "till:remind": ("line/receivables/test_receivables.py", "remind(at=shop.later())"),
    "/credits/{customer}/remind": ("line/receivables/test_receivables.py", "remind(at=shop.later())"),
    "track:answer/ask-exchange": ("desks/track/test_asking_exchange.py", 'f"{url}/ask-exchange"'),
    "exchange:act/offer-option": ("line/exchange/test_cases.py", "exchange.offer_option(case"),
    "/exchange-cases/{number}/offer-option": ("line/exchange/test_cases.py", "exchange.offer_option(case"),
    "exchange:act/offer-unit": ("line/exchange/test_another_model.py", "exchange.offer_unit(case"),
    "/exchange-cases/{number}/offer-unit": ("line/exchange/test_another_model.py", "exchange.offer_unit(case"),
    # What no provider has paid is no settlement.
    "till:settle_tender": ("line/banking/test_settlements.py", '/settle", {"tender"'),
    "/bank-lines/{key}/settle-tender": ("line/banking/test_settlements.py", "banking.settle_tender(line, tender="),
    # A provider has to be set up.
    "till:ask_wallet": ("desks/till/test_wallets.py", 'wallet", asks)'),
    "/bills/{number}/ask-wallet": ("line/cashier/test_wallets.py", "cashier.ask_wallet(bill"),
    # What came too late fits no bill that is paid.
    "till:match_wallet": ("desks/till/test_wallets.py", 'match")'),
    "/wallet-requests/{number}/match": ("line/cashier/test_wallets.py", "cashier.match_wallet(late"),
    "/till-sessions/{key}/seal-bag": ("line/banking/conftest.py", "banking.seal_bag(self.session"),
    "/till-sessions/{key}/prepare-deposit": ("line/banking/conftest.py", "banking.prepare(self.session"),
    "/till-sessions/{key}/record-nil": ("line/banking/test_takings.py", "banking.record_nil(money.session"),
    "/bank-deposits": ("line/banking/test_takings.py", "banking.prepare_bags([bag]"),
    "till:prepare_deposit": ("desks/till/test_banking.py", '"/till/bank/prepare/", typed'),
    "till:pack_bag": ("desks/till/test_banking.py", '"/till/bank/pack/", typed'),
    "till:carry_bags": ("desks/till/test_banking.py", '"/till/bank/carry", {'),
    "till:lock_up": ("desks/till/test_banking.py", "{page}lock-up"),
    "till:retrieve": ("desks/till/test_banking.py", "{page}retrieve"),
    "field:offer_pouch": ("desks/field/test_field.py", '"/field/offer"'),
    "/cash-hand-overs": ("line/banking/test_pouches.py", "banking.offer_pouch(money.shop.unit"),
    "field:offer_deposit": ("desks/field/test_field.py", "/field/deposits/"),
    "/bank-deposits/{number}/offer": ("line/banking/test_pouches.py", "banking.offer_deposit(deposit"),
    # An expense of it waits.
    "till:close_petty_box": ("desks/till/test_petty.py", "{page}close"),
    "/petty-boxes/{key}/close": ("line/banking/test_petty.py", "banking.close_petty_box(box"),
    "till:settle_exception": ("line/banking/test_statements.py", "banking.settle_exception(deposit"),
    "/bank-deposits/{number}/settle-exception": ("line/banking/test_statements.py", "banking.settle_exception(deposit"),
}
