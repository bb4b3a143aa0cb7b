"""The Django app of the storeroom."""

from django.apps import AppConfig


class StoreroomConfig(AppConfig):
    """Parts for jobs."""

    name = "guiju.line.storeroom"
    label = "storeroom"
    default_auto_field = "django.db.models.BigAutoField"
