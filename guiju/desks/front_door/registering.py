"""Registering a new appliance at the open door, by its QR code or the website (B11)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from guiju.desks.common.addresses import address_of
from guiju.desks.common.perform import Performed, perform
from guiju.desks.front_door import forms
from guiju.desks.front_door.door import at_the_door
from guiju.desks.front_door.puzzle import OpenTooLong, Puzzle
from guiju.desks.front_door.scanned import known, on_the_sticker
from guiju.kernel.refusing import Refusal
from guiju.kernel.words import language_of
from guiju.line.intake import actions as intake
from guiju.line.registration import actions as registration
from guiju.line.workorder.rules import Channel
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy


@at_the_door
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Tell of an appliance: one page, one button; what was typed stands there again when it is refused."""
    at = timezone.now()
    if request.method != "POST":
        form = forms.RegisterForm(initial=known(on_the_sticker(request, unit)))
        return _page(request, unit, form, _new_puzzle(unit, at))
    form = forms.RegisterForm(request.POST, request.FILES)
    puzzle = Puzzle.read(request.POST.get("puzzle", ""), at=at)
    if _told(request, unit, form, puzzle, at):
        return redirect("front_door:registered", unit.code)
    return _page(request, unit, form, puzzle or _new_puzzle(unit, at), status=429 if form.is_too_often else 422)


@at_the_door
@require_safe
def registered(request: HttpRequest, unit: Unit) -> HttpResponse:
    """That it has arrived, and what happens now."""
    return render(request, "front_door/registered.html", {"outlet": unit})


def _told(request: HttpRequest, unit: Unit, form: forms.RegisterForm, puzzle: Puzzle | None, at: datetime) -> Performed:
    """Let it in, or put at the form why not: counted and limited as every request of a stranger."""
    if not form.is_valid():
        return Performed(False)
    try:
        if puzzle is None:
            raise OpenTooLong
        typed = form.told()
        is_proven = puzzle.proves(request.POST.get("answer", ""), at=at)
        intake.knock(unit=unit, address=address_of(request), phone=typed["phone"], is_proven=is_proven, at=at)
    except Refusal as refusal:
        form.is_too_often = refusal.status == 429
        form.add_error(None, str(refusal))
        return Performed(False)
    came = Channel.QR if request.GET.get("by") == "qr" else Channel.WEB

    def act(_data: Mapping[str, Any]) -> str:
        made = registration.register(
            unit=unit, **typed, channel=came, challenge=puzzle.name, language=language_of(get_language()),
            by=request.actor, at=at,  # type: ignore[attr-defined]
        )  # fmt: skip
        return made.number

    return perform(request, form, act, what="front_door.register")


def _new_puzzle(unit: Unit, at: datetime) -> Puzzle:
    return Puzzle.new(bits=int(policy.figure("request.puzzle_bits", unit=unit, on=unit.day(at)).value), at=at)


def _page(
    request: HttpRequest, unit: Unit, form: forms.RegisterForm, puzzle: Puzzle, *, status: int = 200
) -> HttpResponse:
    context = {
        "outlet": unit, "form": form, "puzzle": puzzle, "answer": request.POST.get("answer", ""), "sent": request.FILES,
    }  # fmt: skip
    return render(request, "front_door/register.html", context, status=status)
