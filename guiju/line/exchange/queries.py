"""The cases, the units that wait to be given, and whether cases and jobs agree."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from guiju.kernel.actor import Actor
from guiju.kernel.verification import invariant
from guiju.line.exchange import rules
from guiju.line.exchange.models import ExchangeCase, ExchangeUnit, UnitOffer
from guiju.line.exchange.rules import GONE_BACK, PENDING, CaseState, Choice, Ground
from guiju.line.workorder import queries as orders
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import MOVES, Outcome, State
from guiju.line.workshop.models import Quote
from guiju.line.workshop.rules import QuoteState
from guiju.standing.people.models import Unit
from guiju.standing.warranty import queries as warranty
from guiju.standing.warranty.rules import Refund, Remedy, Right

# Where a job stands when an exchange or a refund may be asked for.
MAY_ASK = frozenset(state for move in MOVES if move.verb == "exchange.open_case" for state in move.froms)


def case_of(order: WorkOrder) -> ExchangeCase | None:
    """The case of a job, the last one if there were several."""
    found = ExchangeCase.objects.filter(order=order).order_by("-pk")
    case = found.select_related("other__brand", "other__model", "replacement", "requested_by", "appraised_by",
                                "confirmed_by", "decided_by").first()  # fmt: skip
    if case is not None:
        case.order = order
    return case


def cases_of(order: WorkOrder) -> list[ExchangeCase]:
    """All cases of a job, the first one first, each with what was offered."""
    offers = Prefetch("offers", UnitOffer.objects.select_related("consent"))
    names = ("other__brand", "other__model", "replacement")
    return list(ExchangeCase.objects.filter(order=order).select_related(*names).prefetch_related(offers).order_by("pk"))


def cases(*, by: Actor) -> QuerySet[ExchangeCase]:
    """The cases in which somebody has something to do, the oldest first."""
    names = ("order__appliance__line", "order__appliance__brand", "order__customer", "order__unit")
    return ExchangeCase.objects.visible_to(by).filter(state__in=rules.OPEN).select_related(*names).order_by("pk")


def free_units(unit: Unit) -> QuerySet[ExchangeUnit]:
    """The units that stand there for nobody yet."""
    taken = ExchangeCase.objects.filter(other=OuterRef("pk")).exclude(state__in=GONE_BACK)
    free = ExchangeUnit.objects.filter(~Exists(taken), unit=unit, retired_at__isnull=True)
    return free.select_related("brand", "line", "model")


def fitting_units(order: WorkOrder) -> QuerySet[ExchangeUnit]:
    """Those of the order's own kind of appliance: of its model, or of another."""
    return free_units(order.unit).filter(line=order.appliance.line_id)


def same_model(order: WorkOrder) -> QuerySet[ExchangeUnit]:
    """New ones of the very model of the order's appliance."""
    machine = order.appliance
    if machine.model_id is None:
        return ExchangeUnit.objects.none()
    return free_units(order.unit).filter(brand=machine.brand_id, model=machine.model_id, is_new=True)


def is_same_model(order: WorkOrder, other: ExchangeUnit) -> bool:
    """Whether a unit is of the very model of the order's appliance; where one model is not known, it is another."""
    machine = order.appliance
    return other.model_id is not None and (other.brand_id, other.model_id) == (machine.brand_id, machine.model_id)


def declined_of(case: ExchangeCase) -> list[UnitOffer]:
    """What the customer did not want, the latest first."""
    rows = UnitOffer.objects.filter(case=case, declined_at__isnull=False)
    return list(rows.select_related("other__brand", "other__line", "other__model").order_by("-pk"))


def offer_of(case: ExchangeCase) -> UnitOffer | None:
    """The unit that is offered to the customer now, or that was agreed to."""
    offers = UnitOffer.objects.filter(case=case, ended_at__isnull=True)
    return offers.select_related("other__brand", "other__line", "other__model", "other__unit", "consent").first()


def choices(case: ExchangeCase) -> tuple[Choice, ...]:
    """What the customer may choose."""
    return rules.choices_of(case.ground, case.right.get("remedies", ()))


def grounds_of(order: WorkOrder) -> list[Ground]:
    """The rights by rule that have arisen and give another unit or the money, the strongest first; none where nobody may ask now."""
    shown = orders.coverage_of(order) if order.state in MAY_ASK else None
    rights = shown.rights if shown else ()
    return [Ground(str(each.ground)) for each in rights if set(each.remedies) & {Remedy.EXCHANGE, Remedy.REFUND}]


def right_of(case: ExchangeCase) -> Right | None:
    """The right by rule on which the case rests, with its proof."""
    return Right.from_json(case.right) if case.right else None


def refund_for(case: ExchangeCase, *, same_model: bool) -> Refund:
    """What goes back: the price, less the use where the law lets it cost something.

    source   TG-1, TG-15; EX-4
    """
    order = case.order
    if rules.depreciates(case.ground, same_model=same_model):
        # Since it came in, the customer could not use it, whatever day it is paid.
        on = order.unit.day(order.received_at or case.requested_at)
        told = warranty.refund(order.appliance, on=on, price_minor=case.price_minor)
        if told is not None:
            return told
    return Refund(case.price_minor, 0, 0, "")


@invariant("I27")
def exchanges_and_their_jobs_agree() -> Iterator[str]:
    """A job waits for an exchange exactly while its case does, and one that ended in an exchange has both units in the book."""
    pending = ExchangeCase.objects.filter(state__in=PENDING)
    waiting = WorkOrder.objects.filter(state=State.EXCHANGE_PENDING)
    for number in waiting.exclude(pk__in=pending.values("order")).values_list("number", flat=True):
        yield f"{number} waits for an exchange and has no case"
    for case in pending.exclude(order__state=State.EXCHANGE_PENDING).select_related("order"):
        yield f"{case.number} is {case.state} and its job {case.order.number} is {case.order.state}"
    for state, outcome in ((CaseState.EXCHANGED, Outcome.EXCHANGED), (CaseState.REFUNDED, Outcome.REFUNDED)):
        for case in ExchangeCase.objects.filter(state=state).exclude(order__outcome=outcome).select_related("order"):
            yield f"{case.number} is {case.state} and its job ended as {case.order.outcome or 'nothing'}"
    done = ExchangeCase.objects.filter(replacement__isnull=False).select_related("order", "replacement", "other")
    for case in done:
        new = case.replacement
        if new is None or case.other is None or new.replaces_id != case.order.appliance_id:
            yield f"{case.number} was exchanged, and the new card does not name the old unit"
        elif new.folded_serial != case.other.folded_serial:
            yield f"{case.number} gave {case.other.serial}, and the card says {new.serial}"


@invariant("WTY-4")
def paid_exchanges_were_quoted() -> Iterator[str]:
    """Whoever pays for another unit has approved a quote for it."""
    paid = ExchangeCase.objects.filter(ground=Ground.PAID).exclude(state__in=GONE_BACK)
    for case in paid.exclude(order__in=Quote.objects.filter(state=QuoteState.APPROVED).values("order")):
        yield f"{case.number} is paid for and nobody approved a quote"
