"""write and publish: voice menus and scripts in their versions."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel.refusing import Invalid, NotAllowed, WrongState
from guiju.line.telephone import actions as telephone
from guiju.line.telephone import queries, rules
from guiju.line.telephone.models import CallScript, VoiceMenu
from tests.line.cast_line import told
from tests.line.telephone.switchboard import Switchboard
from tests.line.telephone.trees import house_menu

pytestmark = pytest.mark.django_db


def write(line: Switchboard, **changed: Any) -> VoiceMenu:
    return telephone.write_menu(
        unit=line.shop.unit, content=house_menu(**changed), by=line.manager, at=line.shop.later()
    )


def publish(line: Switchboard, menu: VoiceMenu) -> VoiceMenu:
    return telephone.publish_menu(menu, by=line.manager, at=line.shop.later())


@pytest.mark.shows("S6-04")
def test_a_draft_is_written_over_until_it_is_published(line: Switchboard) -> None:
    first, second = write(line), write(line, agents="two")
    assert first.pk == second.pk
    published = publish(line, second)
    assert (published.version, published.state, published.content["agents"]) == (1, "PUBLISHED", "two")
    assert [each["version"] for each in told("telephone.MenuPublished")] == [1]


@pytest.mark.shows("S6-04")
def test_the_next_one_retires_the_one_before_and_both_say_when_they_held(line: Switchboard) -> None:
    first = publish(line, write(line))
    second = publish(line, write(line, agents="two"))
    first.refresh_from_db()
    assert (first.state, first.retired_at, second.version) == ("RETIRED", second.published_at, 2)
    assert queries.menu_for(line.shop.unit) == second


@pytest.mark.shows("CRM-4", "S6-04")
def test_a_menu_in_which_callers_are_lost_is_not_published(line: Switchboard) -> None:
    lost = write(line, closed={"do": "menu", "say": {}, "keys": {}})
    with pytest.raises(telephone.NotFit, match="press nothing") as refused:
        publish(line, lost)
    assert len(refused.value.because) == 4, "three languages lack their words, and nothing can be pressed"
    assert publish(line, write(line)).state == "PUBLISHED"


@pytest.mark.both_databases
def test_what_was_published_is_never_edited_or_lost_behind_every_back(line: Switchboard) -> None:
    menu = publish(line, write(line))
    with pytest.raises(IntegrityError, match="voice_menu_once_published_is_never_edited"), transaction.atomic():
        VoiceMenu.objects.filter(pk=menu.pk).update(content={})
    with pytest.raises(IntegrityError, match="voice_menu_once_published_is_never_lost"), transaction.atomic():
        VoiceMenu.objects.filter(pk=menu.pk).delete()
    # A draft may be both.
    draft = write(line)
    VoiceMenu.objects.filter(pk=draft.pk).update(content={"agents": "x"})
    VoiceMenu.objects.filter(pk=draft.pk).delete()


@pytest.mark.both_databases
def test_one_menu_is_in_force_behind_every_back(line: Switchboard) -> None:
    publish(line, write(line))
    second = write(line)
    with pytest.raises(IntegrityError), transaction.atomic():
        VoiceMenu.objects.filter(pk=second.pk).update(state="PUBLISHED", published_at=line.shop.now)


def test_what_is_no_draft_is_not_published_again(line: Switchboard) -> None:
    menu = publish(line, write(line))
    with pytest.raises(WrongState):
        publish(line, menu)
    assert len(told("telephone.MenuPublished")) == 1


def test_what_is_no_menu_is_no_draft(line: Switchboard) -> None:
    for rubbish in ({}, [], "x", {"x": "y" * 400_001}):
        with pytest.raises(Invalid):
            telephone.write_menu(unit=line.shop.unit, content=rubbish, by=line.manager, at=line.shop.now)  # type: ignore[arg-type]


def test_an_administrator_drafts_and_the_manager_publishes(line: Switchboard, ad: Any) -> None:
    draft = telephone.write_menu(unit=line.shop.unit, content=house_menu(), by=ad, at=line.shop.later())
    for stranger in (ad, line.clerk, line.shop.actor("he")):
        with pytest.raises(NotAllowed):
            telephone.publish_menu(draft, by=stranger, at=line.shop.later())
    with pytest.raises(NotAllowed):
        telephone.write_menu(unit=line.shop.unit, content=house_menu(), by=line.clerk, at=line.shop.later())
    assert publish(line, draft).published_by_name == "ma"


@pytest.mark.shows("S6-03")
def test_a_call_keeps_the_script_by_which_it_was_spoken(line: Switchboard) -> None:
    told_by: dict[str, Any] = {"by": line.manager, "at": line.shop.now}
    before = line.talks()
    words = {step: dict(each) for step, each in rules.HOUSE_SCRIPT.items()}
    words["GREETING"]["en"] = "Guiju, good day!"
    draft = telephone.write_script(unit=line.shop.unit, content=words, **told_by)
    script = telephone.publish_script(draft, **told_by)
    after = line.talks()
    assert queries.script_lines(before)[0].words != "Guiju, good day!"
    assert queries.script_lines(after)[0].words == "Guiju, good day!"
    assert (script.state, [each["version"] for each in told("telephone.ScriptPublished")]) == ("PUBLISHED", [1])


@pytest.mark.shows("S6-03")
def test_a_script_that_lacks_a_step_is_not_published(line: Switchboard) -> None:
    told_by: dict[str, Any] = {"by": line.manager, "at": line.shop.now}
    words = {step: each for step, each in rules.HOUSE_SCRIPT.items() if step != "EMPATHY"}
    draft = telephone.write_script(unit=line.shop.unit, content=words, **told_by)
    with pytest.raises(telephone.NotFit, match="Sympathy"):
        telephone.publish_script(draft, **told_by)
    with pytest.raises(NotAllowed):
        telephone.publish_script(draft, by=line.clerk, at=line.shop.now)
    with pytest.raises(NotAllowed):
        telephone.write_script(unit=line.shop.unit, content=words, by=line.clerk, at=line.shop.now)
    with pytest.raises(Invalid):
        telephone.write_script(unit=line.shop.unit, content={}, **told_by)
    again = telephone.write_script(unit=line.shop.unit, content=rules.HOUSE_SCRIPT, **told_by)
    telephone.publish_script(again, **told_by)
    with pytest.raises(WrongState):
        telephone.publish_script(again, **told_by)


def test_an_outlet_sees_its_own_texts_and_those_from_above(
    line: Switchboard, other_line: Switchboard, nie: Any
) -> None:
    ours, theirs = write(line), write(other_line)
    hq = telephone.write_menu(unit=line.shop.cast.units["HQ"], content=house_menu(), by=nie, at=line.shop.now)
    seen = VoiceMenu.objects.visible_to(line.clerk)
    assert set(seen) == {ours, hq}
    assert set(VoiceMenu.objects.visible_to(nie)) == {ours, theirs, hq}
    assert not VoiceMenu.objects.visible_to(line.shop.actor("chen")).exists()
    assert not CallScript.objects.exists()
