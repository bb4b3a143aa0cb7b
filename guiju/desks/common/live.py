"""How an open page learns that something has happened in the meantime."""

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
    deeds = TrailEntry.objects.order_by("-pk")
    if all(grant.unit_ids is not None for grant in actor.grants):
        units = {unit for grant in actor.grants for unit in grant.unit_ids or ()}
        deeds = deeds.filter(unit_id__in=sorted(units))
    last = deeds.values_list("pk", flat=True).first()
    # How many deeds the whole brand does is nobody's business at a desk.
    mark = salted_hmac("desks.live", str(last)).hexdigest()[:16]
    return HttpResponse(status=204) if request.GET.get("since") == mark else JsonResponse({"mark": mark})
