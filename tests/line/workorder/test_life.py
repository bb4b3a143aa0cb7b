"""The table of 3.2, as arithmetic."""

from __future__ import annotations

import pytest

from guiju.line.workorder import rules
from guiju.line.workorder.rules import (
    ARROWS,
    CARRY_IN_STATES,
    CUSTOMER_SEES,
    DECLARED,
    LABELS,
    MOVES,
    TERMINAL,
    Mode,
    State,
)
from tools import flow


@pytest.mark.shows("D01", "S6-15")
def test_every_state_has_a_name_at_the_desk_and_one_for_the_customer():
    assert set(LABELS) == set(CUSTOMER_SEES) == set(State) == set(ARROWS) == set(DECLARED)
    assert [state for state in State if not CUSTOMER_SEES[state]] == [State.DRAFT]


@pytest.mark.shows("D01")
def test_terminal_means_terminal():
    assert {state for state in State if not DECLARED[state]} == TERMINAL
    assert {State.CLOSED, State.CANCELLED, State.DISPOSED} == TERMINAL


@pytest.mark.shows("D01")
def test_each_state_of_a_carry_in_is_reached_and_leads_to_an_end():
    reached, edge = {State.DRAFT}, [State.DRAFT]
    while edge:
        for onward in ARROWS[edge.pop()]:
            if onward not in reached:
                reached.add(onward)
                edge.append(onward)
    assert reached == CARRY_IN_STATES
    ends = set(TERMINAL)
    for _ in State:
        ends |= {state for state in CARRY_IN_STATES if set(ARROWS[state]) & ends}
    assert ends == CARRY_IN_STATES, "no dead end"


@pytest.mark.shows("D01")
def test_states_of_other_modes_are_declared_and_reached_by_nothing_that_is_offered():
    others = set(State) - CARRY_IN_STATES
    assert others == {
        State.AWAITING_PICKUP, State.AWAITING_PARCEL, State.APPOINTED, State.ON_SITE, State.SITE_SIGNOFF, State.RETURNING,
    }  # fmt: skip
    assert all(not ARROWS[state] and DECLARED[state] for state in others)
    assert {Mode.CARRY_IN} == rules.MODES_OFFERED


@pytest.mark.parametrize(
    ("here", "there", "verbs"),
    [
        (State.QUOTED, State.DECLINED, {"workshop.decline_quote", "workshop.expire_quote", "intake.cancel"}),
        (State.DISPATCHED, State.DISPATCHED, {"dispatch.assign", "dispatch.refuse", "dispatch.time_out"}),
        (State.READY, State.UNCOLLECTED, {"followup.remind"}),
        (State.CLOSED, State.READY, set()),
    ],
)
def test_an_arrow_names_every_verb_that_walks_it(here: State, there: State, verbs: set[str]):
    assert rules.verbs_between(here, there) == verbs


def test_a_move_is_written_once():
    rows = [(state, move.verb, move.to) for move in MOVES for state in move.froms]
    assert len(rows) == len(set(rows))


def test_a_move_that_waits_to_be_built_is_not_offered_and_a_wrong_one_is_no_move():
    assert not rules.is_offered(State.REGISTERED, State.APPOINTED, "dispatch.appoint")
    assert rules.is_offered(State.REGISTERED, State.RECEIVED, "intake.receive")
    # Moving to another outlet is not built; receiving twice is simply wrong, and must not be excused by that.
    assert not rules.is_offered(State.REPAIRING, State.RECEIVED, "intake.transfer")
    assert rules.is_offered(State.REPAIRING, State.RECEIVED, "intake.receive")


def test_the_page_of_the_flow_is_drawn_from_the_table():
    assert flow.is_current(), "run python -m tools.flow"


def test_the_page_would_not_be_current_after_a_change(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(flow, "MOVES", MOVES[1:])
    assert not flow.is_current()
