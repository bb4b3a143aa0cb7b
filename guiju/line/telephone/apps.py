from django.apps import AppConfig


class TelephoneConfig(AppConfig):
    name = "guiju.line.telephone"
    label = "telephone"
