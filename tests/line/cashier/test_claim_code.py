"""Six digits can be guessed: wrong claim codes are counted, too many lock the code, and the manager releases it."""

from __future__ import annotations

from typing import Any

import pytest

from guiju.kernel.models import TrailEntry
from guiju.kernel.once import once
from guiju.kernel.refusing import Invalid, NotAllowed, WrongState
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.cashier.actions import claims, delivery
from guiju.line.cashier.rules import CLAIM_TRIES_MAX, ClaimProof
from guiju.line.intake import actions as intake
from guiju.line.intake import queries as intake_queries
from guiju.line.workorder import queries as workorder_queries
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from tests.line import stages
from tests.line.cast_line import Shop, fresh, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def giving(shop: Shop, order: WorkOrder, **changed: Any) -> Any:
    return cashier.hand_over(order, **stages.handing_over(order, **changed), by=shop.actor("cai"), at=shop.later())


def wrong(order: WorkOrder) -> str:
    right = stages.handing_over(order)["claim_code"]
    return f"{(int(right) + 1) % 10**6:06d}"


def guess(shop: Shop, order: WorkOrder, times: int = 1) -> None:
    for _time in range(times):
        with pytest.raises(delivery.NotReleased):
            giving(shop, order, claim_code=wrong(order))


@pytest.mark.shows("T34", "WO-8")
def test_a_wrong_code_is_counted_and_too_many_lock_even_the_right_one(shop: Shop) -> None:
    order = stages.a_paid_order(shop, parts=0)
    guess(shop, order, CLAIM_TRIES_MAX - 1)
    assert queries.claim_guard(order).tries_left == 1
    assert not told("cashier.ClaimCodeLocked")
    guess(shop, order)
    assert queries.claim_guard(order).is_locked
    assert [each["wrong_tries"] for each in told("cashier.ClaimCodeLocked")] == [CLAIM_TRIES_MAX]
    with pytest.raises(delivery.NotReleased) as refused:
        giving(shop, order)
    assert "wrong too often" in str(refused.value)
    assert fresh(order).state == State.READY
    assert TrailEntry.objects.filter(verb="cashier.count_wrong_code").count() == CLAIM_TRIES_MAX


def scanned(order: WorkOrder) -> str:
    """What the scanner reads on the customer's half."""
    return intake_queries.claim_link("https://repair.example/t/x", intake_queries.tag_of(order))


def test_the_scanned_half_proves_the_claim_as_the_digits_do(shop: Shop) -> None:
    order = stages.a_paid_order(shop, parts=0)
    with pytest.raises(delivery.NotReleased):
        giving(shop, order, claim_code=scanned(order)[:-1])
    assert queries.claim_guard(order).wrong_tries == 1
    giving(shop, order, claim_code=scanned(order))
    assert fresh(order).state == State.DELIVERED


@pytest.mark.shows("T34")
def test_what_a_lost_paper_proved_is_called_back(shop: Shop) -> None:
    order = stages.a_paid_order(shop, parts=0)
    old = (stages.handing_over(order)["claim_code"], scanned(order), workorder_queries.track_token(order))
    for name in ("cai", "chen", "zhou"):
        with pytest.raises(NotAllowed):
            intake.renew_claim_code(order, by=shop.actor(name), at=shop.later())
    intake.renew_claim_code(order, by=shop.reception, at=shop.later())
    (told_once,) = told("intake.ClaimCodeRenewed")
    assert told_once["number"] == order.number
    for code in old[:2]:
        with pytest.raises(delivery.NotReleased):
            giving(shop, order, claim_code=code)
    assert workorder_queries.track_token(order) != old[2]
    giving(shop, order, claim_code=scanned(order))
    with pytest.raises(WrongState):
        intake.renew_claim_code(order, by=shop.reception, at=shop.later())
    with pytest.raises(intake.NotTagged):
        intake.renew_claim_code(shop.a_registered_order(), by=shop.reception, at=shop.later())


def test_a_few_wrong_ones_do_not_keep_the_owner_away(shop: Shop) -> None:
    order = stages.a_paid_order(shop, parts=0)
    guess(shop, order, CLAIM_TRIES_MAX - 1)
    giving(shop, order)
    assert fresh(order).state == State.DELIVERED


def test_an_owner_with_a_paper_needs_no_code(shop: Shop) -> None:
    order = stages.a_paid_order(shop, parts=0)
    guess(shop, order, CLAIM_TRIES_MAX)
    giving(shop, order, proof=ClaimProof.IDENTITY, proof_note="Identity card")
    assert fresh(order).state == State.DELIVERED


def test_what_is_refused_for_another_reason_is_no_guess(shop: Shop) -> None:
    order = stages.a_paid_order(shop, parts=0)
    for changed in ({"demonstrated": False}, {"claim_code": " "}):
        with pytest.raises(delivery.NotReleased):
            giving(shop, order, **changed)
    assert queries.claim_guard(order).wrong_tries == 0


def test_the_manager_releases_the_code(shop: Shop) -> None:
    order = stages.a_paid_order(shop, parts=0)
    release = {"reason": "The customer read the wrong line", "at": shop.later()}
    with pytest.raises(claims.NotLocked):
        cashier.release_claim_code(order, **release, by=shop.actor("ma"))
    guess(shop, order, CLAIM_TRIES_MAX)
    for name in ("cai", "lin", "he", "an"):
        with pytest.raises(NotAllowed):
            cashier.release_claim_code(order, **release, by=shop.actor(name))
    with pytest.raises(Invalid):
        cashier.release_claim_code(order, **release | {"reason": "why"}, by=shop.actor("ma"))
    cashier.release_claim_code(order, **release, by=shop.actor("ma"))
    with pytest.raises(claims.NotLocked):
        cashier.release_claim_code(order, **release, by=shop.actor("ma"))
    giving(shop, order)
    assert fresh(order).state == State.DELIVERED


def test_a_try_under_a_key_is_counted_too(shop: Shop) -> None:
    """A desk and a program act under a key, whose transaction is undone with the refusal."""
    order = stages.a_paid_order(shop, parts=0)
    for _time in range(2):
        with pytest.raises(delivery.NotReleased):
            once(
                "K-1",
                by=shop.actor("cai"),
                what="hand over",
                body="",
                do=lambda: giving(shop, order, claim_code=wrong(order)),
            )
    assert queries.claim_guard(order).wrong_tries == 2
