"""The Django app of the webhooks."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """News to the programs of others."""

    name = "guiju.oversight.webhooks"
    label = "webhooks"
    default_auto_field = "django.db.models.BigAutoField"
