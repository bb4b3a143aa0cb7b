"""Petty cash: the boxes, the book of each, and what is spent, approved, topped up and counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.desks.common.asked import Request
from guiju.desks.common.forms import Form
from guiju.desks.common.orders import sent
from guiju.desks.common.papers import send_kept
from guiju.desks.common.perform import perform
from guiju.desks.common.steps import Step, step_at, take
from guiju.desks.till import pouch_forms as forms
from guiju.kernel import evidence
from guiju.kernel.actor import Actor
from guiju.kernel.models import Evidence
from guiju.kernel.refusing import NotAllowed
from guiju.line.banking import actions as banking
from guiju.line.banking.models import PettyBox, PettyExpense
from guiju.line.banking.queries import petty
from guiju.line.banking.rules.petty import SpendState
from guiju.oversight.papers import queries as papers
from guiju.standing.people import queries as people


def _spend(box: PettyBox, *, photo: Any, by: Actor, at: Any, **data: Any) -> PettyExpense:
    """Keep the picture of the paper, where there is one, and spend."""
    kept = evidence.keep_photo(photo[0], unit_id=box.unit_id, kind="VOUCHER", by=by, at=at) if photo else None
    return banking.spend_petty(box, photo=kept, **data, by=by, at=at)


OF_BOXES: Mapping[str, Step] = {
    step.slug: step
    for step in (
        Step("spend", "banking.spend_petty", _spend, _("Written down."), "spend"),
        Step("top-up", "banking.top_up_petty", banking.top_up_petty, _("Topped up."), "top_up"),
        Step("count", "banking.count_petty", banking.count_petty, _("Counted."), "count"),
        Step("keeper", "banking.name_petty_keeper", banking.name_petty_keeper, _("Somebody else answers for the box now."), "keeper"),
        Step("close", "banking.close_petty_box", banking.close_petty_box, _("The box is closed."), "close"),
    )
}  # fmt: skip
OF_EXPENSES: Mapping[str, Step] = {
    step.slug: step
    for step in (
        Step("approve", "banking.approve_petty", banking.approve_petty, _("Approved and paid.")),
        Step("reject", "banking.reject_petty", banking.reject_petty, _("Not approved."), "reject"),
    )
}
FORMS: Mapping[str, Callable[..., Form]] = {
    "spend": lambda _box, *sent: forms.SpendForm(*sent, auto_id="spend_%s"),
    "top_up": lambda _box, *sent: forms.TopUpForm(*sent[:1], auto_id="top_up_%s"),
    "count": lambda _box, *sent: forms.CountBoxForm(*sent[:1], auto_id="count_%s"),
    "keeper": lambda box, *sent: forms.KeeperForm(*sent[:1], unit=box.unit, auto_id="keeper_%s"),
    "close": lambda _box, *sent: forms.CountBoxForm(*sent[:1], auto_id="close_%s"),
}
# Whoever spends neither fills nor counts (FIN-6).
NOT_THE_KEEPERS = frozenset({"top-up", "count", "keeper", "close"})


@require_http_methods(["GET", "HEAD", "POST"])
def boxes(request: Request) -> HttpResponse:
    """The boxes and what lies in them; finance opens another one."""
    actor, unit = request.actor, people.unit_of(request.actor)
    may_open = unit is not None and actor.may("banking.open_petty_box", on=None, unit_id=unit.pk)
    found = petty.boxes(actor)
    if not (found or actor.may("banking.see")):
        raise NotAllowed
    form = None
    if unit is not None and may_open:
        form = forms.BoxForm(request.POST if request.method == "POST" else None, unit=unit)
    if request.method == "POST":
        if form is None or unit is None:
            raise NotAllowed
        if done := perform(request, form, lambda data: banking.open_petty_box(unit, **data, by=actor, at=now()).pk):
            messages.success(request, gettext("The box is open."))
            return redirect("till:petty_box", done.answer)
    return render(
        request, "till/petty.html", {"boxes": found, "form": form}, status=422 if request.method == "POST" else 200
    )


@require_safe
def box(request: Request, pk: int) -> HttpResponse:
    """The book of one box, and what can be done with it."""
    return _page(request, _box(request, pk), {})


@require_POST
def act(request: Request, pk: int, slug: str) -> HttpResponse:
    """Take one step with a box."""
    row = _box(request, pk)
    step = step_at(OF_BOXES, slug, by=request.actor, on=row)
    form = FORMS[step.form](row, request.POST, request.FILES)
    if take(request, step, row, form):
        return redirect("till:petty_box", pk)
    return _page(request, row, {step.form: form}, status=422)


@require_POST
def answer(request: Request, number: str, slug: str) -> HttpResponse:
    """Approve an expense above the limit, or not."""
    rows = PettyExpense.objects.filter(box__in=PettyBox.objects.visible_to(request.actor))
    row = get_object_or_404(rows.select_related("box__unit"), number=number)
    step = step_at(OF_EXPENSES, slug, by=request.actor, on=row)
    form = forms.RejectForm(request.POST) if step.form else None
    if take(request, step, row, form) or form is None:
        return redirect("till:petty_box", row.box_id)
    return _page(request, _box(request, row.box_id), {f"reject_{row.pk}": form}, status=422)


@require_safe
def paper(request: Request, pk: int) -> HttpResponse:
    """The book of a box as a paper."""
    row = _box(request, pk)
    return send_kept(request, lambda how: papers.petty_book(row, how), f"{row.unit.code}-{row.code}")


@require_safe
def voucher(request: Request, pk: int) -> FileResponse:
    """The picture of the paper of an expense."""
    rows = PettyExpense.objects.filter(box__in=PettyBox.objects.visible_to(request.actor), photo__isnull=False)
    return sent(get_object_or_404(Evidence, pk=get_object_or_404(rows, pk=pk).photo_id))


def _box(request: Request, pk: int) -> PettyBox:
    rows = PettyBox.objects.visible_to(request.actor).select_related("unit", "keeper")
    return get_object_or_404(rows, pk=pk)


def _page(request: Request, row: PettyBox, bound: Mapping[str, Form], *, status: int = 200) -> HttpResponse:
    actor: Actor = request.actor
    is_mine = row.belongs_to(actor)
    offered = [
        step for slug, step in OF_BOXES.items()
        if row.is_open and actor.may(step.verb, on=row) and not (is_mine and slug in NOT_THE_KEEPERS)
    ]  # fmt: skip
    shown = {step.form: bound.get(step.form) or FORMS[step.form](row) for step in offered}
    asked = row.expenses.filter(state=SpendState.ASKED).select_related("box", "spent_by").order_by("pk")
    may_answer = actor.may("banking.approve_petty", on=row)
    waiting = [
        {
            "expense": each,
            "reject": (bound.get(f"reject_{each.pk}") or forms.RejectForm(auto_id=f"reject_{each.pk}_%s"))
            if may_answer and each.spent_by_id != actor.person_id
            else None,
        }
        for each in asked
    ]
    lines = petty.book_of(row)
    lies = lines[-1].balance_minor if lines else 0
    context = {
        "box": row, "lines": lines[::-1][: petty.ROWS], "lies_minor": lies, "spent_minor": max(0, row.float_minor - lies),
        "forms": shown, "waiting": waiting,
    }  # fmt: skip
    return render(request, "till/petty_box.html", context, status=status)
