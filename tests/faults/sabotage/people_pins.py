"""What a shared screen would miss."""

from __future__ import annotations

from collections.abc import Mapping

from tests.faults.sabotage.ways import Saboteur, instead

PINS, SCREEN = "tests/standing/people/test_pins.py", "tests/conf/test_terminal.py"

CONSTRAINTS: Mapping[str, str] = {PINS: "a_pin_is_kept_as_a_hash"}

SABOTEURS: Mapping[str, Saboteur] = {
    "a_pin_is_guessed_for_ever": Saboteur(
        "a PIN may be tried as often as one likes", instead("guiju.standing.people.rules", "PIN_TRIES", 10**6), PINS
    ),
    "a_pin_is_freed_by_waiting": Saboteur(
        "a PIN that was guessed at ten times may be guessed at tomorrow",
        instead("guiju.standing.people.rules", "PIN_TRIES_MAX", 10**6), PINS,
    ),
    "any_pin_will_do": Saboteur(
        "a PIN may be 1234", instead("guiju.standing.people.rules", "pin_fault", lambda _pin, *, known: None), PINS
    ),
    "a_pin_without_the_password": Saboteur(
        "whoever sits at an open screen sets a PIN for its owner",
        instead("guiju.standing.people.queries", "knows_password", lambda _person, _password: True), PINS,
    ),
    "a_pin_opens_everything": Saboteur(
        "who came in by a PIN has all rights", instead("guiju.conf.terminal", "limited", lambda actor, _request: actor), SCREEN
    ),
    "a_locked_screen_answers": Saboteur(
        "a locked screen is locked for the eye alone", instead("guiju.conf.terminal", "demand", lambda _request: None), SCREEN
    ),
}  # fmt: skip
