"""A login is given, not taken; and guessing its password is useless."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

PASSWORD = "a long enough password"
FAR = {"REMOTE_ADDR": "203.0.113.9"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def chen() -> None:
    get_user_model().objects.create_user(username="chen", password=PASSWORD)


def sign_in(password: str, name: str = "chen", **where: str) -> tuple[int, bool]:
    client = Client(**where)
    answer = client.post("/account/login/", {"login": name, "password": password})
    return answer.status_code, "_auth_user_id" in client.session


def test_the_right_password_opens_the_door() -> None:
    assert sign_in(PASSWORD) == (302, True)
    assert sign_in("wrong") == (200, False)


def test_nobody_signs_up(client: Client) -> None:
    made = {"username": "stranger", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/account/signup/", made)
    assert not get_user_model().objects.filter(username="stranger").exists()


def test_after_five_wrong_passwords_even_the_right_one_is_refused_there_but_not_elsewhere() -> None:
    for _ in range(4):
        assert sign_in("wrong", **FAR)[0] == 200
    assert sign_in("wrong", **FAR)[0] == 429
    assert sign_in(PASSWORD, **FAR) == (429, False)
    # A stranger must not be able to keep the clerk from the counter.
    assert sign_in(PASSWORD) == (302, True)


def test_a_clerks_slips_do_not_lock_out_the_next_clerk_at_the_counter() -> None:
    get_user_model().objects.create_user(username="lin", password=PASSWORD)
    for _ in range(5):
        sign_in("wrong", **FAR)
    assert sign_in(PASSWORD, name="lin", **FAR) == (302, True)
