"""What the front desk asks: the terms before a job is taken, what was received, and whether somebody may have it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from guiju.kernel import reach, secrets
from guiju.kernel.actor import Actor
from guiju.kernel.prepared import Prepared
from guiju.kernel.verification import invariant
from guiju.kernel.words import Sentence
from guiju.line.intake import rules
from guiju.line.intake.models import (
    Accessory,
    ClaimTag,
    IntakeCheck,
    IntakePhoto,
    Loan,
    LoanerUnit,
    RequestPhoto,
    ServiceRequest,
)
from guiju.line.workorder import queries as workorder
from guiju.line.workorder import rules as work
from guiju.line.workorder.models import WorkOrder
from guiju.standing.catalogue.models import Appliance, ProductLine
from guiju.standing.catalogue.rules import ItemKind
from guiju.standing.customers.models import Customer
from guiju.standing.people import queries as people
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy
from guiju.standing.pricing import queries as pricing
from guiju.standing.pricing.models import PriceLine
from guiju.standing.pricing.rules import Place
from guiju.standing.warranty import queries as warranty
from guiju.standing.warranty.rules import Coverage, Right, Verdict

CLAIM = "claim"
# A code of its own, made apart from the digits: who knows the digits knows nothing of what the scanner reads.
CLAIM_SCANNED = "claim-scanned"


@dataclass(frozen=True)
class Terms:
    """What the customer hears before signing: the date, the test fee, and who will probably pay.

    test_fee     the line of the published list; None when the list charges nothing for a test
    standing     the number of the order on which this appliance already is; empty when it is on none
    rights       what the customer may have beside a repair, as far as is known before the diagnosis
    comes_back   the number of the repair that did not hold, as far as the symptoms tell; empty where none is promised
    """

    promise: work.Promise
    test_fee: PriceLine | None
    verdict: Verdict
    standing: str
    rights: tuple[Right, ...] = ()
    comes_back: str = ""

    @property
    def test_fee_minor(self) -> int:
        """The most that a test may cost, in minor units."""
        return self.test_fee.max_minor if self.test_fee else 0


def terms_for(
    *, unit: Unit, appliance: Appliance, at: datetime, fault_family: str = "", fault_families: Iterable[str] = ()
) -> Terms:
    """Work out what to tell the customer at the counter; showing it changes nothing.

    fault_family    of the repair that failed, where one comes back
    fault_families  that are complained of
    source          S6-07, S6-10, S6-37; 3.1 "warranty pre-check"
    """
    on = unit.day(at)
    priced = pricing.services_for(appliance.line, unit=unit, on=on, place=Place.SHOP)
    queue = _queue(unit, appliance, on)
    judged = warranty.consider(appliance, on=on, fault_family=fault_family, fault_families=fault_families)
    promise = _promise(unit, priced, queue, at)
    back = judged.comes_back.order_number if judged.comes_back else ""
    return Terms(promise, _test_fee(priced), judged.verdict, queue.standing, judged.rights, back)


def terms_of_line(*, unit: Unit, line: ProductLine, at: datetime) -> Terms:
    """The same for a machine that has no card yet: its line tells the date and the test fee, and nothing tells who pays."""
    priced = pricing.services_for(line, unit=unit, on=unit.day(at), place=Place.SHOP)
    queue = _queue(unit, None, unit.day(at))
    unknown = Verdict(Coverage.UNDETERMINED, (Sentence(rules.APPLIANCE_UNKNOWN),), None, "")
    return Terms(_promise(unit, priced, queue, at), _test_fee(priced), unknown, "")


def promise_for(*, unit: Unit, appliance: Appliance, at: datetime) -> work.Promise:
    """When this appliance, received now, will be ready."""
    on = unit.day(at)
    return _promise(
        unit, pricing.services_for(appliance.line, unit=unit, on=on, place=Place.SHOP), _queue(unit, appliance, on), at
    )


def _test_fee(priced: list[PriceLine]) -> PriceLine | None:
    """The line for the test of this product line, else for that of all lines."""
    tests = [each for each in priced if each.item is not None and each.item.kind == ItemKind.TEST]
    return min(tests, key=lambda each: (each.item is None or each.item.line_id is None, each.pk), default=None)


@dataclass(frozen=True)
class _Queue:
    """How many jobs are in front of a new one, the number of the one that is this appliance's own, and how many work them off."""

    queued: int
    standing: str
    technicians: int


def _queue(unit: Unit, appliance: Appliance | None, on: date) -> _Queue:
    """All of it in one statement: the counter asks for each customer who stands there."""
    its_own = {"appliance": appliance.pk} if appliance is not None else {}
    return _Queue(*_QUEUES(unit=unit.pk, lineage=list(unit.lineage), on=on, **its_own)[0])


def _queues(*, unit: Any, lineage: Any, on: Any, appliance: Any = None) -> QuerySet[Unit, Any]:
    orders = WorkOrder.objects.order_by()
    in_line = Q(unit_id=unit, state__in=sorted(work.PROMISE_RUNS - {work.State.REGISTERED}))
    # Counted in its index alone: to tell one's own from twenty thousand others, these would have to be fetched.
    queued: Combinable = _many(orders.filter(in_line))
    standing: Combinable = Value("")
    if appliance is not None:
        its_own = orders.filter(appliance_id=appliance).exclude(state__in=sorted(work.ENDED))
        queued -= _many(its_own.filter(in_line))
        standing = Coalesce(Subquery(its_own.values("number")[:1]), standing)
    at_work = people.acting_in("TE", lineage, on=on).order_by()
    return Unit.objects.filter(pk=unit).values_list(queued, standing, _many(at_work))


def _many(rows: QuerySet[Any]) -> Combinable:
    return Coalesce(Subquery(rows.values(one=Value(1)).annotate(all=Count("*")).values("all")), 0)


_QUEUES: Prepared[tuple[int, str, int]] = Prepared(_queues)


def _promise(unit: Unit, priced: list[PriceLine], queue: _Queue, at: datetime) -> work.Promise:
    keys = ("promise.standard_hours", "promise.minutes_per_job", *workorder.OPENING_KEYS)
    figures = policy.figures(keys, unit=unit, on=unit.day(at))
    # The fault is not known yet: the longest repair of the line's own standard is what can be promised.
    repairs = [each.item for each in priced if each.item is not None and each.item.kind == ItemKind.LABOUR]
    standard = max((item.service_hours for item in repairs if item.line_id is not None), default=0)
    load = work.Load(
        service_hours=standard or figures["promise.standard_hours"].value,
        queued=queue.queued,
        technicians=queue.technicians,
        minutes_per_job=figures["promise.minutes_per_job"].value,
    )
    return work.promise(at, load, workorder.opening_of(unit, figures, at=at))


def check_of(order: WorkOrder) -> IntakeCheck | None:
    """How the appliance came, if it has come."""
    return IntakeCheck.objects.select_related("signature", "received_by").filter(order=order).first()


def photos_of(order: WorkOrder) -> list[IntakePhoto]:
    """The pictures taken at the counter."""
    return list(IntakePhoto.objects.select_related("evidence").filter(order=order))


def accessories_of(order: WorkOrder) -> list[Accessory]:
    """What came with the appliance."""
    return _ACCESSORIES(order=order.pk)


_ACCESSORIES: Prepared[Accessory] = Prepared(lambda *, order: Accessory.objects.filter(order_id=order))


def usual_accessories(unit: Unit, line: ProductLine, *, most: int = 9) -> list[str]:
    """What comes most often with this kind of appliance at this outlet, for the counter to offer."""
    came = Accessory.objects.filter(order__unit=unit, order__appliance__line=line)
    counted = came.values("name").annotate(times=Count("pk")).order_by("-times", "name")
    return [each["name"] for each in counted[:most]]


def tag_of(order: WorkOrder) -> ClaimTag | None:
    """The claim tag, if the appliance was received."""
    return _TAGS.first(order=order.pk)


_TAGS: Prepared[ClaimTag] = Prepared(lambda *, order: ClaimTag.objects.filter(order_id=order).order_by("pk")[:1])


def claim_code(tag: ClaimTag) -> str:
    """The six digits that are printed on the customer's half of the tag."""
    return secrets.one_time_code(CLAIM, tag.order_id, tag.code_salt)


def claim_link(track_address: str, tag: ClaimTag | None) -> str:
    """What the QR code on the customer's half says: the customer's page, and behind a # the proof that a scanner reads.

    What stands behind the # never leaves the customer's own telephone, so no log of anybody's has it.
    """
    if tag is None:
        return track_address
    return f"{track_address}{rules.CLAIM_MARK}{secrets.link_token(CLAIM_SCANNED, str(tag.order_id), tag.code_salt)}"


def claim_matches(order: WorkOrder, given: str) -> bool:
    """Whether somebody who asks for the appliance has the digits of its tag, or its code as a scanner reads it."""
    tag = tag_of(order)
    if tag is None:
        return False
    said = rules.claim_said(given)
    scanned = secrets.link_token(CLAIM_SCANNED, str(tag.order_id), tag.code_salt)
    return secrets.matches(said, claim_code(tag)) or secrets.matches(said, scanned)


# --- Requests


def follow_token_of(number: str, salt: str) -> str:
    """The secret part of the link behind which whoever asked sees what became of it."""
    return secrets.link_token("request", number, salt)


def follow_token(request: ServiceRequest) -> str:
    """The same, of a request that waits or waited for an answer."""
    return follow_token_of(request.number, request.follow_salt)


@reach.as_house
def by_follow_token(token: str) -> ServiceRequest | None:
    """The one request that a link opens."""
    return ServiceRequest.objects.with_names().filter(follow_digest=secrets.hash_token(token)).first()


def due_at(unit: Unit, *, at: datetime) -> datetime:
    """When a request of now has to be answered.

    source   4.12 sla.first_response, counted in opening hours
    """
    figures = policy.figures(("sla.first_response", *workorder.OPENING_KEYS), unit=unit, on=unit.day(at))
    opening = workorder.opening_of(unit, figures, at=at)
    return rules.answer_by(at, hours=int(figures["sla.first_response"].value), opening=opening)


def same_asked_before(request: ServiceRequest) -> ServiceRequest | None:
    """The open request of the same person about the same machine, if there is one (CRM-2)."""
    if not request.phone or not request.folded_serial:
        return None
    same = ServiceRequest.objects.filter(
        unit=request.unit_id, phone=request.phone, folded_serial=request.folded_serial, state__in=rules.OPEN
    )
    return same.exclude(pk=request.pk).order_by("pk").first()


@dataclass(frozen=True)
class Standing:
    """What a request may repeat: other open requests and orders of the same number or the same machine."""

    requests: tuple[ServiceRequest, ...]
    orders: tuple[WorkOrder, ...]


def standing(request: ServiceRequest, *, by: Actor) -> Standing:
    """What is open already for this telephone or this serial, as far as this person may see it (CRM-2)."""
    same = Q(pk=None)
    on_order = Q(pk=None)
    if request.phone:
        same |= Q(phone=request.phone)
    if request.folded_serial:
        same |= Q(folded_serial=request.folded_serial)
        on_order |= Q(appliance__folded_serial=request.folded_serial)
    if request.customer_id:
        on_order |= Q(customer=request.customer_id)
    if request.appliance_id:
        on_order |= Q(appliance=request.appliance_id)
    here = {"unit": request.unit_id}
    requests = ServiceRequest.objects.visible_to(by).with_names().filter(same, **here, state__in=rules.OPEN)
    orders = WorkOrder.objects.visible_to(by).with_names().open().filter(on_order, **here)
    return Standing(tuple(requests.exclude(pk=request.pk)[:5]), tuple(orders.exclude(pk=request.order_id or 0)[:5]))


def appliances_for(request: ServiceRequest, customer: Customer | None) -> list[Appliance]:
    """The machines that the request may be about: the one of the sticker, the one of that serial, the customer's."""
    about = Q(pk=request.appliance_id or 0)
    if request.folded_serial:
        about |= Q(folded_serial=request.folded_serial)
    if customer is not None:
        about |= Q(customer=customer)
    rows = Appliance.objects.filter(about, unit=request.unit_id).select_related("brand", "line", "model", "customer")
    return list(rows.order_by("-pk")[:10])


def repeated_by(request: ServiceRequest) -> list[ServiceRequest]:
    """The requests that were linked to this one, with what they add."""
    return list(ServiceRequest.objects.filter(duplicate_of=request).prefetch_related("photos__evidence"))


def request_of(order: WorkOrder) -> ServiceRequest | None:
    """The request of which the order was made."""
    return ServiceRequest.objects.filter(order=order).first()


def sent_photos(order: WorkOrder) -> list[RequestPhoto]:
    """The pictures that the customer sent before the appliance came."""
    return list(RequestPhoto.objects.select_related("evidence").filter(request__order=order))


# --- Loaners


def loans_of(order: WorkOrder) -> list[Loan]:
    """What was lent for this repair, the last one last."""
    return _LOANS(order=order.pk)


_LOANS: Prepared[Loan] = Prepared(
    lambda *, order: Loan.objects.select_related("loaner", "signature").filter(order_id=order)
)


def loaners_out(order: WorkOrder) -> list[Loan]:
    """What has to come back before the appliance goes home; what the manager excepted need not."""
    return [loan for loan in loans_of(order) if loan.returned_at is None and loan.excepted_at is None]


def free_loaners(unit: Unit) -> list[LoanerUnit]:
    """The units that may be lent now."""
    return _FREE(unit=unit.pk)


_FREE: Prepared[LoanerUnit] = Prepared(lambda *, unit: LoanerUnit.objects.filter(unit_id=unit).free())


# --- What must always be true


@invariant("S6-07")
def whatever_was_received_was_checked() -> Iterator[str]:
    """Each appliance that came over the counter has its check, its pictures and its claim tag."""
    received = WorkOrder.objects.exclude(received_at=None)
    for number in received.exclude(pk__in=IntakeCheck.objects.values("order")).values_list("number", flat=True):
        yield f"{number}: received without a check"
    for number in received.exclude(pk__in=ClaimTag.objects.values("order")).values_list("number", flat=True):
        yield f"{number}: received without a claim tag"
    pictures = dict(IntakePhoto.objects.values_list("order").annotate(Count("pk")))
    for pk, number in received.values_list("pk", "number"):
        if pictures.get(pk, 0) < 1:
            yield f"{number}: received without a picture"


@invariant("WO-13")
def accessories_come_back() -> Iterator[str]:
    """What was handed over went with all its accessories, or with an exception that somebody wrote down."""
    handed_over = Accessory.objects.filter(order__state__in=["DELIVERED", "CLOSED"])
    for kept in handed_over.filter(
        Q(returned_quantity=None) | Q(returned_quantity__lt=F("quantity"), exception_note="")
    ).select_related("order"):
        yield f"{kept.order.number}: {kept} did not go back"


@invariant("CRM-2")
def a_duplicate_repeats_something_of_its_own_outlet() -> Iterator[str]:
    """What a duplicate repeats belongs to the same outlet, and is no duplicate of it in turn."""
    for each in ServiceRequest.objects.filter(state=rules.RequestState.DUPLICATE).with_names():
        first = each.duplicate_of or each.duplicate_of_order
        if first is not None and first.unit_id != each.unit_id:
            yield f"{each.number}: repeats {first.number} of another outlet"
        if each.duplicate_of is not None and each.duplicate_of.duplicate_of_id == each.pk:
            yield f"{each.number}: repeats what repeats it"


@invariant("CRM-1")
def a_converted_request_and_its_order_are_of_one_outlet() -> Iterator[str]:
    """The outlet that answers for a request is the one that does the job."""
    for each in ServiceRequest.objects.filter(order__isnull=False).exclude(unit=F("order__unit")).with_names():
        yield f"{each.number}: of another outlet than its order"


@invariant("A17")
def a_loaner_comes_back_before_the_appliance_goes_home() -> Iterator[str]:
    """No appliance was handed over while a loaner was out, unless the manager said so."""
    out = Loan.objects.filter(order__delivered_at__isnull=False).select_related("order", "loaner")
    for loan in out.filter(Q(returned_at=None) | Q(returned_at__gt=F("order__delivered_at"))):
        if loan.excepted_at is None:
            yield f"{loan.order.number}: handed over while {loan.loaner.serial} was out"
