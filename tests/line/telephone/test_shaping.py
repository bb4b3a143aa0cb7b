"""A draft changed key by key: added, moved, taken away, and nothing lost on the way."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.line.telephone import rules
from guiju.line.telephone.rules import Edit, Told, reshape, spots, told_of
from tests.line.telephone.trees import house_menu, menus

ACTS = ("add", "remove", "earlier", "later")


def told(tree: Any, **changed: Told) -> dict[str, Told]:
    """Every choice as it stands, but for those that the test names: `open_1=Told(…)`."""
    return {each.name: told_of(each) for each in spots(tree)} | {
        name.replace("_", "-"): each for name, each in changed.items()
    }


def pressed(act: str, name: str, do: str = "") -> Any:
    return reshape(house_menu(), told(house_menu()), Edit(act, name, do))


def reasons(shaped: Any) -> list[tuple[str, str, str]]:
    return [(each.place, each.part, str(each.because)) for each in shaped.faults]


@settings(max_examples=60, deadline=None)
@given(menus())
def test_what_nobody_changes_stays_as_it_is(tree: dict[str, Any]) -> None:
    menu = house_menu(open=tree)
    shaped = reshape(menu, told(menu))
    assert (shaped.tree, shaped.faults) == (menu, ())


@settings(max_examples=120, deadline=None)
@given(menus(), st.data())
def test_whatever_button_is_pressed_no_other_choice_is_lost(tree: dict[str, Any], data: st.DataObject) -> None:
    menu = house_menu(open=tree)
    spot, act = data.draw(st.sampled_from(spots(menu))), data.draw(st.sampled_from(ACTS))
    shaped = reshape(menu, told(menu), Edit(act, spot.name, "say"))
    more = len(spots(shaped.tree)) - len(spots(menu))
    if shaped.faults or act in {"earlier", "later"}:
        assert more == 0
    elif act == "add":
        assert more == (1 if spot.is_branch else 0)
    else:
        assert more in ({-1, -2} if spot.path else {0}), "a branch goes with its way out"


@pytest.mark.shows("S6-04")
def test_a_new_key_stands_on_the_first_that_is_free() -> None:
    shaped = pressed("add", "open", "say")
    assert shaped.touched == "open-4"
    assert shaped.tree["open"]["keys"]["4"] == {"do": "say", "say": {"en": "", "zh-hans": "", "zh-hant": ""}}
    below = pressed("add", "closed", "menu")
    assert below.tree["closed"]["keys"]["1"]["keys"] == {"0": {"do": "call_back"}}, "at night nobody answers"


@pytest.mark.shows("S6-04")
def test_neighbours_change_places_and_a_free_key_is_taken() -> None:
    house = house_menu()["open"]["keys"]
    swapped = pressed("later", "open-1")
    assert (swapped.tree["open"]["keys"]["2"], swapped.tree["open"]["keys"]["1"]) == (house["1"], house["2"])
    assert swapped.touched == "open-2"
    assert pressed("later", "open-3").tree["open"]["keys"]["4"] == house["3"]
    # At the ends of the keypad, and on the way out, nothing happens.
    for act, name in (("earlier", "open-1"), ("later", "open-9"), ("earlier", "open-0")):
        assert pressed(act, name).tree == house_menu()


@pytest.mark.shows("S6-04")
def test_a_choice_moves_into_another_branch_with_all_that_stands_below() -> None:
    house = house_menu()
    languages = told_of(next(each for each in spots(house) if each.name == "open-9"))
    moved = Told(**{**vars(languages), "under": "closed", "key": "5"})
    shaped = reshape(house, told(house, open_9=moved))
    assert shaped.faults == ()
    assert shaped.tree["closed"]["keys"]["5"] == house["open"]["keys"]["9"]
    assert "9" not in shaped.tree["open"]["keys"]


def test_what_would_lose_or_hide_a_choice_is_told_at_its_field() -> None:
    house = house_menu()
    say = {"en": "a", "zh-hans": "b", "zh-hant": "c"}
    taken = reshape(house, told(house, open_1=Told("menu", "2", "open", say)))
    assert reasons(taken) == [("open 2", "key", "This key is taken already.")]
    below = "Move or delete the choices below it first."
    turned = reshape(house, told(house, open_1=Told("human", "1", "open")))
    assert set(reasons(turned)) == {("open 1", "do", below)}
    assert reasons(pressed("remove", "open-9")) == [("open 9", "do", below)]
    assert pressed("remove", "open-2").faults == ()
    ring = reshape(house, told(house, open_1=Told("menu", "5", "open-9", say), open_9=Told("menu", "5", "open-1", say)))
    assert ("open 1", "under", "These two cannot stand below one another.") in reasons(ring)
    nowhere = reshape(house, told(house, open_1=Told("menu", "x", "open", say)))
    assert [part for _place, part, _because in reasons(nowhere)] == ["key"]


def test_a_branch_with_nothing_but_its_way_out_becomes_something_else() -> None:
    grown = pressed("add", "open", "menu").tree
    turned = reshape(grown, told(grown, open_4=Told("human", "4", "open", agents=" fridges ")))
    assert turned.faults == ()
    assert turned.tree["open"]["keys"]["4"] == {"do": "human", "agents": "fridges"}
    assert rules.problems_of(turned.tree) == ()


def test_when_every_key_is_taken_there_is_no_other() -> None:
    full = house_menu()
    for _each in range(5):
        full = reshape(full, told(full), Edit("add", "open", "again")).tree
    assert reasons(reshape(full, told(full), Edit("add", "open", "again"))) == [
        ("open", "add", "Every key of this branch is taken.")
    ]


@pytest.mark.parametrize("rubbish", [{}, {"open": 3}, {"open": {"do": "menu", "keys": {"x": 1, "1": {"do": ["y"]}}}}])
def test_what_was_brought_in_broken_can_be_mended_here(rubbish: dict[str, Any]) -> None:
    shaped = reshape(rubbish, told(rubbish), Edit("add", "open", "human"))
    assert next(each.name for each in spots(shaped.tree)) == "open"
    assert rules.problems_of(shaped.tree)
