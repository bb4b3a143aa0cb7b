"""How a view does its one action: once, and with the trade's refusals put where the person can mend them."""

import hashlib
import json
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext

from guiju.desks.common.states import word_for
from guiju.kernel.once import once
from guiju.kernel.refusing import Refusal, WrongState

_NOT_CONTENT = {"csrfmiddlewaretoken", "once"}

Act = Callable[[Mapping[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Performed:
    """How it went; true when it was done, now or at an earlier sending of the same form.

    answer  what the act returned, as JSON holds it; a row is answered by its number
    """

    is_done: bool
    answer: Any = None

    def __bool__(self) -> bool:
        return self.is_done


def perform(request: HttpRequest, form: BaseForm | None, act: Act, *, what: str = "") -> Performed:
    """Check the form, act once for its `once` key, and put a refusal at the field it is about.

    form  None for a bare button: a refusal is then said in the messages
    act   gets the cleaned data; opens its deed itself
    what  the verb, so that the same key on two forms is told apart; by default the address
    """
    if form is not None and not form.is_valid():
        return Performed(False)
    data = form.cleaned_data if form is not None else {}
    try:
        answer = once(
            request.POST.get("once") or None,
            by=request.actor,  # type: ignore[attr-defined]
            what=what or request.path,
            body=content_of(request),
            do=lambda: _as_json(act(data)),
        )
    except Refusal as refusal:
        _say(request, form, refusal)
        return Performed(False)
    return Performed(True, answer)


def content_of(request: HttpRequest, *, besides: AbstractSet[str] = frozenset()) -> str:
    """What was sent, in one form: the same content sent again gives the same text.

    besides   what does not belong to it
    """
    left_out = _NOT_CONTENT | besides
    fields = {name: request.POST.getlist(name) for name in sorted(request.POST) if name not in left_out}
    files = {name: [_digest(file) for file in request.FILES.getlist(name)] for name in sorted(request.FILES)}
    return json.dumps([fields, files], ensure_ascii=False)


def _digest(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    # The act reads the file after us.
    file.seek(0)
    return digest.hexdigest()


def _as_json(answer: Any) -> Any:
    if isinstance(answer, Model):
        return getattr(answer, "number", None) or answer.pk
    return answer


def _say(request: HttpRequest, form: BaseForm | None, refusal: Refusal) -> None:
    sentence = str(refusal)
    if isinstance(refusal, WrongState) and refusal.allowed:
        moves = ", ".join(word_for(state) for state in refusal.allowed)
        sentence += " " + gettext("From here it can become: %(states)s.") % {"states": moves}
    if form is None:
        messages.error(request, sentence)
        return
    form.add_error(refusal.field if refusal.field in form.fields else None, sentence)
