"""The Django app of the night shift."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """What happens by the clock."""

    name = "guiju.jobs"
    label = "jobs"
