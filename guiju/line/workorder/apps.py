from django.apps import AppConfig


class WorkOrderConfig(AppConfig):
    name = "guiju.line.workorder"
    label = "workorder"
