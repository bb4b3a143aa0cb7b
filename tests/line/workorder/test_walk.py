"""Lives at random: only declared transitions ever happen, and every other one is refused with what is allowed."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.conf.rights import RIGHTS
from guiju.kernel import lifecycle
from guiju.kernel.refusing import NotOffered, WrongState
from guiju.line.workorder.queries import every_life_runs_forward_in_time, every_life_walks_the_table
from guiju.line.workorder.rules import ARROWS, MOVES, TERMINAL, State, is_offered, life, verbs_between
from tests.line.cast_line import fresh
from tests.line.workorder.bench import step

# Later stations' verbs, and with which state the row says they end: what a clerk could try at any moment.
TRIES = sorted({(move.verb, move.to) for move in MOVES if move.to is not State.REGISTERED and move.verb in RIGHTS})
# A verb that nobody has built cannot be called; but any verb could be written so that it aims at a state of another mode.
TRIES += [("dispatch.assign", State.APPOINTED), ("quality.pass_order", State.SITE_SIGNOFF)]


class TakenBack(Exception):
    """Ends one walk, so that the next starts from the same order."""


def is_declared(here: State, verb: str, there: State) -> bool:
    return any(move.verb == verb and here in move.froms and move.to is there and move.is_offered for move in MOVES)


@pytest.mark.shows("D01", "I27", "I28", "WO-12")
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_only_declared_transitions_ever_happen(shop, data):
    order = getattr(shop, "_walker", None)
    if order is None:
        order = shop._walker = shop.an_accepted_order("chen")
    with transaction.atomic():
        order, steps = fresh(order), 0
        for _ in range(data.draw(st.integers(5, 25), "tries")):
            here = State(order.state)
            onward = [(verb, to) for verb, to in TRIES if is_declared(here, verb, to)]
            # Half of the tries are moves that the table has, or every walk would stand still.
            verb, to = data.draw(st.sampled_from(onward if onward and data.draw(st.booleans()) else TRIES), "move")
            if not is_declared(here, verb, to):
                _try_in_vain(order, verb, to, shop)
                continue
            order = step(order, verb, to, shop.later())
            steps += here is not to
            assert order.state == to
            assert verb in verbs_between(here, to)
        assert lifecycle.history(order).count() == 4 + steps
        assert list(every_life_walks_the_table()) == []
        assert list(every_life_runs_forward_in_time()) == []
        # The next walk starts from the same order.
        transaction.set_rollback(True)


def _try_in_vain(order, verb, to, shop):
    here = State(order.state)
    expected = WrongState if is_offered(here, to, verb) else NotOffered
    with pytest.raises(expected) as refused, transaction.atomic():
        step(order, verb, to, shop.now)
    if expected is WrongState:
        assert set(refused.value.allowed) == {str(state) for state in ARROWS[here]}
    assert type(order).objects.filter(pk=order.pk, state=here).exists()


@pytest.mark.shows("D01")
def test_a_state_of_another_mode_is_refused_aloud(shop):
    order = shop.a_registered_order()
    with pytest.raises(NotOffered):
        step(order, "dispatch.assign", State.APPOINTED, shop.now)
    with pytest.raises(WrongState):
        step(order, "workshop.finish", State.QC_PENDING, shop.now)
    assert fresh(order).state == "REGISTERED"


@pytest.mark.shows("D01")
def test_a_visit_is_declared_and_refused_aloud(shop):
    order = shop.a_registered_order()
    with pytest.raises(NotOffered):
        step(order, "workorder.hold", State.APPOINTED, shop.now)


@pytest.mark.shows("I27")
@pytest.mark.no_books
def test_the_invariant_notices_a_step_that_nobody_took(shop):
    order = shop.a_received_order()
    assert list(every_life_walks_the_table()) == []
    type(order).objects.filter(pk=order.pk).update(state=State.REPAIRING)
    assert list(every_life_walks_the_table()) == [f"{order.number}: stands at REPAIRING, its history at RECEIVED"]


@pytest.mark.shows("D01")
def test_an_arrow_is_walked_by_its_own_verbs_alone(shop):
    order = shop.a_received_order()
    with pytest.raises(WrongState):
        step(order, "workshop.finish", State.DISPATCHED, shop.later())
    assert fresh(order).state == "RECEIVED"


@pytest.mark.shows("I27")
@pytest.mark.no_books
def test_the_invariant_notices_a_verb_that_is_not_the_arrows(shop, monkeypatch):
    order = shop.a_received_order()
    monkeypatch.setattr(life, "MOVES", tuple(move for move in MOVES if move.verb != "intake.receive"))
    assert list(every_life_walks_the_table()) == [
        f"{order.number}: intake.receive took it from REGISTERED to RECEIVED, which the table does not know"
    ]


def test_the_ends_are_ends():
    assert all(not ARROWS[state] for state in TERMINAL)
