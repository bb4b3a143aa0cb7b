"""The leaflets for the product boxes: made once, printed as often as the boxes need, readable for ever."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from guiju.desks.back_office.leaflet_forms import MODELS_MAX, LeafletForm
from guiju.desks.back_office.sections import enter
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.oversight.papers import queries as papers
from guiju.standing.catalogue.models import Model
from guiju.standing.pricing import actions as pricing
from guiju.standing.pricing.models import PriceLeaflet

# Older ones are found by their list.
SHOWN_MAX = 100


@require_http_methods(["GET", "HEAD", "POST"])
def leaflets(request: Request) -> HttpResponse:
    """The leaflets that were made last, and a form for the next."""
    actor: Actor = request.actor
    context = enter(actor, "prices")
    form, status = LeafletForm(), 200
    if request.method == "POST":
        if not actor.may("pricing.make_leaflet"):
            raise NotAllowed
        form, status = LeafletForm(request.POST), 422
        if perform(request, form, lambda data: pricing.make_leaflet(**data, by=actor, at=now()).pk):
            messages.success(request, gettext("The leaflet is made. Print it for the boxes."))
            return redirect("back_office:leaflets")
    rows = PriceLeaflet.objects.select_related("model__brand", "price_list", "made_by").order_by("-pk")[:SHOWN_MAX]
    models = Model.objects.filter(is_active=True).select_related("brand").order_by("code")[:MODELS_MAX]
    more = {"rows": rows, "form": form, "models": models, "may_make": actor.may("pricing.make_leaflet")}
    return render(request, "back_office/leaflets.html", {**context, **more}, status=status)


@require_safe
def leaflet_paper(request: Request, number: str) -> HttpResponse:
    """The leaflet to print."""
    enter(request.actor, "prices")
    rows = PriceLeaflet.objects.select_related("model__brand", "model__line", "price_list__unit", "made_by")
    made = get_object_or_404(rows, number=number)
    address = request.build_absolute_uri(reverse("prices:box", args=[made.token]))
    pdf = papers.leaflet(made, address=address, printed_by=request.actor.name, at=now())
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{made.number}.pdf"'
    return response
