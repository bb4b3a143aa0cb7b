"""The kernel as a Django app: it owns the trail, the news, the approvals and the counters."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "guiju.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"
