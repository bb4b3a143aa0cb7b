"""The store that is counted, also for the desk."""

from tests.readiness.counting.conftest import room

__all__ = ["room"]
