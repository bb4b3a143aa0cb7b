"""The store that is counted and the cage of the custody tests, also for the desk."""

from tests.readiness.counting.conftest import room
from tests.readiness.custody.conftest import door

__all__ = ["door", "room"]
