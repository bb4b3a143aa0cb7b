"""Transfers: what is on the way and for how long, one transfer with what can be done to it, and asking another store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.books.stock.models import Bin, Store
from guiju.desks.common import forms
from guiju.desks.common.asked import Request
from guiju.desks.common.listing import Choice, Column, Days, Kind, Listing, Words, begins, choices_of, show, to
from guiju.desks.common.listing.joined import SeenBy
from guiju.desks.common.perform import perform
from guiju.desks.common.steps import Step, take
from guiju.desks.stores.picking import lying_for
from guiju.desks.stores.transfer_forms import ArriveForm, AskForm, LossForm, SendForm, WhyForm
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.readiness.transfers import actions, queries
from guiju.readiness.transfers.models import Transfer, TransferLine, ways_to_see
from guiju.readiness.transfers.rules import UNDER_WAY, State
from guiju.standing.catalogue.models import Part

_TRANSFERS = SeenBy(lambda: Transfer.objects.select_related("unit", "to_unit", "requested_by"), ways_to_see)


def _pieces(rows: Sequence[Transfer]) -> None:
    """What of each is on the way."""
    left = queries.left_of(rows)
    for row in rows:
        row.pieces = left.get(row.pk, 0)  # type: ignore[attr-defined]


def _days(row: Transfer) -> int | str:
    return (now() - row.sent_at).days if row.sent_at and row.is_under_way else ""


TRANSFERS = Listing(
    slug="transfers",
    title=_("Transfers"),
    url="stores:transfers",
    verbs=("transfers.see",),
    rows=_TRANSFERS.rows,
    hangs=_TRANSFERS,
    dressed=_pieces,
    begun=_("Nothing has been sent from one store to another yet."),
    name_of=lambda row: row.number,
    columns=(
        Column("number", _("Transfer"), "number", Kind.NUMBER, is_whole=True, url=to("stores:transfer", "number")),
        Column("from", _("From"), lambda row: f"{row.unit.code} {row.from_code}", Kind.NUMBER),
        Column("to", _("To"), lambda row: f"{row.to_unit.code} {row.to_code}", Kind.NUMBER),
        Column("state", _("State"), "state", Kind.STATE, machine="transfer"),
        Column("pieces", _("On the way"), "pieces", Kind.FIGURE),
        Column("sent", _("Sent"), "sent_at", Kind.WHEN),
        Column("days", _("Days on the way"), _days, Kind.FIGURE),
        Column("need_by", _("Needed by"), "need_by", Kind.DAY, is_default=False),
        Column("reason", _("What for"), "reason", is_default=False),
        Column("who", _("Who asks"), "requested_by.name", is_default=False),
        Column("asked", _("Asked on"), "requested_at", Kind.WHEN, sort="pk", is_default=False),
        Column("ended", _("Ended"), "ended_at", Kind.WHEN, is_default=False),
    ),
    filters=(
        Words("q", _("Transfer"), holds=lambda text, _actor: begins("number", text.upper()), hint=_("Its beginning")),
        Choice("state", _("State"), column="state", options=choices_of("transfer"), is_indexed=True),
        Days("sent", _("Sent"), column="sent_at"),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class End(Step):
    """A step of a transfer, which one of its two ends takes."""

    states: frozenset[State] = frozenset()
    # Whose right is asked: the sender's, the receiver's, or of either.
    ends: tuple[str, ...] = ("unit_id",)

    def may(self, actor: Actor, transfer: Transfer) -> bool:
        """Whether this person may take it, and the transfer stands where it can be taken."""
        units = [getattr(transfer, end) for end in self.ends]
        return transfer.state in self.states and any(actor.may(self.verb, unit_id=unit) for unit in units)


_ASKED = frozenset({State.REQUESTED})
STEPS: Mapping[str, End] = {
    step.slug: step
    for step in (
        End("send", "transfers.send", actions.send, _("It is on the way."), "send", _ASKED),
        End("refuse", "transfers.refuse", actions.refuse, _("Refused. Whoever asked sees why."), "refuse", _ASKED),
        End("cancel", "transfers.cancel", actions.cancel, _("Cancelled."), "cancel", _ASKED, ("to_unit_id",)),
        End("receive", "transfers.receive", actions.receive, _("It lies in its bin now."), "receive", UNDER_WAY, ("to_unit_id",)),
        End(
            "lose", "transfers.declare_loss", actions.declare_loss, _("The loss is declared."), "lose", UNDER_WAY,
            ("unit_id", "to_unit_id"),
        ),
    )
}  # fmt: skip


def _send(transfer: Transfer, lines: list[TransferLine], actor: Actor, *sent: Any) -> SendForm:
    lying = lying_for(lines, transfer.source_id, by=actor)
    return SendForm(*sent, lines=lines, lying=lying, auto_id="send_%s")


def _receive(transfer: Transfer, lines: list[TransferLine], _actor: Actor, *sent: Any) -> ArriveForm:
    bins = Bin.objects.filter(store=transfer.target_id).select_related("store").order_by("code")
    left = [line for line in lines if line.on_the_way]
    known = {"part": left[0].part.code, "quantity": left[0].on_the_way} if len(left) == 1 else {}
    return ArriveForm(*sent, initial=known, bins=bins, auto_id="receive_%s")


FORMS: Mapping[str, Callable[..., Any]] = {
    "send": _send,
    "receive": _receive,
    "lose": lambda _transfer, lines, _actor, *sent: LossForm(*sent, lines=lines, auto_id="lose_%s"),
    "refuse": lambda _transfer, _lines, _actor, *sent: WhyForm(*sent, auto_id="refuse_%s"),
    "cancel": lambda _transfer, _lines, _actor, *sent: WhyForm(*sent, auto_id="cancel_%s"),
}


@require_safe
def transfers(request: Request) -> HttpResponse:
    """Every transfer from and to one's own stores; what is on the way with its days."""
    return show(request, TRANSFERS, "stores/list.html", here="transfers")


@require_safe
def on_the_way(request: Request) -> HttpResponse:
    """What is on the way, the oldest first; what takes too long is marked."""
    actor: Actor = request.actor
    if not actor.may("transfers.see"):
        raise NotAllowed
    rows = queries.under_way(by=actor, at=now())
    late = sum(each.is_late for each in rows)
    return render(request, "stores/on_the_way.html", {"rows": rows, "late": late})


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request) -> HttpResponse:
    """Ask another store for parts."""
    actor: Actor = request.actor
    if not actor.may("transfers.request"):
        raise NotAllowed
    own = (
        Store.objects.filter(actor.scope("transfers.request").q()).select_related("unit").order_by("unit__code", "code")
    )
    others = queries.stores()
    blank: dict[str, Any] = {"own": own, "others": others}
    if request.method == "POST":
        form, status = AskForm(request.POST, **blank), 422
        done = perform(
            request, form, lambda data: actions.request(**data, by=actor, at=now()).number, what="transfers.request"
        )
        if done:
            messages.success(request, gettext("The other store sees what you ask for."))
            return redirect("stores:transfer", done.answer)
    else:
        known = {"part_1": request.GET.get("part", ""), "source": request.GET.get("from", "")}
        form, status = AskForm(initial=known, **blank), 200
    codes = Part.objects.order_by("code").values_list("code", flat=True)[:300]
    has_both = own.exists() and len(others) > 1
    return render(request, "stores/ask.html", {"form": form, "codes": codes, "has_both": has_both}, status=status)


@require_safe
def transfer(request: Request, number: str) -> HttpResponse:
    """One transfer with all that can be done to it now."""
    return _page(request, _open(request, number))


@require_POST
def act(request: Request, number: str, slug: str) -> HttpResponse:
    """Take one step; what cannot be done is said where it was asked."""
    row = _open(request, number)
    step = STEPS.get(slug)
    if step is None:
        raise Http404
    units = [getattr(row, end) for end in step.ends]
    if not any(request.actor.may(step.verb, unit_id=unit) for unit in units):
        raise NotAllowed
    form = FORMS[step.form](row, queries.lines_of(row), request.actor, request.POST)
    if take(request, step, row, form):
        return redirect("stores:transfer", row.number)
    return _page(request, _open(request, number), status=422, **{step.form: form})


def _open(request: Request, number: str) -> Transfer:
    rows = Transfer.objects.visible_to(request.actor).select_related("unit", "to_unit", "requested_by", "sent_by")
    return get_object_or_404(rows, number=number)


def _page(request: Request, row: Transfer, *, status: int = 200, **bound: forms.Form) -> HttpResponse:
    """The page of a transfer; a form that was refused stands there as it was filled in."""
    actor: Actor = request.actor
    lines = queries.lines_of(row)
    may = {slug: step.may(actor, row) or slug in bound for slug, step in STEPS.items()}
    offered = {slug: bound.get(slug) or FORMS[slug](row, lines, actor) for slug in STEPS if may[slug]}
    context = {
        "transfer": row, "lines": lines, "may": may, "step": offered, "days": _days(row), "losses": queries.losses_of(row),
        "left": sum(line.on_the_way for line in lines),
    }  # fmt: skip
    return render(request, "stores/transfer.html", context, status=status)
