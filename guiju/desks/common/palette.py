"""Ctrl-K: every page that a person may go to, and everything that the search box finds, without the mouse."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guiju.desks.common import desk, find

HITS_MAX = 5
"""Hits shown per finder: a palette is read at a glance, the page of the search box has the rest."""
TEXT_MIN = 2
"""Letters of a text that is worth looking for."""


@require_GET
def palette(request: HttpRequest) -> HttpResponse:
    """With a text: what the finders know of it. Without: where this person can go, which the palette sifts by itself."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    text = " ".join(request.GET.get("q", "").split())
    if len(text) < TEXT_MIN:
        return render(request, "common/palette.html#ways", {"ways": desk.leaves(actor)})
    answers = [(finder, hits[:HITS_MAX]) for finder, hits in find.search(actor, text)]
    return render(request, "common/palette.html#found", {"answers": answers, "text": text})
