"""What lies where: receipts, stock on hand, a part's card, old parts."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.books.stock import queries as stock_book
from guiju.books.stock.models import Bin, StockMove
from guiju.books.stock.rules import MOVEMENT_LABELS, Movement
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.desks.common.steps import step_at, take
from guiju.desks.common.words import quantity as in_words
from guiju.desks.stores import fitting
from guiju.desks.stores.forms import ReceiveForm
from guiju.desks.stores.heaps import VERBS
from guiju.desks.stores.views.lists import place_said
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom.models import PartRequest
from guiju.line.storeroom.rules import MISSING
from guiju.readiness.counting import queries as counting
from guiju.standing.catalogue import queries as catalogue
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Unit

ROWS = 50


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: Request) -> HttpResponse:
    """Put a delivery on its shelf, line by line of the delivery note."""
    actor: Actor = request.actor
    if not actor.may("storeroom.receive_stock"):
        raise NotAllowed
    bins = _bins(actor)
    if request.method == "POST":
        form = ReceiveForm(request.POST, bins=bins)
        if perform(
            request, form, lambda data: storeroom.receive_stock(**data, by=actor, at=now()), what="stores.receive"
        ):
            part, count = form.cleaned_data["part"], form.cleaned_data["quantity"]
            said = gettext("%(quantity)s of %(part)s lie in %(bin)s now.")
            filled = {"quantity": in_words(count, part.base_unit), "part": part.name, "bin": form.cleaned_data["bin"]}
            messages.success(request, said % filled)
            # The next line of the same note: only the part and the quantity are new.
            request.session["delivery_note"] = form.cleaned_data["document"]
            return redirect("stores:receive")
        status = 422
    else:
        known = {"document": request.session.get("delivery_note", ""), "part": request.GET.get("part", "")}
        form, status = ReceiveForm(initial=known, bins=bins), 200
    context = {"form": form, "codes": Part.objects.order_by("code").values_list("code", flat=True)[:300]}
    return render(request, "stores/receive.html", context | {"has_bins": bins.exists()}, status=status)


@require_safe
def part(request: Request, pk: int) -> HttpResponse:
    """The card of a part: what it fits, where it lies, who waits for it, how it moved."""
    return _card(request, pk)


@require_POST
def fit(request: Request, pk: int, slug: str) -> HttpResponse:
    """Say what the part fits, or does not any more; what is refused stands at its field on the card."""
    actor: Actor = request.actor
    if not actor.may("stock.see"):
        raise NotAllowed
    row = get_object_or_404(Part, pk=pk)
    step = step_at({name: each[0] for name, each in fitting.STEPS.items()}, slug, by=actor, on=None)
    form = fitting.STEPS[slug][2](request.POST, part=row, auto_id=f"{slug}-%s")
    if take(request, step, row, form):
        return redirect("stores:part", row.pk)
    return _card(request, pk, status=422, refused=(slug, form))


def _card(request: Request, pk: int, *, status: int = 200, refused: tuple[str, Any] | None = None) -> HttpResponse:
    """The same, with a step that was refused.

    refused   its slug and its form
    """
    actor: Actor = request.actor
    if not actor.may("stock.see"):
        raise NotAllowed
    # Most parts name no model: these are not asked for them.
    row: Any = get_object_or_404(Part.objects.annotate(names_models=catalogue.naming_models()), pk=pk)
    waiting = PartRequest.objects.visible_to(actor).filter(part=row, state__in=MISSING).select_related("order", "part")
    # Whoever counts a bin reads nowhere what should lie there (F10).
    hidden = set(counting.hidden_from(actor))
    lying = [each for each in stock_book.where_is(row, by=actor) if each.bin.pk not in hidden]
    home = Unit.objects.filter(pk=actor.unit_id).first() if actor.unit_id else None
    before = request.GET.get("before", "")
    # One more than is shown tells whether there is an older page.
    moves = stock_book.moves_of(
        row, by=actor, limit=ROWS + 1, before=int(before) if before.isdecimal() and len(before) < 19 else None
    )
    fits = catalogue.models_of(row) if row.names_models else []
    lines = catalogue.lines_named([row.pk]).get(row.pk, [])
    context = {
        "part": row,
        "fits": fits,
        "lines": lines,
        "steps": fitting.offered(row, actor, named={"model": fits, "line": lines}, refused=refused),
        "lying": lying,
        "on_hand": sum(each.on_hand for each in lying),
        "free": sum(each.available for each in lying),
        "held": sum(each.held for each in lying),
        "waiting": waiting.order_by("answer_by"),
        "moves": [_told(move) for move in moves[:ROWS] if not hidden & {move.source.bin_id, move.target.bin_id}],
        "older": moves[ROWS - 1].pk if len(moves) > ROWS else None,
        "is_first": not before,
        "pieces": [each for each in stock_book.pieces_of(row, by=actor) if each.bin.pk not in hidden],
        "at_shelf": any(actor.may(verb) for verb in VERBS),
        "near": stock_book.nearest(row, home) if home is not None and not hidden else [],
    }
    return render(request, "stores/part.html", context, status=status)


def _told(move: StockMove) -> dict[str, Any]:
    word = gettext(MOVEMENT_LABELS[Movement(move.kind)])
    return {"move": move, "word": word, "source": place_said(move.source), "target": place_said(move.target)}


def _bins(actor: Actor) -> QuerySet[Bin]:
    """The bins into which this person may put a delivery."""
    scope = actor.scope("storeroom.receive_stock")
    return Bin.objects.filter(scope.q(unit="store__unit")).select_related("store").order_by("store__code", "code")
