"""Whole lists by file: brought in, looked at row by row, taken whole or put aside; and given out again."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.desks.back_office.forms import SHEETS, FileForm
from guiju.desks.back_office.sections import enter
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue import queries
from guiju.standing.catalogue.models import ImportBatch
from guiju.standing.catalogue.rules import LABELS, BatchState, RowVerdict, Sheet
from guiju.standing.catalogue.rules.sheets import GIVEN_OUT

ROWS = 100
FILES = 20
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@require_http_methods(["GET", "HEAD", "POST"])
def files(request: Request) -> HttpResponse:
    """Bring a file in, give a list out, and the files that were brought in lately."""
    actor: Actor = request.actor
    context = enter(actor, "files")
    form, status = FileForm(), 200
    if request.method == "POST":
        if not actor.may("catalogue.stage_import"):
            raise NotAllowed
        form, status = FileForm(request.POST, request.FILES), 422
        done = perform(request, form, lambda data: _stage(data, actor), what="files.stage")
        if done:
            return redirect("back_office:file", done.answer)
    batches = [_batch(each) for each in _batches(actor)[:FILES]]
    more = {
        "form": form,
        "batches": batches,
        "sheets": [each for each in SHEETS if each[0] in GIVEN_OUT],
        "kinds": list(TYPES),
    }
    return render(request, "back_office/files.html", {**context, **more}, status=status)


def _stage(data: Any, actor: Actor) -> ImportBatch:
    file = data["file"]
    return catalogue.stage_import(sheet=data["sheet"], content=file.read(), file_name=file.name, by=actor, at=now())


def _batches(actor: Actor) -> Any:
    """The files are the brand's: who brings lists in sees all of them."""
    rows = ImportBatch.objects.exclude(kind=Sheet.OPEN_REPAIR.value)
    return rows if actor.may("catalogue.stage_import") else rows.none()


def _batch(batch: ImportBatch) -> dict[str, Any]:
    counts = [
        {"code": verdict.value, "label": gettext(LABELS[verdict]), "count": batch.counts.get(verdict.value, 0)}
        for verdict in RowVerdict
    ]
    return {
        "row": batch,
        "sheet": gettext(LABELS[Sheet(batch.kind)]),
        "state": gettext(LABELS[BatchState(batch.state)]),
        "counts": counts,
        "waits": batch.state == BatchState.STAGED,
    }


@require_safe
def file(request: Request, pk: int) -> HttpResponse:
    """What each row of the file would do, and why some do nothing."""
    context = enter(request.actor, "files")
    batch = get_object_or_404(_batches(request.actor), pk=pk)
    verdict = request.GET.get("verdict", "")
    if verdict not in list(RowVerdict):
        verdict = ""
    page = Paginator(queries.preview(batch, verdict=verdict), ROWS).get_page(request.GET.get("page"))
    more = {"batch": _batch(batch), "page": page, "verdict": verdict, "headings": batch.columns["headings"]}
    return render(request, "back_office/file.html", {**context, **more})


@require_POST
def decide(request: Request, pk: int, what: str) -> HttpResponse:
    """Take the whole file, or put it aside."""
    verb = {"commit": "catalogue.commit_import", "abandon": "catalogue.abandon_import"}[what]
    if not request.actor.may(verb):
        raise NotAllowed
    batch = get_object_or_404(_batches(request.actor), pk=pk)
    act = catalogue.commit_import if what == "commit" else catalogue.abandon_import
    if perform(request, None, lambda _data: act(batch, by=request.actor, at=now())):
        said = gettext("The rows are in the list.") if what == "commit" else gettext("The file is put aside.")
        messages.success(request, said)
    return redirect("back_office:file", pk)


@require_POST
def export(request: Request) -> HttpResponse:
    """Give a list out as a file; that somebody did so is in the trail."""
    if not request.actor.may("catalogue.export"):
        raise NotAllowed
    sheet, way = request.POST.get("sheet", ""), request.POST.get("way", "csv")
    if sheet not in dict(SHEETS) or way not in TYPES:
        raise Http404
    content = catalogue.export(sheet=sheet, form=way, by=request.actor, at=now())
    answer = HttpResponse(content, content_type=TYPES[way])
    answer["Content-Disposition"] = f'attachment; filename="{sheet.lower().replace("_", "-")}.{way}"'
    return answer
