"""News that a reaction could not digest, sent again; the list of it is one of lists.py."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.kernel import news as told
from guiju.kernel.models import Delivery
from guiju.kernel.refusing import NotAllowed


@require_POST
def resend(request: Request, pk: int) -> HttpResponse:
    """Try one of them again."""
    delivery = get_object_or_404(Delivery.objects.select_related("news"), pk=pk)
    if not request.actor.may("news.resend", on=delivery.news):
        raise NotAllowed
    if perform(request, None, lambda _data: told.resend(delivery, by=request.actor, at=now())):
        messages.success(request, gettext("It is tried again within a minute."))
    return redirect("back_office:news")
