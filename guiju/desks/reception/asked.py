"""What can be done with a request at the counter; the verb decides, what is offered only spares a clerk the refusals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guiju.desks.reception.forms import requests as forms
from guiju.kernel.actor import Actor
from guiju.line.intake import actions as intake
from guiju.line.intake.models import ServiceRequest
from guiju.line.intake.rules import RequestState

S = RequestState


@dataclass(frozen=True)
class RequestStep:
    """One thing to do with a request.

    is_grave   it ends something: its button warns
    """

    slug: str
    title: str | Promise
    icon: str
    verb: str
    form: type[forms.AboutRequest]
    states: frozenset[RequestState]
    act: Callable[..., Any]
    said: str | Promise
    yes: str | Promise
    is_grave: bool = False

    def fits(self, asked: ServiceRequest, by: Actor) -> bool:
        """Offered now, and to this person."""
        return asked.state in self.states and by.may(self.verb, on=asked)


def _plain(verb: Callable[..., Any]) -> Callable[..., Any]:
    return lambda asked, form, **who: verb(asked, **form.cleaned_data, **who)


OPEN = frozenset({S.NEW, S.TRIAGED})
STEPS: tuple[RequestStep, ...] = (
    RequestStep(
        "triage", _("Say what it is about"), "clipboard-check", "intake.triage", forms.TriageForm, frozenset({S.NEW}),
        _plain(intake.triage), _("The request is triaged."), _("That is it"),
    ),
    RequestStep(
        "priority", _("Priority"), "flag", "intake.prioritise_request", forms.PriorityForm, OPEN,
        _plain(intake.prioritise_request), _("The priority is set."), _("Set it"),
    ),
    RequestStep(
        "solve", _("Solved by advice"), "heart-handshake", "intake.solve_by_advice", forms.AdviceForm, frozenset({S.TRIAGED}),
        _plain(intake.solve_by_advice), _("The request is solved."), _("Solved"),
    ),
    RequestStep(
        "link", _("It repeats another one"), "link", "intake.link_duplicate", forms.LinkForm, OPEN,
        lambda asked, form, **who: intake.link_duplicate(asked, **form.linked(), **who), _("The request is linked to the first."),
        _("Link it"),
    ),
    RequestStep(
        "reopen", _("It is not solved after all"), "refresh", "intake.reopen", forms.WhyForm,
        frozenset({S.RESOLVED_BY_ADVICE, S.CLOSED}), _plain(intake.reopen), _("The request is open again."), _("Open it again"),
    ),
    RequestStep(
        "refuse", _("It is not ours to do"), "ban", "intake.reject", forms.RefusalForm, OPEN, _plain(intake.reject),
        _("The request is refused."), _("Refuse it"), is_grave=True,
    ),
    RequestStep(
        "withdraw", _("The customer withdraws it"), "x", "intake.cancel_request", forms.WhyForm, OPEN | {S.CONVERTED},
        _plain(intake.cancel_request), _("The request is withdrawn."), _("Withdraw it"), is_grave=True,
    ),
)  # fmt: skip
BY_SLUG: Mapping[str, RequestStep] = {step.slug: step for step in STEPS}
