from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "guiju.line.intake"
    label = "intake"
