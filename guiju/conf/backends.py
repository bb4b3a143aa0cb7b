"""How a login that has signed in is found again at every click."""

from allauth.account.auth_backends import AuthenticationBackend

from guiju.kernel import reach
from guiju.kernel.prepared import Prepared
from guiju.standing.people.models import Login

_LOGIN: Prepared[Login] = Prepared(lambda *, pk: Login.objects.select_related("person__unit").filter(pk=pk).order_by())


class LoginBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Sign-in by the library's own way; the person and the unit come in the same statement, for every page needs them."""

    @reach.as_house
    def get_user(self, user_id: int) -> Login | None:
        """The login of that session, if it may still act."""
        login = _LOGIN.first(pk=user_id)
        return login if login is not None and self.user_can_authenticate(login) else None
