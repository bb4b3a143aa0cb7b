"""A PIN is short: it is no birthday, kept as a hash, set behind the password, and tried a few times only."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel.models import TrailEntry
from guiju.kernel.refusing import NotAllowed, broken_constraints
from guiju.standing.people import actions as people
from guiju.standing.people import queries
from guiju.standing.people.models import Pin
from guiju.standing.people.rules import PIN_LOCK_MINUTES, pin_fault
from tests.cast import NOON, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PASSWORD = "correct horse battery"
GOOD = "7392"


@pytest.mark.parametrize("pin", ["7392", "983146", "48170", "90817264"])
def test_what_nobody_would_try_first_is_a_pin(pin: str) -> None:
    assert pin_fault(pin, known=("13800138000", "P-77")) is None


@pytest.mark.parametrize(
    "pin",
    [
        "739", "739201847", "73a2", "７３９２", "", "1234", "4321", "9012", "0000", "1111", "1212", "7337", "739739", "123456",
        "1987", "2003", "1225", "2512", "870625", "250687", "19870625", "25061987", "0138", "3800",
    ],
)  # fmt: skip
def test_what_anybody_would_try_first_is_none(pin: str) -> None:
    assert pin_fault(pin, known=("+86 138 0013 8000", "P-77")) is not None


def a_login(cast: Cast, name: str = "cai") -> None:
    person = cast.people[name]
    if queries.login_of(person) is None:
        people.make_login(person, username=f"{name}.pin", password=PASSWORD, by=cast.actors["ad"], at=NOON)
    else:
        login = queries.login_of(person)
        login.set_password(PASSWORD)  # type: ignore[union-attr]
        login.save()  # type: ignore[union-attr]


@pytest.mark.shows("T39")
def test_one_sets_it_oneself_behind_the_password_and_it_is_kept_as_a_hash(cast: Cast) -> None:
    cai, lin = cast.people["cai"], cast.actors["lin"]
    a_login(cast)
    mine = {"pin": GOOD, "password": PASSWORD, "at": NOON}
    with pytest.raises(NotAllowed):
        people.set_pin(cai, **mine, by=lin)
    with pytest.raises(people.WrongPassword):
        people.set_pin(cai, **mine | {"password": "guess"}, by=cast.actors["cai"])
    with pytest.raises(people.PinWeak):
        people.set_pin(cai, **mine | {"pin": "1234"}, by=cast.actors["cai"])
    kept = people.set_pin(cai, **mine, by=cast.actors["cai"])
    assert GOOD not in kept.digest
    assert list(queries.with_pin(cai.unit_id)) == [cai]
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        Pin.objects.update(digest=GOOD)
    assert "a_pin_is_kept_as_a_hash" in broken_constraints(broken.value)
    assert GOOD not in str(list(TrailEntry.objects.filter(verb="people.set_pin").values_list("facts", flat=True)))


@pytest.mark.shows("T39")
def test_five_wrong_tries_lock_it_for_a_while_and_ten_until_it_is_set_anew(cast: Cast) -> None:
    cai, now = cast.people["cai"], NOON
    a_login(cast)
    people.set_pin(cai, pin=GOOD, password=PASSWORD, by=cast.actors["cai"], at=now)

    def tried(pin: str) -> bool:
        return people.come_in_by_pin(cai, pin=pin, terminal="Lin", at=now)

    assert [tried(pin) for pin in ("0000", "0001", "0002", "0003", GOOD)] == [False] * 4 + [True]
    assert [tried("0000") for _ in range(5)] == [False] * 5
    with pytest.raises(people.PinLocked):
        tried(GOOD)
    for _ in range(5):
        now += timedelta(minutes=PIN_LOCK_MINUTES, seconds=1)
        assert not tried("0000")
        with pytest.raises(people.PinLocked):
            tried(GOOD)
    now += timedelta(days=9)
    with pytest.raises(people.PinLocked):
        tried(GOOD)
    people.set_pin(cai, pin="83641", password=PASSWORD, by=cast.actors["cai"], at=now)
    assert (tried(GOOD), tried("83641")) == (False, True)
    assert not people.come_in_by_pin(cast.people["lin"], pin=GOOD, terminal="Lin", at=now), "who has none"
