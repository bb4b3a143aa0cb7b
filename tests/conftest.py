"""What every test may use."""

from importlib.util import find_spec

import pytest
from django.utils import timezone, translation

# The cast: the people of the demo brand, as fixtures. (Until it is written, tests do without.)
pytest_plugins = [name for name in ("tests.cast", "tests.line.cast_line") if find_spec(name)]


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
