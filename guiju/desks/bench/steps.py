"""The steps of the bench as a table: which verb, in which states, with which form, and what is said afterwards.

The page asks this table what is possible now; nothing else decides which buttons there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guiju.desks.bench import forms
from guiju.desks.bench.job import Work
from guiju.desks.bench.quoting import ExceptionForm, QuoteForm, standing_lines
from guiju.desks.bench.rows import JobForm
from guiju.desks.common.proof import keep_photos
from guiju.kernel.actor import Actor
from guiju.line.dispatch import actions as dispatch
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom.actions import ASKING_STATES
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import ENDED, State
from guiju.line.workshop import actions as workshop

Word = str | Promise
Act = Callable[[WorkOrder, Any, Actor, datetime], Any]
S = State
_OPEN = frozenset(State) - ENDED - {S.DRAFT}
WORKED_IN = frozenset({S.DIAGNOSING, S.REPAIRING})
_RETURNED_IN = frozenset({S.NO_FAULT, S.DECLINED, S.UNREPAIRABLE})


def _always(_work: Work) -> bool:
    return True


def _never(_work: Work) -> bool:
    return False


@dataclass(frozen=True)
class Step:
    """One thing that a technician may do to a job.

    act       gets the order, the clean form, who and when; opens its deed itself
    fits      what else must be so, besides state and right, for the step to be offered
    is_next   whether it is the step that one expects now, and stands on top
    initial   what the form begins with
    """

    slug: str
    verb: str
    title: Word
    button: Word
    done: Word
    states: frozenset[State]
    act: Act
    form: type[JobForm] | None = None
    fits: Callable[[Work], bool] = _always
    is_next: Callable[[Work], bool] = _never
    icon: str = "point"
    key: str = ""
    hint: Word = ""
    is_grave: bool = False
    initial: Callable[[WorkOrder], Mapping[str, Any]] | None = None

    def is_offered(self, work: Work) -> bool:
        """Whether state, right and circumstances allow it now."""
        allowed = work.order.state in self.states and work.actor.may(self.verb, on=work.order)
        return allowed and self.fits(work)

    def blank(self, order: WorkOrder, typed: Mapping[str, Any] | None = None) -> JobForm | None:
        """The form, empty or with what was typed so far."""
        if self.form is None:
            return None
        initial = dict(typed if typed is not None else self.initial(order) if self.initial else {})
        return self.form(order, initial=initial, auto_id=f"{self.slug}-%s")

    def filled(self, order: WorkOrder, data: Any, files: Any = None) -> JobForm | None:
        """The form as it was sent."""
        return self.form(order, data, files, auto_id=f"{self.slug}-%s") if self.form else None


def _bare(action: Callable[..., Any]) -> Act:
    return lambda order, _form, by, at: action(order, by=by, at=at)


def _plain(action: Callable[..., Any]) -> Act:
    return lambda order, form, by, at: action(order, **form.cleaned_data, by=by, at=at)


def _diagnose(order: WorkOrder, form: Any, by: Actor, at: datetime) -> Any:
    found = form.found()
    with transaction.atomic():
        found["photos"] = keep_photos(found["photos"], order, kind="DIAGNOSIS", by=by, at=at)
        return workshop.diagnose(order, **found, by=by, at=at)


def _of_request(action: Callable[..., Any]) -> Act:
    """For an action on one of the job's requests."""

    def act(_order: WorkOrder, form: Any, by: Actor, at: datetime) -> Any:
        rest = {name: value for name, value in form.cleaned_data.items() if name != "request"}
        return action(form.cleaned_data["request"], **rest, by=by, at=at)

    return act


def _quoting(action: Callable[..., Any]) -> Act:
    """For an action that prices the job: a refused price is said at its line."""

    def act(order: WorkOrder, form: Any, by: Actor, at: datetime) -> Any:
        with form.at_the_line():
            return action(order, **form.quoted(), by=by, at=at)

    return act


ANSWERING = (
    Step(
        "accept", "dispatch.accept", _("Accept"), _("Accept the job"), _("The job is yours."),
        frozenset({S.DISPATCHED}), _bare(dispatch.accept), is_next=_always, icon="check", key="a",
    ),
    Step(
        "refuse", "dispatch.refuse", _("Refuse"), _("Give it back"), _("The job went back to the dispatcher."),
        frozenset({S.DISPATCHED}), _plain(dispatch.refuse), forms.RefuseForm, icon="x", is_grave=True,
    ),
)  # fmt: skip
FINDING = (
    Step(
        "start-diagnosis", "workshop.start_diagnosis", _("Start the diagnosis"), _("Start the diagnosis"),
        _("The appliance is on your bench."), frozenset({S.ACCEPTED}), _bare(workshop.start_diagnosis),
        is_next=_always, icon="player-play", key="s",
    ),
    Step(
        "approve-free", "workshop.approve_free", _("Go on free of charge"), _("Go on free of charge"),
        _("The repair is covered and approved."), frozenset({S.DIAGNOSING}), _bare(workshop.approve_free),
        fits=lambda work: work.is_free and work.is_diagnosed, is_next=_always, icon="shield-check", key="g",
    ),
    Step(
        "diagnose", "workshop.diagnose", _("Diagnosis"), _("Write down the diagnosis"),
        _("The diagnosis is written down."), frozenset({S.DIAGNOSING, S.REPAIRING}), _diagnose, forms.DiagnoseForm,
        is_next=lambda work: not work.is_diagnosed, icon="search",
    ),
    Step(
        "quote", "workshop.draft_quote", _("Quote"), _("Draw up the quote"),
        _("The quote is drawn up. Reception sends it to the customer."), frozenset({S.DIAGNOSING}),
        _quoting(workshop.draft_quote), QuoteForm, fits=lambda work: work.is_diagnosed and not work.is_free,
        is_next=lambda work: work.quote is None, icon="file-invoice", initial=standing_lines,
    ),
    Step(
        "revise-quote", "workshop.revise_quote", _("Revise the quote"), _("Send the new quote"),
        _("The new quote is sent to the customer."), frozenset({S.QUOTED, S.APPROVED, S.REPAIRING}),
        _quoting(workshop.revise_quote), QuoteForm, fits=lambda work: not work.is_free, icon="edit",
        hint=_("The work stops until the customer has answered."), initial=standing_lines,
    ),
    Step(
        "ask-exception", "workshop.ask_exception", _("Ask for a price outside the list"), _("Ask the network manager"),
        _("The network manager is asked. The customer has to sign that line too."),
        frozenset({S.DIAGNOSING, S.QUOTED, S.APPROVED, S.REPAIRING}), _plain(workshop.ask_exception), ExceptionForm,
        fits=lambda work: work.is_diagnosed and not work.is_free, icon="tag",
        hint=_("Only where the published list does not allow what the repair really costs."),
    ),
    Step(
        "no-fault", "workshop.find_no_fault", _("No fault found"), _("No fault found"),
        _("It goes back without a repair."), frozenset({S.DIAGNOSING}), _plain(workshop.find_no_fault),
        forms.NoFaultForm, icon="circle-check",
    ),
)  # fmt: skip
PARTS = (
    Step(
        "ask-part", "storeroom.request_part", _("Ask for a part"), _("Ask the store"), _("The store was asked."),
        ASKING_STATES, _plain(storeroom.request_part), forms.AskPartForm, icon="package-import",
    ),
    Step(
        "cancel-part", "storeroom.cancel_request", _("Cancel a part"), _("Not needed any more"),
        _("The store knows that the part is not needed."), frozenset(State) - ENDED,
        _of_request(storeroom.cancel_request), forms.CancelPartForm, fits=lambda work: bool(work.missing), icon="x",
    ),
    Step(
        "commitment", "workshop.propose_commitment", _("New date for a missing part"), _("Propose this date"),
        _("The customer is asked to sign the new date."), frozenset({S.APPROVED, S.REPAIRING, S.WAITING_PARTS}),
        _plain(workshop.propose_commitment), forms.CommitmentForm,
        fits=lambda work: work.commitment is None and bool(work.missing), icon="calendar-due",
    ),
    Step(
        "wait", "workshop.wait_for_parts", _("Wait for parts"), _("Put it aside until the part comes"),
        _("The job waits for its part."), frozenset({S.APPROVED, S.REPAIRING}), _plain(workshop.wait_for_parts),
        forms.WaitForm, fits=lambda work: bool(work.missing), icon="clock-pause",
    ),
)  # fmt: skip
REPAIRING = (
    Step(
        "start-repair", "workshop.start_repair", _("Start the repair"), _("Start the repair"), _("The repair has begun."),
        frozenset({S.APPROVED}), _bare(workshop.start_repair), is_next=lambda work: not work.missing, icon="tool", key="s",
    ),
    Step(
        "resume", "workshop.resume_repair", _("Go on with the repair"), _("Go on with the repair"), _("The repair goes on."),
        frozenset({S.WAITING_PARTS}), _bare(workshop.resume_repair), is_next=lambda work: not work.missing,
        icon="player-play", key="s",
    ),
    Step(
        "fit", "workshop.fit_part", _("Fit a part"), _("It is fitted"), _("The part is in, and the old one has its tag."),
        frozenset({S.REPAIRING}), _of_request(workshop.fit_part), forms.FitForm, fits=lambda work: bool(work.loose),
        is_next=_always, icon="replace",
    ),
    Step(
        "labour", "workshop.log_labour", _("Labour"), _("Note the time"), _("The time is noted."),
        frozenset({S.DIAGNOSING, S.REPAIRING}), _plain(workshop.log_labour), forms.LabourForm, initial=forms.since_the_last,
        is_next=lambda work: work.order.state == S.REPAIRING and not work.labour and work.timer is None, icon="clock",
    ),
    Step(
        "start-timer", "workshop.start_timer", _("Start the clock"), _("Start the clock"), _("Your time runs on this job."),
        WORKED_IN, _bare(workshop.start_timer), fits=lambda work: work.timer is None and not work.elsewhere,
        icon="player-play", key="t",
    ),
    Step(
        "switch-timer", "workshop.start_timer", _("Stop the clock of your other job and start it here"),
        _("Stop the clock of your other job and start it here"), _("Your time runs on this job."), WORKED_IN,
        lambda order, _form, by, at: workshop.start_timer(order, stop_other=True, by=by, at=at),
        fits=lambda work: bool(work.elsewhere), icon="refresh", key="t",
    ),
    Step(
        "stop-timer", "workshop.stop_timer", _("Stop the clock"), _("Stop the clock"), _("The time is noted."),
        _OPEN, _plain(workshop.stop_timer), forms.StopTimerForm, fits=lambda work: work.timer is not None,
        is_next=lambda work: work.timer is not None, icon="clock-pause",
    ),
    Step(
        "correct-labour", "workshop.correct_labour", _("Correct a time"), _("Correct it"), _("The time is corrected."), _OPEN,
        lambda _order, form, by, at: workshop.correct_labour(**form.cleaned_data, by=by, at=at) or True,
        forms.CorrectLabourForm, fits=lambda work: any(each.technician_id == work.actor.person_id for each in work.labour),
        icon="edit", hint=_("The wrong entry stays in the books beside what takes it back."),
    ),
    Step(
        "checks", "workshop.check", _("Checklist"), _("Write it down"), _("The checklist is written down."), WORKED_IN,
        lambda order, form, by, at: len(workshop.check(order, values=form.values(), by=by, at=at)), forms.ChecksForm,
        fits=lambda work: bool(work.checks), icon="checklist",
        is_next=lambda work: bool(work.open_checks) and (bool(work.labour) or work.timer is not None),
    ),
    Step(
        "finish", "workshop.finish", _("Finish"), _("The work is done"), _("Somebody else tests it now."),
        frozenset({S.REPAIRING}), _plain(workshop.finish), forms.FinishForm,
        is_next=lambda work: bool(work.labour) and not (work.loose or work.missing or work.open_checks), icon="flag",
    ),
)  # fmt: skip
ENDING = (
    Step(
        "unrepairable", "workshop.declare_unrepairable", _("Cannot be repaired"), _("It cannot be repaired"),
        _("The outlet manager is asked to confirm it."), frozenset({S.DIAGNOSING, S.REPAIRING}),
        _plain(workshop.declare_unrepairable), forms.UnrepairableForm, fits=lambda work: work.approval is None,
        icon="circle-x", is_grave=True,
    ),
    Step(
        "return", "workshop.prepare_return", _("Prepare the return"), _("Ready to go back"),
        _("It is ready for collection, unrepaired."), _RETURNED_IN, _plain(workshop.prepare_return), forms.ReturnForm,
        is_next=_always, icon="arrow-back-up",
    ),
    Step(
        "hold", "workorder.hold", _("Put on hold"), _("Let the work stand still"), _("The work stands still."),
        _OPEN, _plain(workorder.hold), forms.HoldForm, fits=lambda work: not work.order.hold, icon="player-pause",
    ),
    Step(
        "release", "workorder.release_hold", _("Go on"), _("Let the work go on"), _("The work goes on."),
        _OPEN, _bare(workorder.release_hold), fits=lambda work: bool(work.order.hold), is_next=_always, icon="player-play",
    ),
)  # fmt: skip

STEPS: Mapping[str, Step] = {step.slug: step for step in (*ANSWERING, *FINDING, *PARTS, *REPAIRING, *ENDING)}
