"""The telephone at the reception: who calls, what we say, whom we owe a call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from guiju.desks.common.forms import Form
from guiju.desks.common.perform import perform
from guiju.desks.reception.forms import calls as forms
from guiju.desks.reception.guard import needs
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.intake import actions as intake
from guiju.line.telephone import actions as telephone
from guiju.line.telephone import queries
from guiju.line.telephone.models import Call, CallBack
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import ENDED, Channel
from guiju.standing.catalogue import queries as catalogue
from guiju.standing.catalogue.models import Appliance
from guiju.standing.customers import queries as customers
from guiju.standing.people.models import Person

SHOWN_MOST = 60
EARLIER_MOST = 10


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _call(request: HttpRequest, pk: int) -> Call:
    return get_object_or_404(Call.objects.visible_to(_actor(request)).with_names(), pk=pk)


# --- The day


@require_safe
@needs("telephone.see")
def day(request: HttpRequest) -> HttpResponse:
    """Who is on the line, whom we owe a call, and what was spoken today."""
    return _day(request, forms.LogForm())


def _day(
    request: HttpRequest, form: Form, *, numbers: Mapping[int, str] | None = None, refused: Any = None
) -> HttpResponse:
    actor, at = _actor(request), timezone.now()
    calls = Call.objects.visible_to(actor).with_names()
    morning = datetime.combine(timezone.localdate(at), time(), tzinfo=timezone.get_current_timezone())
    owed = queries.owed(CallBack.objects.visible_to(actor))[:SHOWN_MOST]
    context = {
        "form": form,
        "live": queries.live(calls),
        "unheard": queries.unheard(calls, since=morning)[:SHOWN_MOST],
        "today": calls.filter(started_at__gte=morning).order_by("-started_at")[:SHOWN_MOST],
        "owed": [_row(each, actor, at, numbers or {}, refused) for each in owed],
    }
    return render(request, "reception/calls.html", context, status=422 if form.errors or refused else 200)


def _row(owed: CallBack, actor: Actor, at: datetime, numbers: Mapping[int, str], refused: Any) -> dict[str, Any]:
    """A call-back as the list shows it, with its forms where this person may use them."""
    slug, pk, form = refused or ("", 0, None)
    may = actor.may("telephone.try_call_back", on=owed)
    return {
        "owed": owed,
        "is_late": owed.due_at < at,
        "number": numbers.get(owed.pk, ""),
        "may": may,
        "give_up": form if (slug, pk) == ("give-up", owed.pk) else forms.GiveUpForm(auto_id=f"give-up-{owed.pk}-%s"),
    }


@require_safe
@needs("telephone.see")
def ringing(request: HttpRequest) -> HttpResponse:
    """Who is on the line now: a fragment that the first page asks for again and again."""
    return render(request, "reception/calls_live.html", {"live": live(_actor(request))})


def live(actor: Actor) -> Any:
    """The calls of this moment; none for who has nothing to do with the telephone."""
    return queries.live(Call.objects.visible_to(actor).with_names())[:SHOWN_MOST]


@require_POST
@needs("telephone.log")
def log(request: HttpRequest) -> HttpResponse:
    """Begin a call by hand, and open its card."""
    form = forms.LogForm(request.POST)
    unit, actor = request.unit, _actor(request)  # type: ignore[attr-defined]
    done = perform(request, form, lambda data: telephone.log(unit=unit, **data, by=actor, at=timezone.now()).pk)
    return redirect("reception:call", done.answer) if done else _day(request, form)


@require_POST
@needs("telephone.try_call_back")
def call_back(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Try, reach, give up, or look at the number of a call that we owe."""
    actor, at = _actor(request), timezone.now()
    owed = get_object_or_404(CallBack.objects.visible_to(actor).select_related("unit"), pk=pk)
    if slug == "number":
        done = perform(request, None, lambda _data: telephone.read_number(owed, by=actor, at=at))
        return _day(request, forms.LogForm(), numbers={owed.pk: done.answer} if done else {})
    if slug not in CALL_BACK_STEPS:
        raise Http404
    kind, verb, said = CALL_BACK_STEPS[slug]
    form = kind(request.POST, auto_id=f"{slug}-{owed.pk}-%s")
    if perform(request, form, lambda data: verb(owed, **data, by=actor, at=at).pk):
        messages.success(request, str(said))
        return redirect("reception:calls")
    if slug != "give-up":
        # A bare button has no field beside which its refusal could stand.
        for sentence in form.non_field_errors():
            messages.error(request, str(sentence))
    return _day(request, forms.LogForm(), refused=(slug, owed.pk, form))


CALL_BACK_STEPS: Mapping[str, tuple[type[Form], Callable[..., CallBack], str | Promise]] = {
    "try": (forms.TriedForm, telephone.try_call_back, _("The try is counted.")),
    "finish": (forms.TriedForm, telephone.finish_call_back, _("The customer was reached.")),
    "give-up": (forms.GiveUpForm, telephone.give_up_call_back, _("Nobody tries any more.")),
}


# --- One call


@dataclass(frozen=True)
class Step:
    """One thing to do with a call: its verb, its form, and what is said when it is done."""

    verb: str
    act: Callable[[Call, Mapping[str, Any], Actor, datetime], Any]
    form: Callable[[HttpRequest, Call], Form] | None = None
    said: str | Promise = ""


def _ask_for(call: Call, data: Mapping[str, Any], by: Actor, at: datetime) -> int:
    """Write down what the caller asks for, and that it came of this call."""
    typed = {"phone": call.phone} | dict(data)
    with transaction.atomic():
        request = intake.submit(unit=call.unit, channel=Channel.PHONE, **typed, by=by, at=at)
        telephone.lead_to(call, request=request, by=by, at=at)
    return request.pk


def _answer(call: Call, _data: Mapping[str, Any], by: Actor, at: datetime) -> int:
    agent = Person.objects.get(pk=by.natural_person_id)
    return telephone.answer(call, agent=agent, by=by, at=at).pk


def _tick(call: Call, data: Mapping[str, Any], by: Actor, at: datetime) -> None:
    telephone.tick(call, step=data["step"], is_done=data["is_done"], by=by, at=at)


STEPS: Mapping[str, Step] = {
    "answer": Step("telephone.answer", _answer),
    "hang-up": Step(
        "telephone.hang_up", lambda call, _data, by, at: telephone.hang_up(call, by=by, at=at).pk, said=_("The call has ended.")
    ),
    "note": Step(
        "telephone.write_note", lambda call, data, by, at: telephone.write_note(call, **data, by=by, at=at).pk,
        lambda request, _call: forms.NoteForm(request.POST), _("The note is kept."),
    ),
    "call-back": Step(
        "telephone.promise_call_back", lambda call, data, by, at: telephone.promise_call_back(call, **data, by=by, at=at).pk,
        lambda request, call: forms.CallBackForm(request.POST, is_withheld=not call.phone), _("We call back; it stands on the list."),
    ),
    "request": Step(
        "intake.submit", _ask_for, lambda request, call: forms.CallRequestForm(request.POST, is_withheld=not call.phone),
        _("The request is written down."),
    ),
    "lead-to": Step(
        "telephone.lead_to", lambda call, data, by, at: telephone.lead_to(call, **data, by=by, at=at).pk,
        lambda request, _call: forms.LeadForm(request.POST, actor=_actor(request)), _("The order is noted at the call."),
    ),
}  # fmt: skip


@require_safe
@needs("telephone.see")
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """The card of a call: what to say, who calls, and what became of earlier calls."""
    return _show(request, _call(request, pk))


@require_POST
@needs("telephone.answer")
def act(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Do one thing with the call."""
    call, actor, at = _call(request, pk), _actor(request), timezone.now()
    if slug not in STEPS:
        raise Http404
    step = STEPS[slug]
    if not actor.may(step.verb, on=call):
        raise NotAllowed
    form = step.form(request, call) if step.form else None
    if perform(request, form, lambda data: step.act(call, data, actor, at)):
        if step.said:
            messages.success(request, str(step.said))
        return redirect("reception:call", call.pk)
    return _show(request, _call(request, pk), refused=(slug, form) if form is not None else None)


@require_POST
@needs("telephone.tick")
def tick(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Tick a step of the script, or take the tick back."""
    call, actor, at = _call(request, pk), _actor(request), timezone.now()
    said = {"step": step, "is_done": request.POST.get("done") != "no"}
    done = perform(request, None, lambda _data: _tick(call, said, actor, at))
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "reception/call.html#script", _script(_call(request, pk), actor))
    return redirect("reception:call", call.pk) if done else _show(request, _call(request, pk))


@require_POST
@needs("telephone.read_number")
def number(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the caller's whole number this once; who read it is written down."""
    call, actor = _call(request, pk), _actor(request)
    done = perform(request, None, lambda _data: telephone.read_number(call, by=actor, at=timezone.now()))
    return _show(request, call, number=done.answer if done else "")


def _script(call: Call, actor: Actor) -> dict[str, Any]:
    return {
        "call": call,
        "lines": queries.script_lines(call),
        "may_tick": call.answered_at is not None and actor.may("telephone.tick", on=call),
    }


def _show(
    request: HttpRequest, call: Call, *, refused: tuple[str, Form] | None = None, number: str = ""
) -> HttpResponse:
    actor = _actor(request)
    context = _script(call, actor) | _known(call, actor) | _offered(request, call, refused) | {"number": number}
    return render(request, "reception/call.html", context, status=422 if refused else 200)


def _known(call: Call, actor: Actor) -> dict[str, Any]:
    """What we know of the number: the customer's card, the jobs, the machines, the earlier calls."""
    owner = call.customer if call.customer is not None and actor.may("customers.see", on=call.customer) else None
    jobs = WorkOrder.objects.visible_to(actor).with_names().filter(customer=call.customer).order_by("-pk")
    machines = Appliance.objects.visible_to(actor).filter(customer=owner)
    return {
        "owner": customers.card(owner) if owner else None,
        "open_jobs": jobs.exclude(state__in=ENDED)[:SHOWN_MOST] if owner else [],
        "past_jobs": jobs.filter(state__in=ENDED)[:EARLIER_MOST] if owner else [],
        "machines": catalogue.shown(machines) if owner else [],
        "earlier": queries.earlier_calls(call)[:EARLIER_MOST],
        "owed": queries.call_back_to(call.unit, call.phone) if call.phone else None,
    }


def _offered(request: HttpRequest, call: Call, refused: tuple[str, Form] | None) -> dict[str, Any]:
    """The forms of the card; the one that was refused stands there as it was typed."""
    actor = _actor(request)
    is_withheld = not call.phone
    named = {"contact_name": call.customer.name} if call.customer else {}
    shown: dict[str, Form] = {
        "note": forms.NoteForm(initial={"note": call.note}, auto_id="note_%s"),
        "call-back": forms.CallBackForm(is_withheld=is_withheld, auto_id="back_%s"),
        "request": forms.CallRequestForm(is_withheld=is_withheld, initial=named, auto_id="request_%s"),
        "lead-to": forms.LeadForm(actor=actor, auto_id="lead_%s"),
    }
    if refused:
        shown[refused[0]] = refused[1]
    may = {slug.replace("-", "_"): actor.may(step.verb, on=call) for slug, step in STEPS.items()}
    return {
        "forms": {slug.replace("-", "_"): form for slug, form in shown.items()},
        "may": may
        | {"read": actor.may("telephone.read_number", on=call), "score": actor.may("telephone.score", on=call)},
        "may_take_in": actor.may("intake.register", on=call),
    }
