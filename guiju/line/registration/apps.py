"""The Django app of registrations."""

from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    """Appliances that their owners register."""

    name = "guiju.line.registration"
    label = "registration"
    default_auto_field = "django.db.models.BigAutoField"
