"""The papers of an order as pages to print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.views.decorators.http import require_POST, require_safe

from guiju.desks.common.orders import open_order
from guiju.line.cashier.models import Printing
from guiju.line.workorder.models import WorkOrder
from guiju.oversight.dossier import actions as dossiers
from guiju.oversight.papers import queries as papers
from guiju.oversight.papers import rules


@require_safe
def show(request: HttpRequest, number: str, paper: str) -> HttpResponse:
    """A paper of an order, in the language asked for or the reader's own."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    return send(request, open_order(request, number), paper, printed_by=actor.name, at=timezone.now())


@require_POST
def dossier(request: HttpRequest, number: str) -> HttpResponse:
    """Everything that proves what happened to one order, sealed into one file; who took it stands in the journal."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    order = open_order(request, number)
    try:
        sealed = dossiers.seal(order, by=actor, at=timezone.now())
    except (dossiers.TooLarge, dossiers.FileMissing) as refusal:
        messages.error(request, str(refusal))
        return redirect("order", number)
    response = HttpResponse(sealed.content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{sealed.name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def send(
    request: HttpRequest,
    order: WorkOrder,
    paper: str,
    *,
    printed_by: str,
    at: datetime,
    printing: Printing | None = None,
) -> HttpResponse:
    """The PDF of a paper; there is no such page while the order has no such paper yet."""
    said = request.POST if printing else request.GET
    language = said.get("language") or translation.get_language() or "en"
    how = {"language": language, "size": said.get("size", ""), "base_url": request.build_absolute_uri("/")}
    pdf = papers.pdf(paper, order, **how, printed_by=printed_by, at=at, printing=printing)
    if pdf is None:
        raise Http404
    return _as_pdf(pdf, f"{order.number}-{paper}")


def send_kept(request: HttpRequest, gather: Callable[[papers.Print], rules.Paper], name: str) -> HttpResponse:
    """The PDF of a paper that is of no order: what the house keeps of its stores and purchases."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    language = request.GET.get("language") or translation.get_language() or "en"
    how = papers.Print(request.build_absolute_uri("/"), actor.name, timezone.now())
    pdf = papers.printed(gather, how, language)
    if pdf is None:
        raise Http404
    return _as_pdf(pdf, name)


def _as_pdf(pdf: bytes, name: str) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
