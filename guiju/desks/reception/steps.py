"""What can be done with an order at the counter, and when each step is offered.

A step is one verb of the house with its form. The verb decides; what is offered here only spares a clerk the refusals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guiju.desks.common.forms import Form
from guiju.desks.common.proof import Asked, keep_photos, keep_signature
from guiju.desks.reception import promising, signed_papers
from guiju.desks.reception.forms import steps as forms
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import WrongState
from guiju.line.followup import actions as followup
from guiju.line.followup.models import UnclaimedCase
from guiju.line.followup.rules import CaseState, Disposal
from guiju.line.intake import actions as intake
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import PromiseRevision, WorkOrder
from guiju.line.workorder.rules import ENDED, MOVES, State
from guiju.line.workshop import actions as workshop
from guiju.line.workshop import queries as bench
from guiju.line.workshop.models import PartsCommitment, Quote, QuoteLine
from guiju.line.workshop.rules import CommitmentState, Consent, DelayCause, QuoteState, Remedy


@dataclass(frozen=True)
class Here:
    """An order with what hangs on it at the counter, and who asks when."""

    order: WorkOrder
    quote: Quote | None
    commitment: PartsCommitment | None
    case: UnclaimedCase | None
    by: Actor
    at: datetime
    # The date that stands, where the customer has not agreed to it.
    promise: PromiseRevision | None = None
    # The date for a part that was missed or refused.
    broken: PartsCommitment | None = None

    @property
    def who(self) -> dict[str, Any]:
        """Who does it, and when: what every verb wants to know."""
        return {"by": self.by, "at": self.at}

    @property
    def asked_promise(self) -> PromiseRevision:
        """The date to which the customer has not agreed yet, as above."""
        if self.promise is None:
            raise workorder.NothingToAgree
        return self.promise

    def stands(self, *states: State) -> bool:
        """Whether the order is in one of these states."""
        return self.order.state in states

    @property
    def asked_quote(self) -> Quote:
        """The quote; a step on one that is not there comes too late or too early."""
        if self.quote is None:
            raise WrongState
        return self.quote

    @property
    def asked_commitment(self) -> PartsCommitment:
        """The date for the missing part, as above."""
        if self.commitment is None:
            raise WrongState
        return self.commitment

    @property
    def unsigned_line(self) -> QuoteLine:
        """The first line outside the list that the customer has not signed, as above."""
        waiting = bench.unsigned_lines(self.asked_quote)
        if not waiting:
            raise WrongState
        return waiting[0]

    @property
    def open_case(self) -> UnclaimedCase:
        """The case of the appliance that nobody collects, as above."""
        if self.case is None:
            raise WrongState
        return self.case

    def quoted(self, state: QuoteState) -> bool:
        return self.quote is not None and self.quote.state == state

    def committed(self, state: CommitmentState) -> bool:
        return self.commitment is not None and self.commitment.state == state

    def cased(self, *states: CaseState) -> bool:
        return self.case is not None and self.case.state in states


Data = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """One thing to do with an order.

    is_next   the job waits for it: it stands first and open
    is_grave  it ends something: its button warns
    """

    slug: str
    title: str | Promise
    icon: str
    verb: str
    form: type[Form]
    offered: Callable[[Here], bool]
    act: Callable[[Here, Data], Any]
    said: str | Promise
    yes: str | Promise = ""
    hint: str | Promise = ""
    is_next: Callable[[Here], bool] = field(default=lambda _here: False)
    is_grave: bool = False

    def fits(self, here: Here) -> bool:
        """Offered now, and to this person."""
        return self.offered(here) and here.by.may(self.verb, on=here.order)


def _may_cancel(here: Here) -> bool:
    return any(move.verb == "intake.cancel" and here.order.state in move.froms and move.is_offered for move in MOVES)


def _is_open(here: Here) -> bool:
    return here.order.state not in ENDED and here.order.state != State.DRAFT


def _may_be_moved(here: Here) -> bool:
    """A signed date; after two new ones the outlet manager alone (3.3)."""
    stands = here.commitment if here.committed(CommitmentState.SIGNED) else None
    return stands is not None and (not stands.needs_manager or here.by.may("workshop.extend_commitment", on=here.order))


def _approve(here: Here, data: Data) -> Any:
    how = Consent(data["how"])
    with transaction.atomic():
        signature = None
        if how is Consent.SIGNATURE:
            asked = signed_papers.of_quote(here.asked_quote, option=data["option"], declined=data["declined"])
            signature = keep_signature(data["signature"], here.order, asked=asked, **here.who)
        chosen = {"option": data["option"], "declined": data["declined"], "note": data["note"]}
        return workshop.approve_quote(here.asked_quote, how=how, signature=signature, **chosen, **here.who)


def _propose(here: Here, data: Data) -> Any:
    typed = dict(data) | {"cause": DelayCause(data["cause"]), "remedy": Remedy(data["remedy"])}
    return workshop.propose_commitment(here.order, **typed, **here.who)


def _sign(here: Here, data: Data) -> Any:
    with transaction.atomic():
        asked = signed_papers.of_commitment(here.asked_commitment)
        signature = keep_signature(data["signature"], here.order, asked=asked, **here.who)
        return workshop.sign_commitment(here.asked_commitment, signature=signature, **here.who)


def _renegotiate(here: Here, data: Data) -> Any:
    with transaction.atomic():
        asked = signed_papers.of_another_date(here.asked_commitment, data)
        typed = dict(data) | {"signature": keep_signature(data["signature"], here.order, asked=asked, **here.who)}
        return workshop.renegotiate_commitment(here.asked_commitment, **typed, **here.who)


# What the customer may sign on the own telephone, by step: as it is read there, of what is typed here.
SIGNED: Mapping[str, Callable[[Here, Data], Asked]] = {
    "approve-quote": lambda here, data: signed_papers.of_quote(
        here.asked_quote, option=data["option"], declined=data["declined"]
    ),
    "sign-line": lambda here, _data: signed_papers.of_line(here.unsigned_line),
    "sign-commitment": lambda here, _data: signed_papers.of_commitment(here.asked_commitment),
    "renegotiate-commitment": lambda here, data: signed_papers.of_another_date(here.asked_commitment, data),
    "promise": lambda here, data: signed_papers.of_promise(here.order, data),
    "agree-to-promise": lambda here, _data: signed_papers.of_moved_promise(here.order, here.asked_promise),
}


def step_of_order(slug: str, number: str) -> dict[str, str]:
    """Where a signature on the telephone belongs, as the panel that waits for it says it again."""
    return {
        "signing_step": slug, "signing_order": number, "ask_url": reverse("reception:act", args=[number, slug]),
    }  # fmt: skip


def _sign_line(here: Here, data: Data) -> Any:
    with transaction.atomic():
        line = here.unsigned_line
        if line.pk != data["line"]:
            # Signed is the line that was read, and no other that waits meanwhile.
            raise WrongState
        signature = keep_signature(data["signature"], here.order, asked=signed_papers.of_line(line), **here.who)
        return workshop.sign_line(line, signature=signature, **here.who)


def _value(here: Here, data: Data) -> Any:
    with transaction.atomic():
        typed = dict(data)
        (photo,) = keep_photos(typed.pop("photos"), here.order, kind="UNCLAIMED", **here.who)
        return followup.review_disposal(here.open_case, photo=photo, **typed, **here.who).pk


def _dispose(here: Here, data: Data) -> Any:
    typed = dict(data) | {"disposal": Disposal(data["disposal"])}
    return followup.dispose(here.open_case, **typed, **here.who)


def _done(act: Callable[[Here, Data], Any]) -> Callable[[Here, Data], Any]:
    """The step's answer is the order's number, whatever row the verb gives back."""

    def answer(here: Here, data: Data) -> str:
        act(here, data)
        return here.order.number

    return answer


STEPS: tuple[Step, ...] = (
    Step(
        "issue-quote", _("Send the quote to the customer"), "send", "workshop.issue_quote", forms.NothingForm,
        lambda here: here.quoted(QuoteState.DRAFT) and here.stands(State.DIAGNOSING, State.QUOTED),
        _done(lambda here, _data: workshop.issue_quote(here.asked_quote, **here.who)),
        _("The quote is sent; now the customer decides."), _("Send"),
        hint=_("Read the lines first: once sent, the quote cannot change."), is_next=lambda _here: True,
    ),
    Step(
        "discount-quote", _("Take something off the quote"), "coin", "workshop.discount_quote", forms.DiscountForm,
        lambda here: here.quoted(QuoteState.DRAFT) or here.quoted(QuoteState.ISSUED),
        _done(lambda here, data: workshop.discount_quote(here.asked_quote, **data, **here.who)),
        _("The quote has a new total. Send it to the customer."), _("Take it off"),
        hint=_("Never below the published list. More than the counter may take off waits for the outlet manager."),
    ),
    Step(
        "approve-quote", _("The customer approves the quote"), "signature", "workshop.approve_quote", forms.ApprovalForm,
        lambda here: here.quoted(QuoteState.ISSUED), _done(_approve), _("The quote is approved; the repair can begin."), _("Approved"),
        is_next=lambda _here: True,
    ),
    Step(
        "decline-quote", _("The customer declines the quote"), "thumb-down", "workshop.decline_quote", forms.OptionalReasonForm,
        lambda here: here.quoted(QuoteState.ISSUED),
        _done(lambda here, data: workshop.decline_quote(here.asked_quote, **data, **here.who)),
        _("The quote is declined; the appliance will be made ready to collect."), _("Declined"), is_grave=True,
    ),
    Step(
        "sign-line", _("The customer signs a price outside the list"), "signature", "workshop.sign_line", forms.LineSignatureForm,
        lambda here: here.quoted(QuoteState.ISSUED) and bool(bench.unsigned_lines(here.asked_quote)), _done(_sign_line),
        _("The line is signed. The quote can be approved once every such line is."), _("Signed"), is_next=lambda _here: True,
    ),
    Step(
        "sign-commitment", _("The customer signs the new date"), "signature", "workshop.sign_commitment", forms.SignatureForm,
        lambda here: here.committed(CommitmentState.PROPOSED), _done(_sign), _("The new date is signed; it is the promise now."),
        _("Signed"), is_next=lambda _here: True,
    ),
    Step(
        "refuse-commitment", _("The customer refuses the new date"), "thumb-down", "workshop.refuse_commitment", forms.OptionalNoteForm,
        lambda here: here.committed(CommitmentState.PROPOSED),
        _done(lambda here, data: workshop.refuse_commitment(here.asked_commitment, **data, **here.who)),
        _("The new date is refused; the job stands still until you agree with the customer."), _("Refused"), is_grave=True,
    ),
    Step(
        "propose-commitment", _("Promise a date for a missing part"), "calendar-due", "workshop.propose_commitment", forms.ProposalForm,
        lambda here: here.commitment is None and here.stands(State.APPROVED, State.REPAIRING, State.WAITING_PARTS), _done(_propose),
        _("The date is proposed; the customer has to sign it."), _("Propose"), is_next=lambda here: here.stands(State.WAITING_PARTS),
    ),
    Step(
        "renegotiate-commitment", _("Agree on another date for the part"), "calendar", "workshop.renegotiate_commitment",
        forms.RenegotiationForm, _may_be_moved, _done(_renegotiate),
        _("The other date is signed; it is the promise now."), _("Signed"),
        hint=_("The customer signs again, before the date that stands has passed."),
    ),
    Step(
        "resolve-commitment", _("The customer got the remedy"), "heart-handshake", "workshop.resolve_commitment", forms.NoteForm,
        lambda here: here.committed(CommitmentState.BREACHED),
        _done(lambda here, data: workshop.resolve_commitment(here.asked_commitment, **data, **here.who)),
        _("The broken date is made good."), _("Made good"), hint=_("Write down which remedy the customer got."),
        is_next=lambda _here: True,
    ),
    Step(
        "priority", _("Priority"), "flag", "workorder.prioritise", forms.PriorityForm, _is_open,
        _done(lambda here, data: workorder.prioritise(here.order, **data, **here.who)),
        _("The priority is set."), _("Set it"), hint=_("Boards and lists put the job in its place."),
    ),
    Step(
        "renew-link", _("Give the customer a new link"), "link", "workorder.renew_link", forms.NothingForm,
        lambda here: not here.stands(State.DRAFT), _done(lambda here, _data: workorder.renew_link(here.order, **here.who)),
        _("The customer's page has a new address."), _("Make a new link"),
        hint=_("The old link, also that on the printed ticket, then leads nowhere."),
    ),
    Step(
        "renew-claim-code", _("The customer lost the claim tag"), "qrcode", "intake.renew_claim_code", forms.NothingForm,
        lambda here: here.order.received_at is not None and _is_open(here),
        _done(lambda here, _data: intake.renew_claim_code(here.order, **here.who)),
        _("The old paper proves nothing any more. Print the claim tag and the ticket again."), _("Call it back"),
        hint=_("Its digits, its QR code and the customer's link are new."),
    ),
    Step(
        "release", _("Go on with the work"), "player-play", "workorder.release_hold", forms.NothingForm,
        lambda here: bool(here.order.hold), _done(lambda here, _data: workorder.release_hold(here.order, **here.who)),
        _("The work goes on."), _("Go on"), is_next=lambda _here: True,
    ),
    Step(
        "call", _("Call after the repair"), "heart-handshake", "followup.record_call", forms.CallForm,
        lambda here: here.stands(State.DELIVERED, State.CLOSED),
        _done(lambda here, data: followup.record_call(here.order, **data, **here.who)),
        _("The call is noted."), _("Note the call"), is_next=lambda here: here.stands(State.DELIVERED),
    ),
    Step(
        "remind", _("Remind the customer to collect"), "bell", "followup.remind", forms.NothingForm,
        lambda here: here.stands(State.READY), _done(lambda here, _data: followup.remind(here.order, **here.who)),
        _("The reminder is noted and sent."), _("Remind"),
        hint=_("A week after it was ready, and again after a month; first note how you tried to reach the customer."),
    ),
    Step(
        "demand", _("Send the formal demand"), "alert-triangle", "followup.send_demand", forms.DemandForm,
        lambda here: here.cased(CaseState.REMINDED_2), _done(lambda here, data: followup.send_demand(here.open_case, **data, **here.who)),
        _("The demand is sent."), _("Send the demand"), is_grave=True,
    ),
    Step(
        "welcome-back", _("The customer has come"), "user-check", "followup.welcome_back", forms.NothingForm,
        lambda here: here.cased(CaseState.REMINDED_2, CaseState.DEMAND_SENT, CaseState.DISPOSAL_REVIEW),
        _done(lambda here, _data: followup.welcome_back(here.open_case, **here.who)),
        _("The job is ready to collect again."), _("Ready again"), is_next=lambda _here: True,
    ),
    Step(
        "review-disposal", _("Value it, and ask to dispose of it"), "scan", "followup.review_disposal", forms.ValuationForm,
        lambda here: here.cased(CaseState.DEMAND_SENT), _done(_value), _("Somebody else has to approve the disposal now."),
        _("Ask for approval"), is_grave=True,
    ),
    Step(
        "approve-disposal", _("Approve the disposal"), "check", "followup.approve_disposal", forms.NothingForm,
        lambda here: here.cased(CaseState.DISPOSAL_REVIEW),
        _done(lambda here, _data: followup.approve_disposal(here.open_case, **here.who)), _("The disposal is approved."), _("Approve"),
        is_grave=True,
    ),
    Step(
        "dispose", _("Dispose of the appliance"), "trash", "followup.dispose", forms.DisposalForm,
        lambda here: here.cased(CaseState.DISPOSAL_REVIEW), _done(_dispose), _("The appliance is disposed of."), _("Dispose of it"),
        is_grave=True,
    ),
    Step(
        "contact", _("Note a call or message"), "phone", "workorder.log_contact", forms.ContactForm, _is_open,
        _done(lambda here, data: workorder.log_contact(here.order, **data, **here.who)), _("The contact is noted."), _("Note it"),
    ),
    Step(
        "promise", _("Promise another date"), "calendar", "workorder.revise_promise", forms.PromiseForm, _is_open,
        _done(lambda here, data: promising.revise(here.order, data, here.who)), _("The new date is promised."), _("Promise"),
        hint=_("For a missing part there is a time limit of its own, which the customer signs."),
    ),
    Step(
        "agree-to-promise", _("The customer agrees to the new date"), "signature", "workorder.agree_to_promise", forms.AgreementForm,
        lambda here: _is_open(here) and here.promise is not None,
        _done(lambda here, data: promising.agree(here.order, here.asked_promise, data, here.who)),
        _("The customer agreed to the new date."), _("Agreed"),
    ),
    Step(
        "hold", _("Put on hold"), "player-pause", "workorder.hold", forms.HoldForm, lambda here: _is_open(here) and not here.order.hold,
        _done(lambda here, data: workorder.hold(here.order, **data, **here.who)), _("The work stands still."), _("Hold"),
    ),
    Step(
        "rework", _("The same fault is back"), "refresh", "followup.claim_rework", forms.ReworkForm,
        lambda here: here.stands(State.DELIVERED, State.CLOSED),
        lambda here, data: followup.claim_rework(here.order, **data, **here.who),
        _("The rework has its own order; receive the appliance now."), _("Take it back"),
        hint=_("Free of charge while the repair warranty of this job runs."),
    ),
    Step(
        "close", _("Close the job"), "lock", "followup.close", forms.NothingForm, lambda here: here.stands(State.DELIVERED),
        _done(lambda here, _data: followup.close(here.order, **here.who)), _("The job is closed."), _("Close"),
    ),
    Step(
        "cancel-free", _("The customer cancels, free of charge"), "ban", "workshop.cancel_free", forms.ReasonForm,
        lambda here: here.broken is not None and _may_cancel(here),
        _done(lambda here, data: workshop.cancel_free(here.order, **data, **here.who)),
        _("The job is cancelled; nothing is charged."), _("Cancel free of charge"),
        hint=_("We did not keep the date for the part, or the customer does not wait for it: the test costs nothing either."),
        is_grave=True,
    ),
    Step(
        "cancel", _("The customer cancels"), "ban", "intake.cancel", forms.ReasonForm,
        lambda here: here.broken is None and _may_cancel(here),
        _done(lambda here, data: intake.cancel(here.order, **data, **here.who)), _("The job is cancelled."), _("Cancel the job"),
        is_grave=True,
    ),
)  # fmt: skip
