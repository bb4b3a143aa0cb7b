"""The Django app of this context."""

from django.apps import AppConfig


class AcademyConfig(AppConfig):
    """Its label is the name of the context."""

    name = "guiju.readiness.academy"
    label = "academy"
