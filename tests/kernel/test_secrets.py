"""Links and codes cannot be guessed, and one of a kind opens nothing else."""

from __future__ import annotations

import pytest

from guiju.kernel import secrets


@pytest.mark.shows("T28")
def test_a_link_is_made_again_whenever_it_is_needed_and_only_its_digest_is_stored():
    salt = secrets.new_salt()
    token = secrets.track_token(7, salt)
    assert token == secrets.track_token(7, salt)
    assert len(token) == 22  # 128 bits
    assert secrets.hash_token(token) != token
    assert secrets.hash_token(token) == secrets.hash_token(secrets.track_token(7, salt))


@pytest.mark.shows("T28", "T29")
def test_another_row_another_salt_another_purpose_or_another_house_make_another(settings):
    made = {secrets.track_token(7, "salt"), secrets.track_token(8, "salt"), secrets.track_token(7, "tlas")}
    settings.SECRET_KEY = "of another installation"
    assert len(made | {secrets.track_token(7, "salt")}) == 4
    codes = {
        secrets.one_time_code(purpose, pk, salt)
        for purpose, pk, salt in [("quote", 1, "s"), ("claim", 1, "s"), ("quote", 2, "s"), ("quote", 1, "t")]
    }
    assert len(codes) == 4


@pytest.mark.shows("T29")
def test_what_divides_the_parts_cannot_be_moved():
    """`quote1` + `2` is not `quote` + `12`."""
    assert secrets.one_time_code("quote1", 2, "s") != secrets.one_time_code("quote", 12, "s")


def test_a_code_has_six_digits_and_all_of_them_are_used():
    codes = [secrets.one_time_code("quote", pk, "salt") for pk in range(5000)]
    assert all(len(each) == 6 and each.isdigit() for each in codes)
    # Of 5,000 codes out of a million about 12 pairs fall together by chance.
    assert len(set(codes)) > 4950
    assert any(each.startswith("0") for each in codes)


def test_salts_never_repeat():
    assert len({secrets.new_salt() for _ in range(1000)}) == 1000


def test_what_is_compared_is_the_same_or_is_not():
    assert secrets.matches("123456", "123456")
    assert not secrets.matches("123457", "123456")
    assert not secrets.matches("", "123456")
    assert not secrets.matches("１２３４５６\ud800", "123456")


def test_a_mark_is_the_houses_own_and_outlives_a_change_of_secret(settings):
    mark = secrets.mark_of(b"content")
    assert secrets.is_marked(b"content", mark)
    assert not secrets.is_marked(b"contents", mark)
    earlier, settings.SECRET_KEY = settings.SECRET_KEY, "a new one"
    assert not secrets.is_marked(b"content", mark)
    settings.SECRET_KEY_FALLBACKS = [earlier]
    assert secrets.is_marked(b"content", mark)
    assert secrets.mark_of(b"content") != mark
