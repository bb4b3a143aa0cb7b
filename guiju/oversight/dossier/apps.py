"""The Django app of the dispute dossier."""

from django.apps import AppConfig


class DossierConfig(AppConfig):
    """What proves one order, in one sealed file."""

    name = "guiju.oversight.dossier"
    label = "dossier"
