"""The care of an order on its way: who has it, until when it is promised, why it stands still, who pays."""

from __future__ import annotations

from typing import Annotated

from ninja import Router
from pydantic import Field

from guiju.api.answers import ORDER, OrderOut
from guiju.api.fields import Input, Line, Moment, Name, Nothing, Short
from guiju.api.finding import EvidenceKey, PersonNumber
from guiju.api.verbs import Verb, speak
from guiju.line.workorder import actions
from guiju.line.workorder.models import ContactAttempt
from guiju.line.workorder.rules import Agreed, Held, Hold, Priority, PromiseCause
from guiju.standing.warranty.rules import Coverage


class MoveCustody(Input):
    """Who has the appliance from now on."""

    to: Held
    holder: Annotated[Name, Field(min_length=1)]
    place: Short = ""
    person: PersonNumber | None = None


class RevisePromise(Input):
    """Another date, why, what it rests on, and how the customer agreed to it if anybody asked."""

    to: Moment
    cause: PromiseCause
    reason: Line
    agreed: Agreed | None = None
    signature: EvidenceKey | None = None
    agreed_note: Line = ""
    basis: Line = ""
    proof: EvidenceKey | None = None


class AgreeToPromise(Input):
    """How the customer agreed to the date that stands."""

    agreed: Agreed
    signature: EvidenceKey | None = None
    agreed_note: Line = ""


class HoldIn(Input):
    """Why the work stands still."""

    hold: Hold
    reason: Line


class Prioritise(Input):
    """How pressing it is."""

    priority: Priority
    reason: Line


class Contact(Input):
    """One try to reach the customer."""

    channel: Short
    outcome: ContactAttempt.Result
    note: Line = ""
    person: PersonNumber | None = None


class Decide(Input):
    """The cause that was found."""

    cause: Short
    fault_family: Short = ""


class Override(Input):
    """What the manager decides instead."""

    coverage: Coverage
    reason: Line


router = Router(tags=["order"])
speak(
    router,
    [
        Verb("/orders/{number}/move-custody", actions.move_custody, MoveCustody, OrderOut, ORDER),
        Verb("/orders/{number}/revise-promise", actions.revise_promise, RevisePromise, OrderOut, ORDER),
        Verb("/orders/{number}/agree-to-promise", actions.agree_to_promise, AgreeToPromise, OrderOut, ORDER),
        Verb("/orders/{number}/prioritise", actions.prioritise, Prioritise, OrderOut, ORDER),
        Verb("/orders/{number}/hold", actions.hold, HoldIn, OrderOut, ORDER),
        Verb("/orders/{number}/release-hold", actions.release_hold, Nothing, OrderOut, ORDER),
        # The link itself is shown at the counter: an idempotency key would keep it in its answer.
        Verb("/orders/{number}/renew-link", actions.renew_link, Nothing, OrderOut, ORDER),
        Verb("/orders/{number}/log-contact", actions.log_contact, Contact, OrderOut, ORDER),
        Verb("/orders/{number}/decide-coverage", actions.decide_coverage, Decide, OrderOut, ORDER),
        Verb("/orders/{number}/override-coverage", actions.override_coverage, Override, OrderOut, ORDER),
    ],
)
