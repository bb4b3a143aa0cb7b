"""News that a reaction could not digest: looked at, and sent again."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from guiju.desks.back_office.sections import enter
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.kernel import news as told
from guiju.kernel.actor import Actor
from guiju.kernel.models import Delivery
from guiju.kernel.refusing import NotAllowed

ROWS = 40
# The worker looks every few seconds: what waits longer failed, or nobody works.
LATE_MINUTES = 5


def stuck(actor: Actor) -> QuerySet[Delivery]:
    """What was set aside, and what still waits long after it was told; the oldest first."""
    late = Q(state=Delivery.State.PENDING, news__told_at__lt=now() - timedelta(minutes=LATE_MINUTES))
    reached = actor.scope("news.resend").q(unit="news__unit_id")
    rows = Delivery.objects.filter(Q(state=Delivery.State.PARKED) | late).filter(reached)
    return rows.select_related("news").order_by("state", "news__told_at", "pk")


@require_safe
def news(request: Request) -> HttpResponse:
    """What could not be delivered, each with its error."""
    context = enter(request.actor, "news")
    page = Paginator(stuck(request.actor), ROWS).get_page(request.GET.get("page"))
    return render(request, "back_office/news.html", {**context, "page": page, "parked": Delivery.State.PARKED})


@require_POST
def resend(request: Request, pk: int) -> HttpResponse:
    """Try one of them again."""
    delivery = get_object_or_404(Delivery.objects.select_related("news"), pk=pk)
    if not request.actor.may("news.resend", on=delivery.news):
        raise NotAllowed
    if perform(request, None, lambda _data: told.resend(delivery, by=request.actor, at=now())):
        messages.success(request, gettext("It is tried again within a minute."))
    return redirect("back_office:news")
