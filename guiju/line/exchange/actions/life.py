"""One step of a case, whoever takes it."""

from __future__ import annotations

from typing import Any

from guiju.kernel.deed import Deed
from guiju.kernel.lifecycle import advance
from guiju.kernel.refusing import Refusal, WrongState
from guiju.kernel.words import N_, Sentence
from guiju.line.exchange.models import ExchangeCase
from guiju.line.exchange.rules import ARROWS, STATE_LABELS, CaseState
from guiju.line.workorder import actions as workorder


class NotNeeded(Refusal):
    """The customer chose the money."""

    sentence = N_("The customer chose the money: no unit is given.")


class SamePerson(Refusal):
    """Appraised by one, confirmed by another, approved by a third (5.4)."""

    sentence = N_("You had a hand in this already. Somebody else has to do it.")


def lock(case: ExchangeCase) -> ExchangeCase:
    """Lock the job, then its case."""
    order = workorder.lock(case.order)
    locked = ExchangeCase.objects.select_for_update().get(pk=case.pk)
    locked.order = order
    return locked


def require(case: ExchangeCase, *states: CaseState) -> None:
    """Refuse unless the case stands in one of these.

    raises   WrongState
    """
    if case.state not in states:
        said = {"state": Sentence(STATE_LABELS[CaseState(case.state)])}
        raise WrongState(Sentence(N_("It is now: %(state)s."), said), allowed=[str(each) for each in states])


def step(case: ExchangeCase, to: CaseState, deed: Deed, **also: Any) -> None:
    """One step in the life of the case."""
    advance(case, to=to, arrows=ARROWS, by=deed.by, at=deed.at, deed=deed, labels=STATE_LABELS, **also)


def amend(case: ExchangeCase, **columns: Any) -> None:
    """Write a few columns of a case that the deed holds locked."""
    ExchangeCase.objects.filter(pk=case.pk).update(**columns)
    for name, value in columns.items():
        setattr(case, name, value)
