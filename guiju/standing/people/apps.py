"""The Django app of this context."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Its label is the name of the context."""

    name = "guiju.standing.people"
    label = "people"
