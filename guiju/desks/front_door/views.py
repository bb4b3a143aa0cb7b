"""Asking for a repair, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.desks.common.addresses import address_of
from guiju.desks.common.doors import public
from guiju.desks.common.perform import Performed, perform
from guiju.desks.front_door import forms
from guiju.desks.front_door.door import at_the_door, by_link, open_outlets
from guiju.desks.front_door.puzzle import OpenTooLong, Puzzle
from guiju.desks.front_door.scanned import APPLIANCE, known, on_the_sticker
from guiju.kernel import evidence, reach, secrets
from guiju.kernel.refusing import Refusal
from guiju.kernel.words import language_of
from guiju.line.intake import actions as intake
from guiju.line.intake import queries
from guiju.line.intake.models import ServiceRequest
from guiju.line.intake.rules import ASKER_SEES, OPEN, Proof, RequestState
from guiju.line.workorder import queries as workorder
from guiju.line.workorder.rules import Channel, State
from guiju.standing.catalogue.models import Appliance
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy

DOOR = "door"


@public
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which shop; where there is one, straight to it."""
    outlets = open_outlets()
    if len(outlets) == 1:
        return redirect("front_door:ask", outlets[0].code)
    return render(request, "front_door/choose.html", {"outlets": outlets})


@public
@require_safe
@reach.as_house
def scanned(request: HttpRequest, token: str) -> HttpResponse:
    """A QR code of ours: of an outlet's door, of an appliance, or in its box. Another one is a page that does not exist."""
    kind, _dot, mark = token.partition("-")
    if kind == "d" and (pk := secrets.read_sticker(DOOR, mark)) is not None:
        unit = get_object_or_404(Unit, pk=pk)
        return redirect(reverse("front_door:ask", args=[unit.code]) + "?by=qr")
    if kind == "r" and (pk := secrets.read_sticker(DOOR, mark)) is not None:
        unit = get_object_or_404(Unit, pk=pk)
        return redirect(reverse("front_door:register", args=[unit.code]) + "?by=qr")
    if kind == "g" and (pk := secrets.read_sticker(APPLIANCE, mark)) is not None:
        machine = get_object_or_404(Appliance.objects.select_related("unit"), pk=pk)
        return redirect(reverse("front_door:register", args=[machine.unit.code]) + f"?by=qr&appliance={mark}")
    if kind == "a" and (pk := secrets.read_sticker(APPLIANCE, mark)) is not None:
        machine = get_object_or_404(Appliance.objects.select_related("unit"), pk=pk)
        return redirect(reverse("front_door:ask", args=[machine.unit.code]) + f"?appliance={mark}")
    raise Http404


@at_the_door
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Say what is broken: one page, one button; what was typed stands there again when it is refused."""
    at = timezone.now()
    machine = on_the_sticker(request, unit)
    if request.method != "POST":
        form = forms.RequestForm(initial=known(machine), line=machine.line if machine else None)
        return _form_page(request, unit, form, _new_puzzle(unit, at), machine)
    form = forms.RequestForm(request.POST, request.FILES, line=machine.line if machine else None)
    puzzle = Puzzle.read(request.POST.get("puzzle", ""), at=at)
    done = _asked(request, form, puzzle, machine=machine, at=at)
    if not done:
        status = 429 if form.is_too_often else 422
        return _form_page(request, unit, form, puzzle or _new_puzzle(unit, at), machine, status=status)
    made = get_object_or_404(ServiceRequest, number=done.answer)
    messages.success(request, _("We have your request. Keep this page: its address is yours alone."))
    return redirect("front_door:mine", queries.follow_token(made))


@by_link
@require_safe
def mine(request: HttpRequest, asked: ServiceRequest, token: str) -> HttpResponse:
    """What became of a request, for whoever made it."""
    return _mine(request, asked, token)


@by_link
@require_POST
def answer(request: HttpRequest, asked: ServiceRequest, token: str, slug: str) -> HttpResponse:
    """Withdraw the request, or come back to one that was not solved after all."""
    ways = {
        "withdraw": (forms.WithdrawForm, intake.cancel_request, _("You have withdrawn your request.")),
        "reopen": (forms.ReopenForm, intake.reopen, _("Thank you. We look at it again.")),
    }
    if slug not in ways:
        raise Http404
    shape, verb, said = ways[slug]
    form = shape(request.POST, auto_id=f"{slug}_%s")
    who = {"by": request.actor, "at": timezone.now()}  # type: ignore[attr-defined]
    if perform(request, form, lambda data: verb(asked, **data, **who)):
        messages.success(request, said)
        return redirect("front_door:mine", token)
    return _mine(
        request, get_object_or_404(ServiceRequest.objects.with_names(), pk=asked.pk), token, refused=(slug, form)
    )


@by_link
@require_safe
def picture(request: HttpRequest, asked: ServiceRequest, token: str, pk: int) -> Any:
    """A picture that came with this request, and with no other."""
    sent = get_object_or_404(asked.photos.select_related("evidence"), evidence=pk)
    response = FileResponse(evidence.open_file(sent.evidence), content_type=sent.evidence.mime)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _asked(
    request: HttpRequest, form: forms.RequestForm, puzzle: Puzzle | None, *, machine: Appliance | None, at: datetime
) -> Performed:
    """Let it in, or put at the form why not."""
    if not form.is_valid():
        return Performed(False)
    try:
        if puzzle is None:
            raise OpenTooLong
        is_proven = puzzle.proves(request.POST.get("answer", ""), at=at)
        unit, typed = request.unit, form.told()  # type: ignore[attr-defined]
        intake.knock(unit=unit, address=address_of(request), phone=typed["phone"], is_proven=is_proven, at=at)
    except Refusal as refusal:
        form.is_too_often = refusal.status == 429
        form.add_error(None, str(refusal))
        return Performed(False)
    came = Channel.QR if machine is not None or request.GET.get("by") == "qr" else Channel.WEB
    how: dict[str, Any] = {
        "proof": Proof.PUZZLE if is_proven else Proof.UNPROVEN,
        "challenge": puzzle.name,
        "channel": came,
    }

    def submit(_data: Mapping[str, Any]) -> ServiceRequest:
        return intake.submit(
            unit=unit, **typed, **how, appliance=machine, language=language_of(get_language()), by=request.actor, at=at,  # type: ignore[attr-defined]
        )  # fmt: skip

    return perform(request, form, submit, what="front_door.ask")


def _new_puzzle(unit: Unit, at: datetime) -> Puzzle:
    return Puzzle.new(bits=int(policy.figure("request.puzzle_bits", unit=unit, on=unit.day(at)).value), at=at)


def _form_page(
    request: HttpRequest, unit: Unit, form: Form, puzzle: Puzzle, machine: Appliance | None, *, status: int = 200
) -> HttpResponse:
    context = {
        "outlet": unit, "form": form, "puzzle": puzzle, "answer": request.POST.get("answer", ""), "appliance": machine,
        "sent": request.FILES,
    }  # fmt: skip
    return render(request, "front_door/ask.html", context, status=status)


def _mine(
    request: HttpRequest, asked: ServiceRequest, token: str, *, refused: tuple[str, Form] | None = None
) -> HttpResponse:
    order = asked.order
    is_stoppable = asked.state in OPEN or (
        asked.state == RequestState.CONVERTED and order is not None and order.state == State.REGISTERED
    )
    answers: dict[str, Form] = {}
    if is_stoppable:
        answers["withdraw"] = forms.WithdrawForm(auto_id="withdraw_%s")
    if asked.state == RequestState.RESOLVED_BY_ADVICE:
        answers["reopen"] = forms.ReopenForm(auto_id="reopen_%s")
    if refused:
        answers[refused[0]] = refused[1]
    is_waiting = asked.state in {RequestState.NEW, RequestState.DUPLICATE} and asked.answered_at is None
    context = {
        "asked": asked,
        "token": token,
        "address": request.build_absolute_uri(reverse("front_door:mine", args=[token])),
        "status": _(ASKER_SEES[RequestState(asked.state)]),
        "is_waiting": is_waiting,
        "symptoms": [each.code.name for each in asked.symptoms.select_related("code")],
        "photos": list(asked.photos.select_related("evidence")),
        "track": reverse("track:show", args=[workorder.track_token(order)]) if order is not None else "",
        "answers": answers,
        "refused": refused[0] if refused else "",
    }
    return render(request, "front_door/mine.html", context, status=422 if refused else 200)
