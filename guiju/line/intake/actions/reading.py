"""What is typed at the counter, read or refused at its field; and a request as it stands now."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from guiju.kernel.locking import lock
from guiju.kernel.refusing import Invalid, WrongState
from guiju.kernel.words import N_, Sentence
from guiju.line.intake.models import ServiceRequest
from guiju.line.intake.rules import REQUEST_ARROWS, REQUEST_LABELS, RequestState

Word = TypeVar("Word", bound=StrEnum)


def word_of(words: type[Word], text: str, field: str) -> Word:
    """One word of a list."""
    try:
        return words(text)
    except ValueError as unknown:
        raise Invalid(Sentence(N_("Choose one of the list.")), field=field) from unknown


def text_of(text: str, field: str, otherwise: str, *, least: int = 1) -> str:
    """A text of at least so many letters, or the refusal that asks for it."""
    if len(text.strip()) < least:
        raise Invalid(Sentence(otherwise), field=field)
    return text.strip()


def locked(request: ServiceRequest) -> ServiceRequest:
    """The request as it is now, and nobody else's until the deed is done."""
    return lock(ServiceRequest.objects.select_related("unit", "customer", "line", "order"), request.pk)


def must_stand(request: ServiceRequest, *states: RequestState) -> None:
    """Refuse the verb unless the request stands in one of these states.

    raises   WrongState, with the states that it may go to instead
    """
    here = RequestState(request.state)
    if here not in states:
        because = Sentence(N_("It is now: %(state)s."), {"state": Sentence(REQUEST_LABELS[here])})
        raise WrongState(because, allowed=[str(each) for each in REQUEST_ARROWS[here]])
