"""A receipt goes on paper: once as the original, and after that only as a duplicate, with its count and its reason."""

from __future__ import annotations

from datetime import datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.cashier.actions.bills import lock_bill
from guiju.line.cashier.models import Payment, Printing, Refund


class PrintedAlready(Refusal):
    """The original is out of the house."""

    sentence = N_(
        "This receipt was printed already. Say why it is needed again; the paper will be marked as a duplicate."
    )
    field = "reason"
    status = 422


class VoidNotPrinted(Refusal):
    """A receipt for money that we do not have would be believed."""

    sentence = N_("This payment is void: its receipt is not printed.")


def print_receipt(paid: Payment | Refund, *, reason: str = "", by: Actor, at: datetime) -> Printing:
    """Write down that a receipt is printed: who, when, which time, and why again.

    paid     the payment whose receipt it is, or the refund
    reason   needed from the second print on
    raises   PrintedAlready, VoidNotPrinted, Invalid
    source   FIN-4, 6.11
    """
    is_back = isinstance(paid, Refund)
    bill = paid.payment.bill if isinstance(paid, Refund) else paid.bill
    with doing("cashier.print_receipt", on=bill, by=by, at=at, reason=reason) as deed:
        bill = lock_bill(bill)
        of = {"refund_id": paid.pk} if is_back else {"payment_id": paid.pk}
        before = Printing.objects.filter(**of).count()
        if before and not reason.strip():
            raise PrintedAlready
        if not before and reason.strip():
            raise Invalid(Sentence(N_("This is the original: it needs no reason.")), field="reason")
        with refusing(what_is_void_is_not_printed=VoidNotPrinted):
            made = Printing.objects.create(
                **of, bill=bill, ordinal=before + 1, reason=reason.strip(), printed_by_id=by.natural_person_id, at=at
            )
        deed.note(receipt=made.number, ordinal=made.ordinal)
    return made
