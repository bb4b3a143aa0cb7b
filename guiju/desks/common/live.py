"""How an open page learns that something has happened in the meantime."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guiju.kernel.actor import Actor
from guiju.kernel.models import TrailEntry


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """A mark that moves with every deed in this person's units; the page looks again at its live parts when it does.

    A page asks this every few seconds: one small statement, and nothing is drawn again until something has happened. It
    works alike with any number of processes, and no process is held open for a page that only waits.

    answers   204 when nothing has happened since the mark that was given
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    deeds = TrailEntry.objects.all()
    if all(grant.unit_ids is not None for grant in actor.grants):
        units = {unit for grant in actor.grants for unit in grant.unit_ids or ()}
        deeds = deeds.filter(unit_id__in=sorted(units))
    return told(mark_of(deeds), request)


def mark_of(deeds: QuerySet[TrailEntry]) -> str:
    """A mark of the last of these deeds; how many the whole brand does is nobody's business."""
    last = deeds.order_by("-pk").values_list("pk", flat=True).first()
    return salted_hmac("desks.live", str(last)).hexdigest()[:16]


def told(mark: str, request: HttpRequest) -> HttpResponse:
    """The mark, or 204 where the page has it already."""
    return HttpResponse(status=204) if request.GET.get("since") == mark else JsonResponse({"mark": mark})
