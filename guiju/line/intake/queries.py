"""What the front desk asks: the terms before a job is taken, what was received, and whether somebody may have it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Min, Q

from guiju.kernel import secrets
from guiju.kernel.verification import invariant
from guiju.line.intake.models import Accessory, ClaimTag, IntakeCheck, IntakePhoto
from guiju.line.workorder import queries as workorder
from guiju.line.workorder import rules as work
from guiju.line.workorder.models import WorkOrder
from guiju.standing.catalogue.models import Appliance, ProductLine
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

    test_fee     the line of the published list; None when the list charges nothing for a test
    standing     the number of the order on which this appliance already is; empty when it is on none
    """

    promise: work.Promise
    test_fee: PriceLine | None
    verdict: Verdict
    standing: str

    @property
    def test_fee_minor(self) -> int:
        """The most that a test may cost, in minor units."""
        return self.test_fee.max_minor if self.test_fee else 0


def terms_for(*, unit: Unit, appliance: Appliance, at: datetime) -> Terms:
    """Work out what to tell the customer at the counter; showing it changes nothing.

    source   S6-07, S6-10, S6-37; 3.1 "warranty pre-check"
    """
    on = unit.day(at)
    priced = _priced(unit, appliance.line, on)
    queued, standing = _queue(unit, appliance)
    return Terms(
        promise=_promise(unit, priced, queued, at),
        test_fee=_test_fee(priced),
        verdict=warranty.judge(appliance, on=on),
        standing=standing,
    )


def promise_for(*, unit: Unit, appliance: Appliance, at: datetime) -> work.Promise:
    """When this appliance, received now, will be ready."""
    queued, _standing = _queue(unit, appliance)
    return _promise(unit, _priced(unit, appliance.line, unit.day(at)), queued, at)


def _priced(unit: Unit, line: ProductLine, on: date) -> list[PriceLine]:
    """The services for this line that the lists in force name, each as its nearest list prices it."""
    concerning = PriceLine.objects.filter(
        Q(item__line=line) | Q(item__line=None), item__isnull=False, price_list__in=pricing.in_force(unit, on)
    )
    lineage = unit.lineage

    def distance(each: PriceLine) -> int:
        return lineage.index(each.price_list.unit.code) if each.price_list.unit else len(lineage)

    nearest: dict[int | None, PriceLine] = {}
    for each in sorted(concerning.select_related("item", "price_list__unit"), key=distance):
        nearest.setdefault(each.item_id, each)
    return list(nearest.values())


def _test_fee(priced: list[PriceLine]) -> PriceLine | None:
    """The line for the test of this product line, else for that of all lines."""
    tests = [each for each in priced if each.item is not None and each.item.kind == ItemKind.TEST]
    return min(tests, key=lambda each: (each.item is None or each.item.line_id is None, each.pk), default=None)


def _queue(unit: Unit, appliance: Appliance) -> tuple[int, str]:
    """How many jobs are in front of a new one, and whether the appliance is one of them: asked at once."""
    waiting = Q(unit=unit, state__in=work.PROMISE_RUNS - {work.State.REGISTERED})
    its_own = Q(appliance=appliance) & ~Q(state__in=work.ENDED)
    found = WorkOrder.objects.filter(waiting | its_own).aggregate(
        queued=Count("pk", filter=waiting & ~its_own), standing=Min("number", filter=its_own)
    )
    return found["queued"], found["standing"] or ""


def _promise(unit: Unit, priced: list[PriceLine], queued: int, at: datetime) -> work.Promise:
    keys = ("promise.standard_hours", "promise.minutes_per_job", *workorder.OPENING_KEYS)
    figures = policy.figures(keys, unit=unit, on=unit.day(at))
    # The fault is not known yet: the longest repair of the line's own standard is what can be promised.
    repairs = [each.item for each in priced if each.item is not None and each.item.kind == ItemKind.LABOUR]
    standard = max((item.service_hours for item in repairs if item.line_id is not None), default=0)
    load = work.Load(
        service_hours=standard or figures["promise.standard_hours"].value,
        queued=queued,
        technicians=len(people.people_with("TE", unit, on=unit.day(at))),
        minutes_per_job=figures["promise.minutes_per_job"].value,
    )
    return work.promise(at, load, workorder.opening_of(unit, figures))


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
    for kept in handed_over.filter(
        Q(returned_quantity=None) | Q(returned_quantity__lt=F("quantity"), exception_note="")
    ).select_related("order"):
        yield f"{kept.order.number}: {kept} did not go back"
