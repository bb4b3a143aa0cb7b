"""The case from hand to hand: asked for, appraised by two, approved by a third, paid back, closed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from guiju.kernel.actor import Actor, Kind
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import begin
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.exchange import events, queries, rules
from guiju.line.exchange.actions.life import NotNeeded, SamePerson, amend, lock, require, step
from guiju.line.exchange.actions.offers import end_offers
from guiju.line.exchange.actions.units import SameModelHere, keep_refurbished
from guiju.line.exchange.models import ExchangeCase
from guiju.line.exchange.rules import (
    BY_RULE,
    WITHOUT_FAULT,
    CaseState,
    Choice,
    Disposition,
    Ground,
)
from guiju.line.storeroom import actions as storeroom
from guiju.line.workorder import actions as workorder
from guiju.line.workorder import queries as orders
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.line.workshop import actions as workshop
from guiju.line.workshop import queries as bench
from guiju.readiness.academy import queries as academy
from guiju.standing.policy import queries as policy
from guiju.standing.warranty.rules import FREE, Coverage, Right

SERIES = "EX"
# Who may repair a kind of appliance may judge it.
REPAIR = "REPAIR"


class NoGround(Refusal):
    """No rule gives more than a repair on this ground."""

    sentence = N_("Nothing in the book gives the customer this right. Choose another ground, or goodwill.")
    field = "ground"
    status = 422


class NoRight(NoGround):
    """The same, to the customer."""

    sentence = N_("No rule gives you another unit or your money back today. If you see it differently, call us.")


class AskedTwice(Refusal):
    """One matter at a time."""

    sentence = N_("An exchange or a refund is asked for already.")


class PriceUnknown(Refusal):
    """What goes back, and who may grant it, hangs on the price."""

    sentence = N_("Write what the customer paid: it stands on the invoice.")
    field = "price_minor"
    status = 422


class NotConfirmed(Refusal):
    """The appraisal did not find what the right hangs on."""

    sentence = N_("The appraisal did not confirm fault, serial number and proof of purchase.")


class NotCertified(Refusal):
    """The word of somebody who knows this kind of appliance (3.5 "TE certified")."""

    sentence = N_("The appraisal is for a technician who is certified for this kind of appliance.")


class OverTheLimit(Refusal):
    """The one who approves may not approve so much (5.3)."""

    sentence = N_("You may approve up to %(limit)s. Somebody with a higher limit has to approve this one.")


class ChoiceNotGiven(Refusal):
    """The ground gives one thing and not the other."""

    sentence = N_("This ground does not give %(choice)s.")
    field = "choice"
    status = 422


class DifferenceOwed(Refusal):
    """The case is not over while the customer waits for money."""

    sentence = N_("The difference in price has not gone back to the customer yet.")


def open_case(
    order: WorkOrder, *, ground: str, reason: str = "", price_minor: int | None = None, by: Actor, at: datetime
) -> ExchangeCase:
    """Ask for another unit or for the money, on a right that was raised, on what cannot be repaired, out of goodwill, or for money.

    ground        a word of rules.Ground; the customer asks on a right by rule alone
    reason        for goodwill and for money, why
    price_minor   what was paid for the unit, in minor units of the order's currency; what its card says unless given
    raises        NoGround, NoRight, PriceUnknown, AskedTwice, ReasonMissing, Invalid, WrongState
    source        3.5 "request", 3.2 "open exchange"; EX-2, EX-5
    """
    with doing("exchange.open_case", on=order, by=by, at=at, ground=str(ground)) as deed:
        order = workorder.lock(order)
        if ExchangeCase.objects.filter(order=order, state__in=rules.OPEN).exists():
            raise AskedTwice
        right = _ground(order, _word(Ground, ground, "ground"), deed)
        price = order.appliance.invoice_minor if price_minor is None else price_minor
        if price is None or price < 1:
            raise PriceUnknown
        said = workorder.reasoned(reason) if Ground(ground) in WITHOUT_FAULT else reason.strip()
        here = State(order.state)
        with refusing(exchange_case_is_open_once_for_an_order=AskedTwice):
            case = ExchangeCase.objects.create(
                number=next_number(SERIES, order.unit.code, order.unit.day(at)), order=order, came_from=here,
                ground=Ground(ground), right=right.to_json() if right else {}, version=_version(order), reason=said[:400],
                price_minor=price, currency=order.currency, requested_by_id=by.person_id, requested_by_name=by.name,
                requested_at=at,
            )  # fmt: skip
        begin(case, by=by, at=at, deed=deed)
        workorder.advance(order, to=State.EXCHANGE_PENDING, by=by, at=at, deed=deed)
        deed.note(case=case.number, price_minor=price)
        deed.tell(events.CaseOpened(order.pk, order.number, case.pk, case.number, case.ground))
    return case


def appraise(
    case: ExchangeCase,
    *,
    fault_confirmed: bool,
    serial_verified: bool,
    proof_verified: bool,
    findings: str,
    by: Actor,
    at: datetime,
) -> ExchangeCase:
    """Write down what was found: the fault, the plate, the proof of purchase; until it is confirmed it may be written anew.

    raises   WrongState, NotCertified, Invalid
    source   3.5 "technical appraisal", 6.31
    """
    with doing("exchange.appraise", on=case.order, by=by, at=at) as deed:
        case = lock(case)
        require(case, CaseState.REQUESTED)
        order, person_id = case.order, by.natural_person_id
        here = academy.holders(order.appliance.line_id, REPAIR, on=order.unit.day(at), unit=order.unit)
        if person_id not in {each.pk for each in here}:
            raise NotCertified
        if not findings.strip():
            raise Invalid(Sentence(N_("Write down what you found.")), field="findings")
        found = {
            "fault_confirmed": fault_confirmed,
            "serial_verified": serial_verified,
            "proof_verified": proof_verified,
        }
        amend(case, **found, findings=findings.strip(), appraised_by_id=person_id, appraised_at=at)
        deed.note(case=case.number, **found)
    return case


def confirm_appraisal(case: ExchangeCase, *, by: Actor, at: datetime) -> ExchangeCase:
    """Look at it again as another person, and agree.

    raises   WrongState, NotConfirmed, SamePerson
    source   3.5 "TE + QC", 5.4
    """
    with doing("exchange.confirm_appraisal", on=case.order, by=by, at=at) as deed:
        case = lock(case)
        if case.state == CaseState.REQUESTED and case.appraised_at is None:
            raise NotConfirmed(Sentence(N_("The technician has not written the appraisal yet.")))
        with refusing(
            exchange_appraisal_is_confirmed_by_another=SamePerson,
            exchange_appraisal_confirms_fault_serial_and_proof=NotConfirmed,
        ):
            step(case, CaseState.APPRAISED, deed, confirmed_by_id=by.natural_person_id, confirmed_at=at)
        deed.tell(events.CaseAppraised(case.order_id, case.order.number, case.pk, case.number))
    return case


def approve(case: ExchangeCase, *, choice: str, note: str = "", by: Actor, at: datetime) -> ExchangeCase:
    """Grant it as a third person, and keep what the customer chose; what the bench and the store had begun is let go.

    choice   EXCHANGE or REFUND, as far as the ground gives it
    raises   WrongState, ChoiceNotGiven, OverTheLimit, SamePerson, Invalid
    source   3.5 "approve", 5.3 "Exchange/refund of unit", 5.4
    """
    with doing("exchange.approve", on=case.order, by=by, at=at, choice=str(choice)) as deed:
        case = lock(case)
        require(case, CaseState.APPRAISED)
        chosen = Choice(_word(Choice, choice, "choice"))
        if chosen not in queries.choices(case):
            raise ChoiceNotGiven(choice=Sentence(rules.CHOICE_LABELS[chosen]))
        _within_limit(case, deed)
        with refusing(exchange_is_approved_by_somebody_else=SamePerson):
            step(
                case, CaseState.APPROVED, deed, choice=chosen, decided_by_id=by.natural_person_id, decided_at=at,
                decided_note=note.strip()[:400],
            )  # fmt: skip
        _let_go(case, deed)
        deed.tell(events.CaseApproved(case.order_id, case.order.number, case.pk, case.number, chosen))
    return case


def reject(case: ExchangeCase, *, reason: str, by: Actor, at: datetime) -> ExchangeCase:
    """Say no, in writing; the job goes on from where it stood.

    raises   WrongState, ReasonMissing
    source   3.5 "reject": NM, and how to complain stands on the customer's page
    """
    with doing("exchange.reject", on=case.order, by=by, at=at) as deed:
        case = lock(case)
        why = workorder.reasoned(reason)
        step(case, CaseState.REJECTED, deed, decided_note=why[:400], ended_at=at)
        _go_back(case, deed)
        deed.tell(events.CaseRejected(case.order_id, case.order.number, case.pk, case.number, why[:400]))
    return case


def withdraw(case: ExchangeCase, *, by: Actor, at: datetime) -> ExchangeCase:
    """The customer would rather have it repaired after all; the job goes on from where it stood.

    raises   WrongState
    source   3.5 "continue repair"
    """
    with doing("exchange.withdraw", on=case.order, by=by, at=at) as deed:
        case = lock(case)
        step(case, CaseState.WITHDRAWN, deed, ended_at=at)
        end_offers(case, at)
        _go_back(case, deed)
        deed.tell(events.CaseWithdrawn(case.order_id, case.order.number, case.pk, case.number))
    return case


def offer_option(case: ExchangeCase, *, by: Actor, at: datetime) -> ExchangeCase:
    """Offer a similar model, or the whole price, because no unit of the same model is to be had.

    raises   WrongState, NotNeeded, SameModelHere
    source   3.5 "no same model"
    """
    with doing("exchange.offer_option", on=case.order, by=by, at=at) as deed:
        case = lock(case)
        if case.choice == Choice.REFUND:
            raise NotNeeded
        if (standing := queries.same_model(case.order).first()) is not None:
            raise SameModelHere(serial=standing.serial)
        step(case, CaseState.OPTION_OFFERED, deed)
        deed.tell(events.OptionOffered(case.order_id, case.order.number, case.pk, case.number))
    return case


def settle_refund(case: ExchangeCase, *, number: str, bank_ref: str, deed: Deed) -> ExchangeCase:
    """Keep what goes back, inside the deed of the one who pays it: the whole price where no same model was to be had.

    raises   WrongState, ChoiceNotGiven, SamePerson
    source   3.5 "refund", TG-15; EX-4
    """
    case = lock(case)
    require(case, CaseState.APPROVED, CaseState.OPTION_OFFERED)
    wished = case.state == CaseState.APPROVED
    if (wished and case.choice != Choice.REFUND) or Choice.REFUND not in queries.choices(case):
        raise ChoiceNotGiven(choice=Sentence(rules.CHOICE_LABELS[Choice.REFUND]))
    told = queries.refund_for(case, same_model=wished)
    with refusing(exchange_refund_is_paid_by_another_than_granted_it=SamePerson):
        step(
            case, CaseState.REFUNDED, deed, refund_minor=told.refund_minor, deduction_minor=told.deduction_minor,
            days_used=told.days_used, deduction_source=told.source, refund_number=number, bank_ref=bank_ref,
            paid_by_id=deed.by.natural_person_id, settled_at=deed.at,
        )  # fmt: skip
    end_offers(case, deed.at)
    deed.note(case=case.number, refund_minor=told.refund_minor, deduction_minor=told.deduction_minor)
    return case


def dispose_old(case: ExchangeCase, *, disposition: str, note: str = "", by: Actor, at: datetime) -> ExchangeCase:
    """Say what became of the old unit; one that is refurbished is on the list of units again, and never as new.

    raises   WrongState, DifferenceOwed, Invalid
    source   3.5 "old unit disposition"
    """
    with doing("exchange.dispose_old", on=case.order, by=by, at=at, disposition=str(disposition)) as deed:
        case = lock(case)
        way = Disposition(_word(Disposition, disposition, "disposition"))
        with refusing(exchange_closed_owes_no_difference=DifferenceOwed):
            step(
                case, CaseState.CLOSED, deed, disposition=way, disposition_note=note.strip()[:400],
                disposed_by_id=by.natural_person_id, ended_at=at,
            )  # fmt: skip
        if way is Disposition.REFURB:
            keep_refurbished(case, at)
        deed.tell(events.OldUnitDisposed(case.order_id, case.order.number, case.pk, case.number, way))
    return case


def _word(words: Any, word: str, field: str) -> Any:
    try:
        return words(word)
    except ValueError as wrong:
        raise Invalid(Sentence(N_("Choose one of the list.")), field=field) from wrong


def _ground(order: WorkOrder, ground: Ground, deed: Deed) -> Right | None:
    """The right by rule that stands behind the ground; what is somebody's word is checked by what it says."""
    if ground in BY_RULE:
        # Days may have passed since the last time that anybody looked.
        workorder.raise_rights(order, by=deed.consequence(), at=deed.at)
        decision = order.coverage_decisions.order_by("-pk").first()
        raised = [Right.from_json(kept) for kept in decision.rights] if decision else []
        right = next((each for each in raised if each.ground == ground.value), None)
        if right is not None and right.proof.holds is not False:
            return right
        raise NoRight if deed.by.kind is Kind.CUSTOMER else NoGround
    if deed.by.kind is Kind.CUSTOMER:
        raise NoRight
    if ground is Ground.UNREPAIRABLE and not (order.state == State.UNREPAIRABLE and Coverage(order.coverage) in FREE):
        raise NoGround(Sentence(N_("This is for what is under guarantee and was confirmed to be unrepairable.")))
    if ground is Ground.PAID and bench.approved_quote(order) is None:
        raise NoGround(Sentence(N_("The customer has not approved a quote for another unit yet.")))
    return None


def _version(order: WorkOrder) -> str:
    shown = order.coverage_decisions.order_by("-pk").values_list("version", flat=True).first()
    return shown or ""


def _within_limit(case: ExchangeCase, deed: Deed) -> None:
    """5.3: the outlet's manager up to her limit, the network's up to his; above it is finance's."""
    if deed.role not in {"OM", "NM"}:
        return
    order = case.order
    limit = policy.figure(f"limit.exchange.{deed.role}", unit=order.unit, on=order.unit.day(deed.at)).value
    if limit is not None and case.price_minor > limit:
        raise OverTheLimit(limit=orders.money(order, limit))


def _let_go(case: ExchangeCase, deed: Deed) -> None:
    """What the bench and the store had begun for the repair ends; a quote for the other unit stands."""
    order, because = case.order, deed.consequence()
    storeroom.release_all(order, by=because, at=deed.at)
    if case.ground != Ground.PAID:
        workshop.void_quotes(order, by=because, at=deed.at)
    commitment = bench.living_commitment(order)
    if commitment is not None and commitment.state in {"PROPOSED", "SIGNED"}:
        workshop.void_commitment(commitment, by=because, at=deed.at)


def _go_back(case: ExchangeCase, deed: Deed) -> None:
    workorder.advance(case.order, to=State(case.came_from), by=deed.by, at=deed.at, deed=deed)
