"""The Django app of the follow-up."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """Calls, closing, rework, uncollected goods."""

    name = "guiju.line.followup"
    label = "followup"
    default_auto_field = "django.db.models.BigAutoField"
