"""The bench: diagnosis, quotes, promised dates for missing parts, and the repair itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from django.db.models import Q, QuerySet
from ninja import Router
from pydantic import Field

from guiju.api.answers import (
    ORDER,
    QUOTE,
    REQUEST,
    CommitmentOut,
    OrderOut,
    QuoteOut,
    RequestOut,
    commitment_shown,
    quote_shown,
)
from guiju.api.fields import Day, Hours, Input, Key, Line, Minor, Minutes, Moment, Nothing, Quantity, Short, Text
from guiju.api.finding import (
    CauseName,
    EvidenceKey,
    EvidenceKeys,
    FaultName,
    ItemCode,
    PartCode,
    commitment,
    price_exception,
    quote_line,
)
from guiju.api.lists import Filter, Listing, show
from guiju.api.verbs import Done, Mirror, Target, Verb, speak
from guiju.kernel.actor import Actor
from guiju.line.storeroom.rules import OldPartOutcome
from guiju.line.workshop import actions
from guiju.line.workshop.models import PartsCommitment, PriceException, Quote
from guiju.line.workshop.queries import LINES
from guiju.line.workshop.rules import (
    OPTIONS_MAX,
    CommitmentState,
    Consent,
    DelayCause,
    DiscountReason,
    ExceptionReason,
    OptionKind,
    PartMark,
    QuoteState,
    Remedy,
    UnrepairableReason,
)

# Of an option of a quote, as the quote tells it.
Place = Annotated[int, Field(ge=1, le=OPTIONS_MAX)]
COMMITMENT = Target("key", Key, commitment)
EXCEPTION = Target("key", Key, price_exception)
QUOTE_LINE = Target("key", Key, quote_line)


class Measurement(Input):
    """One value as it was measured."""

    name: Short
    value: Short
    unit: Short = ""


class Diagnose(Input):
    """What is wrong and why."""

    fault: FaultName
    cause: CauseName
    findings: Text
    measurements: list[Measurement] = []
    photos: EvidenceKeys = []


class NoFault(Input):
    """The tests that showed that nothing is wrong."""

    tests: Text
    demonstration_offered: bool


class OfferIn(Input):
    """One line of a quote: a service item or a part; without a price the list's lowest is taken."""

    item: ItemCode | None = None
    part: PartCode | None = None
    quantity: Quantity = 1
    unit_minor: Minor | None = None
    is_optional: bool = False
    mark: PartMark = PartMark.ORIGINAL


class AlternativeIn(Input):
    """One way to help: its lines, how many working hours it takes from the approval on, and the days that it is warranted for."""

    offers: list[OfferIn]
    service_hours: Hours
    kind: OptionKind = OptionKind.REPAIR
    repair_warranty_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    note: Line = ""

    def resolved(self, by: Actor) -> dict[str, Any]:
        """The lines as the bench knows them."""
        said = super().resolved(by)
        return said | {"offers": [actions.Offer(**each) for each in said["offers"]]}


class QuoteIn(AlternativeIn):
    """What is offered, and beside it other ways to help, of which the customer chooses one."""

    others: list[AlternativeIn] = []

    def resolved(self, by: Actor) -> dict[str, Any]:
        """The options as the bench knows them."""
        said = super().resolved(by)
        return said | {"others": [actions.Alternative(**each) for each in said["others"]]}


class AskException(Input):
    """A price outside the published list, for one service item or part of one job, and why."""

    item: ItemCode | None = None
    part: PartCode | None = None
    unit_minor: Minor
    reason: ExceptionReason
    note: Line


class ExceptionOut(Mirror):
    """A price outside the published list that was asked for; with the list's range, both nothing where it names no such thing."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "order": "order.number", "currency": "order.currency"}

    id: int
    order: str
    code: str
    unit_minor: int
    list_min_minor: int
    list_max_minor: int
    currency: str
    reason: str
    note: str


class Read(Input):
    """What the customer read: the option by its place, the optional lines (by their id) that are left out, and the language."""

    option: Place | None = None
    declined: list[int] = []
    language: Literal["", "en", "zh-hans", "zh-hant"] = ""


class Code(Read):
    """The one-time code that the customer read out."""

    code: Short


class Approve(Read):
    """How the customer said yes."""

    how: Consent
    signature: EvidenceKey | None = None
    note: Line = ""


class Decline(Input):
    """Why not, if the customer said."""

    reason: Line = ""


class Wait(Input):
    """Whether the customer signs from afar."""

    customer_is_remote: bool = False


class Labour(Input):
    """How long somebody worked on what."""

    minutes: Minutes
    task: Line


class Fit(Input):
    """What went in, and what became of what came out."""

    quantity: Quantity = 1
    old_condition: Line
    old_outcome: OldPartOutcome
    old_serial: Short = ""
    new_serial: Short = ""


class Finish(Input):
    """What was done."""

    work_done: Text
    advice: Text = ""


class Unrepairable(Input):
    """Why it cannot be repaired."""

    reason: UnrepairableReason
    note: Line
    second_opinion: Line = ""


class Discount(Input):
    """What is taken off which option, and why, by its code; nothing takes a discount back and needs none."""

    discount_minor: Minor
    code: DiscountReason | None = None
    reason: Line = ""
    option: Place | None = None


class Reject(Input):
    """Why the manager does not agree."""

    reason: Line


class PrepareReturn(Input):
    """What was looked at before it goes back unrepaired."""

    reassembled: bool
    accessories_complete: bool
    safety_checked: bool
    accepted_as_is: Line = ""
    shelf: Short = ""


class Propose(Input):
    """The new date, what it rests on, and what the customer gets if it is missed."""

    cause: DelayCause
    basis: Line
    promised_part_on: Day
    promised_ready_at: Moment
    remedy: Remedy


class Sign(Input):
    """The customer's signature."""

    signature: EvidenceKey


class Renegotiate(Sign):
    """Another date, signed again."""

    promised_part_on: Day
    promised_ready_at: Moment
    basis: Line


class Note(Input):
    """A word about it."""

    note: Line = ""


def visible_quotes(by: Actor) -> QuerySet[Quote]:
    """The quotes of the jobs whose bench the asker may see."""
    return Quote.objects.filter(_of_the_bench(by)).select_related("order").prefetch_related(LINES, "options")


def visible_exceptions(by: Actor) -> QuerySet[PriceException]:
    """The prices outside the list on the jobs whose bench the asker may see."""
    return PriceException.objects.filter(_of_the_bench(by)).select_related("order", "item", "part")


def visible_commitments(by: Actor) -> QuerySet[PartsCommitment]:
    """The promised dates of the jobs whose bench the asker may see."""
    return PartsCommitment.objects.filter(_of_the_bench(by)).select_related("order")


def _of_the_bench(by: Actor) -> Q:
    mine = Q(order__technician_id=by.person_id, order__technician_id__isnull=False)
    return by.scope("workshop.see").q(unit="order__unit", own=mine)


class CancelFree(Input):
    """Why the customer does not wait any longer."""

    reason: Line


router = Router(tags=["workshop"])
show(
    router,
    [
        Listing(
            "/quotes", "quotes", "workshop.see", QuoteOut, visible_quotes, lambda rows: [quote_shown(row) for row in rows],
            filters={
                "state": Filter(list[QuoteState], "state"), "order": Filter(Short, "order__number"),
                "unit": Filter(Short, "order__unit__code"), "drafted_from": Filter(Moment, "drafted_at__gte"),
                "drafted_before": Filter(Moment, "drafted_at__lt"),
            },
            sorts={"id": "pk", "number": "number", "drafted_at": "drafted_at", "total_minor": "total_minor"},
        ),
        Listing(
            "/price-exceptions", "price_exceptions", "workshop.see", ExceptionOut, visible_exceptions,
            filters={"order": Filter(Short, "order__number"), "unit": Filter(Short, "order__unit__code")},
            sorts={"id": "pk"},
        ),
        Listing(
            "/commitments", "commitments", "workshop.see", CommitmentOut, visible_commitments,
            lambda rows: [commitment_shown(row) for row in rows],
            filters={
                "state": Filter(list[CommitmentState], "state"), "order": Filter(Short, "order__number"),
                "unit": Filter(Short, "order__unit__code"), "promised_before": Filter(Moment, "promised_ready_at__lt"),
            },
            sorts={"id": "pk", "promised_ready_at": "promised_ready_at", "promised_part_on": "promised_part_on"},
        ),
    ],
)  # fmt: skip
speak(
    router,
    [
        Verb("/orders/{number}/cancel-free", actions.cancel_free, CancelFree, OrderOut, ORDER),
        Verb("/orders/{number}/start-diagnosis", actions.start_diagnosis, Nothing, OrderOut, ORDER),
        Verb("/orders/{number}/diagnose", actions.diagnose, Diagnose, OrderOut, ORDER),
        Verb("/orders/{number}/find-no-fault", actions.find_no_fault, NoFault, OrderOut, ORDER),
        Verb("/orders/{number}/approve-free", actions.approve_free, Nothing, OrderOut, ORDER),
        Verb("/orders/{number}/declare-unrepairable", actions.declare_unrepairable, Unrepairable, OrderOut, ORDER),
        Verb("/orders/{number}/confirm-unrepairable", actions.confirm_unrepairable, Nothing, OrderOut, ORDER),
        Verb("/orders/{number}/reject-unrepairable", actions.reject_unrepairable, Reject, OrderOut, ORDER),
        Verb("/orders/{number}/prepare-return", actions.prepare_return, PrepareReturn, OrderOut, ORDER),
        Verb("/orders/{number}/draft-quote", actions.draft_quote, QuoteIn, QuoteOut, ORDER),
        Verb("/orders/{number}/revise-quote", actions.revise_quote, QuoteIn, QuoteOut, ORDER),
        Verb("/orders/{number}/ask-exception", actions.ask_exception, AskException, ExceptionOut, ORDER),
        Verb("/price-exceptions/{key}/approve", actions.approve_exception, Nothing, Done, EXCEPTION),
        Verb("/price-exceptions/{key}/reject", actions.reject_exception, Reject, Done, EXCEPTION),
        Verb("/quote-lines/{key}/sign", actions.sign_line, Sign, Done, QUOTE_LINE),
        Verb("/quotes/{number}/discount", actions.discount_quote, Discount, QuoteOut, QUOTE),
        Verb("/quotes/{number}/approve-discount", actions.approve_discount, Nothing, QuoteOut, QUOTE),
        Verb("/quotes/{number}/reject-discount", actions.reject_discount, Reject, QuoteOut, QUOTE),
        Verb("/quotes/{number}/issue", actions.issue_quote, Nothing, QuoteOut, QUOTE),
        Verb("/quotes/{number}/ask-code", actions.ask_code, Nothing, Done, QUOTE),
        Verb("/quotes/{number}/enter-code", actions.enter_code, Code, Done, QUOTE),
        Verb("/quotes/{number}/approve", actions.approve_quote, Approve, QuoteOut, QUOTE),
        Verb("/quotes/{number}/decline", actions.decline_quote, Decline, QuoteOut, QUOTE),
        Verb("/orders/{number}/start-repair", actions.start_repair, Nothing, OrderOut, ORDER),
        Verb("/orders/{number}/wait-for-parts", actions.wait_for_parts, Wait, OrderOut, ORDER),
        Verb("/orders/{number}/resume-repair", actions.resume_repair, Nothing, OrderOut, ORDER),
        Verb("/orders/{number}/log-labour", actions.log_labour, Labour, OrderOut, ORDER),
        Verb("/part-requests/{number}/fit", actions.fit_part, Fit, RequestOut, REQUEST),
        Verb("/orders/{number}/finish", actions.finish, Finish, OrderOut, ORDER),
        Verb("/orders/{number}/propose-commitment", actions.propose_commitment, Propose, CommitmentOut, ORDER),
        Verb("/commitments/{key}/sign", actions.sign_commitment, Sign, CommitmentOut, COMMITMENT),
        Verb("/commitments/{key}/refuse", actions.refuse_commitment, Note, CommitmentOut, COMMITMENT),
        Verb("/commitments/{key}/renegotiate", actions.renegotiate_commitment, Renegotiate, CommitmentOut, COMMITMENT),
        Verb("/commitments/{key}/meet", actions.meet_commitment, Nothing, CommitmentOut, COMMITMENT),
        Verb("/commitments/{key}/resolve", actions.resolve_commitment, Note, CommitmentOut, COMMITMENT),
    ],
)
