"""The words of the messages: each unit's own, tried before they are used."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from guiju.desks.back_office.message_forms import WordingForm
from guiju.desks.back_office.sections import enter
from guiju.desks.back_office.staff_forms import TONGUES
from guiju.desks.back_office.views.people import units_for
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.oversight.notices import actions, queries, rules
from guiju.oversight.notices.rules import CHANNEL_LABELS, TEMPLATE_LABELS, Channel, Template
from guiju.standing.people.models import Unit


@require_safe
def wordings(request: Request) -> HttpResponse:
    """Every message, and where its words are changed."""
    actor: Actor = request.actor
    context = enter(actor, "wordings")
    units = units_for(actor, "notices.set_wording")
    wanted = request.GET.get("unit", "")
    unit = units.filter(pk=wanted).first() if wanted.isdecimal() else None
    more = {
        "units": units, "unit_here": unit or units.first(), "tongues": TONGUES.items(),
        "templates": [(each.value, gettext(TEMPLATE_LABELS[each])) for each in Template],
        "channels": [(each.value, gettext(CHANNEL_LABELS[each])) for each in Channel],
    }  # fmt: skip
    return render(request, "back_office/wordings.html", {**context, **more})


@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: Request, unit: int, template: str, channel: str, language: str) -> HttpResponse:
    """The words of one message: in force, in all versions, and a form for others with a preview."""
    actor: Actor = request.actor
    context = enter(actor, "wordings")
    if template not in Template.__members__ or channel not in Channel.__members__ or language not in TONGUES:
        raise Http404
    place = get_object_or_404(units_for(actor, "notices.set_wording"), pk=unit)
    what = {"template": template, "channel": channel, "language": language}
    held = queries.wording(Template(template), Channel(channel), language, unit=place, on=place.day(now()))
    initial = {"text": held.text, "subject": held.subject, "starts_on": place.day(now())}
    form, status, tried = WordingForm(initial=initial), 200, None
    if request.method == "POST":
        form = WordingForm(request.POST)
        if request.POST.get("do") == "preview":
            tried = _tried(form, Template(template), Channel(channel))
        else:
            done = perform(request, form, lambda data: _set(place, what, data, actor))
            if done:
                messages.success(request, gettext("The words are kept, and hold from their day on."))
                return redirect("back_office:wording", unit, template, channel, language)
            status = 422
    return render(
        request,
        "back_office/wording.html",
        {**context, **_about(place, what, held), "form": form, "tried": tried},
        status=status,
    )


def _set(unit: Unit, what: Mapping[str, Any], data: Mapping[str, Any], actor: Actor) -> int:
    if not actor.may("notices.set_wording", unit_id=unit.pk):
        raise NotAllowed
    return actions.set_wording(unit=unit, **what, **data, by=actor, at=now()).pk


def _tried(form: WordingForm, template: Template, channel: Channel) -> Mapping[str, Any] | None:
    """The words as a customer would read them, how long they are, and what speaks against them."""
    if not form.is_valid():
        return None
    data = form.cleaned_data
    text = rules.fill(data["text"], rules.sample(template))
    faults = (
        [str(each) for each in rules.faults(template, channel, data["text"], data["subject"])] if data["text"] else []
    )
    return {
        "text": text,
        "subject": rules.fill(data["subject"], rules.sample(template)) if channel is Channel.EMAIL else "",
        "length": rules.length_of(text),
        "faults": faults,
    }


def _about(unit: Unit, what: Mapping[str, str], held: queries.Words) -> Mapping[str, Any]:
    template, channel = Template(what["template"]), Channel(what["channel"])
    return {
        "place_here": unit, "held": held, "is_mail": channel is Channel.EMAIL,
        "title": gettext(TEMPLATE_LABELS[template]), "channel": gettext(CHANNEL_LABELS[channel]),
        "tongue": TONGUES[what["language"]],
        "length": rules.length_of(rules.fill(held.text, rules.sample(template))),
        "places": _places(template),
        "built_in": queries.built_in(template, what["language"]),
        "versions": queries.versions(template, channel, what["language"], unit=unit),
    }  # fmt: skip


def _places(template: Template) -> list[tuple[str, str, bool]]:
    """What the message may name, with an example, and whether it must."""
    examples, needed = rules.sample(template), rules.REQUIRED[template]
    return [(f"{{{name}}}", examples[name], name in needed) for name in sorted(examples)]
