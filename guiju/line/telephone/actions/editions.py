"""The texts that are spoken: written as a draft, read by the rules, published, and never changed again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Max

from guiju.kernel import lifecycle
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.refusing import Invalid, Refusal, WrongState, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.telephone import rules
from guiju.line.telephone.events import MenuPublished, ScriptPublished
from guiju.line.telephone.models import CallScript, VoiceMenu
from guiju.line.telephone.rules import EDITION_LABELS, MENU_ARROWS, SCRIPT_ARROWS, EditionState
from guiju.standing.people.models import Unit

Kind = TypeVar("Kind", VoiceMenu, CallScript)
# A menu of three levels with ten keys each and long words in three languages stays far below.
SIZE_MOST = 400_000


class NotFit(Refusal):
    """A caller would be lost in it."""

    sentence = N_("This cannot be published yet.")
    field = "content"
    status = 422


def write_menu(*, unit: Unit, content: Mapping[str, Any], by: Actor, at: datetime) -> VoiceMenu:
    """Write the draft of a unit's voice menu; the one that is there already is overwritten.

    raises   Invalid for what is no menu at all
    source   S6-04
    """
    with doing("telephone.write_menu", on=None, unit_id=unit.pk, by=by, at=at) as deed:
        return _write(VoiceMenu, "voice_menu", unit, content, deed)


def publish_menu(menu: VoiceMenu, *, by: Actor, at: datetime) -> VoiceMenu:
    """Let callers hear the draft from now on; the one before it is kept as it was.

    raises   NotFit with every reason, WrongState for what is no draft
    source   S6-04, CRM-4
    """
    with doing("telephone.publish_menu", on=menu, by=by, at=at) as deed:
        menu = VoiceMenu.objects.select_for_update().get(pk=menu.pk)
        because = [
            Sentence(N_("%(place)s: %(reason)s"), {"place": each.place, "reason": each.because})
            for each in rules.problems_of(menu.content)
        ]
        _publish(menu, because, MENU_ARROWS, deed)
        deed.tell(MenuPublished(menu.pk, menu.version))
    return menu


def write_script(*, unit: Unit, content: Mapping[str, Any], by: Actor, at: datetime) -> CallScript:
    """Write the draft of a unit's script; the one that is there already is overwritten.

    raises   Invalid for what is no script at all
    source   S6-03
    """
    with doing("telephone.write_script", on=None, unit_id=unit.pk, by=by, at=at) as deed:
        return _write(CallScript, "call_script", unit, content, deed)


def publish_script(script: CallScript, *, by: Actor, at: datetime) -> CallScript:
    """Show the draft to whoever answers from now on; calls that were spoken by an earlier one keep it.

    raises   NotFit with every reason, WrongState for what is no draft
    source   S6-03
    """
    with doing("telephone.publish_script", on=script, by=by, at=at) as deed:
        script = CallScript.objects.select_for_update().get(pk=script.pk)
        _publish(script, rules.problems_of_script(script.content), SCRIPT_ARROWS, deed)
        deed.tell(ScriptPublished(script.pk, script.version))
    return script


def _write(kind: type[Kind], name: str, unit: Unit, content: Mapping[str, Any], deed: Deed) -> Kind:
    if not isinstance(content, Mapping) or not content or len(json.dumps(content)) > SIZE_MOST:
        raise Invalid(Sentence(N_("This is no text that can be published.")), field="content")
    earlier = kind.objects.filter(unit=unit)
    draft = earlier.select_for_update().filter(state=EditionState.DRAFT).first()
    if draft is None:
        version = (earlier.aggregate(last=Max("version"))["last"] or 0) + 1
        draft = kind(unit=unit, version=version)
    draft.content, draft.drafted_by_name, draft.drafted_at = dict(content), deed.by.name, deed.at
    is_new = draft.pk is None
    # Two who begin a draft at once: one of them is told.
    with refusing(**{f"{name}_has_each_version_once": WrongState, f"{name}_draft_is_the_only_one": WrongState}):
        draft.save()
    if is_new:
        lifecycle.begin(draft, by=deed.by, at=deed.at, deed=deed)
    deed.about(draft)
    deed.note(version=draft.version)
    return draft


def _publish(row: VoiceMenu | CallScript, because: Any, arrows: lifecycle.Arrows, deed: Deed) -> None:
    """Retire the edition in force, and put this one in its place."""
    if row.state != EditionState.DRAFT:
        raise WrongState(allowed=[])
    if because:
        raise NotFit(*because)
    told: dict[str, Any] = {"arrows": arrows, "labels": EDITION_LABELS, "by": deed.by, "at": deed.at, "deed": deed}
    kind = type(row)
    for earlier in kind.objects.select_for_update().filter(unit_id=row.unit_id, state=EditionState.PUBLISHED):
        lifecycle.advance(earlier, to=EditionState.RETIRED, retired_at=deed.at, **told)
    published: dict[str, Any] = {"published_at": deed.at, "published_by_name": deed.by.name}
    lifecycle.advance(row, to=EditionState.PUBLISHED, **published, **told)
    deed.note(version=row.version)
