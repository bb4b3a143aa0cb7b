"""The ledger of promises: the first date, each one after it with its cause, and whose word stands under it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Invalid, NotAllowed, WrongState
from guiju.line.intake import actions as intake
from guiju.line.workorder import actions as workorder
from guiju.line.workorder import queries
from guiju.line.workorder.models import PromiseOutcome, PromiseRevision, WorkOrder
from guiju.line.workorder.rules import Agreed, PromiseCause, Step
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.rules import Consent
from tests.line import stages
from tests.line.cast_line import Shop, fresh, told
from tests.line.workorder.bench import to_ready

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

WHY: dict[str, Any] = {"cause": PromiseCause.WORKLOAD, "reason": "Two of us are ill."}


def moved(shop: Shop, order: WorkOrder, days: int = 3, **said: Any) -> PromiseRevision:
    """Another date than the one that stands."""
    stands = fresh(order).promised_at
    assert stands is not None
    to = stands + timedelta(days=days)
    line = workorder.revise_promise(order, to=to, **(WHY | said), by=shop.reception, at=shop.later())
    assert line is not None
    return line


def customer_of(order: WorkOrder) -> Actor:
    return Actor.customer(order.pk, order.unit_id, order.customer.name)


@pytest.mark.shows("S6-10", "D03")
def test_the_ledger_begins_with_the_first_promise_and_how_it_was_reckoned(shop: Shop) -> None:
    order = shop.a_registered_order()
    (first,) = queries.promises_of(order)
    assert (first.number, first.old_at, first.new_at, first.cause) == (0, None, order.promised_at, "FIRST")
    assert (first.agreed, first.agreed_at) == ("TERMS", order.registered_at)
    steps = [Step.from_json(kept) for kept in first.steps]
    assert steps[-1].until == order.promised_at
    assert str(steps[0].said) == "The service time is 48 hours."


@pytest.mark.shows("WO-10", "D03")
def test_each_date_stands_behind_the_one_before_with_its_cause(shop: Shop) -> None:
    order = shop.a_received_order()
    moved(shop, order, basis="The board is on the bench.", proof=shop.a_photo())
    moved(shop, order, days=-1, cause=PromiseCause.SOONER, reason="Chen is well again.")
    ledger = queries.promises_of(order)
    assert [(line.number, line.cause, line.agreed) for line in ledger] == [
        (0, "FIRST", "TERMS"), (1, "WORKLOAD", ""), (2, "SOONER", ""),
    ]  # fmt: skip
    assert [line.old_at for line in ledger[1:]] == [line.new_at for line in ledger[:-1]]
    assert (ledger[1].basis, ledger[1].proof is not None) == ("The board is on the bench.", True)
    assert fresh(order).promised_at == ledger[-1].new_at


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"cause": PromiseCause.PART}, workorder.PartNeedsItsOwn),
        ({"cause": PromiseCause.FIRST}, workorder.CauseUnfit),
        ({"cause": PromiseCause.QUOTE}, workorder.CauseUnfit),
        ({"cause": PromiseCause.SOONER}, workorder.CauseUnfit),
        ({"cause": PromiseCause.CUSTOMER}, workorder.CauseUnfit),
        ({"agreed": Agreed.SIGNATURE}, workorder.AgreementUnproved),
        ({"agreed": Agreed.RECORDED, "agreed_note": " "}, workorder.AgreementUnproved),
        ({"agreed": Agreed.TERMS}, workorder.AgreementUnproved),
        ({"agreed": Agreed.CODE}, workorder.AgreementUnproved),
    ],
    ids=str,
)
@pytest.mark.shows("D04")
def test_a_date_does_not_move_without_a_fit_cause_or_an_agreement_that_can_be_shown(
    shop: Shop, said: dict[str, Any], refusal: type[Exception]
) -> None:
    order = shop.a_received_order()
    with pytest.raises(refusal):
        moved(shop, order, **said)
    assert len(queries.promises_of(order)) == 1


def test_what_the_customer_wished_is_agreed(shop: Shop) -> None:
    order = shop.a_received_order()
    line = moved(
        shop, order, cause=PromiseCause.CUSTOMER, agreed=Agreed.RECORDED, agreed_note="She travels until Friday."
    )
    assert (line.agreed, line.agreed_note) == ("RECORDED", "She travels until Friday.")


def test_a_picture_of_another_outlet_proves_nothing(shop: Shop, other_shop: Shop) -> None:
    order = shop.a_received_order()
    with pytest.raises(Invalid):
        moved(shop, order, proof=other_shop.a_photo())
    with pytest.raises(Invalid):
        moved(shop, order, agreed=Agreed.SIGNATURE, signature=other_shop.a_signature())


@pytest.mark.shows("D04")
def test_the_customer_agrees_to_the_new_date_once(shop: Shop) -> None:
    order = shop.a_received_order()
    with pytest.raises(workorder.NothingToAgree):
        agreeing(shop, order)
    line = moved(shop, order)
    assert queries.unagreed(fresh(order)) == line
    agreeing(shop, order)
    kept = PromiseRevision.objects.get(pk=line.pk)
    assert (kept.agreed, kept.signature is not None) == ("SIGNATURE", True)
    assert queries.unagreed(fresh(order)) is None
    assert [each["how"] for each in told("workorder.PromiseAgreed")] == ["SIGNATURE"]
    with pytest.raises(workorder.NothingToAgree):
        agreeing(shop, order)


def agreeing(shop: Shop, order: WorkOrder, by: Actor | None = None, **said: Any) -> PromiseRevision:
    given: dict[str, Any] = {"agreed": Agreed.SIGNATURE, "signature": shop.a_signature()} | said
    return workorder.agree_to_promise(order, **given, by=by or customer_of(order), at=shop.later())


@pytest.mark.parametrize("name", ["chen", "bo", "wu", "an", "zhou"])
def test_nobody_agrees_for_the_customer_but_the_counter_with_a_proof(shop: Shop, name: str) -> None:
    order = shop.a_received_order()
    moved(shop, order)
    with pytest.raises(NotAllowed):
        agreeing(shop, order, shop.actor(name))
    other = shop.a_registered_order()
    with pytest.raises(NotAllowed):
        agreeing(shop, order, customer_of(other))
    with pytest.raises(workorder.AgreementUnproved):
        agreeing(shop, order, shop.reception, signature=None)
    assert agreeing(
        shop, order, shop.reception, agreed=Agreed.RECORDED, agreed_note="She said yes at ten.", signature=None
    )


def test_nobody_agrees_to_what_is_over(shop: Shop) -> None:
    order = shop.a_registered_order()
    moved(shop, order)
    intake.cancel(order, reason="Bought a new one", by=shop.reception, at=shop.later())
    with pytest.raises(WrongState):
        agreeing(shop, fresh(order), shop.reception)


@pytest.mark.shows("S6-44", "D04")
def test_what_moved_for_the_quote_and_the_receipt_says_so(shop: Shop) -> None:
    order, quote = stages.a_quoted_order(shop)
    shop.later(days=3)
    workshop.approve_quote(
        quote, how=Consent.SIGNATURE, signature=shop.a_signature(), by=shop.reception, at=shop.later()
    )
    line = queries.promises_of(order)[-1]
    assert (line.cause, line.agreed, line.basis) == ("QUOTE", "SIGNATURE", quote.number)
    assert line.steps


# --- What became of it


def outcome(order: WorkOrder) -> tuple[int, int, int]:
    kept = PromiseOutcome.objects.get(order=order)
    return kept.revisions, kept.late_first_minutes, kept.late_agreed_minutes


@pytest.mark.shows("D03")
@pytest.mark.no_books
def test_on_time_is_told_by_the_first_date_and_by_the_agreed_one_apart(shop: Shop) -> None:
    order = shop.an_accepted_order()
    first = order.promised_at
    assert first is not None
    moved(shop, order, days=5, agreed=Agreed.SIGNATURE, signature=shop.a_signature())
    moved(shop, order, days=5)
    shop.now = first + timedelta(days=1)
    ready = to_ready(order, shop)
    late = (ready.ready_at - first) // timedelta(minutes=1)
    # Late by the first, in time by the one that was signed for; the last was nobody's word.
    assert outcome(order) == (2, late, 0)


@pytest.mark.no_books
def test_a_date_that_nobody_agreed_to_excuses_nothing(shop: Shop) -> None:
    order = shop.an_accepted_order()
    first = order.promised_at
    assert first is not None
    moved(shop, order, days=9)
    shop.now = first + timedelta(days=1)
    ready = to_ready(order, shop)
    late = (ready.ready_at - first) // timedelta(minutes=1)
    assert outcome(order) == (1, late, late)


@pytest.mark.shows("D05", "I31")
@pytest.mark.no_books
def test_only_what_the_customer_caused_since_the_date_was_named_excuses(shop: Shop) -> None:
    order = shop.an_accepted_order()
    first = order.promised_at
    assert first is not None
    rest: dict[str, Any] = {"by": shop.reception, "reason": "Travels until Friday"}
    workorder.hold(order, hold="CUSTOMER_REQUEST", **rest, at=shop.later())
    workorder.release_hold(order, by=shop.reception, at=shop.later(days=1))
    # Named after the hold, so with it in mind: it excuses the first date alone.
    second = first + timedelta(hours=1)
    workorder.revise_promise(
        order,
        to=second,
        **WHY,
        agreed=Agreed.SIGNATURE,
        signature=shop.a_signature(),
        by=shop.reception,
        at=shop.later(),
    )
    workorder.hold(order, hold="DISPUTE", **rest, at=shop.later())
    workorder.release_hold(order, by=shop.reception, at=shop.later(hours=3))
    clock = queries.clock_of(fresh(order), at=shop.now)
    assert clock is not None
    assert clock.due_at == second
    shop.now = first + timedelta(hours=20)
    ready = to_ready(order, shop)
    late = (ready.ready_at - second) // timedelta(minutes=1)
    assert outcome(order) == (1, 0, late)


@pytest.mark.no_books
def test_begun_minutes_are_late(shop: Shop) -> None:
    order = shop.an_accepted_order()
    assert order.promised_at is not None
    shop.now = order.promised_at - timedelta(minutes=5)
    assert outcome(to_ready(order, shop)) == (0, 0, 0)
    other = shop.an_accepted_order()
    assert other.promised_at is not None
    shop.now = other.promised_at - timedelta(minutes=5) + timedelta(seconds=1)
    assert outcome(to_ready(other, shop)) == (0, 1, 1)
