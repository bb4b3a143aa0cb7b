"""The sign-in library's pages live in our frame, and need nothing that the policy forbids."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.desks.common.page import assert_strict

# No page here books anything.
pytestmark = [pytest.mark.django_db, pytest.mark.no_books]


@pytest.mark.parametrize(
    "path",
    [
        "/account/logout/",
        "/account/password/change/",
        "/account/2fa/",
        "/account/2fa/totp/activate/",
        "/account/2fa/webauthn/",
        "/account/2fa/webauthn/add/",
        "/account/reauthenticate/",
    ],
)
@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_a_persons_own_pages_are_strict(signed_in: Callable[[str], Client], path: str, language: str) -> None:
    browser = signed_in("lin")
    browser.cookies["django_language"] = language
    response = browser.get(path, follow=True)
    page = response.content.decode()
    assert response.status_code == 200
    assert_strict(page)
    assert "<h1>" in page
    assert 'class="btn btn-primary"' in page or "2fa" in path or "reauthenticate" in response.request["PATH_INFO"]
    assert "unsafe" not in response["Content-Security-Policy"]


def test_a_wrong_password_is_said_and_the_name_is_kept(client: Client) -> None:
    response = client.post("/account/login/", {"login": "lin", "password": "wrong-wrong"})
    page = response.content.decode()
    assert_strict(page)
    assert 'class="form-errors"' in page
    assert 'value="lin"' in page
    assert "wrong-wrong" not in page


def test_the_sign_in_page_offers_nothing_that_leads_nowhere(client: Client) -> None:
    page = client.get("/account/login/").content.decode()
    assert "signup" not in page
    assert "password/reset" not in page
    assert 'id="passkey_login"' in page
