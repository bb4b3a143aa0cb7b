"""Requisitions: parts for the house's own use, from the asking to the handing out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.books.stock.models import Bin
from guiju.desks.common import forms
from guiju.desks.common.asked import Request
from guiju.desks.common.listing import Choice, Column, Days, Kind, Listing, Words, begins, choices_of, show, to
from guiju.desks.common.listing.joined import SeenBy
from guiju.desks.common.perform import perform
from guiju.desks.common.steps import Step, take
from guiju.desks.stores.picking import PicksForm, lying_for
from guiju.desks.stores.requisition_forms import AskForm, BackForm
from guiju.desks.stores.transfer_forms import WhyForm
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.readiness.requisitions import actions, queries
from guiju.readiness.requisitions.models import Requisition, RequisitionLine, ways_to_see
from guiju.readiness.requisitions.rules import OPEN, State
from guiju.standing.catalogue.models import Part

_REQUISITIONS = SeenBy(Requisition.objects.with_names, ways_to_see)
REQUISITIONS = Listing(
    slug="requisitions",
    title=_("Parts for our own use"),
    url="stores:requisitions",
    verbs=("requisitions.see",),
    rows=_REQUISITIONS.rows,
    hangs=_REQUISITIONS,
    begun=_("Nobody has asked for parts without a job yet."),
    name_of=lambda row: row.number,
    columns=(
        Column("number", _("Requisition"), "number", Kind.NUMBER, is_whole=True, url=to("stores:requisition", "number")),
        Column("state", _("State"), "state", Kind.STATE, machine="requisition"),
        Column("purpose", _("What for"), "purpose"),
        Column("store", _("Store"), lambda row: f"{row.unit.code} {row.store.code}", Kind.NUMBER),
        Column("who", _("Who asks"), "asked_by.name"),
        Column("asked", _("Asked on"), "asked_at", Kind.WHEN, sort="pk"),
        Column("signer", _("Signed by"), lambda row: row.signed_by.name if row.signed_by else "", is_default=False),
        Column("issued", _("Handed out"), "issued_at", Kind.WHEN, is_default=False),
        Column("keeper", _("Handed out by"), lambda row: row.issued_by.name if row.issued_by else "", is_default=False),
    ),
    filters=(
        Words("q", _("Requisition"), holds=lambda text, _actor: begins("number", text.upper()), hint=_("Its beginning")),
        Choice("state", _("State"), column="state", options=choices_of("requisition"), is_indexed=True),
        Days("asked", _("Asked on"), column="asked_at"),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Turn(Step):
    """A step of a requisition; whose turn it never is."""

    states: frozenset[State] = frozenset()
    never: tuple[str, ...] = ()

    def fits(self, row: Requisition, actor: Actor) -> bool:
        """Whether this person may take it, and the requisition stands where it can be taken."""
        is_other = actor.person_id not in {getattr(row, each) for each in self.never}
        return row.state in self.states and is_other and actor.may(self.verb, on=row)


_ASKED, _SIGNED, _ISSUED = (frozenset({each}) for each in (State.ASKED, State.SIGNED, State.ISSUED))
_TWO = ("asked_by_id", "signed_by_id")
STEPS: Mapping[str, Turn] = {
    step.slug: step
    for step in (
        Turn("sign", "requisitions.sign", actions.sign, _("Signed. The store may hand it out."), "", _ASKED, _TWO[:1]),
        Turn("refuse", "requisitions.refuse", actions.refuse, _("Refused. Whoever asked sees why."), "refuse", _ASKED),
        Turn("withdraw", "requisitions.withdraw", actions.withdraw, _("Withdrawn."), "withdraw", OPEN),
        Turn("issue", "requisitions.issue", actions.issue, _("It is handed out."), "issue", _SIGNED, _TWO),
        Turn("back", "requisitions.take_back", actions.take_back, _("It lies in its bin again."), "back", _ISSUED),
    )
}  # fmt: skip


def _issue(row: Requisition, lines: list[RequisitionLine], actor: Actor, *sent: Any) -> PicksForm:
    lying = lying_for(lines, row.store_id, by=actor)
    return PicksForm(*sent, lines=lines, lying=lying, auto_id="issue_%s")


def _back(row: Requisition, lines: list[RequisitionLine], _actor: Actor, *sent: Any) -> BackForm:
    bins = Bin.objects.filter(store=row.store_id).select_related("store").order_by("code")
    out = [line for line in lines if line.in_use]
    known = {"part": out[0].part.code, "quantity": out[0].in_use} if len(out) == 1 else {}
    return BackForm(*sent, initial=known, bins=bins, auto_id="back_%s")


FORMS: Mapping[str, Callable[..., Any]] = {
    "issue": _issue,
    "back": _back,
    "refuse": lambda _row, _lines, _actor, *sent: WhyForm(*sent, auto_id="refuse_%s"),
    "withdraw": lambda _row, _lines, _actor, *sent: WhyForm(*sent, auto_id="withdraw_%s"),
}


@require_safe
def requisitions(request: Request) -> HttpResponse:
    """Every requisition of one's units, and one's own."""
    return show(request, REQUISITIONS, "stores/requisitions.html", waits=queries.waiting(by=request.actor).count())


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request) -> HttpResponse:
    """Ask for parts that no job needs."""
    actor: Actor = request.actor
    if not actor.may("requisitions.ask"):
        raise NotAllowed
    stores = queries.stores_for(actor)
    if request.method == "POST":
        form, status = AskForm(request.POST, stores=stores), 422
        done = perform(
            request, form, lambda data: actions.ask(**data, by=actor, at=now()).number, what="requisitions.ask"
        )
        if done:
            messages.success(request, gettext("It waits to be signed now."))
            return redirect("stores:requisition", done.answer)
    else:
        form, status = AskForm(initial={"part_1": request.GET.get("part", "")}, stores=stores), 200
    codes = Part.objects.order_by("code").values_list("code", flat=True)[:300]
    context = {"form": form, "codes": codes, "has_store": stores.exists()}
    return render(request, "stores/requisition_ask.html", context, status=status)


@require_safe
def requisition(request: Request, number: str) -> HttpResponse:
    """One requisition with all that can be done to it now."""
    return _page(request, _open(request, number))


@require_POST
def act(request: Request, number: str, slug: str) -> HttpResponse:
    """Take one step; what cannot be done is said where it was asked."""
    row = _open(request, number)
    step = STEPS.get(slug)
    if step is None:
        raise Http404
    if not request.actor.may(step.verb, on=row):
        raise NotAllowed
    form = FORMS[step.form](row, queries.lines_of(row), request.actor, request.POST) if step.form else None
    if take(request, step, row, form):
        return redirect("stores:requisition", row.number)
    bound = {step.form: form} if form is not None else {}
    return _page(request, _open(request, number), status=422, **bound)


def _open(request: Request, number: str) -> Requisition:
    return get_object_or_404(Requisition.objects.visible_to(request.actor).with_names(), number=number)


def _page(request: Request, row: Requisition, *, status: int = 200, **bound: forms.Form) -> HttpResponse:
    """The page of a requisition; a form that was refused stands there as it was filled in."""
    actor: Actor = request.actor
    lines = queries.lines_of(row)
    is_out = any(line.in_use for line in lines)
    may = {
        slug: (step.fits(row, actor) and (slug != "back" or is_out)) or slug in bound for slug, step in STEPS.items()
    }
    offered = {slug: bound.get(slug) or FORMS[slug](row, lines, actor) for slug in FORMS if may[slug]}
    context = {"requisition": row, "lines": lines, "may": may, "step": offered}
    return render(request, "stores/requisition.html", context, status=status)
