"""What the front desk asks: the terms before a job is taken, what was received, and whether somebody may have it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q

from guiju.kernel import secrets
from guiju.kernel.verification import invariant
from guiju.line.intake.models import Accessory, ClaimTag, IntakeCheck, IntakePhoto
from guiju.line.workorder import queries as workorder
from guiju.line.workorder import rules as work
from guiju.line.workorder.models import WorkOrder
from guiju.standing.catalogue.models import Appliance, ProductLine, ServiceItem
from guiju.standing.catalogue.rules import ItemKind
from guiju.standing.people import queries as people
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy
from guiju.standing.pricing import queries as pricing
from guiju.standing.pricing.models import PriceLine
from guiju.standing.warranty import queries as warranty
from guiju.standing.warranty.rules import Verdict

CLAIM = "claim"


@dataclass(frozen=True)
class Terms:
    """What the customer hears before signing: the date, the test fee, and who will probably pay.

    test_fee   the line of the published list; None when the list charges nothing for a test
    """

    promise: work.Promise
    test_fee: PriceLine | None
    verdict: Verdict

    @property
    def test_fee_minor(self) -> int:
        """The most that a test may cost, in minor units."""
        return self.test_fee.max_minor if self.test_fee else 0


def terms_for(*, unit: Unit, appliance: Appliance, at: datetime) -> Terms:
    """Work out what to tell the customer at the counter; showing it changes nothing.

    source   S6-07, S6-10, S6-37; 3.1 "warranty pre-check"
    """
    on = unit.day(at)
    items = list(ServiceItem.objects.filter(Q(line=appliance.line_id) | Q(line=None), is_active=True).order_by("code"))
    promise = _promise(unit, appliance.line, items, at)
    test = _nearest(items, ItemKind.TEST)
    return Terms(
        promise=promise,
        test_fee=pricing.line_for(item=test, unit=unit, on=on) if test else None,
        verdict=warranty.judge(appliance, cause="", fault_family="", on=on),
    )


def promise_for(*, unit: Unit, line: ProductLine, at: datetime) -> work.Promise:
    """When an appliance of this line, received now, will be ready."""
    items = list(ServiceItem.objects.filter(line=line, is_active=True))
    return _promise(unit, line, items, at)


def _promise(unit: Unit, line: ProductLine, items: list[ServiceItem], at: datetime) -> work.Promise:
    keys = ("promise.standard_hours", "promise.minutes_per_job", *workorder.OPENING_KEYS)
    figures = policy.figures(keys, unit=unit, on=unit.day(at))
    # The fault is not known yet: the longest repair of the line's own standard is what can be promised.
    standard = max((item.service_hours for item in items if item.line_id == line.pk and item.kind == ItemKind.LABOUR), default=0)
    load = work.Load(
        service_hours=standard or figures["promise.standard_hours"].value,
        queued=WorkOrder.objects.filter(unit=unit, state__in=work.PROMISE_RUNS - {work.State.REGISTERED}).count(),
        technicians=len(people.people_with("TE", unit, on=unit.day(at))),
        minutes_per_job=figures["promise.minutes_per_job"].value,
    )
    return work.promise(at, load, workorder.opening_of(unit, figures))


def _nearest(items: list[ServiceItem], kind: ItemKind) -> ServiceItem | None:
    """The item of that kind for the line itself, else the one for all lines."""
    of_kind = [item for item in items if item.kind == kind]
    return next((item for item in of_kind if item.line_id), of_kind[0] if of_kind else None)


def check_of(order: WorkOrder) -> IntakeCheck | None:
    """How the appliance came, if it has come."""
    return IntakeCheck.objects.select_related("signature", "received_by").filter(order=order).first()


def photos_of(order: WorkOrder) -> list[IntakePhoto]:
    """The pictures taken at the counter."""
    return list(IntakePhoto.objects.select_related("evidence").filter(order=order))


def accessories_of(order: WorkOrder) -> list[Accessory]:
    """What came with the appliance."""
    return list(Accessory.objects.filter(order=order))


def tag_of(order: WorkOrder) -> ClaimTag | None:
    """The claim tag, if the appliance was received."""
    return ClaimTag.objects.filter(order=order).first()


def claim_code(tag: ClaimTag) -> str:
    """The six digits that are printed on the customer's half of the tag."""
    return secrets.one_time_code(CLAIM, tag.order_id, tag.code_salt)


def claim_matches(order: WorkOrder, code: str) -> bool:
    """Whether somebody who asks for the appliance has the digits of its tag."""
    tag = tag_of(order)
    return tag is not None and secrets.matches(code.strip(), claim_code(tag))


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
    for kept in handed_over.filter(Q(returned_quantity=None) | Q(returned_quantity__lt=F("quantity"), exception_note="")).select_related("order"):
        yield f"{kept.order.number}: {kept} did not go back"
