"""Saboteurs: each takes one control away, and the run fails unless some test notices (`./run campaign sabotage`).

SABOTAGE=name   in the environment of a test run, takes that control away before the tables are made; never outside the tests
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any


@dataclass(frozen=True, slots=True)
class Saboteur:
    """One control, how it is taken away, and where it should be missed."""

    control: str
    commit: Callable[[], None]
    missed_in: str


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


_NO_TRANSACTION = SimpleNamespace(atomic=lambda **_how: nullcontext())
BOOKS, CASHIER, TRAIL = "tests/books", "tests/line/cashier", "tests/kernel/test_trail.py"
DEED, FAILING = "tests/kernel/test_deed.py", "tests/conf/test_failing.py"
INTAKE, QUALITY, PEOPLE = "tests/line/intake", "tests/line/quality", "tests/standing/people"

# What the database holds true, and where its loss would be seen.
CONSTRAINTS: Mapping[str, str] = {
    "stockaccount_has_a_bottom": BOOKS,
    "moneyaccount_has_a_bottom": BOOKS,
    "stockmove_says_why": BOOKS,
    "moneymove_is_of_one_currency": BOOKS,
    "work_order_is_the_only_open_one_of_its_appliance": INTAKE,
    "loaner_is_lent_to_one_order_at_a_time": INTAKE,
    "work_order_over_never_changes": "tests/line/workorder",
    "work_order_promise_never_changes_silently": "tests/line/workorder",
    "custody_is_never_rewritten": "tests/line/workorder",
    "a_till_has_one_open_session": CASHIER,
    "a_bill_stays_within_what_was_approved": CASHIER,
    "refunds_stay_within_their_payment": CASHIER,
    "credit_stays_within_its_limit": CASHIER,
    "cash_goes_into_an_open_till": CASHIER,
    "a_charged_price_is_in_the_published_range": "tests/line",
    "fitted_and_returned_parts_were_issued": "tests/line/storeroom",
    "nobody_inspects_their_own_repair": QUALITY,
    "an_inspection_is_never_edited": QUALITY,
    "nobody_certifies_themself": "tests/readiness/academy",
    "nobody_grants_a_role_to_themself": PEOPLE,
    "a_revoked_key_stays_revoked": PEOPLE,
    "price_lists_of_one_scope_never_overlap": "tests/standing/pricing",
    "price_list_author_is_not_its_approver": "tests/standing/pricing",
    "price_list_once_published_is_never_edited": "tests/standing/pricing",
    "a_value_once_set_is_never_edited": "tests/standing/policy",
    "warranty_terms_are_never_edited": "tests/standing/warranty",
    "approval_by_two_persons": "tests/kernel/test_approval.py",
    "approval_content_is_never_changed": "tests/kernel/test_approval.py",
    "trail_entry_is_never_changed": TRAIL,
    "evidence_is_never_changed": "tests/kernel/test_evidence.py",
    "delivery_once_a_reaction": "tests/kernel/test_news.py",
    "counter_never_goes_back": "tests/kernel/test_numbering.py",
}

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
    "no_csrf": Saboteur("foreign pages may send our forms", _no_middleware("CsrfViewMiddleware"), "tests/api/test_door.py tests/conf"),
    "no_once": Saboteur(
        "a key is not looked at", _instead("guiju.kernel.once:_Request", "kept", lambda _me: None), "tests/kernel/test_once.py"
    ),
    "no_transaction": Saboteur(
        "a deed may be half done", _instead("guiju.kernel.deed", "transaction", _NO_TRANSACTION), DEED
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
}  # fmt: skip


def commit() -> None:
    """Take away the control that the environment names, if any."""
    if name := os.environ.get("SABOTAGE"):
        SABOTEURS[name].commit()
