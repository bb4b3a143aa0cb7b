"""The Django app of the messages."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Messages to customers."""

    name = "guiju.oversight.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
