"""Old parts: what goes back to head office and when, the parcels, and what becomes of a single one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms as plain
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.desks.common import forms
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.desks.common.squares import squares
from guiju.desks.common.steps import step_at
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom import queries
from guiju.line.storeroom.models import OldPart, ReturnBatch
from guiju.line.storeroom.rules import (
    RESULT_LABELS,
    TO_RETURN,
    TO_SCRAP,
    AuditResult,
    BatchState,
    OldPartOutcome,
    OldPartState,
)
from guiju.standing.people.models import Unit


class BagChoice(plain.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Bags, by their tags."""

    def __init__(self, **more: Any) -> None:
        super().__init__(queryset=OldPart.objects.none(), widget=plain.CheckboxSelectMultiple, **more)

    def label_from_instance(self, old: OldPart) -> str:
        """The tag, and what is in it."""
        return f"{old.tag} · {old.part.name}"


class SendForm(forms.Form):
    """Which bags are in the parcel, and under which number it goes."""

    parts = BagChoice(
        label=_("Old parts in the parcel"), error_messages={"required": _("Choose at least one old part.")}
    )
    carrier = plain.CharField(label=_("Carrier"), max_length=80, required=False)
    waybill = plain.CharField(label=_("Number of the parcel"), max_length=60)

    def offer(self, bags: QuerySet[OldPart]) -> None:
        """Offer these bags."""
        self.fields["parts"].queryset = bags  # type: ignore[attr-defined]


class OpenForm(forms.Form):
    """Which bags were in the parcel."""

    found = BagChoice(
        label=_("What was in the parcel"), required=False,
        help_text=_("Scan or tick each bag. What is not ticked is missing, and the outlet is charged for it."),
    )  # fmt: skip

    def offer(self, bags: QuerySet[OldPart]) -> None:
        """All that was sent in it."""
        self.fields["found"].queryset = bags  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """Where it was looked for."""

    note = plain.CharField(label=_("Where it was looked for"), max_length=300, help_text=_("At least five letters."))


class ReasonForm(forms.Form):
    """Why."""

    reason = plain.CharField(label=_("Reason"), max_length=300, help_text=_("At least five letters."))


class CreditForm(forms.Form):
    """What the supplier gave for it."""

    credit_minor = forms.MoneyField(label=_("Credited"), min_minor=1)
    reference = plain.CharField(label=_("Number of the credit note"), max_length=60)


class ExamineForm(forms.Form):
    """What it turned out to be."""

    result = plain.ChoiceField(
        label=_("What was found"), widget=plain.RadioSelect, choices=[(each.value, _(RESULT_LABELS[each])) for each in AuditResult]
    )  # fmt: skip
    note = plain.CharField(label=_("Note"), max_length=300, required=False)


@dataclass(frozen=True)
class Step:
    """One thing to do with an old part: when it is offered, and what is typed."""

    slug: str
    verb: str
    title: str | Promise
    icon: str
    act: Callable[..., Any]
    said: str | Promise
    form: type[forms.Form]
    offered: Callable[[OldPart], bool]
    is_grave: bool = False


def _is(*states: OldPartState) -> Callable[[OldPart], bool]:
    return lambda old: old.state in states


def _is_ours(old: OldPart) -> bool:
    return old.state == OldPartState.RECEIVED or (old.state == OldPartState.KEPT and old.outcome in TO_SCRAP)


STEPS: Mapping[str, Step] = {
    step.slug: step
    for step in (
        Step(
            "examine", "storeroom.audit_old_part", _("Examine it"), "search", storeroom.audit_old_part, _("It is written down."),
            ExamineForm, lambda old: old.is_sampled and not old.result,
        ),
        Step(
            "credit", "storeroom.credit_old_part", _("The supplier has credited it"), "coins", storeroom.credit_old_part,
            _("The credit is written down."), CreditForm,
            lambda old: old.state == OldPartState.RECEIVED and old.outcome == OldPartOutcome.CORE_CREDIT,
        ),
        Step(
            "ask-scrap", "storeroom.ask_scrap", _("Have it destroyed"), "trash", storeroom.ask_scrap,
            _("A second person has to confirm it now."), ReasonForm, lambda old: _is_ours(old) and old.scrap_asked_at is None,
        ),
        Step(
            "scrap", "storeroom.scrap_old_part", _("Confirm that it is destroyed"), "trash", storeroom.scrap_old_part,
            _("It is destroyed."), forms.Form, lambda old: _is_ours(old) and old.scrap_asked_at is not None, is_grave=True,
        ),
        Step(
            "miss", "storeroom.miss_old_part", _("It is missing"), "alert-triangle", storeroom.miss_old_part,
            _("It is missing, and charged."), NoteForm, _is(OldPartState.KEPT), is_grave=True,
        ),
        Step(
            "find", "storeroom.find_old_part", _("It is here after all"), "circle-check", storeroom.find_old_part,
            _("It lies here again, and is not charged."), forms.Form, _is(OldPartState.MISSING),
        ),
    )
}  # fmt: skip
AT_HEAD_OFFICE = frozenset({"storeroom.audit_old_part", "storeroom.credit_old_part"})


def _seeing(request: Request) -> Actor:
    actor: Actor = request.actor
    if not actor.may("storeroom.see"):
        raise NotAllowed
    return actor


def _where(old: OldPart, verb: str) -> Any:
    """In which unit it is asked: at head office for what is done there."""
    return old.batch.to_unit if verb in AT_HEAD_OFFICE and old.batch else old.order


@require_http_methods(["GET", "HEAD", "POST"])
def returns(request: Request) -> HttpResponse:
    """What goes back to head office with its days, and the parcels; a parcel is packed here."""
    actor = _seeing(request)
    aged, unit = queries.to_return(by=actor, at=now()), request.unit
    mine = OldPart.objects.filter(pk__in=[each.old.pk for each in aged if unit and each.old.order.unit_id == unit.pk])
    may_send = unit is not None and actor.may("storeroom.send_old_parts", on=unit)
    form, status = SendForm(request.POST or None), 200
    form.offer(mine.select_related("part").order_by("due_on", "pk"))
    if request.method == "POST":
        if not may_send:
            raise NotAllowed
        status = 422
        if done := perform(request, form, lambda data: _send(unit, data, actor).pk):
            messages.success(request, gettext("The parcel is on its way to head office."))
            return redirect("stores:batch", done.answer)
    buckets = {name: sum(each.bucket == name for each in aged) for name in ("0-7", "8-14", "15-30", "31+")}
    context = {
        "aged": aged, "buckets": buckets, "late": sum(each.is_late for each in aged), "form": form, "may_send": may_send and mine.exists(),
        "batches": queries.batches(by=actor)[:30], "here": "returns",
    }  # fmt: skip
    return render(request, "stores/returns.html", context, status=status)


def _send(unit: Unit | None, data: Mapping[str, Any], actor: Actor) -> ReturnBatch:
    if unit is None:
        raise NotAllowed
    return storeroom.send_old_parts(unit=unit, **(dict(data) | {"parts": list(data["parts"])}), by=actor, at=now())


@require_safe
def batch(request: Request, pk: int) -> HttpResponse:
    """One parcel: what is in it, what came, what was found."""
    return _batch_page(request, _batch(request, pk))


@require_POST
def receive(request: Request, pk: int) -> HttpResponse:
    """Open the parcel at head office."""
    parcel = _batch(request, pk)
    if not request.actor.may("storeroom.receive_old_parts", on=parcel.to_unit):
        raise NotAllowed
    form = OpenForm(request.POST)
    form.offer(parcel.parts.select_related("part").order_by("pk"))
    actor = request.actor
    if perform(
        request,
        form,
        lambda data: storeroom.receive_old_parts(parcel, found=list(data["found"]), by=actor, at=now()).pk,
    ):
        messages.success(request, gettext("The parcel is opened."))
        return redirect("stores:batch", parcel.pk)
    return _batch_page(request, _batch(request, pk), form)


def _batch(request: Request, pk: int) -> ReturnBatch:
    return get_object_or_404(queries.batches(by=_seeing(request)), pk=pk)


def _batch_page(request: Request, parcel: ReturnBatch, form: OpenForm | None = None) -> HttpResponse:
    parts = parcel.parts.select_related("part", "order", "audited_by").order_by("pk")
    is_on_its_way = parcel.state == BatchState.SENT
    opening = form or OpenForm()
    if form is None:
        opening.offer(parts)
    may_open = is_on_its_way and request.actor.may("storeroom.receive_old_parts", on=parcel.to_unit)
    context = {"batch": parcel, "parts": parts, "form": opening, "may_open": may_open, "here": "returns"}
    return render(request, "stores/batch.html", context, status=422 if form is not None else 200)


@require_safe
def old_part(request: Request, pk: int) -> HttpResponse:
    """One old part, with the tag for its bag and what can be done with it."""
    return _page(request, _old(request, pk))


@require_POST
def act(request: Request, pk: int, slug: str) -> HttpResponse:
    """Take one step with an old part."""
    old = _old(request, pk)
    wanted = STEPS.get(slug)
    step = step_at(STEPS, slug, by=request.actor, on=_where(old, wanted.verb if wanted else ""))
    form = step.form(request.POST, auto_id=f"{slug}_%s")
    who = {"by": request.actor, "at": now()}
    if perform(request, form, lambda data: step.act(old, **data, **who).pk):
        messages.success(request, str(step.said))
        return redirect("stores:old_part", old.pk)
    return _page(request, _old(request, pk), refused=(slug, form))


def _old(request: Request, pk: int) -> OldPart:
    rows = queries.old_parts(by=_seeing(request))
    names = ("batch__to_unit", "audited_by", "scrap_asked_by", "scrapped_by", "order__technician")
    return get_object_or_404(rows.select_related(*names), pk=pk)


def _page(request: Request, old: OldPart, *, refused: tuple[str, forms.Form] | None = None) -> HttpResponse:
    actor, slug = request.actor, refused[0] if refused else ""
    offered = [
        {"step": step, "form": refused[1] if refused and step.slug == slug else step.form(auto_id=f"{step.slug}_%s")}
        for step in STEPS.values()
        if step.slug == slug or (step.offered(old) and actor.may(step.verb, on=_where(old, step.verb)))
    ]
    address = request.build_absolute_uri(reverse("stores:old_part", args=[old.pk]))
    context = {
        "old": old, "steps": offered, "refused": slug, "squares": squares(address), "goes_back": old.outcome in TO_RETURN,
        "is_late": old.state == OldPartState.KEPT and old.due_on is not None and old.due_on < old.order.unit.day(now()), "here": "old",
    }  # fmt: skip
    return render(request, "stores/old_part.html", context, status=422 if refused else 200)
