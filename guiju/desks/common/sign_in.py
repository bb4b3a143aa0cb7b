"""The sign-in library's forms, without what this house does not offer."""

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from django.forms import Form


def _undress(form: Form) -> None:
    """Take away the link to a new password (nobody has mail here: the manager renews it) and the words inside the fields."""
    for field in form.fields.values():
        field.help_text = ""
        # The label stands above the field; the same word inside it reads like something already filled in.
        field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):  # type: ignore[misc, unused-ignore]
    """Name and password."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        _undress(self)


class SignInAgainForm(ReauthenticateForm):  # type: ignore[misc, unused-ignore]
    """The password once more, before keys and codes are changed."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        _undress(self)
