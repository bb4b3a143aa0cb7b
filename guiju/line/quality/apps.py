"""The Django app of quality control."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    """The final test."""

    name = "guiju.line.quality"
    label = "quality"
    default_auto_field = "django.db.models.BigAutoField"
