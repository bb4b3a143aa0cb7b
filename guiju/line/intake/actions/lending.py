"""Loaners: a unit of ours, lent for the time of a repair (A17)."""

from __future__ import annotations

from datetime import datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.models import Evidence
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.intake.actions.reading import text_of
from guiju.line.intake.events import LoanerExcepted, LoanerLent, LoanerReturned
from guiju.line.intake.models import Loan, LoanerUnit
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import ENDED, State
from guiju.standing.catalogue.models import ProductLine
from guiju.standing.people.models import Unit

CONDITION = N_("Describe how it looks: scratches, what is missing, what goes with it.")


class LentAlready(Refusal):
    """One unit is with one customer."""

    sentence = N_("This loaner is with another customer. Choose one that stands here.")
    field = "loaner"


class KnownLoaner(Refusal):
    """The same plate twice."""

    sentence = N_("A loaner with this serial number is on the list already.")
    field = "serial"


class LoanOver(Refusal):
    """It came back."""

    sentence = N_("This loaner has come back already.")


class StillOut(Refusal):
    """Nothing is taken off the list that a customer has."""

    sentence = N_("This loaner is with a customer. Take it back first.")


def add_loaner(
    *,
    unit: Unit,
    description: str,
    serial: str,
    deposit_minor: int = 0,
    product_line: ProductLine | None = None,
    by: Actor,
    at: datetime,
) -> LoanerUnit:
    """Put a unit on the list of those that the outlet lends.

    deposit_minor   what a customer leaves for it, in the outlet's currency
    raises          KnownLoaner, Invalid
    """
    with doing("intake.add_loaner", on=None, unit_id=unit.pk, by=by, at=at) as deed:
        what = text_of(description, "description", N_("Say what it is."))
        plate = text_of(serial, "serial", N_("Write the serial number, so that the same unit comes back."))
        if deposit_minor < 0:
            raise Invalid(Sentence(N_("A deposit is not negative.")), field="deposit_minor")
        with refusing(loaner_serial_stands_once_in_a_unit=KnownLoaner):
            loaner = LoanerUnit.objects.create(
                unit=unit, line=product_line, description=what, serial=plate, deposit_minor=deposit_minor, added_at=at
            )
        deed.about(loaner)
    return loaner


def retire_loaner(loaner: LoanerUnit, *, reason: str, by: Actor, at: datetime) -> LoanerUnit:
    """Take a unit off the list: sold, broken, lost.

    raises   StillOut, Invalid
    """
    with doing("intake.retire_loaner", on=loaner, by=by, at=at) as deed:
        loaner = LoanerUnit.objects.select_for_update().get(pk=loaner.pk)
        why = text_of(reason, "reason", N_("Give a reason of at least five letters."), least=5)
        if Loan.objects.filter(loaner=loaner, returned_at=None).exists():
            raise StillOut
        loaner.retired_at, loaner.retired_because = at, why
        loaner.save(update_fields=["retired_at", "retired_because"])
        deed.note(reason=why)
    return loaner


def lend(
    order: WorkOrder,
    *,
    loaner: LoanerUnit,
    condition: str,
    signature: Evidence,
    deposit_minor: int | None = None,
    by: Actor,
    at: datetime,
) -> Loan:
    """Lend a unit for the time of a repair; the customer signs for it.

    deposit_minor   what the customer left; what the list says unless told otherwise
    raises          LentAlready, Invalid; WrongState once the order is over
    source          A17; 3.3 remedy "loaner"
    """
    with doing("intake.lend", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        workorder.require(order, *(set(State) - ENDED))
        loaner = LoanerUnit.objects.select_for_update().get(pk=loaner.pk)
        if loaner.unit_id != order.unit_id or loaner.retired_at is not None:
            raise Invalid(Sentence(N_("This unit is not lent here.")), field="loaner")
        if signature.unit_id != order.unit_id:
            raise Invalid(Sentence(N_("This picture belongs to another outlet.")), field="signature")
        left = loaner.deposit_minor if deposit_minor is None else deposit_minor
        if left < 0:
            raise Invalid(Sentence(N_("A deposit is not negative.")), field="deposit_minor")
        with refusing(loaner_is_lent_to_one_order_at_a_time=LentAlready):
            loan = Loan.objects.create(
                loaner=loaner, order=order, deposit_minor=left, condition_out=text_of(condition, "condition", CONDITION),
                signature=signature, lent_at=at, lent_by_name=by.name,
            )  # fmt: skip
        deed.note(loaner=loaner.serial, deposit_minor=left)
        deed.tell(LoanerLent(loan.pk, order.pk, loaner.serial))
    return loan


def take_loaner_back(
    loan: Loan, *, condition: str, deposit_back_minor: int | None = None, by: Actor, at: datetime
) -> Loan:
    """Take the unit back: how it looks now, and how much of the deposit went back.

    deposit_back_minor   all of it unless told otherwise
    raises               LoanOver, Invalid
    source               A17
    """
    with doing("intake.take_loaner_back", on=loan.order, by=by, at=at) as deed:
        loan = _locked(loan)
        back = loan.deposit_minor if deposit_back_minor is None else deposit_back_minor
        if not 0 <= back <= loan.deposit_minor:
            raise Invalid(Sentence(N_("No more goes back than the customer left.")), field="deposit_back_minor")
        loan.returned_at, loan.deposit_back_minor = at, back
        loan.condition_back = text_of(condition, "condition", CONDITION)
        loan.save(update_fields=["returned_at", "deposit_back_minor", "condition_back"])
        deed.note(loaner=loan.loaner.serial, deposit_back_minor=back, kept_minor=loan.deposit_minor - back)
        deed.tell(LoanerReturned(loan.pk, loan.order_id, loan.loaner.serial))
    return loan


def except_loaner(loan: Loan, *, reason: str, by: Actor, at: datetime) -> Loan:
    """Let the appliance go home although the loaner is still out; the manager says why. The loaner stays on the order.

    raises   LoanOver, Invalid
    source   A17 "return forced at hand-over"
    """
    with doing("intake.except_loaner", on=loan.order, by=by, at=at) as deed:
        loan = _locked(loan)
        why = text_of(reason, "reason", N_("Give a reason of at least five letters."), least=5)
        loan.excepted_at, loan.excepted_because = at, why
        loan.save(update_fields=["excepted_at", "excepted_because"])
        deed.note(loaner=loan.loaner.serial, reason=why)
        deed.tell(LoanerExcepted(loan.pk, loan.order_id, why))
    return loan


def _locked(loan: Loan) -> Loan:
    """The loan as it is now, if it still runs."""
    loan = Loan.objects.select_for_update(of=("self",)).select_related("loaner", "order__unit").get(pk=loan.pk)
    if loan.returned_at is not None:
        raise LoanOver
    return loan
