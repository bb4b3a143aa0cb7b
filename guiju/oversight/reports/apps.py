"""The Django app of the reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """What a store tells of its day, week and month."""

    name = "guiju.oversight.reports"
    label = "reports"
