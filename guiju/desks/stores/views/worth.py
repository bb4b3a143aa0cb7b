"""What the stock is worth, store by store; and what is to be picked, bin by bin."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guiju.books.stock import queries as stock
from guiju.books.stock.models import Store
from guiju.books.stock.rules import METHOD_LABELS, Method
from guiju.desks.common.asked import Request
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.storeroom.models import PartRequest
from guiju.line.storeroom.rules import RequestState
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy

ROWS = 100


@require_safe
def valuation(request: Request) -> HttpResponse:
    """What a unit's own stock is worth by either method; the stores sum to the unit, to the cent."""
    actor: Actor = request.actor
    if not actor.may("valuation.see"):
        raise NotAllowed
    scope = actor.scope("valuation.see")
    units = list(Unit.objects.filter(pk__in=Store.objects.filter(scope.q()).values("unit")).order_by("path"))
    chosen = request.GET.get("unit", "")
    unit = next((each for each in units if each.code == chosen), None)
    unit = unit or next((each for each in units if each.pk == actor.unit_id), units[0] if units else None)
    if unit is None:
        return render(request, "stores/valuation.html", {"units": []})
    on = unit.day(now())
    usual = Method(policy.figure("inv.valuation", unit=unit, on=on).value)
    asked = request.GET.get("method", "")
    method = Method(asked) if asked in set(Method) else usual
    rows = stock.valued_by_store(unit, on=on, by=actor, method=method)
    totals: dict[Store | None, list[int]] = defaultdict(lambda: [0, 0])
    for each in rows:
        totals[each.store][0] += 1
        totals[each.store][1] += each.value_minor
    context = {
        "units": units,
        "unit": unit,
        "on": on,
        "method": method,
        "usual": usual,
        "methods": [(each.value, _(METHOD_LABELS[each])) for each in Method],
        "stores": [{"store": store, "parts": parts, "value_minor": worth} for store, (parts, worth) in totals.items()],
        "total_minor": sum(each.value_minor for each in rows),
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "here": "valuation",
    }
    return render(request, "stores/valuation.html", context)


@require_safe
def picking(request: Request) -> HttpResponse:
    """What is reserved and not yet issued, in the order of the bins: one walk along the shelves fetches it all."""
    actor: Actor = request.actor
    if not actor.may("storeroom.issue"):
        raise NotAllowed
    scope = actor.scope("storeroom.issue")
    rows = PartRequest.objects.filter(scope.q(unit="order__unit_id"), state=RequestState.RESERVED, bin__isnull=False)
    rows = rows.select_related("order", "part", "requested_by", "bin__store__unit")
    wanted = sorted(
        rows, key=lambda each: (_store_of(each), each.bin.code if each.bin else "", each.part.code, each.pk)
    )
    stores = [{"store": name, "requests": list(group)} for name, group in groupby(wanted, key=_store_of)]
    return render(request, "stores/picking.html", {"stores": stores, "at": now(), "here": "picking"})


def _store_of(asked: PartRequest) -> str:
    store = asked.bin.store if asked.bin else None
    return f"{store.unit.code} {store.code} {store.name}".strip() if store else ""
