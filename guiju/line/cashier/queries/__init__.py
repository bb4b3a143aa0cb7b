"""What the till shows, and whether bills, payments and the money book agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from guiju.books.money import queries as book
from guiju.books.money.rules import MoneyKind
from guiju.kernel import approval
from guiju.kernel.actor import Actor
from guiju.kernel.models import Approval
from guiju.kernel.prepared import Prepared, brought
from guiju.kernel.verification import invariant
from guiju.line.cashier.models import (
    Bill,
    BillLine,
    ClaimGuard,
    CreditAccount,
    Debt,
    HandOver,
    Payment,
    Refund,
    Till,
    TillSession,
)
from guiju.line.cashier.queries.compliance import (
    Compliance,
    Judged,
    Overcharge,
    bills_between,
    bills_drawn,
    by_month,
    by_outlet,
    credited_fee_minor,
    judged,
    kept_to_the_list,
    scan,
)
from guiju.line.cashier.queries.deposits import (
    OpenDeposit,
    deposit_state_of,
    deposits_of,
    open_deposits,
    parts_deposits_due,
    parts_deposits_of,
    return_approval,
)
from guiju.line.cashier.queries.displays import has_display
from guiju.line.cashier.queries.pouches import owed_at_home
from guiju.line.cashier.queries.printings import printings, printings_of
from guiju.line.cashier.queries.taxes import charged, taxed
from guiju.line.cashier.queries.tills import (
    Drawer,
    Report,
    mine_and_to_recount,
    report,
    session_to_force,
    to_countersign,
    under_way,
)
from guiju.line.cashier.queries.wallets import waited_for, wallets_to_see_to
from guiju.line.cashier.receipts import opened_receipt, read_receipt, receipt_code
from guiju.line.cashier.rules import UNDER_WAY, Method
from guiju.line.cashier.rules.taxes import Taxed
from guiju.line.exchange.models import ExchangeCase
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import Outcome, State
from guiju.line.workshop import queries as workshop
from guiju.line.workshop.models import LineSignature
from guiju.line.workshop.models.quotes import Covered
from guiju.standing.people.models import Unit

# How others come by a receipt.
__all__ = [
    "Compliance",
    "Drawer",
    "Judged",
    "OpenDeposit",
    "Overcharge",
    "Report",
    "Taxed",
    "bills_between",
    "bills_drawn",
    "by_month",
    "by_outlet",
    "charged",
    "credited_fee_minor",
    "deposit_state_of",
    "deposits_of",
    "has_display",
    "judged",
    "kept_to_the_list",
    "mine_and_to_recount",
    "open_deposits",
    "opened_receipt",
    "owed_at_home",
    "parts_deposits_due",
    "parts_deposits_of",
    "printings",
    "printings_of",
    "read_receipt",
    "receipt_code",
    "report",
    "return_approval",
    "scan",
    "session_to_force",
    "taxed",
    "to_countersign",
    "under_way",
    "waited_for",
    "wallets_to_see_to",
]


def ready_orders(*, by: Actor) -> QuerySet[WorkOrder]:
    """The jobs that can be paid and collected, the longest waiting first."""
    return (
        WorkOrder.objects.visible_to(by)
        .filter(state__in=[State.READY, State.UNCOLLECTED])
        .select_related("appliance__line", "appliance__brand", "customer", "unit")
        .order_by("ready_at", "pk")
    )


def bill_of(order: WorkOrder) -> Bill | None:
    """The bill of a job with its lines and payments, if it is drawn."""
    bill = _BILLS.first(order=order.pk)
    return brought(bill, "payments", _PAYMENTS(bill=bill.pk)) if bill is not None else None


def covered_on(bill: Bill) -> list[Covered]:
    """What somebody else pays of the quote that is charged; where its lines are not, there is nothing to tell apart."""
    charges_quote = any(line.quote_line_id for line in bill.lines.all())
    return workshop.covered_lines(bill.order) if charges_quote else []


def bill_number(order: WorkOrder) -> str | None:
    """The number of a job's bill, if it is drawn."""
    return next((number for (number,) in _NUMBERS(order=order.pk)), None)


_NUMBERS: Prepared[tuple[str]] = Prepared(
    lambda *, order: Bill.objects.filter(order_id=order).order_by().values_list("number")
)


def bill_by_number(number: str) -> Bill | None:
    """A bill with its lines, for whoever holds a receipt of it."""
    return Bill.objects.filter(number=number).prefetch_related("lines__item", "lines__part").first()


_LINES: Prepared[BillLine] = Prepared(
    lambda *, keys: BillLine.objects.filter(bill__pk__in=keys).select_related("item", "part").order_by("pk")
)
_BILLS: Prepared[Bill] = Prepared(
    lambda *, order: (
        Bill.objects.filter(order_id=order).select_related("order__unit", "order__customer").order_by()[:1]
    ),
    bringing=("lines", _LINES, "bill_id"),
)
_PAYMENTS: Prepared[Payment] = Prepared(lambda *, bill: Payment.objects.filter(bill_id=bill, void=None))


def exceptions_on(bill: Bill) -> dict[int, datetime]:
    """The lines of a bill that are outside the list, by key, each with the moment at which the customer signed it."""
    lines = BillLine.objects.filter(bill=bill, quote_line__exception__isnull=False).values_list("pk", "quote_line_id")
    signed = dict(
        LineSignature.objects.filter(line__in=[quoted for _key, quoted in lines]).values_list("line_id", "signed_at")
    )
    return {key: signed[quoted] for key, quoted in lines if quoted in signed}


def hand_over_of(order: WorkOrder) -> HandOver | None:
    """The proof that a job's appliance was handed over."""
    return HandOver.objects.filter(order=order).select_related("handed_by", "signature").first()


def tills_of(unit: Unit) -> QuerySet[Till]:
    """The tills of an outlet."""
    return Till.objects.filter(unit=unit, is_active=True).order_by("code")


def session_of(by: Actor) -> TillSession | None:
    """The till session that this person answers for: open, or counted and not closed yet."""
    return TillSession.objects.filter(cashier_id=by.person_id, state__in=UNDER_WAY).select_related("till__unit").first()


def payments_of_session(session: TillSession) -> QuerySet[Payment]:
    """What was taken in a session, newest first."""
    return Payment.objects.filter(session=session).select_related("bill__order", "void").order_by("-pk")


def refunds_of_session(session: TillSession) -> QuerySet[Refund]:
    """What was paid back in a session, newest first."""
    return Refund.objects.filter(session=session).select_related("payment__bill__order").order_by("-pk")


def bills_of_ready(*, by: Actor) -> QuerySet[Bill]:
    """The bills of the jobs that can be collected."""
    return Bill.objects.filter(order__in=ready_orders(by=by).values("pk"))


def payments(*, by: Actor) -> QuerySet[Payment]:
    """The payments of the outlets whose till this person may see."""
    scope = by.scope("cashier.see")
    rows = Payment.objects.filter(scope.q(unit="bill__order__unit_id"))
    return rows.select_related(
        "bill__order__unit", "bill__order__customer", "taken_by", "session__till", "void__voided_by"
    )


def refund_approval(payment: Payment) -> Approval | None:
    """The request for a refund of this payment that waits for a decision, or for being paid."""
    asked = approval.last("cashier.approve_refund", payment)
    if asked is None or Refund.objects.filter(approval=asked).exists():
        return None
    return asked


def open_refunds(*, by: Actor) -> list[Payment]:
    """The payments of which a refund is asked or approved and not yet paid, the oldest first."""
    waiting = _refund_approvals().filter(state__in=[Approval.State.ASKED, Approval.State.GRANTED])
    unpaid = waiting.exclude(pk__in=Refund.objects.values("approval")).order_by("pk")
    asked = {each.subject_id: each for each in unpaid}
    found = {payment.pk: payment for payment in payments(by=by).filter(pk__in=asked)}
    for pk, payment in found.items():
        payment.asked = asked[pk]  # type: ignore[attr-defined]
    return [found[pk] for pk in asked if pk in found]


def credit_accounts(*, by: Actor) -> QuerySet[CreditAccount]:
    """The credit accounts of the outlets whose till this person may see, those to be decided first."""
    rows = CreditAccount.objects.filter(by.scope("cashier.see").q()).select_related("customer", "unit")
    return rows.order_by("state", "-pk")


def _refund_approvals() -> QuerySet[Approval]:
    return Approval.objects.filter(purpose="cashier.approve_refund", subject_type="cashier.payment")


def claim_guard(order: WorkOrder) -> ClaimGuard:
    """How often the claim code of this job was given wrong."""
    return ClaimGuard.objects.filter(order=order).first() or ClaimGuard(order=order)


def credit_of(customer_id: int) -> CreditAccount | None:
    """The customer's credit account, if there is one."""
    return CreditAccount.objects.filter(customer_id=customer_id).first()


@invariant("G-7")
def bills_are_the_sum_of_their_lines() -> Iterator[str]:
    """Each total is the sum of its lines, to the cent."""
    bills = Bill.objects.annotate(lines_minor=Sum("lines__amount_minor"))
    agreed = Q(lines_minor=F("total_minor") + F("discount_minor"))
    for bill in bills.exclude(agreed | Q(lines_minor__isnull=True, total_minor=0)):
        charged = bill.total_minor + bill.discount_minor
        yield f"{bill.number}: lines sum to {bill.lines_minor or 0}, total and discount say {charged}"


@invariant("I14")
def bills_know_their_payments() -> Iterator[str]:
    """What a bill says was paid, credited and refunded is what its payments and refunds say."""
    paid = dict(
        Payment.objects.filter(void=None)
        .exclude(method=Method.CREDIT)
        .values("bill")
        .annotate(s=Sum("amount_minor"))
        .values_list("bill", "s")
    )
    credit = dict(
        Payment.objects.filter(method=Method.CREDIT)
        .values("bill")
        .annotate(s=Sum("amount_minor"))
        .values_list("bill", "s")
    )
    back = dict(
        Refund.objects.values("payment__bill").annotate(s=Sum("amount_minor")).values_list("payment__bill", "s")
    )
    for bill in Bill.objects.all():
        said = (bill.paid_minor, bill.credit_minor, bill.refunded_minor)
        found = (paid.get(bill.pk, 0), credit.get(bill.pk, 0), back.get(bill.pk, 0))
        if said != found:
            yield f"{bill.number} says {said}, its payments and refunds say {found}"


@invariant("WO-4")
def covered_repairs_cost_the_customer_nothing() -> Iterator[str]:
    """A job under guarantee has a bill of nothing, but for another unit that costs more and was signed for."""
    free = ["IN_WARRANTY", "REPAIR_WARRANTY", "CONTRACT", "GOODWILL"]
    dearer = BillLine.objects.filter(bill=OuterRef("pk"), offer__isnull=False)
    charged = Bill.objects.filter(order__coverage__in=free, total_minor__gt=0).exclude(Exists(dearer))
    for bill in charged.select_related("order"):
        yield f"{bill.order.number} is covered, and its bill says {bill.total_minor}"


@invariant("WO-8")
def what_was_handed_over_was_settled_and_proved() -> Iterator[str]:
    """A delivered job has a settled bill and a hand-over; of one whose price went back there is the payment instead."""
    refunded = ExchangeCase.objects.filter(refund_minor__isnull=False).values("order_id")
    for number in (
        WorkOrder.objects.filter(outcome=Outcome.REFUNDED).exclude(pk__in=refunded).values_list("number", flat=True)
    ):
        yield f"{number} ended with a refund that nobody paid"
    gone = WorkOrder.objects.filter(state__in=[State.DELIVERED, State.CLOSED]).exclude(outcome=Outcome.REFUNDED)
    for number in gone.exclude(pk__in=HandOver.objects.values("order_id")).values_list("number", flat=True):
        yield f"{number} was handed over without proof"
    settled = Bill.objects.filter(state__in=["PAID", "ON_CREDIT", "REFUNDED"]).values("order_id")
    for number in gone.exclude(pk__in=settled).values_list("number", flat=True):
        yield f"{number} was handed over and is not settled"


@invariant("FIN-2")
def what_customers_owe_is_in_the_book() -> Iterator[str]:
    """What a bill leaves open is what the money book says the customer owes."""
    for bill in Bill.objects.select_related("order__unit"):
        owed = book.balance(MoneyKind.OWED_BY_CUSTOMER, bill.order.number, unit=bill.order.unit)
        if owed != bill.owed_minor:
            yield f"{bill.number}: {bill.owed_minor} is owed, the book says {owed}"


@invariant("FIN-9")
def credit_used_is_in_the_book() -> Iterator[str]:
    """What a customer has used of a credit is what its debts leave open, and what the money books hold as credit."""
    left = dict(Debt.objects.values("account").annotate(s=Sum("left_minor")).values_list("account", "s"))
    for account in CreditAccount.objects.all():
        owed = book.balance(MoneyKind.CREDIT, f"CUSTOMER-{account.customer_id}")
        if not owed == account.used_minor == left.get(account.pk, 0):
            debts = left.get(account.pk, 0)
            yield f"Customer {account.customer_id}: {account.used_minor} of credit used, the book says {owed}, its debts {debts}"


@invariant("EX-4")
def units_paid_back_stand_in_the_book() -> Iterator[str]:
    """What the brand paid back for a unit is what the money book says of its job."""
    paid = Q(refund_minor__isnull=False) | ~Q(difference_number="")
    for case in ExchangeCase.objects.filter(paid).select_related("order__unit"):
        said = book.balance(MoneyKind.UNITS_REFUNDED, case.order.number, unit=case.order.unit)
        gone = case.refund_minor if case.refund_minor is not None else -case.difference_minor
        if said != gone:
            yield f"{case.refund_number or case.difference_number} paid {gone} back, and the book says {said}"
