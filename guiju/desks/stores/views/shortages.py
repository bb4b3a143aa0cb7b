"""The shortage board: what jobs wait for and the stores do not have, the most urgent first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from guiju.desks.common.asked import Request
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.storeroom.queries.shortages import shortages

ROWS = 50


@require_safe
def board(request: Request) -> HttpResponse:
    """A row a part and outlet; who sees the jobs of one outlet sees its row, whoever oversees many sees theirs."""
    actor: Actor = request.actor
    if not actor.may("storeroom.see"):
        raise NotAllowed
    found = shortages(by=actor, at=now())
    context = {
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "undated": sum(each.expected_on is None for each in found),
        "late": sum(each.is_late for each in found),
        "many_units": len({each.unit.pk for each in found}) > 1,
        "here": "shortages",
    }
    return render(request, "stores/shortages.html", context)
