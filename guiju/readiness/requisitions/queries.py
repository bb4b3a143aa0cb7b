"""What waits for a signature or for the store, and whether the requisitions and the stock book say the same."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, QuerySet, Sum

from guiju.books.stock.models import StockAccount, Store
from guiju.books.stock.rules import Place
from guiju.kernel.actor import Actor
from guiju.kernel.verification import invariant
from guiju.readiness.requisitions.models import Requisition, RequisitionLine
from guiju.readiness.requisitions.rules import State


def waiting(*, by: Actor) -> QuerySet[Requisition]:
    """What this person has to do something about: to sign, and to hand out; never what they asked for themselves."""
    to_sign = Requisition.objects.filter(by.scope("requisitions.sign").q(), state=State.ASKED.value)
    to_issue = Requisition.objects.filter(by.scope("requisitions.issue").q(), state=State.SIGNED.value)
    return (to_sign | to_issue).exclude(asked_by=by.person_id or 0)


def lines_of(requisition: Requisition) -> list[RequisitionLine]:
    """Its lines with their parts."""
    return list(requisition.lines.select_related("part"))


def stores_for(by: Actor) -> QuerySet[Store]:
    """The stores that this person may ask."""
    rows = Store.objects.filter(by.scope("requisitions.ask").q()).select_related("unit")
    return rows.order_by("unit__code", "code")


def in_use() -> dict[tuple[str, int], int]:
    """What each requisition has out, by its number and the part."""
    lines = RequisitionLine.objects.filter(issued__gt=F("returned")).order_by()
    return {
        (number, part): issued - returned
        for number, part, issued, returned in lines.values_list("requisition__number", "part", "issued", "returned")
    }


@invariant("F05")
def what_left_without_a_job_was_signed_for() -> Iterator[str]:
    """What the requisitions say is out is what the stock book holds for them, and the other way round."""
    said = in_use()
    numbers = Requisition.objects.filter(state=State.ISSUED.value).values("number")
    rows = StockAccount.objects.filter(kind=Place.FITTED.value, reference__in=numbers).order_by()
    totals = rows.values("reference", "part").annotate(total=Sum("balance"))
    booked = {(row["reference"], row["part"]): row["total"] for row in totals}
    for key in sorted(said.keys() | booked.keys()):
        if said.get(key, 0) != booked.get(key, 0):
            yield f"{key[0]}, part {key[1]}: the requisition says {said.get(key, 0)}, the book {booked.get(key, 0)}"
