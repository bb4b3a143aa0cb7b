"""The till: bills, payments, refunds, credit, and the hand-over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from guiju.api import finding
from guiju.api.answers import ORDER, OrderOut
from guiju.api.fields import Because, Day, Hours, Input, Key, Line, Minor, Moment, Nothing, Quantity, Short
from guiju.api.finding import CustomerKey, EvidenceKey, UnitCode
from guiju.api.lists import Filter, Listing, show
from guiju.api.problems import PROBLEMS
from guiju.api.verbs import Mirror, Output, Target, Verb, speak
from guiju.kernel import turn
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.cashier import actions, queries
from guiju.line.cashier.models import Bill, CreditAccount, Payment, TillSession
from guiju.line.cashier.rules import BillState, CashMove, ClaimProof, CreditState, Method, OldParts, SessionState

BILL = Target("number", Short, finding.bill)
PAYMENT = Target("receipt", Short, finding.payment)
TILL = Target("key", Key, finding.till)
SESSION = Target("key", Key, finding.till_session)
CREDIT = Target("customer", Key, finding.credit)


class Pay(Input):
    """How much, and how."""

    method: Method
    amount_minor: Minor
    tendered_minor: Minor | None = None
    terminal_ref: Short = ""
    wallet: Short = ""


class RefundIn(Input):
    """How much goes back, why, and by which tender where it is another than it came by."""

    amount_minor: Minor
    reason: Line
    method: Short = ""


class TillIn(Input):
    """Which outlet gets which till."""

    unit: UnitCode
    code: Short = Field(max_length=12)


# How many of each note and coin there are, by its worth in minor units.
Pieces = Annotated[dict[Key, Quantity], Field(max_length=20)]


class OpenSession(Input):
    """What lies in the drawer, and by which notes and coins."""

    float_minor: Minor
    pieces: Pieces = {}


class MoveCash(Input):
    """What goes into the drawer or out of it, why, and by which slip."""

    kind: CashMove
    amount_minor: Minor
    reason: Line
    paper: Short


class CountSession(Input):
    """What was counted, and why it differs if it does."""

    pieces: Pieces
    card_minor: Minor | None = None
    wallet_minor: Minor | None = None
    variance_reason: Line = ""


class RecountSession(Input):
    """What somebody else counted."""

    pieces: Pieces


class ForceClose(Input):
    """Why somebody else closes it, and what lay in it where nobody had counted."""

    reason: Line
    pieces: Pieces | None = None
    card_minor: Minor | None = None
    wallet_minor: Minor | None = None


class CreditIn(Input):
    """How much a customer may owe, and for how many days."""

    customer: CustomerKey
    limit_minor: Minor
    days: Hours


class CreditTermsIn(Input):
    """Another limit and other days, and why."""

    limit_minor: Minor
    days: Hours
    reason: Line


class ReleaseCode(Input):
    """What came of looking into the wrong tries."""

    reason: Line


class HandOverIn(Input):
    """Who came for it, and what went with it."""

    proof: ClaimProof
    claim_code: Line = ""
    proof_note: Line = ""
    accessories_returned: dict[Key, Quantity] = Field(default={}, max_length=100)
    exception_note: Line = ""
    demonstrated: bool
    old_parts_settled: bool = True
    old_parts: OldParts | None = None
    signature: EvidenceKey | None = None


class BillLineOut(Output):
    """One line of a bill."""

    kind: str
    code: str
    description: str
    quantity: int
    unit_minor: int
    amount_minor: int


class TaxOut(Output):
    """What a bill charges at one rate, in hundredths of a percent."""

    rate_bp: int
    net_minor: int
    tax_minor: int


class BillOut(Output):
    """A bill, and what is still owed."""

    number: str
    order: str
    state: str
    currency: str
    total_minor: int
    owed_minor: int
    lines: list[BillLineOut]
    taxes: list[TaxOut]

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> BillOut:
        """The bill as it is now."""
        rows = Bill.objects.select_related("order").prefetch_related("lines__item", "lines__part")
        row = turn.kept(result) or rows.get(pk=result.pk)
        kept, taxed = ("number", "state", "currency", "total_minor", "owed_minor"), queries.taxed(row.lines.all())
        return cls(
            **{name: getattr(row, name) for name in kept},
            order=row.order.number,
            lines=[
                BillLineOut(**{name: getattr(line, name) for name in BillLineOut.model_fields})
                for line in row.lines.all()
            ],
            taxes=[TaxOut(rate_bp=t.rate_bp, net_minor=t.net_minor, tax_minor=t.tax_minor) for t in taxed],
        )


class PaymentOut(Mirror):
    """A payment with its receipt."""

    paths: ClassVar[Mapping[str, str]] = {"bill": "bill.number"}

    receipt_number: str
    bill: str
    method: str
    wallet: str
    amount_minor: int
    rounded_minor: int
    change_minor: int
    at: datetime
    is_void: bool


class ApprovalOut(Output):
    """Where the asking stands."""

    purpose: str
    state: str

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> ApprovalOut:
        """As the second person left it."""
        return cls(purpose=result.purpose, state=str(result.state))


class VoidOut(Mirror):
    """A payment that counts no more."""

    paths: ClassVar[Mapping[str, str]] = {"receipt_number": "payment.receipt_number"}

    receipt_number: str
    reason: str
    at: datetime


class RefundOut(Mirror):
    """Money that went back."""

    number: str
    amount_minor: int
    at: datetime


class TillOut(Mirror):
    """A till of an outlet."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "unit": "unit.code"}

    id: int
    code: str
    unit: str


class SessionOut(Mirror):
    """A cashier's turn at a till; what should lie in it is not told before it is counted."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "till": "till.code"}

    id: int
    till: str
    state: str
    float_minor: int
    float_added_minor: int
    counted_minor: int | None
    expected_minor: int | None
    to_recount: bool
    z_number: str


class MovementOut(Mirror):
    """Cash that went into a drawer or out of it."""

    number: str
    kind: str
    amount_minor: int
    at: datetime


class CreditOut(Mirror):
    """A customer's credit."""

    paths: ClassVar[Mapping[str, str]] = {"customer": "customer_id"}

    customer: int
    state: str
    limit_minor: int
    used_minor: int
    days: int


class BillListed(Mirror):
    """A bill as a list shows it."""

    paths: ClassVar[Mapping[str, str]] = {"order": "order.number"}

    number: str
    order: str
    state: str
    currency: str
    total_minor: int
    owed_minor: int
    drawn_at: datetime


def visible_bills(by: Actor) -> QuerySet[Bill]:
    """The bills of the outlets whose money the asker may see."""
    return Bill.objects.filter(by.scope("cashier.see").q(unit="order__unit")).select_related("order")


def visible_payments(by: Actor) -> QuerySet[Payment]:
    """The payments, each with its receipt, of the outlets whose money the asker may see."""
    return Payment.objects.filter(by.scope("cashier.see").q(unit="bill__order__unit")).select_related("bill", "void")


def visible_sessions(by: Actor) -> QuerySet[TillSession]:
    """The turns at the tills of the outlets whose money the asker may see."""
    return TillSession.objects.filter(by.scope("cashier.see").q(unit="till__unit")).select_related("till")


def visible_credits(by: Actor) -> QuerySet[CreditAccount]:
    """The credit of the customers of the outlets whose money the asker may see."""
    return CreditAccount.objects.filter(by.scope("cashier.see").q())


router = Router(tags=["cashier"])
speak(
    router,
    [
        Verb("/orders/{number}/draw-bill", actions.draw_bill, Nothing, BillOut, ORDER),
        Verb("/bills/{number}/pay", actions.take_payment, Pay, PaymentOut, BILL),
        Verb("/bills/{number}/propose-refund", actions.propose_refund, Nothing, ApprovalOut, BILL),
        Verb("/payments/{receipt}/void", actions.void_payment, Because, VoidOut, PAYMENT),
        Verb("/payments/{receipt}/ask-refund", actions.ask_refund, RefundIn, ApprovalOut, PAYMENT),
        Verb("/payments/{receipt}/approve-refund", actions.approve_refund, Nothing, ApprovalOut, PAYMENT),
        Verb("/payments/{receipt}/reject-refund", actions.reject_refund, Because, ApprovalOut, PAYMENT),
        Verb("/payments/{receipt}/pay-refund", actions.pay_refund, RefundIn, RefundOut, PAYMENT),
        Verb("/tills", actions.add_till, TillIn, TillOut),
        Verb("/tills/{key}/open-session", actions.open_till_session, OpenSession, SessionOut, TILL),
        Verb("/till-sessions/{key}/move-cash", actions.move_cash, MoveCash, MovementOut, SESSION),
        Verb("/till-sessions/{key}/count", actions.count_till, CountSession, SessionOut, SESSION),
        Verb("/till-sessions/{key}/recount", actions.recount_till, RecountSession, SessionOut, SESSION),
        Verb("/till-sessions/{key}/close", actions.close_till_session, Nothing, SessionOut, SESSION),
        Verb("/till-sessions/{key}/force-close", actions.force_close, ForceClose, SessionOut, SESSION),
        Verb("/till-sessions/{key}/countersign", actions.countersign, Nothing, SessionOut, SESSION),
        Verb("/credits", actions.open_credit, CreditIn, CreditOut),
        Verb("/credits/{customer}/approve", actions.approve_credit, Nothing, CreditOut, CREDIT),
        Verb("/credits/{customer}/change", actions.change_credit, CreditTermsIn, ApprovalOut, CREDIT),
        Verb("/credits/{customer}/reject", actions.reject_credit, Because, CreditOut, CREDIT),
        Verb("/credits/{customer}/suspend", actions.suspend_credit, Because, CreditOut, CREDIT),
        Verb("/credits/{customer}/resume", actions.resume_credit, Because, CreditOut, CREDIT),
        Verb("/credits/{customer}/close", actions.close_credit, Because, CreditOut, CREDIT),
        Verb("/orders/{number}/release-claim-code", actions.release_claim_code, ReleaseCode, OrderOut, ORDER),
        Verb("/orders/{number}/hand-over", actions.hand_over, HandOverIn, OrderOut, ORDER),
    ],
)


show(
    router,
    [
        Listing(
            "/bills", "bills", "cashier.see", BillListed, visible_bills,
            filters={
                "state": Filter(list[BillState], "state"), "order": Filter(Short, "order__number"),
                "unit": Filter(Short, "order__unit__code"), "drawn_from": Filter(Moment, "drawn_at__gte"),
                "drawn_before": Filter(Moment, "drawn_at__lt"),
            },
            sorts={"id": "pk", "number": "number", "drawn_at": "drawn_at", "total_minor": "total_minor"},
        ),
        Listing(
            "/receipts", "receipts", "cashier.see", PaymentOut, visible_payments,
            filters={
                "bill": Filter(Short, "bill__number"), "order": Filter(Short, "bill__order__number"),
                "method": Filter(list[Method], "method"), "unit": Filter(Short, "bill__order__unit__code"),
                "at_from": Filter(Moment, "at__gte"), "at_before": Filter(Moment, "at__lt"),
            },
            sorts={"id": "pk", "at": "at", "amount_minor": "amount_minor"},
        ),
        Listing(
            "/tills", "tills", "cashier.see", TillOut, finding.visible_tills,
            filters={"unit": Filter(Short, "unit__code"), "code": Filter(Short, "code")},
            sorts={"id": "pk", "code": "code"}, first="id",
        ),
        Listing(
            "/till-sessions", "till_sessions", "cashier.see", SessionOut, visible_sessions,
            filters={
                "till": Filter(Key, "till"), "state": Filter(list[SessionState], "state"),
                "unit": Filter(Short, "till__unit__code"), "business_on": Filter(Day, "business_on"),
            },
            sorts={"id": "pk", "opened_at": "opened_at"},
        ),
        Listing(
            "/credits", "credits", "cashier.see", CreditOut, visible_credits,
            filters={"state": Filter(list[CreditState], "state"), "customer": Filter(Key, "customer")},
            sorts={"id": "pk", "limit_minor": "limit_minor"},
        ),
    ],
)  # fmt: skip


@router.get("/bills/{number}", response={200: BillOut, **PROBLEMS}, operation_id="cashier.bill")
def bill(request: HttpRequest, number: Short) -> Any:
    """One bill with its lines."""
    actor = request.actor  # type: ignore[attr-defined]
    row = finding.bill(number, actor)
    if not actor.may("cashier.see", on=row):
        raise NotAllowed
    return BillOut.of(row)
