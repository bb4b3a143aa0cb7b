"""At a shelf: the bin is scanned first, then the part; what lies there is moved, set apart, found good again, thrown away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as say
from django.views.decorators.http import require_POST, require_safe

from guiju.books.stock.models import Bin, Lot, Serial, StockAccount
from guiju.books.stock.rules import IN_A_BIN, Owner, Place
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.desks.common.steps import step_at
from guiju.desks.common.words import quantity as in_words
from guiju.desks.stores.heaps import HANDLED, STEPS, VERBS, HeapForm, called, several
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.readiness.counting import queries as counting
from guiju.standing.catalogue.models import Part

# As much as a shelf holds; of more, one scans the part.
PARTS = 100


@dataclass(frozen=True)
class Read:
    """What was scanned so far: the bin one stands before, the part in it, and into which bin it goes.

    serial    the piece that was scanned instead of its part
    problem   why the newest scan means nothing here, in words
    """

    code: str = ""
    bin: Bin | None = None
    part: Part | None = None
    to: Bin | None = None
    serial: str = ""
    problem: str = ""

    @property
    def query(self) -> str:
        """The same without the newest scan."""
        return urlencode(dict(self.kept))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the next scan is added to."""
        keys = {"bin": self.bin, "part": self.part, "to": self.to}
        return [(name, str(row.pk)) for name, row in keys.items() if row is not None]


@require_safe
def shelf(request: Request) -> HttpResponse:
    """What lies in the bin that was scanned, and what can be done with it."""
    return _page(request, _read(request))


@require_POST
def act(request: Request, pk: int, slug: str) -> HttpResponse:
    """Do it to these pieces; what was typed is kept where it is refused."""
    actor: Actor = request.actor
    heap = get_object_or_404(_heaps(actor), pk=pk)
    step = step_at(STEPS, slug, by=actor, on=heap)
    if not step.is_for(heap):
        raise Http404
    form = step.form(request.POST, heap=heap, auto_id=_ids(heap, slug))
    done = perform(request, form, lambda data: step.act(heap.part, heap.bin, by=actor, at=now(), **data)[0].document)
    if not done:
        return _page(request, Read(bin=heap.bin, part=heap.part), {(heap.pk, slug): form}, status=422)
    data = form.cleaned_data
    told = {
        "quantity": in_words(data["quantity"], heap.part.base_unit),
        "part": heap.part.name,
        "bin": data.get("to_bin") or heap.bin,
    }
    messages.success(request, str(step.said) % told)
    # One goes on along the shelf: the bin is the same, the part is a new one.
    return redirect(f"{reverse('stores:shelf')}?{Read(bin=heap.bin).query}")


def _page(
    request: Request, read: Read, refused: dict[tuple[int, str], HeapForm] | None = None, *, status: int = 200
) -> HttpResponse:
    actor: Actor = request.actor
    if not any(actor.may(verb) for verb in VERBS):
        raise NotAllowed
    hidden = read.bin is not None and read.bin.pk in counting.hidden_from(actor)
    rows = [] if read.part is None or hidden else list(_heaps(actor).filter(bin=read.bin, part=read.part))
    # Own before consigned, as they are drawn: what is scanned to be moved is the first that is good.
    rows.sort(key=lambda heap: (list(Place).index(Place(heap.kind)), list(Owner).index(Owner(heap.owner)), heap.lot))
    lots = dict(Lot.objects.filter(part=read.part).values_list("code", "expires_on")) if rows else {}
    heaps = [
        {"heap": heap, "expires_on": lots.get(heap.lot), "serials": [each.number for each in heap.serials.all()],
         "steps": _steps(actor, heap, read, refused or {}, is_first=heap is rows[0])}
        for heap in rows
    ]  # fmt: skip
    here = StockAccount.objects.visible_to(actor).filter(bin=read.bin, kind__in=sorted(IN_A_BIN), balance__gt=0)
    context = {
        "read": read,
        "hidden": hidden,
        "heaps": heaps,
        "held": _held(here, read.part) if read.part and not hidden else 0,
        "parts": _parts(here) if read.bin and not read.part and not hidden else [],
        "codes": Bin.objects.filter(store__unit=read.bin.unit_id).select_related("store") if heaps and read.bin else [],
    }
    return render(request, "stores/shelf.html", context, status=status)


def _heaps(actor: Actor) -> QuerySet[StockAccount]:
    """What this person may see and handle; nothing of a bin that they count."""
    rows = StockAccount.objects.visible_to(actor).filter(kind__in=sorted(HANDLED), bin__isnull=False, balance__gt=0)
    rows = rows.exclude(bin__in=counting.hidden_from(actor)).select_related("part", "unit", "bin__store__unit")
    return rows.prefetch_related("serials").order_by("pk")


def _ids(heap: StockAccount, slug: str) -> str:
    return f"{slug}_{heap.pk}_%s"


def _steps(
    actor: Actor, heap: StockAccount, read: Read, refused: dict[tuple[int, str], HeapForm], *, is_first: bool
) -> list[Any]:
    found = []
    for slug, step in STEPS.items():
        if not step.is_for(heap) or not actor.may(step.verb, on=heap):
            continue
        is_meant = read.to is not None and slug == "move" and is_first
        known = {"to_bin": str(read.to)} if read.to is not None and slug == "move" else {}
        if read.serial:
            known |= {"serials": read.serial, "quantity": "1"}
        bound = refused.get((heap.pk, slug))
        form = bound or step.form(initial=known, heap=heap, auto_id=_ids(heap, slug))
        found.append({"step": step, "form": form, "is_open": bound is not None or is_meant})
    return found


def _held(here: QuerySet[StockAccount], part: Part) -> int:
    return sum(here.filter(part=part, kind=Place.HELD).values_list("balance", flat=True))


def _parts(here: QuerySet[StockAccount]) -> list[Part]:
    """Which parts lie in the bin, and of which some are set apart."""
    apart = Count("pk", filter=~Q(kind__in=[Place.BIN.value, Place.HELD.value]))
    found = dict(here.order_by().values("part").annotate(apart=apart).values_list("part", "apart"))
    rows = list(Part.objects.filter(pk__in=found).order_by("code")[:PARTS])
    for row in rows:
        row.is_apart = found[row.pk] > 0  # type: ignore[attr-defined]
    return rows


def _read(request: Request) -> Read:
    """What the newest scan and the ones before it come to."""
    actor: Actor = request.actor
    code = request.GET.get("scan", "").strip()
    bins = Bin.objects.visible_to(actor).select_related("store__unit")
    bin, to = _kept(bins, request, "bin"), _kept(bins, request, "to")
    part = _kept(Part.objects.all(), request, "part") if bin else None
    before = Read(code, bin, part, to if part is not None else None)
    if not code:
        return before
    if found := called(code, bins.filter(store__unit=bin.unit_id) if part is not None and bin else bins):
        return _at_bin(before, found, actor)
    if bin is None:
        known = Part.objects.filter(code__iexact=code).exists()
        words = say("Scan the bin first, then the part.") if known else say("No bin is called %(code)s.")
        return replace(before, problem=words % {"code": code})
    if named := Part.objects.filter(code__iexact=code).first():
        return replace(before, part=named, to=None)
    piece = Serial.objects.filter(number__iexact=code, account__bin=bin).select_related("part").first()
    if piece is not None:
        return replace(before, part=piece.part, to=None, serial=piece.number)
    return replace(before, problem=say("Nothing here is called %(code)s: no bin and no part.") % {"code": code})


def _at_bin(before: Read, found: list[Bin], actor: Actor) -> Read:
    """A bin was scanned: the one that one stands before, or, when the part is known, the one that it goes into."""
    own = [each for each in found if each.unit_id == actor.unit_id] or found
    if len(own) > 1:
        return replace(before, problem=several(before.code, own))
    if before.part is not None and own[0] != before.bin:
        return replace(before, to=own[0])
    return replace(before, bin=own[0], part=None, to=None)


def _kept(rows: QuerySet[Any], request: Request, name: str) -> Any:
    key = request.GET.get(name, "")
    return rows.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
