"""What every test may use."""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest
from django.utils import timezone, translation

# The cast: the people of the demo brand, as fixtures. (Until it is written, tests do without.)
pytest_plugins = [name for name in ("tests.cast", "tests.line.cast_line") if find_spec(name)]


AS_THE_APP = ("tests/access/", "tests/flow/", "tests/conf/test_isolation.py", "tests/conf/test_weaknesses.py")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """On PostgreSQL there is a role beside the owner's, as the app has: it owns nothing, and row level security binds it."""
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    with django_db_blocker.unblock():
        _make_the_apps_role(connection)
    yield
    _act_as(None)


def the_apps_role(connection: Any) -> str:
    """A role for each test database: one server has one list of roles, and several workers make theirs at once."""
    return f"{connection.settings_dict['NAME']}_app"


def _make_the_apps_role(connection: Any) -> None:
    from django.db import transaction

    from guiju.conf import roles

    role = the_apps_role(connection)
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in roles.making(role, "", is_there=roles.exists(connection, role)):
            cursor.execute(statement)
        roles.grant(connection, role)


def _act_as(role: str | None) -> None:
    """Let every connection that is made from now on act in that role; nothing is whoever made the test database."""
    from django.db import connection

    connection.close()
    given = connection.settings_dict["OPTIONS"]
    # With the session from its first moment on, so that a pool's connections have it too.
    given["options"] = given["options"].partition(" -c role=")[0] + (f" -c role={role}" if role else "")


@pytest.fixture(scope="module", autouse=True)
def acting_as(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whole stories and whoever asks for what they may not see act as the app does; others also do what only the owner may."""
    where = request.path.relative_to(request.config.rootpath).as_posix()
    if not (request.config.option.postgres and where.startswith(AS_THE_APP)):
        yield
        return
    request.getfixturevalue("django_db_setup")
    from django.db import connection

    _act_as(the_apps_role(connection))
    yield
    _act_as(None)


@pytest.fixture(autouse=True)
def nobodys_language() -> None:
    """Begin each test in the house's own language and zone, whatever the one before it spoke."""
    translation.deactivate()
    timezone.deactivate()


@pytest.fixture(autouse=True)
def nobody_outside() -> None:
    """Whether the test before this one had an endpoint of a webhook is forgotten, as its rows are."""
    from guiju.oversight.webhooks import queries

    queries.somebody_hears()
