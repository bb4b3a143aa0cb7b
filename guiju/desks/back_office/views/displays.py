"""On which outlets' walls the prices in force hang, and the photographs that prove it."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from guiju.desks.back_office.sections import enter
from guiju.desks.common.asked import Request
from guiju.desks.common.orders import sent
from guiju.kernel.refusing import NotAllowed
from guiju.standing.pricing.queries import displays


@require_safe
def walls(request: Request) -> HttpResponse:
    """Every open outlet with its last proof, those that lack one first."""
    context = enter(request.actor, "prices")
    rows = displays.walls(request.actor, at=now())
    more = {"rows": rows, "lacking": sum(each.is_lacking for each in rows)}
    return render(request, "back_office/walls.html", {**context, **more})


@require_safe
def photo(request: Request, pk: int) -> FileResponse:
    """The photograph of one proof, for whoever may see the prices of that outlet."""
    if not request.actor.may("pricing.see"):
        raise NotAllowed
    return sent(get_object_or_404(displays.display_proofs(request.actor), pk=pk).photo)
