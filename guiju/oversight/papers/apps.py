"""The Django app of the printed papers."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Printed papers: ticket, claim tag, quote, parts commitment, repair report, receipt."""

    name = "guiju.oversight.papers"
    label = "papers"
