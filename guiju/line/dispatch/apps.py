from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "guiju.line.dispatch"
    label = "dispatch"
