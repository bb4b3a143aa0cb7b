"""The Django app of this context."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """Its label is the name of the context."""

    name = "guiju.standing.policy"
    label = "policy"
