"""The Django app of the workshop."""

from django.apps import AppConfig


class WorkshopConfig(AppConfig):
    """Diagnosis, quote, parts commitment, repair."""

    name = "guiju.line.workshop"
    label = "workshop"
    default_auto_field = "django.db.models.BigAutoField"
