"""A voice menu as arithmetic: which ones are fit, and that nobody is lost in a fit one (CRM-4)."""

from __future__ import annotations

import copy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.kernel.words import Sentence
from guiju.line.telephone import rules
from guiju.line.telephone.rules import Act, Caller, Limits, Mode, Section
from tests.line.telephone.trees import LANGUAGES, WORDS, branch, house_menu, leaf, menus

NAMES = ("do", "say", "keys", "open", "closed", "holiday", "hours", "days", "agents", "0")
RUBBISH = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.sampled_from(NAMES), each, max_size=6),
)
LIMITS = Limits(misses_most=3, lookups_most=3)
KNOWN, WITHHELD = Caller(has_number=True), Caller(has_number=False)
# The caller is in good hands.
CARED_FOR = {Act.HUMAN, Act.CALL_BACK}


def walk(tree: dict[str, Any], *pressed: str, section: Section = Section.OPEN, caller: Caller = KNOWN) -> rules.Heard:
    """What a caller hears after these keys; tickets are never found."""
    heard = rules.begin(tree, section=section, language="en")
    for keys in pressed:
        heard = rules.step(tree, heard.place, keys, caller=caller, limits=LIMITS)
        if heard.act is Act.LOOK_UP:
            heard = rules.answered(tree, heard.place, None, caller=caller, limits=LIMITS)
    return heard


def named(heard: rules.Heard) -> list[str]:
    return [prompt.name for prompt in heard.prompts]


@pytest.mark.shows("S6-04")
def test_the_houses_own_menu_is_fit_in_three_languages() -> None:
    assert rules.problems_of(house_menu()) == ()
    assert rules.slowest_way_out(house_menu()) <= 3


@pytest.mark.shows("CRM-4", "S6-04")
@settings(max_examples=120, deadline=None)
@given(
    menus(),
    menus("call_back"),
    st.lists(st.text("0123456789*#", max_size=2), max_size=12),
    st.sampled_from(LANGUAGES),
    st.booleans(),
)
def test_from_wherever_a_caller_wanders_one_more_key_reaches_a_person(
    tree: dict[str, Any], shut: dict[str, Any], pressed: list[str], language: str, knows: bool
) -> None:
    """Random fit trees, random keys: nobody is ever more than three presses from a person or a call back."""
    menu = house_menu(open=tree, closed=shut, holiday=shut)
    assert rules.problems_of(menu) == ()
    assert rules.slowest_way_out(menu) <= 3
    caller = Caller(has_number=knows)
    heard = rules.begin(menu, section=Section.OPEN, language=language)
    for keys in pressed:
        if heard.act in {*CARED_FOR, Act.HANG_UP}:
            break
        heard = rules.step(menu, heard.place, keys, caller=caller, limits=LIMITS)
        if heard.act is Act.LOOK_UP:
            heard = rules.answered(menu, heard.place, None, caller=caller, limits=LIMITS)
    if heard.act in CARED_FOR:
        return
    assert heard.act is not Act.HANG_UP, "in opening hours nobody is sent away"
    # A menu's own exit is key 0; whoever is typing presses the star. A withheld number is typed before it can be called.
    out = {Mode.MENU: "0"}.get(heard.place.mode, "*")
    heard = rules.step(menu, heard.place, out, caller=caller, limits=LIMITS)
    if heard.place.mode is Mode.NUMBER:
        heard = rules.step(menu, heard.place, "075788880001", caller=caller, limits=LIMITS)
    assert heard.act in CARED_FOR


def sabotages() -> list[tuple[str, dict[str, Any], str]]:
    """Each a fit menu with one thing broken: its name, the menu, and a word of the problem."""
    deep = branch(k1=branch(k1=branch(k1=branch())))
    lost = branch(k1=branch(k0=leaf("again")))
    dead_end = branch()
    dead_end["keys"] = {}
    silent = branch()
    silent["say"] = {"en": "Only English."}
    tongue = branch(k5=leaf("language", language="fr"))
    shut = {"do": "menu", "say": WORDS, "keys": {"0": leaf("human")}}
    spans = {"days": {"1": ["18:00", "09:00"]}}
    feast = {"days": {"1": ["09:00", "18:00"]}, "holidays": ["2026-10-01"]}
    return [
        ("four_levels", house_menu(open=deep), "At most three"),
        ("zero_goes_round_in_circles", house_menu(open=lost), "Key 0"),
        ("nothing_to_press", house_menu(open=dead_end), "press nothing"),
        ("one_language_only", house_menu(open=silent), "Write what is said"),
        ("a_language_we_do_not_speak", house_menu(open=tongue), "three languages"),
        ("nothing_above", house_menu(open=branch(k2=leaf("up"))), "nothing above"),
        ("no_such_choice", house_menu(open=branch(k2=leaf("transfer"))), "what this key does"),
        ("a_choice_that_is_no_word", house_menu(open=branch(k2={"do": ["menu"]})), "what this key does"),
        ("a_key_that_no_telephone_has", house_menu(open=branch(kA=leaf("human"))), "0 to 9"),
        ("a_person_when_nobody_is_there", house_menu(closed=shut), "Nobody answers"),
        ("no_holiday", {key: each for key, each in house_menu().items() if key != "holiday"}, "part of the day"),
        ("closes_before_it_opens", house_menu(hours=spans), "hours of each weekday"),
        ("a_second_calendar", house_menu(hours=feast), "calendar of closed days"),
        ("no_such_queue", house_menu(open=branch(k2=leaf("human", agents="x, y"))), "queue or the number"),
        ("nobody_to_dial", house_menu(agents="x, y"), "queue or the number"),
    ]


@pytest.mark.shows("CRM-4", "S6-04")
@pytest.mark.parametrize(("tree", "says"), [each[1:] for each in sabotages()], ids=[each[0] for each in sabotages()])
def test_a_saboteurs_menu_is_refused_and_told_where(tree: dict[str, Any], says: str) -> None:
    problems = rules.problems_of(tree)
    assert any(says in str(each.because) for each in problems), problems


@given(RUBBISH)
@settings(max_examples=80, deadline=None)
def test_whatever_is_no_menu_is_refused_and_breaks_nothing(rubbish: Any) -> None:
    assert rules.problems_of(rubbish)
    for section in Section:
        rules.outline(rubbish, section)


def test_a_wrong_key_is_asked_again_and_then_somebody_helps() -> None:
    assert named(walk(house_menu(), "7")) == ["wrong-key", "open"]
    assert walk(house_menu(), "7", "7").act is Act.KEY
    assert walk(house_menu(), "7", "7", "7").act is Act.HUMAN
    # A good key between them, and the count begins anew.
    assert walk(house_menu(), "7", "7", "3", "7", "7").act is Act.KEY


def test_silence_is_asked_again_without_a_reproach_and_then_somebody_helps() -> None:
    assert named(walk(house_menu(), "")) == ["open"]
    assert walk(house_menu(), "", "", "").act is Act.HUMAN
    assert walk(house_menu(), "", "", "", section=Section.CLOSED).act is Act.CALL_BACK


def test_what_is_said_is_followed_by_the_choices() -> None:
    heard = walk(house_menu(), "3")
    assert named(heard) == ["open-3", "open"]
    assert heard.act is Act.KEY


def test_another_language_is_spoken_from_then_on() -> None:
    heard = walk(house_menu(), "9", "3")
    assert (heard.place.language, named(heard)) == ("zh-hant", ["open-9"])


def test_up_leads_to_the_choices_before() -> None:
    assert walk(house_menu(), "1", "8").place.path == ()


@pytest.mark.shows("S6-04")
def test_a_ticket_and_a_number_are_looked_up_and_the_answer_is_followed_by_the_choices() -> None:
    tree = house_menu()
    asked = walk(tree, "2", "2026110200001#")
    assert (asked.act, asked.place.mode, asked.place.ticket) == (Act.DIGITS, Mode.PHONE, "2026110200001")
    looked = rules.step(tree, asked.place, "13912345678", caller=KNOWN, limits=LIMITS)
    assert (looked.act, looked.typed) == (Act.LOOK_UP, "13912345678")
    told = rules.answered(
        tree, looked.place, rules.Prompt("status-ready", sentence=Sentence("Ready.")), caller=KNOWN, limits=LIMITS
    )
    assert (named(told), told.act, told.place.ticket) == (["status-ready", "open"], Act.KEY, "")


@pytest.mark.shows("S6-04")
def test_wrong_tickets_are_counted_and_then_a_person_helps() -> None:
    wrong = ("2", "2026110200001", "13912345678")
    once = walk(house_menu(), *wrong)
    assert (named(once), once.place.lookups, once.act) == (["not-found", "ask-ticket"], 1, Act.DIGITS)
    thrice = walk(house_menu(), *wrong, *wrong[1:], *wrong[1:])
    assert (named(thrice), thrice.act) == (["not-found", "connecting"], Act.HUMAN)


def test_a_withheld_number_is_asked_for_before_a_call_back_is_promised() -> None:
    asked = walk(house_menu(), "0", section=Section.CLOSED, caller=WITHHELD)
    assert (named(asked), asked.act) == (["ask-number"], Act.DIGITS)
    done = walk(house_menu(), "0", "13912345678#", section=Section.CLOSED, caller=WITHHELD)
    assert (done.act, done.typed) == (Act.CALL_BACK, "13912345678")
    # Nobody is there, and no number is given: then there is nothing to promise.
    assert walk(house_menu(), "0", "", "", "", section=Section.CLOSED, caller=WITHHELD).act is Act.HANG_UP
    assert walk(house_menu(), "1", "3", "", "", "", caller=WITHHELD).act is Act.HUMAN


def test_who_presses_on_after_the_end_hears_goodbye_and_nothing_happens_twice() -> None:
    assert walk(house_menu(), "0", "0").act is Act.HANG_UP


def test_a_place_is_kept_between_two_presses_as_it_was() -> None:
    place = walk(house_menu(), "1").place
    assert rules.Place.from_json(copy.deepcopy(place.to_json())) == place


# --- Hours. The second of November 2026 is a Monday.

MONDAY = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.mark.shows("S6-04")
@pytest.mark.parametrize(
    ("hours", "minutes", "section"),
    [(8, 29, Section.CLOSED), (8, 30, Section.OPEN), (18, 29, Section.OPEN), (18, 30, Section.CLOSED)],
)
def test_the_hours_decide_which_part_is_heard(hours: int, minutes: int, section: Section) -> None:
    assert rules.section_at(house_menu(), MONDAY.replace(hour=hours, minute=minutes), closed=()) is section


def test_a_holiday_is_a_holiday_all_day() -> None:
    mondays, noon = house_menu(hours={"days": {"1": ["08:30", "18:30"]}}), MONDAY.replace(hour=12)
    closed = {MONDAY.date()}
    assert rules.section_at(mondays, noon, closed=closed) is Section.HOLIDAY
    assert rules.section_at(mondays, noon, closed=()) is Section.OPEN
    next_monday = (MONDAY + timedelta(days=7)).replace(hour=8, minute=30)
    assert rules.opens_next(mondays, noon, closed=closed) == next_monday


def test_a_call_back_is_due_when_we_are_there_to_make_it() -> None:
    noon, night = MONDAY.replace(hour=12), MONDAY.replace(hour=23)
    assert rules.call_back_due(house_menu(), noon, closed=(), minutes=30) == noon + timedelta(minutes=30)
    assert rules.call_back_due(house_menu(), night, closed=(), minutes=30) == (MONDAY + timedelta(days=1)).replace(
        hour=9
    )
    assert rules.call_back_due(None, night, closed=(), minutes=30) == night + timedelta(minutes=30)


# --- The draw


@pytest.mark.shows("S6-03")
@given(st.sets(st.integers(1, 10_000), max_size=60), st.integers(1, 10), st.text("ab/-01", max_size=8))
def test_the_draw_can_be_made_again_and_nobody_can_choose(keys: set[int], size: int, seed: str) -> None:
    drawn = rules.draw(keys, seed=seed, size=size)
    assert rules.draw(sorted(keys, reverse=True), seed=seed, size=size) == drawn
    assert len(drawn) == min(size, len(keys))
    # A call that comes later pushes at most one out, and changes nothing between the others.
    later = rules.draw({*keys, 20_000}, seed=seed, size=size)
    assert [key for key in later if key != 20_000] == list(drawn)[: len(later) - (20_000 in later)]


def test_the_draw_is_as_it_was_written_down() -> None:
    assert rules.draw(range(1, 21), seed="FS01/P-lin/2026-11", size=5) == rules.draw(
        range(20, 0, -1), seed="FS01/P-lin/2026-11", size=5
    )
    assert rules.draw(range(1, 21), seed="FS01/P-lin/2026-11", size=5) != rules.draw(
        range(1, 21), seed="FS01/P-lin/2026-12", size=5
    )


@pytest.mark.shows("S6-03")
def test_a_script_lacks_nothing_in_three_languages() -> None:
    assert rules.problems_of_script(rules.HOUSE_SCRIPT) == ()
    silent = {step: dict(words) for step, words in rules.HOUSE_SCRIPT.items()}
    silent["CLOSE"]["zh-hant"] = " "
    assert [str(each) for each in rules.problems_of_script(silent)] == ["Goodbye: write its words in zh-hant."]
    assert rules.problems_of_script([])
    assert rules.problems_of_script({})
