"""What a repair may cost, for whoever asks: no login, nothing personal, every version that was ever published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms as plain
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guiju.desks.common import forms
from guiju.desks.common.doors import public
from guiju.desks.common.place import place_of, standing_in
from guiju.desks.common.squares import squares
from guiju.kernel import reach
from guiju.oversight.papers import queries as papers
from guiju.oversight.papers.queries.prices import section_name, travel_sentence
from guiju.standing.catalogue.models import Model, ProductLine
from guiju.standing.people.models import Unit
from guiju.standing.pricing import queries
from guiju.standing.pricing.models import PriceList
from guiju.standing.pricing.queries import SheetRow, Visit
from guiju.standing.pricing.rules import PLACE_LABELS, SHOWN, Phase, Place, phase
from guiju.standing.pricing.rules.travel import ZONE_LABELS, Zone

# More models than this, and a piece of the number is no answer.
MODELS_MAX = 12
# A tenth of the globe; more is a slip of the finger.
KM_MAX = 4_000


class VisitForm(forms.Form):
    """How far we come."""

    zone = plain.ChoiceField(
        label=_("Where do you live?"), choices=[(each.value, word) for each, word in ZONE_LABELS.items()]
    )
    km = plain.DecimalField(label=_("Kilometres one way"), min_value=0, max_value=KM_MAX, decimal_places=1)
    appliances = plain.IntegerField(label=_("How many appliances"), min_value=1, max_value=20, initial=1)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["zone"].choices = [(each.value, _(word)) for each, word in ZONE_LABELS.items()]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Section:
    """The lines of one kind."""

    name: str
    rows: list[tuple[SheetRow, str]]


@public
@require_safe
@reach.as_house
def start(request: HttpRequest) -> HttpResponse:
    """Look a model up, or choose the kind of appliance."""
    typed = request.GET.get("q", "").strip()[:60]
    models = _models(typed) if typed else []
    lines = ProductLine.objects.filter(is_active=True).order_by("code")
    context = {"typed": typed, "models": models, "lines": lines, "most": MODELS_MAX}
    return render(request, "track/prices.html", context)


def _models(typed: str) -> Sequence[Model]:
    named = Q(code__icontains=typed) | Q(brand__name__iexact=typed)
    found = Model.objects.filter(named, is_active=True).select_related("brand", "line").order_by("brand__name", "code")
    return list(found[:MODELS_MAX])


@public
@require_safe
@reach.as_house
def line(request: HttpRequest, line: str) -> HttpResponse:
    """The prices for one kind of appliance: of today and of the brand, or of an outlet, or of a version that is asked for."""
    kind = get_object_or_404(ProductLine, code=line)
    outlet = Unit.objects.filter(code=request.GET["outlet"]).first() if "outlet" in request.GET else None
    if "list" in request.GET:
        shown = get_object_or_404(PriceList.objects.select_related("unit"), number=request.GET["list"], state__in=SHOWN)
        unit = queries.home_of(shown.unit)
        rows = queries.sheet_of_list(shown, line=kind)
    else:
        unit = outlet or queries.home_of(None)
        rows = queries.sheet(unit, unit.day(now()), line=kind)
        listed = queries.current_list(unit, unit.day(now()))
        if listed is None:
            raise Http404
        shown = listed
    return _answer(request, unit, shown, rows, kind=kind, model=request.GET.get("model", "")[:60])


@public
@require_safe
@reach.as_house
def boxed(request: HttpRequest, token: str) -> HttpResponse:
    """Where the code in the product box leads: what was printed then, beside what is asked today."""
    made = queries.leaflet_by_token(token)
    if made is None:
        raise Http404
    unit = queries.home_of(made.price_list.unit)
    today = queries.sheet(unit, unit.day(now()), line=made.model.line)
    printed = {(row.code, row.place): row for row in queries.sheet_of_list(made.price_list, line=made.model.line)}
    listed = queries.current_list(unit, unit.day(now())) or made.price_list
    more = {"made": made, "printed": printed, "kind": made.model.line, "model": made.model.code}
    return _answer(request, unit, listed, today or list(printed.values()), **more)


def _answer(request: HttpRequest, unit: Unit, listed: PriceList, rows: Sequence[SheetRow], **more: Any) -> HttpResponse:
    on = unit.day(now())
    form = VisitForm(request.GET) if "km" in request.GET else VisitForm()
    printed: Mapping[tuple[str, str], SheetRow] = more.pop("printed", {})
    context = {
        "unit": unit,
        "listed": listed,
        "phase": phase(starts_on=listed.starts_on, ends_on=listed.ends_on, on=on),
        "is_old": phase(starts_on=listed.starts_on, ends_on=listed.ends_on, on=on) == Phase.SUPERSEDED,
        "sections": _sections(rows),
        "then": {f"{code}|{place}": row for (code, place), row in printed.items()},
        "travel": [(str(_(label)), travel_sentence(unit, on, zone)) for zone, label in ZONE_LABELS.items()],
        "form": form,
        "visit": _visit(unit, on, form),
        **more,
    }
    with standing_in(place_of(unit)):
        return render(request, "track/price_page.html", context, status=422 if form.errors else 200)


def _visit(unit: Unit, on: date, form: VisitForm) -> Visit | None:
    if not form.is_bound or not form.is_valid():
        return None
    typed = form.cleaned_data
    zone, metres = Zone(typed["zone"]), int(typed["km"] * 1000)
    return queries.visit(unit, on, zone=zone, metres=metres, appliances=typed["appliances"])


def _sections(rows: Sequence[SheetRow]) -> list[Section]:
    def place(row: SheetRow) -> str:
        return str(_(PLACE_LABELS[Place(row.place)])) if row.place else ""

    kinds = dict.fromkeys(row.section for row in rows)
    return [Section(section_name(kind), [(row, place(row)) for row in rows if row.section == kind]) for kind in kinds]


@public
@require_safe
@reach.as_house
def board(request: HttpRequest, outlet: str) -> HttpResponse:
    """The price board of an outlet, for a screen on its wall: it looks again by itself once an hour."""
    unit = get_object_or_404(Unit, code__iexact=outlet)
    on = unit.day(now())
    listed = queries.current_list(unit, on)
    if listed is None:
        raise Http404
    rows = [row for row in queries.sheet(unit, on) if row.section != "PART"]
    address = request.build_absolute_uri(reverse("prices:start"))
    context = {
        "unit": unit,
        "listed": listed,
        "sections": _sections(rows),
        "travel": [(str(_(label)), travel_sentence(unit, on, zone)) for zone, label in ZONE_LABELS.items()],
        "squares": squares(address),
    }
    with standing_in(place_of(unit)):
        answer = render(request, "track/price_board.html", context)
    answer["Refresh"] = "3600"
    return answer


@public
@require_safe
@reach.as_house
def board_paper(request: HttpRequest, outlet: str) -> HttpResponse:
    """The same on paper."""
    unit = get_object_or_404(Unit.objects.select_related("parent"), code__iexact=outlet)
    language = request.GET.get("language") or get_language() or "en"
    address = request.build_absolute_uri(reverse("prices:board", args=[outlet]))
    pdf = papers.board(unit, address=address, language=language, printed_by=unit.name, at=now())
    if pdf is None:
        raise Http404
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{unit.code}-prices.pdf"'
    return response
