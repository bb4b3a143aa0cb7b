"""The till: bills, payments, refunds, credit, and the hand-over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from guiju.api import finding
from guiju.api.answers import ORDER, OrderOut
from guiju.api.fields import Hours, Input, Key, Line, Minor, Nothing, Quantity, Short
from guiju.api.finding import CustomerKey, EvidenceKey, UnitCode
from guiju.api.problems import PROBLEMS
from guiju.api.verbs import Output, Target, Verb, speak
from guiju.kernel.refusing import NotAllowed
from guiju.line.cashier import actions
from guiju.line.cashier.models import Bill
from guiju.line.cashier.rules import ClaimProof, Method

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


class RefundIn(Input):
    """How much goes back, and why."""

    amount_minor: Minor
    reason: Line


class Because(Input):
    """Why."""

    reason: Line


class TillIn(Input):
    """Which outlet gets which till."""

    unit: UnitCode
    code: Short = Field(max_length=12)


class OpenSession(Input):
    """What lies in the drawer."""

    float_minor: Minor


class CloseSession(Input):
    """What was counted, and why it differs if it does."""

    counted_minor: Minor
    variance_reason: Line = ""


class CreditIn(Input):
    """How much a customer may owe, and for how many days."""

    customer: CustomerKey
    limit_minor: Minor
    days: Hours
class Why(Input):
    """The reason."""

    reason: Line




class HandOverIn(Input):
    """Who came for it, and what went with it."""

    proof: ClaimProof
    claim_code: Short = ""
    proof_note: Line = ""
    accessories_returned: dict[Key, Quantity] = Field(default={}, max_length=100)
    exception_note: Line = ""
    demonstrated: bool
    old_parts_settled: bool = True
    signature: EvidenceKey | None = None


class LineOut(Output):
    """One line of a bill."""

    kind: str
    code: str
    description: str
    quantity: int
    unit_minor: int
    amount_minor: int


class BillOut(Output):
    """A bill, and what is still owed."""

    number: str
    order: str
    state: str
    currency: str
    total_minor: int
    owed_minor: int
    lines: list[LineOut]

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> BillOut:
        """The bill as it is now."""
        row = Bill.objects.select_related("order").prefetch_related("lines__item", "lines__part").get(pk=result.pk)
        kept = ("number", "state", "currency", "total_minor", "owed_minor")
        return cls(
            **{name: getattr(row, name) for name in kept},
            order=row.order.number,
            lines=[LineOut(**{name: getattr(line, name) for name in LineOut.model_fields}) for line in row.lines.all()],
        )


class PaymentOut(Output):
    """A payment with its receipt."""

    receipt_number: str
    bill: str
    method: str
    amount_minor: int
    change_minor: int
    at: datetime

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> PaymentOut:
        """The receipt."""
        return cls(
            receipt_number=result.receipt_number, bill=result.bill.number, method=str(result.method),
            amount_minor=result.amount_minor, change_minor=result.change_minor, at=result.at,
        )  # fmt: skip


class ApprovalOut(Output):
    """Where the asking stands."""

    purpose: str
    state: str

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> ApprovalOut:
        """As the second person left it."""
        return cls(purpose=result.purpose, state=str(result.state))


class RefundOut(Output):
    """Money that went back."""

    number: str
    amount_minor: int
    at: datetime

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> RefundOut:
        """The refund."""
        return cls(number=result.number, amount_minor=result.amount_minor, at=result.at)


class TillOut(Output):
    """A till."""

    id: int
    code: str

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> TillOut:
        """The till."""
        return cls(id=result.pk, code=result.code)


class SessionOut(Output):
    """A cashier's turn at a till; what should lie in it is not told before it is counted."""

    id: int
    state: str
    float_minor: int
    counted_minor: int | None
    expected_minor: int | None

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> SessionOut:
        """The session as it is now."""
        return cls(
            id=result.pk, state=str(result.state), float_minor=result.float_minor, counted_minor=result.counted_minor,
            expected_minor=result.expected_minor,
        )  # fmt: skip


class CreditOut(Output):
    """A customer's credit."""

    customer: int
    state: str
    limit_minor: int
    used_minor: int
    days: int

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> CreditOut:
        """The account as it is now."""
        kept = {name: getattr(result, name) for name in ("limit_minor", "used_minor", "days")}
        return cls(customer=result.customer_id, state=str(result.state), **kept)


router = Router(tags=["cashier"])
speak(
    router,
    [
        Verb("/orders/{number}/draw-bill", actions.draw_bill, Nothing, BillOut, ORDER),
        Verb("/bills/{number}/pay", actions.take_payment, Pay, PaymentOut, BILL),
        Verb("/payments/{receipt}/ask-refund", actions.ask_refund, RefundIn, ApprovalOut, PAYMENT),
        Verb("/payments/{receipt}/approve-refund", actions.approve_refund, Nothing, ApprovalOut, PAYMENT),
        Verb("/payments/{receipt}/reject-refund", actions.reject_refund, Because, ApprovalOut, PAYMENT),
        Verb("/payments/{receipt}/pay-refund", actions.pay_refund, RefundIn, RefundOut, PAYMENT),
        Verb("/tills", actions.add_till, TillIn, TillOut),
        Verb("/tills/{key}/open-session", actions.open_till_session, OpenSession, SessionOut, TILL),
        Verb("/till-sessions/{key}/close", actions.close_till_session, CloseSession, SessionOut, SESSION),
        Verb("/credits", actions.open_credit, CreditIn, CreditOut),
        Verb("/credits/{customer}/approve", actions.approve_credit, Nothing, CreditOut, CREDIT),
        Verb("/orders/{number}/hand-over", actions.hand_over, HandOverIn, OrderOut, ORDER),
    ],
)


class TillFound(TillOut):
    """A till of an outlet."""

    unit: str


@router.get("/tills", response={200: list[TillFound], **PROBLEMS}, operation_id="tills")
def tills(request: HttpRequest) -> Any:
        Verb("/orders/{number}/release-claim-code", actions.release_claim_code, Why, OrderOut, ORDER),
    """The tills of the outlets whose money the asker may see, the first thousand."""
    rows = finding.visible_tills(request.actor).order_by("pk")[:1000]  # type: ignore[attr-defined]
    return [{"id": row.pk, "code": row.code, "unit": row.unit.code} for row in rows]


@router.get("/bills/{number}", response={200: BillOut, **PROBLEMS}, operation_id="bill")
def bill(request: HttpRequest, number: Short) -> Any:
    """One bill with its lines."""
    actor = request.actor  # type: ignore[attr-defined]
    row = finding.bill(number, actor)
    if not actor.may("cashier.see", on=row):
        raise NotAllowed
    return BillOut.of(row)
