"""The sign-in form, without what this house does not offer."""

from typing import Any

from allauth.account.forms import LoginForm


class SignInForm(LoginForm):  # type: ignore[misc, unused-ignore]
    """Name and password. A forgotten password is the manager's to renew: there is no mail to send a link to."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for field in self.fields.values():
            field.help_text = ""
            # The label stands above the field; the same word inside it reads like something already filled in.
            field.widget.attrs.pop("placeholder", None)
