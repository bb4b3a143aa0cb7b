"""Listening to calls that the draw chose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Invalid, Refusal, WrongState, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.telephone import queries, rules
from guiju.line.telephone.actions.calls import lock
from guiju.line.telephone.events import Scored
from guiju.line.telephone.models import Call, CallMark, CallScore
from guiju.line.telephone.rules import MARK_MOST, CallState, Step


class NotDrawn(Refusal):
    """Nobody chooses whose mistakes are listened to."""

    sentence = N_("The draw of this month did not choose this call.")


class OwnCall(Refusal):
    """Nobody judges how they spoke themselves."""

    sentence = N_("Somebody else listens to your own calls.")


class ScoredAlready(Refusal):
    """Points are given once."""

    sentence = N_("This call was scored already.")


def score(call: Call, *, marks: Mapping[str, int], note: str = "", by: Actor, at: datetime) -> CallScore:
    """Give points for each step of a call: 0 missing, 5 as it should be.

    marks    by step, each of the six
    raises   OwnCall, NotDrawn, ScoredAlready, WrongState while it lasts, Invalid
    source   S6-03
    """
    with doing("telephone.score", on=call, by=by, at=at) as deed:
        call = lock(call)
        if call.state != CallState.ENDED or call.agent is None:
            raise WrongState
        if call.agent_id == by.person_id:
            raise OwnCall
        _refuse_unread(marks)
        month = rules.month_of(call.unit.day(call.started_at))
        size = queries.sample_size(call.unit, call.unit.day(at))
        if queries.score_of(call) is not None:
            raise ScoredAlready
        if call.pk not in queries.drawn(call.unit, call.agent, month, until=at, size=size):
            raise NotDrawn
        with refusing(nobody_scores_their_own_call=OwnCall, telephone_callscore_call_id=ScoredAlready):
            scored = CallScore.objects.create(
                call=call, agent=call.agent, scored_by_id=by.natural_person_id, month=month, sample_size=size,
                note=note.strip()[:300], at=at,
            )  # fmt: skip
        CallMark.objects.bulk_create([CallMark(score=scored, step=step, mark=mark) for step, mark in marks.items()])
        deed.note(agent=call.agent.number, marks=dict(marks))
        deed.tell(Scored(call.pk, call.agent.pk, month))
    return scored


def _refuse_unread(marks: Mapping[str, int]) -> None:
    if set(marks) != {step.value for step in Step}:
        raise Invalid(Sentence(N_("Give points for each step.")), field="marks")
    if any(not isinstance(mark, int) or not 0 <= mark <= MARK_MOST for mark in marks.values()):
        raise Invalid(Sentence(N_("Points are from 0 to 5.")), field="marks")
