"""The texts that callers hear and agents say: written, tried on the screen, published."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import guiju.line.telephone as station
from guiju.desks.common.perform import perform
from guiju.desks.reception.forms.calls import MenuForm, ScriptForm, as_text
from guiju.desks.reception.forms.voice import SECTIONS, VoiceForm
from guiju.desks.reception.guard import needs
from guiju.kernel.actor import Actor
from guiju.kernel.words import N_, Sentence
from guiju.line.telephone import actions as telephone
from guiju.line.telephone import queries, rules
from guiju.line.telephone.models import CallScript, VoiceMenu
from guiju.line.telephone.rules import Act, Caller, EditionState, Heard, Limits, Place, Section
from guiju.standing.people.models import Unit

STARTER = Path(station.__file__).parent / "data" / "menu.json"
# What is tried here is nobody's call: the figures of the house are not asked for.
TRIAL_LIMITS = Limits(misses_most=3, lookups_most=3)
SALT = "reception.voice_menu"
KEYPAD = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#")


def _here(request: HttpRequest) -> tuple[Actor, Unit]:
    return request.actor, request.unit  # type: ignore[attr-defined]


def starter() -> dict[str, Any]:
    """The house's own menu, to begin with."""
    tree: dict[str, Any] = json.loads(STARTER.read_text(encoding="utf-8"))
    return tree


# --- The voice menu


@require_safe
@needs("telephone.see", "telephone.write_menu")
def menu(request: HttpRequest) -> HttpResponse:
    """The menu in force and the draft: key by key, with what is wrong, and to be tried; or as a file to take away."""
    if request.GET.get("export") == "json":
        actor, unit = _here(request)
        own = list(VoiceMenu.objects.visible_to(actor).filter(unit=unit))
        answer = HttpResponse(as_text(_content(_draft(own), queries.menu_for(unit))), content_type="application/json")
        answer["Content-Disposition"] = f'attachment; filename="voice-menu-{unit.code}.json"'
        return answer
    return _menu_page(request)


def _menu_page(request: HttpRequest, form: MenuForm | None = None, words: VoiceForm | None = None) -> HttpResponse:
    actor, unit = _here(request)
    own = list(VoiceMenu.objects.visible_to(actor).filter(unit=unit).select_related("unit").order_by("-version"))
    draft, in_force = _draft(own), queries.menu_for(unit)
    content = _content(draft, in_force)
    problems = rules.problems_of(content)
    editor = words or VoiceForm(tree=content)
    context = {
        "unit_here": unit,
        "editions": own,
        "draft": draft,
        "in_force": in_force,
        "form": form or MenuForm(),
        "words": editor,
        "is_refused": words is not None,
        "outline": [(SECTIONS[section], rules.outline(content, section)) for section in Section],
        # What was typed just now is told first; the draft's own faults stand at their fields when it is kept.
        "problems": [] if words else editor.name_faults(problems),
        "slowest": None if problems else rules.slowest_way_out(content),
        "may_write": actor.may("telephone.write_menu", unit_id=unit.pk),
        "may_publish": actor.may("telephone.publish_menu", unit_id=unit.pk),
        "address": request.build_absolute_uri("/api/v1/telephone/"),
        "recordings": sorted(_recordings(content).items()),
    } | _trial(request, content)
    return render(request, "reception/voice_menu.html", context, status=422 if form or words else 200)


def _draft(own: list[VoiceMenu]) -> VoiceMenu | None:
    return next((each for each in own if each.state == EditionState.DRAFT), None)


def _content(draft: VoiceMenu | None, in_force: VoiceMenu | None) -> dict[str, Any]:
    """What is shown and changed: the draft, else what is in force, else the house's own."""
    shown = draft or in_force
    return dict(shown.content) if shown else starter()


def _recordings(content: dict[str, Any]) -> dict[str, str]:
    """What a telephone that plays recordings needs one of in each language: by its name, what is said."""
    return {} if rules.problems_of(content) else queries.recordings(content)


@require_POST
@needs("telephone.write_menu")
def write_menu(request: HttpRequest) -> HttpResponse:
    """Keep the draft, from its words or from its data; callers hear nothing of it yet."""
    actor, unit = _here(request)
    form: VoiceForm | MenuForm
    if "content" in request.POST:
        form = MenuForm(request.POST)
    else:
        own = list(VoiceMenu.objects.visible_to(actor).filter(unit=unit))
        content = _content(_draft(own), queries.menu_for(unit))
        form = VoiceForm(request.POST, tree=content, edit=request.POST.get("edit", ""))

    def write(data: Mapping[str, Any]) -> int:
        content = form.content() if isinstance(form, VoiceForm) else data["content"]
        return telephone.write_menu(unit=unit, content=content, by=actor, at=timezone.now()).pk

    if perform(request, form, write):
        messages.success(request, _("The draft is kept."))
        # Back to the choice that was touched, which opens by itself.
        touched = f"#c-{form.touched}" if isinstance(form, VoiceForm) and form.touched else ""
        return redirect(reverse("reception:voice_menu") + touched)
    return _menu_page(request, words=form) if isinstance(form, VoiceForm) else _menu_page(request, form)


@require_POST
@needs("telephone.publish_menu")
def publish_menu(request: HttpRequest, pk: int) -> HttpResponse:
    """Let callers hear the draft."""
    actor, _unit = _here(request)
    draft = get_object_or_404(VoiceMenu.objects.visible_to(actor), pk=pk)
    if perform(request, None, lambda _data: telephone.publish_menu(draft, by=actor, at=timezone.now()).pk):
        messages.success(request, _("Callers hear it from now on."))
    return redirect("reception:voice_menu")


@require_safe
@needs("telephone.see", "telephone.write_menu")
def try_menu(request: HttpRequest) -> HttpResponse:
    """Press a key of the telephone on the screen: the same rules as a real call, and nothing is written."""
    actor, unit = _here(request)
    own = list(VoiceMenu.objects.visible_to(actor).filter(unit=unit))
    content = _content(_draft(own), queries.menu_for(unit))
    if not request.htmx:  # type: ignore[attr-defined]
        return _menu_page(request)
    return render(request, "reception/voice_menu.html#trial", _trial(request, content))


def _trial(request: HttpRequest, content: dict[str, Any]) -> dict[str, Any]:
    """The telephone on the screen after the key that was pressed."""
    if rules.problems_of(content):
        return {"heard": None}
    section = request.GET.get("section", "")
    place = _kept_place(request.GET.get("place", ""))
    if place is None or section:
        language = request.GET.get("language", "")
        heard = rules.begin(
            content, section=Section(section) if section in set(Section) else Section.OPEN,
            language=language if language in {"en", "zh-hans", "zh-hant"} else "zh-hans",
        )  # fmt: skip
    else:
        heard = _pressed(content, place, request.GET.get("keys", ""))
    for key in request.GET.get("way", "")[:20]:
        # A whole way at once: 1 2 0.
        if heard.act is Act.KEY and key in KEYPAD:
            heard = _pressed(content, heard.place, key)
    spoken = queries.spoken(heard, agents=content["agents"])
    return {
        "heard": spoken,
        "place": signing.dumps(heard.place.to_json(), salt=SALT),
        "is_over": heard.act in {Act.HUMAN, Act.CALL_BACK, Act.HANG_UP},
        "types": heard.act is Act.DIGITS,
        "keypad": KEYPAD,
    }


def _pressed(content: dict[str, Any], place: Place, keys: str) -> Heard:
    caller = Caller(has_number=True)
    try:
        heard = rules.step(content, place, keys[:20], caller=caller, limits=TRIAL_LIMITS)
    except KeyError:
        # The draft has changed since: its keys lead elsewhere.
        return rules.begin(content, section=Section.OPEN, language=place.language)
    if heard.act is Act.LOOK_UP:
        says = rules.Prompt("status", sentence=Sentence(N_("Here the caller hears how the repair stands.")))
        return rules.answered(content, heard.place, says, caller=caller, limits=TRIAL_LIMITS)
    return heard


def _kept_place(text: str) -> Place | None:
    try:
        return Place.from_json(signing.loads(text, salt=SALT))
    except (signing.BadSignature, TypeError, KeyError, ValueError):
        return None


# --- The script


@require_safe
@needs("telephone.see", "telephone.write_script")
def script(request: HttpRequest) -> HttpResponse:
    """The words for each step: in force, and as a draft."""
    return _script_page(request)


def _script_page(request: HttpRequest, form: ScriptForm | None = None) -> HttpResponse:
    actor, unit = _here(request)
    own = list(CallScript.objects.visible_to(actor).filter(unit=unit).order_by("-version"))
    draft = next((each for each in own if each.state == EditionState.DRAFT), None)
    in_force = queries.script_for(unit)
    shown = draft or in_force
    may_write = actor.may("telephone.write_script", unit_id=unit.pk)
    form_shown = form or ScriptForm(content=shown.content if shown else None)
    for field in form_shown.fields.values():
        field.widget.attrs |= {} if may_write else {"readonly": True}
    context = {
        "unit_here": unit,
        "editions": own,
        "draft": draft,
        "in_force": in_force,
        "form": form_shown,
        "may_write": may_write,
        "may_publish": actor.may("telephone.publish_script", unit_id=unit.pk),
    }
    return render(request, "reception/call_script.html", context, status=422 if form is not None else 200)


@require_POST
@needs("telephone.write_script")
def write_script(request: HttpRequest) -> HttpResponse:
    """Keep the draft; whoever answers reads the words in force until it is published."""
    actor, unit = _here(request)
    form = ScriptForm(request.POST)
    done = perform(
        request, form,
        lambda _data: telephone.write_script(unit=unit, content=form.content(), by=actor, at=timezone.now()).pk,
    )  # fmt: skip
    if not done:
        return _script_page(request, form)
    messages.success(request, _("The draft is kept."))
    return redirect("reception:call_script")


@require_POST
@needs("telephone.publish_script")
def publish_script(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the draft to whoever answers."""
    actor, _unit = _here(request)
    draft = get_object_or_404(CallScript.objects.visible_to(actor), pk=pk)
    if perform(request, None, lambda _data: telephone.publish_script(draft, by=actor, at=timezone.now()).pk):
        messages.success(request, _("Whoever answers reads it from now on."))
    return redirect("reception:call_script")
