"""How a login that has signed in is found again at every click."""

from allauth.account.auth_backends import AuthenticationBackend

from guiju.kernel import reach
from guiju.standing.people.models import Login


class LoginBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Sign-in by the library's own way; the person and the unit come in the same statement, for every page needs them."""

    @reach.as_house
    def get_user(self, user_id: int) -> Login | None:
        """The login of that session, if it may still act."""
        login = Login.objects.select_related("person__unit").filter(pk=user_id).first()
        return login if login is not None and self.user_can_authenticate(login) else None
