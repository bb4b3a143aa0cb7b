"""How Django knows the desks' common frame."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """The frame; it owns no tables."""

    name = "guiju.desks.common"
    label = "desks_common"
