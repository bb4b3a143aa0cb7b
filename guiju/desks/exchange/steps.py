"""What can be done with a case, by whom, and when each step is offered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guiju.desks.common.proof import keep_signature
from guiju.desks.exchange import forms
from guiju.kernel.actor import Actor
from guiju.line.cashier import actions as cashier
from guiju.line.exchange import actions as exchange
from guiju.line.exchange import queries
from guiju.line.exchange.models import ExchangeCase, UnitOffer
from guiju.line.exchange.rules import CaseState, Choice

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Here:
    """A case, and who asks when."""

    case: ExchangeCase
    by: Actor
    at: datetime

    @property
    def who(self) -> dict[str, Any]:
        """Who does it, and when."""
        return {"by": self.by, "at": self.at}

    def stands(self, *states: CaseState) -> bool:
        """Whether the case is in one of these states."""
        return self.case.state in states


@dataclass(frozen=True)
class Step:
    """One thing to do with a case.

    is_next   what the case waits for: it stands first and open
    """

    slug: str
    title: str | Promise
    icon: str
    verb: str
    form: type[forms.OfCase]
    offered: Callable[[Here], bool]
    act: Callable[[Here, Data], Any]
    said: str | Promise
    yes: str | Promise
    hint: str | Promise = ""
    is_next: bool = True
    is_grave: bool = False

    def fits(self, here: Here) -> bool:
        """Offered now, and to this person."""
        return self.offered(here) and here.by.may(self.verb, on=here.case.order)


def _agree(here: Here, data: Data) -> Any:
    with transaction.atomic():
        consent = keep_signature(data["consent"], here.case.order, **here.who)
        return exchange.agree_to_unit(here.case, consent=consent, **here.who)


def _gives_unit(here: Here) -> bool:
    return here.stands(CaseState.APPROVED, CaseState.OPTION_OFFERED) and here.case.choice == Choice.EXCHANGE


def _may_be_kept(here: Here) -> bool:
    """A new one of the same model comes by itself; another one when the customer has signed for it."""
    offer = queries.offer_of(here.case) if here.stands(CaseState.OPTION_OFFERED) else None
    return _gives_unit(here) and (
        here.stands(CaseState.APPROVED) or (offer is not None and offer.agreed_at is not None)
    )


def _waits_for_name(here: Here) -> bool:
    offer = queries.offer_of(here.case) if here.stands(CaseState.OPTION_OFFERED) else None
    return offer is not None and offer.agreed_at is None


def owes_difference(case: ExchangeCase) -> bool:
    """Whether a difference in price still has to go back to the customer."""
    is_open = case.state in {CaseState.ALLOCATED, CaseState.EXCHANGED}
    return is_open and case.difference_minor < 0 and not case.difference_number


def _pays(here: Here) -> bool:
    wished = here.stands(CaseState.APPROVED) and here.case.choice == Choice.REFUND
    return (wished or here.stands(CaseState.OPTION_OFFERED)) and here.case.decided_by_id != here.by.person_id


STEPS: tuple[Step, ...] = (
    Step(
        "appraise", _("Write the appraisal"), "clipboard-check", "exchange.appraise", forms.AppraisalForm,
        lambda here: here.stands(CaseState.REQUESTED), lambda here, data: exchange.appraise(here.case, **data, **here.who),
        _("The appraisal is written; an inspector looks at it now."), _("Write it"),
        hint=_("Who asked for the exchange does not matter here: write what you see."),
    ),
    Step(
        "confirm", _("Confirm the appraisal"), "check", "exchange.confirm_appraisal", forms.NothingForm,
        lambda here: here.stands(CaseState.REQUESTED) and here.case.appraised_at is not None
        and here.case.appraised_by_id != here.by.person_id,
        lambda here, _data: exchange.confirm_appraisal(here.case, **here.who),
        _("The appraisal is confirmed; it waits for approval now."), _("Confirm"),
        hint=_("Look at the unit yourself first."),
    ),
    Step(
        "approve", _("Approve it"), "check", "exchange.approve", forms.ApproveForm,
        lambda here: here.stands(CaseState.APPRAISED)
        and here.by.person_id not in {here.case.requested_by_id, here.case.appraised_by_id, here.case.confirmed_by_id},
        lambda here, data: exchange.approve(here.case, **data, **here.who), _("It is approved."), _("Approve"),
    ),
    Step(
        "agree-unit", _("The customer signs for this unit"), "signature", "exchange.agree_to_unit", forms.AgreeForm, _waits_for_name,
        _agree, _("The customer has signed; the store may keep the unit now."), _("Agree to this unit"),
        hint=_("Show the customer the unit and the sums above first."),
    ),
    Step(
        "decline-unit", _("The customer does not want this unit"), "x", "exchange.decline_unit", forms.DeclineForm, _waits_for_name,
        lambda here, data: exchange.decline_unit(here.case, **data, **here.who),
        _("The offer is over; offer another unit, or the whole price is paid back."), _("Decline it"), is_next=False,
    ),
    Step(
        "allocate", _("Keep a unit for the customer"), "fridge", "exchange.allocate", forms.AllocateForm, _may_be_kept,
        lambda here, data: exchange.allocate(here.case, **data, **here.who), _("The unit is kept; the customer may come for it."),
        _("Keep this one"), hint=_("A used unit or another model only after the customer has signed for it."),
    ),
    Step(
        "offer-unit", _("Offer a similar unit"), "replace", "exchange.offer_unit", forms.OfferForm, _gives_unit,
        lambda here, data: exchange.offer_unit(here.case, **data, **here.who),
        _("It is offered; the customer signs for it here or on their own page."), _("Offer this one"), is_next=False,
        hint=_("Another model or a used unit. What it costs more the customer pays; what it costs less goes back."),
    ),
    Step(
        "offer-option", _("There is none of this model"), "replace", "exchange.offer_option", forms.NothingForm,
        lambda here: here.stands(CaseState.APPROVED) and here.case.choice == Choice.EXCHANGE,
        lambda here, _data: exchange.offer_option(here.case, **here.who),
        _("Now a similar model or the whole price can be given."), _("Offer another model or the money"), is_next=False,
        hint=_("Then nothing is deducted from the price for its use."),
    ),
    Step(
        "pay-back", _("Pay the price back"), "receipt-refund", "cashier.refund_unit", forms.PayForm, _pays,
        lambda here, data: cashier.refund_unit(here.case, **data, **here.who), _("The price is paid back; the job is over."),
        _("Paid back"), hint=_("By transfer, out of the brand's money; the unit stays here."), is_grave=True,
    ),
    Step(
        "pay-difference", _("Pay the difference back"), "receipt-refund", "cashier.refund_difference", forms.PayForm,
        lambda here: owes_difference(here.case) and here.case.decided_by_id != here.by.person_id,
        lambda here, data: cashier.refund_difference(here.case, **data, **here.who), _("The difference is paid back."), _("Paid back"),
        hint=_("The unit that was given costs less. By transfer, out of the brand's money."), is_grave=True,
    ),
    Step(
        "dispose", _("What becomes of the old unit"), "trash", "exchange.dispose_old", forms.DisposeForm,
        lambda here: here.stands(CaseState.EXCHANGED, CaseState.REFUNDED) and not owes_difference(here.case),
        lambda here, data: exchange.dispose_old(here.case, **data, **here.who), _("The case is closed."), _("Write it down"),
    ),
    Step(
        "withdraw", _("The customer would rather have it repaired"), "arrow-back-up", "exchange.withdraw", forms.NothingForm,
        lambda here: here.stands(CaseState.REQUESTED, CaseState.APPRAISED, CaseState.APPROVED, CaseState.OPTION_OFFERED),
        lambda here, _data: exchange.withdraw(here.case, **here.who), _("The job goes on from where it stood."),
        _("Go on with the repair"), is_next=False,
    ),
    Step(
        "reject", _("Reject it"), "ban", "exchange.reject", forms.ReasonForm,
        lambda here: here.stands(CaseState.REQUESTED, CaseState.APPRAISED),
        lambda here, data: exchange.reject(here.case, **data, **here.who),
        _("It is rejected; the customer reads your reason, and where to complain."), _("Reject"),
        hint=_("The customer reads your reason on their own page."), is_next=False, is_grave=True,
    ),
)  # fmt: skip
BY_SLUG = {step.slug: step for step in STEPS}

_OFFERS = UnitOffer.objects.filter(case=OuterRef("pk"), ended_at__isnull=True)
_IS_OFFERED, _IS_AGREED = Q(Exists(_OFFERS)), Q(Exists(_OFFERS.filter(agreed_at__isnull=False)))
_WAS_DECLINED = Q(Exists(UnitOffer.objects.filter(case=OuterRef("pk"), declined_at__isnull=False)))
_IS_OWED = Q(difference_minor__lt=0, difference_number="")
# Who waits for what, for the number at the desk.
_OF_VERB: Mapping[str, Q] = {
    "exchange.appraise": Q(state=CaseState.REQUESTED, appraised_at__isnull=True),
    "exchange.confirm_appraisal": Q(state=CaseState.REQUESTED, appraised_at__isnull=False),
    "exchange.approve": Q(state=CaseState.APPRAISED),
    "exchange.allocate": Q(state=CaseState.APPROVED, choice=Choice.EXCHANGE)
    | Q(state=CaseState.OPTION_OFFERED) & _IS_AGREED,
    "cashier.refund_unit": Q(state=CaseState.OPTION_OFFERED) | Q(state=CaseState.APPROVED, choice=Choice.REFUND),
    "cashier.refund_difference": Q(state__in=[CaseState.ALLOCATED, CaseState.EXCHANGED]) & _IS_OWED,
    "exchange.dispose_old": Q(state__in=[CaseState.EXCHANGED, CaseState.REFUNDED]) & ~_IS_OWED,
}


# What is done at the counter while the customer stands there.
_WITH_THE_CUSTOMER: Mapping[str, Q] = {
    "exchange.offer_unit": Q(state=CaseState.OPTION_OFFERED) & ~_IS_OFFERED,
    "exchange.agree_to_unit": Q(state=CaseState.OPTION_OFFERED) & _IS_OFFERED & ~_IS_AGREED,
}
# What the customer answered from elsewhere: nobody stands there to say it again.
_ANSWERED: Mapping[str, Q] = {
    "exchange.offer_unit": Q(state=CaseState.OPTION_OFFERED) & ~_IS_OFFERED & _WAS_DECLINED,
}


def counted(actor: Actor) -> QuerySet[ExchangeCase]:
    """How many stand at the desk's name: nothing, and no question on every page, for who only serves the customer in them."""
    return waiting(actor) if any(map(actor.may, _OF_VERB)) else ExchangeCase.objects.none()


def waiting(actor: Actor) -> QuerySet[ExchangeCase]:
    """The cases that wait for something that this person may do.

    Who only serves the customer in them has those alone to which the customer has answered no.
    """
    mine = [asked for verb, asked in _OF_VERB.items() if actor.may(verb)]
    if mine:
        mine += [asked for verb, asked in _WITH_THE_CUSTOMER.items() if actor.may(verb)]
    mine += [asked for verb, asked in _ANSWERED.items() if actor.may(verb)]
    if not mine:
        return ExchangeCase.objects.none()
    wanted = mine[0]
    for each in mine[1:]:
        wanted |= each
    return ExchangeCase.objects.visible_to(actor).filter(wanted)
